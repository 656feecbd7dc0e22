/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RATING_COMMENT (semio_rating_comment_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingComment, semio_rating_comment, SEMIO, RATING_COMMENT, GtkPopover)

/**
 * SemioRatingComment:
 *
 * The comment on an explanation. Every change is a draft that outlives a crash; leaving makes it one entry. It keeps to the
 * item that was the target when it opened.
 */
GtkWidget *semio_rating_comment_new (SemioRatingController *controller);

G_END_DECLS
