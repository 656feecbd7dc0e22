/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-progress.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define US_PER_SECOND 1e6
/* Less than this says too little about the speed. */
#define MIN_ELAPSED_S 1.0
#define MIN_INTERVAL_S 0.2
/* How much of the estimate a new measurement replaces each second. */
#define SMOOTHING_S 8.0

struct _SemioShare {
  gatomicrefcount refs;
  gint parts; /* of SHARE_PARTS, atomic */
};

#define SHARE_PARTS 10000

SemioShare *
semio_share_new (void)
{
  SemioShare *share = g_new0 (SemioShare, 1);

  g_atomic_ref_count_init (&share->refs);
  return share;
}

SemioShare *
semio_share_ref (SemioShare *share)
{
  g_atomic_ref_count_inc (&share->refs);
  return share;
}

void
semio_share_unref (SemioShare *share)
{
  if (share != NULL && g_atomic_ref_count_dec (&share->refs))
    g_free (share);
}

void
semio_share_set (SemioShare *share, double fraction)
{
  const gint parts = (gint) (CLAMP (fraction, 0, 1) * SHARE_PARTS);
  gint before = g_atomic_int_get (&share->parts);

  while (parts > before && !g_atomic_int_compare_and_exchange (&share->parts, before, parts))
    before = g_atomic_int_get (&share->parts);
}

double
semio_share_get (SemioShare *share)
{
  return (double) g_atomic_int_get (&share->parts) / SHARE_PARTS;
}

void
semio_time_left_start (SemioTimeLeft *left)
{
  left->start_us = g_get_monotonic_time ();
  left->last_us = left->start_us;
  left->last_fraction = 0;
  left->rate = 0;
}

/**
 * semio_time_left_update:
 * @left: the estimate
 * @fraction: share done, 0 to 1; a negative one is passed over
 *
 * The first second gives the mean speed, later ones an average that forgets over about eight seconds, so that one slow
 * file does not throw the estimate about.
 */
void
semio_time_left_update (SemioTimeLeft *left, double fraction)
{
  gint64 now_us = g_get_monotonic_time ();
  double interval_s = (double) (now_us - left->last_us) / US_PER_SECOND;
  double weight, rate;

  if (fraction < 0 || fraction < left->last_fraction || interval_s < MIN_INTERVAL_S)
    return;
  rate = (fraction - left->last_fraction) / interval_s;
  weight = left->rate > 0 ? 1 - exp (-interval_s / SMOOTHING_S) : 1;
  left->rate += weight * (rate - left->rate);
  left->last_us = now_us;
  left->last_fraction = MIN (fraction, 1.0);
}

double
semio_time_left_get_seconds (const SemioTimeLeft *left)
{
  if (left->last_us - left->start_us < MIN_ELAPSED_S * US_PER_SECOND || left->rate <= 0)
    return -1;
  return (1 - left->last_fraction) / left->rate;
}

char *
semio_time_left_to_text (const SemioTimeLeft *left)
{
  double seconds = semio_time_left_get_seconds (left);
  int minutes;

  if (seconds < 0 || seconds > 48 * 3600)
    return NULL;
  if (seconds < 55)
    {
      /* Steps of five, because a number that changes at every look is not an estimate. */
      int rounded = MAX (5, (int) ceil (seconds / 5) * 5);

      return g_strdup_printf (ngettext ("about %d s left", "about %d s left", (gulong) rounded), rounded);
    }
  minutes = (int) floor (seconds / 60 + 0.5);
  if (minutes < 90)
    return g_strdup_printf (ngettext ("about %d min left", "about %d min left", (gulong) MAX (minutes, 1)), MAX (minutes, 1));
  minutes = (minutes + 30) / 60;
  return g_strdup_printf (ngettext ("about %d h left", "about %d h left", (gulong) minutes), minutes);
}
