/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-finding.h"
#include "semio-results-private.h"

G_BEGIN_DECLS

#define SEMIO_TIMES_N_BODY_PARTS 2 /* head, arm */
/* Where a voice says nothing of a side or type, and where a run failed to. */
#define SEMIO_TIMES_SILENT (-1)
#define SEMIO_TIMES_FAILED (-2)

/* What one voice, the reference or a run, says of times and order. */
typedef struct {
  double *onsets_s; /* by recording, feature; NAN: it tells none */
  GArray **spans; /* by recording, feature (nullable): of #SemioSpan */
  GArray **orders; /* by recording (nullable): of guint, features */
  gint8 *sides[SEMIO_TIMES_N_BODY_PARTS]; /* by recording: #SemioSide, or as above */
  gint8 *types; /* by recording: #SemioEventType, or as above */
  gsize n_cells, n_recordings;
} SemioTimesVoice;

/* All that a choice needs of a study for times and curves. Plain memory of one thread. */
typedef struct {
  SemioFeatureSet *features;
  GPtrArray *recordings; /* of #SemioRecording: the chosen ones */
  GPtrArray *runs; /* of #SemioRun: the chosen ones */
  gboolean *has_feature; /* by feature: it is chosen */
  char *reference_name;
  guint8 *labels; /* #SemioAnswer by recording, feature */
  SemioTimesVoice *reference;
  GPtrArray *voices; /* of #SemioTimesVoice, by run */
  double *scores; /* by run, recording, feature; NAN: none */
  gboolean *has_scores; /* by run */
  SemioShare *share; /* (nullable), borrowed: told how far the intervals are */
} SemioTimesData;

/* Blocks: for reading threads. */
SemioTimesData *semio_times_data_load (SemioDatabase *database, SemioFeatureSet *features, const SemioResultsChoice *choice,
                                       GCancellable *cancellable, GError **error);
void semio_times_data_free (SemioTimesData *data);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTimesData, semio_times_data_free)

gsize semio_times_data_get_cell (const SemioTimesData *data, guint recording, guint feature);

G_END_DECLS
