/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-agreement-private.h"

#include <math.h>

#define MAX_VALUES 16

SemioAgreement *
semio_agreement_new (guint n_raters, guint n_values)
{
  SemioAgreement *self = g_new0 (SemioAgreement, 1);

  g_return_val_if_fail (n_values >= 2 && n_values <= MAX_VALUES, self);

  self->n_raters = n_raters;
  self->n_values = n_values;
  self->values = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
semio_agreement_free (SemioAgreement *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->values, g_array_unref);
  g_clear_pointer (&self->clusters, g_array_unref);
  g_free (self);
}

void
semio_agreement_add_unit (SemioAgreement *self, const guint8 *values, guint cluster)
{
  for (guint i = 0; i < self->n_raters; i++)
    g_return_if_fail (values[i] <= self->n_values);
  g_array_append_vals (self->values, values, self->n_raters);
  g_array_append_val (self->clusters, cluster);
}

guint
semio_agreement_get_n_units (const SemioAgreement *self)
{
  return self->clusters->len;
}

const guint8 *
semio_agreement_get_unit (const SemioAgreement *self, guint unit)
{
  return (const guint8 *) self->values->data + (gsize) unit * self->n_raters;
}

guint
semio_agreement_tally (const SemioAgreement *self, guint unit, guint *counts)
{
  const guint8 *values = semio_agreement_get_unit (self, unit);
  guint n = 0;

  for (guint k = 0; k <= self->n_values; k++)
    counts[k] = 0;
  for (guint i = 0; i < self->n_raters; i++)
    {
      counts[values[i]]++;
      n += values[i] != 0;
    }
  return n;
}

SemioAgreementCounts
semio_agreement_count (const SemioAgreement *self)
{
  SemioAgreementCounts counts = { .n_units = semio_agreement_get_n_units (self) };
  g_autofree gboolean *spoke = g_new0 (gboolean, MAX (self->n_raters, 1));
  g_autoptr (GHashTable) clusters = g_hash_table_new (NULL, NULL);
  guint tally[MAX_VALUES + 1];

  for (guint u = 0; u < counts.n_units; u++)
    {
      guint n = semio_agreement_tally (self, u, tally);

      counts.n_values += n;
      counts.n_paired += n >= 2;
      g_hash_table_add (clusters, GUINT_TO_POINTER (g_array_index (self->clusters, guint, u)));
      for (guint i = 0; i < self->n_raters; i++)
        spoke[i] |= semio_agreement_get_unit (self, u)[i] != 0;
    }
  for (guint i = 0; i < self->n_raters; i++)
    counts.n_raters += spoke[i];
  for (guint u = 0; counts.n_raters > 0 && u < counts.n_units; u++)
    counts.n_complete += semio_agreement_tally (self, u, tally) == counts.n_raters;
  counts.n_clusters = g_hash_table_size (clusters);
  return counts;
}

guint
semio_agreement_count_pair (const SemioAgreement *self, guint one, guint other)
{
  guint n = 0;

  g_return_val_if_fail (one < self->n_raters && other < self->n_raters, 0);

  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    n += semio_agreement_get_unit (self, u)[one] != 0 && semio_agreement_get_unit (self, u)[other] != 0;
  return n;
}

/* Why there is no coefficient, or known. */
static SemioFigureState
check_pairs (const SemioAgreement *self)
{
  SemioAgreementCounts counts = semio_agreement_count (self);

  if (counts.n_raters < 2)
    return SEMIO_FIGURE_NEEDS_RATERS;
  return counts.n_paired > 0 ? SEMIO_FIGURE_KNOWN : SEMIO_FIGURE_NO_PAIRS;
}

/* How much two values agree: 1 for the same. */
static double
get_weight (guint k, guint l, guint n_values, SemioScale scale)
{
  double distance = fabs ((double) k - l) / (n_values - 1);

  if (scale == SEMIO_SCALE_NOMINAL)
    return k == l ? 1 : 0;
  return 1 - (scale == SEMIO_SCALE_ORDINAL ? distance : distance * distance);
}

/* The mean over the units with a pair of how much its pairs agree. */
static double
get_pair_agreement (const SemioAgreement *self, SemioScale scale)
{
  guint tally[MAX_VALUES + 1];
  double sum = 0;
  guint n_units = 0;

  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      guint n = semio_agreement_tally (self, u, tally);
      double agreeing = 0;

      if (n < 2)
        continue;
      for (guint k = 1; k <= self->n_values; k++)
        {
          double weighted = 0;

          for (guint l = 1; l <= self->n_values; l++)
            weighted += get_weight (k, l, self->n_values, scale) * tally[l];
          agreeing += tally[k] * (weighted - 1);
        }
      sum += agreeing / ((double) n * (n - 1));
      n_units++;
    }
  return sum / n_units;
}

SemioFigure
semio_agreement_percent (const SemioAgreement *self)
{
  SemioFigureState state = check_pairs (self);

  return state == SEMIO_FIGURE_KNOWN ? semio_figure_new (get_pair_agreement (self, SEMIO_SCALE_NOMINAL))
                                     : semio_figure_missing (state);
}

SemioFigure
semio_agreement_gwet (const SemioAgreement *self, SemioScale scale)
{
  SemioFigureState state = check_pairs (self);
  double shares[MAX_VALUES + 1] = { 0 };
  guint tally[MAX_VALUES + 1];
  double weights = 0, spread = 0, expected;
  guint n_units = 0;

  if (state != SEMIO_FIGURE_KNOWN)
    return semio_figure_missing (state);
  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      guint n = semio_agreement_tally (self, u, tally);

      n_units += n > 0;
      for (guint k = 1; n > 0 && k <= self->n_values; k++)
        shares[k] += (double) tally[k] / n;
    }
  for (guint k = 1; k <= self->n_values; k++)
    {
      double share = shares[k] / n_units;

      spread += share * (1 - share);
      for (guint l = 1; l <= self->n_values; l++)
        weights += get_weight (k, l, self->n_values, scale);
    }
  expected = weights / ((double) self->n_values * (self->n_values - 1)) * spread;
  return semio_figure_new ((get_pair_agreement (self, scale) - expected) / (1 - expected));
}

SemioFigure
semio_agreement_fleiss (const SemioAgreement *self)
{
  SemioFigureState state = check_pairs (self);
  const guint n_raters = semio_agreement_count (self).n_raters;
  guint tally[MAX_VALUES + 1];
  double totals[MAX_VALUES + 1] = { 0 };
  double agreement = 0, expected = 0;
  guint n_units = 0;

  if (state != SEMIO_FIGURE_KNOWN)
    return semio_figure_missing (state);
  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      double same = 0;

      if (semio_agreement_tally (self, u, tally) < n_raters)
        continue;
      for (guint k = 1; k <= self->n_values; k++)
        {
          same += (double) tally[k] * (tally[k] - 1.0);
          totals[k] += tally[k];
        }
      agreement += same / ((double) n_raters * (n_raters - 1));
      n_units++;
    }
  if (n_units == 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  for (guint k = 1; k <= self->n_values; k++)
    expected += pow (totals[k] / ((double) n_units * n_raters), 2);
  if (expected >= 1)
    return semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
  return semio_figure_new ((agreement / n_units - expected) / (1 - expected));
}

SemioFigure
semio_agreement_kappa (const SemioAgreement *self, guint one, guint other, SemioScale scale)
{
  double both[MAX_VALUES + 1][MAX_VALUES + 1] = { { 0 } };
  double rows[MAX_VALUES + 1] = { 0 }, columns[MAX_VALUES + 1] = { 0 };
  double observed = 0, expected = 0, n = 0;

  g_return_val_if_fail (one < self->n_raters && other < self->n_raters, semio_figure_missing (SEMIO_FIGURE_NEEDS_RATERS));

  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      const guint8 *values = semio_agreement_get_unit (self, u);

      if (values[one] == 0 || values[other] == 0)
        continue;
      both[values[one]][values[other]]++;
      rows[values[one]]++;
      columns[values[other]]++;
      n++;
    }
  if (n <= 0)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  for (guint k = 1; k <= self->n_values; k++)
    for (guint l = 1; l <= self->n_values; l++)
      {
        double weight = 1 - get_weight (k, l, self->n_values, scale);

        observed += weight * both[k][l] / n;
        expected += weight * rows[k] * columns[l] / (n * n);
      }
  return expected > 0 ? semio_figure_new (1 - observed / expected) : semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
}

/* Sums of squares over the units that every rater valued who valued any. */
typedef struct {
  guint n_units, n_raters;
  double rows, columns, rest; /* mean squares */
} Squares;

static Squares
get_squares (const SemioAgreement *self)
{
  g_autofree double *rater_sums = g_new0 (double, MAX (self->n_raters, 1));
  Squares squares = { 0 };
  guint tally[MAX_VALUES + 1];
  const guint n_raters = semio_agreement_count (self).n_raters;
  double k = n_raters;
  double sum = 0, all = 0, units = 0, raters = 0, n, middle;

  for (guint u = 0; u < semio_agreement_get_n_units (self); u++)
    {
      const guint8 *values = semio_agreement_get_unit (self, u);
      double unit = 0;

      if (semio_agreement_tally (self, u, tally) < n_raters)
        continue;
      squares.n_units++;
      for (guint i = 0; i < self->n_raters; i++)
        {
          unit += values[i];
          rater_sums[i] += values[i];
          all += (double) values[i] * values[i];
        }
      sum += unit;
      units += unit * unit / k;
    }
  n = squares.n_units;
  squares.n_raters = n_raters;
  if (n < 2 || k < 2)
    return squares;
  middle = sum * sum / (n * k);
  for (guint i = 0; i < self->n_raters; i++)
    raters += rater_sums[i] * rater_sums[i] / n;
  squares.rows = (units - middle) / (n - 1);
  squares.columns = (raters - middle) / (k - 1);
  squares.rest = (all - units - raters + middle) / ((n - 1) * (k - 1));
  return squares;
}

SemioFigure
semio_agreement_icc (const SemioAgreement *self, gboolean of_mean)
{
  SemioFigureState state = check_pairs (self);
  Squares squares = get_squares (self);
  double k = squares.n_raters, n = squares.n_units;
  double between, whole;

  if (state != SEMIO_FIGURE_KNOWN)
    return semio_figure_missing (state);
  if (squares.n_units < 2)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  between = squares.rows - squares.rest;
  if (of_mean)
    whole = squares.rows + (squares.columns - squares.rest) / n;
  else
    whole = squares.rows + (k - 1) * squares.rest + k * (squares.columns - squares.rest) / n;
  return fabs (whole) > 1e-12 ? semio_figure_new (between / whole) : semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
}
