/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>

#include "semio-media-error.h"
#include "semio-test-barcode.h"
#include "semio-test-clips.h"
#include "semio-test-worker.h"

/* Every clip that can be read is asked for this many frames in no order. */
#define N_TRIES 40

static char *folder;

static GFile *
get_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

static int
read_code (SemioFrame *frame)
{
  return semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride);
}

static void
check_frame (SemioMediaWorker *worker, GFile *file, SemioProbe *probe, const SemioTestClip *clip, gint64 n, int max_width_px)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrame) frame = semio_test_frame (worker, file, probe->index, n, max_width_px, &error);

  g_assert_no_error (error);
  g_assert_nonnull (frame);
  g_assert_cmpint (frame->frame, ==, n);
  g_assert_true (frame->verified);
  g_assert_cmpint (frame->time_ns, ==, semio_frame_index_get_time_ns (probe->index, n));
  g_assert_cmpint (read_code (frame), ==, clip->first_code + n);
  g_assert_cmpint (frame->width_px, ==, max_width_px ? max_width_px : SEMIO_TEST_CLIP_WIDTH);
}

/* Random frames, and the first and the last, are the ones that were drawn under these numbers. */
static void
test_exact (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = get_file (clip->file_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (probe);
  g_assert_cmpint (semio_frame_index_get_n_frames (probe->index), ==, clip->n_frames);
  g_assert_cmpint (probe->width_px, ==, SEMIO_TEST_CLIP_WIDTH);
  g_assert_cmpint (probe->height_px, ==, SEMIO_TEST_CLIP_HEIGHT);
  g_assert_cmpint (probe->audio_codec != NULL, ==, clip->has_sound);
  check_frame (worker, file, probe, clip, 0, 0);
  check_frame (worker, file, probe, clip, clip->n_frames - 1, 0);
  for (int i = 0; i < N_TRIES; i++)
    check_frame (worker, file, probe, clip, g_test_rand_int_range (0, clip->n_frames), i % 4 == 0 ? 160 : 0);
}

static int
get_expected_code (SemioTestClipKind kind)
{
  switch (kind)
    {
    case SEMIO_TEST_CLIP_CUT:
      return SEMIO_MEDIA_ERROR_CUT;
    case SEMIO_TEST_CLIP_EMPTY:
      return SEMIO_MEDIA_ERROR_EMPTY;
    case SEMIO_TEST_CLIP_NOT_VIDEO:
      return SEMIO_MEDIA_ERROR_NOT_VIDEO;
    case SEMIO_TEST_CLIP_UNSUPPORTED:
    case SEMIO_TEST_CLIP_SOUND:
    default:
      return SEMIO_MEDIA_ERROR_UNSUPPORTED;
    }
}

/* What cannot be read is refused by name, with a reason and with what to do. */
static void
test_refused (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = get_file (clip->file_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);

  g_assert_null (probe);
  g_assert_error (error, SEMIO_MEDIA_ERROR, get_expected_code (clip->kind));
  g_assert_true (g_str_has_prefix (error->message, clip->file_name));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_true (g_regex_match_simple ("[.:;] (Choose|Convert|Copy|copy) [a-z]", error->message, 0, 0));
  g_test_message ("%s", error->message);
}

static SemioProbe *
probe_clip (const char *name)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = get_file (name);
  g_autoptr (GError) error = NULL;
  SemioProbe *probe = semio_test_probe (worker, file, NULL, &error);

  g_assert_no_error (error);
  return probe;
}

static void
test_warnings (void)
{
  static const struct {
    const char *name;
    const char *container;
    const char *codec;
    SemioSound sound;
    SemioWarnings warnings;
  } expected[] = {
    { "cfr.mp4", "mp4", "h264", SEMIO_SOUND_PRESENT, 0 },
    { "vfr.mp4", "mp4", "h264", SEMIO_SOUND_PRESENT, SEMIO_WARNING_VARIABLE_RATE },
    { "fragmented.mp4", "mp4", "h264", SEMIO_SOUND_PRESENT, SEMIO_WARNING_FRAGMENTED },
    { "ntsc.mov", "quicktime", "h264", SEMIO_SOUND_PRESENT, 0 },
    { "h264.mkv", "matroska", "h264", SEMIO_SOUND_PRESENT, SEMIO_WARNING_SOUND_SHORTER },
    { "vp8.webm", "webm", "vp8", SEMIO_SOUND_PRESENT, 0 },
    { "vp9.webm", "webm", "vp9", SEMIO_SOUND_NONE, SEMIO_WARNING_NO_SOUND },
    { "h264.ts", "mpegts", "h264", SEMIO_SOUND_PRESENT, 0 },
    { "h264.avi", "avi", "h264", SEMIO_SOUND_PRESENT, SEMIO_WARNING_NO_TIME_STAMPS },
    { "late-start.mkv", "matroska", "h264", SEMIO_SOUND_PRESENT, SEMIO_WARNING_LATE_START },
    { "no-sound.mp4", "mp4", "h264", SEMIO_SOUND_NONE, SEMIO_WARNING_NO_SOUND },
    { "silent.mp4", "mp4", "h264", SEMIO_SOUND_SILENT, SEMIO_WARNING_SILENT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (SemioProbe) probe = probe_clip (expected[i].name);

      g_test_message ("%s", expected[i].name);
      g_assert_cmpstr (probe->container, ==, expected[i].container);
      g_assert_cmpstr (probe->video_codec, ==, expected[i].codec);
      g_assert_cmpint (probe->sound, ==, expected[i].sound);
      g_assert_cmphex (probe->warnings, ==, expected[i].warnings);
    }
}

static void
test_rate (void)
{
  g_autoptr (SemioProbe) ntsc = probe_clip ("ntsc.mov");
  g_autoptr (SemioProbe) late = probe_clip ("late-start.mkv");
  g_autoptr (SemioProbe) stamped = probe_clip ("vp8.webm");

  g_assert_cmpint (ntsc->rate_num, ==, 30000);
  g_assert_cmpint (ntsc->rate_den, ==, 1001);
  g_assert_cmpint (semio_frame_index_get_zero_ns (late->index), ==, 2 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (semio_frame_index_get_time_ns (late->index, 0), ==, 0);
  g_assert_cmpint (stamped->rate_num, ==, 25 * stamped->rate_den);
  g_assert_cmpint (stamped->audio_rate_hz, ==, 48000);
  g_assert_cmpint (stamped->audio_channels, ==, 1);
}

/* As many pictures may be kept as one likes, and they stay what they were. */
static void
test_keep_many (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_frame_unref);
  g_autoptr (GFile) file = get_file ("vp8.webm");
  g_autoptr (SemioProbe) probe = probe_clip ("vp8.webm");

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;
      SemioFrame *frame = semio_test_frame (worker, file, probe->index, i, 160, &error);

      g_assert_no_error (error);
      g_ptr_array_add (frames, frame);
    }
  g_clear_object (&worker);
  for (int i = 0; i < 100; i++)
    g_assert_cmpint (read_code (g_ptr_array_index (frames, i)), ==, i);
}

static void
test_missing (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GFile) file = get_file ("nowhere.mp4");
  g_autoptr (GFile) directory = g_file_new_for_path (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;

  g_assert_null (semio_test_probe (worker, file, NULL, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE);
  g_assert_null (semio_test_probe (worker, directory, NULL, &other));
  g_assert_error (other, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  for (const SemioTestClip *clip = semio_test_clips_get (); clip->file_name; clip++)
    {
      g_autofree char *name = g_strconcat ("/media/frames/", clip->file_name, NULL);

      g_test_add_data_func (name, clip, clip->kind == SEMIO_TEST_CLIP_SOUND ? test_exact : test_refused);
    }
  g_test_add_func ("/media/frames/warnings", test_warnings);
  g_test_add_func ("/media/frames/rate", test_rate);
  g_test_add_func ("/media/frames/keep-many", test_keep_many);
  g_test_add_func ("/media/frames/missing", test_missing);
  return g_test_run ();
}
