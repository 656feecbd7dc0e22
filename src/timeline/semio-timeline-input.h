/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-hover-layer.h"
#include "semio-timeline-list.h"
#include "semio-timeline-selection.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_INPUT (semio_timeline_input_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineInput, semio_timeline_input, SEMIO, TIMELINE_INPUT, GObject)

/**
 * SemioTimelineInput:
 *
 * Pointer, wheel and pinch of a timeline. Adds its controllers to the widget; does not outlive it.
 *
 * The pointer seeks wherever it is pressed on the track. With Shift it selects: a drag from where it was pressed, a click moves the
 * nearer end; on the ruler the ends of a selection can be taken without it. A double click selects the interval under it.
 *
 * Signals: "seek" (gint64 time_ns, gboolean final) and "activate-cell" (int feature, int run, int segment) as of
 * #SemioTimeline.
 */
SemioTimelineInput *semio_timeline_input_new (GtkWidget *timeline, SemioAxis *axis, SemioTimelineStyle *style, GtkWidget *area,
                                              SemioTimelineList *list, SemioHoverLayer *hover, SemioTimelineSelection *selection);

/* The pointer is down on the track, seeking or selecting. */
gboolean semio_timeline_input_is_dragging (SemioTimelineInput *self);

G_END_DECLS
