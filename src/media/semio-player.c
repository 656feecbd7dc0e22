/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-player.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "semio-helper-process.h"
#include "semio-media-error.h"

/* A helper that died again this soon would die on and on. */
#define RESTART_US (10 * G_USEC_PER_SEC)
/* A helper that answers, but whose decoder brings no picture for this long, hangs all the same. */
#define PICTURE_PATIENCE_S 30
#define MIN_SPEED 0.1
#define MAX_SPEED 8.0

struct _SemioPlayer {
  GObject parent_instance;

  SemioHelperProcess *process;
  guint patience_ms;
  GFile *file;
  char *file_name;
  SemioFrameIndex *index;

  SemioPlayerState state;
  gint64 frame; /* that is shown, -1 none */
  double speed, volume;
  gboolean muted, has_sound, sound_output;
  int view_width_px, view_height_px;

  gboolean want_playing;
  gint64 stop_frame; /* the first after the span that is played, or none */
  gint64 pending; /* the newest target, -1 none */
  guint64 serial;
  guint64 load_serial, seek_serial, play_serial;

  guint picture_timer; /* while a picture is waited for */
  gint64 restarted_us; /* when it was last started again, 0 never */
  char *notice; /* to be given once the picture stands again */
};

G_DEFINE_ENUM_TYPE (SemioPlayerState, semio_player_state, G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_LOADING, "loading"), G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_PLAYING, "playing"), G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (SEMIO_PLAYER_FAILED, "failed"))

G_DEFINE_FINAL_TYPE (SemioPlayer, semio_player, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_FRAME,
  PROP_POSITION,
  PROP_SPEED,
  PROP_VOLUME,
  PROP_MUTED,
  PROP_SOUND_OUTPUT,
  PROP_HAS_SOUND,
  N_PROPS,
};

enum {
  SIGNAL_FRAME_READY,
  SIGNAL_FAILED,
  SIGNAL_NOTICE,
  SIGNAL_SEEK_DONE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean start_helper (SemioPlayer *self, gint64 frame);
static void restart (SemioPlayer *self, SemioHelperGone why);

static gint64
get_last_frame (SemioPlayer *self)
{
  return semio_frame_index_get_n_frames (self->index) - 1;
}

static gboolean
is_loaded (SemioPlayer *self)
{
  return self->index && self->process && self->state != SEMIO_PLAYER_EMPTY && self->state != SEMIO_PLAYER_FAILED;
}

static gboolean
picture_timer_cb (gpointer user_data)
{
  SemioPlayer *self = user_data;

  self->picture_timer = 0;
  restart (self, SEMIO_HELPER_GONE_HUNG);
  return G_SOURCE_REMOVE;
}

/* What is waited for decides whether silence of the helper is a fault. */
static void
update_expectation (SemioPlayer *self)
{
  gboolean wants_picture = self->process && (self->state == SEMIO_PLAYER_LOADING || self->pending >= 0);
  gboolean expecting = wants_picture || self->state == SEMIO_PLAYER_PLAYING;

  g_clear_handle_id (&self->picture_timer, g_source_remove);
  if (wants_picture)
    self->picture_timer = g_timeout_add_seconds (PICTURE_PATIENCE_S, picture_timer_cb, self);
  if (self->process)
    semio_helper_process_expect (self->process, expecting, TRUE);
}

static void
set_state (SemioPlayer *self, SemioPlayerState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_frame (SemioPlayer *self, gint64 frame)
{
  if (self->frame == frame)
    return;
  self->frame = frame;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

static void
set_sound (SemioPlayer *self, gboolean has_sound, gboolean sound_output)
{
  gboolean has_changed = self->has_sound != has_sound, output_changed = self->sound_output != sound_output;

  self->has_sound = has_sound;
  self->sound_output = sound_output;
  if (has_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SOUND]);
  if (output_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOUND_OUTPUT]);
}

static guint64
send_command (SemioPlayer *self, SemioMessageType type, GVariant *body)
{
  semio_helper_process_send (self->process, type, ++self->serial, body, NULL, 0);
  return self->serial;
}

static void
stop_process (SemioPlayer *self)
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
  set_state (self, SEMIO_PLAYER_FAILED);
  update_expectation (self);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* Asks the helper to play on, or from a frame. */
static void
send_play (SemioPlayer *self, gint64 from)
{
  self->play_serial = send_command (self, SEMIO_MESSAGE_PLAY, g_variant_new ("(xx)", from, self->stop_frame));
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

  set_state (self, self->want_playing ? SEMIO_PLAYER_PLAYING : SEMIO_PLAYER_PAUSED);
  if (self->want_playing)
    send_play (self, SEMIO_MESSAGE_NO_FRAME);
  if (notice)
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, notice);
}

static void
restart (SemioPlayer *self, SemioHelperGone why)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 frame = self->pending >= 0 ? self->pending : MAX (self->frame, 0);
  g_autofree char *time = semio_time_format (semio_frame_index_get_time_ns (self->index, frame), 3);
  g_autoptr (GError) error = NULL;

  stop_process (self);
  if (self->restarted_us && now_us - self->restarted_us < RESTART_US)
    {
      error = g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                           _ ("%s: The video process stopped again at %s. The file may be damaged there; go on behind it."),
                           self->file_name, time);
      fail (self, error);
      return;
    }
  self->restarted_us = now_us;
  g_free (self->notice);
  if (why == SEMIO_HELPER_GONE_HUNG)
    self->notice = g_strdup_printf (_ ("The video process did not answer and was started again at %s."), time);
  else
    self->notice = g_strdup_printf (_ ("The video process stopped and was started again at %s."), time);
  set_state (self, SEMIO_PLAYER_LOADING);
  start_helper (self, frame);
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
  set_frame (self, frame->frame);
  if (self->state == SEMIO_PLAYER_ENDED && frame->frame < get_last_frame (self))
    set_state (self, SEMIO_PLAYER_PAUSED);
  g_signal_emit (self, signals[SIGNAL_FRAME_READY], 0, frame);
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
      set_state (self, SEMIO_PLAYER_PAUSED);
      g_signal_emit (self, signals[SIGNAL_NOTICE], 0, error->message);
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
  self->want_playing = FALSE;
  set_state (self, state == SEMIO_HELPER_ENDED ? SEMIO_PLAYER_ENDED : SEMIO_PLAYER_PAUSED);
}

static void
message_cb (SemioHelperProcess *process, SemioMessage *message, gpointer user_data)
{
  g_autoptr (SemioPlayer) self = g_object_ref (SEMIO_PLAYER (user_data));
  gboolean has_sound, sound_output;
  gint64 frame;

  if (process != self->process || !is_loaded (self))
    return;
  if (message->type == SEMIO_MESSAGE_PICTURE && message->serial == self->load_serial)
    show_picture (self, message);
  else if (message->type == SEMIO_MESSAGE_SEEK_DONE && message->serial == self->seek_serial)
    {
      g_variant_get (message->body, "(x)", &frame);
      self->pending = -1;
      g_signal_emit (self, signals[SIGNAL_SEEK_DONE], 0, CLAMP (frame, 0, get_last_frame (self)));
    }
  else if (message->type == SEMIO_MESSAGE_STATE)
    take_state (self, message);
  else if (message->type == SEMIO_MESSAGE_SOUND && message->serial == self->load_serial)
    {
      g_variant_get (message->body, "(bb)", &has_sound, &sound_output);
      set_sound (self, has_sound, sound_output);
    }
  else if (message->type == SEMIO_MESSAGE_ERROR && message->serial == self->load_serial)
    take_error (self, message);
  update_expectation (self);
}

static void
gone_cb (SemioHelperProcess *process, guint why, gpointer user_data)
{
  g_autoptr (SemioPlayer) self = g_object_ref (SEMIO_PLAYER (user_data));

  if (process != self->process)
    return;
  if (is_loaded (self))
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

/* Has a helper open the file at a frame: the one that runs, or a new one. */
static gboolean
start_helper (SemioPlayer *self, gint64 frame)
{
  g_autoptr (GError) error = NULL;

  self->pending = -1;
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
  update_expectation (self);
  return TRUE;
}

/**
 * semio_player_load:
 * @file: a video of this machine
 * @index: the frame index of exactly this file
 * @first_frame: the frame to show first
 *
 * Opens a recording, paused. Emits "failed" when it cannot be opened.
 */
void
semio_player_load (SemioPlayer *self, GFile *file, SemioFrameIndex *index, gint64 first_frame)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL);

  g_set_object (&self->file, file);
  g_free (self->file_name);
  self->file_name = g_file_get_basename (file);
  semio_frame_index_ref (index);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  self->index = index;
  self->want_playing = FALSE;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->restarted_us = 0;
  g_clear_pointer (&self->notice, g_free);
  set_frame (self, -1);
  set_sound (self, FALSE, FALSE);
  set_state (self, SEMIO_PLAYER_LOADING);
  start_helper (self, CLAMP (first_frame, 0, get_last_frame (self)));
}

void
semio_player_unload (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  stop_process (self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_clear_pointer (&self->notice, g_free);
  self->want_playing = FALSE;
  self->pending = -1;
  set_frame (self, -1);
  set_sound (self, FALSE, FALSE);
  set_state (self, SEMIO_PLAYER_EMPTY);
  update_expectation (self);
}

/**
 * semio_player_retry:
 *
 * After "failed": opens the file again at the frame where it failed.
 */
void
semio_player_retry (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->state != SEMIO_PLAYER_FAILED || !self->index)
    return;
  stop_process (self);
  self->restarted_us = 0;
  set_state (self, SEMIO_PLAYER_LOADING);
  start_helper (self, MAX (self->frame, 0));
}

static void
begin_playing (SemioPlayer *self, gint64 from)
{
  self->want_playing = TRUE;
  if (self->state == SEMIO_PLAYER_LOADING)
    return;
  send_play (self, from);
  set_state (self, SEMIO_PLAYER_PLAYING);
  update_expectation (self);
}

/**
 * semio_player_play:
 *
 * Plays on from the frame that is shown; from the last frame, from the beginning.
 */
void
semio_player_play (SemioPlayer *self)
{
  gboolean at_end;

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!is_loaded (self) || self->state == SEMIO_PLAYER_PLAYING)
    return;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  at_end = (self->pending >= 0 ? self->pending : self->frame) == get_last_frame (self) && get_last_frame (self) > 0;
  begin_playing (self, at_end ? 0 : SEMIO_MESSAGE_NO_FRAME);
}

void
semio_player_pause (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  self->want_playing = FALSE;
  if (!is_loaded (self) || self->state != SEMIO_PLAYER_PLAYING)
    return;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->play_serial = send_command (self, SEMIO_MESSAGE_PAUSE, NULL);
  set_state (self, SEMIO_PLAYER_PAUSED);
  update_expectation (self);
}

void
semio_player_toggle (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->want_playing)
    semio_player_pause (self);
  else
    semio_player_play (self);
}

/**
 * semio_player_play_span:
 * @begin_ns: first time to show
 * @end_ns: first time not to show
 * @speed: 0.1 to 8
 *
 * Plays a part and pauses on its last frame.
 */
void
semio_player_play_span (SemioPlayer *self, gint64 begin_ns, gint64 end_ns, double speed)
{
  gint64 from, last;

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!is_loaded (self))
    return;
  from = semio_frame_index_get_frame_at (self->index, begin_ns);
  last = MAX (from, semio_frame_index_get_frame_at (self->index, end_ns - 1));
  semio_player_set_speed (self, speed);
  self->stop_frame = last >= get_last_frame (self) ? SEMIO_MESSAGE_NO_FRAME : last + 1;
  if (self->state == SEMIO_PLAYER_LOADING)
    semio_player_seek_frame (self, from);
  begin_playing (self, from);
}

/**
 * semio_player_seek_frame:
 * @frame: brought into the recording when it lies outside
 *
 * Shows exactly this frame, paused or playing on from there.
 */
void
semio_player_seek_frame (SemioPlayer *self, gint64 frame)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!is_loaded (self))
    return;
  self->pending = CLAMP (frame, 0, get_last_frame (self));
  self->seek_serial = send_command (self, SEMIO_MESSAGE_SEEK, g_variant_new ("(x)", self->pending));
  update_expectation (self);
}

void
semio_player_seek_time (SemioPlayer *self, gint64 time_ns)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (is_loaded (self))
    semio_player_seek_frame (self, semio_frame_index_get_frame_at (self->index, time_ns));
}

/**
 * semio_player_step:
 * @n_frames: negative steps back
 *
 * Steps from the frame that is shown, or from the one that is still being looked for.
 */
void
semio_player_step (SemioPlayer *self, int n_frames)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!is_loaded (self))
    return;
  semio_player_pause (self);
  semio_player_seek_frame (self, (self->pending >= 0 ? self->pending : MAX (self->frame, 0)) + n_frames);
}

/**
 * semio_player_jump:
 * @delta_ns: negative jumps back
 *
 * Seeks by a time from the frame that is shown or being looked for.
 */
void
semio_player_jump (SemioPlayer *self, gint64 delta_ns)
{
  gint64 from;

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!is_loaded (self))
    return;
  from = self->pending >= 0 ? self->pending : MAX (self->frame, 0);
  semio_player_seek_time (self, semio_frame_index_get_time_ns (self->index, from) + delta_ns);
}

void
semio_player_set_speed (SemioPlayer *self, double speed)
{
  double clamped = CLAMP (speed, MIN_SPEED, MAX_SPEED);

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (ABS (self->speed - clamped) < 1e-9)
    return;
  self->speed = clamped;
  if (is_loaded (self))
    send_command (self, SEMIO_MESSAGE_SPEED, g_variant_new ("(d)", clamped));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

static void
send_volume (SemioPlayer *self)
{
  if (is_loaded (self))
    send_command (self, SEMIO_MESSAGE_VOLUME, g_variant_new ("(db)", self->volume, self->muted));
}

void
semio_player_set_volume (SemioPlayer *self, double volume)
{
  double clamped = CLAMP (volume, 0.0, 1.0);

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (ABS (self->volume - clamped) < 1e-9)
    return;
  self->volume = clamped;
  send_volume (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

void
semio_player_set_muted (SemioPlayer *self, gboolean muted)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->muted == !!muted)
    return;
  self->muted = !!muted;
  send_volume (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
}

void
semio_player_set_view_size (SemioPlayer *self, int width_px, int height_px)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  width_px = MAX (width_px, 0);
  height_px = MAX (height_px, 0);
  if (self->view_width_px == width_px && self->view_height_px == height_px)
    return;
  self->view_width_px = width_px;
  self->view_height_px = height_px;
  if (is_loaded (self))
    send_command (self, SEMIO_MESSAGE_VIEW, g_variant_new ("(uu)", (guint32) width_px, (guint32) height_px));
}

/**
 * semio_player_set_patience_ms:
 * @patience_ms: silence of a helper that is waited for, after which it counts as hanging; 0 the usual
 */
void
semio_player_set_patience_ms (SemioPlayer *self, guint patience_ms)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  self->patience_ms = patience_ms;
  if (self->process)
    semio_helper_process_set_patience_ms (self->process, patience_ms);
}

SemioPlayerState
semio_player_get_state (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), SEMIO_PLAYER_EMPTY);

  return self->state;
}

gint64
semio_player_get_frame (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), -1);

  return self->frame;
}

gint64
semio_player_get_position_ns (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), 0);

  return self->index && self->frame >= 0 ? semio_frame_index_get_time_ns (self->index, self->frame) : 0;
}

double
semio_player_get_speed (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), 1.0);

  return self->speed;
}

double
semio_player_get_volume (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), 1.0);

  return self->volume;
}

gboolean
semio_player_get_muted (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->muted;
}

gboolean
semio_player_get_has_sound (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->has_sound;
}

gboolean
semio_player_get_sound_output (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->sound_output;
}

SemioFrameIndex *
semio_player_get_index (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), NULL);

  return self->index;
}

int
semio_player_get_helper_pid (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), 0);

  return self->process ? semio_helper_process_get_pid (self->process) : 0;
}

SemioPlayer *
semio_player_new (void)
{
  return g_object_new (SEMIO_TYPE_PLAYER, NULL);
}

static void
semio_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SemioPlayer *self = SEMIO_PLAYER (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_FRAME:
      g_value_set_int64 (value, self->frame);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, semio_player_get_position_ns (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    case PROP_SOUND_OUTPUT:
      g_value_set_boolean (value, self->sound_output);
      break;
    case PROP_HAS_SOUND:
      g_value_set_boolean (value, self->has_sound);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemioPlayer *self = SEMIO_PLAYER (object);

  switch (id)
    {
    case PROP_SPEED:
      semio_player_set_speed (self, g_value_get_double (value));
      break;
    case PROP_VOLUME:
      semio_player_set_volume (self, g_value_get_double (value));
      break;
    case PROP_MUTED:
      semio_player_set_muted (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_player_dispose (GObject *object)
{
  SemioPlayer *self = SEMIO_PLAYER (object);

  g_clear_handle_id (&self->picture_timer, g_source_remove);
  stop_process (self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->index, semio_frame_index_unref);

  G_OBJECT_CLASS (semio_player_parent_class)->dispose (object);
}

static void
semio_player_finalize (GObject *object)
{
  SemioPlayer *self = SEMIO_PLAYER (object);

  g_free (self->file_name);
  g_free (self->notice);

  G_OBJECT_CLASS (semio_player_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags both = read | G_PARAM_WRITABLE;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SEMIO_TYPE_PLAYER_STATE, SEMIO_PLAYER_EMPTY, read);
  properties[PROP_FRAME] = g_param_spec_int64 ("frame", NULL, NULL, -1, G_MAXINT64, -1, read);
  properties[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, read);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, MIN_SPEED, MAX_SPEED, 1.0, both);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0.0, 1.0, 1.0, both);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, both);
  properties[PROP_SOUND_OUTPUT] = g_param_spec_boolean ("sound-output", NULL, NULL, FALSE, read);
  properties[PROP_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
semio_player_class_init (SemioPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = semio_player_dispose;
  object_class->finalize = semio_player_finalize;
  object_class->get_property = semio_player_get_property;
  object_class->set_property = semio_player_set_property;
  install_properties (object_class);

  signals[SIGNAL_FRAME_READY] =
      g_signal_new ("frame-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SEEK_DONE] =
      g_signal_new ("seek-done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_player_init (SemioPlayer *self)
{
  self->frame = -1;
  self->pending = -1;
  self->speed = 1.0;
  self->volume = 1.0;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
}
