/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-feature-set.h"
#include "semio-rating.h"
#include "semio-segments.h"

G_BEGIN_DECLS

/**
 * SemioJoined:
 *
 * The runs' answers and the current reference of a whole study, joined to recordings, as numbers and exports need them.
 */
typedef struct {
  SemioFeatureSet *features;
  GPtrArray *recordings; /* of SemioRecording */
  GPtrArray *runs; /* of SemioRun */
  gboolean has_reference;
  char *reference_name; /* (nullable) */
  GHashTable *recordings_by_id; /* id → SemioRecording, borrowed */
  GHashTable *runs_by_id; /* id → SemioRun, borrowed */
  GHashTable *events; /* recording id → SemioEvent */
  GHashTable *labels; /* SemioItemKey with run 0 → answer */
  GHashTable *answers; /* SemioItemKey → answer */
} SemioJoined;

/* Loads and joins; run_id 0 for all runs. Blocks: for reading threads. */
SemioJoined *semio_joined_load (SemioDatabase *database, SemioFeatureSet *features, SemioJoinPolicy policy, gint64 run_id,
                                GCancellable *cancellable, GError **error);
/* The same against a certain reference set; 0 for the current one. */
SemioJoined *semio_joined_load_against (SemioDatabase *database, SemioFeatureSet *features, SemioJoinPolicy policy, gint64 run_id,
                                        gint64 reference_id, GCancellable *cancellable, GError **error);
void semio_joined_free (SemioJoined *joined);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioJoined, semio_joined_free)

/* SEMIO_ANSWER_MISSING when the reference says nothing. */
SemioAnswer semio_joined_get_label (SemioJoined *joined, gint64 recording_id, guint feature);
/* FALSE when the run has no prediction at all there. */
gboolean semio_joined_get_answer (SemioJoined *joined, gint64 run_id, gint64 recording_id, guint feature, SemioAnswer *answer);

G_END_DECLS
