/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-entry-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-clock.h"
#include "semio-entry-private.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection.h"

#define SALT_BYTES 16
#define MAX_LAMPORT (G_GINT64_CONSTANT (1) << 53)

static const char *STUDY_UUID_SQL = "SELECT uuid FROM study WHERE id = 1";
static const char *WRITER_SQL = "SELECT id, seq, hash, head_entry_id FROM writer WHERE uuid = ?1";
static const char *LAMPORT_SQL = "SELECT coalesce (max (lamport), 0) FROM entry";
/* Heads that this writer has not named yet: rows that came after its own last entry. */
static const char *NEW_HEADS_SQL = "SELECT uuid, seq, hash FROM writer"
                                   " WHERE head_entry_id > ?1 AND id <> ?2 AND seq > 0 ORDER BY uuid";
static const char *INSERT_SQL = "INSERT INTO entry (uuid, writer_id, seq, lamport, kind, json, hash, forked)"
                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char *HEAD_SQL = "UPDATE writer SET seq = ?2, hash = ?3, head_entry_id = ?4 WHERE id = ?1 AND seq < ?2";
static const char *INSERT_TEXT_SQL = "INSERT OR IGNORE INTO entry_text (hash, salt, text) VALUES (?1, ?2, ?3)";
static const char *TEXT_SQL = "SELECT text FROM entry_text WHERE hash = ?1";
static const char *COUNT_SQL = "SELECT count (*) FROM entry";
static const char *ALL_SQL = "SELECT e.id, e.json FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                             " ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *KIND_SQL = "SELECT e.id, e.json FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                              " WHERE e.kind = ?1 ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *ORDERED_SQL = "SELECT e.id, e.json FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                                 " WHERE e.kind NOT IN " SEMIO_ENTRY_ANY_ORDER_SQL " ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *FIND_SQL = "SELECT id, json FROM entry WHERE uuid = ?1 ORDER BY id LIMIT 1";

SemioSha256
semio_entry_text_hash (const void *salt, gsize salt_length, const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, salt, (guint) salt_length);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
  return semio_sha256_of_data (bytes->data, bytes->len);
}

gboolean
semio_entry_text_store (SemioDatabase *database, const char *text, SemioSha256 *hash, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, INSERT_TEXT_SQL, error);
  guint8 salt[SALT_BYTES];

  if (insert == NULL)
    return FALSE;
  semio_random_bytes (salt, sizeof salt);
  *hash = semio_entry_text_hash (salt, sizeof salt, text);
  semio_statement_bind_sha256 (insert, 1, hash);
  semio_statement_bind_blob (insert, 2, salt, sizeof salt);
  semio_statement_bind_text (insert, 3, text);
  return semio_statement_run (insert, error);
}

gboolean
semio_entry_text_set (SemioDatabase *database, JsonObject *payload, const char *member, const char *text, GError **error)
{
  JsonObject *object;
  SemioSha256 hash;
  char hex[SEMIO_SHA256_TEXT];

  if (text == NULL || *text == '\0')
    {
      json_object_set_null_member (payload, member);
      return TRUE;
    }
  if (!semio_entry_text_store (database, text, &hash, error))
    return FALSE;
  semio_sha256_format (&hash, hex);
  object = json_object_new ();
  json_object_set_string_member (object, SEMIO_ENTRY_TEXT, hex);
  json_object_set_object_member (payload, member, object);
  return TRUE;
}

gboolean
semio_entry_text_get_hash (JsonObject *payload, const char *member, SemioSha256 *hash)
{
  JsonNode *node = json_object_get_member (payload, member);
  const char *hex;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  hex = semio_json_get_text_or (json_node_get_object (node), SEMIO_ENTRY_TEXT, NULL);
  return hex != NULL && semio_sha256_parse (hex, hash, NULL);
}

static char *
find_text (SemioDatabase *database, const SemioSha256 *hash)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, TEXT_SQL, NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_sha256 (statement, 1, hash);
  if (!semio_statement_step (statement, &has_row, NULL) || !has_row)
    return NULL;
  return semio_statement_dup_text (statement, 0);
}

char *
semio_entry_text_get (SemioDatabase *database, JsonObject *payload, const char *member)
{
  SemioSha256 hash;

  return semio_entry_text_get_hash (payload, member, &hash) ? find_text (database, &hash) : NULL;
}

typedef struct {
  gint64 id;
  gint64 seq;
  gint64 head_entry_id;
  SemioSha256 hash;
} WriterHead;

static gboolean
read_writer (SemioDatabase *database, const SemioUuid *uuid, WriterHead *head, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, WRITER_SQL, error);
  gboolean has_row;

  *head = (WriterHead){ 0 };
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, uuid);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return semio_identity_ensure (database, SEMIO_IDENTITY_WRITER, uuid, &head->id, error);
  head->id = semio_statement_get_int (statement, 0);
  head->seq = semio_statement_get_int (statement, 1);
  head->hash = semio_statement_get_sha256 (statement, 2);
  head->head_entry_id = semio_statement_get_int (statement, 3);
  return TRUE;
}

static JsonObject *
read_new_heads (SemioDatabase *database, const WriterHead *own, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, NEW_HEADS_SQL, error);
  g_autoptr (JsonObject) heads = json_object_new ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, own->head_entry_id);
  semio_statement_bind_int (statement, 2, own->id);
  while (TRUE)
    {
      SemioUuid uuid;
      SemioSha256 hash;
      char uuid_text[SEMIO_UUID_TEXT];
      char hash_text[SEMIO_SHA256_TEXT];
      JsonArray *head;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&heads);
      uuid = semio_statement_get_uuid (statement, 0);
      hash = semio_statement_get_sha256 (statement, 2);
      semio_uuid_format (&uuid, uuid_text);
      semio_sha256_format (&hash, hash_text);
      head = json_array_new ();
      json_array_add_int_element (head, semio_statement_get_int (statement, 1));
      json_array_add_string_element (head, hash_text);
      json_object_set_array_member (heads, uuid_text, head);
    }
}

static gboolean
read_study_uuid (SemioDatabase *database, SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, STUDY_UUID_SQL, error);
  gboolean has_row;

  if (statement == NULL || !semio_statement_step (statement, &has_row, error))
    return FALSE;
  *uuid = semio_statement_get_uuid (statement, 0);
  return TRUE;
}

/* Random, but bound to its place in the chain too, so that a repeated stream of random numbers repeats no identity. */
static SemioUuid
make_uuid (const SemioUuid *writer, gint64 seq)
{
  struct {
    SemioUuid writer;
    gint64 seq;
    guint8 random[16];
  } seed = { *writer, seq, { 0 } };

  semio_random_bytes (seed.random, sizeof seed.random);
  return semio_uuid_from_data (&seed, sizeof seed);
}

gboolean
semio_entry_table_insert (SemioDatabase *database, SemioEntry *entry, gboolean forked, gboolean apply, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, INSERT_SQL, error);
  g_autoptr (SemioStatement) update = NULL;
  gint64 writer_id;

  if (insert == NULL || !semio_identity_ensure (database, SEMIO_IDENTITY_WRITER, &entry->writer, &writer_id, error))
    return FALSE;
  semio_statement_bind_uuid (insert, 1, &entry->uuid);
  semio_statement_bind_int (insert, 2, writer_id);
  semio_statement_bind_int (insert, 3, entry->seq);
  semio_statement_bind_int (insert, 4, entry->lamport);
  semio_statement_bind_text (insert, 5, entry->kind);
  semio_statement_bind_text (insert, 6, entry->json);
  semio_statement_bind_sha256 (insert, 7, &entry->hash);
  semio_statement_bind_int (insert, 8, forked);
  if (!semio_statement_run (insert, error))
    return FALSE;
  entry->id = semio_database_get_last_row_id (database);

  update = semio_database_prepare (database, HEAD_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, writer_id);
  semio_statement_bind_int (update, 2, entry->seq);
  semio_statement_bind_sha256 (update, 3, &entry->hash);
  semio_statement_bind_int (update, 4, entry->id);
  if (!semio_statement_run (update, error))
    return FALSE;
  return !apply || semio_projection_apply (database, entry, error);
}

gboolean
semio_entry_table_append (SemioDatabase *database, SemioEntry *entry, GError **error)
{
  const SemioUuid *writer = semio_database_get_writer (database);
  g_autofree char *reason_hash = NULL;
  SemioUuid study;
  WriterHead head;

  g_return_val_if_fail (semio_database_in_transaction (database), FALSE);
  if (writer == NULL)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY,
                           _ ("The study is open for reading only. Save a copy in a folder of your own and open that."));
      return FALSE;
    }
  if (!read_study_uuid (database, &study, error) || !read_writer (database, writer, &head, error)
      || !semio_database_get_int (database, LAMPORT_SQL, 0, &entry->lamport, error))
    return FALSE;
  if (entry->lamport >= MAX_LAMPORT)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED,
                           _ ("The study's order of entries is broken: their counter is impossibly high."));
      return FALSE;
    }
  g_clear_pointer (&entry->heads, json_object_unref);
  entry->heads = read_new_heads (database, &head, error);
  if (entry->heads == NULL)
    return FALSE;
  if (entry->reason != NULL)
    {
      SemioSha256 hash;

      if (!semio_entry_text_store (database, entry->reason, &hash, error))
        return FALSE;
      reason_hash = semio_sha256_to_string (&hash);
    }

  entry->lamport += 1;
  entry->writer = *writer;
  entry->seq = head.seq + 1;
  entry->prev = head.hash;
  entry->uuid = make_uuid (writer, entry->seq);
  entry->utc_us = semio_clock_get_utc_us ();
  entry->offset_min = semio_clock_get_offset_min ();
  semio_entry_compose (entry, &study, reason_hash);
  return semio_entry_table_insert (database, entry, FALSE, TRUE, error);
}

static SemioEntry *
read_entry (SemioDatabase *database, SemioStatement *statement, GError **error)
{
  SemioEntry *entry = semio_entry_parse (semio_statement_get_text (statement, 1), error);

  if (entry != NULL)
    entry->id = semio_statement_get_int (statement, 0);
  return entry;
}

static gboolean
visit_entry (SemioDatabase *database, SemioStatement *statement, SemioEntryFunc func, gpointer user_data, GError **error)
{
  g_autoptr (SemioEntry) entry = read_entry (database, statement, error);

  return entry != NULL && func (entry, user_data, error);
}

static gboolean
visit_entries (SemioDatabase *database, const char *sql, const char *kind, SemioEntryFunc func, gpointer user_data,
               GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  if (kind != NULL)
    semio_statement_bind_text (statement, 1, kind);
  while (TRUE)
    {
      g_autoptr (GError) local = NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!visit_entry (database, statement, func, user_data, &local))
        {
          if (local == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
}

gboolean
semio_entry_table_foreach (SemioDatabase *database, const char *kind, SemioEntryFunc func, gpointer user_data, GError **error)
{
  return visit_entries (database, kind != NULL ? KIND_SQL : ALL_SQL, kind, func, user_data, error);
}

gboolean
semio_entry_table_foreach_ordered (SemioDatabase *database, SemioEntryFunc func, gpointer user_data, GError **error)
{
  return visit_entries (database, ORDERED_SQL, NULL, func, user_data, error);
}

gboolean
semio_entry_table_count (SemioDatabase *database, gint64 *n_entries, GError **error)
{
  return semio_database_get_int (database, COUNT_SQL, 0, n_entries, error);
}

SemioEntry *
semio_entry_table_find (SemioDatabase *database, const SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_uuid (statement, 1, uuid);
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, _ ("The entry is not in the study."));
      return NULL;
    }
  return read_entry (database, statement, error);
}
