/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-companion-reader.h"
#include "semio-import.h"
#include "semio-name-join.h"
#include "semio-store-import.h"
#include "semio-wide-reader.h"

G_BEGIN_DECLS

struct _SemioImport {
  GObject parent_instance;
  SemioStudy *study;
  SemioImportKind kind;
  char *file_name;
  SemioImportForm form;
  SemioWideTable *table; /* (nullable): one of these two is there */
  SemioCompanionTable *companion; /* (nullable) */
  SemioNameMap *map; /* (nullable) */

  gboolean create;
  char *name;
  char *person; /* (nullable) */
  char *model; /* (nullable) */
  char *enhancement; /* (nullable) */
  char *origin;
  char *notice; /* (nullable) */
  SemioBlank *blanks; /* by column of the table */

  /* Made anew at every change of an option. */
  GArray *columns; /* of SemioImportColumn */
  guint counts[SEMIO_N_ANSWERS];
  GPtrArray *recordings; /* of SemioRecording, as the study had them */
  SemioNameJoin *join; /* stems of the table against source names, then pseudonyms */
  GHashTable *names; /* stem → name of the recording as its first row has it */
  GHashTable *stem_indices; /* stem → index in the table's stems */
  GPtrArray *contents;
  GPtrArray *unmatched_names;
  GPtrArray *unmatched_recordings;
  GPtrArray *remarks;
  guint n_matched;

  SemioStoreImportResult *outcome; /* (nullable) of the last check or commit */
};

/* Finds the name of each stem, once. */
void semio_import_index_rows (SemioImport *import);
/* Stems of the file without repetition, NULL-terminated. */
const char *const *semio_import_get_stems (SemioImport *import);
/* Counts what stands beside answers, once. */
void semio_import_count_contents (SemioImport *import);
/* Maps columns and names with the options as they are now. */
void semio_import_map (SemioImport *import);
/* The recording that a row's name was joined to, NULL when none. */
const SemioRecording *semio_import_find_recording (SemioImport *import, const char *stem);
gboolean semio_import_is_ambiguous (SemioImport *import, const char *stem);
/* The answer of a cell with its column's blank policy. FALSE when the file has no column for the feature. */
gboolean semio_import_get_answer (SemioImport *import, const SemioWideRow *row, guint feature, SemioAnswer *answer);

/* What is on its way into the store. */
typedef struct {
  SemioImport *import;
  SemioStoreImport *store_import;
  GHashTable *created; /* stem → -1, -2, … */
  GHashTable *seen; /* "id segment" → line */
} SemioImportBuild;

/* The recording of a stem: one that stands, or one to create; 0 when it is open which. */
gint64 semio_import_build_get_recording (SemioImportBuild *build, const char *stem);
/* All rows of a companion. FALSE with an error when two name one recording, or one says what its kind cannot. */
gboolean semio_import_build_companion (SemioImportBuild *build, GError **error);
/* What a row of a wide reference says of a feature beside its label. */
void semio_import_build_annotation (SemioImportBuild *build, const SemioWideCell *cell, guint feature, gint64 recording_id,
                                    gboolean is_yes);

/* What the store is to take; NULL with an error when rows contradict one another or names are open. With open (nullable) names
 * that are open are told there and their rows left out, so that the others can still be compared with what stands. */
SemioStoreImport *semio_import_build (SemioImport *import, GError **open, GError **error);

G_END_DECLS
