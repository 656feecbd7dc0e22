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

/* The frames that are shown before a key frame and stored after it need the group before: sought by themselves they come from
 * there, however far the sound has to wait. */
static void
test_open_groups (gconstpointer data)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, data, 0);

  for (gint64 key = 60; key <= 180; key += 60)
    for (gint64 before = 1; before <= 5; before++)
      {
        semio_player_seek_frame (test->player, key + 25);
        semio_test_player_wait_seek (test);
        semio_player_seek_frame (test->player, key - before);
        semio_test_player_wait_seek (test);
        semio_test_player_check (test, key - before);
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
/* After a while a seek that nothing comes of is sent in another way; none of these may need that. */
#define RESCUE_US (5 * G_USEC_PER_SEC / 2)

/* After a seek the decoder may have given one picture alone; what comes next must not be missed nor be another. */
static void
test_after_seek (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 0);
  const guint rests_ms[] = { 0, 60, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (rests_ms); i++)
    {
      gint64 frame = 40 + 25 * (gint64) i;

      for (int j = 0; j < 2; j++)
        {
          semio_player_seek_frame (test->player, frame);
          semio_test_player_wait_frame (test, frame);
          semio_test_player_check (test, frame);
          semio_test_player_run_ms (test, rests_ms[i]);
          if (j == 0)
            {
              gint64 asked_us = g_get_monotonic_time ();

              semio_player_step (test->player, 1);
              semio_test_player_wait_frame (test, frame + 1);
              g_assert_cmpint (g_get_monotonic_time () - asked_us, <, RESCUE_US);
              semio_player_seek_frame (test->player, 10);
              semio_test_player_wait_frame (test, 10);
            }
        }
      semio_player_play (test->player);
      semio_test_player_wait_pictures (test, 5);
      semio_player_pause (test->player);
      semio_test_player_run_ms (test, 100);
      g_assert_cmpint (test->last->frame, >, frame);
    }
  g_assert_cmpint (test->n_wrong, ==, 0);
  g_assert_cmpint (test->n_failures, ==, 0);
}

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
  semio_test_player_wait_passed (test, 5);
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

  /* Slowly: a machine with other work leaves out pictures that come too late. */
  semio_player_play_span (test->player, semio_frame_index_get_time_ns (index, 60), semio_frame_index_get_time_ns (index, 90),
                          0.25);
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 89);
  g_assert_cmpint (test->n_pictures, >=, 20);
  semio_player_play (test->player);
  semio_test_player_wait_passed (test, 95);
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
  semio_test_player_wait_passed (test, 20);
  semio_test_player_check (test, test->last->frame);
}

/* A held key: each step only when the last is shown, so that nothing is shown after it is let go. */
static void
test_held (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 100);
  gint64 until_us, frame;

  /* The cache has filled by then. */
  semio_test_player_run_ms (test, 2000);
  for (int direction = -1; direction <= 1; direction += 2)
    {
      frame = semio_player_get_frame (test->player);
      test->n_pictures = 0;
      until_us = g_get_monotonic_time () + G_USEC_PER_SEC;
      while (g_get_monotonic_time () < until_us)
        {
          semio_player_step_held (test->player, direction);
          semio_test_player_run_ms (test, 10);
        }
      g_test_message ("%s: %d steps in a second", clip->file_name, test->n_pictures);
      g_assert_cmpint (test->n_pictures, >=, 10);
      frame += direction * (gint64) test->n_pictures;
      /* At most the one that is under way follows. */
      semio_test_player_run_ms (test, 600);
      g_assert_cmpint (ABS (semio_player_get_frame (test->player) - frame), <=, 1);
      semio_test_player_check (test, semio_player_get_frame (test->player));
    }
}

/* Every frame that is stepped back to is the one that a seek shows, to the last byte. */
static void
test_same_picture (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "h264.mkv", 60);
  g_autoptr (SemioFrame) stepped = NULL;

  semio_test_player_run_ms (test, 1500);
  for (int i = 0; i < 20; i++)
    {
      semio_player_step (test->player, -1);
      semio_test_player_wait_seek (test);
    }
  semio_test_player_check (test, 40);
  stepped = semio_frame_ref (test->last);
  /* Played from elsewhere: through the chain that plays. */
  semio_player_play (test->player);
  semio_player_seek_frame (test->player, 40);
  semio_test_player_wait_seek (test);
  semio_player_pause (test->player);
  semio_player_seek_frame (test->player, 150);
  semio_test_player_wait_frame (test, 150);
  semio_player_set_view_size (test->player, 322, 500);
  semio_test_player_wait_pictures (test, 1);
  semio_player_set_view_size (test->player, 0, 0);
  semio_test_player_wait_pictures (test, 1);
  semio_player_seek_frame (test->player, 40);
  semio_test_player_wait_frame (test, 40);
  g_assert_true (g_bytes_equal (stepped->bgra, test->last->bgra));
}

/* Backward at its own speed, no frame under a wrong number, and at the beginning it stops. */
static void
test_reverse (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 60);
  gint64 begin_us, begin_ns, passed_ns;

  semio_test_player_run_ms (test, 1000);
  begin_us = g_get_monotonic_time ();
  begin_ns = semio_player_get_position_ns (test->player);
  semio_player_play_reverse (test->player, 4.0);
  g_assert_cmpfloat (semio_player_get_speed (test->player), ==, 1.0);
  g_assert_cmpint (semio_player_get_state (test->player), ==, SEMIO_PLAYER_PLAYING);
  semio_test_player_run_ms (test, 1000);
  passed_ns = begin_ns - semio_player_get_position_ns (test->player);
  g_test_message ("%s: %d ms backward in %d ms", clip->file_name, (int) (passed_ns / 1000000),
                  (int) ((g_get_monotonic_time () - begin_us) / 1000));
  g_assert_cmpint (passed_ns, >, 600 * G_GINT64_CONSTANT (1000000));
  g_assert_cmpint (passed_ns, <, 1400 * G_GINT64_CONSTANT (1000000));
  semio_test_player_wait_state (test, SEMIO_PLAYER_PAUSED);
  semio_test_player_check (test, 0);
  /* Forward again, and backward until it is paused. */
  semio_player_play (test->player);
  semio_test_player_wait_passed (test, 25);
  semio_player_play_reverse (test->player, 0.5);
  /* Another speed on the way; what would be faster than life is not told either. */
  semio_player_set_speed (test->player, 2.0);
  g_assert_cmpfloat (semio_player_get_speed (test->player), ==, 1.0);
  semio_player_set_speed (test->player, 0.25);
  g_assert_cmpfloat (semio_player_get_speed (test->player), ==, 0.25);
  semio_test_player_wait_passed (test, 15);
  semio_player_toggle (test->player);
  g_assert_cmpint (semio_player_get_state (test->player), ==, SEMIO_PLAYER_PAUSED);
  semio_test_player_run_ms (test, 300);
  g_assert_cmpint (semio_player_get_frame (test->player), >=, 13);
  g_assert_cmpint (test->n_wrong, ==, 0);
}

/* A part again and again: only its frames, about as many as there is time for. */
static void
test_loop (gconstpointer data)
{
  const SemioTestClip *clip = data;
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip->file_name, 0);
  SemioFrameIndex *index = semio_player_get_index (test->player);
  gint64 begin_us;
  int n_expected;

  semio_player_play_loop (test->player, semio_frame_index_get_time_ns (index, 50), semio_frame_index_get_time_ns (index, 70),
                          1.0);
  semio_test_player_wait_frame (test, 50);
  test->n_pictures = test->n_backward = 0;
  begin_us = g_get_monotonic_time ();
  for (int i = 0; i < 60; i++)
    {
      semio_test_player_run_ms (test, 50);
      g_assert_cmpint (semio_player_get_frame (test->player), >=, 50);
      g_assert_cmpint (semio_player_get_frame (test->player), <, 70);
    }
  n_expected = (int) ((double) (g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC * semio_frame_index_get_rate (index));
  g_test_message ("%s: %d pictures of %d, %d times around", clip->file_name, test->n_pictures, n_expected, test->n_backward);
  g_assert_cmpint (semio_player_get_state (test->player), ==, SEMIO_PLAYER_PLAYING);
  g_assert_cmpint (test->n_backward, >=, 2);
  g_assert_cmpint (test->n_pictures * 10, >=, n_expected * 7);
  g_assert_cmpint (test->n_pictures, <=, n_expected + 3);
  /* Sought: the loop is left, and it plays on past where it ended. */
  semio_player_seek_frame (test->player, 65);
  semio_test_player_wait_passed (test, 80);
  semio_player_pause (test->player);
  g_assert_cmpint (test->n_wrong, ==, 0);
}

/* Dragging shows what is at hand, under its own number; at rest it lands exactly, and only the newest target counts. */
static void
test_scrub (void)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, "cfr.mp4", 0);
  SemioFrameIndex *index = semio_player_get_index (test->player);

  for (int frame = 40; frame < 200; frame += 7)
    {
      semio_player_scrub_frame (test->player, frame);
      semio_test_player_run_ms (test, 8);
    }
  semio_test_player_wait_frame (test, semio_frame_index_get_key_before (index, 40 + 22 * 7));
  semio_player_seek_frame (test->player, 193);
  semio_test_player_wait_frame (test, 193);
  semio_test_player_check (test, 193);
  semio_test_player_run_ms (test, 200);
  g_assert_cmpint (semio_player_get_frame (test->player), ==, 193);
  g_assert_cmpint (test->n_wrong, ==, 0);
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

/* Beyond double speed frames may be left out, but what comes is the frame that it says, to the last; and standing still again
 * everything is exact. */
static void
test_fast (gconstpointer clip_name)
{
  g_autoptr (SemioTestPlayer) test = semio_test_player_new (folder, clip_name, 0);
  gint64 last = test->clip->n_frames - 1;

  semio_player_set_speed (test->player, 8.0);
  semio_player_play (test->player);
  semio_test_player_wait_state (test, SEMIO_PLAYER_ENDED);
  semio_test_player_check (test, last);
  semio_player_seek_frame (test->player, 10);
  semio_test_player_wait_seek (test);
  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 2);
  semio_player_pause (test->player);
  semio_test_player_run_ms (test, 200);
  for (int direction = 1; direction >= -1; direction -= 2)
    {
      gint64 frame = semio_player_get_frame (test->player);

      for (int i = 1; i <= 5; i++)
        {
          semio_player_step (test->player, direction);
          semio_test_player_wait_seek (test);
          semio_test_player_check (test, CLAMP (frame + i * direction, 0, last));
        }
    }
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
  g_test_add_data_func ("/media/player/after-seek/mp4", semio_test_clips_find ("cfr.mp4"), test_after_seek);
  g_test_add_data_func ("/media/player/after-seek/mkv", semio_test_clips_find ("h264.mkv"), test_after_seek);
  g_test_add_data_func ("/media/player/after-seek/ts", semio_test_clips_find ("h264.ts"), test_after_seek);
  g_test_add_data_func ("/media/player/after-seek/vp8", semio_test_clips_find ("vp8.webm"), test_after_seek);
  g_test_add_data_func ("/media/player/open-groups/h264", "open-h264.mp4", test_open_groups);
  g_test_add_data_func ("/media/player/open-groups/hevc", "open-hevc.mp4", test_open_groups);
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
  g_test_add_data_func ("/media/player/held/mp4", semio_test_clips_find ("cfr.mp4"), test_held);
  g_test_add_data_func ("/media/player/held/ts", semio_test_clips_find ("h264.ts"), test_held);
  g_test_add_data_func ("/media/player/held/vp9", semio_test_clips_find ("vp9.webm"), test_held);
  g_test_add_func ("/media/player/same-picture", test_same_picture);
  g_test_add_data_func ("/media/player/reverse/mp4", semio_test_clips_find ("cfr.mp4"), test_reverse);
  g_test_add_data_func ("/media/player/reverse/mkv", semio_test_clips_find ("h264.mkv"), test_reverse);
  g_test_add_data_func ("/media/player/loop/mp4", semio_test_clips_find ("cfr.mp4"), test_loop);
  g_test_add_data_func ("/media/player/loop/mkv", semio_test_clips_find ("h264.mkv"), test_loop);
  g_test_add_data_func ("/media/player/loop/ts", semio_test_clips_find ("h264.ts"), test_loop);
  g_test_add_data_func ("/media/player/fast/mp4", "cfr.mp4", test_fast);
  g_test_add_data_func ("/media/player/fast/ts", "h264.ts", test_fast);
  g_test_add_data_func ("/media/player/fast/avi", "h264.avi", test_fast);
  g_test_add_data_func ("/media/player/fast/vp8", "vp8.webm", test_fast);
  g_test_add_func ("/media/player/scrub", test_scrub);
  g_test_add_func ("/media/player/no-device", test_no_device);
  g_test_add_func ("/media/player/load-another", test_load_another);
  return g_test_run ();
}
