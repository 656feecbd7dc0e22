/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-axis.h"
#include "semio-timeline-style.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_LAYER (semio_timeline_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (SemioTimelineLayer, semio_timeline_layer, SEMIO, TIMELINE_LAYER, GtkWidget)

/**
 * SemioTimelineLayer:
 *
 * A part of the timeline that is painted over the same time: left of it the label column, right of it the track, where
 * the axis holds. It is painted anew when the axis changes.
 */
struct _SemioTimelineLayerClass {
  GtkWidgetClass parent_class;

  /* The axis shows another span or has another width. */
  void (*axis_changed) (SemioTimelineLayer *self);
};

void semio_timeline_layer_set_shared (SemioTimelineLayer *self, SemioAxis *axis, SemioTimelineStyle *style);
SemioAxis *semio_timeline_layer_get_axis (SemioTimelineLayer *self);
SemioTimelineStyle *semio_timeline_layer_get_style (SemioTimelineLayer *self);
const GdkRGBA *semio_timeline_layer_get_color (SemioTimelineLayer *self, SemioTimelineColor color);
/* Left end of the track. */
int semio_timeline_layer_get_track_x (SemioTimelineLayer *self);

/* Painting helpers for parts of the timeline. */
void semio_timeline_layer_append_rect (SemioTimelineLayer *self, GtkSnapshot *snapshot, SemioTimelineColor color, double x,
                                       double y, double width, double height);
void semio_timeline_layer_append_text (SemioTimelineLayer *self, GtkSnapshot *snapshot, PangoLayout *layout,
                                       SemioTimelineColor color, double x, double y);
void semio_timeline_layer_push_track (SemioTimelineLayer *self, GtkSnapshot *snapshot);
void semio_timeline_layer_draw_text (SemioTimelineLayer *self, cairo_t *cr, PangoLayout *layout, SemioTimelineColor color,
                                     double x, double y);
/* A drawing over the track, its origin the track's left end; ended by cairo_destroy(). */
cairo_t *semio_timeline_layer_append_drawing (SemioTimelineLayer *self, GtkSnapshot *snapshot);

G_END_DECLS
