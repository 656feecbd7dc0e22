/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-lanes.h"
#include "semio-lane-set.h"
#include "semio-prediction.h"

#define S SEMIO_NS_PER_SECOND
#define TONIC 5

static void
assert_sentence (SemioLaneSet *set, guint lane, const char *expected)
{
  g_autofree char *sentence = semio_lane_set_describe (set, g_ptr_array_index (set->lanes, lane));

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_sentence (void)
{
  g_autoptr (SemioLaneSet) hidden = made_lanes_new (SEMIO_LANE_REFERENCE_HIDDEN);
  g_autoptr (SemioLaneSet) revealed = made_lanes_new (SEMIO_LANE_REFERENCE_REVEALED);
  g_autoptr (SemioLaneSet) none = made_lanes_new (SEMIO_LANE_REFERENCE_NONE);

  assert_sentence (hidden, TONIC, "Tonic, A yes in 2 of 5 segments, B yes in 1 of 5 segments; reference hidden");
  assert_sentence (revealed, TONIC, "Tonic, reference yes, 0:38 to 0:47; A yes in 2 of 5 segments, B yes in 1 of 5 segments");
  assert_sentence (none, TONIC, "Tonic, A yes in 2 of 5 segments, B yes in 1 of 5 segments");
  assert_sentence (revealed, 0, "Onset during sleep, reference no; A no, B no");
}

/* A hidden reference stands in no sentence, not even when the description holds one. */
static void
test_hidden_is_hidden (void)
{
  g_autoptr (SemioLaneSet) hidden = made_lanes_new (SEMIO_LANE_REFERENCE_HIDDEN);

  semio_lane_set_reference (g_ptr_array_index (hidden->lanes, TONIC), SEMIO_ANSWER_YES, 38 * S, 47 * S);
  assert_sentence (hidden, TONIC, "Tonic, A yes in 2 of 5 segments, B yes in 1 of 5 segments; reference hidden");
}

static void
test_sentence_of_odd_answers (void)
{
  g_autoptr (SemioLaneSet) set = semio_lane_set_new (80 * S, NULL, SEMIO_LANE_REFERENCE_REVEALED);
  SemioLane *lane = semio_lane_set_add_lane (set, semio_lane_set_add_group (set, "G"), 0, "Tonic");
  SemioLaneRun *a = semio_lane_add_run (lane, 0, "A", SEMIO_ANSWER_NO);
  SemioLaneRun *b = semio_lane_add_run (lane, 1, "B", SEMIO_ANSWER_YES);

  semio_lane_add_run (lane, 2, "C", SEMIO_ANSWER_MISSING);
  /* Yes outside of the event, so that the whole is a no. */
  semio_lane_run_add_answer (a, 0, (SemioSpan){ 0, 30 * S }, SEMIO_ANSWER_YES);
  semio_lane_run_add_answer (a, 1, (SemioSpan){ 25 * S, 55 * S }, SEMIO_ANSWER_NO);
  semio_lane_run_add_answer (b, SEMIO_SEGMENT_WHOLE, (SemioSpan){ 0, 80 * S }, SEMIO_ANSWER_YES);
  assert_sentence (set, 0, "Tonic, reference not given; A no, but yes in 1 of 2 segments, B yes, C without an answer");
  semio_lane_set_reference (lane, SEMIO_ANSWER_YES, 12 * S, SEMIO_TIME_NONE);
  assert_sentence (set, 0, "Tonic, reference yes, from 0:12; A no, but yes in 1 of 2 segments, B yes, C without an answer");
}

static void
test_what_lies_there (void)
{
  g_autoptr (SemioLaneSet) set = made_lanes_new (SEMIO_LANE_REFERENCE_REVEALED);
  const SemioLane *lane = g_ptr_array_index (set->lanes, TONIC);
  const SemioLaneRun *run = g_ptr_array_index (lane->runs, 0);
  SemioLaneAnswer whole = { SEMIO_SEGMENT_WHOLE, { 0, 118 * S }, SEMIO_ANSWER_NO };
  g_autofree char *answer = semio_lane_describe_answer (lane, run, &g_array_index (run->answers, SemioLaneAnswer, 1));
  g_autofree char *all = semio_lane_describe_answer (lane, run, &whole);
  g_autofree char *reference = semio_lane_describe_reference (lane);

  g_assert_cmpstr (answer, ==, "Tonic · A · segment 2, 0:25–0:55 · yes");
  g_assert_cmpstr (all, ==, "Tonic · A · whole recording · no");
  g_assert_cmpstr (reference, ==, "Tonic · reference yes, 0:38 to 0:47");
}

static void
test_sentence_of_persons (void)
{
  g_autoptr (SemioLaneSet) set = made_lanes_new (SEMIO_LANE_REFERENCE_REVEALED);
  SemioLane *tonic = g_ptr_array_index (set->lanes, TONIC);
  SemioLanePerson *anna = semio_lane_add_person (tonic, "Anna", "A 4, B cannot judge");
  g_autofree char *text = NULL;

  semio_lane_add_person (tonic, "Ben", "A 2");
  semio_lane_person_add_judgement (anna, (SemioSpan){ 25 * S, 50 * S }, "4 · ?", "A 4 (80 %)");
  assert_sentence (set, TONIC,
                   "Tonic, reference yes, 0:38 to 0:47; A yes in 2 of 5 segments, B yes in 1 of 5 segments; "
                   "Anna: A 4, B cannot judge; Ben: A 2");
  text = semio_lane_describe_judgement (tonic, anna, &g_array_index (anna->judgements, SemioLaneJudgement, 0));
  g_assert_cmpstr (text, ==, "Tonic · Anna · A 4 (80 %)");
}

static void
test_end (void)
{
  g_autoptr (SemioLaneSet) known = made_lanes_new (SEMIO_LANE_REFERENCE_NONE);
  SemioEvent event = { 34 * S, 84 * S, 0, SEMIO_EVENT_TYPE_EPILEPTIC };
  g_autoptr (SemioLaneSet) unknown = semio_lane_set_new (0, &event, SEMIO_LANE_REFERENCE_NONE);
  g_autoptr (SemioLaneSet) empty = semio_lane_set_new (0, NULL, SEMIO_LANE_REFERENCE_NONE);
  SemioLane *lane = semio_lane_set_add_lane (unknown, semio_lane_set_add_group (unknown, "G"), 0, "Tonic");

  g_assert_cmpint (semio_lane_set_get_end_ns (known), ==, 118 * S);
  g_assert_cmpint (semio_lane_set_get_end_ns (unknown), ==, 84 * S);
  semio_lane_run_add_answer (semio_lane_add_run (lane, 0, "A", SEMIO_ANSWER_NO), 3, (SemioSpan){ 75 * S, 105 * S },
                             SEMIO_ANSWER_NO);
  g_assert_cmpint (semio_lane_set_get_end_ns (unknown), ==, 105 * S);
  g_assert_cmpint (semio_lane_set_get_end_ns (empty), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lane-set/sentence", test_sentence);
  g_test_add_func ("/lane-set/hidden-is-hidden", test_hidden_is_hidden);
  g_test_add_func ("/lane-set/sentence-of-odd-answers", test_sentence_of_odd_answers);
  g_test_add_func ("/lane-set/what-lies-there", test_what_lies_there);
  g_test_add_func ("/lane-set/sentence-of-persons", test_sentence_of_persons);
  g_test_add_func ("/lane-set/end", test_end);
  return g_test_run ();
}
