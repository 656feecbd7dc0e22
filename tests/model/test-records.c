/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-answer.h"
#include "semio-event.h"
#include "semio-label.h"
#include "semio-person.h"
#include "semio-prediction.h"
#include "semio-rating.h"
#include "semio-recording.h"
#include "semio-run.h"

static void
assert_answer (const char *text, SemioAnswer expected)
{
  SemioAnswer answer = SEMIO_ANSWER_NOT_ASSESSABLE;

  g_assert_true (semio_answer_from_text (text, &answer));
  g_assert_cmpint (answer, ==, expected);
}

static void
test_answers (void)
{
  static const char *const bad[] = { "maybe", "yes no", "y", "1", "yes..", ".", "yes,", "n/a" };
  SemioAnswer answer;

  assert_answer ("yes", SEMIO_ANSWER_YES);
  assert_answer (" YES. ", SEMIO_ANSWER_YES);
  assert_answer ("No.", SEMIO_ANSWER_NO);
  assert_answer ("nA", SEMIO_ANSWER_NA);
  assert_answer ("Fail .", SEMIO_ANSWER_FAIL);
  assert_answer ("", SEMIO_ANSWER_MISSING);
  assert_answer (" \t\n", SEMIO_ANSWER_MISSING);
  assert_answer (NULL, SEMIO_ANSWER_MISSING);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (semio_answer_from_text (bad[i], &answer));
  for (int i = 0; i < SEMIO_N_ANSWERS; i++)
    {
      assert_answer (semio_answer_to_id ((SemioAnswer) i), (SemioAnswer) i);
      g_assert_cmpuint (strlen (semio_answer_get_label ((SemioAnswer) i)), >, 0);
      g_assert_cmpint (semio_answer_is_usable ((SemioAnswer) i), ==,
                       i == SEMIO_ANSWER_YES || i == SEMIO_ANSWER_NO || i == SEMIO_ANSWER_NA);
    }
}

static void
assert_event_type (const char *text, SemioEventType expected)
{
  SemioEventType type = SEMIO_EVENT_TYPE_UNDETERMINED;

  g_assert_true (semio_event_type_from_text (text, &type));
  g_assert_cmpint (type, ==, expected);
}

static void
test_events (void)
{
  SemioEvent event = SEMIO_EVENT_INIT;
  SemioEventType type;
  SemioSpan span;

  assert_event_type ("1", SEMIO_EVENT_TYPE_EPILEPTIC);
  assert_event_type (" es ", SEMIO_EVENT_TYPE_EPILEPTIC);
  assert_event_type ("0", SEMIO_EVENT_TYPE_NON_EPILEPTIC);
  assert_event_type ("NES", SEMIO_EVENT_TYPE_NON_EPILEPTIC);
  for (int i = 0; i <= SEMIO_EVENT_TYPE_NON_EPILEPTIC; i++)
    assert_event_type (semio_event_type_to_id ((SemioEventType) i), (SemioEventType) i);
  g_assert_false (semio_event_type_from_text ("", &type));
  g_assert_false (semio_event_type_from_text ("2", &type));
  g_assert_false (semio_event_get_span (NULL, 10, &span));
  g_assert_false (semio_event_get_span (&event, 10, &span));
  event.onset_ns = 5;
  g_assert_true (semio_event_get_span (&event, 10, &span));
  g_assert_cmpint (span.begin_ns, ==, 5);
  g_assert_cmpint (span.end_ns, ==, 10);
  g_assert_true (semio_event_get_span (&event, 0, &span));
  g_assert_cmpint (span.end_ns, ==, G_MAXINT64);
  event.offset_ns = 5;
  event.precision_ns = SEMIO_NS_PER_SECOND;
  g_assert_true (semio_event_get_span (&event, 0, &span));
  g_assert_cmpint (span.end_ns, ==, 5 + SEMIO_NS_PER_SECOND);
}

static void
test_ratings (void)
{
  g_autoptr (SemioRating) rating = semio_rating_new ();
  g_autoptr (SemioRating) copy = NULL;
  SemioItemKey a = { 1, 2, 3, -1 }, b = { 1, 2, 3, 0 };
  SemioMarks mark;
  SemioVisible visible;
  SemioCannotJudge reason;
  SemioSupports supports;

  rating->comment = g_strdup ("left, not right");
  rating->score = 4;
  copy = semio_rating_copy (rating);
  g_assert_cmpstr (copy->comment, ==, "left, not right");
  g_assert_true (copy->comment != rating->comment);
  g_assert_cmpint (copy->score, ==, 4);
  g_assert_true (semio_item_key_equal (&a, &a));
  g_assert_false (semio_item_key_equal (&a, &b));
  g_assert_cmpuint (semio_item_key_hash (&a), !=, semio_item_key_hash (&b));
  for (int score = 0; score <= 5; score++)
    {
      g_assert_cmpint (semio_rating_score_to_percent (score), ==, score * 20);
      g_assert_cmpint (strlen (semio_rating_get_anchor (score)) > 0, ==, score > 0);
    }
  g_assert_cmpint (semio_rating_score_to_percent (6), ==, 0);
  for (int i = 0; i < SEMIO_N_MARKS; i++)
    {
      g_assert_true (semio_mark_from_id (semio_mark_to_id ((SemioMarks) (1 << i)), &mark));
      g_assert_cmpint (mark, ==, 1 << i);
      g_assert_cmpuint (strlen (semio_mark_get_label (mark)), >, 0);
    }
  for (int i = 0; i < SEMIO_N_CANNOT_JUDGE; i++)
    {
      g_assert_true (semio_cannot_judge_from_id (semio_cannot_judge_to_id ((SemioCannotJudge) i), &reason));
      g_assert_cmpint (reason, ==, i);
      g_assert_cmpint (strlen (semio_cannot_judge_get_label (reason)) > 0, ==, i > 0);
    }
  for (int i = 0; i < 5; i++)
    {
      g_assert_true (semio_visible_from_id (semio_visible_to_id ((SemioVisible) (1 << i)), &visible));
      g_assert_cmpint (visible, ==, 1 << i);
      g_assert_cmpuint (strlen (semio_visible_get_label (visible)), >, 0);
    }
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (semio_supports_from_id (semio_supports_to_id ((SemioSupports) i), &supports));
      g_assert_cmpint (supports, ==, i);
    }
  g_assert_false (semio_mark_from_id ("other", &mark));
}

static void
test_shared (void)
{
  g_autoptr (SemioRecording) recording = semio_recording_new ();
  g_autoptr (SemioRecording) copy = NULL;
  SemioRun *run = semio_run_new ();
  SemioPerson *person = semio_person_new ();
  SemioReferenceSet *set = semio_reference_set_new ();
  SemioPrediction prediction = { .explanation = g_strdup ("text") };
  SemioRole role;
  GValue value = G_VALUE_INIT;

  recording->pseudonym = g_strdup ("R031");
  copy = semio_recording_copy (recording);
  g_assert_cmpstr (copy->pseudonym, ==, "R031");
  g_value_init (&value, SEMIO_TYPE_RECORDING);
  g_value_set_boxed (&value, recording);
  g_assert_true (g_value_get_boxed (&value) == recording);
  g_value_unset (&value);
  for (int i = 0; i < 8; i++)
    g_assert_cmpuint (strlen (semio_warning_get_label ((SemioWarnings) (1 << i))), >, 0);
  run->name = g_strdup ("run");
  semio_run_unref (semio_run_ref (run));
  g_assert_cmpstr (run->name, ==, "run");
  semio_run_unref (run);
  for (int i = 0; i < SEMIO_N_ROLES; i++)
    {
      g_assert_true (semio_role_from_id (semio_role_to_id ((SemioRole) i), &role));
      g_assert_cmpint (role, ==, i);
      g_assert_cmpuint (strlen (semio_role_get_label (role)), >, 0);
    }
  g_assert_false (semio_role_from_id ("king", &role));
  semio_person_unref (person);
  semio_reference_set_unref (set);
  semio_prediction_clear (&prediction);
  g_assert_null (prediction.explanation);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/records/answers", test_answers);
  g_test_add_func ("/model/records/events", test_events);
  g_test_add_func ("/model/records/ratings", test_ratings);
  g_test_add_func ("/model/records/shared", test_shared);
  return g_test_run ();
}
