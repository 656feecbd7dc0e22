/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RATING_BOX (semio_rating_box_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingBox, semio_rating_box, SEMIO, RATING_BOX, GtkWidget)

/**
 * SemioRatingBox:
 *
 * The scale with the words of its anchors, whether the explanation supports its answer, error marks, comment, cannot
 * judge, history, and the tick that says what the study holds.
 */
GtkWidget *semio_rating_box_new (SemioRatingController *controller);

void semio_rating_box_open_marks (SemioRatingBox *self);
void semio_rating_box_open_comment (SemioRatingBox *self);
void semio_rating_box_open_reason (SemioRatingBox *self);
void semio_rating_box_open_history (SemioRatingBox *self);
void semio_rating_box_close_all (SemioRatingBox *self);

G_END_DECLS
