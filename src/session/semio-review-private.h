/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-review.h"

G_BEGIN_DECLS

/* What a review is made of, as the read thread loads it. */
typedef struct {
  SemioRecording *recording;
  SemioFrameIndex *frame_index; /* (nullable) */
  GFile *file; /* (nullable) */
  SemioEvent event;
  gboolean has_reference;
  gint64 person_id; /* 0 nobody */
  GPtrArray *runs; /* of SemioRun */
  SemioFeatureSet *features;
  guint n_features;
  SemioLabel *labels; /* by feature */
  GArray *findings; /* (nullable) of SemioFinding: what the reference says beside its labels */
  GPtrArray *items; /* of SemioItem */
  GPtrArray *ratings; /* of SemioRating: all of the person's on this recording, oldest first */
  GPtrArray *others; /* of SemioRating: what stands of other persons on this recording, oldest first */
  GPtrArray *bookmarks; /* of SemioBookmark: everybody's, in order of time */
  GHashTable *person_names; /* person id → name */
  gboolean reference_seen; /* revealed at some time: the ratings that follow are marked */
  gboolean runs_seen;
} SemioReviewContent;

void semio_review_content_free (SemioReviewContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioReviewContent, semio_review_content_free)

/* Takes the content. */
SemioReview *semio_review_new (SemioReviewContent *content);
/* Replaces all, after a change elsewhere; what is revealed stays so. Takes the content; tells of every item. */
void semio_review_replace (SemioReview *review, SemioReviewContent *content);

/* A judgement was stored (read back), or a withdrawal. */
void semio_review_apply_rating (SemioReview *review, SemioRating *rating);
/* A bookmark was written (read back), or one that stood stands no more: either may be NULL. */
void semio_review_apply_bookmark (SemioReview *review, const SemioUuid *gone, SemioBookmark *bookmark);
/* (nullable): the person's own at a time. */
SemioBookmark *semio_review_find_bookmark (SemioReview *review, gint64 time_ns);
void semio_review_set_draft (SemioReview *review, guint item, const char *text);
void semio_review_set_file (SemioReview *review, GFile *file);
/* Marks both what is shown and what was seen; FALSE leaves as it is. */
void semio_review_reveal (SemioReview *review, gboolean reference, gboolean runs);
void semio_review_hide (SemioReview *review, gboolean reference, gboolean runs);
/* What the person has seen of the reference and the runs' names here, shown now or not. */
SemioVisible semio_review_get_seen (SemioReview *review);
int semio_review_find_key (SemioReview *review, const SemioItemKey *key);

G_END_DECLS
