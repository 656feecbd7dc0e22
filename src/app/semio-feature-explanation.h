/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_FEATURE_EXPLANATION (semio_feature_explanation_get_type ())
G_DECLARE_FINAL_TYPE (SemioFeatureExplanation, semio_feature_explanation, SEMIO, FEATURE_EXPLANATION, GtkWidget)

/**
 * SemioFeatureExplanation:
 *
 * What the selected run answered in which segments, and the explanation of the segment in hand: plain text always.
 *
 * Signal: "segment-chosen" (int segment).
 */
GtkWidget *semio_feature_explanation_new (void);

/* Shows what the controller has selected. */
void semio_feature_explanation_refresh (SemioFeatureExplanation *self, SemioRatingController *controller);

G_END_DECLS
