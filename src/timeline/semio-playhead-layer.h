/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_PLAYHEAD_LAYER (semio_playhead_layer_get_type ())
G_DECLARE_FINAL_TYPE (SemioPlayheadLayer, semio_playhead_layer, SEMIO, PLAYHEAD_LAYER, SemioTimelineLayer)

/**
 * SemioPlayheadLayer:
 *
 * The line at the time of the frame that is shown, with a handle in the ruler. Alone on its layer, so that playing
 * repaints nothing else.
 */
GtkWidget *semio_playhead_layer_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_playhead_layer_set_position (SemioPlayheadLayer *self, gint64 position_ns);
gint64 semio_playhead_layer_get_position (SemioPlayheadLayer *self);

G_END_DECLS
