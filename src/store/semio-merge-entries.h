/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* What merging did. */
typedef struct {
  guint n_entries;
  guint n_forked;
  guint n_media;
  guint n_cells;
  guint n_imports;
  guint n_aliases;
} SemioMergeCounts;

/* Texts and entries of the other copy that are not here, in their order; projections are rebuilt by the caller. */
gboolean semio_merge_entries (SemioDatabase *database, SemioDatabase *other, const SemioUuid *study, SemioMergeCounts *counts,
                              GError **error);
/* Media, source names and the cells of imports. */
gboolean semio_merge_cells (SemioDatabase *database, SemioDatabase *other, SemioMergeCounts *counts, SemioProgressFunc progress,
                            gpointer progress_data, GCancellable *cancellable, GError **error);
/* Entries that join recordings of one content. They are made from what they join, so that every copy makes the same. */
gboolean semio_merge_aliases (SemioDatabase *database, const SemioUuid *study, SemioMergeCounts *counts, GError **error);

G_END_DECLS
