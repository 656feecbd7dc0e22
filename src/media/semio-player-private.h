/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-helper-process.h"
#include "semio-player.h"

G_BEGIN_DECLS

/* What a player keeps, shared by its face to the program (semio-player.c) and its side of the helper
 * (semio-player-link.c). */
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
  gboolean muted, has_sound, sound_output, deinterlaced, interlaced;
  gboolean hardware, hardware_refused, hardware_used;
  int view_width_px, view_height_px;

  gboolean want_playing;
  gint64 stop_frame; /* the first after the span that is played, or none */
  gint64 loop_frame; /* where the loop that is played begins, or none */
  gboolean reversing;
  gint64 pending; /* the newest target, -1 none */
  guint64 serial;
  guint64 load_serial, seek_serial, play_serial;

  guint picture_timer; /* while a picture is waited for */
  gint64 restarted_us; /* when it was last started again, 0 never */
  char *notice; /* to be given once the picture stands again */
};

gint64 semio_player_get_last_frame (SemioPlayer *self);
/* Whether commands have somebody to go to. */
gboolean semio_player_is_loaded (SemioPlayer *self);
void semio_player_change_state (SemioPlayer *self, SemioPlayerState state);
void semio_player_change_frame (SemioPlayer *self, gint64 frame);
void semio_player_change_interlaced (SemioPlayer *self, gboolean interlaced);
void semio_player_change_hardware_used (SemioPlayer *self, gboolean used);
void semio_player_change_sound (SemioPlayer *self, gboolean has_sound, gboolean sound_output);

/* Has a helper open the file at a frame: the one that runs, or a new one. Emits "failed" when that cannot be. */
gboolean semio_player_link_start (SemioPlayer *self, gint64 frame);
void semio_player_link_stop (SemioPlayer *self);
/* What is waited for decides whether silence of the helper is a fault. */
void semio_player_link_update (SemioPlayer *self);
/* Returns the serial number of the command. */
guint64 semio_player_link_send (SemioPlayer *self, SemioMessageType type, GVariant *body);
/* Asks the helper to play on, or from a frame. */
void semio_player_link_play (SemioPlayer *self, gint64 from);

G_END_DECLS
