/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "semio-seeds.h"

/* tp, fp, fn, tn, other of a cell stand one after the other. */
#define N_COUNTS 5
/* Each block has random numbers of its own, so that threads share none and their number changes nothing. */
#define BLOCK 100
#define LEAST_KNOWN_SHARE 0.9

struct _SemioBootstrap {
  guint n_clusters;
  guint n_cells;
  gint16 *counts; /* cluster by cluster */
  guint n_resamples;
  gint32 *sums; /* resample by resample */
};

typedef struct {
  SemioBootstrap *bootstrap;
  guint64 seed;
  gint next_block; /* atomic */
  gint n_done; /* atomic: blocks */
  GCancellable *cancellable;
} Draw;

SemioBootstrap *
semio_bootstrap_new (guint n_clusters, guint n_cells)
{
  SemioBootstrap *self = g_new0 (SemioBootstrap, 1);

  self->n_clusters = n_clusters;
  self->n_cells = n_cells;
  self->counts = g_new0 (gint16, MAX ((gsize) n_clusters * n_cells * N_COUNTS, 1));
  return self;
}

void
semio_bootstrap_free (SemioBootstrap *self)
{
  if (self == NULL)
    return;
  g_free (self->counts);
  g_free (self->sums);
  g_free (self);
}

static void
add_count (gint16 *count, guint more)
{
  *count = (gint16) MIN ((guint) *count + more, G_MAXINT16);
}

void
semio_bootstrap_add (SemioBootstrap *self, guint cluster, guint cell, const SemioCounts *counts)
{
  gint16 *row;

  g_return_if_fail (cluster < self->n_clusters && cell < self->n_cells && self->sums == NULL);

  row = self->counts + ((gsize) cluster * self->n_cells + cell) * N_COUNTS;
  add_count (&row[0], counts->tp);
  add_count (&row[1], counts->fp);
  add_count (&row[2], counts->fn);
  add_count (&row[3], counts->tn);
  add_count (&row[4], counts->other);
}

/* The inner loop of everything: plain enough for the compiler to make vectors of it. */
static void
add_row (gint32 *restrict sums, const gint16 *restrict row, gint32 weight, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += weight * row[i];
}

static void
draw_block (SemioBootstrap *self, guint64 seed, guint block, gint32 *weights, gsl_rng *rng)
{
  gsize n = (gsize) self->n_cells * N_COUNTS;

  gsl_rng_set (rng, semio_seed_for_block (seed, block));
  for (guint r = block * BLOCK; r < MIN ((block + 1) * BLOCK, self->n_resamples); r++)
    {
      gint32 *sums = self->sums + r * n;

      memset (weights, 0, sizeof *weights * self->n_clusters);
      for (guint c = 0; c < self->n_clusters; c++)
        weights[gsl_rng_uniform_int (rng, self->n_clusters)]++;
      for (guint c = 0; c < self->n_clusters; c++)
        if (weights[c] > 0)
          add_row (sums, self->counts + c * n, weights[c], n);
    }
}

static gpointer
draw_thread (gpointer data)
{
  Draw *draw = data;
  SemioBootstrap *self = draw->bootstrap;
  g_autofree gint32 *weights = g_new0 (gint32, self->n_clusters);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  guint n_blocks = (self->n_resamples + BLOCK - 1) / BLOCK;

  for (;;)
    {
      guint block = (guint) g_atomic_int_add (&draw->next_block, 1);

      if (block >= n_blocks || g_cancellable_is_cancelled (draw->cancellable))
        break;
      draw_block (self, draw->seed, block, weights, rng);
      g_atomic_int_inc (&draw->n_done);
    }
  gsl_rng_free (rng);
  return NULL;
}

gboolean
semio_bootstrap_draw (SemioBootstrap *self, guint n_resamples, guint64 seed, guint n_threads, SemioProgressFunc progress,
                      gpointer progress_data, GCancellable *cancellable, GError **error)
{
  Draw draw = { .bootstrap = self, .seed = seed, .cancellable = cancellable };
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
unpack (SemioCounts *cells, const gint32 *sums, guint n_cells)
{
  for (guint i = 0; i < n_cells; i++, sums += N_COUNTS)
    cells[i] = (SemioCounts){ (guint) sums[0], (guint) sums[1], (guint) sums[2], (guint) sums[3], (guint) sums[4] };
}

/* The sums over all patients; free with g_free(). */
static gint32 *
sum_all (const SemioBootstrap *self)
{
  gsize n = (gsize) self->n_cells * N_COUNTS;
  gint32 *sums = g_new0 (gint32, MAX (n, 1));

  for (guint c = 0; c < self->n_clusters; c++)
    add_row (sums, self->counts + c * n, 1, n);
  return sums;
}

SemioFigure
semio_bootstrap_estimate (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autofree gint32 *sums = sum_all (self);
  g_autofree SemioCounts *cells = g_new (SemioCounts, MAX (self->n_cells, 1));

  unpack (cells, sums, self->n_cells);
  return statistic (cells, self->n_cells, data);
}

/* The statistic of every resample that has a number, unsorted. */
static GArray *
resample_all (const SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autofree SemioCounts *cells = g_new (SemioCounts, MAX (self->n_cells, 1));
  GArray *values = g_array_sized_new (FALSE, FALSE, sizeof (double), self->n_resamples);

  for (guint r = 0; r < self->n_resamples; r++)
    {
      SemioFigure figure;

      unpack (cells, self->sums + (gsize) r * self->n_cells * N_COUNTS, self->n_cells);
      figure = statistic (cells, self->n_cells, data);
      if (figure.state == SEMIO_FIGURE_KNOWN)
        g_array_append_val (values, figure.value);
    }
  return values;
}

/* Third moment of the leave-one-patient-out values over the second to 3/2, by six. */
static double
get_acceleration (const SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  gsize n = (gsize) self->n_cells * N_COUNTS;
  g_autofree gint32 *all = sum_all (self);
  g_autofree gint32 *sums = g_new (gint32, MAX (n, 1));
  g_autofree SemioCounts *cells = g_new (SemioCounts, MAX (self->n_cells, 1));
  g_autoptr (GArray) values = g_array_sized_new (FALSE, FALSE, sizeof (double), self->n_clusters);
  double mean = 0, second = 0, third = 0;

  for (guint c = 0; c < self->n_clusters; c++)
    {
      SemioFigure figure;

      memcpy (sums, all, sizeof *sums * n);
      add_row (sums, self->counts + c * n, -1, n);
      unpack (cells, sums, self->n_cells);
      figure = statistic (cells, self->n_cells, data);
      if (figure.state == SEMIO_FIGURE_KNOWN)
        g_array_append_val (values, figure.value);
    }
  for (guint i = 0; i < values->len; i++)
    mean += g_array_index (values, double, i) / values->len;
  for (guint i = 0; i < values->len; i++)
    {
      double difference = mean - g_array_index (values, double, i);

      second += difference * difference;
      third += difference * difference * difference;
    }
  return second > 0 ? third / (6 * pow (second, 1.5)) : 0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* Of sorted values, between two of them by their distance: the (n + 1)·p-th. */
static double
get_quantile (const GArray *values, double share)
{
  double place = CLAMP (share * (values->len + 1) - 1, 0, values->len - 1.0);
  guint below = (guint) floor (place);
  guint above = MIN (below + 1, values->len - 1);
  double low = g_array_index (values, double, below);

  return low + (place - below) * (g_array_index (values, double, above) - low);
}

/* Which percentile a BCa end is: equation 14.10 of the book. */
static double
correct_share (double share, double bias, double acceleration)
{
  double z = bias + gsl_cdf_ugaussian_Pinv (share);

  return gsl_cdf_ugaussian_P (bias + z / (1 - acceleration * z));
}

SemioInterval
semio_bootstrap_interval (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data, double level)
{
  SemioFigure estimate = semio_bootstrap_estimate (self, statistic, data);
  SemioInterval interval = { 0, 0, SEMIO_FIGURE_KNOWN };
  g_autoptr (GArray) values = NULL;
  double below = 0, bias, acceleration;

  g_return_val_if_fail (self->sums != NULL, semio_interval_missing (SEMIO_FIGURE_NO_PAIRS));

  if (estimate.state != SEMIO_FIGURE_KNOWN)
    return semio_interval_missing (estimate.state);
  if (self->n_clusters < 2)
    return semio_interval_missing (SEMIO_FIGURE_NEEDS_PATIENTS);
  values = resample_all (self, statistic, data);
  if (values->len < LEAST_KNOWN_SHARE * self->n_resamples)
    return semio_interval_missing (SEMIO_FIGURE_TOO_RARE);
  g_array_sort (values, compare_doubles);
  /* Counts give many equal values: half of them count as below. */
  for (guint i = 0; i < values->len; i++)
    {
      double value = g_array_index (values, double, i);

      below += value < estimate.value ? 1 : value > estimate.value ? 0 : 0.5;
    }
  below = CLAMP (below / values->len, 0.5 / values->len, 1 - 0.5 / values->len);
  bias = gsl_cdf_ugaussian_Pinv (below);
  acceleration = get_acceleration (self, statistic, data);
  interval.low = get_quantile (values, correct_share ((1 - level) / 2, bias, acceleration));
  interval.high = get_quantile (values, correct_share ((1 + level) / 2, bias, acceleration));
  return interval;
}

SemioFigure
semio_bootstrap_p_zero (SemioBootstrap *self, SemioStatisticFunc statistic, gconstpointer data)
{
  g_autoptr (GArray) values = NULL;
  guint not_above = 0, not_below = 0;
  double p;

  if (self->n_clusters < 2)
    return semio_figure_missing (SEMIO_FIGURE_NEEDS_PATIENTS);
  values = resample_all (self, statistic, data);
  if (values->len < LEAST_KNOWN_SHARE * self->n_resamples)
    return semio_figure_missing (SEMIO_FIGURE_TOO_RARE);
  for (guint i = 0; i < values->len; i++)
    {
      not_above += g_array_index (values, double, i) <= 0;
      not_below += g_array_index (values, double, i) >= 0;
    }
  p = 2.0 * (MIN (not_above, not_below) + 1) / (values->len + 1.0);
  return semio_figure_new (MIN (p, 1));
}

SemioFigure
semio_bootstrap_cell_score (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellScore *wanted = data;

  return semio_counts_get_score (&cells[wanted->cell], wanted->score);
}

SemioFigure
semio_bootstrap_cell_difference (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellContrast *wanted = data;
  SemioFigure one = semio_counts_get_score (&cells[wanted->cell], wanted->score);
  SemioFigure other = semio_counts_get_score (&cells[wanted->other], wanted->score);

  if (one.state != SEMIO_FIGURE_KNOWN)
    return one;
  return other.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (one.value - other.value) : other;
}

SemioFigure
semio_bootstrap_cell_macro (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellMean *wanted = data;
  SemioFigureState state = SEMIO_FIGURE_NO_PAIRS;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < wanted->n_cells; i++)
    {
      SemioFigure one = semio_counts_get_score (&cells[wanted->cells[i]], wanted->score);

      state = one.state;
      if (one.state != SEMIO_FIGURE_KNOWN)
        continue;
      sum += one.value;
      n++;
    }
  return n > 0 ? semio_figure_new (sum / n) : semio_figure_missing (state);
}

SemioFigure
semio_bootstrap_cell_micro (const SemioCounts *cells, guint n_cells, gconstpointer data)
{
  const SemioCellMean *wanted = data;
  SemioCounts all = { 0 };

  for (guint i = 0; i < wanted->n_cells; i++)
    semio_counts_sum (&all, &cells[wanted->cells[i]]);
  return semio_counts_get_score (&all, wanted->score);
}
