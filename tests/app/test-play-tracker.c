/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-play-tracker.h"

#define S SEMIO_NS_PER_SECOND

static void
test_union (void)
{
  g_autoptr (SemioPlayTracker) tracker = semio_play_tracker_new ();
  SemioSpan span;

  semio_play_tracker_add (tracker, (SemioSpan){ 10 * S, 20 * S });
  semio_play_tracker_add (tracker, (SemioSpan){ 30 * S, 40 * S });
  semio_play_tracker_add (tracker, (SemioSpan){ 0, 5 * S });
  semio_play_tracker_add (tracker, (SemioSpan){ 7 * S, 7 * S });
  g_assert_cmpuint (semio_play_tracker_get_n_spans (tracker), ==, 3);
  semio_play_tracker_add (tracker, (SemioSpan){ 15 * S, 30 * S });
  g_assert_cmpuint (semio_play_tracker_get_n_spans (tracker), ==, 2);
  span = semio_play_tracker_get_span (tracker, 1);
  g_assert_cmpint (span.begin_ns, ==, 10 * S);
  g_assert_cmpint (span.end_ns, ==, 40 * S);
  semio_play_tracker_add (tracker, (SemioSpan){ 0, 100 * S });
  g_assert_cmpuint (semio_play_tracker_get_n_spans (tracker), ==, 1);
}

static void
test_frames (void)
{
  g_autoptr (SemioPlayTracker) tracker = semio_play_tracker_new ();
  SemioSpan whole = { 0, 60 * S };

  for (int i = 0; i < 25; i++)
    semio_play_tracker_play (tracker, (SemioSpan){ i * S / 25, (i + 1) * S / 25 }, 1);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, whole), ==, S);
  /* Frames that a slow machine dropped were seen all the same. */
  semio_play_tracker_play (tracker, (SemioSpan){ S + S / 5, S + S / 4 }, 1);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, whole), ==, S + S / 4);
  /* A jump was not. */
  semio_play_tracker_play (tracker, (SemioSpan){ 30 * S, 31 * S }, 1);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, whole), ==, 2 * S + S / 4);
  semio_play_tracker_break (tracker);
  semio_play_tracker_play (tracker, (SemioSpan){ 31 * S + S / 10, 32 * S }, 1);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, whole), ==, 2 * S + S / 4 + 9 * S / 10);
}

static void
test_fast (void)
{
  g_autoptr (SemioPlayTracker) tracker = semio_play_tracker_new ();

  semio_play_tracker_play (tracker, (SemioSpan){ 0, S / 25 }, 4);
  semio_play_tracker_play (tracker, (SemioSpan){ S, S + S / 25 }, 4);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, (SemioSpan){ 0, S }), ==, S);
}

static void
test_back (void)
{
  g_autoptr (SemioPlayTracker) tracker = semio_play_tracker_new ();

  semio_play_tracker_play (tracker, (SemioSpan){ 10 * S, 11 * S }, 1);
  semio_play_tracker_play (tracker, (SemioSpan){ 2 * S, 3 * S }, 1);
  g_assert_cmpint (semio_play_tracker_get_played_ns (tracker, (SemioSpan){ 0, 20 * S }), ==, 2 * S);
}

static void
test_share (void)
{
  g_autoptr (SemioPlayTracker) tracker = semio_play_tracker_new ();
  const SemioSpan cited[] = { { 0, 30 * S }, { 25 * S, 55 * S } };
  const SemioSpan none = { 5 * S, 5 * S };

  g_assert_cmpfloat (semio_play_tracker_get_share (tracker, cited, 2), ==, 0);
  semio_play_tracker_add (tracker, (SemioSpan){ 0, 11 * S });
  g_assert_cmpfloat_with_epsilon (semio_play_tracker_get_share (tracker, cited, 2), 0.2, 1e-9);
  /* The five seconds that both segments hold count once. */
  semio_play_tracker_add (tracker, (SemioSpan){ 25 * S, 30 * S });
  g_assert_cmpfloat_with_epsilon (semio_play_tracker_get_share (tracker, cited, 2), 16.0 / 55, 1e-9);
  semio_play_tracker_add (tracker, (SemioSpan){ 0, 100 * S });
  g_assert_cmpfloat (semio_play_tracker_get_share (tracker, cited, 2), ==, 1);
  g_assert_cmpfloat (semio_play_tracker_get_share (tracker, &none, 1), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/play-tracker/union", test_union);
  g_test_add_func ("/play-tracker/frames", test_frames);
  g_test_add_func ("/play-tracker/fast", test_fast);
  g_test_add_func ("/play-tracker/back", test_back);
  g_test_add_func ("/play-tracker/share", test_share);
  return g_test_run ();
}
