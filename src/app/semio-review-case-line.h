/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-case.h"
#include "semio-player.h"
#include "semio-review.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_REVIEW_CASE_LINE (semio_review_case_line_get_type ())
G_DECLARE_FINAL_TYPE (SemioReviewCaseLine, semio_review_case_line, SEMIO, REVIEW_CASE_LINE, GtkWidget)

/**
 * SemioReviewCaseLine:
 *
 * The line over the picture: which case it is, its length, rate and sound, onset and offset, and what is hidden. What is
 * hidden is revealed, and hidden again, by one click ("review.reveal-…").
 */
GtkWidget *semio_review_case_line_new (void);

/* what (nullable): the case as it stands now, which may have been changed since it was opened. player tells whether sound
   reaches the person. */
void semio_review_case_line_show (SemioReviewCaseLine *self, SemioReview *review, SemioPlayer *player, SemioCase *what);

/* Opens what the reference says of the event, where it says something and is revealed. */
void semio_review_case_line_open_report (SemioReviewCaseLine *self);

/* Whether a copy for quick steps would be of use, and whether there is one. */
void semio_review_case_line_show_copy (SemioReviewCaseLine *self, gboolean is_of_use, gboolean has_copy);

G_END_DECLS
