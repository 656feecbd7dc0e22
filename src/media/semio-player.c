/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-player-private.h"

#define MIN_SPEED 0.1
#define MAX_SPEED 8.0
#define MAX_REVERSE_SPEED 1.0

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
  PROP_DEINTERLACED,
  PROP_INTERLACED,
  PROP_HARDWARE,
  PROP_HARDWARE_USED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

gint64
semio_player_get_last_frame (SemioPlayer *self)
{
  return semio_frame_index_get_n_frames (self->index) - 1;
}

gboolean
semio_player_is_loaded (SemioPlayer *self)
{
  return self->index && self->process && self->state != SEMIO_PLAYER_EMPTY && self->state != SEMIO_PLAYER_FAILED;
}

void
semio_player_change_state (SemioPlayer *self, SemioPlayerState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
semio_player_change_frame (SemioPlayer *self, gint64 frame)
{
  if (self->frame == frame)
    return;
  self->frame = frame;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSITION]);
}

void
semio_player_change_sound (SemioPlayer *self, gboolean has_sound, gboolean sound_output)
{
  gboolean has_changed = self->has_sound != has_sound, output_changed = self->sound_output != sound_output;

  self->has_sound = has_sound;
  self->sound_output = sound_output;
  if (has_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_SOUND]);
  if (output_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOUND_OUTPUT]);
}

void
semio_player_change_hardware_used (SemioPlayer *self, gboolean used)
{
  if (self->hardware_used == used)
    return;
  self->hardware_used = used;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HARDWARE_USED]);
}

void
semio_player_change_interlaced (SemioPlayer *self, gboolean interlaced)
{
  if (self->interlaced == interlaced)
    return;
  self->interlaced = interlaced;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTERLACED]);
}

/* What was played is neither a span nor a loop nor backward any more. */
static void
forget_course (SemioPlayer *self)
{
  self->stop_frame = self->loop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->reversing = FALSE;
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
  forget_course (self);
  self->restarted_us = 0;
  g_clear_pointer (&self->notice, g_free);
  semio_player_change_frame (self, -1);
  semio_player_change_sound (self, FALSE, FALSE);
  semio_player_change_state (self, SEMIO_PLAYER_LOADING);
  semio_player_link_start (self, CLAMP (first_frame, 0, semio_player_get_last_frame (self)));
}

void
semio_player_unload (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  semio_player_link_stop (self);
  g_clear_object (&self->file);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_clear_pointer (&self->notice, g_free);
  self->want_playing = FALSE;
  self->pending = -1;
  semio_player_change_frame (self, -1);
  semio_player_change_sound (self, FALSE, FALSE);
  semio_player_change_interlaced (self, FALSE);
  semio_player_change_state (self, SEMIO_PLAYER_EMPTY);
  semio_player_link_update (self);
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
  semio_player_link_stop (self);
  self->restarted_us = 0;
  semio_player_change_state (self, SEMIO_PLAYER_LOADING);
  semio_player_link_start (self, MAX (self->frame, 0));
}

static void
begin_playing (SemioPlayer *self, gint64 from)
{
  self->want_playing = TRUE;
  if (self->state == SEMIO_PLAYER_LOADING)
    return;
  semio_player_link_play (self, from);
  semio_player_change_state (self, SEMIO_PLAYER_PLAYING);
  semio_player_link_update (self);
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

  if (!semio_player_is_loaded (self))
    return;
  if (self->state == SEMIO_PLAYER_PLAYING && !self->reversing && self->loop_frame == SEMIO_MESSAGE_NO_FRAME)
    return;
  forget_course (self);
  at_end = (self->pending >= 0 ? self->pending : self->frame) == semio_player_get_last_frame (self)
           && semio_player_get_last_frame (self) > 0;
  begin_playing (self, at_end ? 0 : SEMIO_MESSAGE_NO_FRAME);
}

void
semio_player_pause (SemioPlayer *self)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  self->want_playing = FALSE;
  forget_course (self);
  if (!semio_player_is_loaded (self) || self->state != SEMIO_PLAYER_PLAYING)
    return;
  self->play_serial = semio_player_link_send (self, SEMIO_MESSAGE_PAUSE, NULL);
  semio_player_change_state (self, SEMIO_PLAYER_PAUSED);
  semio_player_link_update (self);
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

static gint64
read_span (SemioPlayer *self, gint64 begin_ns, gint64 end_ns)
{
  gint64 from = semio_frame_index_get_frame_at (self->index, begin_ns);
  gint64 last = MAX (from, semio_frame_index_get_frame_at (self->index, end_ns - 1));

  forget_course (self);
  self->stop_frame = last >= semio_player_get_last_frame (self) ? SEMIO_MESSAGE_NO_FRAME : last + 1;
  return from;
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
  gint64 from;

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!semio_player_is_loaded (self))
    return;
  from = read_span (self, begin_ns, end_ns);
  semio_player_set_speed (self, speed);
  if (self->state == SEMIO_PLAYER_LOADING)
    semio_player_seek_frame (self, from);
  begin_playing (self, from);
}

/**
 * semio_player_play_loop:
 * @begin_ns: first time to show
 * @end_ns: first time not to show
 * @speed: 0.1 to 8
 *
 * Plays a part again and again until it is paused or something else is played or sought.
 */
void
semio_player_play_loop (SemioPlayer *self, gint64 begin_ns, gint64 end_ns, double speed)
{
  gint64 from;

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!semio_player_is_loaded (self))
    return;
  from = read_span (self, begin_ns, end_ns);
  semio_player_set_speed (self, speed);
  self->loop_frame = from;
  begin_playing (self, from);
}

/**
 * semio_player_play_reverse:
 * @speed: 0.1 to 1; a faster one is brought down to 1
 *
 * Plays backward from the frame that is shown, every frame verified as always, and pauses on the first.
 */
void
semio_player_play_reverse (SemioPlayer *self, double speed)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!semio_player_is_loaded (self) || self->state == SEMIO_PLAYER_LOADING || self->frame <= 0)
    return;
  forget_course (self);
  semio_player_set_speed (self, MIN (speed, MAX_REVERSE_SPEED));
  self->want_playing = self->reversing = TRUE;
  self->play_serial = semio_player_link_send (self, SEMIO_MESSAGE_REVERSE, g_variant_new ("(d)", self->speed));
  semio_player_change_state (self, SEMIO_PLAYER_PLAYING);
  semio_player_link_update (self);
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

  if (!semio_player_is_loaded (self))
    return;
  /* Backward there is nothing to go on with, and a loop is left. */
  if (self->reversing)
    semio_player_pause (self);
  forget_course (self);
  self->pending = CLAMP (frame, 0, semio_player_get_last_frame (self));
  self->seek_serial = semio_player_link_send (self, SEMIO_MESSAGE_SEEK, g_variant_new ("(x)", self->pending));
  semio_player_link_update (self);
}

void
semio_player_seek_time (SemioPlayer *self, gint64 time_ns)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (semio_player_is_loaded (self))
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

  if (!semio_player_is_loaded (self))
    return;
  semio_player_pause (self);
  semio_player_seek_frame (self, (self->pending >= 0 ? self->pending : MAX (self->frame, 0)) + n_frames);
}

gboolean
semio_player_step_held (SemioPlayer *self, int n_frames)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  if (!semio_player_is_loaded (self) || self->pending >= 0 || self->state == SEMIO_PLAYER_LOADING)
    return FALSE;
  semio_player_step (self, n_frames);
  return TRUE;
}

void
semio_player_scrub_frame (SemioPlayer *self, gint64 frame)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (!semio_player_is_loaded (self))
    return;
  semio_player_pause (self);
  self->pending = CLAMP (frame, 0, semio_player_get_last_frame (self));
  self->seek_serial = semio_player_link_send (self, SEMIO_MESSAGE_SCRUB, g_variant_new ("(x)", self->pending));
  semio_player_link_update (self);
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

  if (!semio_player_is_loaded (self))
    return;
  from = self->pending >= 0 ? self->pending : MAX (self->frame, 0);
  semio_player_seek_time (self, semio_frame_index_get_time_ns (self->index, from) + delta_ns);
}

void
semio_player_set_speed (SemioPlayer *self, double speed)
{
  double clamped = CLAMP (speed, MIN_SPEED, MAX_SPEED);

  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->reversing)
    clamped = MIN (clamped, MAX_REVERSE_SPEED);

  if (ABS (self->speed - clamped) < 1e-9)
    return;
  self->speed = clamped;
  if (semio_player_is_loaded (self))
    semio_player_link_send (self, SEMIO_MESSAGE_SPEED, g_variant_new ("(d)", clamped));
  if (semio_player_is_loaded (self) && self->reversing)
    self->play_serial = semio_player_link_send (self, SEMIO_MESSAGE_REVERSE, g_variant_new ("(d)", clamped));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

static void
send_volume (SemioPlayer *self)
{
  if (semio_player_is_loaded (self))
    semio_player_link_send (self, SEMIO_MESSAGE_VOLUME, g_variant_new ("(db)", self->volume, self->muted));
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
semio_player_set_deinterlaced (SemioPlayer *self, gboolean deinterlaced)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->deinterlaced == !!deinterlaced)
    return;
  self->deinterlaced = !!deinterlaced;
  if (semio_player_is_loaded (self))
    semio_player_link_send (self, SEMIO_MESSAGE_DEINTERLACE, g_variant_new ("(b)", self->deinterlaced));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEINTERLACED]);
}

void
semio_player_set_hardware (SemioPlayer *self, gboolean hardware)
{
  g_return_if_fail (SEMIO_IS_PLAYER (self));

  if (self->hardware == !!hardware)
    return;
  self->hardware = !!hardware;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HARDWARE]);
}

gboolean
semio_player_get_hardware_used (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->hardware_used;
}

gboolean
semio_player_get_deinterlaced (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->deinterlaced;
}

gboolean
semio_player_get_interlaced (SemioPlayer *self)
{
  g_return_val_if_fail (SEMIO_IS_PLAYER (self), FALSE);

  return self->interlaced;
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
  if (semio_player_is_loaded (self))
    semio_player_link_send (self, SEMIO_MESSAGE_VIEW, g_variant_new ("(uu)", (guint32) width_px, (guint32) height_px));
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
    case PROP_DEINTERLACED:
      g_value_set_boolean (value, self->deinterlaced);
      break;
    case PROP_HARDWARE:
      g_value_set_boolean (value, self->hardware);
      break;
    case PROP_HARDWARE_USED:
      g_value_set_boolean (value, self->hardware_used);
      break;
    case PROP_INTERLACED:
      g_value_set_boolean (value, self->interlaced);
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
    case PROP_DEINTERLACED:
      semio_player_set_deinterlaced (self, g_value_get_boolean (value));
      break;
    case PROP_HARDWARE:
      semio_player_set_hardware (self, g_value_get_boolean (value));
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
  semio_player_link_stop (self);
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
  properties[PROP_DEINTERLACED] = g_param_spec_boolean ("deinterlaced", NULL, NULL, FALSE, both);
  properties[PROP_INTERLACED] = g_param_spec_boolean ("interlaced", NULL, NULL, FALSE, read);
  properties[PROP_HARDWARE] = g_param_spec_boolean ("hardware", NULL, NULL, FALSE, both);
  properties[PROP_HARDWARE_USED] = g_param_spec_boolean ("hardware-used", NULL, NULL, FALSE, read);
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

  g_signal_new ("frame-ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  g_signal_new ("notice", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("seek-done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_player_init (SemioPlayer *self)
{
  self->frame = -1;
  self->pending = -1;
  self->speed = 1.0;
  self->volume = 1.0;
  self->stop_frame = self->loop_frame = SEMIO_MESSAGE_NO_FRAME;
}
