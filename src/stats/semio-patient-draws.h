/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-figure.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* A statistic of what is weighted by how often its patient was drawn; pure, called from any thread. times: by patient. */
typedef SemioFigure (*SemioDrawnFunc) (const guint *times, gconstpointer data);

/* One number with its interval; the last two are filled in. */
typedef struct {
  SemioDrawnFunc statistic;
  gconstpointer data;
  SemioFigure estimate;
  SemioInterval interval;
} SemioDrawnTask;

/**
 * semio_patient_draws_run:
 * @tasks: (array length=n_tasks): the statistics; all share the draws
 * @n_tasks: how many
 * @n_patients: the patients that are drawn from
 * @n_resamples: how often as many patients are drawn as there are; 0: no intervals, %SEMIO_FIGURE_NOT_DRAWN
 * @seed: the same seed gives the same numbers, on any number of threads
 * @level: of the intervals, as 0.95
 * @n_threads: at least 1
 * @share: (nullable): told how far it is
 * @cancellable: (nullable): stops between blocks of draws
 * @error: set when cancelled
 *
 * The clustered bootstrap of #SemioBootstrap, with the same draws for the same seed, for statistics that are no sums of counts:
 * means, medians, areas. Intervals are semio_bca_interval(); %SEMIO_FIGURE_FEW_PATIENTS with fewer than four patients,
 * %SEMIO_FIGURE_TOO_RARE when fewer than nine in ten resamples have a number. Blocks. Memory does not grow with the number of tasks.
 *
 * Returns: FALSE when cancelled; the tasks are to be thrown away then
 */
gboolean semio_patient_draws_run (SemioDrawnTask *tasks, guint n_tasks, guint n_patients, guint n_resamples, guint64 seed,
                                  double level, guint n_threads, SemioShare *share, GCancellable *cancellable, GError **error);

/* A value, as an error of seconds, of one patient. */
typedef struct {
  double value;
  guint patient;
} SemioDrawnValue;

/* The smallest first. */
void semio_drawn_values_sort (GArray *values);
/* Data is a GArray of #SemioDrawnValue; sorted for the median. */
SemioFigure semio_drawn_mean (const guint *times, gconstpointer data);
SemioFigure semio_drawn_median (const guint *times, gconstpointer data);

/* An answer with a score (higher: rather yes), what the reference says, and the patient. */
typedef struct {
  double score;
  gboolean is_yes;
  guint patient;
} SemioDrawnAnswer;

void semio_drawn_answers_sort (GArray *answers);
/* Data is a GArray of #SemioDrawnAnswer, sorted. The areas of semio_curve_new_roc() and semio_curve_new_precision_recall(). */
SemioFigure semio_drawn_roc_area (const guint *times, gconstpointer data);
SemioFigure semio_drawn_average_precision (const guint *times, gconstpointer data);

G_END_DECLS
