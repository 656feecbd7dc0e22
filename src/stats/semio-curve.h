/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"

G_BEGIN_DECLS

/* A prediction with a score (higher: rather yes) and what the reference says. */
typedef struct {
  double score;
  gboolean is_yes;
} SemioScoredAnswer;

/* From this score on everything is called yes. */
typedef struct {
  double threshold;
  double x, y;
} SemioCurvePoint;

/**
 * SemioCurve:
 *
 * A curve and its area. points is empty where area says why: with one class there is no curve, and without scores none either.
 */
typedef struct {
  GArray *points; /* of #SemioCurvePoint, from the highest threshold down */
  SemioFigure area;
  double constant; /* the area of one and the same score for all: 0.5, or the share of yes */
  guint n_yes, n_no;
} SemioCurve;

void semio_curve_clear (SemioCurve *curve);

/* Receiver operating characteristic: the share of no called yes (x) and of yes called yes (y), area by trapezoids, equal scores
 * one step: the same as the Mann-Whitney statistic with ties at one half (T. Fawcett, Pattern Recognit. Lett. 27, 2006).
 * Begins at (0, 0) with an infinite threshold. Scores that are not finite are left out. */
SemioCurve semio_curve_new_roc (const SemioScoredAnswer *answers, guint n);
/* Recall (x) and precision (y); the area is average precision, the sum of precision times the step of recall, without
 * interpolation (as scikit-learn's average_precision_score; J. Davis and M. Goadrich, ICML 2006, why not by trapezoids). */
SemioCurve semio_curve_new_precision_recall (const SemioScoredAnswer *answers, guint n);

G_END_DECLS
