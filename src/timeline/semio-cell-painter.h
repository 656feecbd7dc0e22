/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-layout.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

/* Draws what a lane prepared; the origin is the track's left end at the lane's top. Answers are told apart by shape
 * and word as well as by colour: yes is filled, no is outlined, not applicable and not assessable are dotted, a failed one is
 * hatched, a missing one is a thin dash. The reference's yes is a bar with closed ends where its times are known; it always
 * has its word. What a person judged is a tinted ground with the scores.
 *
 * All of a lane goes into few commands of one drawing. A renderer draws a node of its own for each cell anew at every frame,
 * seen or not; the commands of one drawing it looks up by place, so that a frame in which only the playhead moved costs
 * what lies under the playhead. */
void semio_cell_painter_draw (SemioTimelineLayer *layer, cairo_t *cr, const SemioLane *lane, const GArray *items);
/* The frame around the cell in hand. */
void semio_cell_painter_draw_selection (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item);
/* The frame around the cell that the keyboard stands on. */
void semio_cell_painter_draw_cursor (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item);

G_END_DECLS
