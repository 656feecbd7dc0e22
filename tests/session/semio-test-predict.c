/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-predict.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

static const char *clips;

void
semio_test_predict_set_clips (const char *folder)
{
  clips = folder;
}

static void
add_clip (SemioTestPredict *test, const char *clip)
{
  g_autofree char *path = g_build_filename (clips, clip, NULL);
  g_autoptr (GPtrArray) results = semio_test_study_add (&test->study, path, FALSE);

  g_assert_cmpuint (results->len, ==, 1);
}

void
semio_test_predict_set_up (SemioTestPredict *test, gconstpointer data)
{
  static const char *const features[] = { "arm_flexion", "tonic", "blank_stare", "ictal_vocalization", NULL };
  const char *urls[] = { NULL, NULL };
  g_autoptr (GError) error = NULL;

  semio_test_study_set_up (&test->study, data);
  /* 8 s and 5 s; the second has no sound. */
  add_clip (test, "cfr.mp4");
  add_clip (test, "no-sound.mp4");
  semio_test_wait_media (&test->study);
  test->server = semio_test_server_new (NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  urls[0] = semio_test_server_get_url (test->server);
  test->endpoint = semio_endpoint_new ("test");
  g_strfreev (test->endpoint->urls);
  test->endpoint->urls = g_strdupv ((char **) urls);
  test->endpoint->max_in_flight = 4;
  test->config = semio_run_config_new_default (semio_study_get_feature_set (test->study.study));
  g_free (test->config->name);
  test->config->name = g_strdup ("first");
  g_free (test->config->model);
  test->config->model = g_strdup ("test-model");
  g_strfreev (test->config->urls);
  test->config->urls = g_strdupv ((char **) urls);
  g_strfreev (test->config->features);
  test->config->features = g_strdupv ((char **) features);
  test->config->segment_ns = 4 * NS_PER_S;
  test->config->step_ns = 3 * NS_PER_S;
  test->config->sound = SEMIO_SOUND_SCOPE_SEGMENT;
  test->config->height_px = 64;
  test->problems = g_ptr_array_new_with_free_func (g_free);
}

void
semio_test_predict_tear_down (SemioTestPredict *test, gconstpointer data)
{
  g_ptr_array_unref (test->problems);
  semio_run_config_free (test->config);
  semio_endpoint_free (test->endpoint);
  semio_test_study_tear_down (&test->study, data);
  semio_test_server_free (test->server);
}

static void
problem_cb (SemioPredict *predict, const char *problem, SemioTestPredict *test)
{
  g_ptr_array_add (test->problems, g_strdup (problem));
}

static void
answered_cb (SemioPredict *predict, gint64 recording_id, SemioTestPredict *test)
{
  if (++test->n_answered == test->stop_after)
    g_cancellable_cancel (test->cancellable);
  if (test->n_answered == test->bad_after)
    semio_test_server_set_usual (test->server, test->bad_act);
  if (test->on_answered != NULL)
    test->on_answered (test->on_answered_data);
}

SemioPredictProgress
semio_test_predict_run (SemioTestPredict *test, const char *key, gboolean retry_failed, GError **error)
{
  g_autoptr (SemioPredict) predict = semio_predict_new (test->study.study, test->config, test->endpoint, key, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  gboolean done;

  test->n_answered = 0;
  test->cancellable = cancellable;
  semio_predict_set_retry_failed (predict, retry_failed);
  g_signal_connect (predict, "problem", G_CALLBACK (problem_cb), test);
  g_signal_connect (predict, "answered", G_CALLBACK (answered_cb), test);
  semio_predict_run_async (predict, cancellable, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  done = semio_predict_run_finish (predict, result, error);
  g_assert_cmpint (semio_predict_get_state (predict), ==, done ? SEMIO_PREDICT_DONE : SEMIO_PREDICT_STOPPED);
  g_signal_handlers_disconnect_by_data (predict, test);
  return semio_predict_get_progress (predict);
}

/* Requests about the study: the canary alone has PNG pictures. */
GPtrArray *
semio_test_predict_list_asked (SemioTestPredict *test)
{
  GPtrArray *all = semio_test_server_get_requests (test->server);
  GPtrArray *asked = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      SemioTestRequest *request = all->pdata[i];
      gsize length = 0;
      const char *body = request->body ? g_bytes_get_data (request->body, &length) : "";

      if (g_strcmp0 (request->path, "/v1/chat/completions") == 0 && !g_strstr_len (body, (gssize) length, "image/png"))
        g_ptr_array_add (asked, request);
    }
  g_ptr_array_unref (all);
  return asked;
}

guint
semio_test_predict_count_different (GPtrArray *requests)
{
  g_autoptr (GHashTable) bodies = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < requests->len; i++)
    g_hash_table_add (bodies, ((SemioTestRequest *) requests->pdata[i])->sha256);
  return g_hash_table_size (bodies);
}

SemioRunDetail *
semio_test_predict_load_detail (SemioTestPredict *test)
{
  GPtrArray *runs = semio_study_get_runs (test->study.study);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  SemioRunDetail *detail;

  g_assert_cmpuint (runs->len, ==, 1);
  semio_run_detail_load_async (test->study.study, ((SemioRun *) runs->pdata[0])->id, NULL, semio_test_ready_cb, &slot);
  result = semio_test_wait_for (&slot);
  detail = semio_run_detail_load_finish (test->study.study, result, &error);
  g_assert_no_error (error);
  return detail;
}
