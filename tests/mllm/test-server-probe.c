/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-server-probe.h"

#include <string.h>

#include "semio-mllm-error.h"
#include "semio-synthetic-media.h"
#include "semio-test-server.h"
#include "semio-transcription.h"

#define KEY "sk-very-secret-0123456789"

typedef struct {
  SemioTestServer *server;
  SemioTransfer *transfer;
  SemioEndpoint *endpoint;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = semio_test_server_new (NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  semio_test_server_set_key (fixture->server, KEY);
  fixture->transfer = semio_transfer_new (4);
  fixture->endpoint = semio_endpoint_new ("test");
  fixture->endpoint->timeout_s = 20;
  fixture->endpoint->model = g_strdup ("test-model");
  g_strfreev (fixture->endpoint->urls);
  fixture->endpoint->urls = g_strsplit (semio_test_server_get_url (fixture->server), " ", -1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_unref (fixture->transfer);
  semio_test_server_free (fixture->server);
  semio_endpoint_free (fixture->endpoint);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ((Fixture *) data)->result = g_object_ref (result);
}

static void
wait_done (Fixture *fixture)
{
  while (fixture->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
probe (Fixture *fixture, const char *key, SemioDialect *dialect, GError **error)
{
  gboolean good;

  semio_server_probe_async (fixture->transfer, fixture->endpoint, key, NULL, done_cb, fixture);
  wait_done (fixture);
  good = semio_server_probe_finish (fixture->transfer, fixture->result, dialect, error);
  g_clear_object (&fixture->result);
  return good;
}

static gboolean
canary (Fixture *fixture, char **remark, GError **error)
{
  gboolean good;

  semio_server_canary_async (fixture->transfer, fixture->endpoint, KEY, "test-model", NULL, done_cb, fixture);
  wait_done (fixture);
  good = semio_server_canary_finish (fixture->transfer, fixture->result, remark, error);
  g_clear_object (&fixture->result);
  return good;
}

/* Drawn here, read there: what the servers below see. */
static void
test_picture (Fixture *fixture, gconstpointer data)
{
  static const char *const codes[] = { "0123", "4567", "8901" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GBytes) picture = semio_synthetic_make_picture (codes[i], (guint8) (30 * i));
      g_autofree char *read = semio_test_model_read_picture (g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));

      g_assert_cmpstr (read, ==, codes[i]);
    }
}

static void
test_models (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;

  semio_server_list_models_async (fixture->transfer, fixture->endpoint->urls[0], KEY, NULL, done_cb, fixture);
  wait_done (fixture);
  names = semio_server_list_models_finish (fixture->transfer, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "test-model");
  g_clear_object (&fixture->result);
  semio_server_list_models_async (fixture->transfer, fixture->endpoint->urls[0], "wrong", NULL, done_cb, fixture);
  wait_done (fixture);
  g_assert_null (semio_server_list_models_finish (fixture->transfer, fixture->result, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Invalid API Key"));
  g_assert_null (strstr (error->message, "wrong"));
}

static void
test_dialects (Fixture *fixture, gconstpointer data)
{
  static const SemioDialect kinds[] = {
    { TRUE, SEMIO_SOUND_PART_INPUT_AUDIO, SEMIO_SCHEMA_RESPONSE_FORMAT, TRUE, TRUE, 32768 },
    { TRUE, SEMIO_SOUND_PART_AUDIO_URL, SEMIO_SCHEMA_RESPONSE_FORMAT, FALSE, FALSE, -1 },
    { FALSE, SEMIO_SOUND_PART_NONE, SEMIO_SCHEMA_NONE, FALSE, TRUE, 8192 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      SemioTestModelOptions *model = semio_test_server_get_model (fixture->server);
      g_autoptr (GError) error = NULL;
      SemioDialect found = { 0 };

      model->dialect = kinds[i];
      model->refuses_unknown = TRUE;
      g_assert_true (probe (fixture, KEY, &found, &error));
      g_assert_no_error (error);
      g_assert_cmpint (found.images, ==, kinds[i].images);
      g_assert_cmpint (found.sound, ==, kinds[i].sound);
      g_assert_cmpint (found.schema, ==, kinds[i].schema);
      g_assert_cmpint (found.cache_salt, ==, kinds[i].cache_salt);
      g_assert_cmpint (found.transcription, ==, kinds[i].transcription);
      g_assert_cmpint (found.context_tokens, ==, kinds[i].context_tokens);
    }
}

static void
test_probe_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SemioDialect found = { 0 };

  g_assert_false (probe (fixture, "wrong", &found, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED);
  g_clear_error (&error);
  semio_test_server_set_usual (fixture->server, SEMIO_TEST_503);
  g_assert_false (probe (fixture, KEY, &found, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "Loading model"));
  g_clear_error (&error);
  semio_test_server_set_usual (fixture->server, SEMIO_TEST_404);
  g_assert_false (probe (fixture, KEY, &found, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED);
}

static void
test_canary_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;
  g_autoptr (GPtrArray) requests = NULL;

  g_assert_true (canary (fixture, &remark, &error));
  g_assert_no_error (error);
  g_assert_null (remark);
  /* Two segments, twice, alike but for their pictures. */
  requests = semio_test_server_get_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (((SemioTestRequest *) requests->pdata[i])->question, ==,
                     ((SemioTestRequest *) requests->pdata[0])->question);
}

static void
test_canary_mixes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;

  semio_test_server_get_model (fixture->server)->mixes = TRUE;
  g_assert_false (canary (fixture, &remark, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_MIXED);
  g_assert_null (remark);
}

static void
test_canary_alike (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  semio_test_server_set_answer (fixture->server, "It is 0000.");
  g_assert_false (canary (fixture, NULL, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_MIXED);
}

static void
test_canary_blind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remark = NULL;

  semio_test_server_get_model (fixture->server)->is_blind = TRUE;
  g_assert_true (canary (fixture, &remark, &error));
  g_assert_no_error (error);
  g_assert_nonnull (remark);
}

/* The second of two servers mixes: each is asked. */
static void
test_canary_second (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) other = semio_test_server_new (NULL, 0, NULL, NULL, NULL);
  const char *urls[] = { fixture->endpoint->urls[0], semio_test_server_get_url (other), NULL };
  g_autoptr (GError) error = NULL;
  GStrv both = g_strdupv ((char **) urls);

  g_strfreev (fixture->endpoint->urls);
  fixture->endpoint->urls = both;
  semio_test_server_get_model (other)->mixes = TRUE;
  g_assert_false (canary (fixture, NULL, &error));
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_MIXED);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 4);
  g_assert_cmpuint (semio_test_server_get_n_requests (other), ==, 2);
}

static void
test_canary_fails (Fixture *fixture, gconstpointer data)
{
  static const SemioTestAct acts[] = { SEMIO_TEST_500, SEMIO_TEST_RESET, SEMIO_TEST_BRACKETS, SEMIO_TEST_REDIRECT,
                                       SEMIO_TEST_EMPTY };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;

      semio_test_server_set_usual (fixture->server, acts[i]);
      g_assert_false (canary (fixture, NULL, &error));
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, KEY));
    }
}

static SemioTranscript *
transcribe (Fixture *fixture, GError **error)
{
  g_autoptr (GBytes) wav = semio_synthetic_make_sound ();
  SemioSpan span = { 10 * SEMIO_NS_PER_SECOND, 14 * SEMIO_NS_PER_SECOND };
  SemioTranscript *transcript;

  semio_transcription_ask_async (fixture->transfer, fixture->endpoint->urls[0], KEY, "whisper", wav, span, 20, NULL, done_cb,
                                 fixture);
  wait_done (fixture);
  transcript = semio_transcription_ask_finish (fixture->transfer, fixture->result, error);
  g_clear_object (&fixture->result);
  return transcript;
}

static void
test_transcription (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioTranscript) transcript = transcribe (fixture, &error);
  const SemioTranscriptLine *line;
  g_autoptr (GPtrArray) requests = semio_test_server_get_requests (fixture->server);
  g_autoptr (GBytes) wav = semio_synthetic_make_sound ();
  const SemioTestRequest *request = requests->pdata[0];

  g_assert_no_error (error);
  g_assert_cmpstr (transcript->model, ==, "whisper");
  g_assert_cmpstr (transcript->language, ==, "en");
  g_assert_cmpuint (transcript->lines->len, ==, 2);
  line = &g_array_index (transcript->lines, SemioTranscriptLine, 0);
  g_assert_cmpstr (line->text, ==, "How are you?");
  g_assert_cmpint (line->span.begin_ns, ==, 10 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (line->span.end_ns, ==, 11250000000);
  line = &g_array_index (transcript->lines, SemioTranscriptLine, 1);
  /* No line ends after the sound. */
  g_assert_cmpint (line->span.end_ns, ==, 14 * SEMIO_NS_PER_SECOND);
  g_assert_nonnull (
      memmem (g_bytes_get_data (request->body, NULL), request->n_bytes, g_bytes_get_data (wav, NULL), g_bytes_get_size (wav)));
}

static void
test_transcription_plain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioTranscript) transcript = NULL;
  const SemioTranscriptLine *line;

  semio_test_server_get_model (fixture->server)->plain_transcripts = TRUE;
  semio_test_server_push (fixture->server, SEMIO_TEST_400);
  transcript = transcribe (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (transcript->lines->len, ==, 1);
  line = &g_array_index (transcript->lines, SemioTranscriptLine, 0);
  g_assert_cmpstr (line->text, ==, "How are you? Squeeze my hand.");
  g_assert_cmpint (line->span.begin_ns, ==, 10 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (line->span.end_ns, ==, 14 * SEMIO_NS_PER_SECOND);
}

static void
test_transcription_fails (Fixture *fixture, gconstpointer data)
{
  static const SemioTestAct acts[] = { SEMIO_TEST_404, SEMIO_TEST_BRACKETS, SEMIO_TEST_EMPTY, SEMIO_TEST_BREAK,
                                       SEMIO_TEST_NOT_JSON };

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SemioTranscript) transcript = NULL;

      semio_test_server_set_usual (fixture->server, acts[i]);
      transcript = transcribe (fixture, &error);
      g_assert_null (transcript);
      g_assert_nonnull (error);
    }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "picture", test_picture },
    { "models", test_models },
    { "dialects", test_dialects },
    { "fails", test_probe_fails },
    { "canary/good", test_canary_good },
    { "canary/mixes", test_canary_mixes },
    { "canary/alike", test_canary_alike },
    { "canary/blind", test_canary_blind },
    { "canary/second", test_canary_second },
    { "canary/fails", test_canary_fails },
    { "transcription", test_transcription },
    { "transcription/plain", test_transcription_plain },
    { "transcription/fails", test_transcription_fails },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server-probe/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
