/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-answer.h"
#include "semio-feature-set.h"
#include "semio-span.h"

G_BEGIN_DECLS

#define SEMIO_SEGMENT_LENGTH_NS (30 * SEMIO_NS_PER_SECOND)
#define SEMIO_SEGMENT_STEP_NS (25 * SEMIO_NS_PER_SECOND)

/* How a recording is cut into windows: each so long, each so much after the last; zeros are the usual 30 s and 25 s. */
typedef struct {
  gint64 length_ns;
  gint64 step_ns;
} SemioSegmentPlan;

/* Segments start at 0, 25, 50 s while the start lies before the end and the window is not wholly inside the one before. */
guint semio_segments_count (gint64 duration_ns);
/* The last may be short. With an unknown duration (0) the whole window. */
SemioSpan semio_segments_get_span (guint segment, gint64 duration_ns);
/* The same of windows that a run cut otherwise. */
guint semio_segment_plan_count (SemioSegmentPlan plan, gint64 duration_ns);
SemioSpan semio_segment_plan_get_span (SemioSegmentPlan plan, guint segment, gint64 duration_ns);

typedef enum {
  SEMIO_JOIN_POLICY_EVENT, /* segments that overlap the event; all when it is unknown */
  SEMIO_JOIN_POLICY_PUBLISHED, /* all segments, any yes, sleep from the first */
} SemioJoinPolicy;

/* Joins the answers of segments 0..n-1 (SEMIO_ANSWER_MISSING where a segment has none) to the answer of the recording.
 * event is NULL when unknown. When cited is not NULL it is set, of n entries, to whether a segment speaks for the
 * joined answer: for a yes the segments that said yes, for a no all that were joined. */
SemioAnswer semio_segments_join (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan,
                                 const SemioAnswer *answers, guint n, gint64 duration_ns, const SemioSpan *event,
                                 gboolean *cited);

/* The same of scores, of which the highest is the most of a yes; not finite ones say nothing. NAN when none is finite. */
double semio_segments_join_scores (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan,
                                   const double *scores, guint n, gint64 duration_ns, const SemioSpan *event);

G_END_DECLS
