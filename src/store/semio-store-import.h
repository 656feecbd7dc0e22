/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-finding.h"
#include "semio-label.h"
#include "semio-prediction.h"
#include "semio-progress.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-run.h"
#include "semio-store-service.h"

G_BEGIN_DECLS

/* Recording ids of cells may be negative: -1 stands for the first of the recordings to create, -2 for the second … */

/**
 * SemioStoreImport:
 *
 * What one import brings: either predictions for a run or labels and events for a reference set. Plain memory, owned by
 * the import, filled in by the caller.
 */
typedef struct {
  SemioUuid actor; /* nil: nobody is chosen */
  char *person; /* (nullable): name of who decided what is in the file, made when the study has none of it; goes before actor */
  GPtrArray *creates; /* of #SemioRecording: uuid (nil: new), source_name, pseudonym (NULL: random) */
  GPtrArray *create_patients; /* as many char * (entries may be NULL): the patient as the file's name has it */
  SemioRun *run; /* (nullable): id 0 makes a new one, otherwise the run to add to */
  GArray *predictions; /* of #SemioPrediction; run_id is ignored */
  SemioReferenceSet *set; /* (nullable): id 0 makes a new one */
  GArray *labels; /* of #SemioLabel */
  GArray *events; /* of #SemioRecordingEvent */
  GArray *findings; /* of #SemioFinding: of the run when there is one, else of the set; run_id is ignored */
} SemioStoreImport;

SemioStoreImport *semio_store_import_new (void);
void semio_store_import_free (SemioStoreImport *import);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStoreImport, semio_store_import_free)

/* A cell that stands in the study with another value. */
typedef struct {
  gint64 recording_id;
  guint feature; /* or SEMIO_FEATURE_HEAD, SEMIO_FEATURE_ARM, or SEMIO_FEATURE_NONE: of the event */
  int segment;
  SemioAnswer stands;
  SemioAnswer brought;
  gboolean only_text; /* the answers agree; explanations, times or scores differ */
  gboolean is_finding; /* it is no answer or label: kind says what differs */
  SemioFindingKind kind;
} SemioCellDifference;

typedef struct {
  guint n_same; /* cells that stood already */
  guint n_added;
  guint n_created; /* recordings */
  GArray *differences; /* of #SemioCellDifference, at most 1000; not empty: nothing was written */
  guint n_differences;
  gint64 run_id; /* or 0 */
  gint64 set_id; /* or 0 */
} SemioStoreImportResult;

void semio_store_import_result_free (SemioStoreImportResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStoreImportResult, semio_store_import_result_free)

/* Only compares with what stands; for previews. Usable in a reading closure. */
SemioStoreImportResult *semio_store_import_compare (SemioDatabase *database, SemioStoreImport *import, GError **error);

/* Compares, stages in slices, commits with one short transaction that writes the entries. Takes import over. Different
 * cells under the same run or set: the result lists them and nothing was written. All the same: nothing is written. */
void semio_store_import_async (SemioStoreService *service, SemioStoreImport *import, SemioProgressFunc progress,
                               gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
SemioStoreImportResult *semio_store_import_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

G_END_DECLS
