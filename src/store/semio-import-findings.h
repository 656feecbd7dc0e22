/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-import-cells.h"

G_BEGIN_DECLS

/* What an import brings beside answers and labels. */

/* Sorts findings so that those of a recording stand together. */
void semio_import_findings_prepare (SemioStoreImport *import);
/* FALSE with a sentence when one stands twice; sorted ones are expected. */
gboolean semio_import_findings_refuse_repeated (SemioStoreImport *import, GError **error);
/* Writes one. The coverage of its recording and run has to stand: what a dead program left is found by it. */
gboolean semio_import_findings_stage (SemioDatabase *database, SemioImportStage *stage, const SemioFinding *finding,
                                      GError **error);
/* *stands: one of its key is there; *same: and says the same. */
gboolean semio_import_findings_compare (SemioDatabase *database, const SemioStoreImportResult *result,
                                        const SemioFinding *finding, gboolean *stands, gboolean *same, GError **error);

G_END_DECLS
