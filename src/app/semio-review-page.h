/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_REVIEW_PAGE (semio_review_page_get_type ())
G_DECLARE_FINAL_TYPE (SemioReviewPage, semio_review_page, SEMIO, REVIEW_PAGE, GtkWidget)

/**
 * SemioReviewPage:
 *
 * One case: the video, the timeline under it, the features with their explanations and the scale beside it. The page
 * takes its keys itself while it is on screen.
 *
 * Properties: "case-title" (string, "P07 · R031", NULL without a case), "video-only" (boolean: full screen, all but the
 * picture out of the way).
 */
GtkWidget *semio_review_page_new (void);

/* Takes loudness and silence of the player from the user's settings, and keeps them there. */
void semio_review_page_set_settings (SemioReviewPage *self, GSettings *settings);
/* NULL lets go of the study: nothing plays, nothing is held. */
void semio_review_page_set_study (SemioReviewPage *self, SemioStudy *study);
/* Opens a case at its first item that is not judged yet. Nothing plays by itself. */
void semio_review_page_open_case (SemioReviewPage *self, gint64 recording_id);
void semio_review_page_open_item (SemioReviewPage *self, const SemioItemKey *key);
/* Opens the first item of the queue; FALSE when all are judged. */
gboolean semio_review_page_open_next (SemioReviewPage *self);
/* 0 none. */
gint64 semio_review_page_get_recording_id (SemioReviewPage *self);
gboolean semio_review_page_get_video_only (SemioReviewPage *self);

G_END_DECLS
