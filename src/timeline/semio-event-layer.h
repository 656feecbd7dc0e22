/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-event.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_EVENT_LAYER (semio_event_layer_get_type ())
G_DECLARE_FINAL_TYPE (SemioEventLayer, semio_event_layer, SEMIO, EVENT_LAYER, SemioTimelineLayer)

/**
 * SemioEventLayer:
 *
 * Onset and offset as dashed lines over all lanes, with a tint between them. The words stand in the ruler.
 */
GtkWidget *semio_event_layer_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_event_layer_set_event (SemioEventLayer *self, const SemioEvent *event, gint64 end_ns);

G_END_DECLS
