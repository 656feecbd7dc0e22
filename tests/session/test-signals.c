/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals of a recording: computed once, kept by content, made again when damaged, and nothing left when cancelled. */
#include <glib/gstdio.h>

#include "semio-signal-cache.h"
#include "semio-signals.h"
#include "semio-test-home.h"
#include "semio-test-study.h"

static char *clips;

typedef struct {
  guint n_calls;
  double last;
} Told;

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Told *told = user_data;

  told->n_calls++;
  told->last = fraction;
}

static const SemioRecording *
add_clip (SemioTestStudy *test, const char *clip)
{
  g_autofree char *path = g_build_filename (clips, clip, NULL);
  g_autoptr (GPtrArray) results = semio_test_study_add (test, path, FALSE);

  g_assert_cmpuint (results->len, ==, 1);
  return semio_test_study_find (test, clip);
}

static SemioSignalSet *
load (SemioTestStudy *test, gint64 recording_id, Told *told, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_signals_load_async (test->study, recording_id, progress_cb, told, cancellable, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_signals_load_finish (test->study, result, error);
}

static void
empty_cache (const SemioRecording *recording)
{
  g_autofree char *path = semio_signal_cache_get_path (&recording->content);

  g_unlink (path);
}

/* The second time nothing is computed, and the same comes out; the file is the user's alone. */
static void
test_kept (SemioTestStudy *test, gconstpointer data)
{
  const SemioRecording *recording = add_clip (test, "cfr.mp4");
  g_autofree char *path = semio_signal_cache_get_path (&recording->content);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSignalSet) first = NULL;
  g_autoptr (SemioSignalSet) second = NULL;
  g_autoptr (GBytes) first_bytes = NULL;
  g_autoptr (GBytes) second_bytes = NULL;
  Told told = { 0, 0 }, again = { 0, 0 };
  GStatBuf about;

  empty_cache (recording);
  first = load (test, recording->id, &told, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (told.n_calls, >, 0);
  g_assert_nonnull (first->spectrogram);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  second = load (test, recording->id, &again, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again.n_calls, ==, 0);
  first_bytes = semio_signal_set_to_bytes (first);
  second_bytes = semio_signal_set_to_bytes (second);
  g_assert_true (g_bytes_equal (first_bytes, second_bytes));
}

/* Whatever happened to the file, it is made again and good afterwards. */
static void
test_damaged (SemioTestStudy *test, gconstpointer data)
{
  const SemioRecording *recording = add_clip (test, "no-sound.mp4");
  g_autofree char *path = semio_signal_cache_get_path (&recording->content);
  g_autoptr (GError) error = NULL;

  for (int kind = 0; kind < 3; kind++)
    {
      g_autoptr (SemioSignalSet) whole = NULL;
      g_autoptr (SemioSignalSet) made = NULL;
      g_autoptr (SemioSignalSet) kept = NULL;
      g_autofree char *bytes = NULL;
      Told none = { 0, 0 }, told = { 0, 0 };
      gsize n_bytes;

      whole = load (test, recording->id, &none, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
      bytes[n_bytes / 2] ^= 1;
      g_assert_true (g_file_set_contents (path, bytes,
                                          kind == 0   ? (gssize) n_bytes
                                          : kind == 1 ? (gssize) n_bytes / 3
                                                      : 0,
                                          NULL));
      made = load (test, recording->id, &told, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (told.n_calls, >, 0);
      kept = semio_signal_cache_load (&recording->content);
      g_assert_nonnull (kept);
      g_assert_null (kept->pyramids[SEMIO_SIGNAL_WAVEFORM]);
    }
}

/* Of two who wait one may leave; when both did, nothing is written. */
static void
test_cancelled (SemioTestStudy *test, gconstpointer data)
{
  const SemioRecording *recording = add_clip (test, "ntsc.mov");
  g_autofree char *path = semio_signal_cache_get_path (&recording->content);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (SemioSignalSet) set = NULL;
  GAsyncResult *slot = NULL, *other_slot = NULL;
  Told told = { 0, 0 };

  for (int both = 1; both >= 0; both--)
    {
      empty_cache (recording);
      g_cancellable_reset (first);
      semio_signals_load_async (test->study, recording->id, progress_cb, &told, first, semio_test_ready_cb, &slot);
      semio_signals_load_async (test->study, recording->id, progress_cb, &told, second, semio_test_ready_cb, &other_slot);
      told.n_calls = 0;
      while (told.n_calls == 0)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (first);
      if (both)
        g_cancellable_cancel (second);
      result = semio_test_wait_for (&slot);
      g_assert_null (semio_signals_load_finish (test->study, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      other = semio_test_wait_for (&other_slot);
      set = semio_signals_load_finish (test->study, other, &error);
      g_assert_cmpint (set == NULL, ==, both);
      g_clear_error (&error);
      semio_test_run_ms (200);
      g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, !both);
      g_clear_object (&result);
      g_clear_object (&other);
      slot = other_slot = NULL;
      g_cancellable_reset (second);
    }
  g_assert_nonnull (set->thumbs);
}

/* A recording without its video says so. */
static void
test_missing (SemioTestStudy *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Told told = { 0, 0 };

  g_assert_null (load (test, 4711, &told, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
add (const char *path, void (*func) (SemioTestStudy *, gconstpointer))
{
  g_test_add (path, SemioTestStudy, NULL, semio_test_study_set_up, func, semio_test_study_tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  clips = semio_test_home_make_clips (argv[1]);
  add ("/session/signals/kept", test_kept);
  add ("/session/signals/damaged", test_damaged);
  add ("/session/signals/cancelled", test_cancelled);
  add ("/session/signals/missing", test_missing);
  status = semio_test_home_run ();
  g_free (clips);
  return status;
}
