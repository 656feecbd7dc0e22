/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  SemioWideTable *table;
  SemioNameMap *map; /* (nullable) */

  gboolean create;
  char *name;
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
  GHashTable *first_rows; /* stem → its first SemioWideRow */
  GHashTable *stem_indices; /* stem → index in the table's stems */
  GPtrArray *unmatched_names;
  GPtrArray *unmatched_recordings;
  GPtrArray *remarks;
  guint n_matched;

  SemioStoreImportResult *outcome; /* (nullable) of the last check or commit */
};

/* Finds the first row of each name, once. */
void semio_import_index_rows (SemioImport *import);
/* Maps columns and names with the options as they are now. */
void semio_import_map (SemioImport *import);
/* The recording that a row's name was joined to, NULL when none. */
const SemioRecording *semio_import_find_recording (SemioImport *import, const char *stem);
gboolean semio_import_is_ambiguous (SemioImport *import, const char *stem);
/* The answer of a cell with its column's blank policy. FALSE when the file has no column for the feature. */
gboolean semio_import_get_answer (SemioImport *import, const SemioWideRow *row, guint feature, SemioAnswer *answer);
/* A file's name without what makes it a segment's. */
char *semio_import_get_recording_name (const SemioWideRow *row);

/* What the store is to take; NULL with an error when rows contradict one another or names are open. With open (nullable) names
 * that are open are told there and their rows left out, so that the others can still be compared with what stands. */
SemioStoreImport *semio_import_build (SemioImport *import, GError **open, GError **error);

G_END_DECLS
