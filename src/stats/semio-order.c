/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-order.h"

#include <math.h>

static guint
get_edits (const GArray *one, const GArray *other)
{
  g_autofree guint *row = g_new (guint, other->len + 1);

  for (guint j = 0; j <= other->len; j++)
    row[j] = j;
  for (guint i = 1; i <= one->len; i++)
    {
      guint before = row[0];

      row[0] = i;
      for (guint j = 1; j <= other->len; j++)
        {
          guint above = row[j];
          guint replaced = before + (g_array_index (one, guint, i - 1) != g_array_index (other, guint, j - 1));

          row[j] = MIN (replaced, MIN (above, row[j - 1]) + 1);
          before = above;
        }
    }
  return row[other->len];
}

static guint
get_common (const GArray *one, const GArray *other)
{
  g_autofree guint *row = g_new0 (guint, other->len + 1);

  for (guint i = 1; i <= one->len; i++)
    {
      guint before = 0;

      for (guint j = 1; j <= other->len; j++)
        {
          guint above = row[j];

          row[j] =
              g_array_index (one, guint, i - 1) == g_array_index (other, guint, j - 1) ? before + 1 : MAX (above, row[j - 1]);
          before = above;
        }
    }
  return row[other->len];
}

SemioFigure
semio_kendall_tau_b (const double *one, const double *other, guint n)
{
  double concordant = 0, discordant = 0, ties_one = 0, ties_other = 0;
  double pairs = (double) n * ((double) n - 1) / 2;

  if (n < 2)
    return semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  for (guint i = 0; i < n; i++)
    for (guint j = i + 1; j < n; j++)
      {
        int a = (one[i] > one[j]) - (one[i] < one[j]);
        int b = (other[i] > other[j]) - (other[i] < other[j]);

        ties_one += a == 0;
        ties_other += b == 0;
        concordant += a * b > 0;
        discordant += a * b < 0;
      }
  if (ties_one >= pairs || ties_other >= pairs)
    return semio_figure_missing (SEMIO_FIGURE_NO_VARIATION);
  return semio_figure_new ((concordant - discordant) / sqrt ((pairs - ties_one) * (pairs - ties_other)));
}

/* The first place of a feature, or −1. */
static int
find_first (const GArray *sequence, guint feature)
{
  for (guint i = 0; i < sequence->len; i++)
    if (g_array_index (sequence, guint, i) == feature)
      return (int) i;
  return -1;
}

static SemioFigure
get_tau (const GArray *reference, const GArray *predicted)
{
  g_autofree double *one = g_new (double, reference->len);
  g_autofree double *other = g_new (double, reference->len);
  guint n = 0;

  for (guint i = 0; i < reference->len; i++)
    {
      guint feature = g_array_index (reference, guint, i);
      int place = find_first (predicted, feature);

      if (place < 0 || find_first (reference, feature) != (int) i)
        continue;
      one[n] = i;
      other[n++] = place;
    }
  return semio_kendall_tau_b (one, other, n);
}

SemioOrder
semio_order_compare (const GArray *reference, const GArray *predicted)
{
  SemioOrder order;

  if (reference->len == 0)
    {
      order.edit = order.common = order.tau = semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
      return order;
    }
  order.edit = semio_figure_new ((double) get_edits (reference, predicted) / reference->len);
  order.common = semio_figure_new ((double) get_common (reference, predicted) / reference->len);
  order.tau = get_tau (reference, predicted);
  return order;
}

guint
semio_order_find_constant (GPtrArray *sequences)
{
  double least = G_MAXDOUBLE;
  guint best = G_MAXUINT;

  for (guint i = 0; i < sequences->len; i++)
    {
      double sum = 0;

      for (guint j = 0; j < sequences->len && sum < least; j++)
        {
          const GArray *reference = sequences->pdata[j];

          if (reference->len > 0)
            sum += (double) get_edits (reference, sequences->pdata[i]) / reference->len;
        }
      if (sum < least)
        {
          least = sum;
          best = i;
        }
    }
  return best;
}
