/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-lane-set.h"
#include "semio-review.h"

G_BEGIN_DECLS

/* The lanes of a review as the person may see them now: runs under the names the review gives them, the reference only
 * when it is revealed. */
SemioLaneSet *semio_lane_review_build (SemioReview *review, SemioFeatureSet *features);

G_END_DECLS
