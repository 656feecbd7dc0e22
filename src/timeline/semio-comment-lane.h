/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-review.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_COMMENT_LANE (semio_comment_lane_get_type ())
G_DECLARE_FINAL_TYPE (SemioCommentLane, semio_comment_lane, SEMIO, COMMENT_LANE, SemioTimelineLayer)

/**
 * SemioCommentLane:
 *
 * The person's comments: each a mark where the first segment begins that its explanation stands on. What it says is told by the
 * tooltip, and all of them by the accessible description.
 */
GtkWidget *semio_comment_lane_new (SemioAxis *axis, SemioTimelineStyle *style);

/* review (nullable). Reads its comments anew; hidden without any. */
void semio_comment_lane_show (SemioCommentLane *self, SemioReview *review, SemioFeatureSet *features);
guint semio_comment_lane_get_n_comments (SemioCommentLane *self);
/* Fonts or colours changed. */
void semio_comment_lane_reset (SemioCommentLane *self);

G_END_DECLS
