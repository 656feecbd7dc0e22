/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-span.h"

G_BEGIN_DECLS

/**
 * SemioPlayTracker:
 *
 * What of a recording was played: the union of the spans that ran by, from which a rating takes the share of the event
 * and of the cited segments. Plain memory, knows neither player nor clock.
 */
typedef struct _SemioPlayTracker SemioPlayTracker;

SemioPlayTracker *semio_play_tracker_new (void);
void semio_play_tracker_free (SemioPlayTracker *tracker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPlayTracker, semio_play_tracker_free)

/* A frame that is shown for [begin, end) came on while playing at a speed. What lies between it and the frame before
 * counts as played unless a break stands between them or the gap is longer than half a second of playing. */
void semio_play_tracker_play (SemioPlayTracker *tracker, SemioSpan shown, double speed);
/* Playing stopped, or goes on from somewhere else. */
void semio_play_tracker_break (SemioPlayTracker *tracker);
/* Adds a span as it is; empty ones are ignored. */
void semio_play_tracker_add (SemioPlayTracker *tracker, SemioSpan span);

guint semio_play_tracker_get_n_spans (SemioPlayTracker *tracker);
/* Spans are in order of time, apart from one another. */
SemioSpan semio_play_tracker_get_span (SemioPlayTracker *tracker, guint index);
gint64 semio_play_tracker_get_played_ns (SemioPlayTracker *tracker, SemioSpan within);
/* Share of the union of some spans that was played, 0 to 1; 0 when they are empty. */
double semio_play_tracker_get_share (SemioPlayTracker *tracker, const SemioSpan *spans, guint n_spans);

G_END_DECLS
