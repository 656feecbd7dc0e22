/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-identity.h"

#include <glib/gi18n-lib.h>

static const struct {
  const char *find_sql;
  const char *insert_sql;
  const char *uuid_sql;
} tables[] = {
  [SEMIO_IDENTITY_PERSON] = { "SELECT id FROM person WHERE uuid = ?1", "INSERT INTO person (uuid) VALUES (?1)",
                              "SELECT uuid FROM person WHERE id = ?1" },
  [SEMIO_IDENTITY_PATIENT] = { "SELECT id FROM patient WHERE uuid = ?1", "INSERT INTO patient (uuid) VALUES (?1)",
                               "SELECT uuid FROM patient WHERE id = ?1" },
  [SEMIO_IDENTITY_RECORDING] = { "SELECT id FROM recording WHERE uuid = ?1", "INSERT INTO recording (uuid) VALUES (?1)",
                                 "SELECT uuid FROM recording WHERE id = ?1" },
  [SEMIO_IDENTITY_RUN] = { "SELECT id FROM run WHERE uuid = ?1", "INSERT INTO run (uuid) VALUES (?1)",
                           "SELECT uuid FROM run WHERE id = ?1" },
  [SEMIO_IDENTITY_REFERENCE_SET] = { "SELECT id FROM reference_set WHERE uuid = ?1",
                                     "INSERT INTO reference_set (uuid) VALUES (?1)",
                                     "SELECT uuid FROM reference_set WHERE id = ?1" },
  [SEMIO_IDENTITY_WRITER] = { "SELECT id FROM writer WHERE uuid = ?1", "INSERT INTO writer (uuid) VALUES (?1)",
                              "SELECT uuid FROM writer WHERE id = ?1" },
  [SEMIO_IDENTITY_IMPORT] = { "SELECT id FROM import WHERE uuid = ?1", NULL, "SELECT uuid FROM import WHERE id = ?1" },
  [SEMIO_IDENTITY_LIVE] = { "SELECT id FROM live WHERE uuid = ?1", "INSERT INTO live (uuid) VALUES (?1)",
                            "SELECT uuid FROM live WHERE id = ?1" },
};

static const char *FIND_MEDIUM_SQL = "SELECT id FROM medium WHERE content = ?1";
static const char *INSERT_MEDIUM_SQL = "INSERT INTO medium (content) VALUES (?1)";
static const char *FIND_FEATURE_SQL = "SELECT id FROM feature WHERE name = ?1";
/* Features of the study's own set have their index; others, which entries of newer programs may name, come after them. */
static const char *INSERT_FEATURE_SQL = "INSERT INTO feature (id, name)"
                                        " VALUES ((SELECT coalesce (max (id), -1) + 1 FROM feature), ?1)";
static const char *FEATURE_NAME_SQL = "SELECT name FROM feature WHERE id = ?1";

static gboolean
step_id (SemioStatement *statement, gint64 none, gint64 *id, GError **error)
{
  gboolean has_row;

  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  *id = has_row ? semio_statement_get_int (statement, 0) : none;
  return TRUE;
}

gboolean
semio_identity_find (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, tables[identity].find_sql, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, uuid);
  return step_id (statement, 0, id, error);
}

gboolean
semio_identity_ensure (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) insert = NULL;

  g_return_val_if_fail (tables[identity].insert_sql != NULL, FALSE);
  if (!semio_identity_find (database, identity, uuid, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  insert = semio_database_prepare (database, tables[identity].insert_sql, error);
  if (insert == NULL)
    return FALSE;
  semio_statement_bind_uuid (insert, 1, uuid);
  if (!semio_statement_run (insert, error))
    return FALSE;
  *id = semio_database_get_last_row_id (database);
  return TRUE;
}

gboolean
semio_identity_get_uuid (SemioDatabase *database, SemioIdentity identity, gint64 id, SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, tables[identity].uuid_sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, id);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                           _ ("What was asked for is not in the study any more. Open the study again."));
      return FALSE;
    }
  *uuid = semio_statement_get_uuid (statement, 0);
  return TRUE;
}

gboolean
semio_identity_find_medium (SemioDatabase *database, const SemioSha256 *content, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_MEDIUM_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_sha256 (statement, 1, content);
  return step_id (statement, 0, id, error);
}

gboolean
semio_identity_ensure_medium (SemioDatabase *database, const SemioSha256 *content, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) insert = NULL;

  if (!semio_identity_find_medium (database, content, id, error))
    return FALSE;
  if (*id != 0)
    return TRUE;
  insert = semio_database_prepare (database, INSERT_MEDIUM_SQL, error);
  if (insert == NULL)
    return FALSE;
  semio_statement_bind_sha256 (insert, 1, content);
  if (!semio_statement_run (insert, error))
    return FALSE;
  *id = semio_database_get_last_row_id (database);
  return TRUE;
}

gboolean
semio_identity_find_feature (SemioDatabase *database, const char *name, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, FIND_FEATURE_SQL, error);

  if (find == NULL)
    return FALSE;
  semio_statement_bind_text (find, 1, name);
  return step_id (find, -1, id, error);
}

gboolean
semio_identity_ensure_feature (SemioDatabase *database, const char *name, gint64 *id, GError **error)
{
  g_autoptr (SemioStatement) insert = NULL;

  if (!semio_identity_find_feature (database, name, id, error))
    return FALSE;
  if (*id >= 0)
    return TRUE;
  insert = semio_database_prepare (database, INSERT_FEATURE_SQL, error);
  if (insert == NULL)
    return FALSE;
  semio_statement_bind_text (insert, 1, name);
  if (!semio_statement_run (insert, error))
    return FALSE;
  *id = semio_database_get_last_row_id (database);
  return TRUE;
}

char *
semio_identity_get_feature (SemioDatabase *database, gint64 id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FEATURE_NAME_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, id);
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  if (!has_row)
    g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, _ ("The study does not have that feature."));
  return has_row ? semio_statement_dup_text (statement, 0) : NULL;
}
