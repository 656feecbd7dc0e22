/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-hover-layer.h"
#include "semio-timeline-list.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_INPUT (semio_timeline_input_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineInput, semio_timeline_input, SEMIO, TIMELINE_INPUT, GObject)

/**
 * SemioTimelineInput:
 *
 * Pointer, wheel and pinch of a timeline. Adds its controllers to the widget; does not outlive it.
 *
 * Signals: "seek" (gint64 time_ns, gboolean final) and "activate-cell" (int feature, int run, int segment) as of
 * #SemioTimeline.
 */
SemioTimelineInput *semio_timeline_input_new (GtkWidget *timeline, SemioAxis *axis, SemioTimelineStyle *style, GtkWidget *area,
                                              SemioTimelineList *list, SemioHoverLayer *hover);

/* The pointer is down and seeking. */
gboolean semio_timeline_input_is_dragging (SemioTimelineInput *self);

G_END_DECLS
