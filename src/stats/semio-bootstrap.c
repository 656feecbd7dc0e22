/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bootstrap.h"

#include <gsl/gsl_rng.h>
#include <stdlib.h>
#include <string.h>

#include "semio-bca.h"
#include "semio-seeds.h"

/* tp, fp, fn, tn, other of a cell stand one after the other. */
#define N_COUNTS 5
/* Each block has random numbers of its own, so that threads share none and their number changes nothing. */
#define BLOCK 100

struct _SemioBootstrap {
  guint n_clusters;
  guint n_cells;
  gint16 *counts; /* cluster by cluster */
  gint32 *totals; /* over all clusters */
  guint n_resamples;
  gint32 *sums; /* count by count, cell by cell: all resamples of one stand together */
};

typedef struct {
  SemioBootstrap *bootstrap;
  guint64 seed;
  gint next_block; /* atomic */
  gint n_done; /* atomic: blocks */
  GCancellable *cancellable;
  GThread *caller;
  SemioProgressFunc progress; /* (nullable) */
  gpointer progress_data;
} Draw;

/* Only whoever asked is told, in the thread that asked. */
static void
tell (const Draw *draw, double fraction)
{
  if (draw->progress != NULL && draw->caller == g_thread_self ())
    draw->progress (fraction, NULL, draw->progress_data);
}

SemioBootstrap *
semio_bootstrap_new (guint n_clusters, guint n_cells)
{
  SemioBootstrap *self = g_new0 (SemioBootstrap, 1);

  self->n_clusters = n_clusters;
  self->n_cells = n_cells;
  self->counts = g_new0 (gint16, MAX ((gsize) n_clusters * n_cells * N_COUNTS, 1));
  self->totals = g_new0 (gint32, MAX ((gsize) n_cells * N_COUNTS, 1));
  return self;
}

void
semio_bootstrap_free (SemioBootstrap *self)
{
  if (self == NULL)
    return;
  g_free (self->counts);
  g_free (self->totals);
  g_free (self->sums);
  g_free (self);
}

static void
add_count (gint16 *count, gint32 *total, guint more)
{
  gint16 before = *count;

  *count = (gint16) MIN ((guint) *count + more, G_MAXINT16);
  *total += *count - before;
}

void
semio_bootstrap_add (SemioBootstrap *self, guint cluster, guint cell, const SemioCounts *counts)
{
  const guint more[N_COUNTS] = { counts->tp, counts->fp, counts->fn, counts->tn, counts->other };
  gint16 *row;

  g_return_if_fail (cluster < self->n_clusters && cell < self->n_cells && self->sums == NULL);

  row = self->counts + ((gsize) cluster * self->n_cells + cell) * N_COUNTS;
  for (guint i = 0; i < N_COUNTS; i++)
    add_count (&row[i], &self->totals[(gsize) cell * N_COUNTS + i], more[i]);
}

/* The inner loop of everything: plain enough for the compiler to make vectors of it. */
static void
add_row (gint32 *restrict sums, const gint16 *restrict row, gint32 weight, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += weight * row[i];
}

/* Resample by resample, as they are drawn, to count by count, as they are asked for. */
static void
put_block (SemioBootstrap *self, const gint32 *drawn, guint first, guint n_drawn)
{
  gsize n = (gsize) self->n_cells * N_COUNTS;

  for (gsize i = 0; i < n; i++)
    {
      gint32 *sums = self->sums + i * self->n_resamples + first;

      for (guint r = 0; r < n_drawn; r++)
        sums[r] = drawn[r * n + i];
    }
}

static void
draw_block (SemioBootstrap *self, guint64 seed, guint block, gint32 *weights, gint32 *drawn, gsl_rng *rng)
{
  gsize n = (gsize) self->n_cells * N_COUNTS;
  guint first = block * BLOCK;
  guint n_drawn = MIN (BLOCK, self->n_resamples - first);

  gsl_rng_set (rng, semio_seed_for_block (seed, block));
  memset (drawn, 0, sizeof *drawn * n * n_drawn);
  for (guint r = 0; r < n_drawn; r++)
    {
      memset (weights, 0, sizeof *weights * self->n_clusters);
      for (guint c = 0; c < self->n_clusters; c++)
        weights[gsl_rng_uniform_int (rng, self->n_clusters)]++;
      for (guint c = 0; c < self->n_clusters; c++)
        if (weights[c] > 0)
          add_row (drawn + r * n, self->counts + c * n, weights[c], n);
    }
  put_block (self, drawn, first, n_drawn);
}

static gpointer
draw_thread (gpointer data)
{
  Draw *draw = data;
  SemioBootstrap *self = draw->bootstrap;
  g_autofree gint32 *weights = g_new0 (gint32, self->n_clusters);
  g_autofree gint32 *drawn = g_new (gint32, (gsize) self->n_cells * N_COUNTS * BLOCK);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  guint n_blocks = (self->n_resamples + BLOCK - 1) / BLOCK;

  for (;;)
    {
      guint block = (guint) g_atomic_int_add (&draw->next_block, 1);

      if (block >= n_blocks || g_cancellable_is_cancelled (draw->cancellable))
        break;
      draw_block (self, draw->seed, block, weights, drawn, rng);
      g_atomic_int_inc (&draw->n_done);
      tell (draw, (double) g_atomic_int_get (&draw->n_done) / n_blocks);
    }
  gsl_rng_free (rng);
  return NULL;
}

gboolean
semio_bootstrap_draw (SemioBootstrap *self, guint n_resamples, guint64 seed, guint n_threads, SemioProgressFunc progress,
                      gpointer progress_data, GCancellable *cancellable, GError **error)
{
  Draw draw = { .bootstrap = self,
                .seed = seed,
                .cancellable = cancellable,
                .caller = g_thread_self (),
                .progress = progress,
                .progress_data = progress_data };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  g_return_val_if_fail (self->sums == NULL && n_resamples > 0, FALSE);

  self->n_resamples = n_resamples;
  self->sums = g_new0 (gint32, MAX ((gsize) n_resamples * self->n_cells * N_COUNTS, 1));
  if (self->n_clusters == 0 || self->n_cells == 0)
    return TRUE;
  for (guint i = 1; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("bootstrap", draw_thread, &draw));
  draw_thread (&draw);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  if (progress != NULL)
    progress (1, NULL, progress_data);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
use_classes (GArray *used, const SemioCellClasses *classes)
{
  for (guint i = 0; i < MAX (classes->n_classes, 1); i++)
    {
      guint cell = classes->cell + i;

      g_array_append_val (used, cell);
    }
}

/* The cells that a statistic looks at; all of them when it is not one of the ready ones. */
static GArray *
find_used (const SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  GArray *used = g_array_new (FALSE, FALSE, sizeof (guint));

  if (statistic == semio_bootstrap_cell_score)
    g_array_append_val (used, ((const SemioCellScore *) data)->cell);
  else if (statistic == semio_bootstrap_cell_classes)
    use_classes (used, data);
  else if (statistic == semio_bootstrap_cell_difference)
    {
      g_array_append_val (used, ((const SemioCellContrast *) data)->cell);
      g_array_append_val (used, ((const SemioCellContrast *) data)->other);
    }
  else if (statistic == semio_bootstrap_classes_difference)
    {
      use_classes (used, &((const SemioClassesContrast *) data)->one);
      use_classes (used, &((const SemioClassesContrast *) data)->other);
    }
  else if (statistic == semio_bootstrap_cell_macro || statistic == semio_bootstrap_cell_micro)
    g_array_append_vals (used, ((const SemioCellMean *) data)->cells, ((const SemioCellMean *) data)->n_cells);
  else if (statistic == semio_bootstrap_classes_macro)
    for (guint i = 0; i < ((const SemioClassesMean *) data)->n_parts; i++)
      use_classes (used, &((const SemioClassesMean *) data)->parts[i]);
  else
    for (guint i = 0; i < self->n_cells; i++)
      g_array_append_val (used, i);
  return used;
}

static void
unpack_resample (const SemioBootstrap *self, const GArray *used, guint resample, SemioCounts *cells)
{
  gsize step = self->n_resamples;

  for (guint i = 0; i < used->len; i++)
    {
      guint cell = g_array_index (used, guint, i);
      const gint32 *sums = self->sums + (gsize) cell * N_COUNTS * step + resample;

      cells[cell] = (SemioCounts){ (guint) sums[0], (guint) sums[step], (guint) sums[2 * step], (guint) sums[3 * step],
                                   (guint) sums[4 * step] };
    }
}

/* All patients but one; without = G_MAXUINT for all. */
static void
unpack_totals (const SemioBootstrap *self, const GArray *used, guint without, SemioCounts *cells)
{
  static const gint16 nothing[N_COUNTS] = { 0 };

  for (guint i = 0; i < used->len; i++)
    {
      gsize cell = g_array_index (used, guint, i);
      const gint32 *all = self->totals + cell * N_COUNTS;
      const gint16 *one = without == G_MAXUINT ? nothing : self->counts + ((gsize) without * self->n_cells + cell) * N_COUNTS;

      cells[cell] = (SemioCounts){ (guint) (all[0] - one[0]), (guint) (all[1] - one[1]), (guint) (all[2] - one[2]),
                                   (guint) (all[3] - one[3]), (guint) (all[4] - one[4]) };
    }
}

SemioFigure
semio_bootstrap_estimate (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autofree SemioCounts *cells = g_new0 (SemioCounts, MAX (self->n_cells, 1));
  g_autoptr (GArray) used = find_used (self, statistic, data);

  unpack_totals (self, used, G_MAXUINT, cells);
  return statistic (cells, self->n_cells, data);
}

/* The statistic of every resample that has a number, unsorted. */
static GArray *
resample_all (const SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autofree SemioCounts *cells = g_new0 (SemioCounts, MAX (self->n_cells, 1));
  g_autoptr (GArray) used = find_used (self, statistic, data);
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), self->n_resamples);
  double *put;
  guint n = 0;

  g_array_set_size (values, self->n_resamples);
  put = (double *) (gpointer) values->data;
  for (guint r = 0; r < self->n_resamples; r++)
    {
      SemioFigure figure;

      unpack_resample (self, used, r, cells);
      figure = statistic (cells, self->n_cells, data);
      if (figure.state == SEMIO_FIGURE_KNOWN)
        put[n++] = figure.value;
    }
  g_array_set_size (values, n);
  return values;
}

/* The statistic without one patient after the other, where it has a number. */
static GArray *
leave_out (const SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autofree SemioCounts *cells = g_new0 (SemioCounts, MAX (self->n_cells, 1));
  g_autoptr (GArray) used = find_used (self, statistic, data);
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), self->n_clusters);

  for (guint c = 0; c < self->n_clusters; c++)
    {
      SemioFigure figure;

      unpack_totals (self, used, c, cells);
      figure = statistic (cells, self->n_cells, data);
      if (figure.state == SEMIO_FIGURE_KNOWN)
        g_array_append_val (values, figure.value);
    }
  return values;
}

static SemioFigure
get_p_zero (const GArray *values)
{
  guint not_above = 0, not_below = 0;
  double p;

  for (guint i = 0; i < values->len; i++)
    {
      not_above += g_array_index (values, double, i) <= 0;
      not_below += g_array_index (values, double, i) >= 0;
    }
  p = 2.0 * (MIN (not_above, not_below) + 1) / (values->len + 1.0);
  return semio_figure_new (MIN (p, 1));
}

static void
set_missing (SemioBootstrapTask *task, SemioFigureState state)
{
  task->interval = semio_interval_missing (state);
  task->p = semio_figure_missing (state);
}

static void
run_task (SemioBootstrap *self, SemioBootstrapTask *task, double level)
{
  g_autoptr (GArray) values = NULL;
  g_autoptr (GArray) left_out = NULL;

  task->estimate = semio_bootstrap_estimate (self, task->statistic, task->data);
  set_missing (task, task->estimate.state);
  if (task->estimate.state != SEMIO_FIGURE_KNOWN)
    return;
  if (self->n_clusters < SEMIO_LEAST_PATIENTS)
    {
      set_missing (task, SEMIO_FIGURE_FEW_PATIENTS);
      return;
    }
  values = resample_all (self, task->statistic, task->data);
  if (!semio_bca_is_enough (values->len, self->n_resamples))
    {
      set_missing (task, SEMIO_FIGURE_TOO_RARE);
      return;
    }
  if (task->with_p)
    task->p = get_p_zero (values);
  left_out = leave_out (self, task->statistic, task->data);
  task->interval = semio_bca_interval (task->estimate.value, values, left_out, level);
}

SemioInterval
semio_bootstrap_interval (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data, double level)
{
  SemioBootstrapTask task = { .statistic = statistic, .data = data };

  g_return_val_if_fail (self->sums != NULL, semio_interval_missing (SEMIO_FIGURE_NO_PAIRS));

  run_task (self, &task, level);
  return task.interval;
}

SemioFigure
semio_bootstrap_p_zero (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  SemioBootstrapTask task = { .statistic = statistic, .data = data, .with_p = TRUE };

  g_return_val_if_fail (self->sums != NULL, semio_figure_missing (SEMIO_FIGURE_NO_PAIRS));

  run_task (self, &task, 0.95);
  return task.p;
}

typedef struct {
  SemioBootstrap *bootstrap;
  SemioBootstrapTask *tasks;
  guint n_tasks;
  double level;
  gint next; /* atomic */
  Draw telling;
} Run;

static gpointer
run_thread (gpointer data)
{
  Run *run = data;

  for (;;)
    {
      guint i = (guint) g_atomic_int_add (&run->next, 1);

      if (i >= run->n_tasks || g_cancellable_is_cancelled (run->telling.cancellable))
        return NULL;
      run_task (run->bootstrap, &run->tasks[i], run->level);
      tell (&run->telling, (i + 1.0) / run->n_tasks);
    }
}

gboolean
semio_bootstrap_run (SemioBootstrap *self, SemioBootstrapTask *tasks, guint n_tasks, double level, guint n_threads,
                     SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  Run run = { .bootstrap = self, .tasks = tasks, .n_tasks = n_tasks, .level = level };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  g_return_val_if_fail (self->sums != NULL, FALSE);

  run.telling.cancellable = cancellable;
  run.telling.caller = g_thread_self ();
  run.telling.progress = progress;
  run.telling.progress_data = progress_data;
  for (guint i = 1; i < MIN (n_threads, n_tasks); i++)
    g_ptr_array_add (threads, g_thread_new ("bootstrap", run_thread, &run));
  run_thread (&run);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
