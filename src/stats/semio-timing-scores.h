/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-counts.h"
#include "semio-event.h"
#include "semio-finding.h"
#include "semio-span.h"

G_BEGIN_DECLS

#define SEMIO_N_ONSET_LIMITS 3
/* 1, 2 and 5 s. */
extern const double semio_onset_limits_s[SEMIO_N_ONSET_LIMITS];

/* When the reference and a run say that something begins, in seconds; not finite: it says nothing. */
typedef struct {
  double reference_s;
  double predicted_s;
} SemioOnsetPair;

/* Absolute errors of the pairs that have both times. */
typedef struct {
  guint n_reference; /* that the reference has a time of */
  guint n_scored;
  SemioFigure coverage; /* scored of these */
  SemioFigure mean_s;
  SemioFigure median_s;
  SemioFigure within[SEMIO_N_ONSET_LIMITS]; /* share with at most this error */
  /* The same of the best constant answer on the same pairs: the median of the reference's times, which no other constant beats
   * in the mean absolute error. */
  double constant_s;
  SemioFigure constant_mean_s;
  SemioFigure constant_median_s; /* of the errors of that answer */
  SemioFigure constant_within[SEMIO_N_ONSET_LIMITS];
} SemioOnsetError;

SemioOnsetError semio_onset_error_compute (const SemioOnsetPair *pairs, guint n);

/* How far two unions of intervals are the same, in time. */
typedef struct {
  SemioFigure iou; /* both over either (P. Jaccard, Bull. Soc. Vaud. Sci. Nat. 37, 1901) */
  SemioFigure precision; /* both over what was predicted */
  SemioFigure recall; /* both over the reference */
} SemioOverlap;

/* Arrays of #SemioSpan in any order, overlapping or not; empty ones count for nothing. */
SemioOverlap semio_overlap_compute (const GArray *reference, const GArray *predicted);

/* Adds an answer to the counts of one side against all else. The best constant is semio_counts_get_best_constant(). */
void semio_side_count (SemioCounts *counts, SemioSide side, SemioSide reference, SemioSide predicted);

/* Event type, ES positive; FALSE where the reference is neither. failed: the run gave no type; that is wrong. */
gboolean semio_event_type_count (SemioCounts *counts, SemioEventType reference, SemioEventType predicted, gboolean failed);

G_END_DECLS
