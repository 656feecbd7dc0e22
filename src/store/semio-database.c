/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-database.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-statement-private.h"

#define BUSY_TIMEOUT_MS 5000
/* Shorter than the rest that another program's long work leaves between its slices. */
#define BUSY_STEP_US 200
/* What a sleep takes on top of what was asked for. */
#define BUSY_SLEEP_US 60
/* SQLite asks whether to stop after this many of its instructions. */
#define PROGRESS_STEPS 20000

static const char *SETUP_SQL = "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = MEMORY;";
/* Locking must be exclusive before the first read, or SQLite would still map shared memory over the network. */
static const char *NETWORK_SQL = "PRAGMA locking_mode = EXCLUSIVE;";
static const char *NETWORK_WRITE_SQL = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;";
/* Checkpoints are asked for by the service, never taken on the way of a judgement. */
static const char *LOCAL_WRITE_SQL = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;";
static const char *TEMPORARY_SQL = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA temp_store = FILE;";
static const char *DATA_VERSION_SQL = "PRAGMA data_version";

struct _SemioDatabase {
  sqlite3 *handle;
  char *path;
  SemioDatabaseFlags flags;
  GHashTable *statements; /* SQL → SemioStatement */
  SemioUuid writer;
  gboolean has_writer;
  SemioUuid opening; /* nil before somebody asks */
  GCancellable *cancellable;
  gconstpointer projections;
};

static const struct {
  int id;
  int value;
} hostile_limits[] = {
  { SQLITE_LIMIT_LENGTH, 256 * 1024 * 1024 },
  { SQLITE_LIMIT_SQL_LENGTH, 100000 },
  { SQLITE_LIMIT_COLUMN, 100 },
  { SQLITE_LIMIT_EXPR_DEPTH, 50 },
  { SQLITE_LIMIT_COMPOUND_SELECT, 20 },
  { SQLITE_LIMIT_VDBE_OP, 100000 },
  { SQLITE_LIMIT_FUNCTION_ARG, 20 },
  { SQLITE_LIMIT_ATTACHED, 0 },
  { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50 },
  { SQLITE_LIMIT_VARIABLE_NUMBER, 100 },
  { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
};

static int
progress_cb (void *user_data)
{
  return semio_database_is_cancelled (user_data);
}

static void
destroy_statement (gpointer statement)
{
  semio_statement_destroy (statement);
}

static int
get_open_flags (SemioDatabaseFlags flags)
{
  int open_flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE;

  if (flags & SEMIO_DATABASE_READ_ONLY)
    return open_flags | SQLITE_OPEN_READONLY;
  if (flags & SEMIO_DATABASE_CREATE)
    open_flags |= SQLITE_OPEN_CREATE;
  return open_flags | SQLITE_OPEN_READWRITE;
}

/* A name is given as a URI so that "immutable" can be said; what is special in a URI is escaped in the path. */
static char *
make_uri (const char *path, SemioDatabaseFlags flags)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_string (absolute, "/", FALSE);

  return g_strconcat ("file://", escaped, flags & SEMIO_DATABASE_IMMUTABLE ? "?immutable=1" : "", NULL);
}

static void
guard (SemioDatabase *self)
{
  int old;

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, &old);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &old);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, &old);
  sqlite3_enable_load_extension (self->handle, 0);
  if (self->flags & SEMIO_DATABASE_HOSTILE)
    {
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &old);
      sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, &old);
      for (gsize i = 0; i < G_N_ELEMENTS (hostile_limits); i++)
        sqlite3_limit (self->handle, hostile_limits[i].id, hostile_limits[i].value);
    }
}

/* Another process writes. Its slices are a few milliseconds long: SQLite's own waiting grows to a tenth of a second and
 * sleeps through the gaps between them, so that a rating would wait for most of another process's import. */
static int
wait_cb (void *data, int n_waits)
{
  if (n_waits >= BUSY_TIMEOUT_MS * 1000 / (BUSY_STEP_US + BUSY_SLEEP_US))
    return 0;
  g_usleep (BUSY_STEP_US);
  return 1;
}

static gboolean
set_up (SemioDatabase *self, GError **error)
{
  const gboolean network = (self->flags & SEMIO_DATABASE_NETWORK) != 0;

  sqlite3_busy_handler (self->handle, wait_cb, NULL);
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
  guard (self);
  if (network && !semio_database_execute (self, NETWORK_SQL, error))
    return FALSE;
  if (!semio_database_execute (self, SETUP_SQL, error))
    return FALSE;
  if (self->flags & (SEMIO_DATABASE_READ_ONLY | SEMIO_DATABASE_AS_IT_STANDS))
    return TRUE;
  return semio_database_execute (self, network ? NETWORK_WRITE_SQL : LOCAL_WRITE_SQL, error);
}

SemioDatabase *
semio_database_open (const char *path, SemioDatabaseFlags flags, const char *vfs, GError **error)
{
  g_autoptr (SemioDatabase) self = g_new0 (SemioDatabase, 1);
  g_autofree char *uri = make_uri (path, flags);
  int code;

  self->path = g_strdup (path);
  self->flags = flags;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy_statement);
  code = sqlite3_open_v2 (uri, &self->handle, get_open_flags (flags), vfs);
  if (code != SQLITE_OK)
    {
      semio_database_set_error (self, code, NULL, error);
      return NULL;
    }
  if (!set_up (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

SemioDatabase *
semio_database_open_temporary (GError **error)
{
  g_autoptr (SemioDatabase) self = g_new0 (SemioDatabase, 1);
  int code;

  self->path = g_strdup ("");
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy_statement);
  code = sqlite3_open_v2 ("", &self->handle, get_open_flags (SEMIO_DATABASE_CREATE), NULL);
  if (code != SQLITE_OK)
    {
      semio_database_set_error (self, code, NULL, error);
      return NULL;
    }
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
  guard (self);
  if (!semio_database_execute (self, TEMPORARY_SQL, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
semio_database_close (SemioDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  /* Statements that somebody still holds keep the connection alive until they go. */
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

const char *
semio_database_get_path (SemioDatabase *self)
{
  return self->path;
}

SemioDatabaseFlags
semio_database_get_flags (SemioDatabase *self)
{
  return self->flags;
}

SemioStatement *
semio_database_prepare (SemioDatabase *self, const char *sql, GError **error)
{
  SemioStatement *statement = g_hash_table_lookup (self->statements, sql);
  const gboolean cache = statement == NULL;
  sqlite3_stmt *handle = NULL;
  int code;

  if (statement != NULL && semio_statement_take (statement))
    return statement;

  code = sqlite3_prepare_v3 (self->handle, sql, -1, cache ? SQLITE_PREPARE_PERSISTENT : 0, &handle, NULL);
  if (code != SQLITE_OK)
    {
      semio_database_set_error (self, code, NULL, error);
      return NULL;
    }
  statement = semio_statement_new (self, handle, cache);
  if (cache)
    g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
semio_database_execute (SemioDatabase *self, const char *sql, GError **error)
{
  const int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  semio_database_set_error (self, code, NULL, error);
  return FALSE;
}

gboolean
semio_database_get_int (SemioDatabase *self, const char *sql, gint64 fallback, gint64 *value, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (self, sql, error);
  gboolean has_row;

  *value = fallback;
  if (statement == NULL || !semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *value = semio_statement_get_int (statement, 0);
  return TRUE;
}

gboolean
semio_database_begin (SemioDatabase *self, GError **error)
{
  return semio_database_execute (self, "BEGIN IMMEDIATE", error);
}

gboolean
semio_database_begin_read (SemioDatabase *self, GError **error)
{
  gint64 count;

  /* BEGIN alone takes no snapshot; the first read does. */
  return semio_database_execute (self, "BEGIN", error)
         && semio_database_get_int (self, "SELECT count (*) FROM sqlite_schema", 0, &count, error);
}

gboolean
semio_database_commit (SemioDatabase *self, GError **error)
{
  if (semio_database_execute (self, "COMMIT", error))
    return TRUE;
  semio_database_rollback (self);
  return FALSE;
}

void
semio_database_rollback (SemioDatabase *self)
{
  /* Some failures have rolled back already. */
  if (semio_database_in_transaction (self))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
semio_database_in_transaction (SemioDatabase *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

gint64
semio_database_get_last_row_id (SemioDatabase *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}

int
semio_database_get_n_changes (SemioDatabase *self)
{
  return sqlite3_changes (self->handle);
}

gboolean
semio_database_get_data_version (SemioDatabase *self, gint64 *version, GError **error)
{
  return semio_database_get_int (self, DATA_VERSION_SQL, 0, version, error);
}

void
semio_database_set_writer (SemioDatabase *self, const SemioUuid *writer)
{
  self->writer = *writer;
  self->has_writer = TRUE;
}

const SemioUuid *
semio_database_get_opening (SemioDatabase *self)
{
  if (semio_uuid_is_nil (&self->opening))
    self->opening = semio_uuid_new ();
  return &self->opening;
}

const SemioUuid *
semio_database_get_writer (SemioDatabase *self)
{
  return self->has_writer ? &self->writer : NULL;
}

void
semio_database_set_projections (SemioDatabase *self, gconstpointer projections)
{
  self->projections = projections;
}

gconstpointer
semio_database_get_projections (SemioDatabase *self)
{
  return self->projections;
}

void
semio_database_set_cancellable (SemioDatabase *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

gboolean
semio_database_is_cancelled (SemioDatabase *self)
{
  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

gpointer
semio_database_get_handle (SemioDatabase *self)
{
  return self->handle;
}

static SemioStoreError
classify (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_NOTADB:
      return SEMIO_STORE_ERROR_NOT_A_STUDY;
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return SEMIO_STORE_ERROR_DAMAGED;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return SEMIO_STORE_ERROR_BUSY;
    case SQLITE_FULL:
      return SEMIO_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return SEMIO_STORE_ERROR_READ_ONLY;
    case SQLITE_CANTOPEN:
      return SEMIO_STORE_ERROR_NOT_FOUND;
    case SQLITE_CONSTRAINT:
      return SEMIO_STORE_ERROR_INVALID;
    default:
      return SEMIO_STORE_ERROR_FAILED;
    }
}

static char *
describe (SemioStoreError kind, const char *path, const char *detail)
{
  g_autofree char *name = path != NULL && *path != '\0' ? g_filename_display_name (path) : g_strdup (_ ("the temporary file"));

  switch (kind)
    {
    case SEMIO_STORE_ERROR_NOT_A_STUDY:
      return g_strdup_printf (_ ("“%s” is not a study file. Choose a file that was made as a study; its name ends in “.semio”."),
                              name);
    case SEMIO_STORE_ERROR_DAMAGED:
      return g_strdup_printf (_ ("“%s” is damaged (%s). A backup may hold a good copy."), name, detail);
    case SEMIO_STORE_ERROR_BUSY:
      return g_strdup_printf (_ ("“%s” is in use by another program. Close it there, then try again."), name);
    case SEMIO_STORE_ERROR_FULL:
      return g_strdup_printf (_ ("There is no room left to write “%s”. Free some space, then try again."), name);
    case SEMIO_STORE_ERROR_READ_ONLY:
      return g_strdup_printf (_ ("“%s” cannot be written to. Save a copy in a folder of your own."), name);
    case SEMIO_STORE_ERROR_NOT_FOUND:
      return g_strdup_printf (_ ("“%s” cannot be opened. Is the file there, and may it be read?"), name);
    case SEMIO_STORE_ERROR_INVALID:
      return g_strdup_printf (
          _ ("“%s” does not take the value (%s), and nothing was changed. Verify the study to see whether it is whole."), name,
          detail);
    case SEMIO_STORE_ERROR_FAILED:
    case SEMIO_STORE_ERROR_NEWER:
    case SEMIO_STORE_ERROR_EXISTS:
    case SEMIO_STORE_ERROR_CONFLICT:
    case SEMIO_STORE_ERROR_OTHER_STUDY:
    default:
      return g_strdup_printf (_ ("“%s” could not be read or written (%s). See that the disk is there and works, then try again."),
                              name, detail);
    }
}

static char *
describe_interrupted (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  return g_strdup_printf (
      _ ("“%s” was left in the middle of a change, which has to be taken back before it can be read, and here it "
         "cannot be written to. Copy it to a folder of your own, together with the file beside it whose name "
         "ends in “-journal”, and open it there."),
      name);
}

void
semio_database_set_error (SemioDatabase *self, int code, const char *what, GError **error)
{
  const SemioStoreError kind = classify (code);
  const char *detail = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);
  g_autofree char *message = NULL;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("It was cancelled."));
      return;
    }
  message = code == SQLITE_READONLY_ROLLBACK ? describe_interrupted (self->path) : describe (kind, self->path, detail);
  if (what != NULL)
    g_set_error (error, SEMIO_STORE_ERROR, kind, "%s: %s", what, message);
  else
    g_set_error_literal (error, SEMIO_STORE_ERROR, kind, message);
}
