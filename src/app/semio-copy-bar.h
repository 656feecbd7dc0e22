/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-review.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_COPY_BAR (semio_copy_bar_get_type ())
G_DECLARE_FINAL_TYPE (SemioCopyBar, semio_copy_bar, SEMIO, COPY_BAR, GtkWidget)

/**
 * SemioCopyBar:
 *
 * Offers a copy for quick steps where the key frames of the recording in hand lie far apart, and tells how far one is that is
 * being made, whichever recording is in hand meanwhile.
 *
 * Signals: "changed" (there is a copy of the recording in hand now, or none any more), "notice" (const char *: a sentence for
 * the page).
 */

/* The recording in hand. (nullable) */
void semio_copy_bar_set_review (SemioCopyBar *self, SemioReview *review);
/* Whether a copy would be of use to the recording in hand, and whether there is one. */
gboolean semio_copy_bar_is_of_use (SemioCopyBar *self);
gboolean semio_copy_bar_has_copy (SemioCopyBar *self);
/* Has a copy made, or takes it away when there is one. */
void semio_copy_bar_toggle (SemioCopyBar *self);

G_END_DECLS
