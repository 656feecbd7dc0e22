/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/**
 * SemioStatement:
 *
 * One prepared statement of a database. Parameters are bound by number from 1, columns read by number from 0.
 * Binding cannot fail but for programmer errors, which the next step reports. Of one thread, that of its database.
 */
typedef struct _SemioStatement SemioStatement;

/* Ends the statement's use: a cached one goes back to its database, reset. */
void semio_statement_free (SemioStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStatement, semio_statement_free)

void semio_statement_bind_int (SemioStatement *statement, int parameter, gint64 value);
void semio_statement_bind_double (SemioStatement *statement, int parameter, double value);
/* NULL binds SQL's NULL. The text is copied. */
void semio_statement_bind_text (SemioStatement *statement, int parameter, const char *text);
void semio_statement_bind_blob (SemioStatement *statement, int parameter, const void *data, gsize length);
/* NULL binds SQL's NULL. */
void semio_statement_bind_bytes (SemioStatement *statement, int parameter, GBytes *bytes);
void semio_statement_bind_uuid (SemioStatement *statement, int parameter, const SemioUuid *uuid);
void semio_statement_bind_sha256 (SemioStatement *statement, int parameter, const SemioSha256 *hash);
/* SEMIO_TIME_NONE binds SQL's NULL. */
void semio_statement_bind_time (SemioStatement *statement, int parameter, gint64 time_ns);
void semio_statement_bind_null (SemioStatement *statement, int parameter);

/* Goes to the next row. *has_row tells whether there is one; FALSE only on error. */
gboolean semio_statement_step (SemioStatement *statement, gboolean *has_row, GError **error);
/* For statements that give no rows: runs once and resets, so that it can be bound anew. */
gboolean semio_statement_run (SemioStatement *statement, GError **error);
void semio_statement_reset (SemioStatement *statement);

gboolean semio_statement_is_null (SemioStatement *statement, int column);
gint64 semio_statement_get_int (SemioStatement *statement, int column);
double semio_statement_get_double (SemioStatement *statement, int column);
/* (nullable): valid until the next step. */
const char *semio_statement_get_text (SemioStatement *statement, int column);
char *semio_statement_dup_text (SemioStatement *statement, int column);
/* (nullable) (transfer full) */
GBytes *semio_statement_dup_bytes (SemioStatement *statement, int column);
const void *semio_statement_get_blob (SemioStatement *statement, int column, gsize *length);
/* Nil when the column is not a blob of 16. */
SemioUuid semio_statement_get_uuid (SemioStatement *statement, int column);
/* Zeros when the column is not a blob of 32. */
SemioSha256 semio_statement_get_sha256 (SemioStatement *statement, int column);
/* SQL's NULL reads as SEMIO_TIME_NONE. */
gint64 semio_statement_get_time (SemioStatement *statement, int column);
int semio_statement_get_n_columns (SemioStatement *statement);

G_END_DECLS
