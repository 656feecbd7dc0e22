/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "semio-mllm-error.h"
#include "semio-scheduler.h"
#include "semio-test-send.h"
#include "semio-test-server.h"

#define KEY "sk-very-secret-0123456789"
#define N_QUESTIONS 20
#define WAIT_S 60

typedef struct {
  guint segment;
  guint question;
  SemioModelReply *reply;
} Answer;

typedef struct {
  SemioTestServer *server;
  SemioEndpoint *endpoint;
  SemioFeatureSet *features;
  SemioRunConfig *config;
  SemioScheduler *scheduler;
  GPtrArray *answers; /* of Answer */
  GPtrArray *waits; /* of char *, "" for going on */
  GPtrArray *prefixes; /* of GBytes, by segment */
  GError *stopped;
  guint n_done;
  guint n_segments; /* to push when wanted */
  guint n_pushed;
  guint n_questions;
  guint n_groups; /* fan-outs that belong to one segment and are pushed together; 0: each is of none */
  guint most_held;
  guint cancel_after;
  gboolean with_again;
} Fixture;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  semio_model_reply_free (answer->reply);
  g_free (answer);
}

static SemioFanOut *
make_fan_out (Fixture *fixture, guint segment)
{
  SemioSpan span = { segment * 25 * SEMIO_NS_PER_SECOND, (segment * 25 + 30) * SEMIO_NS_PER_SECOND };
  g_autoptr (SemioSegmentMedia) media = semio_segment_media_new (span);
  g_autoptr (SemioChatPrefix) prefix = NULL;
  SemioFanOut *fan_out;

  for (guint i = 0; i < 6; i++)
    {
      guint8 data[4096];
      g_autoptr (GBytes) jpeg = NULL;

      memset (data, (int) (segment * 7 + i), sizeof data);
      jpeg = g_bytes_new (data, sizeof data);
      semio_segment_media_add_frame (media, i, span.begin_ns + i * SEMIO_NS_PER_SECOND / 2, 448, 252, jpeg);
    }
  prefix = semio_chat_prefix_new (fixture->config, &fixture->endpoint->dialect, media, TRUE, FALSE, NULL);
  g_ptr_array_add (fixture->prefixes, g_bytes_ref (semio_chat_prefix_get_bytes (prefix)));
  fan_out = semio_fan_out_new (prefix, GUINT_TO_POINTER (segment + 1), NULL);
  fan_out->segment = fixture->n_groups > 0 ? segment / fixture->n_groups + 1 : 0;
  for (guint i = 0; i < fixture->n_questions; i++)
    {
      const SemioFeature *feature = semio_feature_set_get (fixture->features, i);
      g_autofree char *text = g_strdup_printf ("Question %u of segment %u: does it occur?", i, segment);
      SemioQuestion question = { .kind = SEMIO_QUESTION_ANSWER, .feature = i };

      question.domain.kind = SEMIO_QUESTION_ANSWER;
      question.domain.takes_na = feature->takes_na;
      question.domain.span = span;
      question.tail = semio_chat_tail_new (prefix, SEMIO_QUESTION_ANSWER, feature, text, 100);
      if (fixture->with_again)
        question.tail_again = semio_chat_tail_new (prefix, SEMIO_QUESTION_ANSWER, feature, text, 999);
      g_array_append_val (fan_out->questions, question);
    }
  return fan_out;
}

static void
wanted_cb (SemioScheduler *scheduler, Fixture *fixture)
{
  if (fixture->n_pushed == fixture->n_segments)
    return;
  do
    semio_scheduler_push (scheduler, make_fan_out (fixture, fixture->n_pushed++));
  while (fixture->n_groups > 0 && fixture->n_pushed % fixture->n_groups != 0);
  fixture->most_held = MAX (fixture->most_held, fixture->n_pushed - fixture->n_done);
}

static void
answered_cb (SemioScheduler *scheduler, SemioFanOut *fan_out, guint question, SemioModelReply *reply, Fixture *fixture)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->segment = GPOINTER_TO_UINT (fan_out->tag) - 1;
  answer->question = question;
  answer->reply = semio_model_reply_copy (reply);
  g_ptr_array_add (fixture->answers, answer);
  if (fixture->answers->len == fixture->cancel_after)
    semio_scheduler_cancel (scheduler);
}

static void
fan_out_done_cb (SemioScheduler *scheduler, SemioFanOut *fan_out, Fixture *fixture)
{
  fixture->n_done++;
}

static void
waiting_cb (SemioScheduler *scheduler, const char *why, Fixture *fixture)
{
  g_ptr_array_add (fixture->waits, g_strdup (why != NULL ? why : ""));
}

static void
stopped_cb (SemioScheduler *scheduler, const GError *error, Fixture *fixture)
{
  g_assert_null (fixture->stopped);
  fixture->stopped = g_error_copy (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = semio_test_server_new (NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->endpoint = semio_endpoint_new ("test");
  fixture->features = semio_feature_set_new_default ();
  fixture->config = semio_run_config_new_default (fixture->features);
  g_free (fixture->config->model);
  fixture->config->model = g_strdup ("test-model");
  fixture->answers = g_ptr_array_new_with_free_func (answer_free);
  fixture->waits = g_ptr_array_new_with_free_func (g_free);
  fixture->prefixes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  fixture->endpoint->timeout_s = 20;
  fixture->n_segments = 1;
  fixture->n_questions = N_QUESTIONS;
}

static void
begin (Fixture *fixture, const char *first, const char *second)
{
  const char *urls[] = { first, second, NULL };

  g_strfreev (fixture->endpoint->urls);
  fixture->endpoint->urls = g_strdupv ((char **) urls);
  fixture->scheduler = semio_scheduler_new (fixture->endpoint, KEY);
  semio_scheduler_set_backoff (fixture->scheduler, 20, 200);
  g_signal_connect (fixture->scheduler, "wanted", G_CALLBACK (wanted_cb), fixture);
  g_signal_connect (fixture->scheduler, "answered", G_CALLBACK (answered_cb), fixture);
  g_signal_connect (fixture->scheduler, "fan-out-done", G_CALLBACK (fan_out_done_cb), fixture);
  g_signal_connect (fixture->scheduler, "waiting", G_CALLBACK (waiting_cb), fixture);
  g_signal_connect (fixture->scheduler, "stopped", G_CALLBACK (stopped_cb), fixture);
  semio_scheduler_start (fixture->scheduler);
}

static gboolean
is_finished (gpointer data)
{
  Fixture *fixture = data;

  return fixture->n_done == fixture->n_segments || fixture->stopped != NULL;
}

static gboolean
is_idle (gpointer data)
{
  return semio_scheduler_get_n_in_flight (((Fixture *) data)->scheduler) == 0;
}

static void
run (Fixture *fixture)
{
  begin (fixture, semio_test_server_get_url (fixture->server), NULL);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
}

/* Each question of each segment was answered exactly once, and no text holds the key. */
static void
check_answers (Fixture *fixture)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_assert_no_error (fixture->stopped);
  g_assert_cmpuint (fixture->answers->len, ==, fixture->n_segments * fixture->n_questions);
  g_assert_cmpuint (semio_scheduler_get_n_waiting (fixture->scheduler), ==, 0);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];

      g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (answer->segment * 100 + answer->question)));
      g_assert_true (answer->reply->problem == NULL || strstr (answer->reply->problem, KEY) == NULL);
      g_assert_cmpint (answer->reply->utc_us, >, 0);
      g_assert_nonnull (answer->reply->host);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->scheduler != NULL)
    {
      semio_scheduler_cancel (fixture->scheduler);
      g_assert_true (semio_test_wait_for (is_idle, fixture, 20));
      /* What was answered last lies in the context until it is dispatched. */
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_assert_finalize_object (fixture->scheduler);
    }
  semio_test_server_free (fixture->server);
  g_clear_error (&fixture->stopped);
  g_ptr_array_unref (fixture->answers);
  g_ptr_array_unref (fixture->waits);
  g_ptr_array_unref (fixture->prefixes);
  semio_run_config_free (fixture->config);
  semio_feature_set_unref (fixture->features);
  semio_endpoint_free (fixture->endpoint);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  const SemioTestRequest *first;

  semio_test_server_set_delay (fixture->server, 30);
  fixture->endpoint->timeout_s = 2 * WAIT_S;
  /* All that may be under way at once stand together, after the first; the delay is the time in which one too many would come. */
  semio_test_server_hold (fixture->server, 1, fixture->endpoint->max_in_flight);
  run (fixture);
  check_answers (fixture);
  requests = semio_test_server_get_requests (fixture->server);
  g_assert_cmpuint (requests->len, ==, N_QUESTIONS);
  first = requests->pdata[0];
  g_assert_nonnull (strstr (first->question, "Question 0 "));
  for (guint i = 0; i < requests->len; i++)
    {
      const SemioTestRequest *request = requests->pdata[i];
      GBytes *prefix = fixture->prefixes->pdata[0];
      gsize length = g_bytes_get_size (prefix);

      g_assert_cmpuint (request->n_bytes, >, length);
      g_assert_cmpmem (g_bytes_get_data (request->body, NULL), length, g_bytes_get_data (prefix, NULL), length);
      if (i > 0)
        g_assert_cmpint (request->come_us, >=, first->done_us);
    }
  g_assert_cmpuint (fixture->endpoint->max_in_flight, >, 1);
  g_assert_cmpuint (semio_test_server_get_most_in_flight (fixture->server), ==, fixture->endpoint->max_in_flight);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const SemioModelReply *reply = ((Answer *) fixture->answers->pdata[i])->reply;
      gboolean was_sent = FALSE;
      g_autofree char *hash = semio_sha256_to_string (&reply->request);

      g_assert_cmpint (reply->state, ==, SEMIO_REPLY_AS_SENT);
      g_assert_cmpint (reply->http_status, ==, 200);
      g_assert_cmpint (reply->total_us, >=, reply->first_us);
      g_assert_cmpint (reply->first_us, >=, 25000);
      g_assert_nonnull (reply->raw);
      g_assert_cmpint (reply->cached_tokens, >=, 0);
      for (guint j = 0; j < requests->len; j++)
        was_sent = was_sent || g_str_equal (((SemioTestRequest *) requests->pdata[j])->sha256, hash);
      g_assert_true (was_sent);
    }
}

/* Many segments: few are held, and no question is asked twice. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  fixture->n_segments = 12;
  run (fixture);
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 12 * N_QUESTIONS);
  g_assert_cmpuint (fixture->most_held, <=, 2);
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  /* The first question meets four of them, and the others the rest. */
  static const SemioTestAct acts[] = { SEMIO_TEST_503,  SEMIO_TEST_RESET,    SEMIO_TEST_429_SECONDS, SEMIO_TEST_408,
                                       SEMIO_TEST_GOOD, SEMIO_TEST_429_DATE, SEMIO_TEST_BREAK,       SEMIO_TEST_500 };

  fixture->n_questions = 6;
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    semio_test_server_push (fixture->server, acts[i]);
  run (fixture);
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), >=, 6 + G_N_ELEMENTS (acts) - 1);
  for (guint i = 0; i < fixture->answers->len; i++)
    g_assert_cmpint (((Answer *) fixture->answers->pdata[i])->reply->state, ==, SEMIO_REPLY_AS_SENT);
}

/* Refused once and for all: that question fails in the server's own words, asked once. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    SemioTestAct act;
    const char *words;
  } cases[] = { { SEMIO_TEST_400, "The picture could not be decoded" },
                { SEMIO_TEST_404, "The model does not exist" },
                { SEMIO_TEST_413, "Too large" },
                { SEMIO_TEST_413, "fewer or smaller pictures" },
                { SEMIO_TEST_OVERFLOW, "40000" },
                { SEMIO_TEST_OVERFLOW, "32768" } };

  fixture->n_questions = G_N_ELEMENTS (cases);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Question %u ", i);

      semio_test_server_set_for (fixture->server, text, cases[i].act);
    }
  run (fixture);
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, fixture->n_questions);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];

      g_assert_cmpint (answer->reply->state, ==, SEMIO_REPLY_UNUSABLE);
      g_assert_nonnull (strstr (answer->reply->problem, cases[answer->question].words));
    }
}

/* What stops in the middle of an answer, or never begins one, is cut by the time set for the server and asked again; at last it
 * fails in words, and the others are answered meanwhile. */
static void
test_stalls (Fixture *fixture, gconstpointer data)
{
  fixture->n_questions = 5;
  /* So long that no busy machine fails to answer the others. */
  fixture->endpoint->timeout_s = 3;
  semio_test_server_push (fixture->server, SEMIO_TEST_STALL_BODY);
  semio_test_server_set_for (fixture->server, "Question 3 ", SEMIO_TEST_STALL_BODY);
  semio_test_server_set_for (fixture->server, "Question 4 ", SEMIO_TEST_STALL_HEAD);
  run (fixture);
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 2 + 2 + 4 + 4);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];

      g_assert_cmpint (answer->reply->state, ==, answer->question < 3 ? SEMIO_REPLY_AS_SENT : SEMIO_REPLY_UNUSABLE);
      if (answer->question < 3)
        continue;
      g_test_message ("%s", answer->reply->problem);
      g_assert_nonnull (strstr (answer->reply->problem, "127.0.0.1"));
      g_assert_nonnull (
          strstr (answer->reply->problem, answer->question == 3 ? "stopped in the middle, after " : "no answer within "));
    }
}

static void
test_always_broken (Fixture *fixture, gconstpointer data)
{
  fixture->n_questions = 3;
  semio_test_server_set_for (fixture->server, "Question 1 ", SEMIO_TEST_500);
  semio_test_server_set_for (fixture->server, "Question 2 ", SEMIO_TEST_RESET);
  run (fixture);
  check_answers (fixture);
  /* A kept connection that is reset is taken for one that had gone stale, and the request sent once more on a new one. */
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), >=, 1 + 4 + 4);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), <=, 1 + 4 + 4 + 4);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];

      g_assert_cmpint (answer->reply->state, ==, answer->question == 0 ? SEMIO_REPLY_AS_SENT : SEMIO_REPLY_UNUSABLE);
      if (answer->question == 1)
        g_assert_nonnull (strstr (answer->reply->problem, "Something broke"));
    }
}

static void
test_bad_bodies (Fixture *fixture, gconstpointer data)
{
  static const struct {
    SemioTestAct act;
    SemioReplyState best; /* no better than this */
  } cases[] = { { SEMIO_TEST_HUGE, SEMIO_REPLY_UNUSABLE },         { SEMIO_TEST_ENDLESS, SEMIO_REPLY_UNUSABLE },
                { SEMIO_TEST_BRACKETS, SEMIO_REPLY_UNUSABLE },     { SEMIO_TEST_NOT_JSON, SEMIO_REPLY_UNUSABLE },
                { SEMIO_TEST_NESTED, SEMIO_REPLY_REPAIRED },       { SEMIO_TEST_PAGE, SEMIO_REPLY_UNUSABLE },
                { SEMIO_TEST_WRONG_SCHEMA, SEMIO_REPLY_UNUSABLE }, { SEMIO_TEST_OUTSIDE, SEMIO_REPLY_UNUSABLE },
                { SEMIO_TEST_BAD_UTF8, SEMIO_REPLY_REPAIRED },     { SEMIO_TEST_NUL, SEMIO_REPLY_REPAIRED },
                { SEMIO_TEST_BIDI, SEMIO_REPLY_AS_SENT },          { SEMIO_TEST_MARKUP, SEMIO_REPLY_AS_SENT },
                { SEMIO_TEST_EMPTY, SEMIO_REPLY_UNUSABLE },        { SEMIO_TEST_FENCED, SEMIO_REPLY_REPAIRED },
                { SEMIO_TEST_CUT, SEMIO_REPLY_UNUSABLE },          { SEMIO_TEST_CHUNKED, SEMIO_REPLY_AS_SENT } };

  fixture->n_questions = G_N_ELEMENTS (cases);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Question %u ", i);

      semio_test_server_set_for (fixture->server, text, cases[i].act);
    }
  run (fixture);
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, fixture->n_questions);
  for (guint i = 0; i < fixture->answers->len; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];
      const SemioModelReply *reply = answer->reply;

      g_test_message ("%s: %d, %s", semio_test_act_get_name (cases[answer->question].act), reply->state, reply->problem);
      g_assert_cmpint (reply->state, >=, cases[answer->question].best);
      g_assert_true (reply->state == SEMIO_REPLY_AS_SENT || reply->problem != NULL);
      g_assert_true (reply->problem == NULL || g_utf8_validate (reply->problem, -1, NULL));
      g_assert_true (reply->explanation == NULL || g_utf8_validate (reply->explanation, -1, NULL));
      g_assert_true (reply->explanation == NULL || strstr (reply->explanation, "\342\200\256") == NULL);
      g_assert_cmpuint (g_bytes_get_size (reply->raw), <=, SEMIO_REPLY_MAX_BYTES);
    }
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) requests = NULL;
  guint n_again = 0;

  fixture->n_questions = 2;
  fixture->with_again = TRUE;
  semio_test_server_push (fixture->server, SEMIO_TEST_CUT);
  semio_test_server_set_for (fixture->server, "Question 1 ", SEMIO_TEST_CUT);
  run (fixture);
  check_answers (fixture);
  requests = semio_test_server_get_requests (fixture->server);
  /* Each once more, and the one that is always cut not a third time. */
  g_assert_cmpuint (requests->len, ==, 4);
  /* Both again with the larger limit; which of the second requests comes first is left open. */
  for (guint i = 0; i < requests->len; i++)
    {
      const SemioTestRequest *request = requests->pdata[i];

      n_again += memmem (g_bytes_get_data (request->body, NULL), request->n_bytes, "999", 3) != NULL;
    }
  g_assert_cmpuint (n_again, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const Answer *answer = fixture->answers->pdata[i];

      g_assert_cmpint (answer->reply->state, ==, answer->question == 0 ? SEMIO_REPLY_AS_SENT : SEMIO_REPLY_UNUSABLE);
    }
}

static void
check_stopped (Fixture *fixture, SemioTestAct act, int code)
{
  semio_test_server_set_usual (fixture->server, act);
  run (fixture);
  g_assert_error (fixture->stopped, SEMIO_MLLM_ERROR, code);
  g_assert_null (strstr (fixture->stopped->message, KEY));
  g_assert_cmpuint (fixture->answers->len, ==, 0);
  /* The first question went alone, so nothing else was sent. */
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_stopped_key (Fixture *fixture, gconstpointer data)
{
  check_stopped (fixture, SEMIO_TEST_401, SEMIO_MLLM_ERROR_REFUSED);
  g_assert_nonnull (strstr (fixture->stopped->message, "Invalid API Key"));
}

static void
test_stopped_forbidden (Fixture *fixture, gconstpointer data)
{
  check_stopped (fixture, SEMIO_TEST_403, SEMIO_MLLM_ERROR_REFUSED);
}

static void
test_stopped_redirect (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) other = semio_test_server_new (NULL, 0, NULL, NULL, NULL);

  semio_test_server_set_redirect (fixture->server, semio_test_server_get_url (other));
  check_stopped (fixture, SEMIO_TEST_REDIRECT, SEMIO_MLLM_ERROR_REDIRECT);
  g_assert_cmpuint (semio_test_server_get_n_connections (other), ==, 0);
}

static void
test_stopped_offline (Fixture *fixture, gconstpointer data)
{
  semio_transfer_set_offline (TRUE);
  begin (fixture, "http://192.0.2.1", NULL);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  semio_transfer_set_offline (FALSE);
  g_assert_error (fixture->stopped, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_OFFLINE);
}

static void
test_stopped_address (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "http://0x7f.1", NULL);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  g_assert_error (fixture->stopped, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
}

static gboolean
has_waited (gpointer data)
{
  return ((Fixture *) data)->waits->len > 0;
}

/* Nobody is there: the run waits, and goes on by itself when somebody is. */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  guint16 port = semio_test_server_get_port (fixture->server);
  g_autofree char *url = g_strdup (semio_test_server_get_url (fixture->server));
  g_autoptr (GError) error = NULL;

  semio_test_server_free (fixture->server);
  begin (fixture, url, NULL);
  g_assert_true (semio_test_wait_for (has_waited, fixture, WAIT_S));
  g_assert_nonnull (strstr (fixture->waits->pdata[0], "127.0.0.1"));
  g_assert_cmpuint (fixture->answers->len, ==, 0);
  fixture->server = semio_test_server_new (NULL, port, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
  g_assert_cmpuint (fixture->waits->len, ==, 2);
  g_assert_cmpstr (fixture->waits->pdata[1], ==, "");
}

/* A server that loads for longer than any question would be tried. */
static void
test_loading (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 12; i++)
    semio_test_server_push (fixture->server, SEMIO_TEST_503);
  run (fixture);
  check_answers (fixture);
  g_assert_nonnull (strstr (fixture->waits->pdata[0], "Loading model"));
  for (guint i = 0; i < fixture->answers->len; i++)
    g_assert_cmpint (((Answer *) fixture->answers->pdata[i])->reply->state, ==, SEMIO_REPLY_AS_SENT);
}

static void
test_two_servers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) other = semio_test_server_new (NULL, 0, NULL, NULL, NULL);
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;

  fixture->n_segments = 8;
  begin (fixture, semio_test_server_get_url (fixture->server), semio_test_server_get_url (other));
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
  here = semio_test_server_get_requests (fixture->server);
  there = semio_test_server_get_requests (other);
  g_assert_cmpuint (here->len + there->len, ==, 8 * N_QUESTIONS);
  g_assert_cmpuint (here->len, >, 0);
  g_assert_cmpuint (there->len, >, 0);
  /* A segment is asked on one of them. */
  for (guint i = 0; i < here->len; i++)
    {
      const char *of = strstr (((SemioTestRequest *) here->pdata[i])->question, "of segment");

      for (guint j = 0; j < there->len; j++)
        g_assert_null (strstr (((SemioTestRequest *) there->pdata[j])->question, of));
    }
}

/* Notes at which server each segment was asked; it must be the same for all its groups. */
static void
note_server (SemioTestServer *server, int number, guint n_groups, int *server_of)
{
  g_autoptr (GPtrArray) requests = semio_test_server_get_requests (server);

  for (guint i = 0; i < requests->len; i++)
    {
      const char *text = strstr (((SemioTestRequest *) requests->pdata[i])->question, "of segment ");
      guint64 fan = g_ascii_strtoull (text + strlen ("of segment "), NULL, 10);
      int *known = &server_of[fan / n_groups];

      g_assert_true (*known == 0 || *known == number);
      *known = number;
    }
}

/* What is seen and what is heard in a segment are asked in two groups: both on one server, with several to choose from. */
static void
test_groups_together (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SemioTestServer) other = semio_test_server_new (NULL, 0, NULL, NULL, NULL);
  int server_of[8] = { 0 };
  guint n_here = 0;

  fixture->n_groups = 2;
  fixture->n_segments = 16;
  fixture->n_questions = 4;
  semio_test_server_set_delay (fixture->server, 5);
  semio_test_server_set_delay (other, 5);
  begin (fixture, semio_test_server_get_url (fixture->server), semio_test_server_get_url (other));
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
  note_server (fixture->server, 1, 2, server_of);
  note_server (other, 2, 2, server_of);
  for (guint i = 0; i < G_N_ELEMENTS (server_of); i++)
    {
      g_assert_cmpint (server_of[i], !=, 0);
      n_here += server_of[i] == 1;
    }
  g_assert_cmpuint (n_here, >, 0);
  g_assert_cmpuint (n_here, <, G_N_ELEMENTS (server_of));
}

/* One of two is away: the other does it all. */
static void
test_one_of_two (Fixture *fixture, gconstpointer data)
{
  SemioTestServer *gone = semio_test_server_new (NULL, 0, NULL, NULL, NULL);
  g_autofree char *url = g_strdup (semio_test_server_get_url (gone));

  semio_test_server_free (gone);
  fixture->n_segments = 5;
  begin (fixture, url, semio_test_server_get_url (fixture->server));
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_n_requests (fixture->server), ==, 5 * N_QUESTIONS);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  gint64 begin_us;

  fixture->cancel_after = 3;
  semio_test_server_set_delay (fixture->server, 20);
  begin (fixture, semio_test_server_get_url (fixture->server), NULL);
  begin_us = g_get_monotonic_time ();
  while (fixture->answers->len < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (semio_test_wait_for (is_idle, fixture, 20));
  while (g_get_monotonic_time () - begin_us < 300000)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->answers->len, ==, 3);
  g_assert_cmpuint (fixture->n_done, ==, 0);
}

static void
test_pause (Fixture *fixture, gconstpointer data)
{
  gint64 begin_us;
  guint n_answers;

  semio_test_server_set_delay (fixture->server, 10);
  begin (fixture, semio_test_server_get_url (fixture->server), NULL);
  while (fixture->answers->len < 2)
    g_main_context_iteration (NULL, TRUE);
  semio_scheduler_set_paused (fixture->scheduler, TRUE);
  g_assert_true (semio_test_wait_for (is_idle, fixture, 20));
  n_answers = fixture->answers->len;
  begin_us = g_get_monotonic_time ();
  while (g_get_monotonic_time () - begin_us < 200000)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->answers->len, ==, n_answers);
  g_assert_cmpuint (n_answers, <, N_QUESTIONS);
  semio_scheduler_set_paused (fixture->scheduler, FALSE);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
}

/* A caller that cannot keep what comes is not given more, and all of it when it can. */
static void
test_unkept (Fixture *fixture, gconstpointer data)
{
  gint64 begin_us;

  fixture->endpoint->max_in_flight = 3;
  fixture->n_segments = 2;
  begin (fixture, semio_test_server_get_url (fixture->server), NULL);
  g_assert_cmpuint (semio_scheduler_get_most_unkept (fixture->scheduler), ==, 6);
  semio_scheduler_set_n_unkept (fixture->scheduler, 5);
  while (fixture->answers->len < 4)
    g_main_context_iteration (NULL, TRUE);
  /* One at a time found a place. */
  g_assert_cmpuint (semio_test_server_get_most_in_flight (fixture->server), ==, 1);
  semio_scheduler_set_n_unkept (fixture->scheduler, 6);
  g_assert_true (semio_test_wait_for (is_idle, fixture, 20));
  begin_us = g_get_monotonic_time ();
  while (g_get_monotonic_time () - begin_us < 100000)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (fixture->answers->len, <=, 5);
  semio_scheduler_set_n_unkept (fixture->scheduler, 0);
  g_assert_true (semio_test_wait_for (is_finished, fixture, WAIT_S));
  check_answers (fixture);
  g_assert_cmpuint (semio_test_server_get_most_in_flight (fixture->server), <=, 3);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "order", test_order },
    { "many", test_many },
    { "retry", test_retry },
    { "refused", test_refused },
    { "stalls", test_stalls },
    { "always-broken", test_always_broken },
    { "bad-bodies", test_bad_bodies },
    { "cut", test_cut },
    { "stopped/key", test_stopped_key },
    { "stopped/forbidden", test_stopped_forbidden },
    { "stopped/redirect", test_stopped_redirect },
    { "stopped/offline", test_stopped_offline },
    { "stopped/address", test_stopped_address },
    { "away", test_away },
    { "loading", test_loading },
    { "two-servers", test_two_servers },
    { "groups-together", test_groups_together },
    { "one-of-two", test_one_of_two },
    { "cancel", test_cancel },
    { "pause", test_pause },
    { "unkept", test_unkept },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/scheduler/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
  return g_test_run ();
}
