/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-player.h"

#include "semio-test-barcode.h"
#include "semio-test-worker.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)

static void
frame_cb (SemioPlayer *player, SemioFrame *frame, gpointer user_data)
{
  SemioTestPlayer *self = user_data;
  int code = semio_test_barcode_read (g_bytes_get_data (frame->bgra, NULL), frame->width_px, frame->height_px, frame->stride);

  if (code != self->clip->first_code + frame->frame || frame->frame != semio_player_get_frame (player)
      || frame->time_ns != semio_player_get_position_ns (player) || !frame->verified)
    self->n_wrong++;
  if (frame->frame <= self->previous)
    self->n_backward++;
  self->previous = frame->frame;
  self->n_pictures++;
  g_clear_pointer (&self->last, semio_frame_unref);
  self->last = semio_frame_ref (frame);
}

static void
notice_cb (SemioPlayer *player, const char *text, gpointer user_data)
{
  SemioTestPlayer *self = user_data;

  self->n_notices++;
  g_free (self->notice);
  self->notice = g_strdup (text);
}

static void
failed_cb (SemioPlayer *player, GError *error, gpointer user_data)
{
  SemioTestPlayer *self = user_data;

  g_test_message ("%s", error->message);
  self->n_failures++;
}

static void
seek_done_cb (SemioPlayer *player, gint64 frame, gpointer user_data)
{
  SemioTestPlayer *self = user_data;

  self->n_seeks_done++;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main context; a clock in it keeps it from waiting for ever. */
static gboolean
turn (gint64 until_us)
{
  guint tick = g_timeout_add (20, tick_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  return g_get_monotonic_time () < until_us;
}

SemioTestPlayer *
semio_test_player_new (const char *folder, const char *clip_name, gint64 first_frame)
{
  return semio_test_player_new_for (folder, semio_test_clips_find (clip_name), first_frame);
}

SemioTestPlayer *
semio_test_player_new_for (const char *folder, const SemioTestClip *clip, gint64 first_frame)
{
  SemioTestPlayer *self = g_new0 (SemioTestPlayer, 1);
  g_autoptr (SemioMediaWorker) worker = semio_media_worker_new ();
  g_autofree char *path = g_build_filename (folder, clip->file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioProbe) probe = semio_test_probe (worker, file, NULL, &error);

  g_assert_no_error (error);
  self->clip = clip;
  self->player = semio_player_new ();
  self->previous = -1;
  g_signal_connect (self->player, "frame-ready", G_CALLBACK (frame_cb), self);
  g_signal_connect (self->player, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect (self->player, "failed", G_CALLBACK (failed_cb), self);
  g_signal_connect (self->player, "seek-done", G_CALLBACK (seek_done_cb), self);
  semio_player_load (self->player, file, probe->index, first_frame);
  semio_test_player_wait_state (self, SEMIO_PLAYER_PAUSED);
  return self;
}

void
semio_test_player_free (SemioTestPlayer *self)
{
  g_clear_pointer (&self->last, semio_frame_unref);
  g_signal_handlers_disconnect_by_data (self->player, self);
  g_object_unref (self->player);
  g_free (self->notice);
  g_free (self);
}

void
semio_test_player_wait_state (SemioTestPlayer *self, SemioPlayerState state)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (semio_player_get_state (self->player) != state && turn (until_us))
    ;
  g_assert_cmpint (semio_player_get_state (self->player), ==, state);
}

void
semio_test_player_wait_frame (SemioTestPlayer *self, gint64 frame)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;

  while (semio_player_get_frame (self->player) != frame && turn (until_us))
    ;
  g_assert_cmpint (semio_player_get_frame (self->player), ==, frame);
}

void
semio_test_player_wait_passed (SemioTestPlayer *self, gint64 frame)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  int sign = semio_player_get_frame (self->player) < frame ? 1 : -1;

  while (sign * semio_player_get_frame (self->player) < sign * frame && turn (until_us))
    ;
  g_assert_cmpint (sign * semio_player_get_frame (self->player), >=, sign * frame);
}

void
semio_test_player_wait_pictures (SemioTestPlayer *self, int n_more)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  int n_wanted = self->n_pictures + n_more;

  while (self->n_pictures < n_wanted && turn (until_us))
    ;
  g_assert_cmpint (self->n_pictures, >=, n_wanted);
}

void
semio_test_player_wait_seek (SemioTestPlayer *self)
{
  gint64 until_us = g_get_monotonic_time () + PATIENCE_US;
  int n_wanted = self->n_seeks_done + 1;

  while (self->n_seeks_done < n_wanted && turn (until_us))
    ;
  g_assert_cmpint (self->n_seeks_done, >=, n_wanted);
}

void
semio_test_player_run_ms (SemioTestPlayer *self, guint time_ms)
{
  gint64 until_us = g_get_monotonic_time () + time_ms * G_GINT64_CONSTANT (1000);

  while (turn (until_us))
    ;
}

void
semio_test_player_check (SemioTestPlayer *self, gint64 frame)
{
  g_assert_cmpint (semio_player_get_frame (self->player), ==, frame);
  g_assert_nonnull (self->last);
  g_assert_cmpint (self->last->frame, ==, frame);
  g_assert_cmpint (self->n_wrong, ==, 0);
  g_assert_cmpint (self->n_failures, ==, 0);
}
