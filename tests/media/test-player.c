/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>

#include "semio-test-player.h"

#define N_SEEKS 12

static char *folder;

/* Random seeks show what was asked for. */
static void
test_seek (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, clip->n_frames / 2);

  semio_test_player_check (test, clip->n_frames / 2);
  g_assert_cmpint (semio_player_get_has_sound (test->player), ==, clip->has_sound);
  g_assert_cmpint (semio_player_get_sound_output (test->player), ==, clip->has_sound);
  for (int i = 0; i < N_SEEKS; i++)
    {
      gint64 frame = i == 0 ? clip->n_frames - 1 : i == 1 ? 0 : g_test_rand_int_range (0, clip->n_frames);

      semio_player_seek_frame (test->player, frame);
      semio_test_player_wait_seek (test);
      semio_test_player_check (test, frame);
    }
}

/* Steps forward and back, one at a time and many at once, across the beginning and the end. */
static void
test_steps (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 28);
  gint64 frame = 28;

  for (int i = 0; i < 6; i++)
    {
      semio_player_step (test->player, 1);
      semio_test_player_wait_seek (test);
      semio_test_player_check (test, ++frame);
    }
  for (int i = 0; i < 6; i++)
    {
      semio_player_step (test->player, -1);
      semio_test_player_wait_seek (test);
      semio_test_player_check (test, --frame);
    }
  for (int i = 0; i < 10; i++)
    semio_player_step (test->player, 1);
  semio_test_player_wait_frame (test, frame + 10);
  for (int i = 0; i < 60; i++)
    semio_player_step (test->player, -1);
  semio_test_player_wait_frame (test, 0);
  semio_player_seek_frame (test->player, clip->n_frames - 3);
  semio_test_player_wait_seek (test);
  for (int i = 0; i < 5; i++)
    {
      semio_player_step (test->player, 1);
      semio_test_player_wait_seek (test);
    }
  semio_test_player_check (test, clip->n_frames - 1);
}

/* From beginning to end: no picture under a wrong number, none out of order, hardly one left out, and at the end it
 * stands on the last. */
static void
test_play (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 0);

  semio_player_play (test->player);
  semio_test_player_wait_state (test, SEMIO_PLAYER_ENDED);
  semio_test_player_check (test, clip->n_frames - 1);
  g_test_message ("%s: %d of %d pictures", clip->file_name, test->n_pictures, clip->n_frames);
  g_assert_cmpint (test->n_backward, ==, 0);
  g_assert_cmpint (test->n_pictures, <=, clip->n_frames);
  g_assert_cmpint (test->n_pictures * 10, >=, clip->n_frames * 7);
}

/* Where the sound is over the picture plays on, also when it is started there. */
static void
test_play_past_sound (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "h264.mkv", 150);

  semio_player_play (test->player);
  semio_test_player_wait_state (test, SEMIO_PLAYER_ENDED);
  semio_test_player_check (test, 199);
  g_assert_cmpint (test->n_pictures, >=, 35);
}

/* Played from the end it begins again. */
static void
test_play_again (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "silent.mp4", 95);

  semio_player_play (test->player);
  semio_test_player_wait_state (test, SEMIO_PLAYER_ENDED);
  semio_test_player_check (test, 99);
  semio_player_play (test->player);
  semio_test_player_wait_frame (test, 5);
  semio_player_pause (test->player);
  semio_test_player_run_ms (test, 300);
  semio_test_player_check (test, test->last->frame);
  g_assert_cmpint (test->last->frame, <, 30);
}

/* A pause holds the picture that is shown, steps go on from it, and playing goes on from there. */
static void
test_pause (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 10);
  gint64 frame;

  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 15);
  semio_player_pause (test->player);
  semio_test_player_run_ms (test, 400);
  frame = semio_player_get_frame (test->player);
  semio_test_player_check (test, frame);
  semio_test_player_run_ms (test, 200);
  semio_test_player_check (test, frame);
  semio_player_step (test->player, 1);
  semio_test_player_wait_seek (test);
  semio_test_player_check (test, frame + 1);
  semio_player_step (test->player, -1);
  semio_test_player_wait_seek (test);
  semio_test_player_check (test, frame);
  semio_player_step (test->player, 2);
  semio_test_player_wait_seek (test);
  test->previous = frame + 1;
  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 10);
  g_assert_cmpint (test->n_wrong, ==, 0);
  g_assert_cmpint (semio_player_get_frame (test->player), <, frame + 40);
}

/* A span shows its frames and stops on its last one; what is played afterwards goes past it. */
static void
test_span (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 0);
  SemioFrameIndex *index = semio_player_get_index (test->player);

  semio_player_play_span (test->player, semio_frame_index_get_time_ns (index, 60), semio_frame_index_get_time_ns (index, 90),
                          1.0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 89);
  g_assert_cmpint (test->n_pictures, >=, 20);
  semio_player_play (test->player);
  semio_test_player_wait_frame (test, 95);
  semio_test_player_check (test, test->last->frame);
  /* While it plays, another span, faster, up to the end. */
  semio_player_play_span (test->player, semio_frame_index_get_time_ns (index, 200),
                          semio_frame_index_get_duration_ns (index) + SEMIO_NS_PER_SECOND, 2.0);
  semio_test_player_wait_state (test, SEMIO_PLAYER_ENDED);
  semio_test_player_check (test, 239);
  g_assert_cmpfloat (semio_player_get_speed (test->player), ==, 2.0);
}

static double
measure_rate (SemioTestPlayer *test, double speed)
{
  gint64 begin_us, begin_ns;

  semio_player_set_speed (test->player, speed);
  semio_test_player_wait_pictures (test, 4);
  begin_us = g_get_monotonic_time ();
  begin_ns = semio_player_get_position_ns (test->player);
  semio_test_player_run_ms (test, 900);
  return (double) (semio_player_get_position_ns (test->player) - begin_ns) / 1000.0
         / (double) (g_get_monotonic_time () - begin_us);
}

static void
test_speed (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 0);
  const double speeds[] = { 0.5, 1.0, 2.0 };

  semio_player_play (test->player);
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      double rate = measure_rate (test, speeds[i]);

      g_test_message ("speed %d %%: %d %%", (int) (speeds[i] * 100), (int) (rate * 100));
      g_assert_cmpfloat (rate, >, speeds[i] * 0.7);
      g_assert_cmpfloat (rate, <, speeds[i] * 1.3);
    }
  g_assert_cmpint (test->n_wrong, ==, 0);
}

/* The view decides the size, up and down, also of the frame that stands. */
static void
test_view (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 100);

  semio_player_set_view_size (test->player, 800, 480);
  semio_test_player_wait_pictures (test, 1);
  semio_test_player_check (test, 100);
  g_assert_cmpint (test->last->width_px, ==, 640);
  g_assert_cmpint (test->last->height_px, ==, 480);
  semio_player_set_view_size (test->player, 160, 900);
  semio_test_player_wait_pictures (test, 1);
  semio_test_player_check (test, 100);
  g_assert_cmpint (test->last->width_px, ==, 160);
  g_assert_cmpint (test->last->height_px, ==, 120);
}

/* Without a sound device the picture plays and it is said. */
static void
test_no_device (void)
{
  g_autoptr (SemioTestPlayer) test = NULL;

  g_setenv ("SEMIO_AUDIO_SINK", "nosuchsink", TRUE);
  test = semio_test_player_new (folder, "cfr.mp4", 0);
  g_setenv ("SEMIO_AUDIO_SINK", "fakesink", TRUE);
  g_assert_true (semio_player_get_has_sound (test->player));
  g_assert_false (semio_player_get_sound_output (test->player));
  semio_player_play (test->player);
  semio_test_player_wait_frame (test, 20);
  semio_test_player_check (test, 20);
}

/* One player, another file. */
static void
test_load_another (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 30);
  g_autoptr (SemioTestPlayer) other = semio_test_player_new (folder, "vp8.webm", 70);
  g_autofree char *path = g_build_filename (folder, "vp8.webm", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int pid = semio_player_get_helper_pid (test->player);

  test->clip = other->clip;
  semio_player_load (test->player, file, semio_player_get_index (other->player), 50);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 50);
  g_assert_cmpint (semio_player_get_helper_pid (test->player), ==, pid);
  semio_player_unload (test->player);
  g_assert_cmpint (semio_player_get_state (test->player), ==, SEMIO_PLAYER_EMPTY);
  g_assert_cmpint (semio_player_get_helper_pid (test->player), ==, 0);
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
  for (const SemioTestClip *clip = semio_test_clips_get (); clip->file_name; clip++)
    {
      g_autofree char *seek = g_strconcat ("/media/player/seek/", clip->file_name, NULL);
      g_autofree char *steps = g_strconcat ("/media/player/steps/", clip->file_name, NULL);

      if (clip->kind != SEMIO_TEST_CLIP_SOUND)
        continue;
      g_test_add_data_func (seek, clip, test_seek);
      if (clip->n_frames > 1)
        g_test_add_data_func (steps, clip, test_steps);
    }
  g_test_add_data_func ("/media/player/play/silent", semio_test_clips_find ("silent.mp4"), test_play);
  g_test_add_data_func ("/media/player/play/no-sound", semio_test_clips_find ("no-sound.mp4"), test_play);
  g_test_add_data_func ("/media/player/play/avi", semio_test_clips_find ("h264.avi"), test_play);
  g_test_add_data_func ("/media/player/play/fragmented", semio_test_clips_find ("fragmented.mp4"), test_play);
  g_test_add_func ("/media/player/play-past-sound", test_play_past_sound);
  g_test_add_func ("/media/player/play-again", test_play_again);
  g_test_add_func ("/media/player/pause", test_pause);
  g_test_add_func ("/media/player/span", test_span);
  g_test_add_func ("/media/player/speed", test_speed);
  g_test_add_func ("/media/player/view", test_view);
  g_test_add_func ("/media/player/no-device", test_no_device);
  g_test_add_func ("/media/player/load-another", test_load_another);
  return g_test_run ();
}
