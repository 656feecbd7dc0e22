/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-merge.h"

#include <glib/gi18n-lib.h>

#include "semio-file-system.h"
#include "semio-merge-private.h"
#include "semio-schema.h"

/* Opened as what it is: a file from elsewhere. */
static SemioDatabase *
open_other (const char *path, GError **error)
{
  g_autoptr (SemioDatabase) other = NULL;
  SemioDatabaseFlags flags;
  int version;

  if (!semio_file_system_choose_flags (path, TRUE, &flags, error) || !semio_file_system_settle (path, error))
    return NULL;
  other = semio_database_open (path, flags | SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_HOSTILE, NULL, error);
  if (other == NULL || !semio_schema_identify (other, semio_migration_get_newest (semio_migrations), &version, error))
    return NULL;
  if (version < semio_migration_get_newest (semio_migrations))
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                   _ ("“%s” is of an older format. Open it once with this program, then merge again."), path);
      return NULL;
    }
  if (!semio_database_begin_read (other, error) || !semio_schema_compare (other, version, semio_migrations, error)
      || !semio_schema_check (other, FALSE, error))
    return NULL;
  return g_steal_pointer (&other);
}

static gboolean
check_same_study (SemioDatabase *database, SemioDatabase *other, SemioUuid *study, GError **error)
{
  g_autoptr (SemioStudyHead) ours = semio_schema_read_head (database, error);
  g_autoptr (SemioStudyHead) theirs = ours != NULL ? semio_schema_read_head (other, error) : NULL;

  if (theirs == NULL)
    return FALSE;
  *study = ours->uuid;
  if (semio_uuid_equal (&ours->uuid, &theirs->uuid))
    return TRUE;
  g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_OTHER_STUDY,
               _ ("“%s” (“%s”) is another study, not a copy of this one. Only copies of one study can be merged."),
               semio_database_get_path (other), theirs->title);
  return FALSE;
}

SemioMerge *
semio_merge_new (const char *other_path)
{
  SemioMerge *merge = g_new0 (SemioMerge, 1);

  merge->path = g_strdup (other_path);
  return merge;
}

void
semio_merge_free (SemioMerge *merge)
{
  semio_merge_clear_cells (merge);
  semio_merge_clear_entries (merge);
  g_clear_pointer (&merge->other, semio_database_close);
  g_free (merge->path);
  g_free (merge);
}

gboolean
semio_merge_prepare (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  merge->other = open_other (merge->path, error);
  return merge->other != NULL && check_same_study (database, merge->other, &merge->study, error)
         && semio_merge_gather_entries (merge, database, cancellable, error)
         && semio_merge_gather_cells (merge, database, cancellable, error);
}

char *
semio_merge_commit (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  if (!semio_merge_write_cells (merge, database, error) || !semio_merge_write_entries (merge, database, error)
      || !semio_merge_aliases (merge, database, error))
    return NULL;
  return semio_merge_summarize (merge, database, error);
}
