/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"

G_BEGIN_DECLS

/**
 * SemioProjection:
 * @kind: the kind of entry
 * @apply: (nullable): carries one entry into typed tables; entries come in their order. An entry that no version could have
 *   meant gives %SEMIO_STORE_ERROR_INVALID or %SEMIO_BASE_ERROR_PARSE
 * @clear_sql: (nullable): empties what the kind wrote
 * @dump_sql: (nullable): all that the kind wrote, in an order of its own, for comparing
 * @label: what the tables hold, for people
 */
typedef struct {
  const char *kind;
  gboolean (*apply) (SemioDatabase *database, const SemioEntry *entry, GError **error);
  const char *clear_sql;
  const char *dump_sql;
  const char *label;
} SemioProjection;

/* The program's own, ended by a NULL kind. */
extern const SemioProjection semio_projections[];

/* projections: those that a connection applies instead of the program's own (a test's, a newer version's). */
void semio_projection_set_list (SemioDatabase *database, const SemioProjection *projections);
const SemioProjection *semio_projection_get_list (SemioDatabase *database);

/* Carries a stored entry into the tables: what it supersedes, then its kind's projection. */
gboolean semio_projection_apply (SemioDatabase *database, const SemioEntry *entry, GError **error);
/* Empties all projections and fills them again from the entries, inside the caller's transaction. n_skipped (nullable):
 * entries whose payload could not be read. */
gboolean semio_projection_rebuild (SemioDatabase *database, guint *n_skipped, GError **error);
/* The highest counter of entries whose order counts (all but judgements) among the rows after after_id. */
gboolean semio_projection_get_last_ordered (SemioDatabase *database, gint64 after_id, gint64 *lamport, GError **error);
/* Carries entries (of SemioEntry, in their order) that were stored just now into the tables. last_lamport is the highest counter
 * of the others whose order counts: what comes after it is applied as it is; else the tables of those kinds are filled anew. */
gboolean semio_projection_catch_up (SemioDatabase *database, GPtrArray *entries, gint64 last_lamport, GError **error);

G_END_DECLS
