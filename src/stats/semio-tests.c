/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-tests.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

SemioInterval
semio_wilson_interval (guint n_yes, guint n, double level)
{
  SemioInterval interval = { 0, 0, SEMIO_FIGURE_KNOWN };
  double z, share, middle, half, scale;

  g_return_val_if_fail (n_yes <= n && level > 0 && level < 1, semio_interval_missing (SEMIO_FIGURE_NO_PAIRS));

  if (n == 0)
    return semio_interval_missing (SEMIO_FIGURE_NO_PAIRS);
  z = gsl_cdf_ugaussian_Pinv (0.5 + level / 2);
  share = (double) n_yes / n;
  scale = 1 + z * z / n;
  middle = share + z * z / (2.0 * n);
  half = z * sqrt (share * (1 - share) / n + z * z / (4.0 * n * n));
  /* At both ends the formula gives 0 and 1 but for rounding. */
  interval.low = n_yes == 0 ? 0 : (middle - half) / scale;
  interval.high = n_yes == n ? 1 : (middle + half) / scale;
  return interval;
}

double
semio_mcnemar_exact (guint only_first, guint only_second)
{
  guint n = only_first + only_second;
  guint fewer = MIN (only_first, only_second);

  if (n == 0 || only_first == only_second)
    return 1;
  return MIN (2 * gsl_cdf_binomial_P (fewer, 0.5, n), 1);
}

typedef struct {
  double p;
  guint index;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  const Ranked *one = a;
  const Ranked *other = b;

  if (one->p != other->p)
    return one->p < other->p ? -1 : 1;
  return one->index < other->index ? -1 : one->index > other->index;
}

void
semio_holm_adjust (double *p_values, guint n)
{
  g_autoptr (GArray) ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));
  double largest = 0;

  for (guint i = 0; i < n; i++)
    if (p_values[i] >= 0)
      {
        Ranked one = { p_values[i], i };

        g_array_append_val (ranked, one);
      }
  g_array_sort (ranked, compare_ranked);
  for (guint i = 0; i < ranked->len; i++)
    {
      const Ranked *one = &g_array_index (ranked, Ranked, i);

      largest = MAX (largest, MIN (one->p * (ranked->len - i), 1));
      p_values[one->index] = largest;
    }
}
