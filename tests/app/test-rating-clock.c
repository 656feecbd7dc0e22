/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-clock.h"

#include "semio-prediction.h"

#define US G_USEC_PER_SEC

static const SemioItemKey first = { 1, 1, 4, SEMIO_SEGMENT_WHOLE };
static const SemioItemKey second = { 2, 1, 4, SEMIO_SEGMENT_WHOLE };

static void
test_items (void)
{
  g_autoptr (SemioRatingClock) clock = semio_rating_clock_new ();

  semio_rating_clock_set_item (clock, &first, 100 * US);
  semio_rating_clock_set_item (clock, &second, 110 * US);
  semio_rating_clock_set_item (clock, &first, 113 * US);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &first, 115 * US), ==, 12);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &second, 115 * US), ==, 3);
}

static void
test_away (void)
{
  g_autoptr (SemioRatingClock) clock = semio_rating_clock_new ();

  semio_rating_clock_set_item (clock, &first, 0);
  semio_rating_clock_set_item (clock, NULL, 5 * US);
  semio_rating_clock_touch (clock, 20 * US);
  semio_rating_clock_set_item (clock, &first, 30 * US);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &first, 31 * US), ==, 6);
}

static void
test_pause (void)
{
  g_autoptr (SemioRatingClock) clock = semio_rating_clock_new ();

  semio_rating_clock_set_item (clock, &first, 0);
  semio_rating_clock_touch (clock, 60 * US);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &first, 60 * US), ==, 60);
  semio_rating_clock_touch (clock, 121 * US);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &first, 121 * US), ==, 60);
  semio_rating_clock_touch (clock, 131 * US);
  g_assert_cmpfloat (semio_rating_clock_get_seconds (clock, &first, 131 * US), ==, 70);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rating-clock/items", test_items);
  g_test_add_func ("/rating-clock/away", test_away);
  g_test_add_func ("/rating-clock/pause", test_pause);
  return g_test_run ();
}
