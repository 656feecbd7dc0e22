/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-server-probe.h"

#include <glib/gi18n-lib.h>

#include "semio-mllm-error.h"
#include "semio-json.h"
#include "semio-reply-reader.h"
#include "semio-secret-text.h"
#include "semio-synthetic-media.h"
#include "semio-transcription.h"
#include "semio-trial.h"

#define MAX_REPLY_BYTES (4 * 1024 * 1024)
#define LIST_TIMEOUT_S 30
#define TRIAL_TOKENS 64

static char *
join (const char *url, const char *path, char **host, GError **error)
{
  SemioBaseUrl base = { 0 };
  char *joined;

  if (!semio_base_url_parse (url, &base, error))
    return NULL;
  joined = g_strconcat (base.url, path, NULL);
  if (host != NULL)
    *host = g_strdup (base.host);
  semio_base_url_clear (&base);
  return joined;
}

/* ── models ── */

static void
list_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);
  const char *host = g_task_get_task_data (task);
  gint64 context_tokens;
  char **names;

  if (response == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (response->status != 200)
    {
      g_autofree char *words = semio_reply_read_refusal (response->body);

      g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED, _ ("%s did not name its models (HTTP %u): %s"),
                               host, response->status, words);
      return;
    }
  names = response->truncated ? NULL : semio_trial_read_models (response->body, NULL, &context_tokens);
  if (names == NULL)
    g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED,
                             _ ("%s answered, but not as a model server does. Check the address."), host);
  else
    g_task_return_pointer (task, names, (GDestroyNotify) g_strfreev);
}

/**
 * semio_server_list_models_async:
 * @transfer: a transfer
 * @url: a base URL
 * @key: (nullable): the server's key
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks a server for the names of its models.
 */
void
semio_server_list_models_async (SemioTransfer *transfer, const char *url, const char *key, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (transfer, cancellable, callback, user_data);
  char *host = NULL;
  GError *error = NULL;
  g_autofree char *address = join (url, "/v1/models", &host, &error);
  SemioRequest request = { .method = "GET", .key = key, .max_bytes = MAX_REPLY_BYTES, .timeout_s = LIST_TIMEOUT_S };

  g_task_set_source_tag (task, semio_server_list_models_async);
  if (address == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, host, g_free);
  request.url = address;
  semio_transfer_send_async (transfer, &request, cancellable, list_cb, g_steal_pointer (&task));
}

/**
 * semio_server_list_models_finish:
 * @transfer: a transfer
 * @result: what the callback got
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the names, or %NULL with a sentence
 */
char **
semio_server_list_models_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transfer), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ── dialect ── */

/* In this order, one after the other. */
typedef enum {
  STEP_MODELS,
  STEP_TEXT, /* whether it answers at all */
  STEP_IMAGES,
  STEP_INPUT_AUDIO,
  STEP_AUDIO_URL, /* only when it does not take the other */
  STEP_SCHEMA,
  STEP_SALT,
  STEP_TRANSCRIPTION,
  STEP_END,
} Step;

typedef struct {
  SemioEndpoint *endpoint;
  SemioSecretText *key; /* (nullable) */
  char *url;
  char *host;
  char *model; /* (nullable) */
  GBytes *picture;
  GBytes *sound;
  Step step;
  SemioDialect dialect;
} Probe;

static void probe_step (GTask *task);

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  semio_endpoint_free (probe->endpoint);
  semio_secret_text_free (probe->key);
  g_free (probe->url);
  g_free (probe->host);
  g_free (probe->model);
  g_bytes_unref (probe->picture);
  g_bytes_unref (probe->sound);
  g_free (probe);
}

static void
take_models (Probe *probe, const SemioResponse *response)
{
  gint64 context_tokens = -1;
  g_auto (GStrv) names = response->status == 200 ? semio_trial_read_models (response->body, probe->model, &context_tokens) : NULL;

  probe->dialect.context_tokens = context_tokens;
  if (probe->model == NULL && names != NULL && names[0] != NULL)
    probe->model = g_strdup (names[0]);
}

/* A server that was told a schema and does not keep to it does not have it. */
static gboolean
keeps_schema (const SemioResponse *response)
{
  g_autofree char *content = semio_trial_read_content (response->body);
  g_autoptr (JsonNode) node = content != NULL ? semio_json_parse (content, -1, MAX_REPLY_BYTES, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "answer");
}

/* FALSE with an error when nothing more can be found out. */
static gboolean
take_answer (Probe *probe, const SemioResponse *response, GError **error)
{
  gboolean good = response->status == 200 && !response->truncated;

  if (probe->step == STEP_MODELS)
    take_models (probe, response);
  if (response->status == 401 || response->status == 403 || response->status == 429 || response->status == 503
      || (probe->step == STEP_TEXT && !good))
    {
      g_autofree char *words = semio_reply_read_refusal (response->body);

      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED, _ ("%s could not be tried out (HTTP %u): %s"), probe->host,
                   response->status, words);
      return FALSE;
    }
  if (probe->step == STEP_IMAGES)
    probe->dialect.images = good;
  else if (probe->step == STEP_INPUT_AUDIO && good)
    probe->dialect.sound = SEMIO_SOUND_PART_INPUT_AUDIO;
  else if (probe->step == STEP_AUDIO_URL && good)
    probe->dialect.sound = SEMIO_SOUND_PART_AUDIO_URL;
  else if (probe->step == STEP_SCHEMA)
    probe->dialect.schema = good && keeps_schema (response) ? SEMIO_SCHEMA_RESPONSE_FORMAT : SEMIO_SCHEMA_NONE;
  else if (probe->step == STEP_SALT)
    probe->dialect.cache_salt = good;
  return TRUE;
}

static void
next_step (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);

  probe->step++;
  if (probe->step == STEP_AUDIO_URL && probe->dialect.sound == SEMIO_SOUND_PART_INPUT_AUDIO)
    probe->step++;
  probe_step (task);
}

static void
probe_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);

  if (response == NULL || !take_answer (g_task_get_task_data (task), response, &error))
    g_task_return_error (task, error);
  else
    next_step (task);
}

static void
transcribed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioTranscript) transcript = semio_transcription_ask_finish (SEMIO_TRANSFER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  probe->dialect.transcription = transcript != NULL;
  next_step (task);
}

static void
probe_step (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  SemioTransfer *transfer = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const char *key = semio_secret_text_get (probe->key);
  SemioTrial trial = { .model = probe->model, .question = "Answer with yes or no: is this a test?", .max_tokens = TRIAL_TOKENS };
  g_autofree char *url = g_strconcat (probe->url, probe->step == STEP_MODELS ? "/v1/models" : "/v1/chat/completions", NULL);
  SemioRequest request = { .url = url, .key = key, .max_bytes = MAX_REPLY_BYTES, .timeout_s = probe->endpoint->timeout_s };
  g_autoptr (GBytes) body = NULL;
  GBytes *parts[2] = { NULL };

  if (probe->step == STEP_END)
    {
      g_task_return_pointer (task, g_memdup2 (&probe->dialect, sizeof probe->dialect), g_free);
      return;
    }
  if (probe->step == STEP_TRANSCRIPTION)
    {
      semio_transcription_ask_async (transfer, probe->url, key, probe->model, probe->sound,
                                     (SemioSpan){ 0, SEMIO_NS_PER_SECOND / 2 }, probe->endpoint->timeout_s, cancellable,
                                     transcribed_cb, g_object_ref (task));
      return;
    }
  request.method = probe->step == STEP_MODELS ? "GET" : "POST";
  trial.pictures[0] = probe->step == STEP_IMAGES ? probe->picture : NULL;
  trial.sound = probe->step == STEP_INPUT_AUDIO ? SEMIO_SOUND_PART_INPUT_AUDIO
                : probe->step == STEP_AUDIO_URL ? SEMIO_SOUND_PART_AUDIO_URL
                                                : SEMIO_SOUND_PART_NONE;
  trial.with_schema = probe->step == STEP_SCHEMA;
  trial.with_salt = probe->step == STEP_SALT;
  if (probe->step != STEP_MODELS)
    {
      body = semio_trial_make_body (&trial);
      parts[0] = body;
      request.parts = parts;
      request.content_type = "application/json";
    }
  semio_transfer_send_async (transfer, &request, cancellable, probe_cb, g_object_ref (task));
}

/**
 * semio_server_probe_async:
 * @transfer: a transfer
 * @endpoint: the server; its first base URL is asked
 * @key: (nullable): its key
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out what a server accepts by asking it a handful of small questions.
 */
void
semio_server_probe_async (SemioTransfer *transfer, const SemioEndpoint *endpoint, const char *key, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (transfer, cancellable, callback, user_data);
  Probe *probe = g_new0 (Probe, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_server_probe_async);
  probe->endpoint = semio_endpoint_copy (endpoint);
  probe->model = g_strdup (endpoint->model);
  probe->picture = semio_synthetic_make_picture ("4711", 0);
  probe->sound = semio_synthetic_make_sound ();
  probe->dialect.context_tokens = -1;
  if (key != NULL && *key != '\0')
    probe->key = semio_secret_text_new ("", key);
  g_task_set_task_data (task, probe, probe_free);
  probe->url = join (endpoint->urls != NULL ? endpoint->urls[0] : NULL, "", &probe->host, &error);
  if (probe->url == NULL)
    g_task_return_error (task, error);
  else
    probe_step (task);
}

/**
 * semio_server_probe_finish:
 * @transfer: a transfer
 * @result: what the callback got
 * @dialect: (out caller-allocates): what was found
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the server could not be tried out
 */
gboolean
semio_server_probe_finish (SemioTransfer *transfer, GAsyncResult *result, SemioDialect *dialect, GError **error)
{
  g_autofree SemioDialect *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, transfer), FALSE);
  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;
  *dialect = *found;
  return TRUE;
}
