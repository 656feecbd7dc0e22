/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-mllm-error.h"
#include "semio-reply-reader.h"
#include "semio-secret-text.h"
#include "semio-server-probe.h"
#include "semio-synthetic-media.h"
#include "semio-trial.h"
#include "semio-uuid.h"

/* Two segments that show a code each, asked at once, twice, the second time in the other order: what a server keeps of one
 * request must not be seen by another. */
#define N_SEGMENTS 2
#define N_ROUNDS 2
#define MAX_REPLY_BYTES (1024 * 1024)
/* Models that think aloud need some before they answer. */
#define TRIAL_TOKENS 1024
#define QUESTION "Which number of four digits is shown in the pictures? Answer with its digits alone."

typedef struct {
  SemioEndpoint *endpoint;
  SemioSecretText *key; /* (nullable) */
  char *model;
  char codes[N_SEGMENTS][SEMIO_SYNTHETIC_CODE_DIGITS + 1];
  GBytes *bodies[N_SEGMENTS];
  char *answers[N_SEGMENTS];
  guint n_answers; /* of this round */
  guint url;
  guint round;
  guint n_asked;
  guint n_unread;
} Canary;

/* One of a round. */
typedef struct {
  GTask *task;
  guint segment;
} Trial;

static void ask_round (GTask *task);

static void
canary_free (gpointer data)
{
  Canary *canary = data;

  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      g_bytes_unref (canary->bodies[i]);
      g_free (canary->answers[i]);
    }
  semio_endpoint_free (canary->endpoint);
  semio_secret_text_free (canary->key);
  g_free (canary->model);
  g_free (canary);
}

/* Digits without the blanks that some models write between them; anything else parts numbers. */
static char *
squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_c (squeezed, *c);
      else if (*c != ' ' && squeezed->len > 0 && squeezed->str[squeezed->len - 1] != '/')
        g_string_append_c (squeezed, '/');
    }
  return g_string_free (squeezed, FALSE);
}

/* FALSE with an error when the answers of a round show that requests were mixed. */
static gboolean
judge (Canary *canary, const char *host, GError **error)
{
  g_autofree char *first = squeeze (canary->answers[0]);
  g_autofree char *second = squeeze (canary->answers[1]);
  const char *numbers[N_SEGMENTS] = { first, second };
  guint n_unread = 0;

  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      if (strstr (numbers[i], canary->codes[1 - i]) != NULL)
        {
          g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_MIXED,
                       _ ("%s mixes what it is shown: asked about one test picture, it answered what stands in another. Nothing "
                          "was sent. Such a "
                          "server would mix patients; switch its reuse of earlier requests off, or take another version of it."),
                       host);
          return FALSE;
        }
      if (strstr (numbers[i], canary->codes[i]) == NULL)
        n_unread++;
    }
  if (n_unread == N_SEGMENTS && strlen (first) >= SEMIO_SYNTHETIC_CODE_DIGITS && g_str_equal (first, second))
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_MIXED,
                   _ ("%s gave the same number for two different test pictures, so it may mix what it is shown, or its model "
                      "sees no pictures. "
                      "Nothing was sent."),
                   host);
      return FALSE;
    }
  canary->n_asked += N_SEGMENTS;
  canary->n_unread += n_unread;
  return TRUE;
}

static char *
make_remark (const Canary *canary)
{
  if (canary->n_unread == 0)
    return g_strdup ("");
  return g_strdup_printf (
      _ ("The model read %u of %u test pictures wrongly or not at all, so that the test for mixed requests says little. It may "
         "see pictures badly."),
      canary->n_unread, canary->n_asked);
}

static char *
get_host (const Canary *canary)
{
  SemioBaseUrl url = { 0 };
  char *host = semio_base_url_parse (canary->endpoint->urls[canary->url], &url, NULL) ? g_strdup (url.host) : g_strdup ("");

  semio_base_url_clear (&url);
  return host;
}

static void
end_round (GTask *task)
{
  Canary *canary = g_task_get_task_data (task);
  g_autofree char *host = get_host (canary);
  GError *error = NULL;

  if (!judge (canary, host, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (++canary->round == N_ROUNDS)
    {
      canary->round = 0;
      canary->url++;
    }
  if (canary->endpoint->urls[canary->url] == NULL)
    g_task_return_pointer (task, make_remark (canary), g_free);
  else
    ask_round (task);
}

static char *
take_answer (Canary *canary, SemioResponse *response, GError **error)
{
  g_autofree char *host = get_host (canary);
  g_autofree char *words = NULL;
  char *content = NULL;

  if (response->status == 200 && !response->truncated)
    content = semio_trial_read_content (response->body);
  if (content != NULL)
    return content;
  words = response->status == 200 ? g_strdup (_ ("its reply is none of a model")) : semio_reply_read_refusal (response->body);
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED, _ ("%s did not answer the test pictures (HTTP %u): %s"), host,
               response->status, words);
  return NULL;
}

static void
trial_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Trial *trial = data;
  g_autoptr (GTask) task = g_steal_pointer (&trial->task);
  Canary *canary = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);
  char *answer = response != NULL ? take_answer (canary, response, &error) : NULL;

  if (g_task_get_completed (task) || g_task_had_error (task))
    {
      g_free (answer);
      return;
    }
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (canary->answers[trial->segment]);
  canary->answers[trial->segment] = answer;
  if (++canary->n_answers == N_SEGMENTS)
    end_round (task);
}

static void
ask_round (GTask *task)
{
  Canary *canary = g_task_get_task_data (task);
  SemioBaseUrl base = { 0 };
  g_autofree char *url = NULL;
  GError *error = NULL;

  if (!semio_base_url_parse (canary->endpoint->urls[canary->url], &base, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  url = g_strconcat (base.url, "/v1/chat/completions", NULL);
  semio_base_url_clear (&base);
  canary->n_answers = 0;
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      Trial *trial = g_new0 (Trial, 1);
      GBytes *parts[2] = { NULL };
      SemioRequest request = { .method = "POST",
                               .url = url,
                               .content_type = "application/json",
                               .key = semio_secret_text_get (canary->key),
                               .parts = parts,
                               .max_bytes = MAX_REPLY_BYTES,
                               .timeout_s = canary->endpoint->timeout_s };

      trial->task = g_object_ref (task);
      trial->segment = canary->round == 0 ? i : N_SEGMENTS - 1 - i;
      parts[0] = canary->bodies[trial->segment];
      semio_transfer_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task), trial_cb, trial);
    }
}

/* No digit of one stands at its place in the other, so that a slip of the eye is not taken for the other's code. */
static void
choose_codes (Canary *canary)
{
  for (guint i = 0; i < SEMIO_SYNTHETIC_CODE_DIGITS; i++)
    {
      guint first = 1 + semio_random_below (9);
      guint second = 1 + (first - 1 + 1 + semio_random_below (8)) % 9;

      canary->codes[0][i] = (char) ('0' + first);
      canary->codes[1][i] = (char) ('0' + second);
    }
}

static void
make_bodies (Canary *canary)
{
  for (guint i = 0; i < N_SEGMENTS; i++)
    {
      g_autoptr (GBytes) early = semio_synthetic_make_picture (canary->codes[i], 0);
      g_autoptr (GBytes) late = semio_synthetic_make_picture (canary->codes[i], 40);
      SemioTrial trial = {
        .model = canary->model, .question = QUESTION, .pictures = { early, late }, .max_tokens = TRIAL_TOKENS
      };

      canary->bodies[i] = semio_trial_make_body (&trial);
    }
}

/**
 * semio_server_canary_async:
 * @transfer: a transfer with room for two requests at once
 * @endpoint: the server; each of its base URLs is asked
 * @key: (nullable): its key
 * @model: (nullable): the model to ask
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out whether a server mixes what it is shown.
 */
void
semio_server_canary_async (SemioTransfer *transfer, const SemioEndpoint *endpoint, const char *key, const char *model,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (transfer, cancellable, callback, user_data);
  Canary *canary = g_new0 (Canary, 1);

  g_task_set_source_tag (task, semio_server_canary_async);
  canary->endpoint = semio_endpoint_copy (endpoint);
  canary->model = g_strdup (model);
  if (key != NULL && *key != '\0')
    canary->key = semio_secret_text_new ("", key);
  choose_codes (canary);
  make_bodies (canary);
  g_task_set_task_data (task, canary, canary_free);
  if (endpoint->urls == NULL || endpoint->urls[0] == NULL)
    g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("The server has no address."));
  else
    ask_round (task);
}

/**
 * semio_server_canary_finish:
 * @transfer: a transfer
 * @result: what the callback got
 * @remark: (out) (nullable) (transfer full): a sentence for the run's log
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the server mixes requests, or could not be asked
 */
gboolean
semio_server_canary_finish (SemioTransfer *transfer, GAsyncResult *result, char **remark, GError **error)
{
  g_autofree char *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, transfer), FALSE);
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (remark != NULL)
    *remark = NULL;
  if (found == NULL)
    return FALSE;
  if (remark != NULL && *found != '\0')
    *remark = g_steal_pointer (&found);
  return TRUE;
}
