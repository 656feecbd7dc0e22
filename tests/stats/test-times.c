/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Onsets, intervals, order, sides and curves by numbers counted by hand, and where there is no number. */
#include <math.h>

#include "semio-curve.h"
#include "semio-order.h"
#include "semio-timing-scores.h"

#define EPSILON 1e-12

static void
test_onset (void)
{
  /* Errors 1, 0.5, 6 and 3; the reference's fifth was not told, the run's sixth has no reference. */
  const SemioOnsetPair pairs[] = { { 10, 11 }, { 20, 19.5 }, { 30, 36 }, { 12, 15 }, { 40, NAN }, { NAN, 3 } };
  SemioOnsetError error = semio_onset_error_compute (pairs, G_N_ELEMENTS (pairs));

  g_assert_cmpuint (error.n_reference, ==, 5);
  g_assert_cmpuint (error.n_scored, ==, 4);
  g_assert_cmpfloat_with_epsilon (error.coverage.value, 0.8, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.mean_s.value, 10.5 / 4, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.median_s.value, 2, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.within[0].value, 0.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.within[1].value, 0.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.within[2].value, 0.75, EPSILON);
  /* The median of 10, 12, 20, 30 is 16: errors 6, 4, 4, 14. */
  g_assert_cmpfloat_with_epsilon (error.constant_s, 16, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.constant_mean_s.value, 7, EPSILON);
  g_assert_cmpfloat_with_epsilon (error.constant_within[2].value, 0.5, EPSILON);
  error = semio_onset_error_compute (pairs, 0);
  g_assert_cmpint (error.mean_s.state, ==, SEMIO_FIGURE_NO_TIMES);
  g_assert_cmpint (error.constant_mean_s.state, ==, SEMIO_FIGURE_NO_TIMES);
}

static GArray *
make_spans (const int *ends, guint n)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SemioSpan));

  for (guint i = 0; i < n; i += 2)
    {
      const SemioSpan span = { ends[i] * SEMIO_NS_PER_SECOND, ends[i + 1] * SEMIO_NS_PER_SECOND };

      g_array_append_val (spans, span);
    }
  return spans;
}

static void
test_overlap (void)
{
  /* 30 to 40 and 10 to 25 by two that overlap: 25 s. Said 20 to 35 and an empty one: 15 s, of which 5 + 5 are common. */
  const int truth[] = { 30, 40, 10, 20, 15, 25 };
  const int said[] = { 20, 35, 5, 5 };
  g_autoptr (GArray) reference = make_spans (truth, G_N_ELEMENTS (truth));
  g_autoptr (GArray) predicted = make_spans (said, G_N_ELEMENTS (said));
  g_autoptr (GArray) none = make_spans (NULL, 0);
  SemioOverlap overlap = semio_overlap_compute (reference, predicted);

  g_assert_cmpfloat_with_epsilon (overlap.iou.value, 10.0 / 30, EPSILON);
  g_assert_cmpfloat_with_epsilon (overlap.precision.value, 10.0 / 15, EPSILON);
  g_assert_cmpfloat_with_epsilon (overlap.recall.value, 10.0 / 25, EPSILON);
  overlap = semio_overlap_compute (reference, none);
  g_assert_cmpfloat (overlap.iou.value, ==, 0);
  g_assert_cmpint (overlap.iou.state, ==, SEMIO_FIGURE_KNOWN);
  g_assert_cmpint (overlap.precision.state, ==, SEMIO_FIGURE_NO_TIMES);
  overlap = semio_overlap_compute (none, none);
  g_assert_cmpint (overlap.iou.state, ==, SEMIO_FIGURE_NO_TIMES);
}

static GArray *
make_sequence (const char *letters)
{
  GArray *sequence = g_array_new (FALSE, FALSE, sizeof (guint));

  for (; *letters != '\0'; letters++)
    {
      guint feature = (guint) *letters;

      g_array_append_val (sequence, feature);
    }
  return sequence;
}

static SemioOrder
compare (const char *reference, const char *predicted)
{
  g_autoptr (GArray) one = make_sequence (reference);
  g_autoptr (GArray) other = make_sequence (predicted);

  return semio_order_compare (one, other);
}

static void
test_order (void)
{
  SemioOrder order = compare ("kitten", "sitting");

  g_assert_cmpfloat_with_epsilon (order.edit.value, 3.0 / 6, EPSILON);
  order = compare ("abcde", "badce");
  g_assert_cmpfloat_with_epsilon (order.common.value, 3.0 / 5, EPSILON);
  /* Of ten pairs a-b and c-d are turned. */
  g_assert_cmpfloat_with_epsilon (order.tau.value, 0.6, EPSILON);
  order = compare ("abc", "xby");
  g_assert_cmpint (order.tau.state, ==, SEMIO_FIGURE_NO_PAIRS);
  order = compare ("abc", "");
  g_assert_cmpfloat (order.edit.value, ==, 1);
  g_assert_cmpfloat (order.common.value, ==, 0);
  g_assert_cmpint (compare ("", "abc").edit.state, ==, SEMIO_FIGURE_NO_PAIRS);
  order = compare ("abc", "abc");
  g_assert_cmpfloat (order.edit.value, ==, 0);
  g_assert_cmpfloat (order.tau.value, ==, 1);
}

static void
test_constant_order (void)
{
  g_autoptr (GPtrArray) sequences = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  g_assert_cmpuint (semio_order_find_constant (sequences), ==, G_MAXUINT);
  g_ptr_array_add (sequences, make_sequence ("cba"));
  g_ptr_array_add (sequences, make_sequence ("abc"));
  g_ptr_array_add (sequences, make_sequence ("abd"));
  g_assert_cmpuint (semio_order_find_constant (sequences), ==, 1);
}

static void
test_sides_and_types (void)
{
  SemioCounts left = { 0 }, types = { 0 };
  gboolean always_yes;

  semio_side_count (&left, SEMIO_SIDE_LEFT, SEMIO_SIDE_LEFT, SEMIO_SIDE_BOTH);
  semio_side_count (&left, SEMIO_SIDE_LEFT, SEMIO_SIDE_RIGHT, SEMIO_SIDE_BOTH);
  semio_side_count (&left, SEMIO_SIDE_LEFT, SEMIO_SIDE_BOTH, SEMIO_SIDE_RIGHT);
  semio_side_count (&left, SEMIO_SIDE_LEFT, SEMIO_SIDE_NONE, SEMIO_SIDE_RIGHT);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_score (&left, SEMIO_SCORE_F1).value, 2.0 / 4, EPSILON);
  g_assert_cmpfloat_with_epsilon (semio_counts_get_best_constant (&left, SEMIO_SCORE_F1, &always_yes).value, 4.0 / 6, EPSILON);

  g_assert_false (semio_event_type_count (&types, SEMIO_EVENT_TYPE_UNDETERMINED, SEMIO_EVENT_TYPE_EPILEPTIC, FALSE));
  g_assert_true (semio_event_type_count (&types, SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_EVENT_TYPE_EPILEPTIC, FALSE));
  g_assert_true (semio_event_type_count (&types, SEMIO_EVENT_TYPE_EPILEPTIC, SEMIO_EVENT_TYPE_EPILEPTIC, TRUE));
  g_assert_true (semio_event_type_count (&types, SEMIO_EVENT_TYPE_FUNCTIONAL, SEMIO_EVENT_TYPE_EPILEPTIC, FALSE));
  g_assert_true (semio_event_type_count (&types, SEMIO_EVENT_TYPE_NON_EPILEPTIC, SEMIO_EVENT_TYPE_NON_EPILEPTIC, TRUE));
  g_assert_cmpuint (types.tp, ==, 1);
  g_assert_cmpuint (types.fn, ==, 1);
  g_assert_cmpuint (types.fp, ==, 1);
  g_assert_cmpuint (types.other, ==, 1);
}

/* A curve that cannot be is told, not drawn. */
static void
test_no_curve (void)
{
  const SemioScoredAnswer yes[] = { { 0.5, TRUE }, { 0.7, TRUE } };
  const SemioScoredAnswer unscored[] = { { NAN, TRUE }, { NAN, FALSE } };
  SemioCurve curves[] = { semio_curve_new_roc (yes, 2), semio_curve_new_precision_recall (unscored, 2),
                          semio_curve_new_roc (yes, 0) };

  g_assert_cmpint (curves[0].area.state, ==, SEMIO_FIGURE_NO_NEGATIVES);
  g_assert_cmpint (curves[1].area.state, ==, SEMIO_FIGURE_NO_SCORES);
  g_assert_cmpint (curves[2].area.state, ==, SEMIO_FIGURE_NO_PAIRS);
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    {
      g_assert_cmpuint (curves[i].points->len, ==, 0);
      semio_curve_clear (&curves[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/times/onset", test_onset);
  g_test_add_func ("/stats/times/overlap", test_overlap);
  g_test_add_func ("/stats/times/order", test_order);
  g_test_add_func ("/stats/times/constant-order", test_constant_order);
  g_test_add_func ("/stats/times/sides-and-types", test_sides_and_types);
  g_test_add_func ("/stats/times/no-curve", test_no_curve);
  return g_test_run ();
}
