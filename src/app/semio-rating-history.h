/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RATING_HISTORY (semio_rating_history_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingHistory, semio_rating_history, SEMIO, RATING_HISTORY, GtkPopover)

/**
 * SemioRatingHistory:
 *
 * All judgements of the person on the target, newest first, with what became of them.
 */
GtkWidget *semio_rating_history_new (SemioRatingController *controller);

G_END_DECLS
