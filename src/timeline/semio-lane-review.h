/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-lane-set.h"
#include "semio-review.h"
#include "semio-transcript.h"

G_BEGIN_DECLS

/* The lanes of a review as the person may see them now: runs under the names the review gives them, the reference only
 * when it is revealed. */
SemioLaneSet *semio_lane_review_build (SemioReview *review, SemioFeatureSet *features);

/* What somebody wrote at a time of the recording. */
typedef struct {
  gint64 time_ns;
  char *text; /* all of it: "Tonic · A: …", "Head turns", "Anna: head turns" */
  char *name; /* what stands beside the mark; may be empty */
  gboolean own; /* the person's, who may change it */
} SemioLaneNote;

/* (element-type SemioLaneNote): the person's comments and those that the review shows of others, in order of time, each where the first segment begins that its explanation
 * stands on; else at 0. */
GPtrArray *semio_lane_review_build_comments (SemioReview *review, SemioFeatureSet *features);
/* (element-type SemioLaneNote): what was said, a mark for each line; empty without a transcript. */
GPtrArray *semio_lane_review_build_speech (const SemioTranscript *transcript);
/* (element-type SemioLaneNote): bookmarks in order of time, the person's own and those that the review shows of others. */
GPtrArray *semio_lane_review_build_bookmarks (SemioReview *review);

G_END_DECLS
