/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-event.h"
#include "semio-label.h"

G_BEGIN_DECLS

/* The event of a recording as a reference set gives it. */
typedef struct {
  gint64 recording_id;
  SemioEvent event;
} SemioRecordingEvent;

/* Array of #SemioReferenceSet in the order of their making. */
GPtrArray *semio_reference_table_load_sets (SemioDatabase *database, GError **error);
/* (nullable): NULL without error when there is none of that name, or none current. */
SemioReferenceSet *semio_reference_table_find (SemioDatabase *database, const char *name, GError **error);
SemioReferenceSet *semio_reference_table_get_current (SemioDatabase *database, GError **error);
/* Writes an entry. The first set of a study becomes current by itself. */
gboolean semio_reference_table_set_current (SemioDatabase *database, const SemioUuid *actor, gint64 set_id, const char *reason,
                                            GError **error);
/* Labels of a set for a recording (0: for all). Array of #SemioLabel by recording, then feature. */
GArray *semio_reference_table_load_labels (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error);
/* Events of a set for a recording (0: for all). Array of #SemioRecordingEvent. */
GArray *semio_reference_table_load_events (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error);

G_END_DECLS
