/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sample answers: complete, varied, and wrong where they are meant to be wrong. */
#include <string.h>

#include "semio-choreography.h"
#include "semio-demo-answers.h"
#include "semio-segments.h"

static GPtrArray *
load (void)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = semio_choreography_load_all (&error);

  g_assert_no_error (error);
  return all;
}

static SemioDemoAnswers *
load_run (guint run)
{
  g_autoptr (GError) error = NULL;
  SemioDemoAnswers *answers = semio_demo_answers_load (run, &error);

  g_assert_no_error (error);
  return answers;
}

/* Each recording, segment and feature in both runs, and nothing beside them. */
static void
test_complete (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  for (guint run = 0; run < SEMIO_DEMO_N_RUNS; run++)
    {
      g_autoptr (SemioDemoAnswers) answers = load_run (run);
      guint n = 0, counts[SEMIO_N_ANSWERS] = { 0 };

      for (guint i = 0; i < all->len; i++)
        {
          const SemioChoreography *it = g_ptr_array_index (all, i);
          guint n_segments = semio_segments_count ((gint64) (it->duration_s * SEMIO_NS_PER_SECOND));

          g_assert_cmpuint (semio_demo_answers_get_n_segments (answers, it->id), ==, n_segments);
          for (guint segment = 0; segment < n_segments; segment++)
            for (guint f = 0; f < 20; f++)
              {
                const SemioFeature *feature = semio_feature_set_get (features, f);
                SemioAnswer answer = SEMIO_ANSWER_MISSING;
                const char *explanation = NULL;
                gboolean found = semio_demo_answers_get (answers, it->id, segment, feature->id, &answer, &explanation);

                g_assert_true (found);
                counts[answer]++;
                g_assert_true (answer != SEMIO_ANSWER_NA || feature->takes_na);
                n += explanation != NULL;
              }
        }
      g_assert_cmpuint (counts[SEMIO_ANSWER_YES], >, 50);
      g_assert_cmpuint (counts[SEMIO_ANSWER_NO], >, 100);
      g_assert_cmpuint (counts[SEMIO_ANSWER_NA], >=, 3);
      g_assert_cmpuint (counts[SEMIO_ANSWER_FAIL], >=, 2);
      g_assert_cmpuint (n, >, 250);
    }
}

static void
count_texts (SemioDemoAnswers *answers, const char *recording, guint segment, SemioFeatureSet *features, GHashTable *texts)
{
  for (guint f = 0; f < 20; f++)
    {
      SemioAnswer answer;
      const char *explanation = NULL;

      if (semio_demo_answers_get (answers, recording, segment, semio_feature_set_get (features, f)->id, &answer, &explanation)
          && explanation)
        g_hash_table_add (texts, (gpointer) explanation);
    }
}

/* Hardly a sentence stands twice. */
static void
test_varied (void)
{
  g_autoptr (GPtrArray) all = load ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  for (guint run = 0; run < SEMIO_DEMO_N_RUNS; run++)
    {
      g_autoptr (SemioDemoAnswers) answers = load_run (run);
      g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < all->len; i++)
        {
          const char *recording = ((SemioChoreography *) g_ptr_array_index (all, i))->id;

          for (guint segment = 0; segment < semio_demo_answers_get_n_segments (answers, recording); segment++)
            count_texts (answers, recording, segment, features, texts);
        }
      g_assert_cmpuint (g_hash_table_size (texts), >, 225);
    }
}

/* The answer of a run, and that its explanation holds a phrase. */
static SemioAnswer
get_answer (guint run, const char *recording, guint segment, const char *feature, const char *phrase)
{
  g_autoptr (SemioDemoAnswers) answers = load_run (run);
  SemioAnswer answer = SEMIO_ANSWER_MISSING;
  const char *explanation = NULL;
  gboolean found = semio_demo_answers_get (answers, recording, segment, feature, &answer, &explanation);

  g_assert_true (found);
  if (phrase)
    {
      g_assert_nonnull (explanation);
      g_assert_nonnull (strstr (explanation, phrase));
    }
  else
    g_assert_null (explanation);
  return answer;
}

/* The first four items of the queue, as data/demo/README.md promises them. */
static void
test_first_items (void)
{
  g_autoptr (GPtrArray) all = load ();
  const SemioDemoFeature *flexion = semio_choreography_find_feature (g_ptr_array_index (all, 0), "arm_flexion");

  g_assert_cmpstr (((SemioDemoInterval *) g_ptr_array_index (flexion->intervals, 0))->side, ==, "right");
  for (guint segment = 0; segment < 5; segment++)
    for (guint run = 0; run < 2; run++)
      get_answer (run, "r01", segment, "occur_during_sleep", NULL);
  g_assert_cmpint (get_answer (0, "r01", 1, "arm_flexion", "left arm"), ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (get_answer (0, "r01", 2, "arm_flexion", "left elbow"), ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (get_answer (0, "r01", 3, "arm_flexion", "slack"), ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (get_answer (1, "r01", 1, "arm_flexion", "No arm flexion."), ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (get_answer (0, "r01", 1, "arm_straightening", "elbow fully straight"), ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (get_answer (1, "r01", 1, "arm_straightening", "left elbow"), ==, SEMIO_ANSWER_YES);
}

/* Other mistakes that a rater should find. */
static void
test_mistakes (void)
{
  /* A wrong side, taken from the mirrored picture. */
  g_assert_cmpint (get_answer (0, "r07", 0, "head_turning", "forced to the left"), ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (get_answer (0, "r05", 0, "clonic", "right forearm"), ==, SEMIO_ANSWER_YES);
  /* Events that are not there. */
  g_assert_cmpint (get_answer (1, "r07", 0, "clonic", "follow"), ==, SEMIO_ANSWER_YES);
  g_assert_cmpint (get_answer (0, "r09", 0, "clonic", "jerks"), ==, SEMIO_ANSWER_YES);
  /* Right text, wrong answer. */
  g_assert_cmpint (get_answer (1, "r07", 0, "figure4", "extended"), ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (get_answer (1, "r08", 0, "pelvic_thrusting", "lifted over and over"), ==, SEMIO_ANSWER_NO);
  /* A claim to hear what has no sound track. */
  g_assert_cmpint (get_answer (0, "r06", 0, "verbal_responsiveness", "nurse"), ==, SEMIO_ANSWER_NO);
  g_assert_cmpint (get_answer (1, "r06", 0, "ictal_vocalization", NULL), ==, SEMIO_ANSWER_FAIL);
}

static void
test_broken (void)
{
  static const char *const texts[] = {
    "",
    "[]",
    "{}",
    "{\"name\":\"x\",\"recordings\":{\"r01\":1}}",
    "{\"name\":\"x\",\"recordings\":{\"r01\":[1]}}",
    "{\"name\":\"x\",\"recordings\":{\"r01\":[{\"tonic\":\"perhaps: so\"}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      SemioDemoAnswers *answers = semio_demo_answers_new_from_json (texts[i], -1, &error);

      g_assert_null (answers);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/answers/complete", test_complete);
  g_test_add_func ("/demo/answers/varied", test_varied);
  g_test_add_func ("/demo/answers/first-items", test_first_items);
  g_test_add_func ("/demo/answers/mistakes", test_mistakes);
  g_test_add_func ("/demo/answers/broken", test_broken);
  return g_test_run ();
}
