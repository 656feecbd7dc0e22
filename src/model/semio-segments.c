/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-segments.h"

#include <math.h>

/* The answers of the segments that are joined, counted. */
typedef struct {
  guint n[SEMIO_N_ANSWERS];
} Votes;

static SemioSegmentPlan
fill_plan (SemioSegmentPlan plan)
{
  if (plan.length_ns <= 0)
    plan.length_ns = SEMIO_SEGMENT_LENGTH_NS;
  if (plan.step_ns <= 0)
    plan.step_ns = plan.length_ns == SEMIO_SEGMENT_LENGTH_NS ? SEMIO_SEGMENT_STEP_NS : plan.length_ns;
  return plan;
}

/**
 * semio_segment_plan_count:
 * @plan: how the recording is cut
 * @duration_ns: length of the recording
 *
 * Segments start at 0, then at each step, while the start lies before the end and the window is not wholly inside the one
 * before, which is so while more than their overlap is left (5 s of the usual ones). Windows that leave gaps between them
 * go on while one begins before the end.
 *
 * Returns: how many segments there are; 0 when the duration is unknown
 */
guint
semio_segment_plan_count (SemioSegmentPlan plan, gint64 duration_ns)
{
  gint64 overlap_ns;

  plan = fill_plan (plan);
  overlap_ns = MAX (plan.length_ns - plan.step_ns, 0);
  if (duration_ns <= 0)
    return 0;
  if (duration_ns <= plan.length_ns && plan.step_ns <= plan.length_ns)
    return 1;
  return 1 + (guint) ((duration_ns - overlap_ns - 1) / plan.step_ns);
}

/**
 * semio_segment_plan_get_span:
 * @plan: how the recording is cut
 * @segment: from 0
 * @duration_ns: length of the recording, 0 unknown
 *
 * Returns: the window of the segment, cut at the end of the recording; empty when it starts there or later
 */
SemioSpan
semio_segment_plan_get_span (SemioSegmentPlan plan, guint segment, gint64 duration_ns)
{
  SemioSpan span;

  plan = fill_plan (plan);
  span.begin_ns = (gint64) segment * plan.step_ns;
  span.end_ns = span.begin_ns + plan.length_ns;
  if (duration_ns > 0)
    span.end_ns = MAX (MIN (span.end_ns, duration_ns), span.begin_ns);
  return span;
}

/* Of the usual plan, that of the publication. */
guint
semio_segments_count (gint64 duration_ns)
{
  return semio_segment_plan_count ((SemioSegmentPlan){ 0, 0 }, duration_ns);
}

SemioSpan
semio_segments_get_span (guint segment, gint64 duration_ns)
{
  return semio_segment_plan_get_span ((SemioSegmentPlan){ 0, 0 }, segment, duration_ns);
}

/* The first segment that holds the onset: of two it is the one that shows more of what went before. */
static guint
find_onset_segment (SemioSegmentPlan plan, guint n, gint64 duration_ns, const SemioSpan *event)
{
  if (event == NULL)
    return 0;
  for (guint i = 0; i < n; i++)
    if (semio_span_contains (semio_segment_plan_get_span (plan, i, duration_ns), event->begin_ns))
      return i;
  return 0;
}

/* Marks the segments that overlap the event. An event that overlaps none cannot be one of this recording: its time is
 * then as good as unknown, and all join. */
static void
choose_joined (SemioSegmentPlan plan, gboolean *joined, guint n, gint64 duration_ns, const SemioSpan *event)
{
  gboolean any = FALSE;

  for (guint i = 0; event != NULL && i < n; i++)
    {
      joined[i] = semio_span_overlaps (semio_segment_plan_get_span (plan, i, duration_ns), *event);
      any = any || joined[i];
    }
  for (guint i = 0; !any && i < n; i++)
    joined[i] = TRUE;
}

static SemioAnswer
decide_any (const Votes *votes)
{
  if (votes->n[SEMIO_ANSWER_YES] > 0)
    return SEMIO_ANSWER_YES;
  if (votes->n[SEMIO_ANSWER_NO] > 0)
    return SEMIO_ANSWER_NO;
  if (votes->n[SEMIO_ANSWER_NA] > 0)
    return SEMIO_ANSWER_NA;
  return votes->n[SEMIO_ANSWER_FAIL] > 0 ? SEMIO_ANSWER_FAIL : SEMIO_ANSWER_MISSING;
}

/* Where two answers are equally frequent, yes goes before no and no before na. */
static SemioAnswer
decide_majority (const Votes *votes)
{
  guint yes = votes->n[SEMIO_ANSWER_YES];
  guint no = votes->n[SEMIO_ANSWER_NO];
  guint na = votes->n[SEMIO_ANSWER_NA];

  if (yes == 0 && no == 0 && na == 0)
    return decide_any (votes);
  if (yes >= no && yes >= na)
    return SEMIO_ANSWER_YES;
  return no >= na ? SEMIO_ANSWER_NO : SEMIO_ANSWER_NA;
}

static gboolean
speaks_for (SemioAnswer answer, SemioAnswer joined_answer)
{
  if (joined_answer == SEMIO_ANSWER_MISSING)
    return FALSE;
  return joined_answer == SEMIO_ANSWER_NO || answer == joined_answer;
}

/**
 * semio_segments_join:
 * @feature: whose answers they are
 * @policy: which segments join, and how
 * @plan: how the run cut the recording
 * @answers: (array length=n): one per segment, %SEMIO_ANSWER_MISSING where a segment has none
 * @n: how many segments there are answers for
 * @duration_ns: length of the recording, 0 unknown
 * @event: (nullable): when the event was, %NULL when unknown
 * @cited: (nullable) (out caller-allocates) (array length=n): whether a segment speaks for the joined answer: for a
 *   yes, na or fail the joined segments that said so, for a no all that were joined, for missing none
 *
 * yes > no > na; with no usable answer fail if any joined segment failed, else missing. %SEMIO_JOIN_MAJORITY takes the
 * most frequent usable answer. %SEMIO_JOIN_ONSET takes the segment that holds the onset, the first when onset is
 * unknown, whatever it said. The published policy joins all segments, takes any yes, and onset from the first.
 *
 * Returns: the answer of the recording
 */
SemioAnswer
semio_segments_join (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan, const SemioAnswer *answers,
                     guint n, gint64 duration_ns, const SemioSpan *event, gboolean *cited)
{
  g_autofree gboolean *joined = g_new0 (gboolean, MAX (n, 1));
  const SemioSpan *known_event = policy == SEMIO_JOIN_POLICY_PUBLISHED ? NULL : event;
  Votes votes = { { 0 } };
  SemioAnswer answer;

  g_return_val_if_fail (feature != NULL && (answers != NULL || n == 0), SEMIO_ANSWER_MISSING);

  if (n == 0)
    return SEMIO_ANSWER_MISSING;
  if (feature->join == SEMIO_JOIN_ONSET)
    joined[find_onset_segment (plan, n, duration_ns, known_event)] = TRUE;
  else
    choose_joined (plan, joined, n, duration_ns, known_event);
  for (guint i = 0; i < n; i++)
    if (joined[i])
      votes.n[answers[i]]++;

  if (feature->join == SEMIO_JOIN_MAJORITY && policy != SEMIO_JOIN_POLICY_PUBLISHED)
    answer = decide_majority (&votes);
  else
    answer = decide_any (&votes);
  for (guint i = 0; cited != NULL && i < n; i++)
    cited[i] = joined[i] && speaks_for (answers[i], answer);
  return answer;
}

/**
 * semio_segments_join_scores:
 * @feature: whose scores they are
 * @policy: which segments join, and how
 * @plan: how the run cut the recording
 * @scores: (array length=n): one per segment, not finite where a segment has none
 * @n: how many segments there are scores for
 * @duration_ns: length of the recording, 0 unknown
 * @event: (nullable): when the event was, %NULL when unknown
 *
 * The same segments join as with answers. Where any yes is a yes the highest score counts, where the majority decides their mean,
 * and with onset that of its segment.
 *
 * Returns: the score of the recording, NAN where no joined segment has one
 */
double
semio_segments_join_scores (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan, const double *scores,
                            guint n, gint64 duration_ns, const SemioSpan *event)
{
  g_autofree gboolean *joined = g_new0 (gboolean, MAX (n, 1));
  const SemioSpan *known_event = policy == SEMIO_JOIN_POLICY_PUBLISHED ? NULL : event;
  double sum = 0, highest = NAN;
  guint n_scored = 0;

  g_return_val_if_fail (feature != NULL && (scores != NULL || n == 0), NAN);

  if (n == 0)
    return NAN;
  if (feature->join == SEMIO_JOIN_ONSET)
    joined[find_onset_segment (plan, n, duration_ns, known_event)] = TRUE;
  else
    choose_joined (plan, joined, n, duration_ns, known_event);
  for (guint i = 0; i < n; i++)
    if (joined[i] && isfinite (scores[i]))
      {
        sum += scores[i];
        highest = n_scored == 0 ? scores[i] : MAX (highest, scores[i]);
        n_scored++;
      }
  if (feature->join == SEMIO_JOIN_MAJORITY && policy != SEMIO_JOIN_POLICY_PUBLISHED)
    return n_scored > 0 ? sum / n_scored : NAN;
  return highest;
}
