/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-migration.h"
#include "semio-schema.h"
#include "semio-store-service.h"

G_BEGIN_DECLS

/* What opening a file came to: the connections and the facts. Plain memory. */
typedef struct {
  SemioStudyHead *head;
  SemioDatabaseFlags flags;
  SemioDatabase *writer; /* (nullable) */
  SemioDatabase *reader; /* (nullable): on a network file system the writer reads too */
  SemioDatabase *keeper; /* (nullable): checkpoints and remembers */
  gboolean known;
  char *read_only_reason; /* (nullable) */
  GPtrArray *remarks;
} SemioStoreOpening;

void semio_store_opening_free (SemioStoreOpening *opening);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStoreOpening, semio_store_opening_free)

/* Makes a new file; it must not be there. Blocks. */
gboolean semio_store_opening_create (const char *path, const char *title, SemioFeatureSet *features, GError **error);
/* Looks at a file without trust, checks it, migrates it, opens its connections. vfs: (nullable) for tests. Blocks. */
SemioStoreOpening *semio_store_opening_run (const char *path, SemioStoreOpenFlags flags, const SemioMigration *migrations,
                                            const char *vfs, SemioProgressFunc progress, gpointer progress_data,
                                            GCancellable *cancellable, GError **error);

G_END_DECLS
