/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-backup.h"
#include "semio-verify-chains.h"

#define SHORT_TEXT 8

static const char *HAS_SQL = "SELECT 1 FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                             " WHERE w.uuid = ?1 AND e.seq = ?2 AND e.hash = ?3";
static const char *LAST_SQL = "SELECT coalesce (max (e.seq), 0) FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                              " WHERE w.uuid = ?1";
static const char *HEADS_SQL = "SELECT uuid, seq, hash FROM writer WHERE seq > 0";

static gboolean
has_entry (SemioDatabase *database, const SemioUuid *writer, gint64 seq, const SemioSha256 *hash, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HAS_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, writer);
  semio_statement_bind_int (statement, 2, seq);
  semio_statement_bind_sha256 (statement, 3, hash);
  return semio_statement_step (statement, has, error);
}

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
came_since (SemioVerify *verify, const SemioKnownWriter *known)
{
  const char *path = semio_database_get_path (verify->database);
  g_autoptr (SemioDatabase) now = semio_database_open (path, SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, NULL);
  gboolean has = FALSE;

  return now != NULL && has_entry (now, &known->writer, known->seq, &known->hash, &has, NULL) && has;
}

static gboolean
check_known (SemioVerify *verify, const SemioKnownWriter *known, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (semio_database_get_path (verify->database), NULL);
  char uuid[SEMIO_UUID_TEXT];
  gint64 last;
  gboolean has;

  if (known->seq == 0)
    return TRUE;
  if (!has_entry (verify->database, &known->writer, known->seq, &known->hash, &has, error)
      || !get_last (verify->database, &known->writer, &last, error))
    return FALSE;
  if (has || (last < known->seq && came_since (verify, known)))
    return TRUE;
  semio_uuid_format (&known->writer, uuid);
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
      SemioUuid writer;
      SemioSha256 hash;
      gboolean has;

      if (!semio_statement_step (heads, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      writer = semio_statement_get_uuid (heads, 0);
      hash = semio_statement_get_sha256 (heads, 2);
      if (!has_entry (verify->database, &writer, semio_statement_get_int (heads, 1), &hash, &has, error))
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

  for (guint i = 0; known != NULL && i < known->writers->len; i++)
    if (!check_known (verify, &g_array_index (known->writers, SemioKnownWriter, i), error))
      return FALSE;
  return check_backup (verify, error);
}
