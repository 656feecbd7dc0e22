/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-answer.h"
#include "semio-study.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_IMPORT_REFERENCE,
  SEMIO_IMPORT_PREDICTIONS,
} SemioImportKind;

/* How the file is laid out. */
typedef enum {
  SEMIO_IMPORT_FORM_AUTO, /* by its header */
  SEMIO_IMPORT_FORM_WIDE, /* a row per recording or segment, a column per feature */
  SEMIO_IMPORT_FORM_DENSE, /* the same with times of features */
  SEMIO_IMPORT_FORM_SIDES, /* the companions of dense annotations */
  SEMIO_IMPORT_FORM_ONSETS,
  SEMIO_IMPORT_FORM_ORDER,
  SEMIO_IMPORT_FORM_REPORTS,
  SEMIO_IMPORT_FORM_EVENT_TYPES,
} SemioImportForm;

#define SEMIO_N_IMPORT_FORMS 8

/* "auto", "wide-csv", "dense-csv", "sides-csv", "onsets-csv", "order-csv", "reports-csv", "event-types-csv"; and for people. */
const char *semio_import_form_to_id (SemioImportForm form);
gboolean semio_import_form_from_id (const char *id, SemioImportForm *form);
const char *semio_import_form_get_label (SemioImportForm form);

typedef enum {
  SEMIO_BLANK_MISSING,
  SEMIO_BLANK_NA,
  SEMIO_BLANK_NO,
} SemioBlank;

/* What a column of the file was taken for. */
typedef struct {
  char *name; /* as it stands in the file */
  char *role; /* as semio_wide_role_to_id() and semio_companion_table_get_role() give it */
  int feature; /* index, -1 */
  SemioBlank blank; /* feature columns */
  guint counts[SEMIO_N_ANSWERS]; /* cells by answer, blank ones as read by blank */
  guint n_blank;
} SemioImportColumn;

#define SEMIO_TYPE_IMPORT (semio_import_get_type ())
G_DECLARE_FINAL_TYPE (SemioImport, semio_import, SEMIO, IMPORT, GObject)

/**
 * SemioImport:
 *
 * One file of labels or predictions on its way into a study: read and mapped, previewed, adjusted, committed whole or
 * not at all. Reading happens in a thread. Every change of an option re-maps at once.
 */
void semio_import_read_async (SemioStudy *study, SemioImportKind kind, GFile *file, GFile *name_map, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* The same of a file whose form is told: another form is an error. */
void semio_import_read_form_async (SemioStudy *study, SemioImportKind kind, SemioImportForm form, GFile *file, GFile *name_map,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioImport *semio_import_read_finish (GAsyncResult *result, GError **error);

SemioImportKind semio_import_get_kind (SemioImport *import);
/* What the file was read as; never SEMIO_IMPORT_FORM_AUTO. */
SemioImportForm semio_import_get_form (SemioImport *import);
guint semio_import_get_n_rows (SemioImport *import);
guint semio_import_get_n_columns (SemioImport *import);
const SemioImportColumn *semio_import_get_column (SemioImport *import, guint column);
gboolean semio_import_has_segments (SemioImport *import);
/* Names of the file that no recording matches, candidates named; recordings that no row names. NULL-terminated. */
const char *const *semio_import_get_unmatched_names (SemioImport *import);
const char *const *semio_import_get_unmatched_recordings (SemioImport *import);
guint semio_import_get_n_matched (SemioImport *import);
/* Cells over all feature columns by answer. */
guint semio_import_get_count (SemioImport *import, SemioAnswer answer);
/* What the file holds beside answers, counted, a sentence each ("2,366 onset times"). NULL-terminated. */
const char *const *semio_import_get_contents (SemioImport *import);
/* Things worth a look that stop nothing ("event of … ends after the video"). NULL-terminated. */
const char *const *semio_import_get_remarks (SemioImport *import);

/* A cell that stands in the study with another value than the file has. Borrowed from the import. */
typedef struct {
  const char *recording; /* pseudonym */
  const char *feature; /* id, "head" or "arm"; NULL: of the event */
  int segment; /* from 0; SEMIO_SEGMENT_WHOLE for the whole recording */
  SemioAnswer stands;
  SemioAnswer brought;
  gboolean only_text; /* the answers agree; explanations, times or scores do not */
  const char *finding; /* (nullable): what differs when it is no answer, as semio_finding_kind_to_id() gives it */
} SemioImportDifference;

/* What the last check or commit found, also when it failed; all 0 before. */
guint semio_import_get_n_added (SemioImport *import);
guint semio_import_get_n_same (SemioImport *import);
guint semio_import_get_n_created (SemioImport *import);
guint semio_import_get_n_differences (SemioImport *import);
/* Of many differences only the first thousand are kept. */
guint semio_import_get_n_listed_differences (SemioImport *import);
SemioImportDifference semio_import_get_difference (SemioImport *import, guint index);

void semio_import_set_blank (SemioImport *import, SemioBlank blank);
void semio_import_set_column_blank (SemioImport *import, guint column, SemioBlank blank);
void semio_import_set_create (SemioImport *import, gboolean create);
/* Reference set name, or run name. A run that stands keeps its model and enhancement: given others, the import is refused. */
void semio_import_set_name (SemioImport *import, const char *name);
/* (nullable): who annotated: the entry is that person's, who is made when the study has none of that name. */
void semio_import_set_person (SemioImport *import, const char *name);
void semio_import_set_model (SemioImport *import, const char *model);
void semio_import_set_enhancement (SemioImport *import, const char *enhancement);
/* What a new run is said to come from: "import" when nothing is set, "sample" for the demonstration's. */
void semio_import_set_origin (SemioImport *import, const char *origin);
/* Shown wherever the run is. */
void semio_import_set_notice (SemioImport *import, const char *notice);

/* Says what committing would do, as the summary of commit or its error, and writes nothing. Cells are compared for the names
 * that match even when others are open. */
void semio_import_check_async (SemioImport *import, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *semio_import_check_finish (SemioImport *import, GAsyncResult *result, GError **error);

/* Names of the file that no recording matches stop the commit with SEMIO_SESSION_ERROR_NOT_FOUND unless recordings are
 * created; names that could be several recordings stop it always.
 * Staged in slices, then one short commit. The summary says what was done ("Nothing changed: the same 1,800 cells stand
 * under this run already."). Other cells under the same run: SEMIO_SESSION_ERROR_CONFLICT, the cells listed in the message. */
void semio_import_commit_async (SemioImport *import, SemioProgressFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *semio_import_commit_finish (SemioImport *import, GAsyncResult *result, GError **error);

G_END_DECLS
