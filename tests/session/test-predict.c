/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run from the study's side, against a real server: every question once, everything kept, going on asks nothing twice. */
#include <string.h>

#include "semio-consent-need.h"
#include "semio-test-home.h"
#include "semio-test-predict.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

/* How many different beginnings the bodies have, the beginning being all that stands before the question. */
static guint
count_prefixes (GPtrArray *requests)
{
  g_autoptr (GHashTable) prefixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < requests->len; i++)
    {
      const SemioTestRequest *request = requests->pdata[i];
      gsize length = 0;
      const char *body = g_bytes_get_data (request->body, &length);
      g_autofree char *start = g_strndup (request->question, 24);
      const char *found = g_strrstr_len (body, (gssize) length, start);

      g_assert_nonnull (found);
      g_hash_table_add (prefixes, g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, (gsize) (found - body)));
    }
  return g_hash_table_size (prefixes);
}

static void
test_whole (SemioTestPredict *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SemioPredictProgress progress = semio_test_predict_run (test, NULL, FALSE, &error);
  g_autoptr (GPtrArray) asked = semio_test_predict_list_asked (test);
  g_autoptr (SemioRunDetail) detail = NULL;
  SemioReview *review;
  int item;

  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_questions, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (progress.n_answered, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (progress.n_open, ==, 0);
  g_assert_cmpuint (test->n_answered, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (asked->len, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (semio_test_predict_count_different (asked), ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (count_prefixes (asked), ==, SEMIO_TEST_PREDICT_N_FANS);
  detail = semio_test_predict_load_detail (test);
  g_assert_cmpuint (detail->cells->len, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  for (guint i = 0; i < detail->cells->len; i++)
    {
      const SemioRunCell *cell = &g_array_index (detail->cells, SemioRunCell, i);

      g_assert_cmpint (cell->state, ==, SEMIO_REPLY_AS_SENT);
      g_assert_true (semio_answer_is_usable (cell->answer));
      g_assert_cmpuint (cell->n_attempts, ==, 1);
    }
  /* They are seen on the Review page, in the segments of the run. */
  review = semio_test_study_review (&test->study, "cfr.mp4");
  item = semio_review_find_item (review,
                                 (guint) semio_feature_set_find (semio_study_get_feature_set (test->study.study), "tonic"), 0);
  g_assert_cmpint (item, >=, 0);
  g_assert_cmpuint (semio_review_get_item (review, (guint) item)->n_segments, ==, 3);
  g_assert_nonnull (semio_review_get_item (review, (guint) item)->explanations[2]);
  g_assert_cmpint (semio_item_get_span (semio_review_get_item (review, (guint) item), 1, 8 * NS_PER_S).begin_ns, ==,
                   3 * NS_PER_S);
  g_object_unref (review);
  semio_test_study_verify (&test->study);
}

/* A second start of a finished run asks nothing, not even the canary. */
static void
test_again (SemioTestPredict *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_requests;

  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  n_requests = semio_test_server_get_n_requests (test->server);
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (semio_test_server_get_n_requests (test->server), ==, n_requests);
}

static void
test_resume (SemioTestPredict *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asked = NULL;
  g_autoptr (SemioRunDetail) detail = NULL;
  SemioPredictProgress progress;

  semio_test_server_set_delay (test->server, 20);
  test->endpoint->max_in_flight = 1;
  test->stop_after = 5;
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  test->stop_after = 0;
  semio_test_study_reopen (&test->study);
  semio_test_wait_media (&test->study);
  progress = semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_answered, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  detail = semio_test_predict_load_detail (test);
  g_assert_cmpuint (detail->cells->len, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  g_assert_cmpuint (detail->sums.n_attempts, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  /* Only what was under way when it was stopped may have been sent again: at most one. */
  asked = semio_test_predict_list_asked (test);
  g_assert_cmpuint (asked->len, <=, SEMIO_TEST_PREDICT_N_QUESTIONS + 1);
  g_assert_cmpuint (semio_test_predict_count_different (asked), ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
  semio_test_study_verify (&test->study);
}

static void
test_other_settings (SemioTestPredict *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_requests;

  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_no_error (error);
  n_requests = semio_test_server_get_n_requests (test->server);
  test->config->temperature = 1;
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "first"));
  g_assert_cmpuint (semio_test_server_get_n_requests (test->server), ==, n_requests);
}

/* Nothing goes to another machine before somebody agreed to it, and plain http is a matter of its own. */
static void
test_consent (SemioTestPredict *test, gconstpointer data)
{
  const char *urls[] = { "http://semioscope.invalid:9", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) agreed = NULL;
  g_autoptr (GPtrArray) needs = NULL;
  g_autofree char *text = NULL;
  const SemioPredictPlan plan = { .n_recordings = 2, .n_patients = 2, .frames = 40, .sound_ns = 8 * NS_PER_S };
  GAsyncResult *slot = NULL;

  g_strfreev (test->endpoint->urls);
  test->endpoint->urls = g_strdupv ((char **) urls);
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT);
  g_assert_nonnull (strstr (error->message, "semioscope.invalid:9"));
  g_clear_error (&error);
  semio_consent_need_list_async (test->study.study, test->endpoint, SEMIO_CONSENT_IMAGES | SEMIO_CONSENT_SOUND, NULL,
                                 semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  needs = semio_consent_need_list_finish (test->study.study, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (needs->len, ==, 1);
  text = semio_consent_need_describe (needs->pdata[0], &plan);
  g_assert_nonnull (strstr (text, "2 patients"));
  g_assert_nonnull (strstr (text, "semioscope.invalid:9"));
  g_assert_nonnull (strstr (text, "http:"));
  slot = NULL;
  semio_consent_need_agree_async (test->study.study, needs->pdata[0], &plan, NULL, semio_test_ready_cb, &slot);
  agreed = semio_test_wait_for (&slot);
  g_assert_true (semio_consent_need_agree_finish (test->study.study, agreed, &error));
  /* Agreed to, it is only the machine that is not there. */
  semio_test_predict_run (test, NULL, FALSE, &error);
  g_assert_nonnull (error);
  g_assert_false (g_error_matches (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT));
  semio_test_study_verify (&test->study);
}

/* A key that the server refuses ends the run with its words; the key is in none of them. */
static void
test_key (SemioTestPredict *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SemioPredictProgress progress;

  semio_test_server_set_key (test->server, "sk-good");
  semio_test_predict_run (test, "sk-wrong", FALSE, &error);
  g_assert_nonnull (error);
  g_assert_null (strstr (error->message, "sk-wrong"));
  g_clear_error (&error);
  progress = semio_test_predict_run (test, "sk-good", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (progress.n_answered, ==, SEMIO_TEST_PREDICT_N_QUESTIONS);
}

int
main (int argc, char **argv)
{
  g_autofree char *clips = NULL;

  semio_test_home_init (&argc, &argv);
  clips = semio_test_home_make_clips (argv[1]);
  semio_test_predict_set_clips (clips);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/whole", test_whole);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/again", test_again);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/resume", test_resume);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/other-settings", test_other_settings);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/consent", test_consent);
  SEMIO_TEST_PREDICT_ADD ("/session/predict/key", test_key);
  return semio_test_home_run ();
}
