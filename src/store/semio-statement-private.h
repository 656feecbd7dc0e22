/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "semio-database.h"
#include "semio-statement.h"

G_BEGIN_DECLS

/* Between the two wrappers only. */
SemioStatement *semio_statement_new (SemioDatabase *database, sqlite3_stmt *handle, gboolean cached);
void semio_statement_destroy (SemioStatement *statement);
/* FALSE when somebody uses it already. */
gboolean semio_statement_take (SemioStatement *statement);
gboolean semio_database_is_cancelled (SemioDatabase *database);

G_END_DECLS
