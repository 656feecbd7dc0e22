/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times the player on a clip whose frames carry their number, without a window, in a view of 1280×720 pixels.
 *
 *   player-times FILE FRAME,FRAME,... STEPS [COPY]
 *
 * Seeks to each frame; from the last one steps STEPS frames forward, waits until the frames behind are held ready, steps as
 * many back, and says for each how long it took from the call to the picture in the program. With COPY the file's copy for
 * quick steps is made there unless it is there already, and played in its place; “copy” is how long that took. A line “wrong N” counts
 * pictures whose bar code is not the number that they came under, “index” is the time of reading the whole file and
 * “memory” the helper's, in KiB, with its frames held ready.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "semio-media-copies.h"
#include "semio-player.h"
#include "semio-test-barcode.h"

#define VIEW_WIDTH_PX 1280
#define VIEW_HEIGHT_PX 720
#define FILL_MS 3000
#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct {
  SemioPlayer *player;
  SemioProbe *probe;
  SemioFrameIndex *index; /* of what is played */
  gint64 came_us; /* the newest picture */
  gint64 frame; /* the frame that it came under */
  int n_wrong;
} Bench;

static void
frame_cb (SemioPlayer *player, SemioFrame *frame, gpointer user_data)
{
  Bench *self = user_data;

  self->came_us = g_get_monotonic_time ();
  self->frame = frame->frame;
  if (semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride)
      != frame->frame % 65536)
    self->n_wrong++;
}

static void
failed_cb (SemioPlayer *player, GError *error, gpointer user_data)
{
  fprintf (stderr, "player-times: %s\n", error->message);
  exit (1);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
probed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  self->probe = semio_media_worker_probe_finish (SEMIO_MEDIA_WORKER (object), result, &error);
  if (!self->probe)
    failed_cb (NULL, error, NULL);
}

static SemioProbe *
probe (Bench *self, SemioMediaWorker *worker, GFile *file)
{
  self->probe = NULL;
  semio_media_worker_probe_async (worker, file, NULL, NULL, NULL, probed_cb, self);
  while (!self->probe)
    g_main_context_iteration (NULL, TRUE);
  return self->probe;
}

static void
copied_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  self->index = semio_media_worker_copy_finish (SEMIO_MEDIA_WORKER (object), result, &error);
  if (!self->index)
    failed_cb (NULL, error, NULL);
}

/* What is played: the file, or the copy made of it. */
static GFile *
choose_file (Bench *self, SemioMediaWorker *worker, GFile *file, const char *copy)
{
  gint64 begin_us = g_get_monotonic_time ();
  g_autoptr (GFile) made = copy ? g_file_new_for_path (copy) : NULL;
  int fd;

  if (!copy)
    {
      self->index = self->probe->index;
      return g_object_ref (file);
    }
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      self->index = probe (self, worker, made)->index;
      return g_steal_pointer (&made);
    }
  fd = open (copy, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      perror (copy);
      exit (1);
    }
  semio_media_worker_copy_async (worker, SEMIO_MEDIA_COPY_PROXY, file, self->probe->index, fd, NULL, NULL, NULL, copied_cb, self);
  while (!self->index)
    g_main_context_iteration (NULL, TRUE);
  printf ("copy %d\n", (int) (g_get_monotonic_time () - begin_us));
  return g_steal_pointer (&made);
}

static void
run_ms (guint ms)
{
  gint64 until_us = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
}

/* How long until the frame is there, in microseconds. */
static gint64
wait_for (Bench *self, gint64 frame, gint64 asked_us)
{
  while (self->came_us < asked_us || self->frame != frame)
    {
      g_main_context_iteration (NULL, TRUE);
      if (g_get_monotonic_time () - asked_us > PATIENCE_US)
        {
          fprintf (stderr, "player-times: frame %d never came\n", (int) frame);
          exit (1);
        }
    }
  return self->came_us - asked_us;
}

static void
step (Bench *self, const char *name, int n_steps, int direction)
{
  for (int i = 0; i < n_steps; i++)
    {
      gint64 frame = self->frame + direction, asked_us = g_get_monotonic_time ();

      semio_player_step (self->player, direction);
      printf ("%s %d\n", name, (int) wait_for (self, frame, asked_us));
      /* As a held key would: the next one only with the next picture of the screen. */
      run_ms (12);
    }
}

/* Of the helper that plays, in kibibytes. */
static void
print_memory (Bench *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", semio_player_get_helper_pid (self->player));
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  line = strstr (text, "VmRSS:");
  if (line)
    printf ("memory %d\n", atoi (line + strlen ("VmRSS:")));
}

int
main (int argc, char **argv)
{
  Bench self = { .frame = -1 };
  g_autoptr (SemioMediaWorker) worker = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) played = NULL;
  g_auto (GStrv) frames = NULL;
  gint64 begin_us;

  if (argc != 4 && argc != 5)
    {
      fprintf (stderr, "Usage: player-times FILE FRAME,FRAME,... STEPS [COPY]\n");
      return 2;
    }
  worker = semio_media_worker_new ();
  file = g_file_new_for_commandline_arg (argv[1]);
  frames = g_strsplit (argv[2], ",", -1);
  g_timeout_add (5, tick_cb, NULL);
  begin_us = g_get_monotonic_time ();
  probe (&self, worker, file);
  printf ("index %d\n", (int) (g_get_monotonic_time () - begin_us));
  played = choose_file (&self, worker, file, argc == 5 ? argv[4] : NULL);
  self.player = semio_player_new ();
  semio_player_set_view_size (self.player, VIEW_WIDTH_PX, VIEW_HEIGHT_PX);
  g_signal_connect (self.player, "frame-ready", G_CALLBACK (frame_cb), &self);
  g_signal_connect (self.player, "failed", G_CALLBACK (failed_cb), NULL);
  semio_player_load (self.player, played, self.index, 0);
  wait_for (&self, 0, g_get_monotonic_time ());
  for (char **frame = frames; *frame; frame++)
    {
      gint64 asked_us = g_get_monotonic_time ();

      semio_player_seek_frame (self.player, atoi (*frame));
      printf ("seek %d\n", (int) wait_for (&self, atoi (*frame), asked_us));
    }
  step (&self, "forward", atoi (argv[3]), 1);
  run_ms (FILL_MS);
  print_memory (&self);
  step (&self, "back", atoi (argv[3]), -1);
  printf ("wrong %d\n", self.n_wrong);
  semio_player_unload (self.player);
  return 0;
}
