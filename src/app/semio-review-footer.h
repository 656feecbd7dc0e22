/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_REVIEW_FOOTER (semio_review_footer_get_type ())
G_DECLARE_FINAL_TYPE (SemioReviewFooter, semio_review_footer, SEMIO, REVIEW_FOOTER, GtkWidget)

/**
 * SemioReviewFooter:
 *
 * How far the person has come in all cases, how long the rest takes, and the way to the next item.
 */
GtkWidget *semio_review_footer_new (void);

void semio_review_footer_show (SemioReviewFooter *self, SemioStudy *study);

G_END_DECLS
