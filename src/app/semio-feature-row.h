/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-review.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_FEATURE_ROW (semio_feature_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioFeatureRow, semio_feature_row, SEMIO, FEATURE_ROW, GtkListBoxRow)

/**
 * SemioFeatureRow:
 *
 * One feature: its label, the reference when revealed, a chip per run, and room for the detail while it is open.
 *
 * Signal: "choose" (guint run).
 */
GtkWidget *semio_feature_row_new (guint feature, const char *label, const char *definition);

guint semio_feature_row_get_feature (SemioFeatureRow *self);
/* columns: a #GtkSizeGroup per run, so that chips stand under one another. */
void semio_feature_row_set_review (SemioFeatureRow *self, SemioReview *review, GPtrArray *columns);
/* Reads the items again; selected is the run in hand when this feature is, −1 otherwise. */
void semio_feature_row_refresh (SemioFeatureRow *self, int selected_run);
/* Takes the detail in and opens, or with NULL gives it up and closes. */
void semio_feature_row_set_detail (SemioFeatureRow *self, GtkWidget *detail);

G_END_DECLS
