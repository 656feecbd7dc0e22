/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a run: what the model saw can be made again, and answers that come by files are the same. */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-batch-read.h"
#include "semio-seen.h"
#include "semio-test-home.h"
#include "semio-test-predict.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

static SemioSeen *
load_seen (SemioTestPredict *test, const SemioQuestionKey *key)
{
  GPtrArray *runs = semio_study_get_runs (test->study.study);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioSeen *seen;

  semio_seen_load_async (test->study.study, ((SemioRun *) runs->pdata[0])->id, key, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  seen = semio_seen_load_finish (test->study.study, result, &error);
  g_assert_no_error (error);
  return seen;
}

/* What the model saw is made again, byte for byte. */
static void
test_seen (SemioTestPredict *test, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (test->study.study);
  const SemioRecording *recording = semio_test_study_find (&test->study, "cfr.mp4");
  SemioQuestionKey tonic = { recording->id, 1, SEMIO_QUESTION_ANSWER, (guint) semio_feature_set_find (features, "tonic") };
  SemioQuestionKey voice = tonic;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSeen) seen = NULL;
  g_autoptr (SemioSeen) heard = NULL;

  voice.feature = (guint) semio_feature_set_find (features, "ictal_vocalization");
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  seen = load_seen (test, &tonic);
  g_assert_cmpint (seen->state, ==, SEMIO_SEEN_SAME);
  g_assert_cmpuint (seen->times->len, ==, 8);
  g_assert_cmpint (g_array_index (seen->times, gint64, 0), ==, 3 * NS_PER_S);
  g_assert_cmpuint (seen->media->frames->len, ==, 8);
  g_assert_false (seen->has_sound);
  g_assert_cmpfloat (seen->pictures_per_second, ==, 2);
  g_assert_cmpstr (seen->question, ==, semio_prompt_set_get_question (test->config->prompts, SEMIO_QUESTION_ANSWER, "tonic"));
  g_assert_nonnull (seen->reply->raw);
  heard = load_seen (test, &voice);
  g_assert_cmpint (heard->state, ==, SEMIO_SEEN_SAME);
  g_assert_true (heard->has_sound);
  g_assert_null (seen->onset);
  g_assert_null (seen->narrative);
}

/* What else was asked of the segment and of the recording stands beside it. */
static void
test_seen_also (SemioTestPredict *test, gconstpointer data)
{
  SemioFeatureSet *features = semio_study_get_feature_set (test->study.study);
  const SemioRecording *recording = semio_test_study_find (&test->study, "cfr.mp4");
  SemioQuestionKey tonic = { recording->id, 1, SEMIO_QUESTION_ANSWER, (guint) semio_feature_set_find (features, "tonic") };
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioSeen) seen = NULL;

  test->config->kinds |= (1u << SEMIO_QUESTION_ONSET) | (1u << SEMIO_QUESTION_NARRATIVE);
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  seen = load_seen (test, &tonic);
  g_assert_nonnull (seen->onset);
  g_assert_cmpint (seen->onset->state, ==, SEMIO_REPLY_AS_SENT);
  g_assert_true (seen->onset->onset_ns == SEMIO_TIME_NONE
                 || (seen->onset->onset_ns >= 3 * NS_PER_S && seen->onset->onset_ns <= 7 * NS_PER_S));
  g_assert_nonnull (seen->narrative);
  g_assert_cmpint (seen->narrative->state, ==, SEMIO_REPLY_AS_SENT);
  g_assert_nonnull (seen->narrative->explanation);
}

#define ID_BEGINS 14
#define ID_CHARS 40
#define CLOSING_BRACE 0x7d

/* The body of a line: what stands between "body": and the last brace. */
static GBytes *
get_body (const char *line)
{
  const char *begin = strstr (line, "\"body\":");
  gsize length;

  g_assert_nonnull (begin);
  begin += strlen ("\"body\":");
  length = strlen (begin);
  g_assert_cmpint (begin[length - 1], ==, CLOSING_BRACE);
  return g_bytes_new (begin, length - 1);
}

/* What a batch service makes of the lines, last first, some twice, in two files, with a line that is none. */
static GPtrArray *
serve_batch (SemioTestPredict *test, const char *folder, GHashTable *bodies)
{
  g_autofree char *path = g_build_filename (folder, "questions-001.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (SemioTestModel) model = semio_test_model_new ();
  GString *out[2] = { g_string_new (NULL), g_string_new ("this is no line\n") };
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  guint n;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  n = g_strv_length (lines);
  g_assert_cmpuint (n, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (GBytes) body = get_body (lines[i - 1]);
      g_autofree char *id = g_strndup (lines[i - 1] + ID_BEGINS, ID_CHARS);
      g_autofree char *question = NULL;
      g_autofree char *content = NULL;
      guint status = 0;
      g_autofree char *answer = semio_test_model_answer (model, body, &status, &question, &content);
      g_autofree char *line = g_strdup_printf (
          "{\"custom_id\":\"%s\",\"response\":{\"status_code\":%u,\"body\":%s},\"error\":null}\n", id, status, answer);

      g_hash_table_add (bodies, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, body));
      g_string_append (out[i % 2], line);
      if (i % 3 == 0)
        g_string_append (out[(i + 1) % 2], line);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("result-%u.jsonl", i);
      g_autofree char *target = g_build_filename (folder, name, NULL);

      g_assert_true (g_file_set_contents (target, out[i]->str, -1, NULL));
      g_ptr_array_add (files, g_file_new_for_path (target));
      g_string_free (out[i], TRUE);
    }
  return files;
}

static SemioBatchReadResult *
read_batch (SemioTestPredict *test, const char *run_name, GPtrArray *files, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  semio_batch_read_async (test->study.study, run_name, files, NULL, NULL, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_batch_read_finish (test->study.study, result, error);
}

static SemioRunDetail *
load_run (SemioTestPredict *test, const char *name)
{
  GPtrArray *runs = semio_study_get_runs (test->study.study);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  for (guint i = 0; i < runs->len; i++)
    if (g_strcmp0 (((SemioRun *) runs->pdata[i])->name, name) == 0)
      semio_run_detail_load_async (test->study.study, ((SemioRun *) runs->pdata[i])->id, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  return semio_run_detail_load_finish (test->study.study, result, NULL);
}

/* The same questions by files come to the same answers as by the server, byte for byte the same requests. */
static void
test_batch (SemioTestPredict *test, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (test->study.folder, "batch", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GHashTable) bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioPredict) predict = NULL;
  g_autoptr (SemioBatchReadResult) read = NULL;
  g_autoptr (SemioBatchReadResult) again = NULL;
  g_autoptr (SemioRunDetail) live = NULL;
  g_autoptr (SemioRunDetail) batch = NULL;
  GAsyncResult *slot = NULL;

  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_free (test->config->name);
  test->config->name = g_strdup ("second");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  predict = semio_predict_new (test->study.study, test->config, test->endpoint, NULL, NULL);
  semio_predict_write_batch_async (predict, place, 0, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  g_assert_cmpint (semio_predict_write_batch_finish (predict, result, &error), ==, 1);
  g_assert_no_error (error);
  files = serve_batch (test, folder, bodies);
  asked = semio_test_predict_list_asked (test);
  for (guint i = 0; i < asked->len; i++)
    g_assert_true (g_hash_table_contains (bodies, ((SemioTestRequest *) asked->pdata[i])->sha256));
  /* Of another run they are refused. */
  g_assert_null (read_batch (test, "first", files, &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT);
  g_clear_error (&error);
  read = read_batch (test, "second", files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_kept, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (read->n_repeated, ==, SEMIO_TEST_PREDICT_N_QUESTIONS / 3);
  g_assert_cmpuint (read->n_open, ==, 0);
  g_assert_cmpuint (read->problems->len, ==, 1);
  g_assert_nonnull (strstr (read->problems->pdata[0], "line 1"));
  again = read_batch (test, "second", files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_kept, ==, 0);
  live = load_run (test, "first");
  batch = load_run (test, "second");
  g_assert_cmpuint (live->cells->len, ==, batch->cells->len);
  for (guint i = 0; i < live->cells->len; i++)
    {
      const SemioRunCell *one = &g_array_index (live->cells, SemioRunCell, i);
      const SemioRunCell *other = &g_array_index (batch->cells, SemioRunCell, i);

      g_assert_true (semio_question_key_equal (&one->key, &other->key));
      g_assert_cmpint (one->answer, ==, other->answer);
      g_assert_cmpint (one->state, ==, other->state);
    }
  semio_test_study_verify (&test->study);
}

int
main (int argc, char **argv)
{
  g_autofree char *clips = NULL;

  semio_test_home_init (&argc, &argv);
  clips = semio_test_home_make_clips (argv[1]);
  semio_test_predict_set_clips (clips);
  SEMIO_TEST_PREDICT_ADD ("/session/predict-kept/seen", test_seen);
  SEMIO_TEST_PREDICT_ADD ("/session/predict-kept/seen-also", test_seen_also);
  SEMIO_TEST_PREDICT_ADD ("/session/predict-kept/batch", test_batch);
  return semio_test_home_run ();
}
