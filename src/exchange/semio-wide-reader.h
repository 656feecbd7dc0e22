/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-answer.h"
#include "semio-event.h"
#include "semio-exchange-error.h"
#include "semio-feature-set.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_WIDE_REFERENCE,
  SEMIO_WIDE_PREDICTIONS,
} SemioWideKind;

/* What a column was taken for. */
typedef enum {
  SEMIO_WIDE_ROLE_UNKNOWN, /* listed and left alone */
  SEMIO_WIDE_ROLE_FILE_NAME,
  SEMIO_WIDE_ROLE_FEATURE,
  SEMIO_WIDE_ROLE_EXPLANATION,
  SEMIO_WIDE_ROLE_ONSET,
  SEMIO_WIDE_ROLE_OFFSET,
  SEMIO_WIDE_ROLE_EVENT_TYPE,
  SEMIO_WIDE_ROLE_GENDER,
  SEMIO_WIDE_ROLE_FEATURE_BEGIN, /* “start_time_for_…” */
  SEMIO_WIDE_ROLE_FEATURE_END, /* “end_time_for_…” */
  SEMIO_WIDE_ROLE_SCORE, /* “score_for_…” of predictions: the higher, the rather yes */
} SemioWideRole;

/* "file name", "feature", "explanation", "onset", "offset", "event type", "gender",
 * "feature begin", "feature end", "score", "unknown": never translated. */
const char *semio_wide_role_to_id (SemioWideRole role);

typedef struct {
  char *name; /* as it stands in the file, made safe to show */
  SemioWideRole role;
  int feature; /* index of features, explanations, begins and ends, else -1 */
  guint counts[SEMIO_N_ANSWERS]; /* cells of a feature by answer; blank ones stand in n_blank alone */
  guint n_blank;
} SemioWideColumn;

/* One feature in one row. Owned by the table. */
typedef struct {
  SemioAnswer answer; /* SEMIO_ANSWER_MISSING when blank: the importer decides per column what blank means */
  gboolean blank; /* the cell is empty, or the file has no such column */
  const char *explanation; /* (nullable) made safe; the whole cell */
  const char *const *parts; /* (nullable) NULL-terminated: the explanation's parts where " || " joins several segments' */
  gint64 begin_ns, end_ns; /* when the feature occurs, whatever the answer is; SEMIO_TIME_NONE unknown; no end without begin */
  gboolean has_score; /* predictions only */
  double score; /* finite */
  guint line, column; /* of the answer's cell, from 1; 0 when the file has no such column */
} SemioWideCell;

typedef struct {
  const char *name; /* as it stands in the file, made safe to show */
  const char *stem; /* what recordings are joined by: without "_segment_<k>" */
  int segment; /* from 0, or -1: the whole recording */
  guint line;
  SemioEvent event; /* references only */
  const char *gender; /* (nullable) */
  SemioWideCell *cells; /* one per feature of the set */
} SemioWideRow;

/**
 * SemioWideTable:
 *
 * A wide study CSV, read whole or not at all. Immutable, reference counted.
 *
 * Columns are found by name, in any case and order. "_segment_<k>" at the end of a name makes the row a segment's; the
 * lowest k in the file is segment 0. A "no" whose explanation (or every part of it) is "fail" is a fail. In a row of a whole
 * recording " || " in an explanation joins what was said of its segments, in order: the text is kept whole and its parts
 * beside it; in a segment's row it is plain text. Answers are yes, no, na, fail (predictions) or not_assessable (references),
 * in any case, with stray blanks or a closing full stop.
 */
typedef struct _SemioWideTable SemioWideTable;

SemioWideTable *semio_wide_read (GBytes *bytes, const char *name, SemioWideKind kind, SemioFeatureSet *features, GError **error);
SemioWideTable *semio_wide_table_ref (SemioWideTable *table);
void semio_wide_table_unref (SemioWideTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioWideTable, semio_wide_table_unref)

guint semio_wide_table_get_n_columns (SemioWideTable *table);
const SemioWideColumn *semio_wide_table_get_column (SemioWideTable *table, guint column);
guint semio_wide_table_get_n_rows (SemioWideTable *table);
const SemioWideRow *semio_wide_table_get_row (SemioWideTable *table, guint row);
/* Column of a feature's answers, or -1. */
int semio_wide_table_find_feature (SemioWideTable *table, guint feature);
gboolean semio_wide_table_has_segments (SemioWideTable *table);
gboolean semio_wide_table_has_explanations (SemioWideTable *table);
/* Whether any column tells when a feature occurs, or gives a score. */
gboolean semio_wide_table_has_intervals (SemioWideTable *table);
gboolean semio_wide_table_has_scores (SemioWideTable *table);
/* Stems without repetition in the file's order, NULL-terminated. */
const char *const *semio_wide_table_get_stems (SemioWideTable *table);
/* Things worth a look that stop nothing. NULL-terminated. */
const char *const *semio_wide_table_get_remarks (SemioWideTable *table);

G_END_DECLS
