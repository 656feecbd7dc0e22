/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run asks, in which order, and what it leaves out. */
#include "semio-predict-plan.h"

#include "semio-predict-media.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

static SemioRecording *
recording_new (gint64 id, gint64 duration_s, SemioSound sound)
{
  SemioRecording *recording = semio_recording_new ();

  recording->id = id;
  recording->has_media = duration_s > 0;
  recording->duration_ns = duration_s * NS_PER_S;
  recording->sound = sound;
  return recording;
}

static GPtrArray *
recordings_new (void)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);

  g_ptr_array_add (recordings, recording_new (7, 60, SEMIO_SOUND_PRESENT));
  g_ptr_array_add (recordings, recording_new (8, 20, SEMIO_SOUND_NONE));
  g_ptr_array_add (recordings, recording_new (9, 0, SEMIO_SOUND_UNKNOWN));
  return recordings;
}

static void
test_order (void)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (SemioRunConfig) config = semio_run_config_new_default (features);
  g_autoptr (GPtrArray) recordings = recordings_new ();
  g_autoptr (SemioPredictPlan) plan = NULL;
  const SemioPlannedSegment *segment;
  const SemioPlannedFan *fan;

  config->sound = SEMIO_SOUND_SCOPE_SEGMENT;
  config->kinds = 1u << SEMIO_QUESTION_ANSWER;
  plan = semio_predict_plan_new (config, features, recordings, NULL);
  /* 60 s are three segments of 20 questions; 20 s without sound are one of 18. */
  g_assert_cmpuint (plan->n_questions, ==, 3 * 20 + 18);
  g_assert_cmpuint (plan->n_open, ==, plan->n_questions);
  g_assert_cmpuint (plan->n_recordings, ==, 2);
  g_assert_cmpuint (plan->n_without_video, ==, 1);
  g_assert_cmpuint (plan->n_without_sound, ==, 1);
  g_assert_cmpuint (plan->segments->len, ==, 4);
  segment = plan->segments->pdata[1];
  g_assert_cmpint (segment->recording_id, ==, 7);
  g_assert_cmpint (segment->segment, ==, 1);
  g_assert_cmpint (segment->span.begin_ns, ==, 25 * NS_PER_S);
  g_assert_cmpuint (segment->fans->len, ==, 2);
  fan = segment->fans->pdata[0];
  g_assert_true (fan->with_frames);
  g_assert_false (fan->with_sound);
  g_assert_cmpuint (fan->keys->len, ==, 18);
  fan = segment->fans->pdata[1];
  g_assert_true (fan->with_sound);
  g_assert_cmpuint (fan->keys->len, ==, 2);
  g_assert_cmpint (plan->sound_ns, ==, (30 + 30 + 10) * NS_PER_S);
  g_assert_cmpint (plan->frames, ==, 60 + 60 + 20 + 40);
  /* Eighteen questions on pictures carry them each, at least a byte in a hundred pixels; two carry the sound. */
  g_assert_cmpint (plan->upload_bytes, >, 18 * plan->frames * 796 * 448 / 100 + 2 * plan->sound_ns / NS_PER_S * 32000);
  g_assert_cmpint (plan->upload_bytes, <, 18 * plan->frames * 796 * 448 + 3 * plan->sound_ns / NS_PER_S * 32000);
}

static void
test_whole (void)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (SemioRunConfig) config = semio_run_config_new_default (features);
  g_autoptr (GPtrArray) recordings = recordings_new ();
  g_autoptr (SemioPredictPlan) plan = NULL;
  const SemioPlannedSegment *last;

  config->sound = SEMIO_SOUND_SCOPE_RECORDING;
  config->kinds = (1u << SEMIO_QUESTION_ANSWER) | (1u << SEMIO_QUESTION_NARRATIVE);
  plan = semio_predict_plan_new (config, features, recordings, NULL);
  g_assert_cmpuint (plan->n_questions, ==, 3 * 18 + 2 + 1 + 18 + 1);
  last = plan->segments->pdata[3];
  g_assert_cmpint (last->segment, ==, SEMIO_SEGMENT_WHOLE);
  g_assert_cmpuint (last->fans->len, ==, 2);
  g_assert_cmpint (last->span.end_ns, ==, 60 * NS_PER_S);
}

static void
test_done (void)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (SemioRunConfig) config = semio_run_config_new_default (features);
  g_autoptr (GPtrArray) recordings = recordings_new ();
  g_autoptr (GHashTable) done = g_hash_table_new_full (semio_question_key_hash, semio_question_key_equal, g_free, NULL);
  g_autoptr (SemioPredictPlan) whole = NULL;
  g_autoptr (SemioPredictPlan) rest = NULL;
  guint n = 0;

  config->sound = SEMIO_SOUND_SCOPE_SEGMENT;
  whole = semio_predict_plan_new (config, features, recordings, NULL);
  /* The first segment whole, and one question of the second. */
  for (guint i = 0; i < 2; i++)
    {
      const SemioPlannedSegment *segment = whole->segments->pdata[i];

      for (guint f = 0; f < segment->fans->len; f++)
        {
          const SemioPlannedFan *fan = segment->fans->pdata[f];

          for (guint k = 0; k < fan->keys->len && (i == 0 || n == 20); k++, n++)
            g_hash_table_add (done, g_memdup2 (&g_array_index (fan->keys, SemioQuestionKey, k), sizeof (SemioQuestionKey)));
        }
    }
  rest = semio_predict_plan_new (config, features, recordings, done);
  g_assert_cmpuint (rest->n_questions, ==, whole->n_questions);
  g_assert_cmpuint (rest->n_open, ==, whole->n_open - g_hash_table_size (done));
  g_assert_cmpuint (rest->segments->len, ==, whole->segments->len - 1);
}

static void
test_rate (void)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (SemioRunConfig) config = semio_run_config_new_default (features);
  SemioSpan segment = { 25 * NS_PER_S, 55 * NS_PER_S };
  SemioSpan whole = { 0, 300 * NS_PER_S };
  guint num, den;

  semio_predict_media_get_rate (config, segment, &num, &den);
  g_assert_cmpuint (num, ==, 2);
  g_assert_cmpuint (den, ==, 1);
  semio_predict_media_get_rate (config, whole, &num, &den);
  g_assert_cmpuint (num, ==, 60);
  g_assert_cmpuint (den, ==, 300);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/predict-plan/order", test_order);
  g_test_add_func ("/session/predict-plan/whole", test_whole);
  g_test_add_func ("/session/predict-plan/done", test_done);
  g_test_add_func ("/session/predict-plan/rate", test_rate);
  return g_test_run ();
}
