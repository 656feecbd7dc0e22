/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of a video by which it is read: a remux of what comes in fragments, and one with key frames close together. */
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-media-copies.h"
#include "semio-media-error.h"
#include "semio-sha256.h"
#include "semio-test-barcode.h"
#include "semio-test-clips.h"
#include "semio-test-worker.h"

#define N_TRIES 40
#define H264 "x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=%d bitrate=600 ! h264parse"

static char *folder;

/* One recording and a copy of it. */
typedef struct {
  SemioMediaWorker *worker;
  GFile *file;
  GFile *copy;
  char *copy_path;
  SemioProbe *probe;
  SemioFrameIndex *index; /* of the copy */
  SemioSha256 before;
} Pair;

static SemioSha256
hash_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize n_bytes;
  SemioSha256 hash;

  g_file_load_contents (file, NULL, &data, &n_bytes, NULL, &error);
  g_assert_no_error (error);
  hash = semio_sha256_of_data (data, n_bytes);
  g_free (data);
  return hash;
}

static Pair *
pair_new (const char *name)
{
  Pair *pair = g_new0 (Pair, 1);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  pair->worker = semio_media_worker_new ();
  pair->file = g_file_new_for_path (path);
  pair->copy_path = g_strconcat (path, ".copy-XXXXXX", NULL);
  close (g_mkstemp (pair->copy_path));
  pair->copy = g_file_new_for_path (pair->copy_path);
  pair->before = hash_file (pair->file);
  pair->probe = semio_test_probe (pair->worker, pair->file, NULL, &error);
  g_assert_no_error (error);
  return pair;
}

static void
pair_free (Pair *pair)
{
  SemioSha256 after = hash_file (pair->file);

  g_assert_cmpmem (after.bytes, sizeof after.bytes, pair->before.bytes, sizeof pair->before.bytes);
  g_unlink (pair->copy_path);
  g_object_unref (pair->worker);
  g_object_unref (pair->file);
  g_object_unref (pair->copy);
  g_free (pair->copy_path);
  semio_probe_unref (pair->probe);
  g_clear_pointer (&pair->index, semio_frame_index_unref);
  g_free (pair);
}

static void
make_copy (Pair *pair, SemioMediaCopyKind kind, SemioProgressFunc progress, gpointer data, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  int fd = g_open (pair->copy_path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  semio_media_worker_copy_async (pair->worker, kind, pair->file, pair->probe->index, fd, progress, data, NULL, semio_test_keep_cb,
                                 &result);
  semio_test_wait (&result);
  pair->index = semio_media_worker_copy_finish (pair->worker, result, error);
}

static void
check_frame (Pair *pair, gint64 n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrame) frame = semio_test_frame (pair->worker, pair->copy, pair->index, n, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (frame->frame, ==, n);
  g_assert_true (frame->verified);
  g_assert_cmpint (frame->time_ns, ==, semio_frame_index_get_time_ns (pair->probe->index, n));
  g_assert_cmpint (
      semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride), ==, n);
}

static int
compare_frames (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Random frames in rising and in falling order, and the ends. */
static void
check_frames (Pair *pair, int n_frames)
{
  int frames[N_TRIES];

  g_assert_cmpint (semio_frame_index_get_n_frames (pair->probe->index), ==, n_frames);
  g_assert_cmpint (semio_frame_index_get_n_frames (pair->index), ==, n_frames);
  for (int i = 0; i < N_TRIES; i++)
    frames[i] = g_test_rand_int_range (0, n_frames);
  frames[0] = 0;
  frames[1] = n_frames - 1;
  qsort (frames, N_TRIES, sizeof *frames, compare_frames);
  for (int i = 0; i < N_TRIES; i++)
    check_frame (pair, frames[i]);
  for (int i = N_TRIES; i > 0; i--)
    check_frame (pair, frames[i - 1]);
}

static void
make_clip (const char *name, int key_every, const char *mux, int n_frames, int rate_num, int rate_den)
{
  SemioTestClip clip = { name, SEMIO_TEST_CLIP_SOUND, n_frames, 0, FALSE };
  g_autofree char *video = g_strdup_printf (H264, key_every);
  g_autoptr (GError) error = NULL;

  semio_test_clips_make_one (folder, &clip, video, mux, rate_num, rate_den, &error);
  g_assert_no_error (error);
}

static guint32
read_number (const guint8 *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* Two frames off every distance from decoding to showing, the last number of each row. */
static int
shift_run (guint8 *run)
{
  guint32 flags = read_number (run + 4) & 0xffffff, n_rows = read_number (run + 8);
  guint8 *row = run + 12 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  gsize row_bytes = 0;

  g_assert_true (flags & 0x800);
  for (guint32 bit = 0x100; bit <= 0x800; bit <<= 1)
    row_bytes += flags & bit ? 4 : 0;
  run[4] = 1;
  for (guint32 i = 0; i < n_rows; i++, row += row_bytes)
    {
      guint8 *shift = row + row_bytes - 4;
      gint32 value = (gint32) read_number (shift) - 2 * 1001;

      for (int byte = 0; byte < 4; byte++)
        shift[byte] = (guint8) ((guint32) value >> (24 - 8 * byte));
    }
  return (int) n_rows;
}

/* What other muxers write: times counted from the first picture shown, so that others come before their decoding. */
static void
make_negative_clip (void)
{
  g_autofree char *from = g_build_filename (folder, "single-fragments.mp4", NULL);
  g_autofree char *to = g_build_filename (folder, "negative-fragments.mp4", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize n_bytes;
  int n_frames = 0;

  g_file_get_contents (from, &data, &n_bytes, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i + 24 < n_bytes; i++)
    if (memcmp (data + i, "trun", 4) == 0)
      {
        n_frames += shift_run ((guint8 *) data + i);
        i += 12;
      }
  g_assert_cmpint (n_frames, ==, 120);
  g_file_set_contents (to, data, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

static void
test_remux (gconstpointer name)
{
  Pair *pair = pair_new (name);
  g_autoptr (GError) error = NULL;
  SemioFrameIndexFlags flags = semio_frame_index_get_flags (pair->probe->index);
  gboolean is_negative = g_str_equal (name, "negative-fragments.mp4");

  g_assert_true (flags & SEMIO_FRAME_INDEX_FRAGMENTED);
  g_assert_cmpint ((flags & SEMIO_FRAME_INDEX_NEEDS_REMUX) != 0, ==, is_negative);
  make_copy (pair, SEMIO_MEDIA_COPY_REMUX, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (semio_frame_index_get_flags (pair->index) & SEMIO_FRAME_INDEX_FRAGMENTED);
  check_frames (pair, (int) semio_frame_index_get_n_frames (pair->probe->index));
  pair_free (pair);
}

static void
test_proxy (gconstpointer name)
{
  Pair *pair = pair_new (name);
  g_autoptr (GError) error = NULL;
  gint64 n_frames = semio_frame_index_get_n_frames (pair->probe->index);

  make_copy (pair, SEMIO_MEDIA_COPY_PROXY, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gint64 i = 0; i < n_frames; i++)
    g_assert_cmpint (i - semio_frame_index_get_key_before (pair->index, i), <, 15);
  check_frames (pair, (int) n_frames);
  pair_free (pair);
}

/* Sound goes along, in step: the same length, and sound where there was some. */
static void
test_sound (gconstpointer name)
{
  for (int kind = SEMIO_MEDIA_COPY_REMUX; kind <= SEMIO_MEDIA_COPY_PROXY; kind++)
    {
      Pair *pair = pair_new (name);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioProbe) probe = NULL;

      if (kind == SEMIO_MEDIA_COPY_REMUX && !(semio_frame_index_get_flags (pair->probe->index) & SEMIO_FRAME_INDEX_FRAGMENTED))
        {
          pair_free (pair);
          continue;
        }
      make_copy (pair, (SemioMediaCopyKind) kind, NULL, NULL, &error);
      g_assert_no_error (error);
      probe = semio_test_probe (pair->worker, pair->copy, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (probe->sound, ==, pair->probe->sound);
      if (pair->probe->audio_rate_hz > 0)
        g_assert_cmpint (probe->audio_rate_hz, ==, pair->probe->audio_rate_hz);
      if (pair->probe->audio_channels > 0)
        g_assert_cmpint (probe->audio_channels, ==, pair->probe->audio_channels);
      g_assert_cmpint (semio_frame_index_get_flags (probe->index) & SEMIO_FRAME_INDEX_SOUND_SHORTER, ==,
                       semio_frame_index_get_flags (pair->probe->index) & SEMIO_FRAME_INDEX_SOUND_SHORTER);
      check_frame (pair, semio_frame_index_get_n_frames (pair->probe->index) / 2);
      pair_free (pair);
    }
}

static void
kill_cb (double fraction, const char *what, gpointer data)
{
  Pair *pair = data;

  if (semio_media_worker_get_helper_pid (pair->worker) > 0)
    kill (semio_media_worker_get_helper_pid (pair->worker), SIGKILL);
}

static void
test_killed (void)
{
  Pair *pair = pair_new ("long-gop.mp4");
  g_autoptr (GError) error = NULL;

  make_copy (pair, SEMIO_MEDIA_COPY_PROXY, kill_cb, pair, &error);
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER);
  g_assert_null (pair->index);
  g_clear_error (&error);
  /* The worker goes on with another helper. */
  make_copy (pair, SEMIO_MEDIA_COPY_PROXY, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (pair->index);
  pair_free (pair);
}

/* The helper inherits the limit, which is to its writing what a full disk is. */
static void
test_full (void)
{
  if (g_test_subprocess ())
    {
      struct rlimit limit = { 40000, 40000 };
      Pair *pair = pair_new ("long-gop.mp4");
      g_autoptr (GError) error = NULL;

      g_object_unref (pair->worker);
      setrlimit (RLIMIT_FSIZE, &limit);
      signal (SIGXFSZ, SIG_IGN);
      pair->worker = semio_media_worker_new ();
      make_copy (pair, SEMIO_MEDIA_COPY_PROXY, NULL, NULL, &error);
      g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE);
      pair_free (pair);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* What has no tables of MP4 cannot be put together by them; nothing comes of it but a sentence. */
static void
test_wrong_kind (void)
{
  Pair *pair = pair_new ("h264.avi");
  g_autoptr (GError) error = NULL;

  make_copy (pair, SEMIO_MEDIA_COPY_REMUX, NULL, NULL, &error);
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_DAMAGED);
  g_assert_true (g_str_has_prefix (error->message, "h264.avi: "));
  pair_free (pair);
}

static void
make_clips (void)
{
  make_clip ("single-fragments.mp4", 30, "mp4mux fragment-duration=1", 120, 30000, 1001);
  make_clip ("many-fragments.mp4", 30, "mp4mux fragment-duration=500", 150, 30000, 1001);
  make_clip ("fragments.mov", 30, "qtmux fragment-duration=300", 120, 30000, 1001);
  make_clip ("long-gop.mp4", 250, "mp4mux", 300, 30000, 1001);
  make_clip ("long-gop.ts", 250, "mpegtsmux", 300, 30000, 1001);
  /* Longer than 32 bits of millionths of a second. */
  make_clip ("hours.mp4", 30, "mp4mux fragment-duration=100000", 200, 1, 30);
  make_clip ("hours-plain.mp4", 250, "mp4mux", 200, 1, 30);
  make_negative_clip ();
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  if (!g_test_subprocess ())
    make_clips ();

  g_test_add_data_func ("/copies/remux/many", "many-fragments.mp4", test_remux);
  g_test_add_data_func ("/copies/remux/single", "single-fragments.mp4", test_remux);
  g_test_add_data_func ("/copies/remux/negative", "negative-fragments.mp4", test_remux);
  g_test_add_data_func ("/copies/remux/quicktime", "fragments.mov", test_remux);
  g_test_add_data_func ("/copies/remux/hours", "hours.mp4", test_remux);
  g_test_add_data_func ("/copies/proxy/hours", "hours-plain.mp4", test_proxy);
  g_test_add_data_func ("/copies/proxy/mp4", "long-gop.mp4", test_proxy);
  g_test_add_data_func ("/copies/proxy/ts", "long-gop.ts", test_proxy);
  g_test_add_data_func ("/copies/proxy/vfr", "vfr.mp4", test_proxy);
  g_test_add_data_func ("/copies/proxy/vp8", "vp8.webm", test_proxy);
  g_test_add_data_func ("/copies/proxy/avi", "h264.avi", test_proxy);
  g_test_add_data_func ("/copies/proxy/late", "late-start.mp4", test_proxy);
  g_test_add_data_func ("/copies/sound/fragmented", "fragmented.mp4", test_sound);
  g_test_add_data_func ("/copies/sound/vorbis", "h264.mkv", test_sound);
  g_test_add_data_func ("/copies/sound/late", "late-start.mp4", test_sound);
  g_test_add_data_func ("/copies/sound/ts", "h264.ts", test_sound);
  g_test_add_data_func ("/copies/sound/mp3", "h264.avi", test_sound);
  g_test_add_func ("/copies/killed", test_killed);
  g_test_add_func ("/copies/full", test_full);
  g_test_add_func ("/copies/wrong-kind", test_wrong_kind);
  return g_test_run ();
}
