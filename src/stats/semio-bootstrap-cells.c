/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of resampled counts, most of all. */
#include "semio-bootstrap.h"

SemioFigure
semio_bootstrap_cell_score (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellScore *wanted = data;

  return semio_counts_get_score (&cells[wanted->cell], wanted->score);
}

SemioFigure
semio_bootstrap_cell_difference (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellContrast *wanted = data;
  SemioFigure one = semio_counts_get_score (&cells[wanted->cell], wanted->score);
  SemioFigure other = semio_counts_get_score (&cells[wanted->other], wanted->score);

  if (one.state != SEMIO_FIGURE_KNOWN)
    return one;
  return other.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (one.value - other.value) : other;
}

SemioFigure
semio_bootstrap_cell_macro (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellMean *wanted = data;
  SemioFigureState state = SEMIO_FIGURE_NO_PAIRS;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < wanted->n_cells; i++)
    {
      SemioFigure one = semio_counts_get_score (&cells[wanted->cells[i]], wanted->score);

      state = one.state;
      if (one.state != SEMIO_FIGURE_KNOWN)
        continue;
      sum += one.value;
      n++;
    }
  return n > 0 ? semio_figure_new (sum / n) : semio_figure_missing (state);
}

SemioFigure
semio_bootstrap_cell_micro (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellMean *wanted = data;
  SemioCounts all = { 0 };

  for (guint i = 0; i < wanted->n_cells; i++)
    semio_counts_sum (&all, &cells[wanted->cells[i]]);
  return semio_counts_get_score (&all, wanted->score);
}

static double
divide (double part, double whole)
{
  return whole > 0 ? part / whole : 0;
}

static double
score_class (const SemioCounts *counts, SemioScore score)
{
  double tp = counts->tp, fp = counts->fp, fn = counts->fn;
  double tn = (double) counts->tn + counts->other;

  switch (score)
    {
    case SEMIO_SCORE_PRECISION:
      return divide (tp, tp + fp);
    case SEMIO_SCORE_RECALL:
      return divide (tp, tp + fn);
    case SEMIO_SCORE_SPECIFICITY:
      return divide (tn, tn + fp);
    case SEMIO_SCORE_F1:
    default:
      return divide (2 * tp, 2 * tp + fp + fn);
    }
}

SemioFigure
semio_bootstrap_cell_classes (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellClasses *wanted = data;
  const SemioCounts *first = &cells[wanted->cell];
  double total = semio_counts_get_total (first);
  double sum = 0;
  guint n = 0;

  if (wanted->n_classes == 0)
    return semio_counts_get_score (first, wanted->score);
  if (wanted->score == SEMIO_SCORE_BALANCED_ACCURACY || wanted->score == SEMIO_SCORE_MCC || wanted->score == SEMIO_SCORE_KAPPA)
    return semio_counts_get_score (first, wanted->score);
  for (guint i = 0; i < wanted->n_classes; i++)
    {
      /* A feature of yes and no alone is no mean: its one class counts even where it does not occur. */
      if (wanted->n_classes > 1 && first[i].tp + first[i].fp + first[i].fn == 0)
        continue;
      sum += wanted->score == SEMIO_SCORE_ACCURACY ? first[i].tp : score_class (&first[i], wanted->score);
      n++;
    }
  if (wanted->score != SEMIO_SCORE_ACCURACY)
    return semio_figure_new (divide (sum, n));
  return semio_figure_new (divide (wanted->n_classes > 1 ? sum : (double) first->tp + first->tn, total));
}

SemioFigure
semio_bootstrap_classes_difference (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioClassesContrast *wanted = data;
  SemioFigure one = semio_bootstrap_cell_classes (cells, n_cells, &wanted->one);
  SemioFigure other = semio_bootstrap_cell_classes (cells, n_cells, &wanted->other);

  if (one.state != SEMIO_FIGURE_KNOWN)
    return one;
  return other.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (one.value - other.value) : other;
}

SemioFigure
semio_bootstrap_classes_macro (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioClassesMean *wanted = data;
  SemioFigureState state = SEMIO_FIGURE_NO_PAIRS;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < wanted->n_parts; i++)
    {
      SemioFigure one = semio_bootstrap_cell_classes (cells, n_cells, &wanted->parts[i]);

      state = one.state;
      if (one.state != SEMIO_FIGURE_KNOWN)
        continue;
      sum += one.value;
      n++;
    }
  return n > 0 ? semio_figure_new (sum / n) : semio_figure_missing (state);
}
