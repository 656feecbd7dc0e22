/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-axis.h"

#define S SEMIO_NS_PER_SECOND

static SemioAxis *
new_axis (gint64 duration_ns, double width_px)
{
  SemioAxis *axis = semio_axis_new ();

  semio_axis_set_duration (axis, duration_ns);
  semio_axis_set_width (axis, width_px);
  return axis;
}

static void
test_round_trip (void)
{
  g_autoptr (SemioAxis) axis = new_axis (118 * S, 1180);

  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, 0), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, 59 * S), 590, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, 118 * S), 1180, 1e-9);
  semio_axis_fit (axis, 20 * S, 60 * S);
  for (double x = 0; x <= 1180; x += 37)
    {
      gint64 time_ns = semio_axis_x_to_time (axis, x);

      g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, time_ns), x, 1e-6);
    }
  /* Beyond the recording there is no time. */
  g_assert_cmpint (semio_axis_x_to_time (axis, -1e6), ==, 0);
  g_assert_cmpint (semio_axis_x_to_time (axis, 1e6), ==, 118 * S);
}

static void
test_fit (void)
{
  g_autoptr (SemioAxis) axis = new_axis (118 * S, 1000);
  SemioSpan visible;

  /* As a case opens: onset 34 s, offset 84 s. */
  semio_axis_fit (axis, 4 * S, 144 * S);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 4 * S);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);

  semio_axis_fit (axis, -50 * S, 10 * S);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 0);
  g_assert_cmpint (visible.end_ns, ==, 10 * S);

  /* Nothing of it lies in the recording: the whole. */
  semio_axis_fit (axis, 200 * S, 300 * S);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 0);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);

  /* A moment is widened to what can be shown, also at the very end. */
  semio_axis_fit (axis, 118 * S - 1, 118 * S);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);
  g_assert_cmpint (semio_span_get_length (visible), ==, S / 10);
}

static void
test_zoom (void)
{
  g_autoptr (SemioAxis) axis = new_axis (118 * S, 1000);
  SemioSpan visible;
  double x;

  semio_axis_fit (axis, 20 * S, 100 * S);
  x = semio_axis_time_to_x (axis, 40 * S);
  semio_axis_zoom (axis, 4, x);
  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, 40 * S), x, 1e-6);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (semio_span_get_length (visible), ==, 20 * S);
  semio_axis_zoom (axis, 0.25, x);
  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, 40 * S), x, 1e-6);

  /* Out to the whole and in to a tenth of a second, no further. */
  for (int i = 0; i < 50; i++)
    semio_axis_zoom (axis, 0.5, 300);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 0);
  g_assert_cmpint (visible.end_ns, ==, 118 * S);
  for (int i = 0; i < 50; i++)
    semio_axis_zoom (axis, 2, 300);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (semio_span_get_length (visible) / 1000, ==, S / 10 / 1000);
}

static void
test_pan (void)
{
  g_autoptr (SemioAxis) axis = new_axis (100 * S, 1000);
  SemioSpan visible;

  semio_axis_fit (axis, 20 * S, 40 * S);
  semio_axis_pan (axis, 500);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 30 * S);
  g_assert_cmpint (visible.end_ns, ==, 50 * S);
  semio_axis_pan (axis, -1e9);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 0);
  g_assert_cmpint (visible.end_ns, ==, 20 * S);
  semio_axis_pan (axis, 1e9);
  visible = semio_axis_get_visible (axis);
  g_assert_cmpint (visible.begin_ns, ==, 80 * S);
  g_assert_cmpint (visible.end_ns, ==, 100 * S);
}

static void
test_parts_of_a_pixel_add_up (void)
{
  g_autoptr (SemioAxis) axis = new_axis (100 * S, 1000);

  semio_axis_fit (axis, 0, 1 * S);
  for (int i = 0; i < 1000; i++)
    semio_axis_pan (axis, 0.1);
  g_assert_cmpfloat_with_epsilon (semio_axis_time_to_x (axis, S / 10), 0, 0.01);
}

static void
count_cb (SemioAxis *axis, gpointer user_data)
{
  int *n = user_data;

  (*n)++;
}

static void
test_tells_of_changes_only (void)
{
  g_autoptr (SemioAxis) axis = new_axis (100 * S, 1000);
  int n = 0;

  g_signal_connect (axis, "changed", G_CALLBACK (count_cb), &n);
  semio_axis_fit (axis, 10 * S, 20 * S);
  g_assert_cmpint (n, ==, 1);
  semio_axis_fit (axis, 10 * S, 20 * S);
  semio_axis_set_width (axis, 1000);
  semio_axis_pan (axis, 0);
  g_assert_cmpint (n, ==, 1);
  semio_axis_set_width (axis, 900);
  g_assert_cmpint (n, ==, 2);
}

static void
test_ticks (void)
{
  g_autoptr (SemioAxis) axis = new_axis (118 * S, 760);
  guint n_minor;

  g_assert_cmpint (semio_axis_choose_tick (axis, 60, &n_minor), ==, 10 * S);
  g_assert_cmpuint (n_minor, ==, 5);
  semio_axis_fit (axis, 0, S);
  g_assert_cmpint (semio_axis_choose_tick (axis, 60, NULL), ==, S / 10);
  semio_axis_set_duration (axis, 30 * 3600 * S);
  g_assert_cmpint (semio_axis_choose_tick (axis, 60, NULL), ==, 6 * 3600 * S);

  g_assert_cmpint (semio_axis_get_tick_decimals (10 * S), ==, 0);
  g_assert_cmpint (semio_axis_get_tick_decimals (S / 2), ==, 1);
  g_assert_cmpint (semio_axis_get_tick_decimals (S / 50), ==, 2);
}

static void
test_ticks_keep_their_distance (void)
{
  g_autoptr (SemioAxis) axis = new_axis (4 * 3600 * S, 800);

  for (int i = 0; i < 60; i++)
    {
      gint64 tick_ns = semio_axis_choose_tick (axis, 60, NULL);
      double distance_px = semio_axis_time_to_x (axis, tick_ns) - semio_axis_time_to_x (axis, 0);

      g_assert_cmpfloat (distance_px, >=, 60);
      semio_axis_zoom (axis, 1.2, 400);
    }
}

static void
test_unknown_duration (void)
{
  g_autoptr (SemioAxis) axis = new_axis (0, 0);
  SemioSpan visible = semio_axis_get_visible (axis);

  g_assert_cmpint (semio_axis_get_duration (axis), ==, S);
  g_assert_cmpint (semio_span_get_length (visible), ==, S);
  g_assert_cmpfloat (semio_axis_get_width (axis), >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/round-trip", test_round_trip);
  g_test_add_func ("/axis/fit", test_fit);
  g_test_add_func ("/axis/zoom", test_zoom);
  g_test_add_func ("/axis/pan", test_pan);
  g_test_add_func ("/axis/parts-of-a-pixel-add-up", test_parts_of_a_pixel_add_up);
  g_test_add_func ("/axis/tells-of-changes-only", test_tells_of_changes_only);
  g_test_add_func ("/axis/ticks", test_ticks);
  g_test_add_func ("/axis/ticks-keep-their-distance", test_ticks_keep_their_distance);
  g_test_add_func ("/axis/unknown-duration", test_unknown_duration);
  return g_test_run ();
}
