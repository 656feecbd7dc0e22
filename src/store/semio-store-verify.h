/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* What verifying found. */
typedef struct {
  gboolean good;
  guint n_entries;
  guint n_writers;
  guint n_ratings; /* those that were compared with what stands, superseded ones too */
  guint n_ratings_differing; /* of another explanation than the one that stands */
  guint n_ratings_missing; /* of answers that are not there */
  char **findings; /* sentences: what, where; empty when good */
  char **remarks; /* "3 texts are redacted", "this is no signature: …" */
} SemioStoreVerifyReport;

void semio_store_verify_report_free (SemioStoreVerifyReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStoreVerifyReport, semio_store_verify_report_free)

/* Checks hashes, sequences, links, forks, projections against entries, tails against what other chains and the user's
 * data folder know. Blocks; database is a connection of its own, on which a read transaction is held. */
SemioStoreVerifyReport *semio_store_verify (SemioDatabase *database, SemioProgressFunc progress, gpointer progress_data,
                                            GCancellable *cancellable, GError **error);

G_END_DECLS
