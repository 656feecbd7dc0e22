/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-player-private.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "semio-media-error.h"
#include "semio-text.h"

/* A helper that died again this soon would die on and on. */
#define RESTART_US (10 * G_USEC_PER_SEC)
/* A helper that answers, but whose decoder brings no picture for this long, hangs all the same. */
#define PICTURE_PATIENCE_S 10
#define MAX_SENTENCE_CHARS 500

static void restart (SemioPlayer *self, SemioHelperGone why);

static gboolean
picture_timer_cb (gpointer user_data)
{
  SemioPlayer *self = user_data;

  self->picture_timer = 0;
  restart (self, SEMIO_HELPER_GONE_HUNG);
  return G_SOURCE_REMOVE;
}

void
semio_player_link_update (SemioPlayer *self)
{
  gboolean wants_picture = self->process && (self->state == SEMIO_PLAYER_LOADING || self->pending >= 0);
  gboolean expecting = wants_picture || self->state == SEMIO_PLAYER_PLAYING;

  g_clear_handle_id (&self->picture_timer, g_source_remove);
  if (wants_picture)
    self->picture_timer = g_timeout_add_seconds (PICTURE_PATIENCE_S, picture_timer_cb, self);
  if (self->process)
    semio_helper_process_expect (self->process, expecting, TRUE);
}

guint64
semio_player_link_send (SemioPlayer *self, SemioMessageType type, GVariant *body)
{
  semio_helper_process_send (self->process, type, ++self->serial, body, NULL, 0);
  return self->serial;
}

void
semio_player_link_stop (SemioPlayer *self)
{
  if (self->process)
    semio_helper_process_stop (self->process);
  g_clear_object (&self->process);
}

static void
fail (SemioPlayer *self, const GError *error)
{
  self->want_playing = FALSE;
  self->pending = -1;
  semio_player_change_state (self, SEMIO_PLAYER_FAILED);
  semio_player_link_update (self);
  g_signal_emit_by_name (self, "failed", error);
}

void
semio_player_link_play (SemioPlayer *self, gint64 from)
{
  gboolean loops = self->loop_frame != SEMIO_MESSAGE_NO_FRAME;

  if (loops)
    from = self->loop_frame;
  self->play_serial = semio_player_link_send (self, loops ? SEMIO_MESSAGE_LOOP : SEMIO_MESSAGE_PLAY,
                                              g_variant_new ("(xx)", from, self->stop_frame));
  if (from == SEMIO_MESSAGE_NO_FRAME)
    return;
  self->pending = from;
  self->seek_serial = self->play_serial;
}

/* The first picture after loading, or after the helper was started again. */
static void
finish_loading (SemioPlayer *self)
{
  g_autofree char *notice = g_steal_pointer (&self->notice);

  semio_player_change_state (self, self->want_playing ? SEMIO_PLAYER_PLAYING : SEMIO_PLAYER_PAUSED);
  if (self->want_playing)
    semio_player_link_play (self, SEMIO_MESSAGE_NO_FRAME);
  if (notice)
    g_signal_emit_by_name (self, "notice", notice);
}

static void
restart (SemioPlayer *self, SemioHelperGone why)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 frame = self->pending >= 0 ? self->pending : MAX (self->frame, 0);
  g_autofree char *time = semio_time_format (semio_frame_index_get_time_ns (self->index, frame), 3);
  g_autoptr (GError) error = NULL;

  /* It may have been the graphics card that took the process along. */
  if (self->hardware && (self->hardware_used || self->state == SEMIO_PLAYER_LOADING))
    self->hardware_refused = TRUE;
  semio_player_link_stop (self);
  if (self->restarted_us && now_us - self->restarted_us < RESTART_US)
    {
      error = g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                           _ ("%s: The video process stopped again at %s. The file may be damaged there; go on behind it."),
                           self->file_name, time);
      fail (self, error);
      return;
    }
  self->restarted_us = now_us;
  /* Backward it does not go on by itself. */
  if (self->reversing)
    self->want_playing = self->reversing = FALSE;
  g_free (self->notice);
  if (why == SEMIO_HELPER_GONE_HUNG)
    self->notice = g_strdup_printf (_ ("The video process did not answer and was started again at %s."), time);
  else
    self->notice = g_strdup_printf (_ ("The video process stopped and was started again at %s."), time);
  semio_player_change_state (self, SEMIO_PLAYER_LOADING);
  semio_player_link_start (self, frame);
}

static void
show_picture (SemioPlayer *self, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioFrame) frame = semio_helper_process_take_picture (self->process, message, self->index, &error);

  if (!frame)
    {
      g_debug ("%s", error->message);
      restart (self, SEMIO_HELPER_GONE_NONSENSE);
      return;
    }
  semio_player_change_frame (self, frame->frame);
  if (self->state == SEMIO_PLAYER_ENDED && frame->frame < semio_player_get_last_frame (self))
    semio_player_change_state (self, SEMIO_PLAYER_PAUSED);
  g_signal_emit_by_name (self, "frame-ready", frame);
  if (self->state == SEMIO_PLAYER_LOADING && self->process)
    finish_loading (self);
}

static void
take_error (SemioPlayer *self, SemioMessage *message)
{
  g_autoptr (GError) error = semio_helper_process_take_error (message, self->file_name);

  /* One frame that cannot be confirmed: the rest can still be watched. */
  if (g_error_matches (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VERIFIED) && self->frame >= 0)
    {
      self->pending = -1;
      self->want_playing = FALSE;
      semio_player_change_state (self, SEMIO_PLAYER_PAUSED);
      g_signal_emit_by_name (self, "notice", error->message);
      return;
    }
  fail (self, error);
}

static void
take_state (SemioPlayer *self, SemioMessage *message)
{
  guint32 state;

  g_variant_get (message->body, "(u)", &state);
  /* What it says of playing that was asked for before the last command is old. */
  if (message->serial != self->play_serial || self->state != SEMIO_PLAYER_PLAYING)
    return;
  self->want_playing = self->reversing = FALSE;
  semio_player_change_state (self, state == SEMIO_HELPER_ENDED ? SEMIO_PLAYER_ENDED : SEMIO_PLAYER_PAUSED);
}

static void
take_decoder (SemioPlayer *self, SemioMessage *message)
{
  g_autofree char *sentence = NULL;
  gboolean used = FALSE;
  const char *text = NULL;

  g_variant_get (message->body, "(b&s)", &used, &text);
  semio_player_change_hardware_used (self, used);
  if (*text == '\0')
    return;
  self->hardware_refused = TRUE;
  sentence = semio_text_clean (text, -1, MAX_SENTENCE_CHARS);
  g_signal_emit_by_name (self, "notice", sentence);
}

static void
message_cb (SemioHelperProcess *process, SemioMessage *message, gpointer user_data)
{
  g_autoptr (SemioPlayer) self = g_object_ref (SEMIO_PLAYER (user_data));
  gboolean has_sound, sound_output;
  gint64 frame;

  if (process != self->process || !semio_player_is_loaded (self))
    return;
  if (message->type == SEMIO_MESSAGE_PICTURE && message->serial == self->load_serial)
    show_picture (self, message);
  else if (message->type == SEMIO_MESSAGE_SEEK_DONE && message->serial == self->seek_serial)
    {
      g_variant_get (message->body, "(x)", &frame);
      self->pending = -1;
      g_signal_emit_by_name (self, "seek-done", CLAMP (frame, 0, semio_player_get_last_frame (self)));
    }
  else if (message->type == SEMIO_MESSAGE_STATE)
    take_state (self, message);
  else if (message->type == SEMIO_MESSAGE_SOUND && message->serial == self->load_serial)
    {
      g_variant_get (message->body, "(bb)", &has_sound, &sound_output);
      semio_player_change_sound (self, has_sound, sound_output);
    }
  else if (message->type == SEMIO_MESSAGE_INTERLACED && message->serial == self->load_serial)
    semio_player_change_interlaced (self, TRUE);
  else if (message->type == SEMIO_MESSAGE_DECODER && message->serial == self->load_serial)
    take_decoder (self, message);
  else if (message->type == SEMIO_MESSAGE_ERROR && message->serial == self->load_serial)
    take_error (self, message);
  semio_player_link_update (self);
}

static void
gone_cb (SemioHelperProcess *process, guint why, gpointer user_data)
{
  g_autoptr (SemioPlayer) self = g_object_ref (SEMIO_PLAYER (user_data));

  if (process != self->process)
    return;
  if (semio_player_is_loaded (self))
    restart (self, (SemioHelperGone) why);
  else
    g_clear_object (&self->process);
}

static gboolean
send_load (SemioPlayer *self, gint64 frame, GError **error)
{
  int fds[2] = { semio_helper_process_open_file (self->file, error), -1 };
  gboolean sent = FALSE;

  if (fds[0] < 0)
    return FALSE;
  fds[1] = semio_helper_process_share_index (self->index, error);
  if (fds[1] >= 0)
    {
      semio_player_link_send (self, SEMIO_MESSAGE_HARDWARE, g_variant_new ("(b)", self->hardware && !self->hardware_refused));
      semio_player_link_send (self, SEMIO_MESSAGE_DEINTERLACE, g_variant_new ("(b)", self->deinterlaced));
      self->load_serial = ++self->serial;
      sent = semio_helper_process_send (self->process, SEMIO_MESSAGE_LOAD, self->load_serial,
                                        g_variant_new ("(xuudbd)", frame, (guint32) self->view_width_px,
                                                       (guint32) self->view_height_px, self->volume, self->muted, self->speed),
                                        fds, 2);
      if (!sent)
        g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("%s: The video process cannot be reached."),
                     self->file_name);
      close (fds[1]);
    }
  close (fds[0]);
  return sent;
}

gboolean
semio_player_link_start (SemioPlayer *self, gint64 frame)
{
  g_autoptr (GError) error = NULL;

  self->pending = -1;
  semio_player_change_interlaced (self, FALSE);
  semio_player_change_hardware_used (self, FALSE);
  if (!self->process)
    {
      self->process = semio_helper_process_new (&error);
      if (self->process)
        {
          semio_helper_process_set_patience_ms (self->process, self->patience_ms);
          g_signal_connect_object (self->process, "message", G_CALLBACK (message_cb), self, 0);
          g_signal_connect_object (self->process, "gone", G_CALLBACK (gone_cb), self, 0);
        }
    }
  if (!self->process || !send_load (self, frame, &error))
    {
      fail (self, error);
      return FALSE;
    }
  semio_player_link_update (self);
  return TRUE;
}
