/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a recording is read from: its file, a remux, a copy for quick steps; kept by content, made again, never left half. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-copy-maker.h"
#include "semio-media-error.h"
#include "semio-media-worker.h"
#include "semio-source.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

#define PROXY_BYTES (1024 * 1024)

static char *clips;

typedef struct {
  guint n_calls;
  GCancellable *cancel; /* (nullable): at the first call */
} Told;

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Told *told = user_data;

  told->n_calls++;
  if (told->cancel)
    g_cancellable_cancel (told->cancel);
}

static char *
get_part (const SemioSha256 *content, const char *kind)
{
  g_autofree char *folder = semio_copy_cache_get_folder ();
  g_autofree char *hash = semio_sha256_to_string (content);
  g_autofree char *name = g_strconcat (hash, ".", kind, NULL);

  return g_build_filename (folder, name, NULL);
}

static SemioReview *
add_clip (SemioTestStudy *test, const char *clip)
{
  g_autofree char *path = g_build_filename (clips, clip, NULL);
  g_autoptr (GPtrArray) results = semio_test_study_add (test, path, FALSE);

  g_assert_cmpuint (results->len, ==, 1);
  g_assert_cmpint (((SemioAddResult *) results->pdata[0])->outcome, !=, SEMIO_ADD_REFUSED);
  return semio_test_study_review (test, clip);
}

static SemioCopy *
find (SemioReview *review, SemioSourceUse use, Told *told, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_source_find_async (&semio_review_get_recording (review)->content, semio_review_get_file (review),
                           semio_review_get_frame_index (review), use, progress_cb, told, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_source_find_finish (result, error);
}

static SemioCopy *
make_proxy (SemioReview *review, Told *told, gint64 n_bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_copy_make_async (SEMIO_MEDIA_COPY_PROXY, &semio_review_get_recording (review)->content, semio_review_get_file (review),
                         semio_review_get_frame_index (review), n_bytes, progress_cb, told, told->cancel, semio_test_ready_cb,
                         &slot);
  result = semio_test_wait_for (&slot);
  return semio_copy_make_finish (result, error);
}

/* One frame of what was found comes under its number. */
static void
check_frame (SemioCopy *copy, gint64 frame)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioFrame) shown = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  semio_media_worker_frame_async (worker, copy->file, copy->index, frame, 0, 0, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  shown = semio_media_worker_frame_finish (worker, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (shown->frame, ==, frame);
  g_assert_true (shown->verified);
}

static int
get_mode (const char *path)
{
  GStatBuf about;

  g_assert_cmpint (g_stat (path, &about), ==, 0);
  return about.st_mode & 0777;
}

static guint
count_files (void)
{
  g_autofree char *folder = semio_copy_cache_get_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

/* Adding a file in fragments puts it together; the study knows the original alone. Emptied, the cache is filled again. */
static void
test_remux (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = add_clip (test, "fragmented.mp4");
  const SemioSha256 *content = &semio_review_get_recording (review)->content;
  g_autofree char *path = get_part (content, "remux-1.mov");
  g_autofree char *folder = semio_copy_cache_get_folder ();
  g_autoptr (GError) error = NULL;
  Told told = { 0, NULL };

  g_assert_true (semio_copy_cache_has (content, SEMIO_MEDIA_COPY_REMUX));
  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_cmpint (get_mode (folder), ==, 0700);
  g_assert_cmpuint (count_files (), ==, 2);
  g_assert_cmpint (semio_copy_cache_get_n_bytes (), >, 1000);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (SemioCopy) found = find (review, SEMIO_SOURCE_EXACT, &told, &error);
      g_autofree char *name = NULL;
      SemioSha256 hash;

      g_assert_no_error (error);
      name = g_file_get_path (found->file);
      g_assert_cmpstr (name, ==, path);
      check_frame (found, 100);
      /* The recording is still its original. */
      semio_sha256_of_file (semio_review_get_file (review), NULL, NULL, NULL, &hash, &error);
      g_assert_no_error (error);
      g_assert_true (semio_sha256_equal (&hash, content));
      g_assert_cmpint (told.n_calls > 0, ==, i);
      semio_copy_cache_empty ();
      g_assert_cmpint (semio_copy_cache_get_n_bytes (), ==, 0);
      g_assert_cmpuint (count_files (), ==, 0);
    }
}

/* What was cut, or is of another recording, is not read from. */
static void
test_damaged (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = add_clip (test, "fragmented.mp4");
  const SemioSha256 *content = &semio_review_get_recording (review)->content;
  g_autofree char *path = get_part (content, "remux-1.mov");
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) found = NULL;
  Told told = { 0, NULL };

  g_assert_cmpint (truncate (path, 4000), ==, 0);
  found = find (review, SEMIO_SOURCE_EXACT, &told, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.n_calls, >, 0);
  check_frame (found, 7);
  semio_copy_cache_empty ();
}

/* A copy for quick steps serves watching alone, and goes when it is told to. */
static void
test_proxy (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = add_clip (test, "cfr.mp4");
  const SemioSha256 *content = &semio_review_get_recording (review)->content;
  SemioFrameIndex *index = semio_review_get_frame_index (review);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) proxy = NULL;
  g_autoptr (SemioCopy) steps = NULL;
  g_autoptr (SemioCopy) exact = NULL;
  g_autoptr (SemioCopy) after = NULL;
  Told told = { 0, NULL };

  g_assert_true (semio_source_is_plain (content, index, SEMIO_SOURCE_STEPS));
  proxy = make_proxy (review, &told, PROXY_BYTES, &error);
  g_assert_no_error (error);
  g_assert_cmpint (semio_frame_index_get_n_frames (proxy->index), ==, semio_frame_index_get_n_frames (index));
  g_assert_false (semio_source_is_plain (content, index, SEMIO_SOURCE_STEPS));
  g_assert_true (semio_source_is_plain (content, index, SEMIO_SOURCE_EXACT));
  steps = find (review, SEMIO_SOURCE_STEPS, &told, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (steps->file, proxy->file));
  check_frame (steps, 123);
  exact = find (review, SEMIO_SOURCE_EXACT, &told, &error);
  g_assert_true (g_file_equal (exact->file, semio_review_get_file (review)));
  semio_copy_cache_remove (content, SEMIO_MEDIA_COPY_PROXY);
  g_assert_cmpuint (count_files (), ==, 0);
  after = find (review, SEMIO_SOURCE_STEPS, &told, &error);
  g_assert_true (g_file_equal (after->file, semio_review_get_file (review)));
}

/* Cancelled, or with no room on the disk, nothing is left; a half file of a program that was killed is swept, one that is being
 * written is not. */
static void
test_nothing_left (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = add_clip (test, "cfr.mp4");
  const SemioSha256 *content = &semio_review_get_recording (review)->content;
  g_autofree char *part = get_part (content, "proxy-1.part");
  g_autoptr (GCancellable) cancel = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Told told = { 0, cancel };
  int fd;

  g_assert_null (make_proxy (review, &told, PROXY_BYTES, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (), ==, 0);

  told.cancel = NULL;
  g_assert_null (make_proxy (review, &told, G_MAXINT64 / 2, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (), ==, 0);

  g_assert_true (g_file_set_contents (part, "half a film", -1, NULL));
  semio_copy_cache_sweep ();
  g_assert_cmpuint (count_files (), ==, 0);
  fd = semio_copy_cache_begin (content, SEMIO_MEDIA_COPY_PROXY, 0, &error);
  g_assert_no_error (error);
  semio_copy_cache_sweep ();
  g_assert_cmpuint (count_files (), ==, 1);
  g_assert_cmpint (semio_copy_cache_begin (content, SEMIO_MEDIA_COPY_PROXY, 0, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  semio_copy_cache_abandon (content, SEMIO_MEDIA_COPY_PROXY, fd);
  g_assert_cmpuint (count_files (), ==, 0);
}

/* Two who want the same get the same, made once. */
static void
test_both (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (SemioReview) review = add_clip (test, "fragmented.mp4");
  const SemioSha256 *content = &semio_review_get_recording (review)->content;
  GAsyncResult *slots[2] = { NULL, NULL };
  Told told = { 0, NULL };

  semio_copy_cache_empty ();
  for (int i = 0; i < 2; i++)
    semio_source_find_async (content, semio_review_get_file (review), semio_review_get_frame_index (review), SEMIO_SOURCE_EXACT,
                             progress_cb, &told, NULL, semio_test_ready_cb, &slots[i]);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = semio_test_wait_for (&slots[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

      g_assert_no_error (error);
      g_assert_false (g_file_equal (found->file, semio_review_get_file (review)));
    }
  g_assert_cmpuint (count_files (), ==, 2);
  semio_copy_cache_empty ();
}

/* Only where key frames lie far apart is a copy of use. */
static void
test_gap (void)
{
  gint64 times_ns[300];
  guint8 keys[300] = { 1 };
  g_autoptr (SemioFrameIndex) far = NULL;
  g_autoptr (SemioFrameIndex) near = NULL;
  SemioRecording recording = { .width_px = 1920, .height_px = 1080, .sound = SEMIO_SOUND_PRESENT };

  for (int i = 0; i < 300; i++)
    times_ns[i] = i * SEMIO_NS_PER_SECOND / 30;
  far = semio_frame_index_new (times_ns, keys, 300, 0, 0, NULL);
  for (int i = 0; i < 300; i += 30)
    keys[i] = 1;
  near = semio_frame_index_new (times_ns, keys, 300, 0, 0, NULL);
  g_assert_cmpint (semio_source_get_key_gap_ns (far, &recording), ==, semio_frame_index_get_duration_ns (far));
  g_assert_cmpint (semio_source_get_key_gap_ns (near, &recording), ==, 0);
  g_assert_cmpint (semio_source_guess_proxy_bytes (far, &recording), >, 1000000);
  recording.warnings = SEMIO_WARNING_INTERLACED;
  g_assert_cmpint (semio_source_get_key_gap_ns (far, &recording), ==, 0);
}

#define ADD(path, func) g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *made = NULL;

  semio_test_home_init (&argc, &argv);
  g_assert_cmpint (argc, >=, 2);
  made = clips = semio_test_home_make_clips (argv[1]);
  ADD ("/copies/remux", test_remux);
  ADD ("/copies/damaged", test_damaged);
  ADD ("/copies/proxy", test_proxy);
  ADD ("/copies/nothing-left", test_nothing_left);
  ADD ("/copies/both", test_both);
  g_test_add_func ("/copies/gap", test_gap);
  return semio_test_home_run ();
}
