/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioFigureState:
 * @SEMIO_FIGURE_KNOWN: there is a number
 * @SEMIO_FIGURE_NO_PAIRS: nothing was scored
 * @SEMIO_FIGURE_NO_POSITIVES: the reference never says yes
 * @SEMIO_FIGURE_NO_NEGATIVES: the reference never says no
 * @SEMIO_FIGURE_NEVER_SAID: no prediction says yes
 * @SEMIO_FIGURE_NO_VARIATION: all values are the same, so that agreement by chance explains everything
 * @SEMIO_FIGURE_NEEDS_PATIENTS: leaving out one patient after the other needs two
 * @SEMIO_FIGURE_FEW_PATIENTS: drawing patients needs #SEMIO_LEAST_PATIENTS
 * @SEMIO_FIGURE_NEEDS_RATERS: agreement needs two raters
 * @SEMIO_FIGURE_NO_SCORES: the run gives answers without scores
 * @SEMIO_FIGURE_NO_TIMES: nothing has a time
 * @SEMIO_FIGURE_TOO_RARE: in most resamples there is no number
 * @SEMIO_FIGURE_ONE_CLASS: all are of one class
 * @SEMIO_FIGURE_NOT_DRAWN: no resamples were asked for
 *
 * Why a number is not there. A number that is not there is told so in words, never as NaN and never as 0.
 */
typedef enum {
  SEMIO_FIGURE_KNOWN,
  SEMIO_FIGURE_NO_PAIRS,
  SEMIO_FIGURE_NO_POSITIVES,
  SEMIO_FIGURE_NO_NEGATIVES,
  SEMIO_FIGURE_NEVER_SAID,
  SEMIO_FIGURE_NO_VARIATION,
  SEMIO_FIGURE_NEEDS_PATIENTS,
  SEMIO_FIGURE_FEW_PATIENTS,
  SEMIO_FIGURE_NEEDS_RATERS,
  SEMIO_FIGURE_NO_SCORES,
  SEMIO_FIGURE_NO_TIMES,
  SEMIO_FIGURE_TOO_RARE,
  SEMIO_FIGURE_ONE_CLASS,
  SEMIO_FIGURE_NOT_DRAWN,
} SemioFigureState;

/* An interval at 95 % ends where 2.5 % of the draws lie beyond. Of n patients, n^(1-n) of the draws hold one of them alone: a half
 * of two and a ninth of three, so that draws have no such tail and their interval is far too narrow. */
#define SEMIO_LEAST_PATIENTS 4

/* A number, or why there is none: value is 0 then and not to be used. */
typedef struct {
  double value;
  SemioFigureState state;
} SemioFigure;

/* Both ends of an interval, or why there is none. */
typedef struct {
  double low, high;
  SemioFigureState state;
} SemioInterval;

SemioFigure semio_figure_new (double value);
SemioFigure semio_figure_missing (SemioFigureState state);
/* part / whole, or the reason when whole is 0. */
SemioFigure semio_figure_share (double part, double whole, SemioFigureState if_none);
SemioInterval semio_interval_missing (SemioFigureState state);
/* "no_positives", for files; "" for a known one. */
const char *semio_figure_state_to_id (SemioFigureState state);
/* "the reference never says yes": translated, to stand where the number would; NULL for a known one. */
const char *semio_figure_state_describe (SemioFigureState state);

G_END_DECLS
