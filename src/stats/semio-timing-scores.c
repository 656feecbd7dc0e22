/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timing-scores.h"

#include <math.h>

const double semio_onset_limits_s[SEMIO_N_ONSET_LIMITS] = { 1, 2, 5 };

/* Times that differ by less are the same: half a microsecond, so that rounding moves nothing over a limit. */
#define TIME_EPSILON_S 5e-7

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
get_median (GArray *values)
{
  guint half = values->len / 2;

  g_array_sort (values, compare_doubles);
  if (values->len % 2 == 1)
    return g_array_index (values, double, half);
  return (g_array_index (values, double, half - 1) + g_array_index (values, double, half)) / 2;
}

static SemioFigure
get_mean (const GArray *values)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, double, i);
  return semio_figure_share (sum, values->len, SEMIO_FIGURE_NO_TIMES);
}

static SemioFigure
get_within (const GArray *errors, double limit_s)
{
  guint n = 0;

  for (guint i = 0; i < errors->len; i++)
    n += g_array_index (errors, double, i) <= limit_s + TIME_EPSILON_S;
  return semio_figure_share (n, errors->len, SEMIO_FIGURE_NO_TIMES);
}

/**
 * semio_onset_error_compute:
 * @pairs: (array length=n): one per recording, of one feature
 * @n: how many
 *
 * The error is |predicted − reference|. Where the reference has a time and the run none, the coverage is lower; where the
 * reference has none, the pair is left out.
 *
 * Returns: the errors
 */
SemioOnsetError
semio_onset_error_compute (const SemioOnsetPair *pairs, guint n)
{
  SemioOnsetError error = { 0 };
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) constants = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n; i++)
    {
      double one = fabs (pairs[i].predicted_s - pairs[i].reference_s);

      error.n_reference += isfinite (pairs[i].reference_s) != 0;
      if (!isfinite (one))
        continue;
      g_array_append_val (errors, one);
      g_array_append_val (times, pairs[i].reference_s);
    }
  error.n_scored = errors->len;
  error.coverage = semio_figure_share (error.n_scored, error.n_reference, SEMIO_FIGURE_NO_TIMES);
  error.mean_s = get_mean (errors);
  error.median_s = errors->len > 0 ? semio_figure_new (get_median (errors)) : semio_figure_missing (SEMIO_FIGURE_NO_TIMES);
  if (times->len > 0)
    error.constant_s = get_median (times);
  for (guint i = 0; i < times->len; i++)
    {
      double one = fabs (error.constant_s - g_array_index (times, double, i));

      g_array_append_val (constants, one);
    }
  error.constant_mean_s = get_mean (constants);
  error.constant_median_s =
      constants->len > 0 ? semio_figure_new (get_median (constants)) : semio_figure_missing (SEMIO_FIGURE_NO_TIMES);
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    {
      error.within[i] = get_within (errors, semio_onset_limits_s[i]);
      error.constant_within[i] = get_within (constants, semio_onset_limits_s[i]);
    }
  return error;
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  gint64 one = ((const SemioSpan *) a)->begin_ns;
  gint64 other = ((const SemioSpan *) b)->begin_ns;

  return one < other ? -1 : one > other;
}

/* Sorted, and those that touch or overlap made one. */
static GArray *
make_union (const GArray *spans)
{
  g_autoptr (GArray) sorted = g_array_copy ((GArray *) spans);
  GArray *united = g_array_new (FALSE, FALSE, sizeof (SemioSpan));

  g_array_sort (sorted, compare_spans);
  for (guint i = 0; i < sorted->len; i++)
    {
      SemioSpan span = g_array_index (sorted, SemioSpan, i);
      SemioSpan *last = united->len > 0 ? &g_array_index (united, SemioSpan, united->len - 1) : NULL;

      if (span.end_ns <= span.begin_ns)
        continue;
      if (last != NULL && span.begin_ns <= last->end_ns)
        last->end_ns = MAX (last->end_ns, span.end_ns);
      else
        g_array_append_val (united, span);
    }
  return united;
}

static double
get_length (const GArray *united)
{
  double length = 0;

  for (guint i = 0; i < united->len; i++)
    length += (double) (g_array_index (united, SemioSpan, i).end_ns - g_array_index (united, SemioSpan, i).begin_ns);
  return length;
}

static double
get_common (const GArray *one, const GArray *other)
{
  double common = 0;
  guint i = 0, j = 0;

  while (i < one->len && j < other->len)
    {
      const SemioSpan *a = &g_array_index (one, SemioSpan, i);
      const SemioSpan *b = &g_array_index (other, SemioSpan, j);
      gint64 begin_ns = MAX (a->begin_ns, b->begin_ns);
      gint64 end_ns = MIN (a->end_ns, b->end_ns);

      if (end_ns > begin_ns)
        common += (double) (end_ns - begin_ns);
      if (a->end_ns < b->end_ns)
        i++;
      else
        j++;
    }
  return common;
}

SemioOverlap
semio_overlap_compute (const GArray *reference, const GArray *predicted)
{
  g_autoptr (GArray) truth = make_union (reference);
  g_autoptr (GArray) said = make_union (predicted);
  double true_ns = get_length (truth);
  double said_ns = get_length (said);
  double common_ns = get_common (truth, said);
  SemioOverlap overlap;

  overlap.iou = semio_figure_share (common_ns, true_ns + said_ns - common_ns, SEMIO_FIGURE_NO_TIMES);
  overlap.precision = semio_figure_share (common_ns, said_ns, SEMIO_FIGURE_NO_TIMES);
  overlap.recall = semio_figure_share (common_ns, true_ns, SEMIO_FIGURE_NO_TIMES);
  return overlap;
}

static void
count (SemioCounts *counts, gboolean truth, gboolean said)
{
  if (truth)
    *(said ? &counts->tp : &counts->fn) += 1;
  else
    *(said ? &counts->fp : &counts->tn) += 1;
}

void
semio_side_count (SemioCounts *counts, SemioSide side, SemioSide reference, SemioSide predicted)
{
  count (counts, (reference & side) != 0, (predicted & side) != 0);
}

gboolean
semio_event_type_count (SemioCounts *counts, SemioEventType reference, SemioEventType predicted, gboolean failed)
{
  gboolean is_epileptic = reference == SEMIO_EVENT_TYPE_EPILEPTIC;

  if (reference == SEMIO_EVENT_TYPE_UNDETERMINED)
    return FALSE;
  if (failed && !is_epileptic)
    counts->other++;
  else
    count (counts, is_epileptic, !failed && predicted == SEMIO_EVENT_TYPE_EPILEPTIC);
  return TRUE;
}
