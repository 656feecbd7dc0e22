/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bca.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define LEAST_KNOWN_SHARE 0.9

gboolean
semio_bca_is_enough (guint n_known, guint n_resamples)
{
  return n_known > 0 && n_known >= LEAST_KNOWN_SHARE * n_resamples;
}

/* Third moment of the leave-one-patient-out values over the second to 3/2, by six. */
static double
get_acceleration (const GArray *left_out)
{
  double mean = 0, second = 0, third = 0;

  for (guint i = 0; i < left_out->len; i++)
    mean += g_array_index (left_out, double, i) / left_out->len;
  for (guint i = 0; i < left_out->len; i++)
    {
      double difference = mean - g_array_index (left_out, double, i);

      second += difference * difference;
      third += difference * difference * difference;
    }
  return second > 0 ? third / (6 * pow (second, 1.5)) : 0;
}

/* Puts the k-th smallest at its place, all smaller before it and all larger behind it (C. A. R. Hoare, Algorithm 65: FIND,
 * Commun. ACM 4, 1961): two places are wanted, not all in order. */
static double
select_kth (double *values, guint n, guint k)
{
  gssize low = 0, high = (gssize) n - 1;

  while (low < high)
    {
      double pivot = values[low + (high - low) / 2];
      gssize i = low, j = high;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              double swap = values[i];

              values[i++] = values[j];
              values[j--] = swap;
            }
        }
      if ((gssize) k <= j)
        high = j;
      else if ((gssize) k >= i)
        low = i;
      else
        break;
    }
  return values[k];
}

/* Between two values by their distance: the (n + 1)·p-th. Orders the values otherwise. */
static double
get_quantile (GArray *values, double share)
{
  double place = CLAMP (share * (values->len + 1) - 1, 0, values->len - 1.0);
  guint below = (guint) floor (place);
  double low = select_kth ((double *) (gpointer) values->data, values->len, below);
  double high = G_MAXDOUBLE;

  if (below + 1 >= values->len)
    return low;
  for (guint i = below + 1; i < values->len; i++)
    high = MIN (high, g_array_index (values, double, i));
  return low + (place - below) * (high - low);
}

/* Which percentile a BCa end is: equation 14.10 of the book. */
static double
correct_share (double share, double bias, double acceleration)
{
  double z = bias + gsl_cdf_ugaussian_Pinv (share);

  return gsl_cdf_ugaussian_P (bias + z / (1 - acceleration * z));
}

SemioInterval
semio_bca_interval (double estimate, GArray *values, const GArray *left_out, double level)
{
  SemioInterval interval = { 0, 0, SEMIO_FIGURE_KNOWN };
  double below = 0, bias, acceleration;

  g_return_val_if_fail (values->len > 0, semio_interval_missing (SEMIO_FIGURE_TOO_RARE));

  /* Counts give many equal values: half of them count as below. */
  for (guint i = 0; i < values->len; i++)
    {
      double value = g_array_index (values, double, i);

      below += value < estimate ? 1 : value > estimate ? 0 : 0.5;
    }
  below = CLAMP (below / values->len, 0.5 / values->len, 1 - 0.5 / values->len);
  bias = gsl_cdf_ugaussian_Pinv (below);
  acceleration = get_acceleration (left_out);
  interval.low = get_quantile (values, correct_share ((1 - level) / 2, bias, acceleration));
  interval.high = get_quantile (values, correct_share ((1 + level) / 2, bias, acceleration));
  return interval;
}
