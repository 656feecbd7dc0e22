/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-schema.h"

#include <glib/gi18n-lib.h>

#include "semio-clock.h"
#include "semio-schema-sql.h"
#include "semio-text.h"

static const char *APPLICATION_ID_SQL = "PRAGMA application_id";
static const char *SET_APPLICATION_ID_SQL = "PRAGMA application_id = 1397050697"; /* SEMIO_DATABASE_APPLICATION_ID */
static const char *USER_VERSION_SQL = "PRAGMA user_version";
static const char *INSERT_HEAD_SQL = "INSERT INTO study (id, uuid, title, features, created_utc_us, program)"
                                     " VALUES (1, ?1, ?2, ?3, ?4, 'semioscope')";
static const char *INSERT_FEATURE_SQL = "INSERT INTO feature (id, name) VALUES (?1, ?2)";
static const char *READ_HEAD_SQL = "SELECT uuid, title, features, created_utc_us FROM study WHERE id = 1";
static const char *OBJECTS_SQL = "SELECT type, name, coalesce (sql, '') FROM sqlite_schema"
                                 " WHERE name NOT LIKE 'sqlite\\_autoindex\\_%' ESCAPE '\\' ORDER BY type, name";
/* Tables come before what hangs on them. */
static const char *COPY_SQL = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type <> 'table', rowid";
static const char *INTEGRITY_SQL = "PRAGMA integrity_check (20)";
static const char *QUICK_SQL = "PRAGMA quick_check (20)";
static const char *INTEGRITY_TABLE_SQL = "SELECT integrity_check FROM pragma_integrity_check (?1)";
static const char *TABLES_SQL = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
static const char *FOREIGN_SQL = "PRAGMA foreign_key_check";

G_STATIC_ASSERT (SEMIO_DATABASE_APPLICATION_ID == 1397050697);

void
semio_study_head_free (SemioStudyHead *head)
{
  g_free (head->title);
  g_free (head->features);
  g_free (head);
}

static gboolean
create_first (SemioDatabase *database, GError **error)
{
  for (gsize i = 0; semio_schema_sql_v1[i] != NULL; i++)
    if (!semio_database_execute (database, semio_schema_sql_v1[i], error))
      return FALSE;
  return semio_database_execute (database, SET_APPLICATION_ID_SQL, error) && semio_migration_set_version (database, 1, error);
}

gboolean
semio_schema_create (SemioDatabase *database, GError **error)
{
  return create_first (database, error) && semio_migration_apply (database, semio_migrations, G_MAXINT, error);
}

gboolean
semio_schema_write_head (SemioDatabase *database, const SemioUuid *uuid, const char *title, SemioFeatureSet *features,
                         GError **error)
{
  g_autoptr (SemioStatement) head = semio_database_prepare (database, INSERT_HEAD_SQL, error);
  g_autoptr (SemioStatement) feature = semio_database_prepare (database, INSERT_FEATURE_SQL, error);
  g_autofree char *json = semio_feature_set_to_json (features);
  const SemioUuid made = uuid != NULL ? *uuid : semio_uuid_new ();
  g_autofree char *clean = semio_text_clean (title, -1, 200);

  if (head == NULL || feature == NULL)
    return FALSE;
  semio_statement_bind_uuid (head, 1, &made);
  semio_statement_bind_text (head, 2, clean);
  semio_statement_bind_text (head, 3, json);
  semio_statement_bind_int (head, 4, semio_clock_get_utc_us ());
  if (!semio_statement_run (head, error))
    return FALSE;
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      semio_statement_bind_int (feature, 1, i);
      semio_statement_bind_text (feature, 2, semio_feature_set_get (features, i)->id);
      if (!semio_statement_run (feature, error))
        return FALSE;
    }
  return TRUE;
}

SemioStudyHead *
semio_schema_read_head (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, READ_HEAD_SQL, error);
  SemioStudyHead *head;
  gboolean has_row;

  if (statement == NULL || !semio_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED,
                   _ ("“%s” does not say which study it is. A backup may hold a good copy."), semio_database_get_path (database));
      return NULL;
    }
  head = g_new0 (SemioStudyHead, 1);
  head->uuid = semio_statement_get_uuid (statement, 0);
  head->title = semio_statement_dup_text (statement, 1);
  head->features = semio_statement_dup_text (statement, 2);
  head->created_utc_us = semio_statement_get_int (statement, 3);
  return head;
}

gboolean
semio_schema_identify (SemioDatabase *database, int newest_version, int *version, GError **error)
{
  g_autofree char *name = g_filename_display_name (semio_database_get_path (database));
  gint64 application, user_version;

  if (!semio_database_get_int (database, APPLICATION_ID_SQL, 0, &application, error)
      || !semio_database_get_int (database, USER_VERSION_SQL, 0, &user_version, error))
    return FALSE;
  if (application != SEMIO_DATABASE_APPLICATION_ID || user_version < 1)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_A_STUDY,
                   _ ("“%s” is a database, but not a study of Semioscope. Choose a file whose name ends in “.semio”."), name);
      return FALSE;
    }
  if (user_version > newest_version)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NEWER,
                   _ ("“%s” was written by a newer Semioscope (version %d of the format; this one knows %d). "
                      "Open it with the newer program; nothing was changed."),
                   name, (int) user_version, newest_version);
      return FALSE;
    }
  *version = (int) user_version;
  return TRUE;
}

/* All objects as one text. */
static char *
list_objects (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, OBJECTS_SQL, error);
  g_autoptr (GString) list = g_string_new (NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      for (int i = 0; i < 3; i++)
        {
          g_string_append (list, semio_statement_get_text (statement, i));
          g_string_append_c (list, '\n');
        }
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

gboolean
semio_schema_compare (SemioDatabase *database, int version, const SemioMigration *migrations, GError **error)
{
  g_autoptr (SemioDatabase) fresh = semio_database_open_temporary (error);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (fresh == NULL || !create_first (fresh, error) || !semio_migration_apply (fresh, migrations, version, error))
    return FALSE;
  ours = list_objects (fresh, error);
  theirs = ours != NULL ? list_objects (database, error) : NULL;
  if (theirs == NULL)
    return FALSE;
  if (g_str_equal (ours, theirs))
    return TRUE;
  g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_A_STUDY,
               _ ("“%s” has other tables or rules than a study of Semioscope has, so it is not opened. If it is your study, a "
                  "backup may hold a good copy."),
               semio_database_get_path (database));
  return FALSE;
}

gboolean
semio_schema_copy (SemioDatabase *from, SemioDatabase *to, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (from, COPY_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      /* Opening has compared these words with the program's own. */
      if (!semio_database_execute (to, semio_statement_get_text (statement, 0), error))
        return FALSE;
    }
}

static gboolean
run_check (SemioDatabase *database, const char *sql, const char *table, gboolean rows_are_faults, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  g_autoptr (GString) faults = g_string_new (NULL);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  if (table != NULL)
    semio_statement_bind_text (statement, 1, table);
  while (has_row)
    {
      const char *text;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      text = has_row ? semio_statement_get_text (statement, 0) : NULL;
      if (has_row && (rows_are_faults || g_strcmp0 (text, "ok") != 0) && faults->len < 400)
        g_string_append_printf (faults, "%s%s", faults->len > 0 ? "; " : "", text != NULL ? text : "?");
    }
  if (faults->len == 0)
    return TRUE;
  g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED, _ ("“%s” is damaged (%s). A backup may hold a good copy."),
               semio_database_get_path (database), faults->str);
  return FALSE;
}

gboolean
semio_schema_check (SemioDatabase *database, gboolean quick, GError **error)
{
  return run_check (database, quick ? QUICK_SQL : INTEGRITY_SQL, NULL, FALSE, error)
         && (quick || run_check (database, FOREIGN_SQL, NULL, TRUE, error));
}

static GPtrArray *
list_tables (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, TABLES_SQL, error);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&tables);
      g_ptr_array_add (tables, semio_statement_dup_text (statement, 0));
    }
}

gboolean
semio_schema_check_all (SemioDatabase *database, SemioProgressFunc progress, gpointer progress_data, GError **error)
{
  g_autoptr (GPtrArray) tables = list_tables (database, error);

  if (tables == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      if (progress != NULL)
        progress ((double) i / (tables->len + 1),
                  _ ("The study came from elsewhere or was changed there, so all of it is checked before it is shown."),
                  progress_data);
      if (!run_check (database, INTEGRITY_TABLE_SQL, g_ptr_array_index (tables, i), FALSE, error))
        return FALSE;
    }
  return run_check (database, FOREIGN_SQL, NULL, TRUE, error);
}
