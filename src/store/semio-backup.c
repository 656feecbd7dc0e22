/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "semio-clock.h"
#include "semio-known-study.h"
#include "semio-migration.h"
#include "semio-schema.h"
#include "semio-text.h"

#define PAGES_PER_STEP 500
#define SUFFIX ".semio"

static const char *COUNT_SQL = "SELECT count (*) FROM entry";
/* A copy is one file, whatever its source was. */
static const char *ONE_FILE_SQL = "PRAGMA journal_mode = DELETE";

void
semio_backup_free (SemioBackup *backup)
{
  g_object_unref (backup->file);
  g_free (backup);
}

static char *
get_backup_folder (const SemioUuid *study)
{
  g_autofree char *folder = semio_known_study_get_folder ();
  char uuid[SEMIO_UUID_TEXT];

  semio_uuid_format (study, uuid);
  return g_build_filename (folder, "backups", uuid, NULL);
}

static gboolean
copy_pages (SemioDatabase *source, SemioDatabase *target, SemioProgressFunc progress, gpointer progress_data,
            GCancellable *cancellable, GError **error)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (semio_database_get_handle (target), "main", semio_database_get_handle (source), "main");
  int code = SQLITE_OK;

  if (backup == NULL)
    {
      semio_database_set_error (target, sqlite3_errcode (semio_database_get_handle (target)), NULL, error);
      return FALSE;
    }
  while (code == SQLITE_OK && !g_cancellable_is_cancelled (cancellable))
    {
      code = sqlite3_backup_step (backup, PAGES_PER_STEP);
      if (progress != NULL)
        progress (1.0 - (double) sqlite3_backup_remaining (backup) / MAX (1, sqlite3_backup_pagecount (backup)),
                  _ ("Copying the study"), progress_data);
    }
  sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    semio_database_set_error (target, code, NULL, error);
  return FALSE;
}

/* Opens a copy for reading and checks all of it. */
static gboolean
check_copy (const char *path, gint64 *n_entries, GError **error)
{
  const SemioDatabaseFlags flags = SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE;
  g_autoptr (SemioDatabase) copy = semio_database_open (path, flags, NULL, error);
  int version;

  return copy != NULL && semio_schema_identify (copy, G_MAXINT, &version, error) && semio_schema_check (copy, FALSE, error)
         && semio_database_get_int (copy, COUNT_SQL, 0, n_entries, error);
}

static gboolean
sync_path (const char *path, GError **error)
{
  const int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  const gboolean done = fd >= 0 && fsync (fd) == 0;

  if (!done)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED,
                 _ ("“%s” could not be written to disk: %s. See that the disk has room, then try again."), path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
copy_to (SemioDatabase *source, const char *path, gint64 n_entries, SemioProgressFunc progress, gpointer progress_data,
         GCancellable *cancellable, GError **error)
{
  gint64 n_copied;

  {
    g_autoptr (SemioDatabase) target = semio_database_open (path, SEMIO_DATABASE_CREATE, NULL, error);

    if (target == NULL || !copy_pages (source, target, progress, progress_data, cancellable, error)
        || !semio_database_execute (target, ONE_FILE_SQL, error))
      return FALSE;
  }
  if (!check_copy (path, &n_copied, error) || !sync_path (path, error))
    return FALSE;
  if (n_copied == n_entries)
    return TRUE;
  g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED,
               _ ("The copy “%s” lacks entries and was not kept. Verify the study, then try again."), path);
  return FALSE;
}

static void
remove_copy (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

gboolean
semio_backup_copy (SemioDatabase *source, const char *target_path, SemioProgressFunc progress, gpointer progress_data,
                   GCancellable *cancellable, GError **error)
{
  const gboolean own_snapshot = !semio_database_in_transaction (source);
  g_autofree char *folder = g_path_get_dirname (target_path);
  g_autofree char *part = g_strconcat (target_path, ".part", NULL);
  gint64 n_entries;
  gboolean done;

  if (g_file_test (target_path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS, _ ("“%s” is there already. Choose another name."),
                   target_path);
      return FALSE;
    }
  remove_copy (part);
  if (own_snapshot && !semio_database_begin_read (source, error))
    return FALSE;
  done = semio_database_get_int (source, COUNT_SQL, 0, &n_entries, error)
         && copy_to (source, part, n_entries, progress, progress_data, cancellable, error);
  if (own_snapshot)
    semio_database_rollback (source);
  if (done && g_rename (part, target_path) != 0)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED,
                   _ ("“%s” could not be given its name: %s. See that the folder is yours to write, then try again."),
                   target_path, g_strerror (errno));
      done = FALSE;
    }
  if (!done)
    remove_copy (part);
  return done && sync_path (folder, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) b, *(const char *const *) a);
}

/* Names of the backups, newest first; a name is the time in microseconds. */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

gboolean
semio_backup_make (SemioDatabase *source, const SemioUuid *study, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = get_backup_folder (study);
  g_autofree char *name = g_strdup_printf ("%020" G_GINT64_FORMAT SUFFIX, semio_clock_get_utc_us ());
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) names = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED,
                   _ ("The folder for backups “%s” cannot be made: %s. See that the folder above it is yours to write."), folder,
                   g_strerror (errno));
      return FALSE;
    }
  if (!semio_backup_copy (source, path, NULL, NULL, cancellable, error))
    return FALSE;
  names = list_names (folder);
  for (guint i = SEMIO_BACKUP_KEEP; i < names->len; i++)
    {
      g_autofree char *old = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      g_unlink (old);
    }
  return TRUE;
}

static gint64
read_time (const char *name)
{
  g_autofree char *digits = g_strndup (name, strspn (name, "0123456789"));
  gint64 utc_us;

  return semio_text_to_int64 (digits, &utc_us, NULL) ? utc_us : -1;
}

gint64
semio_backup_get_newest_us (const SemioUuid *study)
{
  g_autofree char *folder = get_backup_folder (study);
  g_autoptr (GPtrArray) names = list_names (folder);

  return names->len > 0 ? MAX (read_time (g_ptr_array_index (names, 0)), 0) : 0;
}

GPtrArray *
semio_backup_list (const SemioUuid *study, GCancellable *cancellable)
{
  g_autofree char *folder = get_backup_folder (study);
  g_autoptr (GPtrArray) names = list_names (folder);
  GPtrArray *backups = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_backup_free);

  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      const gint64 utc_us = read_time (name);
      SemioBackup *backup;
      gint64 n_entries;

      if (utc_us < 0 || !check_copy (path, &n_entries, NULL))
        continue;
      backup = g_new0 (SemioBackup, 1);
      backup->file = g_file_new_for_path (path);
      backup->utc_us = utc_us;
      backup->n_entries = n_entries;
      g_ptr_array_add (backups, backup);
    }
  return backups;
}

GPtrArray *
semio_backup_find (GFile *study, GCancellable *cancellable)
{
  g_autofree char *path = g_file_get_path (study);
  g_autoptr (SemioDatabase) database = NULL;
  g_autoptr (SemioStudyHead) head = NULL;
  SemioUuid uuid;

  if (path == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) semio_backup_free);
  database = semio_database_open (path, SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, NULL);
  head = database != NULL ? semio_schema_read_head (database, NULL) : NULL;
  if (head != NULL)
    return semio_backup_list (&head->uuid, cancellable);
  if (semio_known_study_find_path (path, &uuid))
    return semio_backup_list (&uuid, cancellable);
  return g_ptr_array_new_with_free_func ((GDestroyNotify) semio_backup_free);
}

gboolean
semio_backup_restore (const SemioBackup *backup, GFile *target, GError **error)
{
  g_autofree char *from = g_file_get_path (backup->file);
  g_autofree char *to = g_file_get_path (target);
  g_autoptr (SemioDatabase) source = NULL;

  source = semio_database_open (from, SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, error);
  return source != NULL && semio_backup_copy (source, to, NULL, NULL, NULL, error);
}
