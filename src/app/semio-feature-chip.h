/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-review.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_FEATURE_CHIP (semio_feature_chip_get_type ())
G_DECLARE_FINAL_TYPE (SemioFeatureChip, semio_feature_chip, SEMIO, FEATURE_CHIP, GtkButton)

/**
 * SemioFeatureChip:
 *
 * What one run answered for a feature, and the person's own score beside it. Answers are told apart by shape and word.
 * Clicking it chooses the item.
 */
GtkWidget *semio_feature_chip_new (void);

/* item is NULL when the run did not answer. compact leaves the word out, where many runs stand side by side. */
void semio_feature_chip_show (SemioFeatureChip *self, const SemioItem *item, const char *feature, const char *run,
                              gboolean is_selected, gboolean compact);

/* "✓", "–", "∅", … and the class that gives the shape ("yes", "no", …). */
const char *semio_feature_chip_get_sign (SemioAnswer answer);
const char *semio_feature_chip_get_class (SemioAnswer answer);

G_END_DECLS
