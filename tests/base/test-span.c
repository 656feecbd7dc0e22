/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-span.h"

#include "semio-error.h"

#define S SEMIO_NS_PER_SECOND

static void
test_half_open (void)
{
  SemioSpan a = { 0, 10 }, b = { 10, 20 }, c = { 5, 15 }, empty = { 7, 7 };

  g_assert_true (semio_span_contains (a, 0));
  g_assert_false (semio_span_contains (a, 10));
  g_assert_false (semio_span_overlaps (a, b));
  g_assert_true (semio_span_overlaps (a, c));
  g_assert_false (semio_span_overlaps (a, empty));
  g_assert_cmpint (semio_span_get_length (semio_span_intersect (a, c)), ==, 5);
  g_assert_cmpint (semio_span_get_length (semio_span_intersect (a, b)), ==, 0);
  g_assert_cmpint (semio_span_get_length ((SemioSpan){ 9, 3 }), ==, 0);
  g_assert_true (semio_span_is_empty (empty));
}

static void
assert_format (gint64 time_ns, int decimals, const char *expected)
{
  g_autofree char *text = semio_time_format (time_ns, decimals);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (0, 0, "0:00");
  assert_format (12 * S, 0, "0:12");
  assert_format (12 * S + 999999999, 0, "0:12");
  assert_format (12 * S + 400000000, 3, "0:12.400");
  assert_format (59 * S + 999999999, 1, "0:59.9");
  assert_format (3723 * S + 400000000, 3, "1:02:03.400");
  assert_format (1, 9, "0:00.000000001");
  assert_format (-5 * S, 0, "-0:05");
  assert_format (SEMIO_TIME_NONE, 0, "");
}

static void
assert_parse (const char *text, gint64 expected_ns, gint64 expected_precision_ns)
{
  gint64 time_ns = -1, precision_ns = -1;
  g_autoptr (GError) error = NULL;

  g_assert_true (semio_time_parse (text, &time_ns, &precision_ns, &error));
  g_assert_no_error (error);
  g_assert_cmpint (time_ns, ==, expected_ns);
  g_assert_cmpint (precision_ns, ==, expected_precision_ns);
}

static void
test_parse (void)
{
  static const char *const bad[] = {
    "",      "12",    "1:5",   "1:60", "1:60:00", "1:2:03", ":05",        "1:05.",     "1:05.1234567890",
    "1:05x", "-1:05", "1:05:", "a:05", "1 :05",   "1:05,5", "1:02:03:04", "9999999:00"
  };

  assert_parse ("0:12", 12 * S, S);
  assert_parse (" 3:05 ", 185 * S, S);
  assert_parse ("75:30", 4530 * S, S);
  assert_parse ("00:00", 0, S);
  assert_parse ("1:02:03", 3723 * S, S);
  assert_parse ("1:02:03.400", 3723 * S + 400000000, S / 1000);
  assert_parse ("0:00.5", S / 2, S / 10);
  assert_parse ("0:00.000000001", 1, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 time_ns;

      g_assert_false (semio_time_parse (bad[i], &time_ns, NULL, &error));
      g_assert_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE);
    }
}

static void
test_round_trip (void)
{
  for (int i = 0; i < 2000; i++)
    {
      gint64 time_ns = (gint64) g_test_rand_int_range (0, G_MAXINT32) * g_test_rand_int_range (1, 20000);
      g_autofree char *text = semio_time_format (time_ns, 9);

      assert_parse (text, time_ns, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/span/half-open", test_half_open);
  g_test_add_func ("/base/span/format", test_format);
  g_test_add_func ("/base/span/parse", test_parse);
  g_test_add_func ("/base/span/round-trip", test_round_trip);
  return g_test_run ();
}
