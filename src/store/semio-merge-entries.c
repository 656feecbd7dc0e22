/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-merge-entries.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"

static const char *TEXTS_SQL = "SELECT hash, salt, text FROM entry_text";
static const char *ADD_TEXT_SQL = "INSERT OR IGNORE INTO entry_text (hash, salt, text) VALUES (?1, ?2, ?3)";
static const char *ENTRIES_SQL = "SELECT e.json, e.hash FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                                 " ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *HAS_ENTRY_SQL = "SELECT 1 FROM entry WHERE hash = ?1";
static const char *HAS_PLACE_SQL =
    "SELECT 1 FROM entry AS e JOIN writer AS w ON w.id = e.writer_id WHERE w.uuid = ?1 AND e.seq = ?2";
static const char *PAIRS_SQL = "SELECT a.uuid, b.uuid FROM recording AS a JOIN recording AS b"
                               " ON b.medium_id = a.medium_id AND b.uuid > a.uuid"
                               " WHERE a.medium_id IS NOT NULL AND a.pseudonym IS NOT NULL AND b.pseudonym IS NOT NULL"
                               " ORDER BY a.uuid, b.uuid";

static gboolean
merge_texts (SemioDatabase *database, SemioDatabase *other, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (other, TEXTS_SQL, error);
  g_autoptr (SemioStatement) add = read != NULL ? semio_database_prepare (database, ADD_TEXT_SQL, error) : NULL;
  gboolean has_row;

  if (add == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioSha256 stored, hash;
      gsize length;
      const void *salt;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      stored = semio_statement_get_sha256 (read, 0);
      salt = semio_statement_get_blob (read, 1, &length);
      hash = semio_entry_text_hash (salt, length, semio_statement_get_text (read, 2));
      /* A text that was changed is not the one that was entered. */
      if (!semio_sha256_equal (&stored, &hash))
        continue;
      semio_statement_bind_sha256 (add, 1, &stored);
      semio_statement_bind_blob (add, 2, salt, length);
      semio_statement_bind_text (add, 3, semio_statement_get_text (read, 2));
      if (!semio_statement_run (add, error))
        return FALSE;
    }
}

static gboolean
has_entry (SemioDatabase *database, const SemioSha256 *hash, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HAS_ENTRY_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_sha256 (statement, 1, hash);
  return semio_statement_step (statement, has, error);
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
merge_entry (SemioDatabase *database, const char *json, const SemioSha256 *stored, const SemioUuid *study,
             SemioMergeCounts *counts, GError **error)
{
  const SemioSha256 hash = semio_sha256_of_text (json);
  g_autoptr (SemioEntry) entry = NULL;
  gboolean has, forked;

  if (!semio_sha256_equal (&hash, stored))
    return refuse_changed (error);
  if (!has_entry (database, &hash, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  entry = semio_entry_parse (json, error);
  if (entry == NULL || !has_place (database, entry, &forked, error))
    return FALSE;
  counts->n_entries += 1;
  counts->n_forked += forked;
  return semio_entry_table_insert (database, entry, forked, FALSE, error);
}

gboolean
semio_merge_entries (SemioDatabase *database, SemioDatabase *other, const SemioUuid *study, SemioMergeCounts *counts,
                     GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (other, ENTRIES_SQL, error);
  gboolean has_row;

  if (read == NULL || !merge_texts (database, other, error))
    return FALSE;
  while (TRUE)
    {
      SemioSha256 hash;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      hash = semio_statement_get_sha256 (read, 1);
      if (!merge_entry (database, semio_statement_get_text (read, 0), &hash, study, counts, error))
        return FALSE;
    }
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
add_alias (SemioDatabase *database, const SemioUuid *study, const SemioUuid *kept, const SemioUuid *alias, GHashTable *makings,
           SemioMergeCounts *counts, GError **error)
{
  const Making *a = g_hash_table_lookup (makings, kept);
  const Making *b = g_hash_table_lookup (makings, alias);
  g_autoptr (SemioEntry) entry = NULL;
  gboolean has;

  if (a == NULL || b == NULL)
    return TRUE;
  entry = derive_alias (study, kept, alias, a, b);
  if (!has_entry (database, &entry->hash, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  counts->n_aliases += 1;
  return semio_entry_table_insert (database, entry, FALSE, TRUE, error);
}

gboolean
semio_merge_aliases (SemioDatabase *database, const SemioUuid *study, SemioMergeCounts *counts, GError **error)
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
    if (!add_alias (database, study, &g_array_index (pairs, SemioUuid, i), &g_array_index (pairs, SemioUuid, i + 1), makings,
                    counts, error))
      return FALSE;
  return TRUE;
}
