/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-patient-draws.h"

#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "semio-bca.h"
#include "semio-seeds.h"

/* As in semio-bootstrap.c, so that both draw the same patients. */
#define BLOCK 100
/* So many tasks keep their resampled values at a time. */
#define BATCH 64

typedef struct {
  SemioDrawnTask *tasks;
  guint n_tasks, n_patients, n_resamples;
  guint64 seed;
  double *values; /* task by task; NAN where a resample has no number */
  gint next_block; /* atomic */
  guint n_before, n_all; /* tasks: of the batches before, and of all */
  SemioShare *share; /* (nullable) */
  GCancellable *cancellable;
} Draw;

static void
draw_once (const Draw *draw, guint resample, guint *times, gsl_rng *rng)
{
  memset (times, 0, sizeof *times * draw->n_patients);
  for (guint i = 0; i < draw->n_patients; i++)
    times[gsl_rng_uniform_int (rng, draw->n_patients)]++;
  for (guint t = 0; t < draw->n_tasks; t++)
    {
      const SemioFigure figure = draw->tasks[t].statistic (times, draw->tasks[t].data);

      draw->values[(gsize) t * draw->n_resamples + resample] = figure.state == SEMIO_FIGURE_KNOWN ? figure.value : NAN;
    }
}

static void
tell (const Draw *draw, guint n_done, guint n_blocks)
{
  if (draw->share != NULL)
    semio_share_set (draw->share, (draw->n_before + (double) draw->n_tasks * n_done / n_blocks) / draw->n_all);
}

static gpointer
draw_thread (gpointer data)
{
  Draw *draw = data;
  g_autofree guint *times = g_new (guint, draw->n_patients);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  const guint n_blocks = (draw->n_resamples + BLOCK - 1) / BLOCK;

  for (;;)
    {
      const guint block = (guint) g_atomic_int_add (&draw->next_block, 1);

      if (block >= n_blocks || g_cancellable_is_cancelled (draw->cancellable))
        break;
      gsl_rng_set (rng, semio_seed_for_block (draw->seed, block));
      for (guint r = block * BLOCK; r < MIN ((block + 1) * BLOCK, draw->n_resamples); r++)
        draw_once (draw, r, times, rng);
      tell (draw, block + 1, n_blocks);
    }
  gsl_rng_free (rng);
  return NULL;
}

/* times: all 1, and so again afterwards. */
static GArray *
leave_out (const SemioDrawnTask *task, guint *times, guint n_patients)
{
  GArray *left_out = g_array_sized_new (FALSE, FALSE, sizeof (double), n_patients);

  for (guint i = 0; i < n_patients; i++)
    {
      SemioFigure figure;

      times[i] = 0;
      figure = task->statistic (times, task->data);
      times[i] = 1;
      if (figure.state == SEMIO_FIGURE_KNOWN)
        g_array_append_val (left_out, figure.value);
    }
  return left_out;
}

static SemioInterval
get_interval (const Draw *draw, guint task, double level, guint *times)
{
  const double *all = draw->values + (gsize) task * draw->n_resamples;
  g_autoptr (GArray) known = g_array_sized_new (FALSE, FALSE, sizeof (double), draw->n_resamples);
  g_autoptr (GArray) left_out = NULL;

  for (guint r = 0; r < draw->n_resamples; r++)
    if (isfinite (all[r]))
      g_array_append_val (known, all[r]);
  if (!semio_bca_is_enough (known->len, draw->n_resamples))
    return semio_interval_missing (SEMIO_FIGURE_TOO_RARE);
  left_out = leave_out (&draw->tasks[task], times, draw->n_patients);
  return semio_bca_interval (draw->tasks[task].estimate.value, known, left_out, level);
}

static SemioFigureState
find_reason (const SemioDrawnTask *task, guint n_patients, guint n_resamples)
{
  if (task->estimate.state != SEMIO_FIGURE_KNOWN)
    return task->estimate.state;
  if (n_resamples == 0)
    return SEMIO_FIGURE_NOT_DRAWN;
  return n_patients < SEMIO_LEAST_PATIENTS ? SEMIO_FIGURE_FEW_PATIENTS : SEMIO_FIGURE_KNOWN;
}

static gboolean
run_batch (Draw *draw, double level, guint n_threads, guint *times, GError **error)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  draw->next_block = 0;
  for (guint i = 1; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("draws", draw_thread, draw));
  draw_thread (draw);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  if (g_cancellable_set_error_if_cancelled (draw->cancellable, error))
    return FALSE;
  for (guint t = 0; t < draw->n_tasks; t++)
    if (draw->tasks[t].interval.state == SEMIO_FIGURE_KNOWN)
      draw->tasks[t].interval = get_interval (draw, t, level, times);
  return TRUE;
}

gboolean
semio_patient_draws_run (SemioDrawnTask *tasks, guint n_tasks, guint n_patients, guint n_resamples, guint64 seed, double level,
                         guint n_threads, SemioShare *share, GCancellable *cancellable, GError **error)
{
  g_autofree guint *times = g_new (guint, MAX (n_patients, 1));
  g_autofree double *values = NULL;
  Draw draw = { .n_patients = n_patients,
                .n_resamples = n_resamples,
                .seed = seed,
                .n_all = n_tasks,
                .share = share,
                .cancellable = cancellable };
  gboolean any = FALSE;

  for (guint i = 0; i < MAX (n_patients, 1); i++)
    times[i] = 1;
  for (guint t = 0; t < n_tasks; t++)
    {
      tasks[t].estimate = tasks[t].statistic (times, tasks[t].data);
      tasks[t].interval = semio_interval_missing (find_reason (&tasks[t], n_patients, n_resamples));
      any |= tasks[t].interval.state == SEMIO_FIGURE_KNOWN;
    }
  if (!any)
    return TRUE;
  values = g_new (double, (gsize) MIN (n_tasks, BATCH) * n_resamples);
  draw.values = values;
  for (guint first = 0; first < n_tasks; first += BATCH)
    {
      draw.tasks = tasks + first;
      draw.n_tasks = MIN (BATCH, n_tasks - first);
      draw.n_before = first;
      if (!run_batch (&draw, level, n_threads, times, error))
        return FALSE;
    }
  return TRUE;
}
