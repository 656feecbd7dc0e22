/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RATING_MARKS (semio_rating_marks_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingMarks, semio_rating_marks, SEMIO, RATING_MARKS, GtkPopover)

/**
 * SemioRatingMarks:
 *
 * The error marks of an explanation. It keeps to the item that was the target when it opened. Digits toggle, Esc closes.
 */
GtkWidget *semio_rating_marks_new (SemioRatingController *controller);

G_END_DECLS
