/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-merge-private.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-projection.h"

static const char *TEXTS_SQL = "SELECT hash, salt, text FROM entry_text";
static const char *ADD_TEXT_SQL = "INSERT OR IGNORE INTO entry_text (hash, salt, text) VALUES (?1, ?2, ?3)";
static const char *ENTRIES_SQL = "SELECT e.json, e.hash FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                                 " ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *HAS_TEXT_SQL = "SELECT 1 FROM entry_text WHERE hash = ?1";
static const char *LAST_ENTRY_SQL = "SELECT coalesce (max (id), 0) FROM entry";
static const char *HAS_ENTRY_SQL = "SELECT 1 FROM entry WHERE hash = ?1";
/* The first entry at a place is never marked as forked, and those that are not have an index. */
static const char *HAS_PLACE_SQL =
    "SELECT 1 FROM entry AS e JOIN writer AS w ON w.id = e.writer_id WHERE w.uuid = ?1 AND e.seq = ?2 AND e.forked = 0";
static const char *PAIRS_SQL = "SELECT a.uuid, b.uuid FROM recording AS a JOIN recording AS b"
                               " ON b.medium_id = a.medium_id AND b.uuid > a.uuid"
                               " WHERE a.medium_id IS NOT NULL AND a.pseudonym IS NOT NULL AND b.pseudonym IS NOT NULL"
                               " ORDER BY a.uuid, b.uuid";

#define ENTRIES_PER_LOOK 500

/* A text of the other copy that is not here. */
typedef struct {
  SemioSha256 hash;
  GBytes *salt;
  char *text;
} Text;

static void
clear_text (gpointer data)
{
  Text *text = data;

  g_bytes_unref (text->salt);
  g_free (text->text);
}

void
semio_merge_clear_entries (SemioMerge *merge)
{
  g_clear_pointer (&merge->entries, g_ptr_array_unref);
  g_clear_pointer (&merge->texts, g_array_unref);
}

static gboolean
has_hash (SemioDatabase *database, const char *sql, const SemioSha256 *hash, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_sha256 (statement, 1, hash);
  return semio_statement_step (statement, has, error);
}

static gboolean
gather_texts (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, TEXTS_SQL, error);
  gboolean has_row;

  merge->texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (merge->texts, clear_text);
  if (read == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioSha256 hash;
      gsize length;
      const void *salt;
      Text text;
      gboolean has;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      text.hash = semio_statement_get_sha256 (read, 0);
      salt = semio_statement_get_blob (read, 1, &length);
      hash = semio_entry_text_hash (salt, length, semio_statement_get_text (read, 2));
      if (!has_hash (database, HAS_TEXT_SQL, &text.hash, &has, error))
        return FALSE;
      /* A text that was changed is not the one that was entered. */
      if (has || !semio_sha256_equal (&text.hash, &hash))
        continue;
      text.salt = g_bytes_new (salt, length);
      text.text = semio_statement_dup_text (read, 2);
      g_array_append_val (merge->texts, text);
    }
}

static gboolean
has_place (SemioDatabase *database, const SemioEntry *entry, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HAS_PLACE_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, &entry->writer);
  semio_statement_bind_int (statement, 2, entry->seq);
  return semio_statement_step (statement, has, error);
}

static gboolean
refuse_changed (GError **error)
{
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED,
                       _ ("The other copy holds entries that were changed after they were written, so nothing was taken from it. "
                          "Verify it to see which."));
  return FALSE;
}

static gboolean
gather_entry (SemioMerge *merge, SemioDatabase *database, const char *json, const SemioSha256 *stored, GError **error)
{
  const SemioSha256 hash = semio_sha256_of_text (json);
  SemioEntry *entry;
  gboolean has;

  if (!semio_sha256_equal (&hash, stored))
    return refuse_changed (error);
  if (!has_hash (database, HAS_ENTRY_SQL, &hash, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  entry = semio_entry_parse (json, error);
  if (entry == NULL)
    return FALSE;
  g_ptr_array_add (merge->entries, entry);
  return TRUE;
}

gboolean
semio_merge_gather_entries (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, ENTRIES_SQL, error);
  gboolean has_row;

  merge->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_entry_free);
  if (read == NULL || !gather_texts (merge, database, error)
      || !semio_database_get_int (database, LAST_ENTRY_SQL, 0, &merge->last_entry_id, error)
      || !semio_projection_get_last_ordered (database, 0, &merge->last_lamport, error))
    return FALSE;
  for (guint row = 0;; row++)
    {
      SemioSha256 hash;

      if (row % ENTRIES_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      hash = semio_statement_get_sha256 (read, 1);
      if (!gather_entry (merge, database, semio_statement_get_text (read, 0), &hash, error))
        return FALSE;
    }
}

static gboolean
write_texts (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) add = semio_database_prepare (database, ADD_TEXT_SQL, error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < merge->texts->len; i++)
    {
      const Text *text = &g_array_index (merge->texts, Text, i);
      gsize length;
      const void *salt = g_bytes_get_data (text->salt, &length);

      semio_statement_bind_sha256 (add, 1, &text->hash);
      semio_statement_bind_blob (add, 2, salt, length);
      semio_statement_bind_text (add, 3, text->text);
      if (!semio_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
semio_merge_write_entries (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  gint64 last_lamport;

  if (!semio_projection_get_last_ordered (database, merge->last_entry_id, &last_lamport, error)
      || !write_texts (merge, database, error))
    return FALSE;
  for (guint i = 0; i < merge->entries->len; i++)
    {
      SemioEntry *entry = g_ptr_array_index (merge->entries, i);
      gboolean has, forked;

      if (!has_hash (database, HAS_ENTRY_SQL, &entry->hash, &has, error))
        return FALSE;
      if (has)
        continue;
      if (!has_place (database, entry, &forked, error) || !semio_entry_table_insert (database, entry, forked, FALSE, error))
        return FALSE;
      merge->counts.n_forked += forked;
      semio_merge_count_entry (merge, entry);
      g_ptr_array_add (added, entry);
    }
  return semio_projection_catch_up (database, added, MAX (last_lamport, merge->last_lamport), error);
}

/* What an alias entry takes from the entries that made its two recordings. */
typedef struct {
  gint64 lamport;
  gint64 utc_us;
} Making;

static gboolean
note_making (SemioEntry *entry, gpointer user_data, GError **error)
{
  GHashTable *makings = user_data;
  SemioUuid uuid;
  Making *making;

  if (!semio_entry_payload_get_uuid (entry->payload, "recording", &uuid, NULL) || g_hash_table_contains (makings, &uuid))
    return TRUE;
  making = g_new0 (Making, 1);
  *making = (Making){ entry->lamport, entry->utc_us };
  g_hash_table_insert (makings, g_memdup2 (&uuid, sizeof uuid), making);
  return TRUE;
}

static gboolean
uuid_equal (gconstpointer a, gconstpointer b)
{
  return semio_uuid_equal (a, b);
}

static guint
uuid_hash (gconstpointer key)
{
  return semio_uuid_hash (key);
}

/* A chain of its own with one entry, whose every part follows from the study and the two recordings. */
static SemioEntry *
derive_alias (const SemioUuid *study, const SemioUuid *kept, const SemioUuid *alias, const Making *a, const Making *b)
{
  struct {
    char what[16];
    SemioUuid study;
    SemioUuid kept;
    SemioUuid alias;
  } seed = { "alias", *study, *kept, *alias };
  SemioEntry *entry = semio_entry_new (SEMIO_ENTRY_ALIAS, NULL, json_object_new ());

  semio_entry_payload_set_uuid (entry->payload, "recording", alias);
  semio_entry_payload_set_uuid (entry->payload, "of", kept);
  entry->writer = semio_uuid_from_data (&seed, sizeof seed);
  seed.what[0] = 'A';
  entry->uuid = semio_uuid_from_data (&seed, sizeof seed);
  entry->seq = 1;
  entry->lamport = MAX (a->lamport, b->lamport) + 1;
  entry->utc_us = MAX (a->utc_us, b->utc_us);
  semio_entry_compose (entry, study, NULL);
  return entry;
}

static gboolean
add_alias (SemioMerge *merge, SemioDatabase *database, const SemioUuid *kept, const SemioUuid *alias, GHashTable *makings,
           GError **error)
{
  const Making *a = g_hash_table_lookup (makings, kept);
  const Making *b = g_hash_table_lookup (makings, alias);
  g_autoptr (SemioEntry) entry = NULL;
  gboolean has;

  if (a == NULL || b == NULL)
    return TRUE;
  entry = derive_alias (&merge->study, kept, alias, a, b);
  if (!has_hash (database, HAS_ENTRY_SQL, &entry->hash, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  merge->counts.n_aliases += 1;
  return semio_entry_table_insert (database, entry, FALSE, TRUE, error);
}

gboolean
semio_merge_aliases (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, PAIRS_SQL, error);
  g_autoptr (GHashTable) makings = g_hash_table_new_full (uuid_hash, uuid_equal, g_free, g_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SemioUuid));
  gboolean has_row = TRUE;

  if (read == NULL)
    return FALSE;
  while (has_row)
    {
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      for (int i = 0; has_row && i < 2; i++)
        {
          const SemioUuid uuid = semio_statement_get_uuid (read, i);

          g_array_append_val (pairs, uuid);
        }
    }
  if (pairs->len == 0)
    return TRUE;
  if (!semio_entry_table_foreach (database, SEMIO_ENTRY_RECORDING, note_making, makings, error))
    return FALSE;
  for (guint i = 0; i < pairs->len; i += 2)
    if (!add_alias (merge, database, &g_array_index (pairs, SemioUuid, i), &g_array_index (pairs, SemioUuid, i + 1), makings,
                    error))
      return FALSE;
  return TRUE;
}
