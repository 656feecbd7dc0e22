/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-timeline-lane.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_LIST (semio_timeline_list_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineList, semio_timeline_list, SEMIO, TIMELINE_LIST, GtkWidget)

/**
 * SemioTimelineList:
 *
 * Headings and lanes one under another, placed by the layout.
 *
 * Signals: "lane-activated" (#SemioTimelineLane): Enter or Space on a lane that has the focus.
 */
GtkWidget *semio_timeline_list_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_timeline_list_set_lane_set (SemioTimelineList *self, SemioLaneSet *set);
void semio_timeline_list_set_selected (SemioTimelineList *self, int feature, int run, int segment);
/* What of the list is in sight: only that is painted. */
void semio_timeline_list_set_scroll (SemioTimelineList *self, GtkAdjustment *scroll);
/* Fonts or colours changed. */
void semio_timeline_list_reset (SemioTimelineList *self);

/* (nullable): the lane at a height of the list. */
SemioTimelineLane *semio_timeline_list_get_lane_at (SemioTimelineList *self, double y_px);
/* Where a feature's lane stands; FALSE when it is not shown. */
gboolean semio_timeline_list_get_lane_range (SemioTimelineList *self, int feature, int *y_px, int *height_px);
/* Lays out the lanes that are in sight. */
void semio_timeline_list_prepare (SemioTimelineList *self);
guint64 semio_timeline_list_get_n_snapshots (SemioTimelineList *self);

G_END_DECLS
