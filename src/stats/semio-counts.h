/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"
#include "semio-metrics.h"

G_BEGIN_DECLS

/**
 * SemioCounts:
 *
 * Yes against no, as the default policy counts: a fail or na where the reference is yes is a missed one; where the reference
 * is no it lowers the specificity and the accuracy and enters no precision.
 */
typedef struct {
  guint tp, fp, fn, tn;
  guint other; /* references of no that were answered with na or a fail */
} SemioCounts;

/* What is computed from counts. */
typedef enum {
  SEMIO_SCORE_ACCURACY,
  SEMIO_SCORE_PRECISION,
  SEMIO_SCORE_RECALL,
  SEMIO_SCORE_SPECIFICITY,
  SEMIO_SCORE_F1,
  SEMIO_SCORE_BALANCED_ACCURACY,
  SEMIO_SCORE_MCC,
  SEMIO_SCORE_KAPPA,
} SemioScore;

#define SEMIO_N_SCORES 8

/* "accuracy", "precision", … for files; and for people. */
const char *semio_score_to_id (SemioScore score);
gboolean semio_score_from_id (const char *id, SemioScore *score);
const char *semio_score_get_label (SemioScore score);

/* Adds a pair; FALSE when the default policy leaves it out. */
gboolean semio_counts_add (SemioCounts *counts, const SemioMetricsPair *pair);
void semio_counts_sum (SemioCounts *counts, const SemioCounts *other);
guint semio_counts_get_total (const SemioCounts *counts);

/**
 * semio_counts_get_score:
 *
 * Precision tp/(tp+fp), recall tp/(tp+fn), specificity tn/(all of no), F1 2tp/(2tp+fp+fn), balanced accuracy the mean of
 * recall and specificity. Matthews' correlation (B. W. Matthews, Biochim. Biophys. Acta 405, 1975) and Cohen's kappa
 * (J. Cohen, Educ. Psychol. Meas. 20, 1960) take answers that are neither as not yes.
 */
SemioFigure semio_counts_get_score (const SemioCounts *counts, SemioScore score);

/* The better of always yes and always no by a score; *always_yes says which it is. For F1 that is always yes. */
SemioFigure semio_counts_get_best_constant (const SemioCounts *counts, SemioScore score, gboolean *always_yes);

G_END_DECLS
