/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-review.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* Fills in what the page alone knows: what was visible, what was played, how long it took. */
typedef void (*SemioRatingExposureFunc) (SemioReview *review, guint item, SemioRating *rating, gpointer user_data);

#define SEMIO_TYPE_RATING_CONTROLLER (semio_rating_controller_get_type ())
G_DECLARE_FINAL_TYPE (SemioRatingController, semio_rating_controller, SEMIO, RATING_CONTROLLER, GObject)

/**
 * SemioRatingController:
 *
 * What is in hand on the Review page, and the way of a judgement from a key to the study. Judgements go to the study one
 * after another; each is built from the row that the one before left.
 *
 * Two things are in hand: the *selected* item, which scores and clearing act on, and the *target* of supports, marks and
 * comment. They are the same until a rating goes on; then the target stays with the item just rated until another is
 * chosen or played.
 *
 * Signals:
 * - "changed": anything a widget may show.
 * - "selected": another item or segment is selected.
 * - "go-on": a score is kept and the next item should come.
 * - "return-to" (#SemioItemKey *): undo or redo changed this item.
 */
SemioRatingController *semio_rating_controller_new (SemioRatingExposureFunc exposure, gpointer exposure_data);

void semio_rating_controller_set_study (SemioRatingController *self, SemioStudy *study);
SemioStudy *semio_rating_controller_get_study (SemioRatingController *self);
/* Selects nothing; the target stays with the item just rated. */
void semio_rating_controller_set_review (SemioRatingController *self, SemioReview *review);
SemioReview *semio_rating_controller_get_review (SemioRatingController *self);

/* The person chose an item (−1 none). */
void semio_rating_controller_select (SemioRatingController *self, int item);
/* The queue went on to an item: the target stays. */
void semio_rating_controller_go_to (SemioRatingController *self, int item);
int semio_rating_controller_get_selected (SemioRatingController *self);
const SemioItem *semio_rating_controller_get_selected_item (SemioRatingController *self);
/* Which segment's explanation is read; SEMIO_SEGMENT_WHOLE none. */
void semio_rating_controller_set_segment (SemioRatingController *self, int segment);
int semio_rating_controller_get_segment (SemioRatingController *self);

/* The selected item was played: the target is the selected item again. */
void semio_rating_controller_note_played (SemioRatingController *self);
/* (nullable): review of the target. */
SemioReview *semio_rating_controller_get_target (SemioRatingController *self, guint *item);
const SemioItem *semio_rating_controller_get_target_item (SemioRatingController *self);
gboolean semio_rating_controller_is_target_elsewhere (SemioRatingController *self);
/* "Tonic · A", with the case before it when it is another one. */
char *semio_rating_controller_describe (SemioRatingController *self, SemioReview *review, guint item);

/* (nullable): why nobody can rate now. */
const char *semio_rating_controller_get_obstacle (SemioRatingController *self);
/* (nullable): what the last judgement came to when it was not kept. */
const char *semio_rating_controller_get_message (SemioRatingController *self);
void semio_rating_controller_set_message (SemioRatingController *self, const char *message);
/* A judgement is on its way. */
gboolean semio_rating_controller_is_busy (SemioRatingController *self);
/* Judgements wait behind the one that was just kept. */
gboolean semio_rating_controller_has_waiting (SemioRatingController *self);
/* The target's judgement stands in the study and was read back from it. */
gboolean semio_rating_controller_is_saved (SemioRatingController *self);

void semio_rating_controller_rate (SemioRatingController *self, int score, gboolean stay);
void semio_rating_controller_cannot_judge (SemioRatingController *self, SemioCannotJudge reason);
void semio_rating_controller_clear (SemioRatingController *self);
/* Unset, yes, no, unset. */
void semio_rating_controller_cycle_supports (SemioRatingController *self);
/* For an item that was the target when a popover was opened. */
void semio_rating_controller_toggle_mark (SemioRatingController *self, SemioReview *review, guint item, SemioMarks mark);
void semio_rating_controller_set_comment (SemioRatingController *self, SemioReview *review, guint item, const char *comment);
void semio_rating_controller_undo (SemioRatingController *self);
void semio_rating_controller_redo (SemioRatingController *self);

G_END_DECLS
