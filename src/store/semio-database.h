/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-statement.h"
#include "semio-store-error.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

#define SEMIO_DATABASE_APPLICATION_ID 0x53454D49

/**
 * SemioDatabaseFlags:
 * @SEMIO_DATABASE_READ_ONLY: nothing is written
 * @SEMIO_DATABASE_CREATE: the file must not be there yet
 * @SEMIO_DATABASE_IMMUTABLE: the file cannot change while it is open (a read-only place without a log beside)
 * @SEMIO_DATABASE_NETWORK: a network file system: exclusive locking, rollback journal, EXTRA
 * @SEMIO_DATABASE_HOSTILE: the file is not trusted: defensive, untrusted schema, lowered limits
 * @SEMIO_DATABASE_AS_IT_STANDS: for writing, but the kind of its journal is left alone
 */
typedef enum {
  SEMIO_DATABASE_NONE = 0,
  SEMIO_DATABASE_READ_ONLY = 1 << 0,
  SEMIO_DATABASE_CREATE = 1 << 1,
  SEMIO_DATABASE_IMMUTABLE = 1 << 2,
  SEMIO_DATABASE_NETWORK = 1 << 3,
  SEMIO_DATABASE_HOSTILE = 1 << 4,
  SEMIO_DATABASE_AS_IT_STANDS = 1 << 5,
} SemioDatabaseFlags;

/**
 * SemioDatabase:
 *
 * One SQLite connection. Of one thread at a time. Statements are cached by the address of their SQL, which must
 * therefore be a constant.
 */
typedef struct _SemioDatabase SemioDatabase;

/* Opens a connection and sets it up; the content is not looked at. vfs: (nullable) name of the VFS, for tests. */
SemioDatabase *semio_database_open (const char *path, SemioDatabaseFlags flags, const char *vfs, GError **error);
/* A private database that vanishes when it is closed. */
SemioDatabase *semio_database_open_temporary (GError **error);
void semio_database_close (SemioDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioDatabase, semio_database_close)

const char *semio_database_get_path (SemioDatabase *database);
SemioDatabaseFlags semio_database_get_flags (SemioDatabase *database);

/* Prepares a constant; free it with semio_statement_free(), it is cached. */
SemioStatement *semio_database_prepare (SemioDatabase *database, const char *sql, GError **error);
/* Runs SQL text without parameters, any number of statements. */
gboolean semio_database_execute (SemioDatabase *database, const char *sql, GError **error);
/* The first column of the first row; fallback when there is no row. */
gboolean semio_database_get_int (SemioDatabase *database, const char *sql, gint64 fallback, gint64 *value, GError **error);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK. */
gboolean semio_database_begin (SemioDatabase *database, GError **error);
gboolean semio_database_commit (SemioDatabase *database, GError **error);
void semio_database_rollback (SemioDatabase *database);
gboolean semio_database_in_transaction (SemioDatabase *database);
/* A snapshot to read from until semio_database_rollback(). */
gboolean semio_database_begin_read (SemioDatabase *database, GError **error);

gint64 semio_database_get_last_row_id (SemioDatabase *database);
int semio_database_get_n_changes (SemioDatabase *database);
/* Changes whenever another connection, of this process or another, committed something. */
gboolean semio_database_get_data_version (SemioDatabase *database, gint64 *version, GError **error);

/* Who the entries are written as: set by the service on its writing connection. */
void semio_database_set_writer (SemioDatabase *database, const SemioUuid *writer);
/* (nullable) */
const SemioUuid *semio_database_get_writer (SemioDatabase *database);

/* Random, the same as long as this connection is open. */
const SemioUuid *semio_database_get_opening (SemioDatabase *database);

/* What semio-projection.h applies on this connection; NULL for the program's own. */
void semio_database_set_projections (SemioDatabase *database, gconstpointer projections);
gconstpointer semio_database_get_projections (SemioDatabase *database);

/* Makes long statements stop with G_IO_ERROR_CANCELLED; NULL ends it. */
void semio_database_set_cancellable (SemioDatabase *database, GCancellable *cancellable);
/* For what SQLite itself must be told (backup, checkpoint); struct sqlite3, kept out of this header. */
gpointer semio_database_get_handle (SemioDatabase *database);
/* Sets a GError for the connection's last failure. what: (nullable) what was being done, a sentence without its end. */
void semio_database_set_error (SemioDatabase *database, int code, const char *what, GError **error);

G_END_DECLS
