/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/types.h>

#include "semio-media-error.h"
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
  semio_test_player_wait_frame (test, frame + 10);
  semio_test_player_check (test, frame + 10);
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
  g_test_add_func ("/media/faults/worker-killed", test_worker_killed);
  g_test_add_func ("/media/faults/cancel", test_cancel);
  g_test_add_func ("/media/faults/orphan", test_orphan);
  g_test_add_func ("/media/faults/missing-helper", test_missing_helper);
  return g_test_run ();
}
