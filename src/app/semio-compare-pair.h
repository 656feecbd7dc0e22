/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-player.h"
#include "semio-span.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

typedef enum { SEMIO_COMPARE_LEFT, SEMIO_COMPARE_RIGHT, SEMIO_COMPARE_N_SIDES } SemioCompareSide;

#define SEMIO_TYPE_COMPARE_PAIR (semio_compare_pair_get_type ())
G_DECLARE_FINAL_TYPE (SemioComparePair, semio_compare_pair, SEMIO, COMPARE_PAIR, GObject)

/**
 * SemioComparePair:
 *
 * Two players in step, each in a helper of its own. A moment of one and a moment of the other belong together: their
 * anchors. All times here are measured from the anchors, and only those at which both recordings show something can be
 * reached. While it plays each goes at its own clock, and how far the right one is from where it belongs is told; at every pause, step and seek the right one is brought to exactly the
 * frame that belongs to the left one's.
 *
 * Signals: "frame" (int side, SemioFrame), "changed" (the state, the anchors or what is loaded).
 */
SemioComparePair *semio_compare_pair_new (void);
/* Stops both and ends their helpers. */
void semio_compare_pair_close (SemioComparePair *self);

SemioPlayer *semio_compare_pair_get_player (SemioComparePair *self, SemioCompareSide side);
/* file (nullable): none is shown on this side. content: of the recording, whose copies serve as well. Shows the anchor. */
void semio_compare_pair_load (SemioComparePair *self, SemioCompareSide side, const SemioSha256 *content, GFile *file,
                              SemioFrameIndex *index, gint64 anchor_ns);
gboolean semio_compare_pair_is_ready (SemioComparePair *self);
gboolean semio_compare_pair_is_playing (SemioComparePair *self);

/* The times that both have, from the anchors. */
SemioSpan semio_compare_pair_get_span (SemioComparePair *self);
/* Of the left frame, shown or looked for. */
gint64 semio_compare_pair_get_time (SemioComparePair *self);
/* How far the right one is ahead of what belongs to the left one while both play, a second's mean; 0 while they stand. */
gint64 semio_compare_pair_get_drift (SemioComparePair *self);
void semio_compare_pair_toggle (SemioComparePair *self);
void semio_compare_pair_pause (SemioComparePair *self);
void semio_compare_pair_seek (SemioComparePair *self, gint64 time_ns);
/* By frames of the left one. */
void semio_compare_pair_step (SemioComparePair *self, int n_frames);
void semio_compare_pair_set_speed (SemioComparePair *self, double speed);
/* Moves what is shown on the right alone: another moment belongs to the left one from now on. */
void semio_compare_pair_shift (SemioComparePair *self, gint64 delta_ns);
void semio_compare_pair_shift_frames (SemioComparePair *self, int n_frames);
void semio_compare_pair_set_anchor (SemioComparePair *self, SemioCompareSide side, gint64 anchor_ns);
gint64 semio_compare_pair_get_anchor (SemioComparePair *self, SemioCompareSide side);

G_END_DECLS
