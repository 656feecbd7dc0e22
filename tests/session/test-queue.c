/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prediction.h"
#include "semio-queue.h"

#define N_FEATURES 3

static const gint64 runs[] = { 11, 22 };

static SemioItemKey
key (gint64 recording, guint feature, gint64 run)
{
  SemioItemKey made = { run, recording, feature, SEMIO_SEGMENT_WHOLE };

  return made;
}

static void
make_ratable (SemioQueue *queue, gint64 recording, guint feature, gint64 run)
{
  SemioItemKey made = key (recording, feature, run);

  semio_queue_add_flags (queue, &made, SEMIO_QUEUE_ANSWERED | SEMIO_QUEUE_RATABLE);
}

static SemioQueue *
make_queue (void)
{
  const gint64 order[] = { 7, 3, 5 };
  SemioQueue *queue = semio_queue_new (N_FEATURES, runs, G_N_ELEMENTS (runs));

  semio_queue_set_order (queue, order, G_N_ELEMENTS (order));
  make_ratable (queue, 7, 2, 11);
  make_ratable (queue, 7, 0, 22);
  make_ratable (queue, 7, 0, 11);
  make_ratable (queue, 5, 1, 22);
  return queue;
}

static void
check_next (SemioQueue *queue, const SemioItemKey *after, SemioItemKey expected)
{
  SemioItemKey next;
  gboolean found = semio_queue_find_next (queue, after, &next);

  g_assert_true (found);
  g_assert_cmpint (next.recording_id, ==, expected.recording_id);
  g_assert_cmpuint (next.feature, ==, expected.feature);
  g_assert_cmpint (next.run_id, ==, expected.run_id);
  g_assert_cmpint (next.segment, ==, SEMIO_SEGMENT_WHOLE);
}

static void
test_order (void)
{
  g_autoptr (SemioQueue) queue = make_queue ();
  SemioItemKey first = key (7, 0, 11);
  SemioItemKey second = key (7, 0, 22);
  SemioItemKey third = key (7, 2, 11);
  SemioItemKey fourth = key (5, 1, 22);
  SemioItemKey between = key (3, 2, 22);

  check_next (queue, NULL, first);
  check_next (queue, &first, second);
  check_next (queue, &second, third);
  check_next (queue, &third, fourth);
  check_next (queue, &between, fourth);
  /* After the last it begins anew. */
  check_next (queue, &fourth, first);
}

static void
test_rated_ones_are_passed_over (void)
{
  g_autoptr (SemioQueue) queue = make_queue ();
  SemioItemKey items[] = { key (7, 0, 11), key (7, 0, 22), key (7, 2, 11), key (5, 1, 22) };
  SemioItemKey next;
  gboolean found;
  guint n_rated;
  guint n_items;

  semio_queue_set_rated (queue, &items[1], TRUE);
  check_next (queue, &items[0], items[2]);
  semio_queue_get_counts (queue, 7, &n_rated, &n_items);
  g_assert_cmpuint (n_rated, ==, 1);
  g_assert_cmpuint (n_items, ==, 3);

  /* An earlier item of the same recording that was left open comes last, not never. */
  semio_queue_set_rated (queue, &items[2], TRUE);
  semio_queue_set_rated (queue, &items[3], TRUE);
  check_next (queue, &items[1], items[0]);
  semio_queue_set_rated (queue, &items[0], TRUE);
  found = semio_queue_find_next (queue, NULL, &next);
  g_assert_false (found);

  semio_queue_set_rated (queue, &items[3], FALSE);
  check_next (queue, &items[3], items[3]);
  semio_queue_get_totals (queue, &n_rated, &n_items);
  g_assert_cmpuint (n_rated, ==, 3);
  g_assert_cmpuint (n_items, ==, 4);
  semio_queue_clear_rated (queue);
  semio_queue_get_totals (queue, &n_rated, &n_items);
  g_assert_cmpuint (n_rated, ==, 0);
}

static void
test_counts (void)
{
  g_autoptr (SemioQueue) queue = make_queue ();
  SemioItemKey bare = key (5, 0, 11);
  SemioItemKey unknown = key (99, 0, 11);
  SemioItemKey no_feature = key (5, 99, 11);
  SemioItemKey no_run = key (5, 0, 99);
  guint n_rated;
  guint n_items;

  /* An answer without a text counts as covered, but there is nothing to rate, whatever stands in the file. */
  semio_queue_add_flags (queue, &bare, SEMIO_QUEUE_ANSWERED);
  semio_queue_set_rated (queue, &bare, TRUE);
  semio_queue_set_rated (queue, &unknown, TRUE);
  semio_queue_set_rated (queue, &no_feature, TRUE);
  semio_queue_set_rated (queue, &no_run, TRUE);
  semio_queue_get_counts (queue, 5, &n_rated, &n_items);
  g_assert_cmpuint (n_rated, ==, 0);
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (semio_queue_get_n_answered (queue, 5, 0), ==, 1);
  g_assert_cmpuint (semio_queue_get_n_answered (queue, 5, 1), ==, 1);
  g_assert_cmpuint (semio_queue_get_n_answered (queue, 3, 0), ==, 0);
}

static void
test_reordered (void)
{
  g_autoptr (SemioQueue) queue = make_queue ();
  const gint64 order[] = { 5, 7 };
  SemioItemKey first = key (7, 0, 11);
  SemioItemKey other = key (5, 1, 22);
  guint n_rated;
  guint n_items;

  semio_queue_set_rated (queue, &first, TRUE);
  semio_queue_set_order (queue, order, G_N_ELEMENTS (order));
  check_next (queue, NULL, other);
  semio_queue_get_totals (queue, &n_rated, &n_items);
  g_assert_cmpuint (n_rated, ==, 1);
  g_assert_cmpuint (n_items, ==, 4);
}

static void
test_empty (void)
{
  g_autoptr (SemioQueue) queue = semio_queue_new (N_FEATURES, NULL, 0);
  SemioItemKey next;
  gboolean found = semio_queue_find_next (queue, NULL, &next);

  g_assert_false (found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/order", test_order);
  g_test_add_func ("/queue/rated-ones-are-passed-over", test_rated_ones_are_passed_over);
  g_test_add_func ("/queue/counts", test_counts);
  g_test_add_func ("/queue/reordered", test_reordered);
  g_test_add_func ("/queue/empty", test_empty);
  return g_test_run ();
}
