/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-feature-set.h"
#include "semio-rating-box.h"
#include "semio-rating-controller.h"
#include "semio-seen-box.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_FEATURE_PANEL (semio_feature_panel_get_type ())
G_DECLARE_FINAL_TYPE (SemioFeaturePanel, semio_feature_panel, SEMIO, FEATURE_PANEL, GtkWidget)

/**
 * SemioFeaturePanel:
 *
 * The features of a case in their groups, one of them open with its explanation and the scale.
 *
 * Signals: "choose" (guint feature, int run; −1: any run), "segment-chosen" (int segment).
 */
GtkWidget *semio_feature_panel_new (SemioRatingController *controller);

/* Rows are built once a feature set and shown again for every case. */
void semio_feature_panel_set_features (SemioFeaturePanel *self, SemioFeatureSet *features);
void semio_feature_panel_set_review (SemioFeaturePanel *self, SemioReview *review);
/* Reads one feature's items again, or with −1 all. */
void semio_feature_panel_refresh (SemioFeaturePanel *self, int feature);
SemioRatingBox *semio_feature_panel_get_rating_box (SemioFeaturePanel *self);
SemioSeenBox *semio_feature_panel_get_seen_box (SemioFeaturePanel *self);

G_END_DECLS
