/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-counts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *const score_ids[SEMIO_N_SCORES] = {
  "accuracy", "precision", "recall", "specificity", "f1", "balanced_accuracy", "mcc", "kappa",
};

const char *
semio_score_to_id (SemioScore score)
{
  g_return_val_if_fail ((guint) score < SEMIO_N_SCORES, NULL);
  return score_ids[score];
}

gboolean
semio_score_from_id (const char *id, SemioScore *score)
{
  for (guint i = 0; i < SEMIO_N_SCORES; i++)
    if (g_strcmp0 (id, score_ids[i]) == 0)
      {
        *score = (SemioScore) i;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_score_get_label (SemioScore score)
{
  static const char *const labels[SEMIO_N_SCORES] = {
    N_ ("Accuracy"), N_ ("Precision"),         N_ ("Recall"), N_ ("Specificity"),
    N_ ("F1"),       N_ ("Balanced accuracy"), N_ ("MCC"),    N_ ("Kappa"),
  };

  g_return_val_if_fail ((guint) score < SEMIO_N_SCORES, NULL);
  return _ (labels[score]);
}

gboolean
semio_counts_add (SemioCounts *counts, const SemioMetricsPair *pair)
{
  gboolean said_yes = pair->prediction == SEMIO_ANSWER_YES;

  if (pair->reference != SEMIO_ANSWER_YES && pair->reference != SEMIO_ANSWER_NO)
    return FALSE;
  if (!semio_answer_is_usable (pair->prediction) && pair->prediction != SEMIO_ANSWER_FAIL)
    return FALSE;
  if (pair->reference == SEMIO_ANSWER_YES)
    *(said_yes ? &counts->tp : &counts->fn) += 1;
  else if (said_yes)
    counts->fp++;
  else
    *(pair->prediction == SEMIO_ANSWER_NO ? &counts->tn : &counts->other) += 1;
  return TRUE;
}

void
semio_counts_sum (SemioCounts *counts, const SemioCounts *other)
{
  counts->tp += other->tp;
  counts->fp += other->fp;
  counts->fn += other->fn;
  counts->tn += other->tn;
  counts->other += other->other;
}

guint
semio_counts_get_total (const SemioCounts *counts)
{
  return counts->tp + counts->fp + counts->fn + counts->tn + counts->other;
}

static SemioFigure
get_balanced (const SemioCounts *counts)
{
  double yes = (double) counts->tp + counts->fn;
  double no = (double) counts->tn + counts->fp + counts->other;

  if (yes <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_POSITIVES);
  if (no <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_NEGATIVES);
  return semio_figure_new ((counts->tp / yes + counts->tn / no) / 2);
}

static SemioFigure
get_mcc (const SemioCounts *counts)
{
  double tp = counts->tp, fp = counts->fp, fn = counts->fn;
  double tn = (double) counts->tn + counts->other;
  double product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);

  if (tp + fn <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_POSITIVES);
  if (tn + fp <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_NEGATIVES);
  if (product <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
  return semio_figure_new ((tp * tn - fp * fn) / sqrt (product));
}

static SemioFigure
get_kappa (const SemioCounts *counts)
{
  double tp = counts->tp, fp = counts->fp, fn = counts->fn;
  double tn = (double) counts->tn + counts->other;
  double n = tp + fp + fn + tn;
  double expected;

  if (n <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  expected = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / (n * n);
  if (expected >= 1)
    return semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
  return semio_figure_new (((tp + tn) / n - expected) / (1 - expected));
}

SemioFigure
semio_counts_get_score (const SemioCounts *counts, SemioScore score)
{
  double yes = (double) counts->tp + counts->fn;
  double no = (double) counts->tn + counts->fp + counts->other;

  if (yes + no <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  switch (score)
    {
    case SEMIO_SCORE_ACCURACY:
      return semio_figure_new ((counts->tp + (double) counts->tn) / (yes + no));
    case SEMIO_SCORE_PRECISION:
      return semio_figure_share (counts->tp, counts->tp + (double) counts->fp, SEMIO_FIGURE_NEVER_SAID);
    case SEMIO_SCORE_RECALL:
      return semio_figure_share (counts->tp, yes, SEMIO_FIGURE_NO_POSITIVES);
    case SEMIO_SCORE_SPECIFICITY:
      return semio_figure_share (counts->tn, no, SEMIO_FIGURE_NO_NEGATIVES);
    case SEMIO_SCORE_F1:
      return semio_figure_share (2.0 * counts->tp, 2.0 * counts->tp + counts->fp + counts->fn, SEMIO_FIGURE_NO_POSITIVES);
    case SEMIO_SCORE_BALANCED_ACCURACY:
      return get_balanced (counts);
    case SEMIO_SCORE_MCC:
      return get_mcc (counts);
    case SEMIO_SCORE_KAPPA:
    default:
      return get_kappa (counts);
    }
}

SemioFigure
semio_counts_get_best_constant (const SemioCounts *counts, SemioScore score, gboolean *always_yes)
{
  guint yes = counts->tp + counts->fn;
  guint no = counts->tn + counts->fp + counts->other;
  const SemioCounts says_yes = { .tp = yes, .fp = no };
  const SemioCounts says_no = { .fn = yes, .tn = no };
  SemioFigure by_yes = semio_counts_get_score (&says_yes, score);
  SemioFigure by_no = semio_counts_get_score (&says_no, score);

  *always_yes = by_no.state != SEMIO_FIGURE_KNOWN || (by_yes.state == SEMIO_FIGURE_KNOWN && by_yes.value >= by_no.value);
  return *always_yes ? by_yes : by_no;
}
