/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-hover-layer.h"
#include "semio-timeline-input.h"
#include "semio-timeline-selection.h"
#include "semio-timeline.h"

G_BEGIN_DECLS

struct _SemioTimeline {
  GtkWidget parent_instance;
  SemioAxis *axis;
  SemioTimelineStyle *style;
  SemioTimelineSelection *selection;
  SemioTimelineInput *input;
  GtkWidget *ruler, *scroller, *list, *event_ground, *event_lines, *selection_layer, *hover_layer, *playhead_layer;
  SemioReview *review;
  SemioFeatureSet *features;
  SemioLaneSet *set;
  gint64 position_ns;
  gboolean follow;
  int feature, run, segment; /* in hand */
  guint reveal_id;
};

/* The event with some time about it; the whole when it is not known. */
SemioSpan semio_timeline_get_event_view (SemioTimeline *self);

G_END_DECLS
