/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-sent-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_GROUP_CHARS 40
#define MAX_HOST_CHARS 300

static const char *APPLY_SQL = "INSERT INTO sent (entry_id, run_id, recording_id, segment, media_group)"
                               " VALUES (?1, ?2, ?3, ?4, ?5)";
/* What else was sent stands in the entry. */
static const char *LOAD_SQL = "SELECT e.json, s.run_id, coalesce (c.alias_of, c.id) FROM sent AS s"
                              " JOIN entry AS e ON e.id = s.entry_id JOIN writer AS w ON w.id = e.writer_id"
                              " JOIN recording AS c ON c.id = s.recording_id WHERE s.run_id = ?1"
                              " AND s.recording_id IN (SELECT id FROM recording WHERE id = ?2 OR alias_of = ?2)"
                              " AND s.segment = ?3 ORDER BY e.lamport, w.uuid, e.seq";

gboolean
semio_sent_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, APPLY_SQL, error);
  const char *group = semio_json_get_text (entry->payload, "group", error);
  gint64 run_id, recording_id, segment;

  if (insert == NULL || group == NULL || !semio_json_get_int (entry->payload, "segment", &segment, error)
      || !semio_projection_ensure (database, entry->payload, "run", SEMIO_IDENTITY_RUN, &run_id, error)
      || !semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &recording_id, error))
    return FALSE;
  semio_statement_bind_int (insert, 1, entry->id);
  semio_statement_bind_int (insert, 2, run_id);
  semio_statement_bind_int (insert, 3, recording_id);
  semio_statement_bind_int (insert, 4, segment);
  semio_statement_bind_text (insert, 5, group);
  return semio_statement_run (insert, error);
}

static JsonArray *
make_pictures (const SemioSentSegment *sent)
{
  JsonArray *pictures = json_array_sized_new (sent->pictures->len);

  for (guint i = 0; i < sent->pictures->len; i++)
    {
      const SemioSentPicture *picture = &g_array_index (sent->pictures, SemioSentPicture, i);
      JsonArray *pair = json_array_sized_new (2);

      json_array_add_int_element (pair, picture->frame);
      json_array_add_int_element (pair, picture->time_ns);
      json_array_add_array_element (pictures, pair);
    }
  return pictures;
}

static JsonObject *
make_sound (const SemioSentSegment *sent)
{
  JsonObject *sound = json_object_new ();

  json_object_set_int_member (sound, "begin_ns", sent->sound_span.begin_ns);
  json_object_set_int_member (sound, "end_ns", sent->sound_span.end_ns);
  semio_entry_payload_set_sha256 (sound, "sha256", &sent->sound);
  return sound;
}

static void
write_payload (JsonObject *payload, const SemioSentSegment *sent)
{
  g_autofree char *group = semio_text_clean (sent->group != NULL ? sent->group : "", -1, MAX_GROUP_CHARS);
  g_autofree char *host = semio_text_clean (sent->host != NULL ? sent->host : "", -1, MAX_HOST_CHARS);

  json_object_set_int_member (payload, "segment", sent->segment);
  json_object_set_string_member (payload, "group", group);
  json_object_set_string_member (payload, "host", host);
  semio_entry_payload_set_sha256 (payload, "prefix", &sent->prefix);
  json_object_set_int_member (payload, "images", sent->pictures->len);
  json_object_set_int_member (payload, "image_bytes", sent->picture_bytes);
  json_object_set_array_member (payload, "frames", make_pictures (sent));
  json_object_set_int_member (payload, "height_px", sent->height_px);
  json_object_set_int_member (payload, "quality", sent->quality);
  if (sent->has_sound)
    json_object_set_object_member (payload, "sound", make_sound (sent));
  else
    json_object_set_null_member (payload, "sound");
  semio_entry_payload_set_sha256 (payload, "prompts", &sent->prompts);
  if (sent->has_transcript)
    semio_entry_payload_set_sha256 (payload, "transcript", &sent->transcript);
  else
    json_object_set_null_member (payload, "transcript");
}

gboolean
semio_sent_table_put (SemioDatabase *database, const SemioUuid *actor, const SemioSentSegment *sent, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_SENT, actor, json_object_new ());
  SemioUuid run, recording;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_RUN, sent->run_id, &run, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, sent->recording_id, &recording, error))
    return FALSE;
  semio_entry_payload_set_uuid (entry->payload, "run", &run);
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  write_payload (entry->payload, sent);
  return semio_entry_table_append (database, entry, error);
}

static gboolean
get_int_element (JsonArray *array, guint i, gint64 *value)
{
  JsonNode *node = json_array_get_element (array, i);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

static void
read_pictures (JsonObject *payload, GArray *pictures)
{
  JsonNode *node = json_object_get_member (payload, "frames");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;
      SemioSentPicture picture;

      if (pair != NULL && json_array_get_length (pair) == 2 && get_int_element (pair, 0, &picture.frame)
          && get_int_element (pair, 1, &picture.time_ns))
        g_array_append_val (pictures, picture);
    }
}

static void
read_sound (JsonObject *payload, SemioSentSegment *sent)
{
  JsonNode *node = json_object_get_member (payload, "sound");
  JsonObject *sound = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  sent->has_sound = sound != NULL;
  if (sound == NULL)
    return;
  sent->sound_span.begin_ns = semio_json_get_int_or (sound, "begin_ns", 0);
  sent->sound_span.end_ns = semio_json_get_int_or (sound, "end_ns", 0);
  semio_entry_payload_get_sha256 (sound, "sha256", &sent->sound);
}

static SemioSentSegment *
read_sent (SemioStatement *statement, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_parse (semio_statement_get_text (statement, 0), error);
  SemioSentSegment *sent;

  if (entry == NULL)
    return NULL;
  sent = semio_sent_segment_new ();
  sent->entry = entry->uuid;
  sent->utc_us = entry->utc_us;
  sent->run_id = semio_statement_get_int (statement, 1);
  sent->recording_id = semio_statement_get_int (statement, 2);
  sent->segment = (int) semio_json_get_int_or (entry->payload, "segment", 0);
  sent->group = g_strdup (semio_json_get_text_or (entry->payload, "group", ""));
  sent->host = g_strdup (semio_json_get_text_or (entry->payload, "host", ""));
  semio_entry_payload_get_sha256 (entry->payload, "prefix", &sent->prefix);
  read_pictures (entry->payload, sent->pictures);
  sent->picture_bytes = semio_json_get_int_or (entry->payload, "image_bytes", 0);
  sent->height_px = (guint) semio_json_get_int_or (entry->payload, "height_px", 0);
  sent->quality = (guint) semio_json_get_int_or (entry->payload, "quality", 0);
  read_sound (entry->payload, sent);
  semio_entry_payload_get_sha256 (entry->payload, "prompts", &sent->prompts);
  sent->has_transcript = semio_entry_payload_get_sha256 (entry->payload, "transcript", &sent->transcript);
  return sent;
}

GPtrArray *
semio_sent_table_load (SemioDatabase *database, gint64 run_id, gint64 recording_id, int segment, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_sent_segment_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, run_id);
  semio_statement_bind_int (statement, 2, recording_id);
  semio_statement_bind_int (statement, 3, segment);
  while (TRUE)
    {
      SemioSentSegment *sent;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&list);
      sent = read_sent (statement, error);
      if (sent == NULL)
        return NULL;
      g_ptr_array_add (list, sent);
    }
}

SemioSentSegment *
semio_sent_table_find (SemioDatabase *database, gint64 run_id, gint64 recording_id, int segment, const char *group,
                       GError **error)
{
  g_autoptr (GPtrArray) list = semio_sent_table_load (database, run_id, recording_id, segment, error);

  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      const SemioSentSegment *sent = g_ptr_array_index (list, i - 1);

      if (group == NULL || g_str_equal (sent->group, group))
        return g_ptr_array_steal_index (list, i - 1);
    }
  return NULL;
}
