/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-import-digest.h"
#include "semio-store-import.h"

G_BEGIN_DECLS

/* Where staging has come to. Plain memory. */
typedef struct {
  gint64 import_id;
  gint64 run_id;
  gint64 set_id;
  GArray *created_ids; /* of gint64: the local ids of the recordings to create */
  guint n_predictions; /* staged so far */
  guint n_labels;
  guint n_events;
  guint n_findings;
  SemioImportDigest digest; /* of what is staged */
} SemioImportStage;

/* Sorts cells so that those of a recording stand together, and drops those that say nothing. */
void semio_import_cells_prepare (SemioStoreImport *import);
/* Writes cells until the slice's time is used up; *done when all are written. */
gboolean semio_import_cells_stage (SemioDatabase *database, SemioStoreImport *import, SemioImportStage *stage, gint64 until_us,
                                   gboolean *done, GError **error);
/* The study's id of a cell's recording. */
gint64 semio_import_cells_resolve (const SemioImportStage *stage, gint64 recording_id);

G_END_DECLS
