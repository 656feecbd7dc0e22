/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-layout.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

/* Paints what a lane prepared; the origin is the track's left end at the lane's top. Answers are told apart by shape
 * and word as well as by colour: yes is filled, no is outlined, not applicable and not assessable are dotted, a failed one is hatched, a
 * missing one is a thin dash. */
void semio_cell_painter_append_answer (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item);
/* The reference: a yes is a bar with closed ends where its times are known; always with its word. */
void semio_cell_painter_append_reference (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLane *lane,
                                          const SemioLaneItem *item);
/* The frame around the cell in hand. */
void semio_cell_painter_append_selection (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item);

G_END_DECLS
