/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-playback-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "semio-media-error.h"
#include "semio-shared-memory.h"

#define SLOTS 8
#define MAX_INDEX_BYTES ((gsize) 512 * 1024 * 1024)
#define MAX_VIEW_PX 8192
/* A frame this near ahead is stepped to; the decoder has it sooner than a seek. */
#define NEAR_FRAMES 4
/* So many pictures the decoder may hold back until the end comes, which a container may tell only behind sound that is longer. */
#define HELD_BACK_FRAMES 20
#define LONGER_SOUND_NS (G_GINT64_CONSTANT (4) * 3600 * SEMIO_NS_PER_SECOND)
/* Pictures without a known time that are passed over before a seek counts as failed. */
#define MAX_UNKNOWN 8
#define MAX_ATTEMPTS 4
/* The one that begins a key frame before the frame's own. */
#define EARLIER_ATTEMPT 2
#define ALIVE_US (150 * 1000)

static gboolean open_pipeline (SemioPlayback *self, gint64 frame, GError **error);

gint64
semio_playback_get_last_frame (SemioPlayback *self)
{
  return semio_frame_index_get_n_frames (self->index) - 1;
}

void
semio_playback_tell (SemioPlayback *self, SemioMessageType type, guint64 serial, GVariant *body)
{
  semio_message_send (self->socket, type, serial, body, NULL, 0, TRUE, NULL);
}

static void
tell_error (SemioPlayback *self, const GError *error)
{
  guint32 code = error->domain == SEMIO_MEDIA_ERROR ? (guint32) error->code : SEMIO_MEDIA_ERROR_DAMAGED;
  g_autofree char *text = g_utf8_make_valid (error->message, MIN ((gssize) strlen (error->message), 2000));

  semio_playback_tell (self, SEMIO_MESSAGE_ERROR, self->load_serial, g_variant_new ("(us)", code, text));
}

static void
tell_seek_done (SemioPlayback *self, guint64 serial, gint64 frame)
{
  if (serial != 0)
    semio_playback_tell (self, SEMIO_MESSAGE_SEEK_DONE, serial, g_variant_new ("(x)", frame));
}

/* Sends a picture, or keeps it until a buffer is free; a newer one takes its place. */
void
semio_playback_send_picture (SemioPlayback *self, GstSample *sample, gint64 frame, guint64 serial)
{
  gboolean sent;

  if (!self->told_interlaced && semio_play_pipeline_saw_interlaced (self->pipeline))
    {
      self->told_interlaced = TRUE;
      semio_playback_tell (self, SEMIO_MESSAGE_INTERLACED, self->load_serial, NULL);
    }
  sent = semio_slot_ring_send (self->ring, self->load_serial, frame, TRUE, sample);
  g_clear_pointer (&self->waiting, gst_sample_unref);
  self->shown = frame;
  if (sent)
    {
      tell_seek_done (self, serial, frame);
      return;
    }
  self->waiting = gst_sample_ref (sample);
  self->waiting_frame = frame;
  self->waiting_serial = serial;
}

void
semio_playback_release (SemioPlayback *self, guint32 number)
{
  g_autoptr (GstSample) sample = NULL;

  semio_slot_ring_release (self->ring, number);
  sample = g_steal_pointer (&self->waiting);
  if (sample)
    semio_playback_send_picture (self, sample, self->waiting_frame, self->waiting_serial);
}

/* The time at which playing is to stop, for the sound too; none when it goes to the end. */
static gint64
get_stop_ns (SemioPlayback *self)
{
  if (self->stop_frame == SEMIO_MESSAGE_NO_FRAME || self->stop_frame > semio_playback_get_last_frame (self))
    return -1;
  return semio_frame_index_get_zero_ns (self->index) + semio_frame_index_get_time_ns (self->index, self->stop_frame);
}

void
semio_playback_open_by_software (SemioPlayback *self)
{
  gboolean waits = self->seeking && !self->discards && !self->quiet;
  SemioPlaybackTarget target = waits ? self->target : (SemioPlaybackTarget){ MAX (self->shown, 0), 0 };
  g_autoptr (GError) error = NULL;

  if (self->held.frame >= 0)
    target = self->held;
  if (self->has_next)
    target = self->next;
  if (!open_pipeline (self, target.frame, &error))
    {
      tell_error (self, error);
      return;
    }
  self->target.serial = target.serial;
}

static void
fail_seek (SemioPlayback *self)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->target.frame);
  g_autoptr (GError) error = g_error_new (
      SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NOT_VERIFIED,
      _ ("Frame %s cannot be shown: what is decoded there does not have its time. The file may be damaged there."), number);

  if (semio_playback_leave_decoder (self))
    {
      semio_playback_open_by_software (self);
      return;
    }
  self->seeking = FALSE;
  self->has_next = FALSE;
  self->piped = -1;
  self->sound_adrift = TRUE;
  /* The frame that is shown did not come from this seek. */
  if (self->discards || self->quiet)
    return;
  self->want_playing = FALSE;
  semio_play_pipeline_set_playing (self->pipeline, FALSE);
  tell_error (self, error);
}

/* The last resort: some files cannot be sought near their beginning, but they can be read from there. */
static gboolean
reopen_at_start (SemioPlayback *self)
{
  SemioPlaybackTarget target = self->target, next = self->next;
  gboolean has_next = self->has_next;

  if (!open_pipeline (self, target.frame, NULL))
    return FALSE;
  self->target = target;
  self->next = next;
  self->has_next = has_next;
  self->n_attempts = MAX_ATTEMPTS + 1;
  return TRUE;
}

/* Sends the seek for the target: to the frame, and when that came out wrong, to a key frame ever further before it. */
void
semio_playback_send_seek (SemioPlayback *self)
{
  gint64 from = self->target.frame;

  for (int i = 0; i < self->n_attempts; i++)
    from = semio_frame_index_get_key_before (self->index, MAX (0, i == 0 ? from : from - 1));
  if (self->n_attempts >= MAX_ATTEMPTS - 1)
    from = 0;
  self->n_unknown = 0;
  if (self->n_attempts == MAX_ATTEMPTS && reopen_at_start (self))
    return;
  semio_playback_choose_landing (self);
  if (self->n_attempts >= MAX_ATTEMPTS
      || !semio_play_pipeline_seek (self->pipeline, semio_frame_index_get_seek_ns (self->index, from), get_stop_ns (self),
                                    self->speed))
    fail_seek (self);
  else if (self->target.frame + HELD_BACK_FRAMES > semio_playback_get_last_frame (self))
    semio_play_pipeline_allow_way (self->pipeline, LONGER_SOUND_NS);
}

static void
retry_seek (SemioPlayback *self)
{
  self->n_attempts++;
  semio_playback_send_seek (self);
}

void
semio_playback_begin_seek (SemioPlayback *self, gint64 frame, guint64 serial)
{
  SemioPlaybackTarget target = { CLAMP (frame, 0, semio_playback_get_last_frame (self)), serial };
  gint64 distance;

  if (!self->want_playing && !self->opening && self->shown >= 0)
    {
      if (semio_playback_show_held (self, target) || semio_playback_wait_for_held (self, target))
        return;
    }
  self->held.frame = -1;
  semio_playback_stop_filling (self);
  if (self->seeking)
    {
      /* One at a time; of those that wait only the newest matters. */
      self->has_next = TRUE;
      self->next = target;
      return;
    }
  g_clear_handle_id (&self->end_source, g_source_remove);
  self->seeking = TRUE;
  self->discards = self->quiet = FALSE;
  self->target = target;
  self->n_attempts = semio_element_is_careful () ? EARLIER_ATTEMPT : 0;
  self->n_unknown = 0;
  distance = target.frame - self->piped;
  if (!self->want_playing && self->piped >= 0 && distance >= 1 && distance <= NEAR_FRAMES)
    {
      self->sound_adrift = TRUE;
      if (semio_play_pipeline_step (self->pipeline, (guint) distance))
        return;
    }
  self->piped = -1;
  self->sound_adrift = FALSE;
  semio_playback_send_seek (self);
}

void
semio_playback_tell_end (SemioPlayback *self)
{
  gboolean at_end = self->shown >= semio_playback_get_last_frame (self);

  self->end_pending = FALSE;
  semio_playback_tell (self, SEMIO_MESSAGE_STATE, self->play_serial,
                       g_variant_new ("(u)", at_end ? SEMIO_HELPER_ENDED : SEMIO_HELPER_PAUSED));
}

/* Playing on from where the picture stands. A step has left the sound behind, and a speed or a stop comes with a seek. */
static void
start_playing (SemioPlayback *self, gboolean placed)
{
  SemioPlaybackTarget held = self->held;

  semio_playback_stop_filling (self);
  self->held.frame = -1;
  if (held.frame >= 0)
    semio_playback_begin_seek (self, held.frame, held.serial);
  if (self->seeking)
    {
      /* Where it leads is not where playing begins. */
      if (self->discards && !self->has_next)
        {
          self->has_next = TRUE;
          self->next = (SemioPlaybackTarget){ MAX (self->shown, 0), 0 };
        }
      return;
    }
  if (!placed)
    {
      semio_playback_begin_seek (self, MAX (self->shown, 0), 0);
      return;
    }
  semio_play_pipeline_set_playing (self->pipeline, TRUE);
}

/* The cache holds what software decoded alone: it is what pictures of hardware are held against. */
static void
keep_picture (SemioPlayback *self, GstSample *sample, gint64 frame)
{
  if (!self->decoder && self->cache)
    semio_frame_cache_add (self->cache, frame, sample);
  g_clear_pointer (&self->landed, gst_sample_unref);
  if (!self->decoder || self->want_playing)
    return;
  self->landed = gst_sample_ref (sample);
  self->landed_frame = frame;
}

static void
land (SemioPlayback *self, GstSample *sample, gint64 frame)
{
  SemioPlaybackTarget next = self->next;
  gboolean shows = !self->discards && !(self->quiet && frame == self->shown);

  self->seeking = self->discards = self->quiet = FALSE;
  self->piped = self->lands ? -1 : frame;
  if (shows)
    {
      semio_playback_send_picture (self, sample, frame, self->target.serial);
      keep_picture (self, sample, frame);
    }
  if (self->has_next)
    {
      self->has_next = FALSE;
      semio_playback_begin_seek (self, next.frame, next.serial);
      return;
    }
  if (self->end_pending)
    semio_playback_tell_end (self);
  if (self->want_playing)
    start_playing (self, !self->sound_adrift && self->piped == self->shown);
  else
    semio_playback_rest (self);
}

/* A picture came while one is looked for. */
static void
check_landing (SemioPlayback *self, GstSample *sample, gint64 frame)
{
  gint64 distance = self->target.frame - frame;

  if (self->opening)
    {
      g_clear_pointer (&self->opened, gst_sample_unref);
      self->opened = gst_sample_ref (sample);
      return;
    }
  /* Of a seek that nobody waits for, anything is good enough to end it. */
  if (frame == self->target.frame || self->discards)
    land (self, sample, frame);
  else if (self->lands)
    retry_seek (self);
  else if (frame < 0 && self->n_unknown++ < MAX_UNKNOWN)
    semio_play_pipeline_step (self->pipeline, 1);
  else if (frame >= 0 && distance > 0 && (distance <= NEAR_FRAMES * 8 || self->n_attempts > 0))
    {
      semio_play_pipeline_allow_way (self->pipeline, semio_frame_index_get_time_ns (self->index, self->target.frame)
                                                         - semio_frame_index_get_time_ns (self->index, frame));
      semio_play_pipeline_step (self->pipeline, (guint) distance);
    }
  else
    retry_seek (self);
}

static void
sample_cb (GstSample *sample, gpointer user_data)
{
  SemioPlayback *self = user_data;
  gint64 frame = semio_play_pipeline_read (self->pipeline, sample);
  gboolean follows;

  if (self->seeking)
    {
      check_landing (self, sample, frame);
      return;
    }
  follows = self->want_playing || (self->piped == self->shown && self->held.frame < 0);
  if (frame >= 0)
    self->piped = frame;
  if (frame < 0 || frame == self->shown || !follows || (self->stop_frame != SEMIO_MESSAGE_NO_FRAME && frame >= self->stop_frame))
    return;
  semio_playback_send_picture (self, sample, frame, 0);
  keep_picture (self, sample, frame);
}

/* The last frame has been on screen for as long as it should. */
static gboolean
end_source_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;
  gboolean stops = self->stop_frame != SEMIO_MESSAGE_NO_FRAME && self->stop_frame <= semio_playback_get_last_frame (self);
  gint64 last = stops ? self->stop_frame - 1 : semio_playback_get_last_frame (self);

  self->end_source = 0;
  self->want_playing = FALSE;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  semio_play_pipeline_set_playing (self->pipeline, FALSE);
  self->piped = -1;
  self->sound_adrift = TRUE;
  self->end_pending = TRUE;
  /* On a slow machine the last one may have been left out. */
  if (self->shown == last)
    semio_playback_tell_end (self);
  else
    semio_playback_begin_seek (self, last, 0);
  return G_SOURCE_REMOVE;
}

static void
end_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;
  SemioSpan span;

  if (self->seeking && !self->opening)
    {
      /* Nothing came out where the frame should be. */
      retry_seek (self);
      return;
    }
  self->piped = -1;
  /* A container that knows no segments: the loop has a gap. */
  if (self->want_playing && self->loop_frame != SEMIO_MESSAGE_NO_FRAME)
    {
      semio_playback_begin_seek (self, self->loop_frame, 0);
      return;
    }
  if (!self->want_playing || self->end_source || self->shown < 0)
    return;
  span = semio_frame_index_get_span (self->index, self->shown);
  self->end_source = g_timeout_add ((guint) (semio_span_get_length (span) / self->speed / 1000000), end_source_cb, self);
}

/* Of a loop all is read; what is appended now follows without a gap. */
static void
segment_done_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;

  if (self->loop_frame != SEMIO_MESSAGE_NO_FRAME && self->want_playing)
    semio_play_pipeline_append (self->pipeline, semio_frame_index_get_seek_ns (self->index, self->loop_frame), get_stop_ns (self),
                                self->speed);
}

static void
ready_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;

  g_autoptr (GstSample) sample = g_steal_pointer (&self->opened);

  self->opening = FALSE;
  semio_playback_tell (self, SEMIO_MESSAGE_SOUND, self->load_serial,
                       g_variant_new ("(bb)", semio_play_pipeline_has_sound (self->pipeline),
                                      semio_play_pipeline_has_sound_output (self->pipeline)));
  semio_play_pipeline_set_volume (self->pipeline, self->volume, self->muted, self->speed);
  /* Read from the beginning: on by frames from the first. */
  if (self->n_attempts > MAX_ATTEMPTS && sample)
    check_landing (self, sample, semio_play_pipeline_read (self->pipeline, sample));
  else
    semio_playback_send_seek (self);
}

static void
failed_cb (const GError *error, gboolean of_sound, gpointer user_data)
{
  SemioPlayback *self = user_data;
  g_autoptr (GError) again = NULL;

  if (!of_sound && semio_playback_leave_decoder (self))
    {
      semio_playback_open_by_software (self);
      return;
    }
  if (of_sound && !self->without_sound)
    {
      /* The device went away: the same again, silent. */
      self->without_sound = TRUE;
      if (open_pipeline (self, MAX (self->shown, 0), &again))
        return;
    }
  semio_playback_stop_reverse (self);
  semio_playback_stop_filling (self);
  self->held.frame = -1;
  g_clear_pointer (&self->pipeline, semio_play_pipeline_close);
  self->want_playing = FALSE;
  tell_error (self, again ? again : error);
}

static const SemioPlayPipelineFuncs pipeline_funcs = { sample_cb, end_cb, segment_done_cb, ready_cb, failed_cb };

/* Opens the file and looks for a frame. */
static gboolean
open_pipeline (SemioPlayback *self, gint64 frame, GError **error)
{
  g_clear_pointer (&self->pipeline, semio_play_pipeline_close);
  g_clear_handle_id (&self->end_source, g_source_remove);
  semio_playback_stop_filling (self);
  self->pipeline = semio_play_pipeline_new (self->fd, &self->sniff, self->index, self->table, !self->without_sound, self->decoder,
                                            &pipeline_funcs, self, error);
  if (!self->pipeline)
    return FALSE;
  semio_play_pipeline_set_view (self->pipeline, self->view_width_px, self->view_height_px);
  semio_play_pipeline_set_deinterlaced (self->pipeline, self->deinterlaced);
  self->opening = TRUE;
  self->seeking = TRUE;
  self->discards = self->quiet = FALSE;
  self->held.frame = -1;
  self->has_next = FALSE;
  self->n_attempts = 0;
  self->target = (SemioPlaybackTarget){ CLAMP (frame, 0, semio_playback_get_last_frame (self)), 0 };
  self->shown = -1;
  self->piped = -1;
  self->sound_adrift = FALSE;
  return TRUE;
}

static void
unload (SemioPlayback *self)
{
  g_clear_handle_id (&self->end_source, g_source_remove);
  semio_playback_stop_reverse (self);
  semio_playback_stop_filling (self);
  g_clear_handle_id (&self->landing_source, g_source_remove);
  g_clear_pointer (&self->cache, semio_frame_cache_free);
  g_clear_pointer (&self->pipeline, semio_play_pipeline_close);
  g_clear_pointer (&self->opened, gst_sample_unref);
  g_clear_pointer (&self->landed, gst_sample_unref);
  g_clear_pointer (&self->table, semio_packet_table_free);
  g_clear_pointer (&self->waiting, gst_sample_unref);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->want_playing = FALSE;
  self->told_interlaced = FALSE;
  self->end_pending = FALSE;
  self->stop_frame = self->loop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->without_sound = FALSE;
}

static void
set_view (SemioPlayback *self, guint32 width_px, guint32 height_px)
{
  self->view_width_px = (int) MIN (width_px, MAX_VIEW_PX);
  self->view_height_px = (int) MIN (height_px, MAX_VIEW_PX);
}

static double
clamp_speed (double speed)
{
  return speed >= 0.1 && speed <= 8.0 ? speed : 1.0;
}

/* A sign of life during work that blocks. */
static gboolean
alive_cb (gpointer user_data)
{
  SemioPlayback *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  if (now_us - self->alive_us < ALIVE_US)
    return TRUE;
  self->alive_us = now_us;
  return semio_message_send (self->socket, SEMIO_MESSAGE_PONG, 0, NULL, NULL, 0, TRUE, NULL);
}

static gboolean
open_file (SemioPlayback *self, gint64 frame, GError **error)
{
  if (!semio_sniff_file (self->fd, &self->sniff, error))
    return FALSE;
  if (self->sniff.fragmented)
    {
      self->table = semio_packet_table_new (self->fd, alive_cb, self, error);
      if (!self->table)
        return FALSE;
    }
  semio_playback_choose_decoder (self, alive_cb);
  semio_playback_open_cache (self);
  return open_pipeline (self, frame, error);
}

static void
load (SemioPlayback *self, SemioMessage *message)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint32 width_px, height_px;
  gint64 frame;

  unload (self);
  self->load_serial = message->serial;
  g_variant_get (message->body, "(xuudbd)", &frame, &width_px, &height_px, &self->volume, &self->muted, &self->speed);
  self->speed = clamp_speed (self->speed);
  set_view (self, width_px, height_px);
  self->fd = semio_message_steal_fd (message, 0);
  bytes = semio_shared_memory_read (message->fds[1], MAX_INDEX_BYTES, &error);
  self->index = bytes ? semio_frame_index_from_bytes (bytes, &error) : NULL;
  if (!self->index || !open_file (self, frame, &error))
    tell_error (self, error);
}

/* What is played is neither a loop nor backward any more. */
static void
leave_course (SemioPlayback *self)
{
  semio_playback_stop_reverse (self);
  if (self->loop_frame == SEMIO_MESSAGE_NO_FRAME)
    return;
  self->loop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->sound_adrift = TRUE;
  semio_play_pipeline_set_loops (self->pipeline, FALSE);
}

static void
play (SemioPlayback *self, SemioMessage *message)
{
  gint64 from, stop_frame;
  gboolean placed;

  leave_course (self);
  g_variant_get (message->body, "(xx)", &from, &stop_frame);
  placed = self->stop_frame == stop_frame && !self->sound_adrift && self->piped == self->shown;
  self->stop_frame = stop_frame;
  self->play_serial = message->serial;
  self->want_playing = TRUE;
  self->end_pending = FALSE;
  if (from != SEMIO_MESSAGE_NO_FRAME)
    {
      semio_playback_begin_seek (self, from, message->serial);
      return;
    }
  /* A seek on its way knows nothing of the stop yet. */
  if (self->seeking && !placed)
    self->sound_adrift = TRUE;
  start_playing (self, placed);
}

static void
loop (SemioPlayback *self, SemioMessage *message)
{
  gint64 from, stop_frame;

  leave_course (self);
  g_variant_get (message->body, "(xx)", &from, &stop_frame);
  self->loop_frame = CLAMP (from, 0, semio_playback_get_last_frame (self));
  self->stop_frame = stop_frame > self->loop_frame ? stop_frame : SEMIO_MESSAGE_NO_FRAME;
  self->play_serial = message->serial;
  self->want_playing = TRUE;
  self->end_pending = FALSE;
  semio_play_pipeline_set_loops (self->pipeline, TRUE);
  semio_playback_begin_seek (self, self->loop_frame, message->serial);
}

/* What is at hand: the frame when it is held ready, else the key frame before it. */
static void
scrub (SemioPlayback *self, gint64 frame, guint64 serial)
{
  gint64 key;

  frame = CLAMP (frame, 0, semio_playback_get_last_frame (self));
  if (self->opening || !semio_playback_show_held (self, (SemioPlaybackTarget){ frame, serial }))
    {
      key = semio_frame_index_get_key_before (self->index, frame);
      semio_playback_begin_seek (self, key, serial);
    }
}

static void
reverse (SemioPlayback *self, double speed, guint64 serial)
{
  leave_course (self);
  self->want_playing = FALSE;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->sound_adrift = TRUE;
  self->play_serial = serial;
  semio_play_pipeline_set_playing (self->pipeline, FALSE);
  semio_playback_reverse (self, speed);
}

static void
pause_playing (SemioPlayback *self, SemioMessage *message)
{
  leave_course (self);
  self->play_serial = message->serial;
  self->want_playing = FALSE;
  g_clear_handle_id (&self->end_source, g_source_remove);
  /* The stop of a span went into the pipeline with the seek; what is played next goes to its own. */
  if (self->stop_frame != SEMIO_MESSAGE_NO_FRAME)
    self->sound_adrift = TRUE;
  self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
  semio_play_pipeline_set_playing (self->pipeline, FALSE);
  semio_playback_rest (self);
}

static void
set_speed (SemioPlayback *self, double speed)
{
  self->speed = clamp_speed (speed);
  semio_play_pipeline_set_volume (self->pipeline, self->volume, self->muted, self->speed);
  self->sound_adrift = TRUE;
  if (self->want_playing && !self->seeking)
    start_playing (self, FALSE);
}

/* Paused: the same frame again, made in another way. */
static void
show_again (SemioPlayback *self)
{
  self->piped = -1;
  if (!self->seeking)
    semio_playback_begin_seek (self, MAX (self->shown, 0), 0);
  else if (!self->has_next && !self->opening)
    semio_playback_begin_seek (self, self->target.frame, self->target.serial);
}

static void
change_view (SemioPlayback *self, guint32 width_px, guint32 height_px)
{
  set_view (self, width_px, height_px);
  semio_frame_cache_set_view (self->cache, self->view_width_px, self->view_height_px);
  if (semio_play_pipeline_set_view (self->pipeline, self->view_width_px, self->view_height_px) && !self->want_playing)
    show_again (self);
}

static void
change_deinterlaced (SemioPlayback *self)
{
  semio_frame_cache_set_deinterlaced (self->cache, self->deinterlaced);
  if (!semio_play_pipeline_set_deinterlaced (self->pipeline, self->deinterlaced))
    return;
  if (!self->want_playing)
    {
      show_again (self);
      return;
    }
  /* What was made ahead is of the other way and goes with the seek. */
  self->sound_adrift = TRUE;
  if (!self->seeking)
    start_playing (self, FALSE);
}

void
semio_playback_handle (SemioPlayback *self, SemioMessage *message)
{
  guint32 width_px, height_px;
  gint64 frame;
  double speed;

  if (message->type == SEMIO_MESSAGE_LOAD)
    load (self, message);
  if (message->type == SEMIO_MESSAGE_DEINTERLACE)
    g_variant_get (message->body, "(b)", &self->deinterlaced);
  if (message->type == SEMIO_MESSAGE_HARDWARE)
    g_variant_get (message->body, "(b)", &self->allows_hardware);
  if (!self->pipeline)
    return;
  switch (message->type)
    {
    case SEMIO_MESSAGE_PLAY:
      play (self, message);
      break;
    case SEMIO_MESSAGE_PAUSE:
      pause_playing (self, message);
      break;
    case SEMIO_MESSAGE_SEEK:
      g_variant_get (message->body, "(x)", &frame);
      leave_course (self);
      self->stop_frame = SEMIO_MESSAGE_NO_FRAME;
      semio_playback_begin_seek (self, frame, message->serial);
      break;
    case SEMIO_MESSAGE_SCRUB:
      g_variant_get (message->body, "(x)", &frame);
      leave_course (self);
      scrub (self, frame, message->serial);
      break;
    case SEMIO_MESSAGE_LOOP:
      loop (self, message);
      break;
    case SEMIO_MESSAGE_REVERSE:
      g_variant_get (message->body, "(d)", &speed);
      reverse (self, speed, message->serial);
      break;
    case SEMIO_MESSAGE_SPEED:
      g_variant_get (message->body, "(d)", &speed);
      set_speed (self, speed);
      break;
    case SEMIO_MESSAGE_VOLUME:
      g_variant_get (message->body, "(db)", &self->volume, &self->muted);
      semio_play_pipeline_set_volume (self->pipeline, self->volume, self->muted, self->speed);
      break;
    case SEMIO_MESSAGE_VIEW:
      g_variant_get (message->body, "(uu)", &width_px, &height_px);
      change_view (self, width_px, height_px);
      break;
    case SEMIO_MESSAGE_DEINTERLACE:
      change_deinterlaced (self);
      break;
    default:
      break;
    }
}

SemioPlayback *
semio_playback_new (int socket)
{
  SemioPlayback *self = g_new0 (SemioPlayback, 1);

  self->socket = socket;
  self->fd = -1;
  self->speed = 1.0;
  self->volume = 1.0;
  self->shown = self->piped = self->held.frame = -1;
  self->stop_frame = self->loop_frame = SEMIO_MESSAGE_NO_FRAME;
  self->ring = semio_slot_ring_new (socket, SLOTS);
  return self;
}

void
semio_playback_free (SemioPlayback *self)
{
  unload (self);
  semio_slot_ring_free (self->ring);
  g_free (self);
}
