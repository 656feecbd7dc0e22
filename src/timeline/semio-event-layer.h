/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-event.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_EVENT_LAYER (semio_event_layer_get_type ())
G_DECLARE_FINAL_TYPE (SemioEventLayer, semio_event_layer, SEMIO, EVENT_LAYER, SemioTimelineLayer)

typedef enum {
  SEMIO_EVENT_LAYER_GROUND, /* the tint, under the lanes, so that it changes no cell's colour */
  SEMIO_EVENT_LAYER_LINES, /* onset and offset, over the lanes */
} SemioEventLayerPart;

/**
 * SemioEventLayer:
 *
 * Onset and offset as dashed lines over all lanes, or the tint between them under the lanes. The words stand in the
 * ruler.
 */
GtkWidget *semio_event_layer_new (SemioAxis *axis, SemioTimelineStyle *style, SemioEventLayerPart part);

void semio_event_layer_set_event (SemioEventLayer *self, const SemioEvent *event, gint64 end_ns);

G_END_DECLS
