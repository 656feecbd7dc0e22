/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-item-private.h"

typedef struct {
  SemioFeatureSet *set;
  SemioRecording *recording;
  GPtrArray *runs;
  GArray *predictions;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->set = semio_feature_set_new_default ();
  fixture->recording = semio_recording_new ();
  fixture->recording->id = 5;
  fixture->recording->duration_ns = 80 * SEMIO_NS_PER_SECOND;
  fixture->runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  for (gint64 id = 1; id <= 2; id++)
    {
      SemioRun *run = semio_run_new ();

      run->id = id;
      g_ptr_array_add (fixture->runs, run);
    }
  fixture->predictions = g_array_new (FALSE, FALSE, sizeof (SemioPrediction));
  g_array_set_clear_func (fixture->predictions, (GDestroyNotify) semio_prediction_clear);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  semio_feature_set_unref (fixture->set);
  semio_recording_unref (fixture->recording);
  g_ptr_array_unref (fixture->runs);
  g_array_unref (fixture->predictions);
}

static void
add (Fixture *fixture, gint64 run, const char *feature, int segment, int attempt, SemioAnswer answer, const char *text)
{
  SemioPrediction prediction = {
    run, 5, (guint) semio_feature_set_find (fixture->set, feature), segment, attempt, answer, g_strdup (text)
  };

  g_array_append_val (fixture->predictions, prediction);
}

static GPtrArray *
build (Fixture *fixture, const SemioSpan *event)
{
  return semio_item_build_all (fixture->set, fixture->recording, event, fixture->runs, fixture->predictions);
}

/* A yes is cited by the segments that said yes, among those of the event. */
static void
test_segments_of_a_yes (Fixture *fixture, gconstpointer data)
{
  SemioSpan event = { 30 * SEMIO_NS_PER_SECOND, 70 * SEMIO_NS_PER_SECOND };
  g_autoptr (GPtrArray) items = NULL;
  const SemioItem *item;

  add (fixture, 1, "tonic", 0, 0, SEMIO_ANSWER_NO, "Nothing.");
  add (fixture, 1, "tonic", 1, 0, SEMIO_ANSWER_YES, "The right arm stiffens.");
  add (fixture, 1, "tonic", 2, 0, SEMIO_ANSWER_YES, "Still stiff.");
  items = build (fixture, &event);
  g_assert_cmpuint (items->len, ==, 1);
  item = items->pdata[0];
  g_assert_cmpint (item->answer, ==, SEMIO_ANSWER_YES);
  g_assert_cmpuint (item->n_segments, ==, 3);
  g_assert_false (item->cited[0]);
  g_assert_true (item->cited[1]);
  g_assert_true (item->cited[2]);
  g_assert_cmpint (semio_item_get_next_cited (item, -1, 1), ==, 1);
  g_assert_cmpint (semio_item_get_next_cited (item, 1, 1), ==, 2);
  g_assert_cmpint (semio_item_get_next_cited (item, 2, 1), ==, -1);
  g_assert_cmpint (semio_item_get_next_cited (item, -1, -1), ==, 2);
  g_assert_cmpint (semio_item_get_next_cited (item, 1, -1), ==, -1);
  g_assert_true (semio_item_is_ratable (item));
  g_assert_false (semio_item_is_rated (item));
}

static void
test_order_and_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  const SemioItem *item;
  SemioSha256 hash;

  add (fixture, 2, "tonic", SEMIO_SEGMENT_WHOLE, 0, SEMIO_ANSWER_YES, "Whole <b>text</b>.");
  add (fixture, 1, "tonic", SEMIO_SEGMENT_WHOLE, 0, SEMIO_ANSWER_NO, NULL);
  add (fixture, 2, "arm_flexion", SEMIO_SEGMENT_WHOLE, 0, SEMIO_ANSWER_FAIL, "  ");
  /* A run that the study does not have leaves no item. */
  add (fixture, 3, "tonic", SEMIO_SEGMENT_WHOLE, 0, SEMIO_ANSWER_YES, "Lost.");
  items = build (fixture, NULL);
  g_assert_cmpuint (items->len, ==, 3);
  item = items->pdata[0];
  g_assert_cmpstr (semio_feature_set_get (fixture->set, item->key.feature)->id, ==, "arm_flexion");
  g_assert_false (semio_item_is_ratable (item));
  g_assert_cmpint (item->answer, ==, SEMIO_ANSWER_FAIL);
  item = items->pdata[1];
  g_assert_cmpuint (item->run, ==, 0);
  g_assert_false (semio_item_is_ratable (item));
  item = items->pdata[2];
  g_assert_cmpuint (item->run, ==, 1);
  g_assert_cmpuint (item->n_segments, ==, 0);
  hash = semio_sha256_of_text ("Whole <b>text</b>.");
  g_assert_true (semio_sha256_equal (&item->shown, &hash));
}

/* The last usable attempt counts: a failed retry does not take an answer away. */
static void
test_attempts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  const SemioItem *item;
  SemioSha256 hash;

  add (fixture, 1, "clonic", 0, 2, SEMIO_ANSWER_FAIL, "no reply");
  add (fixture, 1, "clonic", 0, 1, SEMIO_ANSWER_YES, "Jerks.");
  add (fixture, 1, "clonic", 0, 0, SEMIO_ANSWER_NO, "Still.");
  add (fixture, 1, "clonic", 2, 0, SEMIO_ANSWER_NO, "Over \"there\".");
  items = build (fixture, NULL);
  item = items->pdata[0];
  g_assert_cmpuint (item->n_segments, ==, 3);
  g_assert_cmpint (item->answers[0], ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (item->answers[1], ==, SEMIO_ANSWER_MISSING);
  g_assert_cmpstr (item->explanations[0], ==, "Jerks.");
  g_assert_null (item->explanations[1]);
  hash = semio_sha256_of_text ("[\"Jerks.\",null,\"Over \\\"there\\\".\"]");
  g_assert_true (semio_sha256_equal (&item->shown, &hash));
}

static void
test_rated (void)
{
  g_autoptr (SemioRating) rating = semio_rating_new ();
  SemioItem item = { .rating = rating };

  g_assert_false (semio_item_is_rated (&item));
  rating->marks = SEMIO_MARK_WRONG_SIDE;
  g_assert_false (semio_item_is_rated (&item));
  rating->cannot_judge = SEMIO_CANNOT_JUDGE_NO_SOUND;
  g_assert_true (semio_item_is_rated (&item));
  rating->cannot_judge = SEMIO_CANNOT_JUDGE_UNSET;
  rating->score = 1;
  g_assert_true (semio_item_is_rated (&item));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/item/segments-of-a-yes", test_segments_of_a_yes);
  ADD ("/item/order-and-whole", test_order_and_whole);
  ADD ("/item/attempts", test_attempts);
  g_test_add_func ("/item/rated", test_rated);
  return g_test_run ();
}
