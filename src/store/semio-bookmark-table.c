/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-bookmark-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_TEXT_CHARS 2000

#define BOOKMARK_COLUMNS                                                                                                         \
  "e.uuid, b.person_id, coalesce (c.alias_of, c.id), b.time_ns, t.text, b.utc_us FROM bookmark AS b"                             \
  " JOIN entry AS e ON e.id = b.entry_id JOIN recording AS c ON c.id = b.recording_id"                                           \
  " LEFT JOIN entry_text AS t ON t.hash = b.text_hash"

static const char *APPLY_SQL = "INSERT INTO bookmark (entry_id, person_id, recording_id, time_ns, text_hash, utc_us, current)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, NOT EXISTS (SELECT 1 FROM supersession WHERE superseded = ?7))";
static const char *GET_SQL = "SELECT " BOOKMARK_COLUMNS " WHERE e.uuid = ?1 AND b.current = 1 LIMIT 1";
static const char *LOAD_SQL =
    "SELECT " BOOKMARK_COLUMNS " WHERE b.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
    " AND b.current = 1 ORDER BY b.time_ns, e.hash";
static const char *LOAD_ALL_SQL = "SELECT " BOOKMARK_COLUMNS " WHERE b.current = 1"
                                  " ORDER BY coalesce (c.alias_of, c.id), b.time_ns, e.hash";

gboolean
semio_bookmark_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, APPLY_SQL, error);
  gint64 person_id, recording_id, time_ns;
  SemioSha256 text;

  if (insert == NULL || !semio_json_get_int (entry->payload, "time_ns", &time_ns, error)
      || !semio_projection_ensure_person (database, entry, &person_id, error)
      || !semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &recording_id, error))
    return FALSE;
  semio_statement_bind_int (insert, 1, entry->id);
  semio_statement_bind_int (insert, 2, person_id);
  semio_statement_bind_int (insert, 3, recording_id);
  semio_statement_bind_int (insert, 4, time_ns);
  if (semio_entry_text_get_hash (entry->payload, "text", &text))
    semio_statement_bind_sha256 (insert, 5, &text);
  else
    semio_statement_bind_null (insert, 5);
  semio_statement_bind_int (insert, 6, entry->utc_us);
  semio_statement_bind_uuid (insert, 7, &entry->uuid);
  return semio_statement_run (insert, error);
}

static SemioBookmark *
read_bookmark (SemioStatement *statement)
{
  SemioBookmark *bookmark = semio_bookmark_new ();

  bookmark->entry = semio_statement_get_uuid (statement, 0);
  bookmark->person_id = semio_statement_get_int (statement, 1);
  bookmark->recording_id = semio_statement_get_int (statement, 2);
  bookmark->time_ns = semio_statement_get_int (statement, 3);
  bookmark->text = semio_statement_dup_text (statement, 4);
  bookmark->utc_us = semio_statement_get_int (statement, 5);
  return bookmark;
}

/* (nullable): NULL without error when it stands no more. */
static SemioBookmark *
find_standing (SemioDatabase *database, const SemioUuid *entry, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, GET_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_uuid (statement, 1, entry);
  if (!semio_statement_step (statement, &has_row, error) || !has_row)
    return NULL;
  return read_bookmark (statement);
}

static gboolean
add_superseded (SemioDatabase *database, SemioEntry *entry, const SemioUuid *superseded, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioBookmark) standing = find_standing (database, superseded, &local);

  if (standing != NULL)
    {
      semio_entry_add_supersedes (entry, superseded);
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                         _ ("The bookmark was changed or removed elsewhere meanwhile. Look at it again."));
  return FALSE;
}

SemioBookmark *
semio_bookmark_table_put (SemioDatabase *database, const SemioBookmark *bookmark, GError **error)
{
  g_autofree char *text = bookmark->text != NULL ? semio_text_clean (bookmark->text, -1, MAX_TEXT_CHARS) : g_strdup ("");
  g_autoptr (SemioEntry) entry = NULL;
  SemioUuid person, recording;

  if (bookmark->time_ns < 0)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                           _ ("A bookmark stands at a time of the recording, not before its beginning."));
      return NULL;
    }
  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_PERSON, bookmark->person_id, &person, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, bookmark->recording_id, &recording, error))
    return NULL;
  entry = semio_entry_new (SEMIO_ENTRY_BOOKMARK, &person, json_object_new ());
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  json_object_set_int_member (entry->payload, "time_ns", bookmark->time_ns);
  if ((!semio_uuid_is_nil (&bookmark->entry) && !add_superseded (database, entry, &bookmark->entry, error))
      || !semio_entry_text_set (database, entry->payload, "text", g_strstrip (text), error)
      || !semio_entry_table_append (database, entry, error))
    return NULL;
  return find_standing (database, &entry->uuid, error);
}

gboolean
semio_bookmark_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioUuid *uuid, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioBookmark) standing = find_standing (database, uuid, &local);
  g_autoptr (SemioEntry) entry = NULL;
  SemioUuid person, recording;

  if (standing == NULL)
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_PERSON, person_id, &person, error)
      || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, standing->recording_id, &recording, error))
    return FALSE;
  entry = semio_entry_new (SEMIO_ENTRY_WITHDRAWAL, &person, json_object_new ());
  json_object_set_string_member (entry->payload, "item", SEMIO_ENTRY_BOOKMARK);
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  semio_entry_add_supersedes (entry, uuid);
  return semio_entry_table_append (database, entry, error);
}

GPtrArray *
semio_bookmark_table_load (SemioDatabase *database, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, recording_id == 0 ? LOAD_ALL_SQL : LOAD_SQL, error);
  g_autoptr (GPtrArray) bookmarks = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_bookmark_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  if (recording_id != 0)
    semio_statement_bind_int (statement, 1, recording_id);
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&bookmarks);
      g_ptr_array_add (bookmarks, read_bookmark (statement));
    }
}
