/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Interlaced recordings: the upper lines of each frame carry one number, the lower another, as a camera of 50 fields a second
 * writes them. Every frame must come under its own number whether its combs are shown or taken away. */
#include <gst/gst.h>

#include "semio-test-barcode.h"
#include "semio-test-player.h"
#include "semio-test-worker.h"

#define N_FRAMES 75
#define N_FIELDS (2 * N_FRAMES)
#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define N_SEEKS 12
#define N_STEPS 6
/* Time in which the frame cache fills. */
#define REST_MS 700

#define X264(first)                                                                                                              \
  "interlace field-pattern=1:1 top-field-first=" first " ! x264enc interlaced=true speed-preset=veryfast "                       \
  "bframes=2 b-adapt=false key-int-max=20 bitrate=1500 ! h264parse"
/* The encoder is told nothing of fields: it makes another size of it. What it writes is marked afterwards. */
#define MPEG2(first, name)                                                                                                       \
  "videoscale ! video/x-raw,width=320,height=256 ! interlace field-pattern=1:1 top-field-first=" first                           \
  " ! capssetter replace=true caps=video/x-raw,format=I420,width=320,height=256,framerate=25/1,"                                 \
  "interlace-mode=progressive,pixel-aspect-ratio=1/1 ! mpeg2enc format=3 bitrate=4000 "                                          \
  "b-per-refframe=0 max-gop-size=15 ! mpegvideoparse ! identity name=" name " ! mpegvideoparse"

typedef struct {
  const char *file_name;
  const char *video;
  const char *mux;
  gboolean bottom_first;
} Case;

static const Case cases[] = {
  { "h264-tff.mp4", X264 ("true"), "mp4mux", FALSE },
  { "h264-bff.mp4", X264 ("false"), "mp4mux", TRUE },
  { "h264-tff.mov", X264 ("true"), "qtmux", FALSE },
  { "h264-bff.mkv", X264 ("false"), "matroskamux", TRUE },
  { "h264-tff.ts", X264 ("true"), "mpegtsmux", FALSE },
  { "h264-bff.m2t", X264 ("false"), "mpegtsmux m2ts-mode=true", TRUE },
  { "h264-tff.avi", X264 ("true"), "avimux", FALSE },
  { "mpeg2-tff.ts", MPEG2 ("true", "mark-top-first"), "mpegtsmux", FALSE },
  { "mpeg2-bff.m2t", MPEG2 ("false", "mark-bottom-first"), "mpegtsmux m2ts-mode=true", TRUE },
};

typedef struct {
  SemioPlayer *player;
  gboolean bottom_first, deinterlaced, checks;
  int n_pictures, n_wrong;
} Watch;

static char *folder;

/* What every second line says, from the first or the second on. */
static int
read_lines (SemioFrame *frame, int first)
{
  const guint8 *bgra = g_bytes_get_data (frame->bgra, NULL);

  return semio_test_barcode_read (bgra + first * frame->stride, frame->width_px, frame->height_px / 2, 2 * frame->stride);
}

static void
frame_cb (SemioPlayer *player, SemioFrame *frame, gpointer user_data)
{
  Watch *watch = user_data;
  int upper = 2 * (int) frame->frame + (watch->bottom_first ? 1 : 0);
  int lower = 2 * (int) frame->frame + (watch->bottom_first ? 0 : 1);
  int wanted = watch->deinterlaced ? upper : lower;

  watch->n_pictures++;
  if (!watch->checks)
    return;
  if (read_lines (frame, 0) == upper && read_lines (frame, 1) == wanted && frame->verified)
    return;
  watch->n_wrong++;
  g_test_message ("frame %d: lines say %d and %d", (int) frame->frame, read_lines (frame, 0), read_lines (frame, 1));
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Pictures that come too late are left out, so a clip may end before it has shown so many: then it plays again. */
static void
wait_pictures (Watch *watch, int n_more)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  int n_wanted = watch->n_pictures + n_more;
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (watch->n_pictures < n_wanted && g_get_monotonic_time () < until_us)
    {
      g_main_context_iteration (NULL, TRUE);
      if (semio_player_get_state (watch->player) == SEMIO_PLAYER_ENDED)
        semio_player_play (watch->player);
    }
  g_source_remove (tick);
  g_assert_cmpint (watch->n_pictures, >=, n_wanted);
}

static void
wait_ms (int time_ms)
{
  gint64 until_us = g_get_monotonic_time () + time_ms * G_GINT64_CONSTANT (1000);
  guint tick = g_timeout_add (20, tick_cb, NULL);

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
}

static void
check_seeks (Watch *watch)
{
  for (int i = 0; i < N_SEEKS; i++)
    {
      int frame = g_test_rand_int_range (0, N_FRAMES);

      if (frame == semio_player_get_frame (watch->player))
        continue;
      semio_player_seek_frame (watch->player, frame);
      wait_pictures (watch, 1);
      g_assert_cmpint (semio_player_get_frame (watch->player), ==, frame);
    }
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

/* Back from the frame cache, forward again, and on by playing. */
static void
check_steps (Watch *watch)
{
  semio_player_seek_frame (watch->player, N_FRAMES / 2);
  wait_ms (REST_MS);
  for (int direction = -1; direction <= 1; direction += 2)
    for (int i = 1; i <= N_STEPS; i++)
      {
        semio_player_step (watch->player, direction);
        wait_pictures (watch, 1);
        g_assert_cmpint (semio_player_get_frame (watch->player), ==, N_FRAMES / 2 + (direction < 0 ? -i : i - N_STEPS));
      }
  semio_player_play (watch->player);
  wait_pictures (watch, 8);
  semio_player_pause (watch->player);
  wait_ms (REST_MS);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static void
check_playing (Watch *watch)
{
  semio_player_seek_frame (watch->player, 5);
  wait_pictures (watch, 1);
  semio_player_play (watch->player);
  wait_pictures (watch, 4);
  watch->checks = FALSE;
  semio_player_set_deinterlaced (watch->player, FALSE);
  wait_pictures (watch, 8);
  watch->deinterlaced = FALSE;
  watch->checks = TRUE;
  wait_pictures (watch, 8);
  semio_player_pause (watch->player);
  wait_ms (REST_MS);
  g_assert_cmpint (watch->n_wrong, ==, 0);
}

static SemioProbe *
make_clip (const Case *test, GFile *file)
{
  const SemioTestClip clip = { test->file_name, SEMIO_TEST_CLIP_SOUND, N_FIELDS, 0, FALSE };
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autoptr (GError) error = NULL;
  SemioProbe *probe;

  semio_test_clips_make_one (folder, &clip, test->video, test->mux, 50, 1, &error);
  g_assert_no_error (error);
  probe = semio_test_probe (worker, file, NULL, &error);
  g_assert_no_error (error);
  return probe;
}

/* Single frames, as they are saved: with their combs and without. */
static void
check_single_frames (const Case *test, GFile *file, SemioProbe *probe)
{
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();

  for (int i = 0; i < N_SEEKS; i++)
    {
      g_autoptr (GError) error = NULL;
      int number = g_test_rand_int_range (0, N_FRAMES);
      int upper = 2 * number + (test->bottom_first ? 1 : 0), lower = 2 * number + (test->bottom_first ? 0 : 1);
      g_autoptr (SemioFrame) frame = NULL;

      semio_media_worker_set_deinterlaced (worker, i % 2 > 0);
      frame = semio_test_frame (worker, file, probe->index, number, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpint (frame->frame, ==, number);
      g_assert_true (frame->verified);
      g_assert_cmpint (read_lines (frame, 0), ==, upper);
      g_assert_cmpint (read_lines (frame, 1), ==, i % 2 > 0 ? upper : lower);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *path = g_build_filename (folder, test->file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SemioProbe) probe = make_clip (test, file);
  g_autoptr (SemioPlayer) player = semio_player_new ();
  Watch watch = { player, test->bottom_first, FALSE, TRUE, 0, 0 };

  g_assert_cmpint (semio_frame_index_get_n_frames (probe->index), ==, N_FRAMES);
  g_assert_true (probe->warnings & SEMIO_WARNING_INTERLACED);
  g_signal_connect (player, "frame-ready", G_CALLBACK (frame_cb), &watch);
  g_assert_false (semio_player_get_interlaced (player));
  semio_player_load (player, file, probe->index, 3);
  wait_pictures (&watch, 1);
  g_assert_true (semio_player_get_interlaced (player));
  check_seeks (&watch);
  check_steps (&watch);

  watch.deinterlaced = TRUE;
  semio_player_set_deinterlaced (player, TRUE);
  wait_pictures (&watch, 1);
  g_assert_cmpint (watch.n_wrong, ==, 0);
  check_seeks (&watch);
  check_steps (&watch);
  check_playing (&watch);
  check_single_frames (test, file, probe);
}

/* The switch belongs to the person: it holds for what is loaded next, and changes nothing in what has no fields. */
static void
test_progressive (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clips = semio_test_clips_ensure (&error);
  g_autoptr (SemioTestPlayer) test = NULL;
  g_autoptr (GBytes) before = NULL;

  g_assert_no_error (error);
  test = semio_test_player_new (clips, "no-sound.mp4", 20);
  before = g_bytes_ref (test->last->bgra);
  semio_player_set_deinterlaced (test->player, TRUE);
  semio_test_player_wait_pictures (test, 1);
  semio_test_player_check (test, 20);
  g_assert_true (g_bytes_equal (before, test->last->bgra));
  g_assert_false (semio_player_get_interlaced (test->player));
  semio_player_seek_frame (test->player, 90);
  semio_test_player_wait_seek (test);
  semio_test_player_check (test, 90);
}

int
main (int argc, char **argv)
{
  g_autofree char *clips = NULL;

  g_setenv ("SEMIO_AUDIO_SINK", "fakesink", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  clips = semio_test_clips_get_folder ();
  folder = g_build_filename (clips, "interlaced", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/media/interlaced/", cases[i].file_name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/media/interlaced/progressive", test_progressive);
  return g_test_run ();
}
