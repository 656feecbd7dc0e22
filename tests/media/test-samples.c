/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "semio-media-error.h"
#include "semio-media-samples.h"
#include "semio-sample-plan.h"
#include "semio-test-barcode.h"
#include "semio-test-clips.h"
#include "semio-test-worker.h"

#define N_FRAMES 300
#define RATE 30

static char *folder;
static char *own_folder;

/* What came of a sampling, each picture read. */
typedef struct {
  SemioFrameIndex *index;
  GArray *frames;
  GArray *codes;
  guint height_px;
  gsize n_bytes;
} Samples;

static void
samples_clear (Samples *samples)
{
  g_clear_pointer (&samples->frames, g_array_unref);
  g_clear_pointer (&samples->codes, g_array_unref);
}

static int
read_code (GBytes *jpeg)
{
  g_autoptr (GstElement) pipeline =
      gst_parse_launch ("appsrc name=src caps=image/jpeg ! jpegdec ! videoconvert ! video/x-raw,format=BGRA ! "
                        "appsink name=sink sync=false",
                        NULL);
  g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstSample *sample;
  GstStructure *structure;
  int width_px = 0, height_px = 0, code;
  GstMapInfo map;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), gst_buffer_new_wrapped_bytes (jpeg));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  g_assert_nonnull (sample);
  structure = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  gst_structure_get_int (structure, "width", &width_px);
  gst_structure_get_int (structure, "height", &height_px);
  gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ);
  code = semio_test_barcode_read (map.data, width_px, height_px, width_px * 4);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  gst_sample_unref (sample);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return code;
}

static void
sampled_cb (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  Samples *samples = user_data;
  int code = read_code (jpeg);

  g_assert_cmpint (time_ns, ==, semio_frame_index_get_time_ns (samples->index, frame));
  samples->height_px = height_px;
  samples->n_bytes += g_bytes_get_size (jpeg);
  g_array_append_val (samples->frames, frame);
  g_array_append_val (samples->codes, code);
}

static gint64
sample (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, SemioSampleOptions options, Samples *samples,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  samples->index = index;
  samples->frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  samples->codes = g_array_new (FALSE, FALSE, sizeof (int));
  samples->n_bytes = 0;
  semio_media_worker_sample_async (worker, file, index, &options, sampled_cb, samples, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  return semio_media_worker_sample_finish (worker, result, error);
}

/* Samples a part and compares every picture with what the plan says and the bar code tells. */
static void
check_part (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, int first_code, SemioSpan span, guint num, guint den)
{
  g_autoptr (GArray) plan = semio_sample_plan_new (index, span, num, den);
  g_autoptr (GError) error = NULL;
  Samples samples = { 0 };
  gint64 n = sample (worker, file, index, (SemioSampleOptions){ span, num, den, 120, 85 }, &samples, &error);

  g_assert_no_error (error);
  g_assert_cmpint (n, ==, plan->len);
  g_assert_cmpuint (samples.frames->len, ==, plan->len);
  for (guint i = 0; i < plan->len; i++)
    {
      gint64 frame = g_array_index (plan, gint64, i);

      g_assert_cmpint (g_array_index (samples.frames, gint64, i), ==, frame);
      g_assert_cmpint (g_array_index (samples.codes, int, i), ==, frame + first_code);
    }
  if (plan->len > 0)
    g_assert_cmpuint (samples.height_px, ==, 120);
  samples_clear (&samples);
}

static void
check_clip (SemioMediaWorker *worker, const char *path, int first_code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  gint64 duration_ns;

  g_assert_no_error (error);
  duration_ns = semio_frame_index_get_duration_ns (probe->index);
  check_part (worker, file, probe->index, first_code, (SemioSpan){ 0, duration_ns }, 2, 1);
  check_part (worker, file, probe->index, first_code, (SemioSpan){ duration_ns * 3 / 10, duration_ns * 8 / 10 }, 5, 1);
  check_part (worker, file, probe->index, first_code, (SemioSpan){ duration_ns / 2, duration_ns * 6 / 10 }, 100, 1);
  check_part (worker, file, probe->index, first_code, (SemioSpan){ duration_ns * 9 / 10, duration_ns * 2 }, 1, 3);
}

/* Parts that begin just before a key frame: of an open group these frames are decoded from the group before. */
static void
test_open_groups (void)
{
  static const char *const names[] = { "open-h264.mp4", "open-hevc.mp4" };
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);

      g_assert_no_error (error);
      for (gint64 frame = 115; frame < 120; frame++)
        {
          gint64 begin_ns = semio_frame_index_get_time_ns (probe->index, frame);

          check_part (worker, file, probe->index, 0, (SemioSpan){ begin_ns, begin_ns + SEMIO_NS_PER_SECOND }, 10, 1);
        }
    }
}

/* Every picture is the frame that it is said to be, for every container and coding. */
static void
test_all_clips (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (const SemioTestClip *clip = semio_test_clips_get (); clip->file_name; clip++)
    {
      g_autofree char *path = g_build_filename (folder, clip->file_name, NULL);

      if (clip->kind != SEMIO_TEST_CLIP_SOUND)
        continue;
      g_test_message ("%s", clip->file_name);
      check_clip (worker, path, clip->first_code);
    }
}

static GstBuffer *
draw_frame (int frame)
{
  const int width_px = SEMIO_TEST_CLIP_WIDTH, height_px = SEMIO_TEST_CLIP_HEIGHT;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, width_px * height_px * 3 / 2, NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data + width_px * height_px, 128, width_px * height_px / 2);
  for (int y = 0; y < height_px; y++)
    for (int x = 0; x < width_px; x++)
      map.data[y * width_px + x] = (guint8) (60 + (x + y + 5 * frame) % 100);
  semio_test_barcode_draw (map.data, width_px, height_px, width_px, (guint16) frame);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, GST_SECOND, RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / RATE;
  return buffer;
}

static char *
make_clip (const char *name, const char *encoder, const char *mux)
{
  char *path = g_build_filename (own_folder, name, NULL);
  g_autofree char *description =
      g_strdup_printf ("appsrc name=src format=time max-bytes=0 caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! "
                       "%s ! %s ! filesink location=\"%s\"",
                       SEMIO_TEST_CLIP_WIDTH, SEMIO_TEST_CLIP_HEIGHT, RATE, encoder, mux, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  for (int i = 0; i < N_FRAMES; i++)
    gst_app_src_push_buffer (GST_APP_SRC (source), draw_frame (i));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  return path;
}

/* Frames that are decoded from others in every way that coders know, so that leaving out a wrong packet would show. */
static void
test_groups (void)
{
  static const struct {
    const char *name, *encoder, *mux;
  } kinds[] = {
    { "open.mp4",
      "x264enc speed-preset=veryfast bframes=3 b-pyramid=true key-int-max=40 bitrate=600 "
      "option-string=open-gop=1:b-pyramid=normal"
      " ! h264parse",
      "mp4mux" },
    { "long.mkv", "x264enc speed-preset=veryfast bframes=2 key-int-max=250 ref=4 bitrate=600 ! h264parse", "matroskamux" },
    { "forward.mp4", "x264enc speed-preset=ultrafast bframes=0 key-int-max=90 bitrate=600 ! h264parse", "mp4mux" },
    { "keys.avi", "jpegenc", "avimux" },
    { "h265.mp4", "x265enc speed-preset=ultrafast key-int-max=60 bitrate=600 option-string=bframes=3:b-pyramid=1 ! h265parse",
      "mp4mux" },
  };
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = make_clip (kinds[i].name, kinds[i].encoder, kinds[i].mux);

      g_test_message ("%s", kinds[i].name);
      check_clip (worker, path, 0);
      g_unlink (path);
    }
}

/* The frames that others pick: 0, 15, 30. */
static void
test_plan (void)
{
  gint64 times_ns[90];
  guint8 keys[90] = { 1 };
  g_autoptr (SemioFrameIndex) index = NULL;
  g_autoptr (GArray) frames = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) none = NULL;

  for (int i = 0; i < 90; i++)
    times_ns[i] = (gint64) gst_util_uint64_scale (i, GST_SECOND, RATE);
  index = semio_frame_index_new (times_ns, keys, 90, SEMIO_NS_PER_SECOND / RATE, 0, NULL);
  frames = semio_sample_plan_new (index, (SemioSpan){ 0, 3 * SEMIO_NS_PER_SECOND }, 2, 1);
  g_assert_cmpuint (frames->len, ==, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (g_array_index (frames, gint64, i), ==, 15 * i);
  all = semio_sample_plan_new (index, (SemioSpan){ SEMIO_NS_PER_SECOND, 2 * SEMIO_NS_PER_SECOND }, 1000, 1);
  g_assert_cmpuint (all->len, ==, 30);
  g_assert_cmpint (g_array_index (all, gint64, 0), ==, 30);
  none = semio_sample_plan_new (index, (SemioSpan){ 4 * SEMIO_NS_PER_SECOND, 5 * SEMIO_NS_PER_SECOND }, 2, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

/* How strong a tone is in a part of the sound; full scale is 1. */
static double
get_level (GBytes *wav, double begin_s, double end_s)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (wav, &n_bytes);
  const gint16 *samples = (const gint16 *) (gconstpointer) (data + 44);
  double sum = 0;
  int n = 0;

  for (int i = (int) (begin_s * 16000); i < (int) (end_s * 16000) && i < (int) ((n_bytes - 44) / 2); i++, n++)
    sum += pow (samples[i] / 32768.0, 2);
  return sqrt (2 * sum / MAX (n, 1));
}

/* The sound of a part is as long as the part and begins where it begins. */
static void
test_sound (void)
{
  static const char *const names[] = { "cfr.mp4", "h264.mkv", "vp8.webm", "h264.ts", "h264.avi", "fragmented.mp4" };
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
      g_autoptr (GBytes) wav = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      /* Matroska's ends in the middle. */
      gboolean half = g_str_equal (names[i], "h264.mkv");

      g_assert_no_error (error);
      semio_media_worker_sound_async (worker, file, probe->index, (SemioSpan){ SEMIO_NS_PER_SECOND * 2, SEMIO_NS_PER_SECOND * 5 },
                                      NULL, semio_test_keep_cb, &result);
      semio_test_wait (&result);
      wav = semio_media_worker_sound_finish (worker, result, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (wav), ==, 44 + 3 * 16000 * 2);
      g_assert_cmpmem (g_bytes_get_data (wav, NULL), 4, "RIFF", 4);
      g_test_message ("%s: %d of a thousand at first, %d at last", names[i], (int) (get_level (wav, 0.0, 0.1) * 1000),
                      (int) (get_level (wav, 2.5, 2.9) * 1000));
      g_assert_cmpfloat_with_epsilon (get_level (wav, 0.0, 0.1), 0.3, 0.05);
      g_assert_cmpfloat_with_epsilon (get_level (wav, 2.5, 2.9), half ? 0.0 : 0.3, 0.05);
    }
}

/* What is not there is said by name. */
static void
test_refused (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "no-sound.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) outside = NULL;

  g_assert_no_error (error);
  semio_media_worker_sound_async (worker, file, probe->index, (SemioSpan){ 0, SEMIO_NS_PER_SECOND }, NULL, semio_test_keep_cb,
                                  &result);
  semio_test_wait (&result);
  g_assert_null (semio_media_worker_sound_finish (worker, result, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNSUPPORTED);
  g_assert_true (g_str_has_prefix (error->message, "no-sound.mp4: "));
  g_clear_error (&error);
  semio_media_worker_sound_async (worker, file, probe->index, (SemioSpan){ SEMIO_NS_PER_SECOND * 100, SEMIO_NS_PER_SECOND * 101 },
                                  NULL, semio_test_keep_cb, &outside);
  semio_test_wait (&outside);
  g_assert_null (semio_media_worker_sound_finish (worker, outside, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT);
}

static void
add_to_checksum (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  /* Not a whole number of blocks, so that the encoder looks beyond the picture. */
  g_assert_cmpuint (width_px % 16, !=, 0);
  g_checksum_update (user_data, g_bytes_get_data (jpeg, NULL), (gssize) g_bytes_get_size (jpeg));
}

/* The checksum of some pictures, made by a helper whose fresh memory is full of this byte. */
static char *
sum_samples (const char *file_name, const char *perturb)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = NULL;
  SemioSampleOptions options = { { 0, 2 * SEMIO_NS_PER_SECOND }, 5, 1, 105, 85 };

  g_setenv ("MALLOC_PERTURB_", perturb, TRUE);
  probe = semio_test_probe (worker, file, NULL, &error);
  g_assert_no_error (error);
  semio_media_worker_sample_async (worker, file, probe->index, &options, add_to_checksum, sum, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  g_assert_cmpint (semio_media_worker_sample_finish (worker, result, &error), >, 0);
  g_assert_no_error (error);
  return g_strdup (g_checksum_get_string (sum));
}

/* What is sent is told by its hash and made again later: the same frames must be the same bytes, whatever stood in memory. */
static void
test_same_bytes (void)
{
  g_autofree char *kept = g_strdup (g_getenv ("MALLOC_PERTURB_"));
  g_autofree char *first = sum_samples ("cfr.mp4", "85");
  g_autofree char *second = sum_samples ("cfr.mp4", "204");

  if (kept != NULL)
    g_setenv ("MALLOC_PERTURB_", kept, TRUE);
  else
    g_unsetenv ("MALLOC_PERTURB_");
  g_assert_cmpstr (first, ==, second);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  own_folder = g_dir_make_tmp ("semio-samples-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/media/samples/plan", test_plan);
  g_test_add_func ("/media/samples/all-clips", test_all_clips);
  g_test_add_func ("/media/samples/groups", test_groups);
  g_test_add_func ("/media/samples/open-groups", test_open_groups);
  g_test_add_func ("/media/samples/same-bytes", test_same_bytes);
  g_test_add_func ("/media/samples/sound", test_sound);
  g_test_add_func ("/media/samples/refused", test_refused);
  status = g_test_run ();
  g_rmdir (own_folder);
  return status;
}
