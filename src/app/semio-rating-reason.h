/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RATING_REASON (semio_rating_reason_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingReason, semio_rating_reason, SEMIO, RATING_REASON, GtkPopover)

/**
 * SemioRatingReason:
 *
 * Why an explanation cannot be judged. Digits or arrows with Enter choose, Esc closes.
 */
GtkWidget *semio_rating_reason_new (SemioRatingController *controller);

G_END_DECLS
