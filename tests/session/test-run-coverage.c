/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-coverage.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

typedef struct {
  SemioFeatureSet *features;
  SemioRunConfig *config;
  GPtrArray *recordings;
  GArray *cells;
  guint tonic, voice; /* one seen, one heard */
} Fixture;

static SemioRecording *
recording_new (gint64 id, gint64 seconds, SemioSound sound)
{
  SemioRecording *recording = semio_recording_new ();

  recording->id = id;
  recording->has_media = seconds > 0;
  recording->duration_ns = seconds * NS_PER_S;
  recording->sound = sound;
  return recording;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->features = semio_feature_set_new_default ();
  fixture->config = semio_run_config_new_default (fixture->features);
  fixture->config->sound = SEMIO_SOUND_SCOPE_SEGMENT;
  fixture->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  g_ptr_array_add (fixture->recordings, recording_new (7, 60, SEMIO_SOUND_PRESENT));
  g_ptr_array_add (fixture->recordings, recording_new (8, 20, SEMIO_SOUND_NONE));
  fixture->cells = g_array_new (FALSE, FALSE, sizeof (SemioRunCell));
  fixture->tonic = (guint) semio_feature_set_find (fixture->features, "tonic");
  for (guint i = 0; i < semio_feature_set_get_n_features (fixture->features); i++)
    if (semio_feature_set_is_from_sound (fixture->features, i))
      fixture->voice = i;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  semio_feature_set_unref (fixture->features);
  semio_run_config_free (fixture->config);
  g_ptr_array_unref (fixture->recordings);
  g_array_unref (fixture->cells);
}

static void
add (Fixture *fixture, gint64 recording_id, int segment, guint feature, SemioReplyState state, SemioAnswer answer)
{
  SemioRunCell cell = { { recording_id, segment, SEMIO_QUESTION_ANSWER, feature }, state, answer, 1 };

  g_array_append_val (fixture->cells, cell);
}

static SemioRunCoverage *
make (Fixture *fixture)
{
  return semio_run_coverage_new (fixture->config, fixture->features, fixture->recordings, fixture->cells);
}

static SemioCoverageState
get_state (SemioRunCoverage *coverage, guint row, guint column)
{
  return semio_coverage_cell_get_state (semio_run_coverage_get (coverage, row, column));
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioRunCoverage) coverage = NULL;
  g_autofree char *words = NULL;
  guint bent = fixture->tonic == 0 ? 1 : 0;

  add (fixture, 7, 0, fixture->tonic, SEMIO_REPLY_AS_SENT, SEMIO_ANSWER_YES);
  add (fixture, 7, 1, fixture->tonic, SEMIO_REPLY_REPAIRED, SEMIO_ANSWER_NO);
  add (fixture, 8, 0, fixture->tonic, SEMIO_REPLY_AS_SENT, SEMIO_ANSWER_NO);
  add (fixture, 8, 0, bent, SEMIO_REPLY_UNUSABLE, SEMIO_ANSWER_FAIL);
  coverage = make (fixture);
  /* 60 s are three segments of 20 questions; 20 s without sound are one of those that are seen. */
  g_assert_cmpuint (coverage->n_planned, ==, 3 * 20 + 18);
  g_assert_cmpuint (coverage->n_answered, ==, 3);
  g_assert_cmpuint (coverage->n_repaired, ==, 1);
  g_assert_cmpuint (coverage->n_unusable, ==, 1);
  g_assert_cmpuint (coverage->n_open, ==, 3 * 20 + 18 - 4);
  g_assert_cmpint (get_state (coverage, 0, fixture->tonic), ==, SEMIO_COVERAGE_PART);
  g_assert_cmpint (get_state (coverage, 1, fixture->tonic), ==, SEMIO_COVERAGE_DONE);
  g_assert_cmpint (get_state (coverage, 1, bent), ==, SEMIO_COVERAGE_FAILED);
  g_assert_cmpint (get_state (coverage, 0, fixture->voice), ==, SEMIO_COVERAGE_OPEN);
  g_assert_cmpint (get_state (coverage, 1, fixture->voice), ==, SEMIO_COVERAGE_NOT_ASKED);
  g_assert_false (semio_run_coverage_has_column (coverage, coverage->n_features));
  words = semio_coverage_cell_describe (semio_run_coverage_get (coverage, 0, fixture->tonic));
  g_assert_cmpstr (words, ==, "2 of 3 questions answered: 1 yes, 1 no. 1 was repaired.");
}

/* Answers that come while the run is at work; what failed before and is asked again moves. */
static void
test_added (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioRunCoverage) coverage = NULL;
  SemioRunCell again = { { 7, 0, SEMIO_QUESTION_ANSWER, fixture->tonic }, SEMIO_REPLY_AS_SENT, SEMIO_ANSWER_YES, 2 };
  SemioRunCell stranger = { { 99, 0, SEMIO_QUESTION_ANSWER, fixture->tonic }, SEMIO_REPLY_AS_SENT, SEMIO_ANSWER_YES, 1 };

  add (fixture, 7, 0, fixture->tonic, SEMIO_REPLY_UNUSABLE, SEMIO_ANSWER_FAIL);
  add (fixture, 7, 1, fixture->tonic, SEMIO_REPLY_REPAIRED, SEMIO_ANSWER_YES);
  coverage = make (fixture);
  g_assert_cmpint (get_state (coverage, 0, fixture->tonic), ==, SEMIO_COVERAGE_FAILED);
  semio_run_coverage_add (coverage, &again);
  g_assert_cmpint (get_state (coverage, 0, fixture->tonic), ==, SEMIO_COVERAGE_PART);
  g_assert_cmpuint (coverage->n_unusable, ==, 0);
  g_assert_cmpuint (coverage->n_open, ==, coverage->n_planned - 2);
  again.key.segment = 2;
  semio_run_coverage_add (coverage, &again);
  g_assert_cmpint (get_state (coverage, 0, fixture->tonic), ==, SEMIO_COVERAGE_REPAIRED);
  semio_run_coverage_add (coverage, &stranger);
  g_assert_cmpuint (coverage->n_answered, ==, 3);
}

/* An imported run says nothing of what it asked: what it has is what it asked. */
static void
test_imported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioRunCoverage) coverage = NULL;

  add (fixture, 7, SEMIO_SEGMENT_WHOLE, fixture->tonic, SEMIO_REPLY_AS_SENT, SEMIO_ANSWER_YES);
  coverage = semio_run_coverage_new (NULL, fixture->features, fixture->recordings, fixture->cells);
  g_assert_cmpuint (coverage->n_planned, ==, 1);
  g_assert_cmpuint (coverage->n_open, ==, 0);
  g_assert_cmpint (get_state (coverage, 0, fixture->tonic), ==, SEMIO_COVERAGE_DONE);
  g_assert_cmpint (get_state (coverage, 1, fixture->tonic), ==, SEMIO_COVERAGE_NOT_ASKED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/run-coverage/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/session/run-coverage/added", Fixture, NULL, set_up, test_added, tear_down);
  g_test_add ("/session/run-coverage/imported", Fixture, NULL, set_up, test_imported, tear_down);
  return g_test_run ();
}
