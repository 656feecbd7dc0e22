/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_HOVER_LAYER (semio_hover_layer_get_type ())
G_DECLARE_FINAL_TYPE (SemioHoverLayer, semio_hover_layer, SEMIO, HOVER_LAYER, SemioTimelineLayer)

/**
 * SemioHoverLayer:
 *
 * The thin line under the pointer, with its time in the ruler.
 */
GtkWidget *semio_hover_layer_new (SemioAxis *axis, SemioTimelineStyle *style);

/* x counts from the left end of the track; a negative one hides the line. */
void semio_hover_layer_set_x (SemioHoverLayer *self, double x_px);
/* Fonts changed. */
void semio_hover_layer_reset (SemioHoverLayer *self);

G_END_DECLS
