/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-counts.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/**
 * SemioBootstrap:
 *
 * Patients drawn with replacement, again and again, and the counts of every cell (one feature of one run) over those drawn:
 * recordings of one patient are not independent, patients are. All cells share the draws, so that differences between runs
 * are paired. Made once, then asked for any interval. The same seed gives the same numbers, on any number of cores.
 *
 * Intervals are BCa (B. Efron, J. Am. Stat. Assoc. 82, 1987; formulas as in B. Efron and R. Tibshirani, An Introduction to
 * the Bootstrap, 1993, chapter 14): percentiles corrected by the bias, the share of resamples below the estimate, and by the
 * acceleration, from leaving out one patient after the other.
 */
typedef struct _SemioBootstrap SemioBootstrap;

/* n_clusters: patients; n_cells: cells. All counts are 0. */
SemioBootstrap *semio_bootstrap_new (guint n_clusters, guint n_cells);
void semio_bootstrap_free (SemioBootstrap *bootstrap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioBootstrap, semio_bootstrap_free)
/* Adds to what a patient has in a cell; before drawing. At most 32,767 of each count. */
void semio_bootstrap_add (SemioBootstrap *bootstrap, guint cluster, guint cell, const SemioCounts *counts);

/* Draws. Blocks, on up to n_threads threads; memory is 20 bytes × cells × resamples. progress (nullable) is called in the
 * calling thread. FALSE when cancelled; the draws are to be thrown away then. */
gboolean semio_bootstrap_draw (SemioBootstrap *bootstrap, guint n_resamples, guint64 seed, guint n_threads,
                               SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error);

/* A statistic of the counts of all cells; pure, called from any thread. */
typedef SemioFigure (*SemioStatisticFunc) (const SemioCounts *cells, guint n_cells, gconstpointer data);

/* The statistic over all patients, and its interval. When fewer than nine in ten resamples have a number there is none:
 * %SEMIO_FIGURE_TOO_RARE. */
SemioFigure semio_bootstrap_estimate (SemioBootstrap *bootstrap, SemioStatisticFunc statistic, gconstpointer data);
SemioInterval semio_bootstrap_interval (SemioBootstrap *bootstrap, SemioStatisticFunc statistic, gconstpointer data,
                                        double level);
/* Two-sided p of the statistic being 0, by the share of resamples on the other side of 0, at least 1/(resamples + 1). */
SemioFigure semio_bootstrap_p_zero (SemioBootstrap *bootstrap, SemioStatisticFunc statistic, gconstpointer data);

/* One number with its interval and, when asked, its p of being 0. */
typedef struct {
  SemioStatisticFunc statistic;
  gconstpointer data;
  gboolean with_p;
  SemioFigure estimate; /* the last three are filled in */
  SemioInterval interval;
  SemioFigure p;
} SemioBootstrapTask;

/* Many of them after the draw, on up to n_threads threads; their number changes nothing. Blocks. progress (nullable) is called
 * in the calling thread. FALSE when cancelled. */
gboolean semio_bootstrap_run (SemioBootstrap *bootstrap, SemioBootstrapTask *tasks, guint n_tasks, double level, guint n_threads,
                              SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error);

/* Ready statistics: data is one of these. They look at their own cells alone and are much faster than others. */
typedef struct {
  SemioScore score;
  guint cell;
} SemioCellScore;

typedef struct {
  SemioScore score;
  guint cell, other; /* cell minus other */
} SemioCellContrast;

typedef struct {
  SemioScore score;
  const guint *cells;
  guint n_cells;
} SemioCellMean;

/* A feature of one run under either policy. With n_classes 0 the default policy's score of one cell. Otherwise one cell for
 * each class, which is that class against all others: the mean over the classes that occur, 0 for a division by zero; the
 * accuracy is the share of right answers of any class; balanced accuracy, MCC and kappa are of the first class. */
typedef struct {
  SemioScore score;
  guint cell; /* the first */
  guint n_classes;
} SemioCellClasses;

typedef struct {
  SemioCellClasses one, other; /* one minus other */
} SemioClassesContrast;

typedef struct {
  const SemioCellClasses *parts;
  guint n_parts;
} SemioClassesMean;

SemioFigure semio_bootstrap_cell_score (const SemioCounts *cells, guint n_cells, gconstpointer data);
SemioFigure semio_bootstrap_cell_difference (const SemioCounts *cells, guint n_cells, gconstpointer data);
/* The mean over the cells that have a number (macro). */
SemioFigure semio_bootstrap_cell_macro (const SemioCounts *cells, guint n_cells, gconstpointer data);
SemioFigure semio_bootstrap_cell_classes (const SemioCounts *cells, guint n_cells, gconstpointer data);
SemioFigure semio_bootstrap_classes_difference (const SemioCounts *cells, guint n_cells, gconstpointer data);
/* The mean over the parts that have a number. */
SemioFigure semio_bootstrap_classes_macro (const SemioCounts *cells, guint n_cells, gconstpointer data);
/* The score of the counts of all together (micro). */
SemioFigure semio_bootstrap_cell_micro (const SemioCounts *cells, guint n_cells, gconstpointer data);

G_END_DECLS
