/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-frame.h"
#include "semio-frame-index.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_PLAYER_EMPTY,
  SEMIO_PLAYER_LOADING,
  SEMIO_PLAYER_PAUSED,
  SEMIO_PLAYER_PLAYING,
  SEMIO_PLAYER_ENDED, /* paused on the last frame */
  SEMIO_PLAYER_FAILED,
} SemioPlayerState;

#define SEMIO_TYPE_PLAYER_STATE (semio_player_state_get_type ())
GType semio_player_state_get_type (void);

#define SEMIO_TYPE_PLAYER (semio_player_get_type ())
G_DECLARE_FINAL_TYPE (SemioPlayer, semio_player, SEMIO, PLAYER, GObject)

/**
 * SemioPlayer:
 *
 * Plays one recording in a helper process of its own. Main-thread object; nothing blocks.
 *
 * Properties (all notify in the main context): "state" (#SemioPlayerState), "frame" (gint64: the frame that is shown;
 * -1 none), "position" (gint64 ns: time of that frame), "speed" (double 0.1–8), "volume" (double 0–1, cubic),
 * "muted" (boolean), "sound-output" (boolean: a sound device took it), "has-sound" (boolean: the recording has a track).
 *
 * Signals:
 * - "frame-ready" (#SemioFrame): a new frame to paint; "frame" and "position" already tell it.
 * - "failed" (GError): nothing can be played now; the file stays loaded and semio_player_retry() tries again.
 * - "notice" (const char *): something to tell the person that does not stop the work ("The video process stopped and
 *   was started again at 0:12.400.").
 * - "seek-done" (gint64 frame).
 *
 * One seek is in flight, the newest target wins; steps made while one decodes step from the pending target. When the
 * helper dies it is started again and cued at the same frame, once every ten seconds at most; then "failed".
 */
SemioPlayer *semio_player_new (void);

void semio_player_load (SemioPlayer *player, GFile *file, SemioFrameIndex *index, gint64 first_frame);
void semio_player_unload (SemioPlayer *player);
void semio_player_retry (SemioPlayer *player);

void semio_player_play (SemioPlayer *player);
void semio_player_pause (SemioPlayer *player);
void semio_player_toggle (SemioPlayer *player);
/* Plays from begin to end (ns, [begin, end)), then pauses on the last frame before end. */
void semio_player_play_span (SemioPlayer *player, gint64 begin_ns, gint64 end_ns, double speed);
/* The same again and again, without a gap where the container allows it, until something else is asked for. */
void semio_player_play_loop (SemioPlayer *player, gint64 begin_ns, gint64 end_ns, double speed);
/* Backward from the frame shown, without sound, at 0.1 to 1; pauses at the beginning. */
void semio_player_play_reverse (SemioPlayer *player, double speed);
/* Exact, with the picture paused or playing on. */
void semio_player_seek_frame (SemioPlayer *player, gint64 frame);
void semio_player_seek_time (SemioPlayer *player, gint64 time_ns);
/* Pauses when playing. */
void semio_player_step (SemioPlayer *player, int n_frames);
/* One step of a key that is held down, for each picture of the screen: does nothing and returns FALSE while the last step is
 * not shown yet, so that the picture stops when the key is let go. */
gboolean semio_player_step_held (SemioPlayer *player, int n_frames);
/* While a handle is dragged: what is at hand near this frame, under its own number. Pauses when playing. Where it comes to
 * rest, semio_player_seek_frame() lands exactly. */
void semio_player_scrub_frame (SemioPlayer *player, gint64 frame);
void semio_player_jump (SemioPlayer *player, gint64 delta_ns);
void semio_player_set_speed (SemioPlayer *player, double speed);
void semio_player_set_volume (SemioPlayer *player, double volume);
void semio_player_set_muted (SemioPlayer *player, gboolean muted);
/* Frames of an interlaced recording come without combs: one picture from the top field of each, under the same number. Kept
 * for what is loaded next. */
void semio_player_set_deinterlaced (SemioPlayer *player, gboolean deinterlaced);
gboolean semio_player_get_deinterlaced (SemioPlayer *player);
/* Whether an interlaced frame has come by since loading. */
gboolean semio_player_get_interlaced (SemioPlayer *player);
/* Whether the graphics card may decode what is loaded next. It does so only after its pictures were found to be the ones that
 * the program makes itself; where they are not, "notice" says so and this player never asks it again. */
void semio_player_set_hardware (SemioPlayer *player, gboolean hardware);
/* Whether it decodes what is played. */
gboolean semio_player_get_hardware_used (SemioPlayer *player);
/* Frames come scaled to fit this many device pixels (aspect kept), in the helper. */
void semio_player_set_view_size (SemioPlayer *player, int width_px, int height_px);

SemioPlayerState semio_player_get_state (SemioPlayer *player);
gint64 semio_player_get_frame (SemioPlayer *player);
gint64 semio_player_get_position_ns (SemioPlayer *player);
double semio_player_get_speed (SemioPlayer *player);
double semio_player_get_volume (SemioPlayer *player);
gboolean semio_player_get_muted (SemioPlayer *player);
gboolean semio_player_get_has_sound (SemioPlayer *player);
gboolean semio_player_get_sound_output (SemioPlayer *player);
SemioFrameIndex *semio_player_get_index (SemioPlayer *player);
/* Process id of the helper, 0 when none runs; for tests and benches. */
int semio_player_get_helper_pid (SemioPlayer *player);
/* How long a helper may be silent while something is expected of it; 0 for the usual ten seconds. */
void semio_player_set_patience_ms (SemioPlayer *player, guint patience_ms);

G_END_DECLS
