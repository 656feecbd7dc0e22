/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-opening.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "semio-file-error.h"
#include "semio-file-system.h"
#include "semio-known-study.h"

static const char *ONE_FILE_SQL = "PRAGMA journal_mode = DELETE";

void
semio_store_opening_free (SemioStoreOpening *opening)
{
  g_clear_pointer (&opening->reader, semio_database_close);
  g_clear_pointer (&opening->keeper, semio_database_close);
  g_clear_pointer (&opening->writer, semio_database_close);
  g_clear_pointer (&opening->head, semio_study_head_free);
  g_clear_pointer (&opening->remarks, g_ptr_array_unref);
  g_free (opening->read_only_reason);
  g_free (opening);
}

/* The name is taken without a way for two programs to take it at once. */
static gboolean
take_name (const char *path, GError **error)
{
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  const int code = errno; /* before anything else sets it */
  g_autofree char *name = g_filename_display_name (path);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }
  if (code == EEXIST)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS,
                 _ ("“%s” is there already, and nothing is overwritten. Open it, or choose another name."), name);
  else
    {
      g_autofree char *message = semio_file_error_describe_write (path, code);

      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY, message);
    }
  return FALSE;
}

static gboolean
fill (const char *path, const char *title, SemioFeatureSet *features, GError **error)
{
  const SemioDatabaseFlags network = semio_file_system_is_network (path) ? SEMIO_DATABASE_NETWORK : SEMIO_DATABASE_NONE;
  g_autoptr (SemioDatabase) database = semio_database_open (path, SEMIO_DATABASE_CREATE | network, NULL, error);
  g_autoptr (SemioStudyHead) head = NULL;

  if (database == NULL || !semio_database_begin (database, error))
    return FALSE;
  if (!semio_schema_create (database, error) || !semio_schema_write_head (database, NULL, title, features, error))
    {
      semio_database_rollback (database);
      return FALSE;
    }
  if (!semio_database_commit (database, error) || (head = semio_schema_read_head (database, error)) == NULL)
    return FALSE;
  /* A data folder that cannot be written only means a longer check at the next opening. */
  semio_known_study_remember (&head->uuid, database, NULL, TRUE, NULL);
  return semio_database_execute (database, ONE_FILE_SQL, error);
}

gboolean
semio_store_opening_create (const char *path, const char *title, SemioFeatureSet *features, GError **error)
{
  if (!take_name (path, error))
    return FALSE;
  if (fill (path, title, features, error))
    return TRUE;
  g_unlink (path);
  return FALSE;
}

/* A file that is not trusted: everything that could mislead us is looked at before anything is read for use. */
static gboolean
check_unknown (SemioDatabase *database, int version, const SemioMigration *migrations, SemioProgressFunc progress,
               gpointer progress_data, GCancellable *cancellable, GError **error)
{
  gboolean good;

  semio_database_set_cancellable (database, cancellable);
  good = semio_schema_compare (database, version, migrations, error)
         && semio_schema_check_all (database, progress, progress_data, error);
  semio_database_set_cancellable (database, NULL);
  return good;
}

static gboolean
look (SemioStoreOpening *opening, const char *path, SemioStoreOpenFlags flags, const SemioMigration *migrations,
      SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  const SemioDatabaseFlags reading = opening->flags | SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE;
  g_autoptr (SemioDatabase) database = semio_database_open (path, reading, NULL, error);
  g_autoptr (SemioKnownStudy) known = NULL;
  int version;

  if (database == NULL || !semio_schema_identify (database, semio_migration_get_newest (migrations), &version, error))
    return FALSE;
  if (version < semio_migration_get_newest (migrations) && (opening->flags & SEMIO_DATABASE_READ_ONLY))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY,
                   _ ("“%s” is of an older format and would have to be changed to be read, but it was opened for reading only or "
                      "lies where it cannot be written to. Copy it to a folder of your own and open it there."),
                   name);
      return FALSE;
    }
  opening->head = semio_schema_read_head (database, error);
  if (opening->head == NULL)
    return FALSE;
  known = semio_known_study_load (&opening->head->uuid, NULL);
  opening->known = (flags & SEMIO_STORE_OPEN_TRUSTED) || semio_known_study_is_known (known, database, NULL);
  return opening->known || check_unknown (database, version, migrations, progress, progress_data, cancellable, error);
}

static void
explain (SemioStoreOpening *opening, SemioStoreOpenFlags flags)
{
  if (opening->flags & SEMIO_DATABASE_NETWORK)
    g_ptr_array_add (opening->remarks, g_strdup (_ ("The study lies on a network drive: only one program can use it at a time, "
                                                    "and saving takes longer.")));
  if (!(opening->flags & SEMIO_DATABASE_READ_ONLY))
    return;
  if (flags & SEMIO_STORE_OPEN_READ_ONLY)
    opening->read_only_reason = g_strdup (_ ("The study was opened for reading only."));
  else
    opening->read_only_reason = g_strdup (_ ("The study lies where it cannot be written to. Save a copy in a folder of your own "
                                             "to work on it."));
}

static gboolean
connect (SemioStoreOpening *opening, const char *path, const SemioMigration *migrations, const char *vfs, GError **error)
{
  const SemioDatabaseFlags reading = opening->flags | SEMIO_DATABASE_READ_ONLY;

  if (!(opening->flags & SEMIO_DATABASE_READ_ONLY))
    {
      opening->writer = semio_database_open (path, opening->flags, vfs, error);
      if (opening->writer == NULL || !semio_migration_run (opening->writer, migrations, error))
        return FALSE;
    }
  if (opening->writer != NULL && (opening->flags & SEMIO_DATABASE_NETWORK))
    return TRUE;
  opening->reader = semio_database_open (path, reading, vfs, error);
  if (opening->reader == NULL)
    return FALSE;
  if (opening->writer != NULL)
    opening->keeper = semio_database_open (path, opening->flags, vfs, error);
  return opening->writer == NULL || opening->keeper != NULL;
}

SemioStoreOpening *
semio_store_opening_run (const char *path, SemioStoreOpenFlags flags, const SemioMigration *migrations, const char *vfs,
                         SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStoreOpening) opening = g_new0 (SemioStoreOpening, 1);

  opening->remarks = g_ptr_array_new_with_free_func (g_free);
  if (!semio_file_system_choose_flags (path, (flags & SEMIO_STORE_OPEN_READ_ONLY) != 0, &opening->flags, error)
      || !semio_file_system_settle (path, error)
      || !look (opening, path, flags, migrations, progress, progress_data, cancellable, error)
      || !connect (opening, path, migrations, vfs, error))
    return NULL;
  explain (opening, flags);
  return g_steal_pointer (&opening);
}
