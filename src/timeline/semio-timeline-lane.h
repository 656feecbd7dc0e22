/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-layout.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_LANE (semio_timeline_lane_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineLane, semio_timeline_lane, SEMIO, TIMELINE_LANE, SemioTimelineLayer)

/**
 * SemioTimelineLane:
 *
 * One feature: its name, a row of cells per run, and the reference's bar. Its accessible name is the lane's sentence.
 *
 * Signals: "activate": Enter or Space while it has the focus.
 */
GtkWidget *semio_timeline_lane_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_timeline_lane_set_lane (SemioTimelineLane *self, SemioLaneSet *set, guint index);
const SemioLane *semio_timeline_lane_get_lane (SemioTimelineLane *self);
/* Whether it is the lane in hand, and which cell of it (run as the feature's run, -1 none). */
void semio_timeline_lane_set_selected (SemioTimelineLane *self, gboolean selected, int run, int segment);
/* Fonts or colours changed. */
void semio_timeline_lane_reset (SemioTimelineLane *self);

/* What lies at a point in the widget's coordinates. */
SemioLaneHit semio_timeline_lane_hit (SemioTimelineLane *self, double x_px, double y_px);
/* (transfer full): what to tell about a point. */
char *semio_timeline_lane_describe (SemioTimelineLane *self, double x_px, double y_px);

guint64 semio_timeline_lane_get_n_snapshots (SemioTimelineLane *self);

/* Whether the feature's name has no room in whole. */
gboolean semio_timeline_lane_get_name_is_cut (SemioTimelineLane *self);

/* The interval that lies there: an answer's segment, or the reference where its times are known. */
gboolean semio_timeline_lane_get_span_at (SemioTimelineLane *self, double x_px, double y_px, SemioSpan *span);

/* Lays out what is visible of it, unless that was done. */
void semio_timeline_lane_prepare (SemioTimelineLane *self);

/* The interval that the keyboard stands on, drawn while the lane has the focus and told to assistive technology. A first move
 * goes to the one of a run at a time, further ones to its neighbours; FALSE without any. */
gboolean semio_timeline_lane_move_cursor (SemioTimelineLane *self, int direction, int run, gint64 time_ns);
/* FALSE while it stands on none. */
gboolean semio_timeline_lane_get_cursor (SemioTimelineLane *self, const SemioLaneRun **run, const SemioLaneAnswer **answer);

G_END_DECLS
