/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-model.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "semio-json.h"
#include "semio-sha256.h"
#include "semio-synthetic-media.h"

#define MAX_SEEN 16

struct _SemioTestModel {
  SemioTestModelOptions options;
  GMutex lock;
  GQueue seen; /* of GBytes: bodies, as a cache of prefixes */
  char *code_before;
};

SemioTestModel *
semio_test_model_new (void)
{
  SemioTestModel *model = g_new0 (SemioTestModel, 1);

  g_mutex_init (&model->lock);
  g_queue_init (&model->seen);
  semio_dialect_init (&model->options.dialect);
  model->options.dialect.cache_salt = TRUE;
  model->options.dialect.transcription = TRUE;
  model->options.dialect.context_tokens = 4 * 1024 * 1024;
  return model;
}

void
semio_test_model_free (SemioTestModel *model)
{
  g_queue_clear_full (&model->seen, (GDestroyNotify) g_bytes_unref);
  g_mutex_clear (&model->lock);
  g_free (model->code_before);
  g_free (model);
}

SemioTestModelOptions *
semio_test_model_get_options (SemioTestModel *model)
{
  return &model->options;
}

static char *
object_to_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

char *
semio_test_model_refusal (const char *message, const char *type)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *error = json_object_new ();

  json_object_set_string_member (error, "message", message);
  json_object_set_string_member (error, "type", type);
  json_object_set_object_member (object, "error", error);
  return object_to_text (object);
}

char *
semio_test_model_wrap (const char *content, const char *finish_reason, gint64 prompt, gint64 cached)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *choices = json_array_new ();
  JsonObject *choice = json_object_new ();
  JsonObject *message = json_object_new ();
  JsonObject *usage = json_object_new ();

  json_object_set_string_member (message, "role", "assistant");
  json_object_set_string_member (message, "content", content);
  json_object_set_int_member (choice, "index", 0);
  json_object_set_object_member (choice, "message", message);
  json_object_set_string_member (choice, "finish_reason", finish_reason);
  json_array_add_object_element (choices, choice);
  json_object_set_int_member (usage, "prompt_tokens", prompt);
  json_object_set_int_member (usage, "completion_tokens", (gint64) strlen (content) / 4 + 1);
  json_object_set_int_member (usage, "total_tokens", prompt + (gint64) strlen (content) / 4 + 1);
  if (cached >= 0)
    {
      JsonObject *details = json_object_new ();

      json_object_set_int_member (details, "cached_tokens", cached);
      json_object_set_object_member (usage, "prompt_tokens_details", details);
    }
  json_object_set_string_member (object, "object", "chat.completion");
  json_object_set_array_member (object, "choices", choices);
  json_object_set_object_member (object, "usage", usage);
  return object_to_text (object);
}

char *
semio_test_model_list (SemioTestModel *model)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *data = json_array_new ();
  JsonObject *entry = json_object_new ();

  json_object_set_string_member (entry, "id", model->options.model != NULL ? model->options.model : "test-model");
  json_object_set_string_member (entry, "object", "model");
  if (model->options.dialect.context_tokens > 0)
    json_object_set_int_member (entry, "max_model_len", model->options.dialect.context_tokens);
  json_array_add_object_element (data, entry);
  json_object_set_string_member (object, "object", "list");
  json_object_set_array_member (object, "data", data);
  return object_to_text (object);
}

/* ── reading pictures ── */

static GBytes *
unpack (const guint8 *data, gsize length)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (stream, data, length, NULL, NULL, NULL) || !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static guint32
u32_at (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 | (guint32) data[2] << 8 | data[3];
}

static int
read_digit (const guint8 *rows, gsize row_bytes, guint left_px)
{
  for (guint digit = 0; digit < 10; digit++)
    {
      const guint8 *glyph = semio_synthetic_get_glyph (digit);
      gboolean same = TRUE;

      for (guint i = 0; i < SEMIO_SYNTHETIC_GLYPH_HEIGHT * SEMIO_SYNTHETIC_GLYPH_WIDTH && same; i++)
        {
          guint row = i / SEMIO_SYNTHETIC_GLYPH_WIDTH;
          guint column = i % SEMIO_SYNTHETIC_GLYPH_WIDTH;
          guint x_px = left_px + column * SEMIO_SYNTHETIC_DOT_PX + SEMIO_SYNTHETIC_DOT_PX / 2;
          guint y_px = SEMIO_SYNTHETIC_MARGIN_PX + row * SEMIO_SYNTHETIC_DOT_PX + SEMIO_SYNTHETIC_DOT_PX / 2;
          gboolean ink = (glyph[row] >> (SEMIO_SYNTHETIC_GLYPH_WIDTH - 1 - column) & 1) != 0;

          same = ink == (rows[y_px * row_bytes + 1 + 3 * (gsize) x_px] < 64);
        }
      if (same)
        return (int) digit;
    }
  return -1;
}

char *
semio_test_model_read_picture (const guint8 *png, gsize length)
{
  g_autoptr (GString) code = g_string_new (NULL);
  g_autoptr (GBytes) pixels = NULL;
  const guint8 *rows;
  guint32 packed;
  guint width_px;
  guint height_px;

  if (length < 57 || memcmp (png, "\x89PNG", 4) != 0 || memcmp (png + 37, "IDAT", 4) != 0)
    return NULL;
  width_px = u32_at (png + 16);
  height_px = u32_at (png + 20);
  packed = u32_at (png + 33);
  if (width_px > 4096 || height_px < 2 * SEMIO_SYNTHETIC_MARGIN_PX + 7 * SEMIO_SYNTHETIC_DOT_PX || packed > length - 41)
    return NULL;
  pixels = unpack (png + 41, packed);
  if (pixels == NULL || g_bytes_get_size (pixels) != (1 + 3 * (gsize) width_px) * height_px)
    return NULL;
  rows = g_bytes_get_data (pixels, NULL);
  for (guint left_px = SEMIO_SYNTHETIC_MARGIN_PX; left_px + SEMIO_SYNTHETIC_ADVANCE_PX < width_px;
       left_px += SEMIO_SYNTHETIC_ADVANCE_PX)
    {
      int digit = read_digit (rows, 1 + 3 * (gsize) width_px, left_px);

      if (digit < 0)
        return NULL;
      g_string_append_c (code, (char) ('0' + digit));
    }
  return g_string_free (g_steal_pointer (&code), FALSE);
}

/* ── reading requests ── */

/* What was found in a request's messages. */
typedef struct {
  GChecksum *sum; /* of all content in its order */
  char *question; /* the last text */
  char *code; /* of the last picture that shows one */
  char *stamp; /* (nullable): the first time that stands before a picture */
  guint n_images;
  guint n_input_audio;
  guint n_audio_url;
  const char *bad; /* why a part cannot be taken */
} Found;

/* "0:12.5" and nothing else. */
static gboolean
is_stamp (const char *text)
{
  return g_ascii_isdigit (text[0]) && strchr (text, ':') != NULL && strspn (text, "0123456789:.") == strlen (text);
}

static void
add_text (Found *found, const char *text)
{
  if (found->stamp == NULL && is_stamp (text))
    found->stamp = g_strdup (text);
  g_checksum_update (found->sum, (const guchar *) text, (gssize) strlen (text) + 1);
  g_free (found->question);
  found->question = g_strdup (text);
}

static void
add_image (Found *found, JsonObject *part)
{
  JsonObject *image = json_object_get_object_member (part, "image_url");
  const char *url = image != NULL ? semio_json_get_text_or (image, "url", "") : "";
  const char *comma = strchr (url, ',');
  g_autofree guint8 *data = NULL;
  gsize length = 0;
  char *code;

  found->n_images++;
  g_checksum_update (found->sum, (const guchar *) url, (gssize) strlen (url) + 1);
  if (!g_str_has_prefix (url, "data:image/") || comma == NULL)
    {
      found->bad = "image_url must be a data URL";
      return;
    }
  if (!g_str_has_prefix (url, "data:image/png"))
    return;
  data = g_base64_decode (comma + 1, &length);
  code = semio_test_model_read_picture (data, length);
  if (code == NULL)
    return;
  g_free (found->code);
  found->code = code;
}

static void
add_part (Found *found, JsonObject *part)
{
  const char *type = semio_json_get_text_or (part, "type", "");

  g_checksum_update (found->sum, (const guchar *) type, (gssize) strlen (type) + 1);
  if (g_str_equal (type, "text"))
    add_text (found, semio_json_get_text_or (part, "text", ""));
  else if (g_str_equal (type, "image_url"))
    add_image (found, part);
  else if (g_str_equal (type, "input_audio"))
    found->n_input_audio++;
  else if (g_str_equal (type, "audio_url"))
    found->n_audio_url++;
  else
    found->bad = "unknown part";
}

static void
add_message (Found *found, JsonObject *message)
{
  JsonNode *content = json_object_get_member (message, "content");

  if (content != NULL && JSON_NODE_HOLDS_VALUE (content))
    {
      const char *text = json_node_get_string (content);

      add_text (found, text != NULL ? text : "");
    }
  else if (content != NULL && JSON_NODE_HOLDS_ARRAY (content))
    {
      JsonArray *parts = json_node_get_array (content);

      for (guint i = 0; i < json_array_get_length (parts); i++)
        add_part (found, json_array_get_object_element (parts, i));
    }
}

static void
found_clear (Found *found)
{
  g_checksum_free (found->sum);
  g_free (found->question);
  g_free (found->code);
  g_free (found->stamp);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

/* ── answering ── */

static JsonObject *
find_schema (JsonObject *request)
{
  JsonObject *format =
      json_object_has_member (request, "response_format") ? json_object_get_object_member (request, "response_format") : NULL;
  JsonObject *inner = format != NULL && json_object_has_member (format, "json_schema")
                          ? json_object_get_object_member (format, "json_schema")
                          : NULL;

  return inner != NULL && json_object_has_member (inner, "schema") ? json_object_get_object_member (inner, "schema") : NULL;
}

static void
add_member (JsonObject *answer, const char *name, JsonObject *property, const Found *found, guint8 chance)
{
  const char *type = semio_json_get_text_or (property, "type", "string");

  if (json_object_has_member (property, "enum"))
    {
      JsonArray *values = json_object_get_array_member (property, "enum");

      json_object_set_member (answer, name,
                              json_node_copy (json_array_get_element (values, chance % json_array_get_length (values))));
    }
  else if (g_str_equal (type, "integer") || g_str_equal (type, "number"))
    json_object_set_int_member (answer, name, chance % 30);
  else if (g_str_equal (type, "boolean"))
    json_object_set_boolean_member (answer, name, chance % 2);
  /* A text that is an answer and has no list of words is a time. */
  else if (g_str_equal (name, "answer"))
    json_object_set_string_member (answer, name, found->stamp != NULL && chance % 4 != 0 ? found->stamp : "not seen");
  else
    {
      g_autofree char *text = g_strdup_printf ("Seen in picture %d, \342\200\234clearly\342\200\235.", chance);

      json_object_set_string_member (answer, name, text);
    }
}

static char *
make_content (Found *found, JsonObject *schema)
{
  const char *digest = g_checksum_get_string (found->sum);
  guint8 chance = (guint8) (g_ascii_xdigit_value (digest[0]) * 16 + g_ascii_xdigit_value (digest[1]));
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonObject *properties = schema != NULL && json_object_has_member (schema, "properties")
                               ? json_object_get_object_member (schema, "properties")
                               : NULL;
  g_autoptr (GList) names = properties != NULL ? json_object_get_members (properties) : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    add_member (answer, name->data, json_object_get_object_member (properties, name->data), found, chance);
  if (names == NULL)
    {
      json_object_set_string_member (answer, "answer", chance % 2 ? "yes" : "no");
      json_object_set_string_member (answer, "justification", "The arm moves.");
    }
  return object_to_text (answer);
}

static const char *
find_objection (SemioTestModel *model, JsonObject *request, const Found *found)
{
  const SemioDialect *dialect = &model->options.dialect;

  if (found->bad != NULL)
    return found->bad;
  if (found->question == NULL)
    return "no message";
  if (found->n_images > 0 && !dialect->images)
    return "image input is not supported";
  if ((found->n_input_audio > 0 && dialect->sound != SEMIO_SOUND_PART_INPUT_AUDIO)
      || (found->n_audio_url > 0 && dialect->sound != SEMIO_SOUND_PART_AUDIO_URL))
    return "audio input is not supported";
  if (json_object_has_member (request, "response_format") && dialect->schema == SEMIO_SCHEMA_NONE)
    return "response_format is not supported";
  if (json_object_has_member (request, "cache_salt") && !dialect->cache_salt && model->options.refuses_unknown)
    return "Unrecognized request argument supplied: cache_salt";
  return NULL;
}

/* Longest run of first bytes that some request before this one had too. */
static gsize
find_shared (SemioTestModel *model, GBytes *request)
{
  gsize best = 0;
  gsize length;
  const guint8 *data = g_bytes_get_data (request, &length);

  for (GList *item = model->seen.head; item != NULL; item = item->next)
    {
      gsize other_length;
      const guint8 *other = g_bytes_get_data (item->data, &other_length);
      gsize shared = 0;
      gsize limit = MIN (length, other_length);

      while (shared + 4096 <= limit && memcmp (data + shared, other + shared, 4096) == 0)
        shared += 4096;
      while (shared < limit && data[shared] == other[shared])
        shared++;
      best = MAX (best, shared);
    }
  g_queue_push_head (&model->seen, g_bytes_ref (request));
  if (model->seen.length > MAX_SEEN)
    g_bytes_unref (g_queue_pop_tail (&model->seen));
  return best;
}

static char *
see (SemioTestModel *model, Found *found)
{
  g_autofree char *shown = g_strdup (found->code);

  if (model->options.is_blind)
    return g_strdup ("There is no picture.");
  if (model->options.mixes && model->code_before != NULL)
    {
      g_free (shown);
      shown = g_strdup (model->code_before);
    }
  g_free (model->code_before);
  model->code_before = g_strdup (found->code);
  return g_steal_pointer (&shown);
}

char *
semio_test_model_answer (SemioTestModel *model, GBytes *request, guint *status, char **question, char **content)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (Found) found = { .sum = g_checksum_new (G_CHECKSUM_SHA256) };
  g_autoptr (GMutexLocker) locker = NULL;
  gsize length;
  const char *text = g_bytes_get_data (request, &length);
  JsonObject *object;
  JsonArray *messages;
  const char *objection;
  gsize cached;

  *status = 200;
  if (model->options.is_fast)
    {
      *content = g_strdup ("{\"answer\":\"no\",\"justification\":\"Nothing moves.\"}");
      return semio_test_model_wrap (*content, "stop", (gint64) length / 4, 0);
    }
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL) || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      *status = 500;
      return semio_test_model_refusal ("parse error", "server_error");
    }
  object = json_node_get_object (json_parser_get_root (parser));
  messages = json_object_has_member (object, "messages") ? json_object_get_array_member (object, "messages") : NULL;
  for (guint i = 0; messages != NULL && i < json_array_get_length (messages); i++)
    add_message (&found, json_array_get_object_element (messages, i));
  *question = g_strdup (found.question);
  objection = find_objection (model, object, &found);
  if (objection != NULL)
    {
      *status = 400;
      return semio_test_model_refusal (objection, "invalid_request_error");
    }
  locker = g_mutex_locker_new (&model->lock);
  cached = find_shared (model, request);
  *content =
      found.code != NULL && find_schema (object) == NULL ? see (model, &found) : make_content (&found, find_schema (object));
  return semio_test_model_wrap (*content, "stop", (gint64) length / 4, (gint64) cached / 4);
}

char *
semio_test_model_transcribe (SemioTestModel *model, GBytes *request, guint *status)
{
  gsize length;
  const char *data = g_bytes_get_data (request, &length);

  if (!model->options.dialect.transcription)
    {
      *status = 404;
      return g_strdup ("{\"detail\":\"Not Found\"}");
    }
  if (memmem (data, length, "name=\"file\"", 11) == NULL || memmem (data, length, "RIFF", 4) == NULL
      || memmem (data, length, "name=\"model\"", 12) == NULL)
    {
      *status = 400;
      return semio_test_model_refusal ("no file or model", "invalid_request_error");
    }
  *status = 200;
  if (model->options.plain_transcripts)
    return g_strdup ("{\"text\":\" How are you? Squeeze my hand. \"}");
  return g_strdup ("{\"task\":\"transcribe\",\"language\":\"en\",\"duration\":4.5,\"text\":\"How are you? Squeeze my hand.\","
                   "\"segments\":[{\"id\":0,\"start\":0.0,\"end\":1.25,\"text\":\" How are you?\"},"
                   "{\"id\":1,\"start\":2,\"end\":4.5,\"text\":\" Squeeze my hand.\"}]}");
}
