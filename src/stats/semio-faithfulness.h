/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"

G_BEGIN_DECLS

#define SEMIO_N_FAITHFUL_SCORES 5
#define SEMIO_N_FAITHFUL_MARKS 6
/* From this score on an explanation counts as faithful in the published figure. */
#define SEMIO_FAITHFUL_FROM 3

/* What became of the answer whose explanation was rated. */
typedef enum {
  SEMIO_OUTCOME_UNKNOWN, /* no reference, or neither yes nor no */
  SEMIO_OUTCOME_TRUE_POSITIVE,
  SEMIO_OUTCOME_TRUE_NEGATIVE,
  SEMIO_OUTCOME_FALSE_POSITIVE,
  SEMIO_OUTCOME_FALSE_NEGATIVE,
} SemioOutcome;

/* One person's judgement of one explanation. Plain memory. */
typedef struct {
  gint64 person, recording, run;
  guint feature;
  int score; /* 1 to 5; 0: none */
  gboolean cannot_judge;
  guint marks; /* bits */
  double seconds;
  SemioOutcome outcome;
  gboolean revealed; /* the reference or the run's name was seen */
  guint cluster; /* the patient, or a recording that stands for itself */
} SemioFaithfulPoint;

/* Judgements in numbers. */
typedef struct {
  guint n_scored;
  guint n_cannot_judge; /* left out of scores, counted */
  guint n_raters; /* who scored */
  guint n_by_score[SEMIO_N_FAITHFUL_SCORES]; /* [0]: score 1 */
  guint n_by_mark[SEMIO_N_FAITHFUL_MARKS];
  SemioFigure median;
  SemioFigure mean;
  SemioFigure faithful; /* share at 3 or more */
  SemioInterval faithful_interval; /* Wilson, 95 % */
  SemioFigure median_seconds;
} SemioFaithfulness;

/* points: array of #SemioFaithfulPoint. Pure. */
SemioFaithfulness semio_faithfulness_summarize (const GArray *points);

/* Those points that a test keeps; free with g_array_unref(). */
typedef gboolean (*SemioFaithfulFilter) (const SemioFaithfulPoint *point, gconstpointer data);
GArray *semio_faithfulness_filter (const GArray *points, SemioFaithfulFilter filter, gconstpointer data);
/* Ready tests: data is a guint, a feature; a gint64, a run's or a person's id. */
gboolean semio_faithful_is_of_feature (const SemioFaithfulPoint *point, gconstpointer feature);
gboolean semio_faithful_is_of_run (const SemioFaithfulPoint *point, gconstpointer run);
gboolean semio_faithful_is_of_person (const SemioFaithfulPoint *point, gconstpointer person);

/* The published way of counting: of right answers only, all true positives and as many true negatives, drawn by seed for each
 * feature. Items are drawn, not judgements: all judgements of a drawn item count. */
GArray *semio_faithfulness_draw_published (const GArray *points, guint64 seed);

G_END_DECLS
