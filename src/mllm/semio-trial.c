/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-trial.h"

#include <string.h>

#include "semio-json.h"
#include "semio-synthetic-media.h"
#include "semio-text.h"

#define MAX_REPLY_BYTES (4 * 1024 * 1024)
#define MAX_MODELS 10000
#define MAX_NAME_CHARS 300

static JsonObject *
add_part (JsonArray *content, const char *type)
{
  JsonObject *part = json_object_new ();

  json_object_set_string_member (part, "type", type);
  json_array_add_object_element (content, part);
  return part;
}

static void
add_text (JsonArray *content, const char *text)
{
  json_object_set_string_member (add_part (content, "text"), "text", text);
}

static char *
to_data_url (const char *type, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autofree char *base64 = g_base64_encode (data, length);

  return g_strconcat ("data:", type, ";base64,", base64, NULL);
}

static void
add_picture (JsonArray *content, GBytes *picture)
{
  JsonObject *image = json_object_new ();
  g_autofree char *url = to_data_url ("image/png", picture);

  json_object_set_string_member (image, "url", url);
  json_object_set_object_member (add_part (content, "image_url"), "image_url", image);
}

static void
add_sound (JsonArray *content, SemioSoundPart form)
{
  g_autoptr (GBytes) wav = semio_synthetic_make_sound ();
  JsonObject *sound = json_object_new ();

  if (form == SEMIO_SOUND_PART_INPUT_AUDIO)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (wav, &length);
      g_autofree char *base64 = g_base64_encode (data, length);

      json_object_set_string_member (sound, "data", base64);
      json_object_set_string_member (sound, "format", "wav");
      json_object_set_object_member (add_part (content, "input_audio"), "input_audio", sound);
    }
  else
    {
      g_autofree char *url = to_data_url ("audio/wav", wav);

      json_object_set_string_member (sound, "url", url);
      json_object_set_object_member (add_part (content, "audio_url"), "audio_url", sound);
    }
}

static JsonObject *
make_format (void)
{
  static const char text[] = "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,\"schema\":"
                             "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\",\"enum\":[\"yes\",\"no\"]}},"
                             "\"required\":[\"answer\"],\"additionalProperties\":false}}}";
  g_autoptr (JsonNode) node = semio_json_parse (text, -1, sizeof text, NULL);

  return json_object_ref (json_node_get_object (node));
}

GBytes *
semio_trial_make_body (const SemioTrial *trial)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonArray *messages = json_array_new ();
  JsonObject *message = json_object_new ();
  JsonArray *content = json_array_new ();
  char *text;

  for (guint i = 0; i < G_N_ELEMENTS (trial->pictures); i++)
    {
      if (trial->pictures[i] == NULL)
        continue;
      add_text (content, i == 0 ? "0:00.0" : "0:00.5");
      add_picture (content, trial->pictures[i]);
    }
  if (trial->sound != SEMIO_SOUND_PART_NONE)
    add_sound (content, trial->sound);
  add_text (content, trial->question);
  json_object_set_string_member (message, "role", "user");
  json_object_set_array_member (message, "content", content);
  json_array_add_object_element (messages, message);
  if (trial->model != NULL)
    json_object_set_string_member (object, "model", trial->model);
  json_object_set_int_member (object, "temperature", 0);
  json_object_set_int_member (object, "max_tokens", trial->max_tokens);
  if (trial->with_salt)
    json_object_set_string_member (object, "cache_salt", "semioscope-trial");
  if (trial->with_schema)
    json_object_set_object_member (object, "response_format", make_format ());
  json_object_set_array_member (object, "messages", messages);
  json_node_set_object (node, object);
  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
parse (GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) node = text != NULL ? semio_json_parse (text, (gssize) length, MAX_REPLY_BYTES, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

char *
semio_trial_read_content (GBytes *body)
{
  g_autoptr (JsonNode) node = parse (body);
  JsonArray *choices = node != NULL ? get_array (json_node_get_object (node), "choices") : NULL;
  JsonObject *choice = choices != NULL && json_array_get_length (choices) > 0 ? get_element (choices, 0) : NULL;
  JsonObject *message = choice != NULL ? get_object (choice, "message") : NULL;

  return message != NULL ? g_strdup (semio_json_get_text_or (message, "content", NULL)) : NULL;
}

static gint64
read_context (JsonObject *entry)
{
  JsonObject *meta = get_object (entry, "meta");
  static const char *const members[] = { "max_model_len", "context_length", "context_window" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gint64 tokens = semio_json_get_int_or (entry, members[i], -1);

      if (tokens > 0)
        return tokens;
    }
  return meta != NULL ? semio_json_get_int_or (meta, "n_ctx", -1) : -1;
}

char **
semio_trial_read_models (GBytes *body, const char *model, gint64 *context_tokens)
{
  g_autoptr (JsonNode) node = parse (body);
  JsonArray *data = node != NULL ? get_array (json_node_get_object (node), "data") : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  *context_tokens = -1;
  if (data == NULL)
    return NULL;
  for (guint i = 0; i < MIN (json_array_get_length (data), MAX_MODELS); i++)
    {
      JsonObject *entry = get_element (data, i);
      const char *id = entry != NULL ? semio_json_get_text_or (entry, "id", NULL) : NULL;
      g_autofree char *name = id != NULL ? semio_text_clean (id, -1, MAX_NAME_CHARS) : NULL;

      if (name == NULL)
        continue;
      g_strv_builder_add (names, name);
      if (model == NULL ? i == 0 : g_str_equal (model, name))
        *context_tokens = read_context (entry);
    }
  return g_strv_builder_end (names);
}
