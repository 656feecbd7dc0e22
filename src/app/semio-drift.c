/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-drift.h"

#include <math.h>

/* What was seen this long ago counts a third of what is seen now. */
#define MEMORY_US 1000000.0
/* Both begin to play with a frame or two in a hurry. */
#define SETTLED_US 1000000

/**
 * semio_drift_reset:
 * @drift: a drift
 *
 * Both begin anew.
 */
void
semio_drift_reset (SemioDrift *drift)
{
  *drift = (SemioDrift){ 0, 0, 0 };
}

/**
 * semio_drift_add:
 * @drift: a drift
 * @ahead_ns: by how much one is ahead at a frame
 * @at_us: when, by the monotonic clock
 */
void
semio_drift_add (SemioDrift *drift, gint64 ahead_ns, gint64 at_us)
{
  double share = 1;

  if (drift->first_us == 0)
    drift->first_us = at_us;
  else
    share = 1 - exp (-(double) MAX (at_us - drift->last_us, 0) / MEMORY_US);
  drift->ahead_ns += share * ((double) ahead_ns - drift->ahead_ns);
  drift->last_us = at_us;
}

/**
 * semio_drift_get:
 * @drift: a drift
 *
 * Returns: the mean of about the last second; 0 while less than a second was seen
 */
gint64
semio_drift_get (const SemioDrift *drift)
{
  return drift->last_us - drift->first_us < SETTLED_US ? 0 : (gint64) drift->ahead_ns;
}
