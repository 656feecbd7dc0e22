/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <gst/app/app.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "semio-media-error.h"
#include "semio-media-signals.h"
#include "semio-test-barcode.h"
#include "semio-test-clips.h"
#include "semio-test-worker.h"

#define WIDTH_PX 320
#define HEIGHT_PX 240
#define N_FRAMES 450
#define RATE 30
/* What moves, and when. */
#define MOTION_BEGIN_S 4
#define MOTION_END_S 12
#define MOTION_HZ 3.0
#define TONE_BEGIN_S 5
#define TONE_END_S 6
#define TONE_HZ 1000

static char *folder;
static char *own_folder;

static SemioSignalSet *
make_signals (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_media_worker_signals_async (worker, file, index, NULL, NULL, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  return semio_media_worker_signals_finish (worker, result, error);
}

/* A pattern in the top left quarter that drifts, its speed rising and falling three times a second. */
static GstBuffer *
draw_frame (int frame)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, WIDTH_PX * HEIGHT_PX * 3 / 2, NULL);
  static double position_px = 0;
  double at_s = (double) frame / RATE;
  GstMapInfo map;

  if (at_s >= MOTION_BEGIN_S && at_s < MOTION_END_S)
    position_px += 2 + 2 * cos (2 * G_PI * MOTION_HZ * at_s);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  memset (map.data, 100, WIDTH_PX * HEIGHT_PX);
  memset (map.data + WIDTH_PX * HEIGHT_PX, 128, WIDTH_PX * HEIGHT_PX / 2);
  for (int y = 10; y < HEIGHT_PX / 2 - 10; y++)
    for (int x = 10; x < WIDTH_PX / 2 - 10; x++)
      map.data[y * WIDTH_PX + x] = (guint8) (120 + 70 * sin (2 * G_PI * (x + position_px) / 48));
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, GST_SECOND, RATE);
  GST_BUFFER_DURATION (buffer) = GST_SECOND / RATE;
  return buffer;
}

/* A second of a tone in silence. */
static GstBuffer *
make_sound (void)
{
  const int rate_hz = 48000, n = rate_hz * N_FRAMES / RATE;
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, n * sizeof (gint16), NULL);
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  for (int i = 0; i < n; i++)
    {
      gboolean on = i >= TONE_BEGIN_S * rate_hz && i < TONE_END_S * rate_hz;

      ((gint16 *) (gpointer) map.data)[i] = on ? (gint16) (16384 * sin (2 * G_PI * TONE_HZ * i / rate_hz)) : 0;
    }
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) = 0;
  return buffer;
}

static GFile *
make_clip (void)
{
  g_autofree char *path = g_build_filename (own_folder, "motion.mp4", NULL);
  g_autofree char *description = g_strdup_printf (
      "mp4mux name=mux ! filesink location=\"%s\" "
      "appsrc name=picture format=time max-bytes=0 caps=video/x-raw,format=I420,width=%d,height=%d,framerate=%d/1 ! "
      "x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=60 bitrate=1500 ! h264parse ! queue max-size-time=0 "
      "max-size-bytes=0 max-size-buffers=0 ! mux. "
      "appsrc name=sound format=time max-bytes=0 caps=audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1 ! "
      "audioconvert ! avenc_aac ! aacparse ! queue max-size-time=0 max-size-bytes=0 max-size-buffers=0 ! mux.",
      path, WIDTH_PX, HEIGHT_PX, RATE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (description, &error);
  g_autoptr (GstElement) picture = NULL;
  g_autoptr (GstElement) sound = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  picture = gst_bin_get_by_name (GST_BIN (pipeline), "picture");
  sound = gst_bin_get_by_name (GST_BIN (pipeline), "sound");
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (sound), make_sound ());
  gst_app_src_end_of_stream (GST_APP_SRC (sound));
  for (int i = 0; i < N_FRAMES; i++)
    gst_app_src_push_buffer (GST_APP_SRC (picture), draw_frame (i));
  gst_app_src_end_of_stream (GST_APP_SRC (picture));
  message = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_true (message && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS);
  return g_file_new_for_path (path);
}

/* How strong a rhythm is in a part of a signal. */
static double
get_strength (SemioSignalPyramid *pyramid, SemioSpan span, double hz)
{
  enum { N = 400 };
  SemioSignalValue columns[N];
  double real = 0, imaginary = 0, step_s = (double) semio_span_get_length (span) / SEMIO_NS_PER_SECOND / N;

  semio_signal_pyramid_read (pyramid, span, columns, N);
  for (int i = 0; i < N; i++)
    {
      real += columns[i].mean * cos (2 * G_PI * hz * i * step_s);
      imaginary += columns[i].mean * sin (2 * G_PI * hz * i * step_s);
    }
  return hypot (real, imaginary) / N;
}

static float
get_mean (SemioSignalSet *set, SemioSignalKind kind, double begin_s, double end_s)
{
  return semio_signal_pyramid_get_value (
             set->pyramids[kind], (SemioSpan){ (gint64) (begin_s * SEMIO_NS_PER_SECOND), (gint64) (end_s * SEMIO_NS_PER_SECOND) })
      .mean;
}

static void
check_motion (SemioSignalSet *set)
{
  const SemioSpan moving = { MOTION_BEGIN_S * SEMIO_NS_PER_SECOND, MOTION_END_S * SEMIO_NS_PER_SECOND };
  double best_hz = 0, best = 0;

  for (double hz = 0.5; hz <= 12; hz += 0.125)
    {
      double strength = get_strength (set->pyramids[SEMIO_SIGNAL_MOTION_TOP_LEFT], moving, hz);

      if (strength > best)
        {
          best = strength;
          best_hz = hz;
        }
    }
  g_test_message ("the strongest rhythm is %d mHz", (int) (best_hz * 1000));
  g_assert_cmpfloat (ABS (best_hz - MOTION_HZ), <, 0.2);
  /* Where it moves and where not, in time and in place. */
  g_assert_cmpfloat (get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 4.2, 11.8), >,
                     20 * get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 0.5, 3.8));
  g_assert_cmpfloat (get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 4.2, 11.8), >,
                     20 * get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 12.3, 14.5));
  for (int kind = SEMIO_SIGNAL_MOTION_TOP_RIGHT; kind <= SEMIO_SIGNAL_MOTION_BOTTOM_RIGHT; kind++)
    g_assert_cmpfloat (get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 4.2, 11.8), >,
                       20 * get_mean (set, (SemioSignalKind) kind, 4.2, 11.8));
  g_assert_cmpfloat_with_epsilon (get_mean (set, SEMIO_SIGNAL_MOTION, 4.2, 11.8),
                                  get_mean (set, SEMIO_SIGNAL_MOTION_TOP_LEFT, 4.2, 11.8) / 4, 0.001);
}

static void
check_sound (SemioSignalSet *set)
{
  const gint64 begin_ns = TONE_BEGIN_S * SEMIO_NS_PER_SECOND, end_ns = TONE_END_S * SEMIO_NS_PER_SECOND;
  const gint64 edge_ns = SEMIO_NS_PER_SECOND / 25;
  guint n_bands = semio_spectrogram_get_n_bands (set->spectrogram);
  int band = semio_spectrogram_find_band (set->spectrogram, TONE_HZ);
  g_autofree guint8 *levels = g_malloc (n_bands * 15 * 50);
  SemioSignalValue columns[1500];

  semio_signal_pyramid_read (set->pyramids[SEMIO_SIGNAL_WAVEFORM], (SemioSpan){ 0, 15 * SEMIO_NS_PER_SECOND }, columns, 1500);
  for (int i = 0; i < 1490; i++)
    {
      gint64 at_ns = i * SEMIO_NS_PER_SECOND / 100;

      if (at_ns > begin_ns + edge_ns && at_ns < end_ns - edge_ns)
        {
          g_assert_cmpfloat_with_epsilon (columns[i].maximum, 0.5, 0.05);
          g_assert_cmpfloat_with_epsilon (columns[i].minimum, -0.5, 0.05);
          g_assert_cmpfloat_with_epsilon (columns[i].mean, 0.5 * 2 / G_PI, 0.05);
        }
      else if (at_ns < begin_ns - edge_ns || at_ns > end_ns + edge_ns)
        g_assert_cmpfloat (columns[i].maximum - columns[i].minimum, <, 0.02);
    }
  semio_spectrogram_read (set->spectrogram, (SemioSpan){ 0, 15 * SEMIO_NS_PER_SECOND }, levels, 15 * 50);
  for (int i = 0; i < 15 * 50 - 5; i++)
    {
      const guint8 *column = levels + (guint) i * n_bands;
      gint64 at_ns = i * SEMIO_NS_PER_SECOND / 50;
      guint loudest = 0;

      for (guint k = 1; k < n_bands; k++)
        loudest = column[k] > column[loudest] ? k : loudest;
      if (at_ns > begin_ns + 2 * edge_ns && at_ns < end_ns - 2 * edge_ns)
        {
          g_assert_cmpint (ABS ((int) loudest - band), <=, 1);
          /* A sine at half of full scale is at −6 dB. */
          g_assert_cmpint (ABS (column[loudest] - 239), <, 6);
        }
      else if (at_ns < begin_ns - 2 * edge_ns || at_ns > end_ns + 2 * edge_ns)
        g_assert_cmpint (column[loudest], <, 120);
    }
}

/* A rhythm of three a second and a tone of a second are found where they are, and nowhere else. */
static void
test_rhythm_and_tone (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = make_clip ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (SemioSignalSet) set = NULL;

  g_assert_no_error (error);
  set = make_signals (worker, file, probe->index, &error);
  g_assert_no_error (error);
  check_motion (set);
  check_sound (set);
}

/* The number in a small picture, read from its bar code. */
static int
read_code (SemioThumbStrip *strip, guint thumb)
{
  int width_px = (int) semio_thumb_strip_get_width_px (strip), height_px = (int) semio_thumb_strip_get_height_px (strip);
  g_autoptr (GBytes) rgb = semio_thumb_strip_get_rgb (strip, thumb);
  const guint8 *data = g_bytes_get_data (rgb, NULL);
  g_autofree guint8 *bgra = g_malloc0 ((gsize) width_px * (gsize) height_px * 4);

  for (int i = 0; i < width_px * height_px; i++)
    for (int k = 0; k < 3; k++)
      bgra[i * 4 + k] = data[i * 3 + 2 - k];
  return semio_test_barcode_read (bgra, width_px, height_px, width_px * 4);
}

static void
check_clip (SemioMediaWorker *worker, const SemioTestClip *clip)
{
  g_autofree char *path = g_build_filename (folder, clip->file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (SemioSignalSet) set = NULL;
  guint n_thumbs;

  g_assert_no_error (error);
  set = make_signals (worker, file, probe->index, &error);
  g_assert_no_error (error);
  g_assert_cmpint (set->spectrogram != NULL, ==, clip->has_sound);
  g_assert_cmpint (set->pyramids[SEMIO_SIGNAL_WAVEFORM] != NULL, ==, clip->has_sound);
  n_thumbs = semio_thumb_strip_get_n_thumbs (set->thumbs);
  g_test_message ("%s: %u pictures", clip->file_name, n_thumbs);
  g_assert_cmpuint (n_thumbs, >=, MIN (clip->n_frames, 20));
  for (guint i = 0; i < n_thumbs; i++)
    {
      gint64 frame = semio_thumb_strip_get_frame (set->thumbs, i);

      g_assert_cmpint (read_code (set->thumbs, i), ==, frame + clip->first_code);
      g_assert_cmpint (semio_thumb_strip_get_time_ns (set->thumbs, i), ==, semio_frame_index_get_time_ns (probe->index, frame));
    }
  /* A block wanders through the top half all the time, the lower half only changes with the code. */
  if (clip->n_frames > 1)
    {
      SemioSignalValue value = semio_signal_pyramid_get_range (set->pyramids[SEMIO_SIGNAL_MOTION]);

      g_assert_cmpfloat (value.mean, >, 0.001);
      g_assert_cmpfloat (value.maximum, <, 0.5);
    }
}

/* Every small picture is the frame that it says, for every container and coding. */
static void
test_all_clips (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (const SemioTestClip *clip = semio_test_clips_get (); clip->file_name; clip++)
    if (clip->kind == SEMIO_TEST_CLIP_SOUND)
      check_clip (worker, clip);
}

static void
count_cb (double fraction, const char *what, gpointer user_data)
{
  double *last = user_data;

  if (fraction >= 0)
    {
      g_assert_cmpfloat (fraction, >=, *last);
      *last = fraction;
    }
}

/* Told how far it is; cancelled it ends at once, and the next request works. */
static void
test_cancel (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (SemioSignalSet) set = NULL;
  double last = -1;

  g_assert_no_error (error);
  semio_media_worker_signals_async (worker, file, probe->index, count_cb, &last, cancellable, semio_test_keep_cb, &result);
  while (last < 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  semio_test_wait (&result);
  g_assert_null (semio_media_worker_signals_finish (worker, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  set = make_signals (worker, file, probe->index, &error);
  g_assert_no_error (error);
  g_assert_nonnull (set->thumbs);
}

/* A file that is none, under an index of another: refused by name. */
static void
test_wrong_file (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autofree char *text_path = g_build_filename (folder, "text.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) text = g_file_new_for_path (text_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (make_signals (worker, text, probe->index, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VIDEO);
  g_assert_true (g_str_has_prefix (error->message, "text.mp4: "));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clip = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  own_folder = g_dir_make_tmp ("semio-signals-XXXXXX", &error);
  g_assert_no_error (error);
  g_test_add_func ("/media/signals/rhythm-and-tone", test_rhythm_and_tone);
  g_test_add_func ("/media/signals/all-clips", test_all_clips);
  g_test_add_func ("/media/signals/cancel", test_cancel);
  g_test_add_func ("/media/signals/wrong-file", test_wrong_file);
  status = g_test_run ();
  clip = g_build_filename (own_folder, "motion.mp4", NULL);
  g_unlink (clip);
  g_rmdir (own_folder);
  return status;
}
