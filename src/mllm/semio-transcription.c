/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transcription.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-endpoint.h"
#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-reply-reader.h"
#include "semio-secret-text.h"
#include "semio-text.h"
#include "semio-uuid.h"

#define MAX_REPLY_BYTES (8 * 1024 * 1024)
#define MAX_LINES 100000
#define MAX_LINE_CHARS 4000
#define MAX_TEXT_CHARS 100000
#define MAX_LANGUAGE_CHARS 40

typedef struct {
  char *url;
  char *host;
  char *model;
  SemioSecretText *key; /* (nullable) */
  GBytes *wav;
  SemioSpan span;
  guint timeout_s;
  gboolean is_plain; /* asked without times, because the server does not give them */
} Question;

static void ask (GTask *task);

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->url);
  g_free (question->host);
  g_free (question->model);
  semio_secret_text_free (question->key);
  g_clear_pointer (&question->wav, g_bytes_unref);
  g_free (question);
}

/* ── reading ── */

static gboolean
read_seconds (JsonObject *segment, const char *member, gint64 *time_ns)
{
  JsonNode *node = json_object_get_member (segment, member);
  double seconds;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_DOUBLE && json_node_get_value_type (node) != G_TYPE_INT64))
    return FALSE;
  seconds = json_node_get_double (node);
  if (!(seconds >= 0 && seconds < 1e6))
    return FALSE;
  *time_ns = (gint64) (seconds * 1e9 + 0.5);
  return TRUE;
}

/* A line that lies outside what was sent, or ends before it begins, tells that its times are made up: it is kept where it can be. */
static void
add_segment (SemioTranscript *transcript, JsonObject *segment, SemioSpan span)
{
  const char *text = semio_json_get_text_or (segment, "text", NULL);
  g_autofree char *clean = text != NULL ? g_strstrip (semio_text_clean (text, -1, MAX_LINE_CHARS)) : NULL;
  gint64 begin_ns;
  gint64 end_ns;
  SemioSpan line;

  if (clean == NULL || *clean == '\0' || !read_seconds (segment, "start", &begin_ns) || !read_seconds (segment, "end", &end_ns))
    return;
  line.begin_ns = CLAMP (span.begin_ns + begin_ns, span.begin_ns, span.end_ns);
  line.end_ns = CLAMP (span.begin_ns + end_ns, line.begin_ns, span.end_ns);
  semio_transcript_add (transcript, line, clean);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const SemioTranscriptLine *first = a;
  const SemioTranscriptLine *second = b;

  return (first->span.begin_ns > second->span.begin_ns) - (first->span.begin_ns < second->span.begin_ns);
}

static SemioTranscript *
read_transcript (const Question *question, GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) node = data != NULL ? semio_json_parse (data, (gssize) length, MAX_REPLY_BYTES, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (SemioTranscript) transcript = NULL;
  const char *text = object != NULL ? semio_json_get_text_or (object, "text", NULL) : NULL;
  JsonNode *segments = object != NULL ? json_object_get_member (object, "segments") : NULL;
  const char *language;

  if (text == NULL && (segments == NULL || !JSON_NODE_HOLDS_ARRAY (segments)))
    return NULL;
  transcript = semio_transcript_new (question->model);
  language = semio_json_get_text_or (object, "language", NULL);
  transcript->language = language != NULL ? semio_text_clean (language, -1, MAX_LANGUAGE_CHARS) : NULL;
  if (segments != NULL && JSON_NODE_HOLDS_ARRAY (segments))
    {
      JsonArray *array = json_node_get_array (segments);

      for (guint i = 0; i < MIN (json_array_get_length (array), MAX_LINES); i++)
        {
          if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
            add_segment (transcript, json_array_get_object_element (array, i), question->span);
        }
      g_array_sort (transcript->lines, compare_lines);
    }
  if (transcript->lines->len == 0 && text != NULL)
    {
      g_autofree char *clean = g_strstrip (semio_text_clean (text, -1, MAX_TEXT_CHARS));

      if (*clean != '\0')
        semio_transcript_add (transcript, question->span, clean);
    }
  return g_steal_pointer (&transcript);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Question *question = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);
  SemioTranscript *transcript;

  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if ((response->status == 400 || response->status == 422) && !question->is_plain)
    {
      question->is_plain = TRUE;
      ask (task);
      return;
    }
  if (response->status != 200)
    {
      g_autofree char *words = semio_reply_read_refusal (response->body);

      g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED,
                               _ ("%s did not transcribe the sound (HTTP %u): %s"), question->host, response->status, words);
      return;
    }
  transcript = response->truncated ? NULL : read_transcript (question, response->body);
  if (transcript == NULL)
    g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_REFUSED, _ ("%s answered, but with no transcript."),
                             question->host);
  else
    g_task_return_pointer (task, transcript, (GDestroyNotify) semio_transcript_free);
}

/* ── asking ── */

static char *
make_boundary (void)
{
  guint8 bytes[16];
  GString *text = g_string_new ("semioscope-");

  semio_random_bytes (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static void
add_field (GString *form, const char *boundary, const char *name, const char *value)
{
  g_string_append_printf (form, "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", boundary, name, value);
}

/* The sound stands in the body as it is in memory; only what is around it is made here. */
static void
ask (GTask *task)
{
  Question *question = g_task_get_task_data (task);
  g_autofree char *boundary = make_boundary ();
  g_autofree char *type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  g_autofree char *end = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  g_autoptr (GString) form = g_string_new (NULL);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GBytes) tail = NULL;
  GBytes *parts[4] = { NULL };
  SemioRequest request = { .method = "POST",
                           .url = question->url,
                           .content_type = type,
                           .key = semio_secret_text_get (question->key),
                           .parts = parts,
                           .max_bytes = MAX_REPLY_BYTES,
                           .timeout_s = question->timeout_s };

  if (question->model != NULL)
    add_field (form, boundary, "model", question->model);
  add_field (form, boundary, "temperature", "0");
  add_field (form, boundary, "response_format", question->is_plain ? "json" : "verbose_json");
  if (!question->is_plain)
    add_field (form, boundary, "timestamp_granularities[]", "segment");
  g_string_append_printf (
      form, "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sound.wav\"\r\nContent-Type: audio/wav\r\n\r\n",
      boundary);
  head = g_bytes_new (form->str, form->len);
  tail = g_bytes_new (end, strlen (end));
  parts[0] = head;
  parts[1] = question->wav;
  parts[2] = tail;
  semio_transfer_send_async (g_task_get_source_object (task), &request, g_task_get_cancellable (task), answered_cb,
                             g_object_ref (task));
}

/**
 * semio_transcription_ask_async:
 * @transfer: a transfer
 * @url: a base URL
 * @key: (nullable): the server's key
 * @model: (nullable): the model that transcribes
 * @wav: the sound
 * @span: where in the recording it lies
 * @timeout_s: for the whole
 * @cancellable: (nullable): ends it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks a server what is said in a sound.
 */
void
semio_transcription_ask_async (SemioTransfer *transfer, const char *url, const char *key, const char *model, GBytes *wav,
                               SemioSpan span, guint timeout_s, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (transfer, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);
  SemioBaseUrl base = { 0 };
  GError *error = NULL;

  g_task_set_source_tag (task, semio_transcription_ask_async);
  g_task_set_task_data (task, question, question_free);
  if (!semio_base_url_parse (url, &base, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* A line break in it would begin a field of its own. */
  if (model != NULL && strpbrk (model, "\r\n") != NULL)
    {
      semio_base_url_clear (&base);
      g_task_return_new_error (task, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("The name of the model holds a line break."));
      return;
    }
  question->url = g_strconcat (base.url, "/v1/audio/transcriptions", NULL);
  question->host = g_strdup (base.host);
  semio_base_url_clear (&base);
  question->model = g_strdup (model);
  if (key != NULL && *key != '\0')
    question->key = semio_secret_text_new ("", key);
  question->wav = g_bytes_ref (wav);
  question->span = span;
  question->timeout_s = timeout_s;
  ask (task);
}

/**
 * semio_transcription_ask_finish:
 * @transfer: a transfer
 * @result: what the callback got
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was said, without lines where nothing was, or %NULL with a sentence
 */
SemioTranscript *
semio_transcription_ask_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transfer), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
