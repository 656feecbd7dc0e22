/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-statement.h"

#include <string.h>

#include "semio-span.h"
#include "semio-statement-private.h"

struct _SemioStatement {
  SemioDatabase *database;
  sqlite3_stmt *handle;
  gboolean cached;
  gboolean in_use;
  int bind_code; /* the first binding that failed */
};

SemioStatement *
semio_statement_new (SemioDatabase *database, sqlite3_stmt *handle, gboolean cached)
{
  SemioStatement *statement = g_new0 (SemioStatement, 1);

  statement->database = database;
  statement->handle = handle;
  statement->cached = cached;
  statement->in_use = TRUE;
  return statement;
}

void
semio_statement_destroy (SemioStatement *statement)
{
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

gboolean
semio_statement_take (SemioStatement *statement)
{
  if (statement->in_use)
    return FALSE;
  statement->in_use = TRUE;
  return TRUE;
}

void
semio_statement_free (SemioStatement *statement)
{
  if (statement->cached)
    {
      semio_statement_reset (statement);
      sqlite3_clear_bindings (statement->handle);
      statement->in_use = FALSE;
    }
  else
    semio_statement_destroy (statement);
}

static void
note (SemioStatement *statement, int code)
{
  if (code != SQLITE_OK && statement->bind_code == SQLITE_OK)
    statement->bind_code = code;
}

void
semio_statement_bind_int (SemioStatement *statement, int parameter, gint64 value)
{
  note (statement, sqlite3_bind_int64 (statement->handle, parameter, value));
}

void
semio_statement_bind_double (SemioStatement *statement, int parameter, double value)
{
  note (statement, sqlite3_bind_double (statement->handle, parameter, value));
}

void
semio_statement_bind_text (SemioStatement *statement, int parameter, const char *text)
{
  note (statement, text == NULL
                       ? sqlite3_bind_null (statement->handle, parameter)
                       : sqlite3_bind_text64 (statement->handle, parameter, text, strlen (text), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
semio_statement_bind_blob (SemioStatement *statement, int parameter, const void *data, gsize length)
{
  note (statement, sqlite3_bind_blob64 (statement->handle, parameter, data == NULL ? "" : data, length, SQLITE_TRANSIENT));
}

void
semio_statement_bind_bytes (SemioStatement *statement, int parameter, GBytes *bytes)
{
  if (bytes == NULL)
    semio_statement_bind_null (statement, parameter);
  else
    semio_statement_bind_blob (statement, parameter, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
semio_statement_bind_uuid (SemioStatement *statement, int parameter, const SemioUuid *uuid)
{
  semio_statement_bind_blob (statement, parameter, uuid->bytes, sizeof uuid->bytes);
}

void
semio_statement_bind_sha256 (SemioStatement *statement, int parameter, const SemioSha256 *hash)
{
  semio_statement_bind_blob (statement, parameter, hash->bytes, sizeof hash->bytes);
}

void
semio_statement_bind_time (SemioStatement *statement, int parameter, gint64 time_ns)
{
  if (time_ns == SEMIO_TIME_NONE)
    semio_statement_bind_null (statement, parameter);
  else
    semio_statement_bind_int (statement, parameter, time_ns);
}

void
semio_statement_bind_null (SemioStatement *statement, int parameter)
{
  note (statement, sqlite3_bind_null (statement->handle, parameter));
}

gboolean
semio_statement_step (SemioStatement *statement, gboolean *has_row, GError **error)
{
  int code = statement->bind_code;

  *has_row = FALSE;
  if (code == SQLITE_OK)
    code = sqlite3_step (statement->handle);
  if (code == SQLITE_ROW)
    {
      *has_row = TRUE;
      return TRUE;
    }
  if (code == SQLITE_DONE)
    return TRUE;

  semio_database_set_error (statement->database, code, NULL, error);
  semio_statement_reset (statement);
  return FALSE;
}

gboolean
semio_statement_run (SemioStatement *statement, GError **error)
{
  gboolean has_row;

  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  semio_statement_reset (statement);
  return TRUE;
}

void
semio_statement_reset (SemioStatement *statement)
{
  sqlite3_reset (statement->handle);
  statement->bind_code = SQLITE_OK;
}

gboolean
semio_statement_is_null (SemioStatement *statement, int column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

gint64
semio_statement_get_int (SemioStatement *statement, int column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

double
semio_statement_get_double (SemioStatement *statement, int column)
{
  return sqlite3_column_double (statement->handle, column);
}

const char *
semio_statement_get_text (SemioStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement->handle, column);
}

char *
semio_statement_dup_text (SemioStatement *statement, int column)
{
  return g_strdup (semio_statement_get_text (statement, column));
}

const void *
semio_statement_get_blob (SemioStatement *statement, int column, gsize *length)
{
  const void *data = sqlite3_column_blob (statement->handle, column);

  *length = sqlite3_column_bytes (statement->handle, column);
  return data;
}

GBytes *
semio_statement_dup_bytes (SemioStatement *statement, int column)
{
  const void *data;
  gsize length;

  if (semio_statement_is_null (statement, column))
    return NULL;
  data = semio_statement_get_blob (statement, column, &length);
  return g_bytes_new (data, length);
}

SemioUuid
semio_statement_get_uuid (SemioStatement *statement, int column)
{
  SemioUuid uuid = { { 0 } };
  gsize length;
  const void *data = semio_statement_get_blob (statement, column, &length);

  if (data != NULL && length == sizeof uuid.bytes)
    memcpy (uuid.bytes, data, length);
  return uuid;
}

SemioSha256
semio_statement_get_sha256 (SemioStatement *statement, int column)
{
  SemioSha256 hash = { { 0 } };
  gsize length;
  const void *data = semio_statement_get_blob (statement, column, &length);

  if (data != NULL && length == sizeof hash.bytes)
    memcpy (hash.bytes, data, length);
  return hash;
}

gint64
semio_statement_get_time (SemioStatement *statement, int column)
{
  return semio_statement_is_null (statement, column) ? SEMIO_TIME_NONE : semio_statement_get_int (statement, column);
}

int
semio_statement_get_n_columns (SemioStatement *statement)
{
  return sqlite3_column_count (statement->handle);
}
