/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-cache.h"
#include "semio-frame-source.h"
#include "semio-play-pipeline.h"
#include "semio-playback.h"
#include "semio-slot-ring.h"

G_BEGIN_DECLS

/* What is being looked for. */
typedef struct {
  gint64 frame;
  guint64 serial; /* of the command, 0 when the helper wants it itself */
} SemioPlaybackTarget;

struct _SemioPlayback {
  int socket;
  SemioSlotRing *ring;

  int fd;
  SemioFrameIndex *index;
  SemioSniff sniff;
  SemioPacketTable *table; /* of a file in fragments */
  gint64 alive_us;
  guint64 load_serial;
  SemioPlayPipeline *pipeline;
  gboolean allows_hardware;
  const char *decoder; /* of hardware, in use; or none */
  GstSample *landed; /* a picture of hardware that stands and is still to be compared */
  gint64 landed_frame;
  gboolean opening;
  gboolean without_sound; /* the device failed */

  int view_width_px, view_height_px;
  double volume, speed;
  gboolean muted;
  gboolean deinterlaced, told_interlaced;

  gboolean want_playing;
  guint64 play_serial;
  gint64 stop_frame; /* the first that is not to be shown, or none */
  gint64 loop_frame; /* where what is played again and again begins, or none */
  guint end_source;
  gboolean end_pending; /* playing is over; told once its last frame stands */

  gboolean seeking;
  SemioPlaybackTarget target;
  int n_attempts, n_unknown;
  gboolean has_next;
  SemioPlaybackTarget next;

  GstSample *opened; /* the first picture of a file just opened */
  gint64 shown;
  gint64 piped; /* the frame at which the pipeline stands, -1 unknown */
  gboolean lands; /* the last seek was for one picture alone; the pipeline stands nowhere after it */
  gboolean discards; /* of the seek under way nothing is shown any more */
  gboolean quiet; /* the seek under way only brings the pipeline to the frame that is shown */
  SemioFrameCache *cache;
  guint rest_source, settle_source, landing_source;
  SemioPlaybackTarget held; /* is waited for from the cache, frame -1 none */

  guint reverse_source;
  double reverse_speed;
  gint64 reverse_us, reverse_ns; /* when and where the clock of playing backward was set */

  gboolean sound_adrift; /* the sound does not */
  GstSample *waiting; /* for a free buffer */
  gint64 waiting_frame;
  guint64 waiting_serial; /* of the seek that ends with it, 0 none */
};

gint64 semio_playback_get_last_frame (SemioPlayback *self);
void semio_playback_tell (SemioPlayback *self, SemioMessageType type, guint64 serial, GVariant *body);
/* Sends a picture, or keeps it until a buffer is free; a newer one takes its place. */
void semio_playback_send_picture (SemioPlayback *self, GstSample *sample, gint64 frame, guint64 serial);
void semio_playback_begin_seek (SemioPlayback *self, gint64 frame, guint64 serial);
/* Sends the seek for the target that was set. */
void semio_playback_send_seek (SemioPlayback *self);
void semio_playback_tell_end (SemioPlayback *self);

/* What comes from the frame cache: semio-playback-held.c. */
void semio_playback_open_cache (SemioPlayback *self);
/* Somebody waits for the decoder: the cache must not take the processor from it. */
void semio_playback_stop_filling (SemioPlayback *self);
/* Whether the seek that is sent next is for one picture alone. */
void semio_playback_choose_landing (SemioPlayback *self);
/* A picture stands: soon the frames before it are made ready. */
void semio_playback_rest (SemioPlayback *self);
/* Shows a frame that is held ready, whatever the pipeline is doing. */
gboolean semio_playback_show_held (SemioPlayback *self, SemioPlaybackTarget target);
/* Whether a frame a little behind is now waited for from the cache. */
gboolean semio_playback_wait_for_held (SemioPlayback *self, SemioPlaybackTarget target);
/* Plays backward from the frame shown. */
void semio_playback_reverse (SemioPlayback *self, double speed);
void semio_playback_stop_reverse (SemioPlayback *self);

/* Hardware decoding: semio-playback-decoder.c. */
void semio_playback_choose_decoder (SemioPlayback *self, SemioAliveFunc alive);
gboolean semio_playback_leave_decoder (SemioPlayback *self);
/* FALSE when hardware shows another picture than software. */
gboolean semio_playback_check_decoder (SemioPlayback *self);
/* Opens the file again by software and looks for what was looked for, or shown. */
void semio_playback_open_by_software (SemioPlayback *self);

G_END_DECLS
