/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-timeline-layer.h"
#include "semio-timeline-selection.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_SELECTION_LAYER (semio_selection_layer_get_type ())
G_DECLARE_FINAL_TYPE (SemioSelectionLayer, semio_selection_layer, SEMIO, SELECTION_LAYER, SemioTimelineLayer)

/**
 * SemioSelectionLayer:
 *
 * What is selected: a tint over the lanes between two lines, and its length on the ruler. Takes no input.
 */
GtkWidget *semio_selection_layer_new (SemioAxis *axis, SemioTimelineStyle *style, SemioTimelineSelection *selection);

/* Fonts or colours changed. */
void semio_selection_layer_reset (SemioSelectionLayer *self);

G_END_DECLS
