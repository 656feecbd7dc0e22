/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-backup.h"
#include "semio-verify-chains.h"

#define SHORT_TEXT 8

static const char *LAST_SQL = "SELECT coalesce (max (e.seq), 0) FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                              " WHERE w.uuid = ?1";
static const char *HEADS_SQL = "SELECT uuid, seq, hash FROM writer WHERE seq > 0";

static gboolean
get_last (SemioDatabase *database, const SemioUuid *writer, gint64 *seq, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LAST_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, writer);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  *seq = has_row ? semio_statement_get_int (statement, 0) : 0;
  return TRUE;
}

/* Verifying reads one moment of the file; what was judged after it is in the file and known, but not in that moment. */
static gboolean
came_since (SemioVerify *verify, const SemioKnownHead *known)
{
  const char *path = semio_database_get_path (verify->database);
  g_autoptr (SemioDatabase) now = semio_database_open (path, SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, NULL);
  gboolean has = FALSE;

  return now != NULL && semio_known_head_is_in (known, now, &has, NULL) && has;
}

static gboolean
check_known (SemioVerify *verify, const SemioKnownWriter *known, GHashTable *told, GError **error)
{
  const SemioKnownHead head = { known->writer, known->seq, known->hash };
  g_autofree char *path = g_canonicalize_filename (semio_database_get_path (verify->database), NULL);
  char uuid[SEMIO_UUID_TEXT];
  gint64 last;
  gboolean has;

  if (known->seq == 0)
    return TRUE;
  if (!semio_known_head_is_in (&head, verify->database, &has, error)
      || !get_last (verify->database, &known->writer, &last, error))
    return FALSE;
  if (has || (last < known->seq && came_since (verify, &head)))
    return TRUE;
  semio_uuid_format (&known->writer, uuid);
  if (last >= known->seq || g_strcmp0 (known->path, path) == 0)
    g_hash_table_add (told, g_strdup (uuid));
  uuid[SHORT_TEXT] = '\0';
  if (last >= known->seq)
    semio_verify_find (verify, _ ("Entry %d of writer %s is not the one that this computer wrote."), (int) known->seq, uuid);
  else if (g_strcmp0 (known->path, path) == 0)
    semio_verify_find (verify,
                       _ ("The end was cut: this computer wrote %d entries as writer %s, and %d are there. The file may be an "
                          "older copy put back; a backup may hold the rest."),
                       (int) known->seq, uuid, (int) last);
  else
    semio_verify_remark (verify, _ ("Another copy of this study (%s) has %d more entries of writer %s."),
                         known->path != NULL ? known->path : "?", (int) (known->seq - last), uuid);
  return TRUE;
}

/* What others wrote, and what was seen here before the newest of our own writers. */
static gboolean
check_seen (SemioVerify *verify, const SemioKnownHead *head, GHashTable *told, GError **error)
{
  char uuid[SEMIO_UUID_TEXT];
  gint64 last;
  gboolean has;

  semio_uuid_format (&head->writer, uuid);
  if (g_hash_table_contains (told, uuid))
    return TRUE;
  if (!semio_known_head_is_in (head, verify->database, &has, error) || !get_last (verify->database, &head->writer, &last, error))
    return FALSE;
  if (has || (last < head->seq && came_since (verify, head)))
    return TRUE;
  uuid[SHORT_TEXT] = '\0';
  if (last >= head->seq)
    semio_verify_find (verify, _ ("Entry %d of writer %s is not the one that this file once had."), (int) head->seq, uuid);
  else
    semio_verify_find (verify,
                       _ ("The end was cut: this file once had %d entries of writer %s, and %d are there. It may be an older "
                          "copy put back; a backup may hold the rest."),
                       (int) head->seq, uuid, (int) last);
  return TRUE;
}

static gboolean
check_backup (SemioVerify *verify, GError **error)
{
  g_autoptr (GPtrArray) backups = semio_backup_list (&verify->study, NULL);
  const SemioBackup *newest = backups->len > 0 ? g_ptr_array_index (backups, 0) : NULL;
  g_autofree char *path = newest != NULL ? g_file_get_path (newest->file) : NULL;
  g_autoptr (SemioDatabase) backup = NULL;
  g_autoptr (SemioStatement) heads = NULL;
  gboolean has_row = TRUE;
  guint n_missing = 0;

  if (newest == NULL)
    return TRUE;
  backup = semio_database_open (path, SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, NULL);
  heads = backup != NULL ? semio_database_prepare (backup, HEADS_SQL, NULL) : NULL;
  while (heads != NULL && has_row)
    {
      SemioKnownHead head = { 0 };
      gboolean has;

      if (!semio_statement_step (heads, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      head.writer = semio_statement_get_uuid (heads, 0);
      head.seq = semio_statement_get_int (heads, 1);
      head.hash = semio_statement_get_sha256 (heads, 2);
      if (!semio_known_head_is_in (&head, verify->database, &has, error))
        return FALSE;
      n_missing += !has;
    }
  if (n_missing > 0)
    semio_verify_remark (verify, _ ("The backup “%s” holds entries that this copy lacks."), path);
  return TRUE;
}

gboolean
semio_verify_tails (SemioVerify *verify, GError **error)
{
  g_autoptr (SemioKnownStudy) known = semio_known_study_load (&verify->study, NULL);
  const SemioKnownCopy *copy = known != NULL ? semio_known_copies_find (known->copies, verify->database) : NULL;
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; known != NULL && i < known->writers->len; i++)
    if (!check_known (verify, &g_array_index (known->writers, SemioKnownWriter, i), told, error))
      return FALSE;
  for (guint i = 0; copy != NULL && i < copy->heads->len; i++)
    if (!check_seen (verify, &g_array_index (copy->heads, SemioKnownHead, i), told, error))
      return FALSE;
  return check_backup (verify, error);
}
