/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-lane-set.h"
#include "semio-review.h"

G_BEGIN_DECLS

/* The lanes of a review as the person may see them now: runs under the names the review gives them, the reference only
 * when it is revealed. */
SemioLaneSet *semio_lane_review_build (SemioReview *review, SemioFeatureSet *features);

/* A comment of the person, where the first segment begins that its explanation stands on; else at 0. */
typedef struct {
  gint64 time_ns;
  char *text; /* "Tonic · A: …" */
} SemioLaneComment;

/* (element-type SemioLaneComment): those of a review in order of time. */
GPtrArray *semio_lane_review_build_comments (SemioReview *review, SemioFeatureSet *features);

G_END_DECLS
