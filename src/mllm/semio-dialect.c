/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-dialect.h"

#include <glib/gi18n-lib.h>

#include "semio-json.h"
#include "semio-mllm-error.h"

static const char *const sound_ids[] = { "none", "input_audio", "audio_url", NULL };
static const char *const schema_ids[] = { "none", "response_format", NULL };

void
semio_dialect_init (SemioDialect *dialect)
{
  *dialect = (SemioDialect){
    .images = TRUE,
    .sound = SEMIO_SOUND_PART_INPUT_AUDIO,
    .schema = SEMIO_SCHEMA_RESPONSE_FORMAT,
    .context_tokens = -1,
  };
}

/**
 * semio_dialect_to_json:
 * @dialect: what a server accepts
 *
 * Returns: (transfer full): an object with "images", "sound", "schema", "cache_salt", "transcription" and, when it is known,
 *   "context_tokens"
 */
JsonNode *
semio_dialect_to_json (const SemioDialect *dialect)
{
  JsonObject *object = json_object_new ();
  JsonNode *node;

  json_object_set_boolean_member (object, "images", dialect->images);
  json_object_set_string_member (object, "sound", sound_ids[dialect->sound]);
  json_object_set_string_member (object, "schema", schema_ids[dialect->schema]);
  json_object_set_boolean_member (object, "cache_salt", dialect->cache_salt);
  json_object_set_boolean_member (object, "transcription", dialect->transcription);
  if (dialect->context_tokens >= 0)
    json_object_set_int_member (object, "context_tokens", dialect->context_tokens);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

static gboolean
read_switch (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID,
                   _ ("“%s” of what the server accepts must be true or false."), member);
      return FALSE;
    }
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_word (JsonObject *object, const char *member, const char *const *words, guint *value, GError **error)
{
  const char *word = semio_json_get_text_or (object, member, json_object_has_member (object, member) ? "" : words[*value]);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (word, words[i]))
      {
        *value = i;
        return TRUE;
      }
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("“%s” of what the server accepts cannot be “%.40s”."),
               member, word);
  return FALSE;
}

/**
 * semio_dialect_from_json:
 * @dialect: (out): what a server accepts; not touched on failure
 * @node: as semio_dialect_to_json() writes it; members that are missing stand as semio_dialect_init() sets them
 * @error: return location for a #SemioMllmError that names the member
 *
 * Returns: whether it could be read
 */
gboolean
semio_dialect_from_json (SemioDialect *dialect, JsonNode *node, GError **error)
{
  SemioDialect read;
  JsonObject *object;
  guint sound, schema;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("What the server accepts is no object."));
      return FALSE;
    }
  object = json_node_get_object (node);
  semio_dialect_init (&read);
  sound = read.sound;
  schema = read.schema;
  if (!read_switch (object, "images", &read.images, error) || !read_word (object, "sound", sound_ids, &sound, error)
      || !read_word (object, "schema", schema_ids, &schema, error) || !read_switch (object, "cache_salt", &read.cache_salt, error)
      || !read_switch (object, "transcription", &read.transcription, error))
    return FALSE;
  read.sound = (SemioSoundPart) sound;
  read.schema = (SemioSchemaSupport) schema;
  read.context_tokens = MAX (semio_json_get_int_or (object, "context_tokens", -1), -1);
  *dialect = read;
  return TRUE;
}
