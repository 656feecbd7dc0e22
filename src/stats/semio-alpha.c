/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Krippendorff's alpha and its intervals. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "semio-agreement-private.h"
#include "semio-seeds.h"

#define MAX_VALUES 16
#define BLOCK 50
#define LEAST_KNOWN_SHARE 0.9

void
semio_agreement_add_coincidences (const SemioAgreement *self, guint unit, double *matrix)
{
  guint tally[MAX_VALUES + 1];
  guint n = semio_agreement_tally (self, unit, tally);

  for (guint c = 1; n >= 2 && c <= self->n_values; c++)
    for (guint k = 1; k <= self->n_values; k++)
      {
        double pairs = c == k ? (double) tally[c] * (tally[c] - 1.0) : (double) tally[c] * tally[k];

        matrix[(c - 1) * self->n_values + k - 1] += pairs / (n - 1);
      }
}

/* How far two values are apart, squared. Ordinal: by how many values lie from one to the other. */
static double
get_distance (const double *totals, guint c, guint k, SemioScale scale)
{
  double between = 0;

  if (c == k)
    return 0;
  if (scale == SEMIO_SCALE_NOMINAL)
    return 1;
  if (scale == SEMIO_SCALE_INTERVAL)
    return ((double) c - k) * ((double) c - k);
  for (guint g = MIN (c, k); g <= MAX (c, k); g++)
    between += totals[g];
  between -= (totals[c] + totals[k]) / 2;
  return between * between;
}

SemioFigure
semio_agreement_alpha_of (const double *matrix, guint n_values, SemioScale scale)
{
  double totals[MAX_VALUES] = { 0 };
  double n = 0, observed = 0, expected = 0;

  for (guint c = 0; c < n_values; c++)
    for (guint k = 0; k < n_values; k++)
      totals[c] += matrix[c * n_values + k];
  for (guint c = 0; c < n_values; c++)
    n += totals[c];
  if (n < 2)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  for (guint c = 0; c < n_values; c++)
    for (guint k = 0; k < n_values; k++)
      {
        double distance = get_distance (totals, c, k, scale);

        observed += matrix[c * n_values + k] * distance;
        expected += totals[c] * totals[k] * distance;
      }
  if (expected <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
  return semio_figure_new (1 - (n - 1) * observed / expected);
}

SemioFigure
semio_agreement_alpha (const SemioAgreement *self, SemioScale scale)
{
  double matrix[MAX_VALUES * MAX_VALUES] = { 0 };

  if (semio_agreement_count (self).n_raters < 2)
    return semio_figure_missing (SEMIO_FIGURE_NEEDS_RATERS);
  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    semio_agreement_add_coincidences (self, u, matrix);
  return semio_agreement_alpha_of (matrix, self->n_values, scale);
}

double *
semio_agreement_sum_clusters (const SemioAgreement *self, guint *n_clusters)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  gsize n = (gsize) self->n_values * self->n_values;
  double *matrices;

  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      gpointer cluster = GUINT_TO_POINTER (g_array_index (self->clusters, guint, u));

      if (!g_hash_table_contains (places, cluster))
        g_hash_table_insert (places, cluster, GUINT_TO_POINTER (g_hash_table_size (places)));
    }
  *n_clusters = g_hash_table_size (places);
  matrices = g_new0 (double, MAX (*n_clusters * n, 1));
  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      gpointer cluster = GUINT_TO_POINTER (g_array_index (self->clusters, guint, u));

      semio_agreement_add_coincidences (self, u, matrices + GPOINTER_TO_UINT (g_hash_table_lookup (places, cluster)) * n);
    }
  return matrices;
}

typedef struct {
  const double *matrices;
  guint n_clusters;
  guint n_values;
  SemioScale scale;
  guint n_resamples;
  guint64 seed;
  double *results; /* NAN where a resample has none */
  gint next_block; /* atomic */
  GCancellable *cancellable;
} Draw;

static void
add_matrix (double *restrict sum, const double *restrict matrix, double weight, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sum[i] += weight * matrix[i];
}

static double
draw_one (const Draw *draw, guint *weights, gsl_rng *rng)
{
  double sum[MAX_VALUES * MAX_VALUES] = { 0 };
  gsize n = (gsize) draw->n_values * draw->n_values;
  SemioFigure alpha;

  memset (weights, 0, sizeof *weights * draw->n_clusters);
  for (guint c = 0; c < draw->n_clusters; c++)
    weights[gsl_rng_uniform_int (rng, draw->n_clusters)]++;
  for (guint c = 0; c < draw->n_clusters; c++)
    if (weights[c] > 0)
      add_matrix (sum, draw->matrices + c * n, weights[c], n);
  alpha = semio_agreement_alpha_of (sum, draw->n_values, draw->scale);
  return alpha.state == SEMIO_FIGURE_KNOWN ? alpha.value : NAN;
}

static gpointer
draw_thread (gpointer data)
{
  Draw *draw = data;
  g_autofree guint *weights = g_new (guint, draw->n_clusters);
  gsl_rng *rng = gsl_rng_alloc (gsl_rng_mt19937);
  guint n_blocks = (draw->n_resamples + BLOCK - 1) / BLOCK;

  for (;;)
    {
      guint block = (guint) g_atomic_int_add (&draw->next_block, 1);

      if (block >= n_blocks || g_cancellable_is_cancelled (draw->cancellable))
        break;
      gsl_rng_set (rng, semio_seed_for_block (draw->seed, block));
      for (guint r = block * BLOCK; r < MIN ((block + 1) * BLOCK, draw->n_resamples); r++)
        draw->results[r] = draw_one (draw, weights, rng);
    }
  gsl_rng_free (rng);
  return NULL;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
get_percentile (const double *values, guint n, double share)
{
  double place = CLAMP (share * (n + 1) - 1, 0, n - 1.0);
  guint below = (guint) floor (place);

  return values[below] + (place - below) * (values[MIN (below + 1, n - 1)] - values[below]);
}

static SemioInterval
read_percentiles (Draw *draw, double level)
{
  SemioInterval interval = { 0, 0, SEMIO_FIGURE_KNOWN };
  guint n = 0;

  for (guint r = 0; r < draw->n_resamples; r++)
    if (!isnan (draw->results[r]))
      draw->results[n++] = draw->results[r];
  if (n < LEAST_KNOWN_SHARE * draw->n_resamples || n == 0)
    return semio_interval_missing (SEMIO_FIGURE_TOO_RARE);
  qsort (draw->results, n, sizeof (double), compare_doubles);
  interval.low = get_percentile (draw->results, n, (1 - level) / 2);
  interval.high = get_percentile (draw->results, n, (1 + level) / 2);
  return interval;
}

SemioInterval
semio_agreement_alpha_bootstrap (const SemioAgreement *self, SemioScale scale, guint n_resamples, guint64 seed, guint n_threads,
                                 double level, GCancellable *cancellable, GError **error)
{
  SemioFigure alpha = semio_agreement_alpha (self, scale);
  Draw draw = {
    .n_values = self->n_values, .scale = scale, .n_resamples = n_resamples, .seed = seed, .cancellable = cancellable
  };
  g_autofree double *matrices = semio_agreement_sum_clusters (self, &draw.n_clusters);
  g_autofree double *results = g_new (double, MAX (n_resamples, 1));
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  if (alpha.state != SEMIO_FIGURE_KNOWN)
    return semio_interval_missing (alpha.state);
  if (draw.n_clusters < SEMIO_LEAST_PATIENTS)
    return semio_interval_missing (SEMIO_FIGURE_FEW_PATIENTS);
  draw.matrices = matrices;
  draw.results = results;
  for (guint i = 1; i < n_threads; i++)
    g_ptr_array_add (threads, g_thread_new ("alpha", draw_thread, &draw));
  draw_thread (&draw);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return semio_interval_missing (SEMIO_FIGURE_NO_PAIRS);
  return read_percentiles (&draw, level);
}

SemioInterval
semio_agreement_alpha_jackknife (const SemioAgreement *self, SemioScale scale, double level)
{
  SemioFigure alpha = semio_agreement_alpha (self, scale);
  SemioInterval interval = { 0, 0, SEMIO_FIGURE_KNOWN };
  guint n_clusters;
  g_autofree double *matrices = semio_agreement_sum_clusters (self, &n_clusters);
  gsize n = (gsize) self->n_values * self->n_values;
  double all[MAX_VALUES * MAX_VALUES] = { 0 };
  double mean = 0, squares = 0, half;

  if (alpha.state != SEMIO_FIGURE_KNOWN)
    return semio_interval_missing (alpha.state);
  if (n_clusters < 2)
    return semio_interval_missing (SEMIO_FIGURE_NEEDS_PATIENTS);
  for (guint c = 0; c < n_clusters; c++)
    add_matrix (all, matrices + c * n, 1, n);
  for (guint c = 0; c < n_clusters; c++)
    {
      double rest[MAX_VALUES * MAX_VALUES];
      SemioFigure without;
      double pseudo;

      memcpy (rest, all, sizeof rest);
      add_matrix (rest, matrices + c * n, -1, n);
      without = semio_agreement_alpha_of (rest, self->n_values, scale);
      if (without.state != SEMIO_FIGURE_KNOWN)
        return semio_interval_missing (SEMIO_FIGURE_TOO_RARE);
      pseudo = n_clusters * alpha.value - (n_clusters - 1.0) * without.value;
      /* Welford's way: mean and squares in one pass. */
      squares += (pseudo - mean) * (pseudo - mean) * c / (c + 1.0);
      mean += (pseudo - mean) / (c + 1.0);
    }
  half = gsl_cdf_tdist_Pinv (0.5 + level / 2, n_clusters - 1.0) * sqrt (squares / ((n_clusters - 1.0) * n_clusters));
  interval.low = alpha.value - half;
  interval.high = MIN (alpha.value + half, 1);
  return interval;
}
