/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-clock.h"

#include "semio-error.h"
#include "semio-progress.h"

#define NOW "2026-11-23T18:51:00.123456Z"

static void
test_fixed (void)
{
  gint64 start_us = 0, first_us, second_us;

  g_assert_true (semio_clock_parse_utc (NOW, &start_us, NULL));
  first_us = semio_clock_get_utc_us ();
  g_usleep (2000);
  second_us = semio_clock_get_utc_us ();
  g_assert_cmpint (first_us, >=, start_us);
  g_assert_cmpint (first_us, <, start_us + 60 * G_USEC_PER_SEC);
  g_assert_cmpint (second_us, >=, first_us + 2000);
  g_assert_cmpint (semio_clock_get_offset_min (), ==, 330);
}

static void
assert_round_trip (const char *text, gint64 expected_us)
{
  gint64 utc_us = 0;
  g_autofree char *again = NULL;

  g_assert_true (semio_clock_parse_utc (text, &utc_us, NULL));
  g_assert_cmpint (utc_us, ==, expected_us);
  again = semio_clock_format_utc (utc_us);
  g_assert_cmpstr (again, ==, text);
}

static void
test_text (void)
{
  static const char *const bad[] = { "",
                                     "2026-11-23",
                                     "2026-11-23T18:51:00",
                                     "2026-13-23T18:51:00Z",
                                     "2026-02-30T18:51:00Z",
                                     "2026-11-23T24:51:00Z",
                                     "2026-11-23T18:51:00.Z",
                                     "2026-11-23T18:51:00Zx",
                                     "2026-11-23 18:51:00Z",
                                     "2026-11-23T18:51:00+0100" };
  gint64 utc_us, same_us;

  assert_round_trip ("1970-01-01T00:00:00.000000Z", 0);
  assert_round_trip ("1969-12-31T23:59:59.999999Z", -1);
  assert_round_trip ("2001-09-09T01:46:40.000001Z", G_GINT64_CONSTANT (1000000000000001));
  g_assert_true (semio_clock_parse_utc ("2026-11-23T18:51:00Z", &utc_us, NULL));
  g_assert_true (semio_clock_parse_utc ("2026-11-23T19:51:00+01:00", &same_us, NULL));
  g_assert_cmpint (utc_us, ==, same_us);
  g_assert_true (semio_clock_parse_utc ("2026-11-23T14:21:00-04:30", &same_us, NULL));
  g_assert_cmpint (utc_us, ==, same_us);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (semio_clock_parse_utc (bad[i], &utc_us, &error));
      g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
    }
}

static void
assert_time_left (double rate, double fraction, const char *expected)
{
  SemioTimeLeft left = { 0, 2 * G_USEC_PER_SEC, fraction, rate };
  g_autofree char *text = semio_time_left_to_text (&left);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_time_left (void)
{
  SemioTimeLeft left;

  semio_time_left_start (&left);
  g_assert_cmpfloat (semio_time_left_get_seconds (&left), <, 0);
  g_assert_null (semio_time_left_to_text (&left));
  semio_time_left_update (&left, -1);
  g_assert_cmpfloat (left.last_fraction, ==, 0);
  /* As if two seconds had passed and a fifth were done: eight are left. */
  left.start_us -= 2 * G_USEC_PER_SEC;
  left.last_us -= 2 * G_USEC_PER_SEC;
  semio_time_left_update (&left, 0.2);
  g_assert_cmpfloat_with_epsilon (semio_time_left_get_seconds (&left), 8, 0.5);
  assert_time_left (0.1, 0.9, "about 5 s left");
  assert_time_left (0.01, 0.66, "about 35 s left");
  assert_time_left (0.001, 0.88, "about 2 min left");
  assert_time_left (0.0001, 0.0, "about 3 h left");
  assert_time_left (0, 0.5, NULL);
}

int
main (int argc, char *argv[])
{
  g_setenv ("SEMIO_NOW", NOW, TRUE);
  g_setenv ("TZ", "+05:30", TRUE);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/fixed", test_fixed);
  g_test_add_func ("/base/clock/text", test_text);
  g_test_add_func ("/base/clock/time-left", test_time_left);
  return g_test_run ();
}
