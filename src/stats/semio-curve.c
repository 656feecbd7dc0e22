/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-curve.h"

#include <math.h>

void
semio_curve_clear (SemioCurve *curve)
{
  g_clear_pointer (&curve->points, g_array_unref);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  double one = ((const SemioScoredAnswer *) a)->score;
  double other = ((const SemioScoredAnswer *) b)->score;

  return one > other ? -1 : one < other;
}

/* Those that have a score, the highest first; counts the classes and says why there can be no curve. */
static GArray *
sort_answers (const SemioScoredAnswer *answers, guint n, SemioCurve *curve)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (SemioScoredAnswer));

  *curve = (SemioCurve){ .points = g_array_new (FALSE, FALSE, sizeof (SemioCurvePoint)) };
  for (guint i = 0; i < n; i++)
    if (isfinite (answers[i].score))
      {
        g_array_append_val (sorted, answers[i]);
        *(answers[i].is_yes ? &curve->n_yes : &curve->n_no) += 1;
      }
  g_array_sort (sorted, compare_answers);
  if (sorted->len == 0)
    curve->area = semio_figure_missing (n > 0 ? SEMIO_FIGURE_NO_SCORES : SEMIO_FIGURE_NO_PAIRS);
  else if (curve->n_yes == 0)
    curve->area = semio_figure_missing (SEMIO_FIGURE_NO_POSITIVES);
  else if (curve->n_no == 0)
    curve->area = semio_figure_missing (SEMIO_FIGURE_NO_NEGATIVES);
  return sorted;
}

static void
add_point (SemioCurve *curve, double threshold, double x, double y)
{
  const SemioCurvePoint point = { threshold, x, y };

  g_array_append_val (curve->points, point);
}

/* Takes all of the next score; FALSE at the end. */
static gboolean
take_score (const GArray *sorted, guint *place, guint *tp, guint *fp, double *score)
{
  if (*place >= sorted->len)
    return FALSE;
  *score = g_array_index (sorted, SemioScoredAnswer, *place).score;
  for (; *place < sorted->len && g_array_index (sorted, SemioScoredAnswer, *place).score >= *score; *place += 1)
    *(g_array_index (sorted, SemioScoredAnswer, *place).is_yes ? tp : fp) += 1;
  return TRUE;
}

SemioCurve
semio_curve_new_roc (const SemioScoredAnswer *answers, guint n)
{
  SemioCurve curve;
  g_autoptr (GArray) sorted = sort_answers (answers, n, &curve);
  guint place = 0, tp = 0, fp = 0;
  double x = 0, y = 0, area = 0, score;

  if (curve.area.state != SEMIO_FIGURE_KNOWN)
    return curve;
  add_point (&curve, INFINITY, 0, 0);
  while (take_score (sorted, &place, &tp, &fp, &score))
    {
      double next_x = (double) fp / curve.n_no;
      double next_y = (double) tp / curve.n_yes;

      area += (next_x - x) * (next_y + y) / 2;
      x = next_x;
      y = next_y;
      add_point (&curve, score, x, y);
    }
  curve.area = semio_figure_new (area);
  curve.constant = 0.5;
  return curve;
}

SemioCurve
semio_curve_new_precision_recall (const SemioScoredAnswer *answers, guint n)
{
  SemioCurve curve;
  g_autoptr (GArray) sorted = sort_answers (answers, n, &curve);
  guint place = 0, tp = 0, fp = 0;
  double recall = 0, area = 0, score;

  /* Without a no the precision is 1 throughout: there is a curve, but it tells nothing. */
  if (curve.area.state != SEMIO_FIGURE_KNOWN)
    return curve;
  while (take_score (sorted, &place, &tp, &fp, &score))
    {
      double next = (double) tp / curve.n_yes;
      double precision = (double) tp / (tp + (double) fp);

      area += (next - recall) * precision;
      recall = next;
      add_point (&curve, score, recall, precision);
    }
  curve.area = semio_figure_new (area);
  curve.constant = (double) curve.n_yes / sorted->len;
  return curve;
}
