/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-playback-private.h"

/* Decoded frames that may be held ready. */
#define MAX_HELD_BYTES ((gsize) 256 * 1024 * 1024)
/* A frame this near behind is waited for from the cache, which fills that way, rather than sought. */
#define NEAR_BEHIND_FRAMES 12
/* After a picture has stood for so long, the frames before it are made ready. */
#define REST_MS 150
/* After steps from the cache, playing on must not wait for a seek. */
#define SETTLE_MS 400
/* After a seek for one picture alone. */
#define LANDED_MS 80
#define LANDING_LIMIT_MS 3000
/* From the key frame to a picture that is sought alone: beyond that the frames that follow it are no longer what is waited for. */
#define NEAR_KEY_FRAMES 300
/* Those go on by steps. */
#define NEAR_AHEAD_FRAMES 4
#define REVERSE_TICK_MS 6
#define NS_PER_US 1000

/* Somebody waits for the decoder: the cache must not take the processor from it. */
void
semio_playback_stop_filling (SemioPlayback *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->cache)
    semio_frame_cache_fill (self->cache, -1);
}

static gboolean
rest_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;

  self->rest_source = 0;
  if (self->cache && !self->want_playing && !self->seeking)
    semio_frame_cache_fill (self->cache, self->shown);
  return G_SOURCE_REMOVE;
}

/* At rest after frames from the cache: the pipeline follows, so that playing can go on at once. */
static gboolean
settle_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;

  self->settle_source = 0;
  if (self->seeking || self->want_playing || self->reverse_source || self->piped == self->shown)
    return G_SOURCE_REMOVE;
  self->seeking = self->quiet = TRUE;
  self->discards = FALSE;
  self->target = (SemioPlaybackTarget){ self->shown, 0 };
  self->n_attempts = self->n_unknown = 0;
  self->sound_adrift = FALSE;
  semio_playback_send_seek (self);
  return G_SOURCE_REMOVE;
}

static void
settle_after (SemioPlayback *self, guint ms)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (ms, settle_cb, self);
}

/* What holds the picture back would hold it for ever, since nothing comes after it: then as of old. */
static gboolean
landing_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;

  self->landing_source = 0;
  if (!self->pipeline || self->opening || !self->seeking || !self->lands)
    return G_SOURCE_REMOVE;
  self->n_attempts++;
  semio_playback_send_seek (self);
  return G_SOURCE_REMOVE;
}

/* A picture alone comes sooner, but the way to it is decoded once more when it has stood for a moment: only where that is short,
 * and not where a file is opened or steps go on from the frame shown. */
void
semio_playback_choose_landing (SemioPlayback *self)
{
  gint64 frame = self->target.frame, ahead = frame - self->shown;
  gboolean counted = (semio_frame_index_get_flags (self->index) & SEMIO_FRAME_INDEX_NO_TIME_STAMPS) != 0;
  gboolean goes_on = self->shown < 0 || (ahead >= 0 && ahead <= NEAR_AHEAD_FRAMES);

  self->lands = !self->want_playing && !self->quiet && !self->discards && !goes_on && self->n_attempts == 0 && !self->decoder
                && !self->table && !counted && frame - semio_frame_index_get_key_before (self->index, frame) <= NEAR_KEY_FRAMES;
  semio_play_pipeline_set_lands (self->pipeline, self->lands);
  g_clear_handle_id (&self->landing_source, g_source_remove);
  if (self->lands)
    self->landing_source = g_timeout_add (LANDING_LIMIT_MS, landing_cb, self);
}

/* A picture stands: soon the frames before it are made ready. */
void
semio_playback_rest (SemioPlayback *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (!self->want_playing && self->shown >= 0)
    self->rest_source = g_timeout_add (REST_MS, rest_cb, self);
  if (self->rest_source && self->lands)
    settle_after (self, LANDED_MS);
}

/* Shows a frame that is held ready, whatever the pipeline is doing. */
gboolean
semio_playback_show_held (SemioPlayback *self, SemioPlaybackTarget target)
{
  GstSample *sample = self->cache ? semio_frame_cache_get (self->cache, target.frame) : NULL;

  if (!sample)
    return FALSE;
  self->held.frame = -1;
  self->has_next = FALSE;
  self->discards = self->seeking;
  self->sound_adrift = TRUE;
  semio_playback_send_picture (self, sample, target.frame, target.serial);
  gst_sample_unref (sample);
  if (self->end_pending)
    semio_playback_tell_end (self);
  semio_frame_cache_fill (self->cache, target.frame);
  settle_after (self, SETTLE_MS);
  return TRUE;
}

/* The cache fills backward: a frame a little behind comes from there sooner than by a seek of its own. */
gboolean
semio_playback_wait_for_held (SemioPlayback *self, SemioPlaybackTarget target)
{
  gint64 behind = self->shown - target.frame;

  if (!self->cache || self->shown < 0 || behind < 1 || behind > NEAR_BEHIND_FRAMES || !semio_frame_cache_can_fill (self->cache))
    return FALSE;
  self->held = target;
  self->has_next = FALSE;
  self->discards = self->seeking;
  g_clear_handle_id (&self->settle_source, g_source_remove);
  semio_frame_cache_fill (self->cache, MAX (self->shown - 1, 0));
  return TRUE;
}

/* Frames came into the cache, or its filling failed. */
static void
cache_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;
  SemioPlaybackTarget target = self->held;

  if (self->pipeline && !semio_playback_check_decoder (self) && semio_playback_leave_decoder (self))
    {
      semio_playback_open_by_software (self);
      return;
    }
  if (target.frame < 0 || !self->pipeline || semio_playback_show_held (self, target) || semio_frame_cache_can_fill (self->cache))
    return;
  self->held.frame = -1;
  semio_playback_begin_seek (self, target.frame, target.serial);
}

void
semio_playback_open_cache (SemioPlayback *self)
{
  self->cache = semio_frame_cache_new (self->fd, self->index, MAX_HELD_BYTES, cache_cb, self);
  semio_frame_cache_set_view (self->cache, self->view_width_px, self->view_height_px);
  semio_frame_cache_set_deinterlaced (self->cache, self->deinterlaced);
}

static void
set_reverse_clock (SemioPlayback *self)
{
  self->reverse_us = g_get_monotonic_time ();
  self->reverse_ns = semio_frame_index_get_time_ns (self->index, self->shown);
}

/* A frame stands until its own time is over; backward it is the earlier ones that are due. Frames that are not there yet
 * are waited for and the clock with them, so that none is left out for the cache being slow. */
static gboolean
reverse_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;
  gint64 passed_ns = (gint64) ((g_get_monotonic_time () - self->reverse_us) * NS_PER_US * self->reverse_speed);
  gint64 due = semio_frame_index_get_frame_at (self->index, MAX (self->reverse_ns - passed_ns, 0));

  if (self->shown <= 0)
    {
      self->reverse_source = 0;
      semio_playback_tell (self, SEMIO_MESSAGE_STATE, self->play_serial, g_variant_new ("(u)", SEMIO_HELPER_PAUSED));
      return G_SOURCE_REMOVE;
    }
  if (due >= self->shown || self->seeking || self->held.frame >= 0)
    return G_SOURCE_CONTINUE;
  while (due < self->shown && !semio_frame_cache_has (self->cache, due))
    due++;
  if (due < self->shown)
    semio_playback_show_held (self, (SemioPlaybackTarget){ due, 0 });
  else
    {
      semio_playback_begin_seek (self, self->shown - 1, 0);
      set_reverse_clock (self);
    }
  return G_SOURCE_CONTINUE;
}

void
semio_playback_reverse (SemioPlayback *self, double speed)
{
  if (self->shown < 0 || !self->cache)
    return;
  self->reverse_speed = CLAMP (speed, 0.1, 1.0);
  set_reverse_clock (self);
  semio_frame_cache_fill (self->cache, self->shown);
  if (!self->reverse_source)
    self->reverse_source = g_timeout_add (REVERSE_TICK_MS, reverse_cb, self);
}

void
semio_playback_stop_reverse (SemioPlayback *self)
{
  g_clear_handle_id (&self->reverse_source, g_source_remove);
}
