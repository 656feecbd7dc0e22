/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics of drawn patients: one that was drawn twice counts as two. */
#include <math.h>

#include "semio-patient-draws.h"

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const double one = ((const SemioDrawnValue *) a)->value;
  const double other = ((const SemioDrawnValue *) b)->value;

  return (one > other) - (one < other);
}

void
semio_drawn_values_sort (GArray *values)
{
  g_array_sort (values, compare_values);
}

SemioFigure
semio_drawn_mean (const guint *times, gconstpointer data)
{
  const GArray *values = data;
  const SemioDrawnValue *value = (const SemioDrawnValue *) (gpointer) values->data;
  double sum = 0, n = 0;

  for (guint i = 0; i < values->len; i++)
    {
      const double weight = times[value[i].patient];

      sum += weight * value[i].value;
      n += weight;
    }
  return semio_figure_share (sum, n, SEMIO_FIGURE_NO_PAIRS);
}

/* The place-th smallest, from 0, where each stands as often as its patient was drawn. */
static guint
find_place (const SemioDrawnValue *value, const guint *times, guint64 place)
{
  guint64 before = 0;
  guint i = 0;

  for (; before + times[value[i].patient] <= place; i++)
    before += times[value[i].patient];
  return i;
}

SemioFigure
semio_drawn_median (const guint *times, gconstpointer data)
{
  const GArray *values = data;
  const SemioDrawnValue *value = (const SemioDrawnValue *) (gpointer) values->data;
  guint64 n = 0;
  double upper;

  for (guint i = 0; i < values->len; i++)
    n += times[value[i].patient];
  if (n == 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  upper = value[find_place (value, times, n / 2)].value;
  if (n % 2 == 1)
    return semio_figure_new (upper);
  return semio_figure_new ((value[find_place (value, times, n / 2 - 1)].value + upper) / 2);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const double one = ((const SemioDrawnAnswer *) a)->score;
  const double other = ((const SemioDrawnAnswer *) b)->score;

  return (one < other) - (one > other);
}

void
semio_drawn_answers_sort (GArray *answers)
{
  g_array_sort (answers, compare_answers);
}

/* How many of each class were drawn; says why there is no area. */
static SemioFigureState
count_classes (const GArray *answers, const guint *times, double *n_yes, double *n_no)
{
  const SemioDrawnAnswer *answer = (const SemioDrawnAnswer *) (gpointer) answers->data;

  *n_yes = *n_no = 0;
  for (guint i = 0; i < answers->len; i++)
    *(answer[i].is_yes ? n_yes : n_no) += times[answer[i].patient];
  if (*n_yes + *n_no <= 0)
    return SEMIO_FIGURE_NO_SCORES;
  if (*n_yes <= 0)
    return SEMIO_FIGURE_NO_POSITIVES;
  return *n_no <= 0 ? SEMIO_FIGURE_NO_NEGATIVES : SEMIO_FIGURE_KNOWN;
}

/* Takes all of the next score; FALSE at the end. */
static gboolean
take_score (const GArray *answers, const guint *times, guint *place, double *tp, double *fp)
{
  const SemioDrawnAnswer *answer = (const SemioDrawnAnswer *) (gpointer) answers->data;
  double score;

  if (*place >= answers->len)
    return FALSE;
  score = answer[*place].score;
  for (; *place < answers->len && answer[*place].score >= score; *place += 1)
    *(answer[*place].is_yes ? tp : fp) += times[answer[*place].patient];
  return TRUE;
}

SemioFigure
semio_drawn_roc_area (const guint *times, gconstpointer data)
{
  const GArray *answers = data;
  double n_yes, n_no, tp = 0, fp = 0, last_tp = 0, last_fp = 0, area = 0;
  const SemioFigureState state = count_classes (answers, times, &n_yes, &n_no);
  guint place = 0;

  if (state != SEMIO_FIGURE_KNOWN)
    return semio_figure_missing (state);
  while (take_score (answers, times, &place, &tp, &fp))
    {
      area += (fp - last_fp) * (tp + last_tp) / 2;
      last_tp = tp;
      last_fp = fp;
    }
  return semio_figure_new (area / (n_yes * n_no));
}

SemioFigure
semio_drawn_average_precision (const guint *times, gconstpointer data)
{
  const GArray *answers = data;
  double n_yes, n_no, tp = 0, fp = 0, last_tp = 0, area = 0;
  const SemioFigureState state = count_classes (answers, times, &n_yes, &n_no);
  guint place = 0;

  if (state != SEMIO_FIGURE_KNOWN)
    return semio_figure_missing (state);
  while (take_score (answers, times, &place, &tp, &fp))
    {
      if (tp > last_tp)
        area += (tp - last_tp) * tp / (tp + fp);
      last_tp = tp;
    }
  return semio_figure_new (area / n_yes);
}
