/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-set.h"
#include "semio-review.h"

G_BEGIN_DECLS

/* Adds a row for each person who judged a lane's explanations, the review's own person first, then others (of
 * semio_review_get_others_ratings()) in the order in which they came to the study. Without a judgement of others there is nothing
 * to compare, and no row. The lane has all runs of the review. */
void semio_lane_persons_add (SemioLane *lane, SemioReview *review, GPtrArray *others, gint64 end_ns);

G_END_DECLS
