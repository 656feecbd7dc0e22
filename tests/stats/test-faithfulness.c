/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judgements in numbers counted by hand, and the published way of counting against what any draw of it must be. */
#include "semio-faithfulness.h"

#define EPSILON 1e-12

static void
add (GArray *points, gint64 person, gint64 recording, guint feature, int score, SemioOutcome outcome)
{
  const SemioFaithfulPoint point = {
    .person = person, .recording = recording, .run = 1, .feature = feature, .score = score, .outcome = outcome, .seconds = score
  };

  g_array_append_val (points, point);
}

static void
test_summary (void)
{
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (SemioFaithfulPoint));
  const SemioFaithfulPoint silent = { .person = 3, .recording = 9, .run = 1, .cannot_judge = TRUE, .marks = 1 };
  SemioFaithfulness result;

  add (points, 1, 1, 0, 5, SEMIO_OUTCOME_TRUE_POSITIVE);
  add (points, 1, 2, 0, 3, SEMIO_OUTCOME_TRUE_POSITIVE);
  add (points, 2, 1, 0, 4, SEMIO_OUTCOME_TRUE_POSITIVE);
  add (points, 2, 2, 0, 1, SEMIO_OUTCOME_FALSE_POSITIVE);
  g_array_append_val (points, silent);
  result = semio_faithfulness_summarize (points);
  g_assert_cmpuint (result.n_scored, ==, 4);
  g_assert_cmpuint (result.n_cannot_judge, ==, 1);
  g_assert_cmpuint (result.n_raters, ==, 2);
  g_assert_cmpuint (result.n_by_score[0], ==, 1);
  g_assert_cmpuint (result.n_by_score[1], ==, 0);
  g_assert_cmpuint (result.n_by_score[4], ==, 1);
  g_assert_cmpfloat_with_epsilon (result.median.value, 3.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (result.mean.value, 3.25, EPSILON);
  g_assert_cmpfloat_with_epsilon (result.faithful.value, 0.75, EPSILON);
  /* Wilson of 3 in 4, by R's prop.test (correct = FALSE). */
  g_assert_cmpfloat_with_epsilon (result.faithful_interval.low, 0.3006418, 1e-6);
  g_assert_cmpfloat_with_epsilon (result.faithful_interval.high, 0.9544127, 1e-6);
  g_array_set_size (points, 0);
  result = semio_faithfulness_summarize (points);
  g_assert_cmpint (result.median.state, !=, SEMIO_FIGURE_KNOWN);
  g_assert_cmpint (result.faithful.state, !=, SEMIO_FIGURE_KNOWN);
}

/* Feature 0: 3 true positives and 10 true negatives; feature 1: 4 and 2; feature 2: none and 5. Two persons judge all. */
static GArray *
make_points (void)
{
  static const guint n_positive[] = { 3, 4, 0 }, n_negative[] = { 10, 2, 5 };
  GArray *points = g_array_new (FALSE, TRUE, sizeof (SemioFaithfulPoint));

  for (guint feature = 0; feature < 3; feature++)
    for (gint64 person = 1; person <= 2; person++)
      {
        for (guint i = 0; i < n_positive[feature]; i++)
          add (points, person, 100 + i, feature, 4, SEMIO_OUTCOME_TRUE_POSITIVE);
        for (guint i = 0; i < n_negative[feature]; i++)
          add (points, person, 200 + i, feature, 2, SEMIO_OUTCOME_TRUE_NEGATIVE);
        /* Wrong answers are no part of it. */
        add (points, person, 300, feature, 1, SEMIO_OUTCOME_FALSE_POSITIVE);
        add (points, person, 301, feature, 1, SEMIO_OUTCOME_FALSE_NEGATIVE);
      }
  return points;
}

static guint
count (const GArray *points, guint feature, SemioOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const SemioFaithfulPoint *point = &g_array_index (points, SemioFaithfulPoint, i);

      n += point->feature == feature && point->outcome == outcome;
    }
  return n;
}

static void
test_published (void)
{
  g_autoptr (GArray) points = make_points ();
  g_autoptr (GArray) turned = g_array_new (FALSE, TRUE, sizeof (SemioFaithfulPoint));
  g_autoptr (GArray) drawn = semio_faithfulness_draw_published (points, 7);
  g_autoptr (GArray) again = semio_faithfulness_draw_published (points, 7);
  g_autoptr (GArray) from_turned = NULL;
  guint n_same = 0;

  /* All true positives and as many true negatives, or all that there are; each with both judgements. */
  g_assert_cmpuint (count (drawn, 0, SEMIO_OUTCOME_TRUE_POSITIVE), ==, 6);
  g_assert_cmpuint (count (drawn, 0, SEMIO_OUTCOME_TRUE_NEGATIVE), ==, 6);
  g_assert_cmpuint (count (drawn, 1, SEMIO_OUTCOME_TRUE_POSITIVE), ==, 8);
  g_assert_cmpuint (count (drawn, 1, SEMIO_OUTCOME_TRUE_NEGATIVE), ==, 4);
  g_assert_cmpuint (drawn->len, ==, 24);
  /* The same seed draws the same, in whichever order the judgements come. */
  g_assert_cmpmem (drawn->data, drawn->len * sizeof (SemioFaithfulPoint), again->data, again->len * sizeof (SemioFaithfulPoint));
  for (guint i = points->len; i > 0; i--)
    g_array_append_val (turned, g_array_index (points, SemioFaithfulPoint, i - 1));
  from_turned = semio_faithfulness_draw_published (turned, 7);
  g_assert_cmpuint (from_turned->len, ==, drawn->len);
  for (guint i = 0; i < drawn->len; i++)
    for (guint j = 0; j < from_turned->len; j++)
      {
        const SemioFaithfulPoint *one = &g_array_index (drawn, SemioFaithfulPoint, i);
        const SemioFaithfulPoint *other = &g_array_index (from_turned, SemioFaithfulPoint, j);

        n_same += one->person == other->person && one->recording == other->recording && one->feature == other->feature;
      }
  g_assert_cmpuint (n_same, ==, drawn->len);
}

/* Over many seeds each of ten true negatives is drawn with the probability of 3 in 10: the counts stay within five standard deviations
 * of the binomial distribution (n = 4000, p = 0.3: 1200 ± 145). */
static void
test_fair (void)
{
  g_autoptr (GArray) points = make_points ();
  guint n_drawn[10] = { 0 };

  for (guint64 seed = 1; seed <= 4000; seed++)
    {
      g_autoptr (GArray) drawn = semio_faithfulness_draw_published (points, seed);

      for (guint i = 0; i < drawn->len; i++)
        {
          const SemioFaithfulPoint *point = &g_array_index (drawn, SemioFaithfulPoint, i);

          if (point->feature == 0 && point->person == 1 && point->outcome == SEMIO_OUTCOME_TRUE_NEGATIVE)
            n_drawn[point->recording - 200]++;
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (n_drawn); i++)
    {
      g_assert_cmpuint (n_drawn[i], >, 1200 - 145);
      g_assert_cmpuint (n_drawn[i], <, 1200 + 145);
    }
}

/* A million judgements are drawn from as well. */
static void
test_million (void)
{
  g_autoptr (GArray) points = g_array_sized_new (FALSE, TRUE, sizeof (SemioFaithfulPoint), 1000000);
  g_autoptr (GArray) drawn = NULL;

  for (guint i = 0; i < 1000000; i++)
    add (points, 1, i, i % 20, 1 + (int) (i % 5), i % 3 == 0 ? SEMIO_OUTCOME_TRUE_POSITIVE : SEMIO_OUTCOME_TRUE_NEGATIVE);
  drawn = semio_faithfulness_draw_published (points, 1);
  /* 333,334 true positives and as many others, of which each feature has enough. */
  g_assert_cmpuint (drawn->len, ==, 2 * 333334);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faithfulness/summary", test_summary);
  g_test_add_func ("/faithfulness/published", test_published);
  g_test_add_func ("/faithfulness/fair", test_fair);
  g_test_add_func ("/faithfulness/million", test_million);
  return g_test_run ();
}
