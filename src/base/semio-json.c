/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "semio-error.h"
#include "semio-json-scan.h"
#include "semio-text.h"

/**
 * semio_json_parse:
 * @text: JSON from anywhere
 * @length: bytes of it, or -1 when a NUL ends it
 * @max_bytes: refuse more than this
 * @error: return location for a #SemioBaseError
 *
 * Size, UTF-8, NUL, nesting depth (%SEMIO_JSON_MAX_DEPTH) and form (RFC 8259) are checked before the parser sees the
 * text. Whole numbers must fit into 64 bits.
 *
 * Returns: (transfer full): the value
 */
JsonNode *
semio_json_parse (const char *text, gssize length, gsize max_bytes, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;
  gsize n_bytes;

  g_return_val_if_fail (text != NULL, NULL);

  n_bytes = length < 0 ? strlen (text) : (gsize) length;
  if (n_bytes > max_bytes)
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_LIMIT,
                   _ ("The JSON text has %" G_GSIZE_FORMAT " bytes; at most %" G_GSIZE_FORMAT " are read."), n_bytes, max_bytes);
      return NULL;
    }
  if (!g_utf8_validate_len (text, n_bytes, NULL))
    {
      g_set_error_literal (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("The JSON text is not UTF-8 or holds a NUL."));
      return NULL;
    }
  if (!semio_json_scan (text, n_bytes, SEMIO_JSON_MAX_DEPTH, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) n_bytes, &parse_error))
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("The JSON text cannot be read: %s"), parse_error->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

static void
append_text (GString *out, const char *text)
{
  static const char escaped[] = "\"\\\b\f\n\r\t";
  static const char letters[] = "\"\\bfnrt";

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *found = strchr (escaped, *p);

      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, letters[found - escaped]);
        }
      else if ((guchar) *p < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_value (GString *out, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_text (out, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE || type == G_TYPE_FLOAT)
    {
      double value = json_node_get_double (node);
      g_autofree char *text = isfinite (value) ? semio_text_from_double (value) : g_strdup ("null");

      g_string_append (out, text);
    }
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void append_node (GString *out, JsonNode *node);

static void
append_object (GString *out, JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);

  /* The order of the bytes of UTF-8 is the order of code points. */
  members = g_list_sort (members, (GCompareFunc) strcmp);
  g_string_append_c (out, '{');
  for (GList *l = members; l != NULL; l = l->next)
    {
      if (l != members)
        g_string_append_c (out, ',');
      append_text (out, l->data);
      g_string_append_c (out, ':');
      append_node (out, json_object_get_member (object, l->data));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, JsonArray *array)
{
  guint length = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_node (out, json_array_get_element (array, i));
    }
  g_string_append_c (out, ']');
}

static void
append_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (out, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (out, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (out, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

/**
 * semio_json_canonical:
 * @node: a value
 *
 * Keys sorted by code point, no blanks, whole numbers without a point, other numbers shortest, UTF-8 as it is but for
 * what JSON must escape. The same value gives the same bytes; what JSON cannot write (infinity) becomes null.
 *
 * Returns: (transfer full): the canonical text
 */
char *
semio_json_canonical (JsonNode *node)
{
  GString *out = g_string_new (NULL);

  append_node (out, node);
  return g_string_free (out, FALSE);
}

static JsonNode *
find_value (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/**
 * semio_json_get_text:
 * @object: an object
 * @member: a member's name
 * @error: return location for a #SemioBaseError that names the member
 *
 * Returns: (transfer none): the text, or %NULL when there is none
 */
const char *
semio_json_get_text (JsonObject *object, const char *member, GError **error)
{
  const char *text = semio_json_get_text_or (object, member, NULL);

  if (text == NULL)
    g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("The member “%s” is missing or no text."), member);
  return text;
}

gboolean
semio_json_get_int (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  JsonNode *node = find_value (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      g_set_error (error, SEMIO_BASE_ERROR, SEMIO_BASE_ERROR_PARSE, _ ("The member “%s” is missing or no whole number."), member);
      return FALSE;
    }
  *value = json_node_get_int (node);
  return TRUE;
}

/* The fallback also stands in for a member of another type. */
const char *
semio_json_get_text_or (JsonObject *object, const char *member, const char *fallback)
{
  JsonNode *node = find_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : fallback;
}

gint64
semio_json_get_int_or (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = find_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : fallback;
}
