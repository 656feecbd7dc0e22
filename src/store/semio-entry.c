/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-clock.h"
#include "semio-entry-private.h"
#include "semio-json.h"

#define MAX_JSON_BYTES (1024 * 1024)

SemioEntry *
semio_entry_new (const char *kind, const SemioUuid *person, JsonObject *payload)
{
  SemioEntry *entry = g_new0 (SemioEntry, 1);

  entry->kind = g_strdup (kind);
  if (person != NULL)
    entry->person = *person;
  entry->payload = payload;
  entry->supersedes = g_array_new (FALSE, FALSE, sizeof (SemioUuid));
  return entry;
}

void
semio_entry_free (SemioEntry *entry)
{
  g_free (entry->kind);
  g_free (entry->reason);
  g_free (entry->json);
  g_clear_pointer (&entry->payload, json_object_unref);
  g_clear_pointer (&entry->heads, json_object_unref);
  g_clear_pointer (&entry->supersedes, g_array_unref);
  g_free (entry);
}

void
semio_entry_add_supersedes (SemioEntry *entry, const SemioUuid *superseded)
{
  g_array_append_vals (entry->supersedes, superseded, 1);
}

void
semio_entry_set_reason (SemioEntry *entry, const char *reason)
{
  g_free (entry->reason);
  entry->reason = reason != NULL && *reason != '\0' ? g_strdup (reason) : NULL;
}

void
semio_entry_payload_set_uuid (JsonObject *payload, const char *member, const SemioUuid *uuid)
{
  char text[SEMIO_UUID_TEXT];

  semio_uuid_format (uuid, text);
  json_object_set_string_member (payload, member, text);
}

gboolean
semio_entry_payload_get_uuid (JsonObject *payload, const char *member, SemioUuid *uuid, GError **error)
{
  const char *text = semio_json_get_text (payload, member, error);

  return text != NULL && semio_uuid_parse (text, uuid, error);
}

void
semio_entry_payload_set_sha256 (JsonObject *payload, const char *member, const SemioSha256 *hash)
{
  char text[SEMIO_SHA256_TEXT];

  semio_sha256_format (hash, text);
  json_object_set_string_member (payload, member, text);
}

gboolean
semio_entry_payload_get_sha256 (JsonObject *payload, const char *member, SemioSha256 *hash)
{
  *hash = (SemioSha256){ { 0 } };
  return semio_sha256_parse (semio_json_get_text_or (payload, member, ""), hash, NULL);
}

gboolean
semio_entry_payload_get_flag (JsonObject *payload, const char *member)
{
  JsonNode *node = json_object_get_member (payload, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

static void
set_uuid_or_null (JsonObject *object, const char *member, const SemioUuid *uuid)
{
  if (semio_uuid_is_nil (uuid))
    json_object_set_null_member (object, member);
  else
    semio_entry_payload_set_uuid (object, member, uuid);
}

void
semio_entry_compose (SemioEntry *entry, const SemioUuid *study, const char *reason_hash)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *utc = semio_clock_format_utc (entry->utc_us);
  JsonArray *supersedes = json_array_new ();
  char text[SEMIO_SHA256_TEXT];

  json_object_set_int_member (object, "v", SEMIO_ENTRY_VERSION);
  semio_entry_payload_set_uuid (object, "study", study);
  semio_entry_payload_set_uuid (object, "id", &entry->uuid);
  semio_entry_payload_set_uuid (object, "writer", &entry->writer);
  json_object_set_int_member (object, "seq", entry->seq);
  semio_sha256_format (&entry->prev, text);
  if (entry->seq > 1)
    json_object_set_string_member (object, "prev", text);
  else
    json_object_set_null_member (object, "prev");
  json_object_set_object_member (object, "heads", entry->heads != NULL ? json_object_ref (entry->heads) : json_object_new ());
  json_object_set_int_member (object, "lamport", entry->lamport);
  set_uuid_or_null (object, "person", &entry->person);
  json_object_set_string_member (object, "utc", utc);
  json_object_set_int_member (object, "offset_min", entry->offset_min);
  json_object_set_string_member (object, "kind", entry->kind);
  json_object_set_object_member (object, "payload", json_object_ref (entry->payload));
  for (guint i = 0; i < entry->supersedes->len; i++)
    {
      semio_uuid_format (&g_array_index (entry->supersedes, SemioUuid, i), text);
      json_array_add_string_element (supersedes, text);
    }
  json_object_set_array_member (object, "supersedes", supersedes);
  if (reason_hash != NULL)
    {
      JsonObject *reason = json_object_new ();

      json_object_set_string_member (reason, SEMIO_ENTRY_TEXT, reason_hash);
      json_object_set_object_member (object, "reason", reason);
    }
  else
    json_object_set_null_member (object, "reason");

  json_node_set_object (root, object);
  g_free (entry->json);
  entry->json = semio_json_canonical (root);
  entry->hash = semio_sha256_of_text (entry->json);
}

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("An entry is not of the form it should have (%s)."), what);
  return FALSE;
}

static gboolean
is_null (JsonObject *object, const char *member)
{
  return !json_object_has_member (object, member) || json_object_get_null_member (object, member);
}

static JsonObject *
dup_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static gboolean
parse_supersedes (SemioEntry *entry, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "supersedes");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return refuse ("supersedes", error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      SemioUuid uuid;

      if (json_node_get_value_type (element) != G_TYPE_STRING)
        return refuse ("supersedes", error);
      if (!semio_uuid_parse (json_node_get_string (element), &uuid, error))
        return FALSE;
      g_array_append_val (entry->supersedes, uuid);
    }
  return TRUE;
}

static gboolean
parse_chain (SemioEntry *entry, JsonObject *object, GError **error)
{
  gint64 offset_min;
  const char *text;

  if (!semio_entry_payload_get_uuid (object, "id", &entry->uuid, error)
      || !semio_entry_payload_get_uuid (object, "writer", &entry->writer, error)
      || !semio_json_get_int (object, "seq", &entry->seq, error)
      || !semio_json_get_int (object, "lamport", &entry->lamport, error)
      || !semio_json_get_int (object, "offset_min", &offset_min, error))
    return FALSE;
  entry->offset_min = (int) CLAMP (offset_min, -1440, 1440);
  if (entry->seq < 1)
    return refuse ("seq", error);
  if (!is_null (object, "prev"))
    {
      text = semio_json_get_text (object, "prev", error);
      if (text == NULL || !semio_sha256_parse (text, &entry->prev, error))
        return FALSE;
    }
  if (!is_null (object, "person") && !semio_entry_payload_get_uuid (object, "person", &entry->person, error))
    return FALSE;
  text = semio_json_get_text (object, "utc", error);
  return text != NULL && semio_clock_parse_utc (text, &entry->utc_us, error);
}

SemioEntry *
semio_entry_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode) root = semio_json_parse (json, -1, MAX_JSON_BYTES, error);
  g_autoptr (SemioEntry) entry = NULL;
  JsonObject *object;
  const char *kind;

  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      refuse ("object", error);
      return NULL;
    }
  object = json_node_get_object (root);
  kind = semio_json_get_text (object, "kind", error);
  if (kind == NULL)
    return NULL;
  entry = semio_entry_new (kind, NULL, dup_object (object, "payload"));
  if (entry->payload == NULL)
    {
      refuse ("payload", error);
      return NULL;
    }
  if (!parse_chain (entry, object, error) || !parse_supersedes (entry, object, error))
    return NULL;
  entry->heads = dup_object (object, "heads");
  entry->json = g_strdup (json);
  entry->hash = semio_sha256_of_text (json);
  return g_steal_pointer (&entry);
}
