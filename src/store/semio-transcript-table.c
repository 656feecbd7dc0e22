/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transcript-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 200
#define MAX_LINE_CHARS 10000
#define MAX_JSON_BYTES (64 * 1024 * 1024)

static const char *APPLY_SQL = "INSERT INTO transcript (entry_id, recording_id, model, language, host, text_hash, utc_us)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char *LOAD_SQL = "SELECT t.model, t.language, x.text FROM transcript AS t JOIN entry AS e ON e.id = t.entry_id"
                              " JOIN writer AS w ON w.id = e.writer_id JOIN entry_text AS x ON x.hash = t.text_hash"
                              " WHERE t.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                              " ORDER BY e.lamport DESC, w.uuid DESC, e.seq DESC";

gboolean
semio_transcript_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, APPLY_SQL, error);
  const char *model = semio_json_get_text (entry->payload, "model", error);
  SemioSha256 text;
  gint64 recording_id;

  if (insert == NULL || model == NULL
      || !semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &recording_id, error))
    return FALSE;
  if (!semio_entry_text_get_hash (entry->payload, "lines", &text))
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("The transcript does not say what was said."));
      return FALSE;
    }
  semio_statement_bind_int (insert, 1, entry->id);
  semio_statement_bind_int (insert, 2, recording_id);
  semio_statement_bind_text (insert, 3, model);
  semio_statement_bind_text (insert, 4, semio_json_get_text_or (entry->payload, "language", NULL));
  semio_statement_bind_text (insert, 5, semio_json_get_text_or (entry->payload, "host", NULL));
  semio_statement_bind_sha256 (insert, 6, &text);
  semio_statement_bind_int (insert, 7, entry->utc_us);
  return semio_statement_run (insert, error);
}

/* The lines as canonical JSON, [[begin, end, text] …]: one text, so that nothing that was said is found by trying hashes. */
static char *
format_lines (const SemioTranscript *transcript)
{
  JsonArray *lines = json_array_sized_new (transcript->lines->len);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < transcript->lines->len; i++)
    {
      const SemioTranscriptLine *line = &g_array_index (transcript->lines, SemioTranscriptLine, i);
      g_autofree char *clean = semio_text_clean (line->text, -1, MAX_LINE_CHARS);
      JsonArray *parts = json_array_sized_new (3);

      json_array_add_int_element (parts, line->span.begin_ns);
      json_array_add_int_element (parts, line->span.end_ns);
      json_array_add_string_element (parts, clean);
      json_array_add_array_element (lines, parts);
    }
  json_node_take_array (node, lines);
  return semio_json_canonical (node);
}

static gboolean
read_line (JsonNode *node, SemioTranscript *transcript)
{
  JsonArray *parts = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  SemioSpan span;

  if (parts == NULL || json_array_get_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!JSON_NODE_HOLDS_VALUE (json_array_get_element (parts, i))
        || json_node_get_value_type (json_array_get_element (parts, i)) != (i < 2 ? G_TYPE_INT64 : G_TYPE_STRING))
      return FALSE;
  span.begin_ns = json_array_get_int_element (parts, 0);
  span.end_ns = json_array_get_int_element (parts, 1);
  semio_transcript_add (transcript, span, json_array_get_string_element (parts, 2));
  return TRUE;
}

static gboolean
parse_lines (const char *text, SemioTranscript *transcript, GError **error)
{
  g_autoptr (JsonNode) node = semio_json_parse (text, -1, MAX_JSON_BYTES, error);
  JsonArray *lines;

  if (node == NULL)
    return FALSE;
  lines = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++)
    if (!read_line (json_array_get_element (lines, i), transcript))
      lines = NULL;
  if (lines == NULL)
    g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                         _ ("A transcript in the study is not of a form that can be read. Make it again."));
  return lines != NULL;
}

static void
set_clean (JsonObject *payload, const char *member, const char *text)
{
  g_autofree char *clean = text != NULL ? semio_text_clean (text, -1, MAX_NAME_CHARS) : NULL;

  if (clean != NULL)
    json_object_set_string_member (payload, member, clean);
  else
    json_object_set_null_member (payload, member);
}

gboolean
semio_transcript_table_put (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                            const SemioTranscript *transcript, const char *host, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_TRANSCRIPT, actor, json_object_new ());
  g_autofree char *lines = format_lines (transcript);
  SemioUuid recording;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &recording, error))
    return FALSE;
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  set_clean (entry->payload, "model", transcript->model != NULL ? transcript->model : "");
  set_clean (entry->payload, "language", transcript->language);
  set_clean (entry->payload, "host", host);
  return semio_entry_text_set (database, entry->payload, "lines", lines, error)
         && semio_entry_table_append (database, entry, error);
}

static gboolean
has_model (GPtrArray *transcripts, const char *model)
{
  for (guint i = 0; i < transcripts->len; i++)
    if (g_strcmp0 (((const SemioTranscript *) g_ptr_array_index (transcripts, i))->model, model) == 0)
      return TRUE;
  return FALSE;
}

GPtrArray *
semio_transcript_table_load (SemioDatabase *database, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GPtrArray) transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_transcript_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  while (TRUE)
    {
      g_autoptr (SemioTranscript) transcript = NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&transcripts);
      if (has_model (transcripts, semio_statement_get_text (statement, 0)))
        continue;
      transcript = semio_transcript_new (semio_statement_get_text (statement, 0));
      transcript->language = semio_statement_dup_text (statement, 1);
      if (!parse_lines (semio_statement_get_text (statement, 2), transcript, error))
        return NULL;
      g_ptr_array_add (transcripts, g_steal_pointer (&transcript));
    }
}

SemioTranscript *
semio_transcript_table_find (SemioDatabase *database, gint64 recording_id, const char *model, GError **error)
{
  g_autoptr (GPtrArray) transcripts = semio_transcript_table_load (database, recording_id, error);

  for (guint i = 0; transcripts != NULL && i < transcripts->len; i++)
    {
      const SemioTranscript *transcript = g_ptr_array_index (transcripts, i);

      if (model == NULL || g_strcmp0 (transcript->model, model) == 0)
        return g_ptr_array_steal_index (transcripts, i);
    }
  return NULL;
}
