/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-chat-request.h"

#include <string.h>

#include "semio-json.h"
#include "semio-request-writer.h"
#include "semio-sha256-state.h"
#include "semio-text.h"

/* What stands around a picture and a text, roughly: for reserving memory. */
#define OVERHEAD_BYTES 160
#define MAX_MODEL_CHARS 1000
#define MAX_TRANSCRIPT_CHARS 100000
/* Above so many pictures a second tenths do not tell them apart. */
#define MAX_RATE_FOR_TENTHS 5

struct _SemioChatPrefix {
  gatomicrefcount refs;
  GBytes *bytes;
  gboolean wants_schema;
  SemioSha256State *state;
  SemioSha256 hash;
};

static void
append_text_part (GString *out, const char *text)
{
  g_string_append (out, "{\"type\":\"text\",\"text\":");
  semio_request_append_text (out, text);
  g_string_append (out, "},");
}

static void
append_frames (GString *out, const SemioRunConfig *config, const SemioSegmentMedia *media)
{
  int decimals = config->rate_num > MAX_RATE_FOR_TENTHS * config->rate_den ? 2 : 1;

  for (guint i = 0; i < media->frames->len; i++)
    {
      const SemioSentFrame *frame = &g_array_index (media->frames, SemioSentFrame, i);
      g_autofree char *time = semio_time_format (frame->time_ns, decimals);

      append_text_part (out, time);
      g_string_append (out, "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,");
      semio_request_append_base64 (out, frame->jpeg);
      g_string_append (out, "\"}},");
    }
}

static void
append_sound (GString *out, const SemioDialect *dialect, const SemioSegmentMedia *media)
{
  g_autofree char *begin = semio_time_format (media->sound_span.begin_ns, 0);
  g_autofree char *end = semio_time_format (media->sound_span.end_ns, 0);
  g_autofree char *what = g_strdup_printf ("Sound from %s to %s:", begin, end);

  append_text_part (out, what);
  if (dialect->sound == SEMIO_SOUND_PART_INPUT_AUDIO)
    {
      g_string_append (out, "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"");
      semio_request_append_base64 (out, media->wav);
      g_string_append (out, "\",\"format\":\"wav\"}},");
      return;
    }
  g_string_append (out, "{\"type\":\"audio_url\",\"audio_url\":{\"url\":\"data:audio/wav;base64,");
  semio_request_append_base64 (out, media->wav);
  g_string_append (out, "\"}},");
}

static void
append_transcript (GString *out, const char *transcript)
{
  g_autofree char *clean = g_strstrip (semio_text_clean (transcript, -1, MAX_TRANSCRIPT_CHARS));
  g_autofree char *text = g_strconcat ("Transcript, written by a machine, which may have misheard. Secondary evidence only:\n",
                                       clean[0] != '\0' ? clean : "(nothing was said)", NULL);

  append_text_part (out, text);
}

/* Model and settings: before the messages, so that what changes from run to run stands in one place. */
static void
append_settings (GString *out, const SemioRunConfig *config, const SemioDialect *dialect, const char *cache_salt)
{
  g_autofree char *model = semio_text_clean (config->model, -1, MAX_MODEL_CHARS);
  g_autofree char *temperature = semio_text_from_double (config->temperature);

  g_string_append (out, "{\"model\":");
  semio_request_append_text (out, model);
  g_string_append_printf (out, ",\"temperature\":%s", temperature);
  if (config->seed >= 0)
    g_string_append_printf (out, ",\"seed\":%" G_GINT64_FORMAT, config->seed);
  if (dialect->cache_salt && cache_salt != NULL)
    {
      g_string_append (out, ",\"cache_salt\":");
      semio_request_append_text (out, cache_salt);
    }
}

static void
append_span (GString *out, SemioSpan span)
{
  g_autofree char *begin = semio_time_format (span.begin_ns, 0);
  g_autofree char *end = semio_time_format (span.end_ns, 0);
  g_autofree char *text = g_strdup_printf ("Part of the recording from %s to %s.", begin, end);

  append_text_part (out, text);
}

/**
 * semio_chat_prefix_new:
 * @config: what decides what is sent
 * @dialect: what the server accepts; pictures and sound that it does not take are left out
 * @media: what is shown of the segment
 * @with_frames: whether these questions get the pictures
 * @with_sound: whether they get sound and transcript
 * @cache_salt: (nullable): the study's random word, sent where the server takes one, so that what it remembers of one
 *   study is of no use to another
 *
 * The same input gives the same bytes.
 *
 * Returns: (transfer full): the beginning of every request on this segment
 */
SemioChatPrefix *
semio_chat_prefix_new (const SemioRunConfig *config, const SemioDialect *dialect, const SemioSegmentMedia *media,
                       gboolean with_frames, gboolean with_sound, const char *cache_salt)
{
  SemioChatPrefix *prefix = g_new0 (SemioChatPrefix, 1);
  gsize media_bytes = semio_request_get_base64_length (semio_segment_media_get_size (media));
  const char *system = semio_prompt_set_get_system (config->prompts);
  const char *instructions = semio_prompt_set_get_instructions (config->prompts);
  GString *out = g_string_sized_new (media_bytes + OVERHEAD_BYTES * (media->frames->len + 8) + 2 * strlen (system)
                                     + 2 * strlen (instructions) + (media->transcript ? strlen (media->transcript) : 0));

  append_settings (out, config, dialect, cache_salt);
  g_string_append (out, ",\"messages\":[{\"role\":\"system\",\"content\":");
  semio_request_append_text (out, system);
  g_string_append (out, "},{\"role\":\"user\",\"content\":[");
  append_span (out, media->span);
  if (with_frames && dialect->images)
    append_frames (out, config, media);
  if (with_sound && dialect->sound != SEMIO_SOUND_PART_NONE && media->wav != NULL)
    append_sound (out, dialect, media);
  if (with_sound && media->transcript != NULL)
    append_transcript (out, media->transcript);
  append_text_part (out, instructions);
  g_atomic_ref_count_init (&prefix->refs);
  prefix->wants_schema = config->use_schema && dialect->schema == SEMIO_SCHEMA_RESPONSE_FORMAT;
  prefix->bytes = g_string_free_to_bytes (out);
  prefix->state = semio_sha256_state_new ();
  semio_sha256_state_add (prefix->state, g_bytes_get_data (prefix->bytes, NULL), g_bytes_get_size (prefix->bytes));
  prefix->hash = semio_sha256_state_get (prefix->state);
  return prefix;
}

SemioChatPrefix *
semio_chat_prefix_ref (SemioChatPrefix *prefix)
{
  g_atomic_ref_count_inc (&prefix->refs);
  return prefix;
}

void
semio_chat_prefix_unref (SemioChatPrefix *prefix)
{
  if (!g_atomic_ref_count_dec (&prefix->refs))
    return;
  g_bytes_unref (prefix->bytes);
  semio_sha256_state_free (prefix->state);
  g_free (prefix);
}

GBytes *
semio_chat_prefix_get_bytes (SemioChatPrefix *prefix)
{
  return prefix->bytes;
}

SemioSha256
semio_chat_prefix_get_hash (SemioChatPrefix *prefix)
{
  return prefix->hash;
}

static JsonObject *
describe_text (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", "string");
  return object;
}

static JsonObject *
describe_answer (SemioQuestionKind kind, gboolean takes_na)
{
  JsonObject *answer = describe_text ();
  JsonArray *words;

  if (kind != SEMIO_QUESTION_ANSWER)
    return answer;
  words = json_array_new ();
  json_array_add_string_element (words, "yes");
  json_array_add_string_element (words, "no");
  if (takes_na)
    json_array_add_string_element (words, "na");
  json_object_set_array_member (answer, "enum", words);
  return answer;
}

/**
 * semio_chat_answer_schema:
 * @kind: what is asked
 * @takes_na: whether "na" is an answer; only of an answer question
 *
 * Returns: (transfer full): a JSON Schema in the narrow form that all servers compile: an object with the texts "answer"
 *   and "justification", both required, and nothing else
 */
JsonNode *
semio_chat_answer_schema (SemioQuestionKind kind, gboolean takes_na)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  json_object_set_object_member (properties, "answer", describe_answer (kind, takes_na));
  json_object_set_object_member (properties, "justification", describe_text ());
  json_array_add_string_element (required, "answer");
  json_array_add_string_element (required, "justification");
  json_object_set_string_member (root, "type", "object");
  json_object_set_object_member (root, "properties", properties);
  json_object_set_array_member (root, "required", required);
  json_object_set_boolean_member (root, "additionalProperties", FALSE);
  json_node_take_object (node, root);
  return node;
}

static void
append_response_format (GString *out, SemioQuestionKind kind, gboolean takes_na)
{
  static const char *const names[] = { "answer", "onset", "narrative" };
  g_autoptr (JsonNode) schema = semio_chat_answer_schema (kind, takes_na);
  g_autofree char *text = semio_json_canonical (schema);

  g_string_append_printf (out,
                          ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"%s%s\",\"strict\":true,"
                          "\"schema\":%s}}",
                          names[kind], takes_na ? "_na" : "", text);
}

/**
 * semio_chat_tail_new:
 * @prefix: what the request begins with; it knows whether the server is told the answer's schema
 * @kind: what is asked
 * @feature: (nullable): on what; %NULL for a narrative
 * @question: the prompt set's words
 * @max_tokens: most the answer may have
 *
 * Returns: (transfer full): the rest of the body
 */
GBytes *
semio_chat_tail_new (SemioChatPrefix *prefix, SemioQuestionKind kind, const SemioFeature *feature, const char *question,
                     guint max_tokens)
{
  GString *out = g_string_new ("{\"type\":\"text\",\"text\":");

  semio_request_append_text (out, question);
  g_string_append_printf (out, "}]}],\"max_tokens\":%u", max_tokens);
  if (prefix->wants_schema)
    append_response_format (out, kind, kind == SEMIO_QUESTION_ANSWER && feature != NULL && feature->takes_na);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/**
 * semio_chat_hash:
 * @prefix: the beginning of a request
 * @tail: the rest of it
 *
 * The beginning is not read again: megabytes of pictures are hashed once a segment and not once a question.
 *
 * Returns: the SHA-256 of the whole body
 */
SemioSha256
semio_chat_hash (SemioChatPrefix *prefix, GBytes *tail)
{
  g_autoptr (SemioSha256State) state = semio_sha256_state_copy (prefix->state);

  semio_sha256_state_add (state, g_bytes_get_data (tail, NULL), g_bytes_get_size (tail));
  return semio_sha256_state_get (state);
}
