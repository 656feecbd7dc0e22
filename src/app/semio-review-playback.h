/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-player-controls.h"
#include "semio-review.h"
#include "semio-timeline.h"
#include "semio-video-view.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_REVIEW_PLAYBACK (semio_review_playback_get_type ())
G_DECLARE_FINAL_TYPE (SemioReviewPlayback, semio_review_playback, SEMIO, REVIEW_PLAYBACK, GObject)

/**
 * SemioReviewPlayback:
 *
 * The recording in hand and its player: what the keys of playing do, which widgets follow the frame that is shown, and
 * what of each recording was played so far.
 *
 * Signals: "played" (the person started it), "frame" (another frame is shown), "notice" (const char *: a sentence for
 * the page).
 */
SemioReviewPlayback *semio_review_playback_new (SemioVideoView *view, SemioPlayerControls *controls, SemioTimeline *timeline);

SemioPlayer *semio_review_playback_get_player (SemioReviewPlayback *self);
/* Cues the review's video at onset −10 s, paused; keeps the position when it is the same recording. */
void semio_review_playback_set_review (SemioReviewPlayback *self, SemioReview *review);
/* Where the next review that is set begins instead; SEMIO_TIME_NONE: as usual. */
void semio_review_playback_set_first (SemioReviewPlayback *self, gint64 time_ns);
/* Looks anew for what the picture is read from, and goes on at the same frame. */
void semio_review_playback_reload (SemioReviewPlayback *self);
/* After the picture could not be had. */
void semio_review_playback_retry (SemioReviewPlayback *self);
/* Another person: what was played so far was not played to that one. */
void semio_review_playback_forget_played (SemioReviewPlayback *self);
/* Stops playing, as when the page goes off screen. */
void semio_review_playback_stop (SemioReviewPlayback *self);

void semio_review_playback_toggle (SemioReviewPlayback *self);
void semio_review_playback_step (SemioReviewPlayback *self, int n_frames);
void semio_review_playback_jump (SemioReviewPlayback *self, gint64 delta_ns);
/* Steps at the rate of the screen while a key is held, until it is let go or anything else is asked for. */
void semio_review_playback_hold_step (SemioReviewPlayback *self, int n_frames);
void semio_review_playback_release (SemioReviewPlayback *self);
/* While the pointer drags: the nearest picture at hand, under its own number; where it rests, a seek lands exactly. */
void semio_review_playback_scrub (SemioReviewPlayback *self, gint64 time_ns);
void semio_review_playback_seek (SemioReviewPlayback *self, gint64 time_ns);
/* Plays [begin, end) once, then takes the person's own speed again. */
void semio_review_playback_play_span (SemioReviewPlayback *self, SemioSpan span, double speed);
/* The person's own speed. */
void semio_review_playback_set_speed (SemioReviewPlayback *self, double speed);
double semio_review_playback_get_speed (SemioReviewPlayback *self);
/* One step of the usual speeds slower (−1) or faster (1), or normal (0). */
void semio_review_playback_change_speed (SemioReviewPlayback *self, int direction);
/* −1: backwards, faster every time; 1: forwards, faster every time. */
void semio_review_playback_shuttle (SemioReviewPlayback *self, int direction);
void semio_review_playback_toggle_muted (SemioReviewPlayback *self);
/* One end of the selection at the frame that is shown. */
void semio_review_playback_mark (SemioReviewPlayback *self, gboolean is_out);
/* Plays the selection round and round, without one the fallback, or stops doing so. */
void semio_review_playback_toggle_loop (SemioReviewPlayback *self, SemioSpan fallback);

/* Whether sound reaches the person. */
gboolean semio_review_playback_is_audible (SemioReviewPlayback *self);
/* Share of some spans of a recording that was played. */
double semio_review_playback_get_share (SemioReviewPlayback *self, gint64 recording_id, const SemioSpan *spans, guint n_spans);

G_END_DECLS
