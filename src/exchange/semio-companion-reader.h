/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-event.h"
#include "semio-exchange-error.h"
#include "semio-feature-set.h"
#include "semio-finding.h"

G_BEGIN_DECLS

/* The files that stand beside a dense annotation CSV, told apart by their headers. */
typedef enum {
  SEMIO_COMPANION_SIDES, /* left_right_head_turning, left_right_arm_movement, their times, body_region_onset */
  SEMIO_COMPANION_ONSETS, /* feature and target_time in seconds, or timestamp as M:SS */
  SEMIO_COMPANION_ORDER, /* event_sequence: features in the order in which they begin */
  SEMIO_COMPANION_REPORTS, /* report */
  SEMIO_COMPANION_EVENT_TYPES, /* label: ES or NES */
} SemioCompanionKind;

typedef struct {
  gboolean says; /* FALSE: the cell is empty or the file has no such column */
  gboolean failed; /* the cell says that a model failed */
  SemioSide side; /* none where it says so: "N/A" */
  gint64 begin_ns, end_ns; /* SEMIO_TIME_NONE unless both are given and in order */
} SemioCompanionLaterality;

/* One row. What the file's kind does not have is blank. Owned by the table. */
typedef struct {
  char *name; /* as it stands in the file, made safe to show */
  char *stem; /* what recordings are joined by */
  guint line;
  SemioCompanionLaterality head, arm;
  int feature; /* of an onset: index in the set, -1 when the set has no such feature */
  gint64 time_ns, precision_ns; /* of an onset; SEMIO_TIME_NONE: blank or "N/A" */
  GArray *order; /* (nullable) int: indices of features; those that the set lacks are left out and remarked on */
  char *text; /* (nullable) report, body region, or the sequence as it stands; made safe; NULL when blank */
  gboolean failed; /* the cell of an onset, order, report or type says that a model failed */
  gboolean has_type;
  SemioEventType type;
} SemioCompanionRow;

/**
 * SemioCompanionTable:
 *
 * A companion of a dense annotation CSV, read whole or not at all. Immutable, reference counted.
 */
typedef struct _SemioCompanionTable SemioCompanionTable;

/* "sides", "onsets", "order", "reports", "event-types": never translated; and for people. */
const char *semio_companion_kind_to_id (SemioCompanionKind kind);
const char *semio_companion_kind_get_label (SemioCompanionKind kind);

/* By its first line alone: whether a file is a companion, and of which kind. One with a feature's own column, or with times of the
 * event, is not. */
gboolean semio_companion_recognise (GBytes *bytes, SemioFeatureSet *features, SemioCompanionKind *kind);
SemioCompanionTable *semio_companion_read (GBytes *bytes, const char *name, SemioFeatureSet *features, GError **error);
SemioCompanionTable *semio_companion_table_ref (SemioCompanionTable *table);
void semio_companion_table_unref (SemioCompanionTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCompanionTable, semio_companion_table_unref)

SemioCompanionKind semio_companion_table_get_kind (SemioCompanionTable *table);
/* Columns as they stand in the file, made safe to show, and what each was taken for: "file name", "side", "begin", "end",
 * "feature onset", "feature name", "order", "report", "event type", "region", "unknown". */
guint semio_companion_table_get_n_columns (SemioCompanionTable *table);
const char *semio_companion_table_get_column (SemioCompanionTable *table, guint column);
const char *semio_companion_table_get_role (SemioCompanionTable *table, guint column);
/* Stems without repetition in the file's order, NULL-terminated. */
const char *const *semio_companion_table_get_stems (SemioCompanionTable *table);
guint semio_companion_table_get_n_rows (SemioCompanionTable *table);
const SemioCompanionRow *semio_companion_table_get_row (SemioCompanionTable *table, guint row);
/* Things worth a look that stop nothing. NULL-terminated. */
const char *const *semio_companion_table_get_remarks (SemioCompanionTable *table);

G_END_DECLS
