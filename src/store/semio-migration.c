/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-migration.h"

#include "semio-backup.h"
#include "semio-projection.h"
#include "semio-schema-sql.h"
#include "semio-schema.h"

static const char *USER_VERSION_SQL = "PRAGMA user_version";

static gboolean
execute_all (SemioDatabase *database, const char *const *statements, GError **error)
{
  for (gsize i = 0; statements[i] != NULL; i++)
    if (!semio_database_execute (database, statements[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
step_to_2 (SemioDatabase *database, GError **error)
{
  return execute_all (database, semio_schema_sql_v2, error);
}

static gboolean
step_to_3 (SemioDatabase *database, GError **error)
{
  return execute_all (database, semio_schema_sql_v3, error);
}

const SemioMigration semio_migrations[] = {
  { 2, step_to_2 },
  { 3, step_to_3 },
  { 0, NULL },
};

int
semio_migration_get_newest (const SemioMigration *migrations)
{
  int newest = 1;

  for (gsize i = 0; migrations[i].version != 0; i++)
    newest = MAX (newest, migrations[i].version);
  return newest;
}

gboolean
semio_migration_set_version (SemioDatabase *database, int version, GError **error)
{
  /* A pragma takes no parameters; the number is the program's own. */
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", version);

  return semio_database_execute (database, sql, error);
}

static gboolean
apply_one (SemioDatabase *database, const SemioMigration *migration, GError **error)
{
  return migration->step (database, error) && semio_migration_set_version (database, migration->version, error);
}

gboolean
semio_migration_apply (SemioDatabase *database, const SemioMigration *migrations, int up_to, GError **error)
{
  gint64 version;

  if (!semio_database_get_int (database, USER_VERSION_SQL, 0, &version, error))
    return FALSE;
  for (gsize i = 0; migrations[i].version != 0; i++)
    if (migrations[i].version > version && migrations[i].version <= up_to && !apply_one (database, &migrations[i], error))
      return FALSE;
  return TRUE;
}

/* What newer tables hold is made from the entries when all of them are there: steps before the last know only their own. */
static gboolean
apply_with_entries (SemioDatabase *database, const SemioMigration *migration, gboolean is_last, GError **error)
{
  return apply_one (database, migration, error) && (!is_last || semio_projection_rebuild (database, NULL, error));
}

static gboolean
run_one (SemioDatabase *database, const SemioMigration *migration, gboolean is_last, GError **error)
{
  gint64 version;

  if (!semio_database_begin (database, error))
    return FALSE;
  /* Another process may have gone this step in the meantime. */
  if (semio_database_get_int (database, USER_VERSION_SQL, 0, &version, error)
      && (version >= migration->version || apply_with_entries (database, migration, is_last, error)))
    return semio_database_commit (database, error);
  semio_database_rollback (database);
  return FALSE;
}

gboolean
semio_migration_run (SemioDatabase *database, const SemioMigration *migrations, GError **error)
{
  g_autoptr (SemioStudyHead) head = NULL;
  gint64 version;

  if (!semio_database_get_int (database, USER_VERSION_SQL, 0, &version, error))
    return FALSE;
  if (version >= semio_migration_get_newest (migrations))
    return TRUE;

  head = semio_schema_read_head (database, error);
  if (head == NULL || !semio_backup_make (database, &head->uuid, NULL, error))
    return FALSE;
  for (gsize i = 0; migrations[i].version != 0; i++)
    if (migrations[i].version > version && !run_one (database, &migrations[i], migrations[i + 1].version == 0, error))
      return FALSE;
  return TRUE;
}
