/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>

#include "semio-media-error.h"
#include "semio-media-signals.h"
#include "semio-test-player.h"
#include "semio-test-worker.h"

static char *folder;

/* Killed while it plays: the person is told and it goes on from the same place. */
static void
test_killed_playing (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 40);
  int pid = semio_player_get_helper_pid (test->player);
  gint64 frame;

  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 12);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  frame = semio_player_get_frame (test->player);
  test->previous = -1;
  semio_test_player_wait_state (test, SEMIO_PLAYER_LOADING);
  frame = semio_player_get_frame (test->player);
  semio_test_player_wait_pictures (test, 1);
  semio_test_player_check (test, frame);
  g_assert_cmpint (test->n_notices, ==, 1);
  g_assert_nonnull (strstr (test->notice, "started again at 0:0"));
  g_assert_cmpint (semio_player_get_helper_pid (test->player), !=, pid);
  semio_test_player_wait_passed (test, frame + 10);
  semio_test_player_check (test, test->last->frame);
  g_assert_cmpint (semio_player_get_state (test->player), ==, SEMIO_PLAYER_PLAYING);
}

/* Killed while paused, during a seek: it comes up at the target. */
static void
test_killed_seeking (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "ntsc.mov", 10);

  semio_player_seek_frame (test->player, 123);
  g_assert_cmpint (kill (semio_player_get_helper_pid (test->player), SIGKILL), ==, 0);
  semio_test_player_wait_frame (test, 123);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 123);
  g_assert_cmpint (test->n_notices, ==, 1);
}

/* Twice within seconds is too often: it fails and says so, and trying again works. */
static void
test_killed_twice (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "vp8.webm", 70);

  g_assert_cmpint (kill (semio_player_get_helper_pid (test->player), SIGKILL), ==, 0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_LOADING);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  g_assert_cmpint (kill (semio_player_get_helper_pid (test->player), SIGKILL), ==, 0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_FAILED);
  g_assert_cmpint (test->n_failures, ==, 1);
  test->n_failures = 0;
  semio_player_retry (test->player);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 70);
}

/* A helper that is stopped and says nothing is found out. */
static void
test_hung (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 40);
  gint64 begin_us;

  semio_player_set_patience_ms (test->player, 1000);
  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 5);
  begin_us = g_get_monotonic_time ();
  g_assert_cmpint (kill (semio_player_get_helper_pid (test->player), SIGSTOP), ==, 0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_LOADING);
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 8 * G_USEC_PER_SEC);
  semio_player_set_patience_ms (test->player, 0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PLAYING);
  g_assert_cmpint (test->n_notices, ==, 1);
  g_assert_nonnull (strstr (test->notice, "did not answer"));
  semio_test_player_wait_pictures (test, 5);
  g_assert_cmpint (test->n_wrong, ==, 0);
}

/* A decoder that crashes, in every state of the player: a message, and the same moment again. */
static void
test_crashed (void)
{
  static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, i % 2 ? "h264.ts" : "cfr.mp4", 60 + (gint64) i * 10);
      gint64 frame = 60 + (gint64) i * 10;

      if (i >= 3)
        {
          frame += 15;
          semio_player_seek_frame (test->player, frame);
        }
      g_assert_cmpint (kill (semio_player_get_helper_pid (test->player), signals[i]), ==, 0);
      semio_test_player_wait_state (test, SEMIO_PLAYER_LOADING);
      semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
      semio_test_player_wait_frame (test, frame);
      semio_test_player_check (test, frame);
      g_assert_cmpint (test->n_notices, ==, 1);
      g_assert_cmpint (test->n_failures, ==, 0);
    }
}

/* A request whose helper says nothing for ten seconds is refused by name, and the next one works. */
static void
test_worker_hung (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "ntsc.mov", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autoptr (SemioFrame) frame = NULL;
  int pid = semio_media_worker_get_helper_pid (worker);

  g_assert_no_error (error);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  semio_media_worker_signals_async (worker, file, probe->index, NULL, NULL, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  g_assert_null (semio_media_worker_signals_finish (worker, result, &error));
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER);
  g_assert_true (g_str_has_prefix (error->message, "ntsc.mov: "));
  g_assert_nonnull (strstr (error->message, "did not answer"));
  g_clear_error (&error);
  frame = semio_test_frame (worker, file, probe->index, 33, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (frame->frame, ==, 33);
  g_assert_cmpint (semio_media_worker_get_helper_pid (worker), !=, pid);
}

/* What the helper gave up is given up in the helper that really runs, in each of its threads. */
static void
test_given_up (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", semio_media_worker_get_helper_pid (worker));
  g_autofree char *limits_path = g_strdup_printf ("/proc/%d/limits", semio_media_worker_get_helper_pid (worker));
  g_autofree char *limits = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_tasks = 0;

  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (limits_path, &limits, NULL, NULL));
  g_assert_true (g_regex_match_simple ("Max core file size +0 +0", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max open files +[0-9]{1,3} ", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max file size +1073741824 +1073741824", limits, 0, 0));
  dir = g_dir_open (tasks, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *status_path = g_build_filename (tasks, name, "status", NULL);
      g_autofree char *status = NULL;

      /* A thread may end meanwhile. */
      if (!g_file_get_contents (status_path, &status, NULL, NULL))
        continue;
      n_tasks++;
      g_assert_nonnull (strstr (status, "Seccomp:\t2"));
      g_assert_nonnull (strstr (status, "NoNewPrivs:\t1"));
    }
  g_assert_cmpuint (n_tasks, >, 0);
}

/* The request during which the helper died fails by name; the next one works. */
static void
test_worker_killed (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) lost = NULL;
  g_autoptr (SemioProbe) probe = NULL;

  semio_media_worker_probe_async (worker, file, NULL, NULL, NULL, semio_test_keep_cb, &result);
  while (semio_media_worker_get_helper_pid (worker) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (kill (semio_media_worker_get_helper_pid (worker), SIGKILL), ==, 0);
  semio_test_wait (&result);
  lost = semio_media_worker_probe_finish (worker, result, &error);
  g_assert_null (lost);
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER);
  g_assert_true (g_str_has_prefix (error->message, "cfr.mp4"));
  g_clear_error (&error);
  probe = semio_test_probe (worker, file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (semio_frame_index_get_n_frames (probe->index), ==, 240);
}

/* Cancelling answers at once, whatever the helper is doing, and the requests behind it go on. */
static void
test_cancel (void)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) waiting = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GAsyncResult) third = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = NULL;

  semio_media_worker_probe_async (worker, file, NULL, NULL, cancellable, semio_test_keep_cb, &result);
  semio_media_worker_probe_async (worker, file, NULL, NULL, waiting, semio_test_keep_cb, &second);
  semio_media_worker_probe_async (worker, file, NULL, NULL, NULL, semio_test_keep_cb, &third);
  while (semio_media_worker_get_helper_pid (worker) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (kill (semio_media_worker_get_helper_pid (worker), SIGSTOP), ==, 0);
  g_cancellable_cancel (cancellable);
  g_cancellable_cancel (waiting);
  semio_test_wait (&result);
  g_assert_null (semio_media_worker_probe_finish (worker, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  semio_test_wait (&second);
  g_assert_null (semio_media_worker_probe_finish (worker, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  semio_test_wait (&third);
  probe = semio_media_worker_probe_finish (worker, third, &error);
  g_assert_no_error (error);
  g_assert_nonnull (probe);
}

/* A program that goes away takes its helper along. */
static void
test_orphan (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 40);
  int pid = semio_player_get_helper_pid (test->player);
  gint64 until_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  semio_player_unload (test->player);
  while (kill (pid, 0) == 0 && g_get_monotonic_time () < until_us)
    semio_test_player_run_ms (test, 20);
  g_assert_cmpint (kill (pid, 0), !=, 0);
}

/* A helper that cannot be started is said. */
static void
test_missing_helper (void)
{
  g_autofree char *helper = g_strdup (g_getenv ("SEMIO_HELPER"));
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, "cfr.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_setenv ("SEMIO_HELPER", "/nonexistent/helper", TRUE);
  g_assert_null (semio_test_probe (worker, file, NULL, &error));
  g_setenv ("SEMIO_HELPER", helper, TRUE);
  g_assert_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("SEMIO_AUDIO_SINK", "fakesink", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  folder = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  g_test_add_func ("/media/faults/killed-playing", test_killed_playing);
  g_test_add_func ("/media/faults/killed-seeking", test_killed_seeking);
  g_test_add_func ("/media/faults/killed-twice", test_killed_twice);
  g_test_add_func ("/media/faults/hung", test_hung);
  g_test_add_func ("/media/faults/crashed", test_crashed);
  g_test_add_func ("/media/faults/worker-hung", test_worker_hung);
  g_test_add_func ("/media/faults/given-up", test_given_up);
  g_test_add_func ("/media/faults/worker-killed", test_worker_killed);
  g_test_add_func ("/media/faults/cancel", test_cancel);
  g_test_add_func ("/media/faults/orphan", test_orphan);
  g_test_add_func ("/media/faults/missing-helper", test_missing_helper);
  return g_test_run ();
}
