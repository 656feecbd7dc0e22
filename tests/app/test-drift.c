/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-drift.h"

#define MS_NS 1000000
#define FRAME_US 40000

/* A second and a half of frames, each seen up to half a frame early or late. */
static void
play (SemioDrift *drift, gint64 from_us, gint64 ahead_ns)
{
  for (int i = 0; i < 75; i++)
    semio_drift_add (drift, ahead_ns + (i % 2 == 0 ? 20 : -20) * MS_NS, from_us + i * FRAME_US / 2);
}

static void
test_mean (void)
{
  SemioDrift drift;

  semio_drift_reset (&drift);
  g_assert_cmpint (semio_drift_get (&drift), ==, 0);
  play (&drift, 5000000, 120 * MS_NS);
  g_assert_cmpint (ABS (semio_drift_get (&drift) - 120 * MS_NS), <, 25 * MS_NS);
  /* It follows when they come nearer. */
  play (&drift, 6500000, 0);
  play (&drift, 8000000, 0);
  play (&drift, 9500000, 0);
  g_assert_cmpint (ABS (semio_drift_get (&drift)), <, 10 * MS_NS);
}

static void
test_nothing_at_first (void)
{
  SemioDrift drift;

  semio_drift_reset (&drift);
  /* The first frames come in a hurry: not told. */
  for (int i = 0; i < 20; i++)
    semio_drift_add (&drift, 300 * MS_NS, 1000000 + i * FRAME_US);
  g_assert_cmpint (semio_drift_get (&drift), ==, 0);
  play (&drift, 2000000, -80 * MS_NS);
  g_assert_cmpint (semio_drift_get (&drift), <, 40 * MS_NS);
  semio_drift_reset (&drift);
  g_assert_cmpint (semio_drift_get (&drift), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drift/mean", test_mean);
  g_test_add_func ("/drift/nothing-at-first", test_nothing_at_first);
  return g_test_run ();
}
