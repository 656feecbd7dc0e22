/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decoding by a graphics card, with a stand-in for it: one that shows the same pictures is used, one that does not is found
 * out before or while it plays, and whatever it does no picture comes under a wrong number. */
#include <gst/gst.h>
#include <string.h>

#include "semio-test-player.h"

#define CLIP "no-sound.mp4"
/* In the part of the clip where late faults show (standin-main.c), 25 frames a second. */
#define LATE_FRAME 50
#define BEFORE_LATE_FRAME 35
#define N_SEEKS 8
#define REST_MS 800

static char *clips;
static char *as_installed;

static SemioTestPlayer *
open_with (const char *fault, gboolean allowed, gint64 frame)
{
  SemioTestPlayer *test;

  g_setenv ("SEMIO_STANDIN", fault, TRUE);
  test = semio_test_player_new (clips, CLIP, 0);
  if (allowed)
    {
      g_autofree char *path = g_build_filename (clips, CLIP, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (SemioFrameIndex) index = semio_frame_index_ref (semio_player_get_index (test->player));

      semio_player_set_hardware (test->player, TRUE);
      semio_player_load (test->player, file, index, frame);
      semio_test_player_wait_pictures (test, 1);
    }
  return test;
}

static void
look_around (SemioTestPlayer *test)
{
  for (int i = 0; i < N_SEEKS; i++)
    {
      int frame = g_test_rand_int_range (0, test->clip->n_frames);

      semio_player_seek_frame (test->player, frame);
      semio_test_player_wait_seek (test);
      semio_test_player_check (test, frame);
    }
}

static void
test_good (void)
{
  g_autoptr (SemioTestPlayer) test = open_with ("good", TRUE, 20);

  g_assert_true (semio_player_get_hardware_used (test->player));
  semio_test_player_check (test, 20);
  look_around (test);
  /* Standing, it is held against software; that is the same here. */
  semio_test_player_run_ms (test, REST_MS);
  semio_player_step (test->player, -1);
  semio_test_player_wait_seek (test);
  semio_player_seek_frame (test->player, 10);
  semio_test_player_wait_seek (test);
  semio_player_play (test->player);
  semio_test_player_wait_pictures (test, 20);
  semio_player_pause (test->player);
  g_assert_true (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 0);
  g_assert_cmpint (test->n_wrong, ==, 0);
}

/* Nobody asked for it. */
static void
test_not_allowed (void)
{
  g_autoptr (SemioTestPlayer) test = open_with ("late-crash", FALSE, 0);

  g_assert_false (semio_player_get_hardware_used (test->player));
  semio_player_seek_frame (test->player, LATE_FRAME);
  semio_test_player_wait_seek (test);
  semio_test_player_check (test, LATE_FRAME);
  g_assert_cmpint (test->n_notices, ==, 0);
}

/* The helper as it is installed, allowed to look for a card: whether there is one or not, the frames are the right ones. */
static void
test_as_installed (void)
{
  g_autofree char *standin = g_strdup (g_getenv ("SEMIO_HELPER"));
  g_autoptr (SemioTestPlayer) test = NULL;

  g_setenv ("SEMIO_HELPER", as_installed, TRUE);
  test = open_with ("good", TRUE, 20);
  semio_test_player_check (test, 20);
  look_around (test);
  g_setenv ("SEMIO_HELPER", standin, TRUE);
}

/* Found out by the check, said once, and never asked again by this player. */
static void
test_bad (gconstpointer fault)
{
  g_autoptr (SemioTestPlayer) test = open_with (fault, TRUE, 20);
  g_autofree char *path = g_build_filename (clips, CLIP, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioFrameIndex) index = semio_frame_index_ref (semio_player_get_index (test->player));

  g_assert_false (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 1);
  g_assert_nonnull (strstr (test->notice, "graphics card"));
  semio_test_player_check (test, 20);
  look_around (test);
  g_setenv ("SEMIO_STANDIN", "good", TRUE);
  semio_player_load (test->player, file, index, 30);
  semio_test_player_wait_pictures (test, 1);
  semio_test_player_check (test, 30);
  g_assert_false (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 1);
}

/* It passes the check and fails where it is played: software goes on from there, playing. */
static void
test_late_error (void)
{
  g_autoptr (SemioTestPlayer) test = open_with ("late-error", TRUE, BEFORE_LATE_FRAME);

  g_assert_true (semio_player_get_hardware_used (test->player));
  semio_player_play (test->player);
  while (semio_player_get_frame (test->player) < LATE_FRAME + 20)
    semio_test_player_wait_pictures (test, 1);
  semio_player_pause (test->player);
  g_assert_false (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 1);
  g_assert_cmpint (test->n_wrong, ==, 0);
  look_around (test);
}

/* It fails while a frame is looked for: that frame comes all the same. */
static void
test_late_error_in_seek (void)
{
  g_autoptr (SemioTestPlayer) test = open_with ("late-error", TRUE, BEFORE_LATE_FRAME);

  g_assert_true (semio_player_get_hardware_used (test->player));
  semio_player_seek_frame (test->player, LATE_FRAME);
  semio_test_player_wait_seek (test);
  semio_test_player_check (test, LATE_FRAME);
  g_assert_false (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 1);
}

/* The one fault that cannot be seen by the frame's time: another picture under the right number, where the check did not look.
 * Once it stands it is held against software and replaced. */
static void
test_late_other_picture (gconstpointer fault)
{
  g_autoptr (SemioTestPlayer) test = open_with (fault, TRUE, BEFORE_LATE_FRAME);
  int n_wrong;

  g_assert_true (semio_player_get_hardware_used (test->player));
  semio_player_seek_frame (test->player, LATE_FRAME);
  semio_test_player_wait_seek (test);
  /* A picture that was stepped to has one before it to be mistaken for. */
  semio_player_step (test->player, 1);
  semio_test_player_wait_seek (test);
  for (int i = 0; i < 100 && semio_player_get_hardware_used (test->player); i++)
    semio_test_player_run_ms (test, 100);
  g_assert_false (semio_player_get_hardware_used (test->player));
  n_wrong = test->n_wrong;
  semio_test_player_wait_frame (test, LATE_FRAME + 1);
  semio_test_player_run_ms (test, REST_MS);
  g_assert_cmpint (test->n_notices, ==, 1);
  g_assert_cmpint (test->n_wrong, ==, n_wrong);
  g_assert_cmpint (test->last->frame, ==, LATE_FRAME + 1);
  test->n_wrong = 0;
  look_around (test);
}

/* The driver takes the process along: it is started again, and without the card. */
static void
test_crash (void)
{
  g_autoptr (SemioTestPlayer) test = open_with ("late-crash", TRUE, BEFORE_LATE_FRAME);

  g_assert_true (semio_player_get_hardware_used (test->player));
  semio_player_seek_frame (test->player, LATE_FRAME);
  semio_test_player_wait_frame (test, LATE_FRAME);
  semio_test_player_check (test, LATE_FRAME);
  g_assert_false (semio_player_get_hardware_used (test->player));
  g_assert_cmpint (test->n_notices, ==, 1);
  look_around (test);
}

int
main (int argc, char **argv)
{
  static const char *const faults[] = { "shift", "grey", "drop", "error" };
  g_autoptr (GError) error = NULL;

  g_setenv ("SEMIO_AUDIO_SINK", "fakesink", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  as_installed = g_strdup (g_getenv ("SEMIO_HELPER"));
  g_setenv ("SEMIO_HELPER", g_getenv ("SEMIO_STANDIN_HELPER"), TRUE);
  clips = semio_test_clips_ensure (&error);
  g_assert_no_error (error);
  g_test_add_func ("/media/hardware/good", test_good);
  g_test_add_func ("/media/hardware/not-allowed", test_not_allowed);
  g_test_add_func ("/media/hardware/as-installed", test_as_installed);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat ("/media/hardware/bad/", faults[i], NULL);

      g_test_add_data_func (name, faults[i], test_bad);
    }
  g_test_add_func ("/media/hardware/late-error", test_late_error);
  g_test_add_func ("/media/hardware/late-error-in-seek", test_late_error_in_seek);
  g_test_add_data_func ("/media/hardware/late-shift", "late-shift", test_late_other_picture);
  g_test_add_data_func ("/media/hardware/late-grey", "late-grey", test_late_other_picture);
  g_test_add_func ("/media/hardware/crash", test_crash);
  return g_test_run ();
}
