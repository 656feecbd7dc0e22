/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-event.h"
#include "semio-exchange-error.h"
#include "semio-feature-set.h"

G_BEGIN_DECLS

/* The files that stand beside a dense annotation CSV, told apart by their headers. */
typedef enum {
  SEMIO_COMPANION_SIDES, /* left_right_head_turning, left_right_arm_movement, their times, body_region_onset */
  SEMIO_COMPANION_ONSETS, /* feature and target_time in seconds, or timestamp as M:SS */
  SEMIO_COMPANION_ORDER, /* event_sequence: features in the order in which they begin */
  SEMIO_COMPANION_REPORTS, /* report */
  SEMIO_COMPANION_EVENT_TYPES, /* label: ES or NES */
} SemioCompanionKind;

/* The patient's side, as bits. */
typedef enum {
  SEMIO_COMPANION_SIDE_NONE = 0, /* said to be on neither: "N/A", "none" */
  SEMIO_COMPANION_SIDE_LEFT = 1,
  SEMIO_COMPANION_SIDE_RIGHT = 2,
  SEMIO_COMPANION_SIDE_BOTH = 3,
  SEMIO_COMPANION_SIDE_BLANK = 4, /* the cell is empty or the file has no such column */
} SemioCompanionSide;

typedef struct {
  SemioCompanionSide side;
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
  gboolean has_type;
  SemioEventType type;
} SemioCompanionRow;

/**
 * SemioCompanionTable:
 *
 * A companion of a dense annotation CSV, read whole or not at all. Immutable, reference counted.
 */
typedef struct _SemioCompanionTable SemioCompanionTable;

SemioCompanionTable *semio_companion_read (GBytes *bytes, const char *name, SemioFeatureSet *features, GError **error);
SemioCompanionTable *semio_companion_table_ref (SemioCompanionTable *table);
void semio_companion_table_unref (SemioCompanionTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCompanionTable, semio_companion_table_unref)

SemioCompanionKind semio_companion_table_get_kind (SemioCompanionTable *table);
guint semio_companion_table_get_n_rows (SemioCompanionTable *table);
const SemioCompanionRow *semio_companion_table_get_row (SemioCompanionTable *table, guint row);
/* Things worth a look that stop nothing. NULL-terminated. */
const char *const *semio_companion_table_get_remarks (SemioCompanionTable *table);

G_END_DECLS
