/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-prediction.h"

G_BEGIN_DECLS

/* What a run says of a recording, without its explanations. */
typedef struct {
  gint64 recording_id;
  gint64 run_id;
  guint n_features; /* features with a usable answer */
  GBytes *answered; /* bit f (byte f / 8, bit f % 8): a usable answer for feature f */
  GBytes *ratable; /* the same: some explanation is there to be rated */
} SemioCoverage;

void semio_coverage_clear (SemioCoverage *coverage);
gboolean semio_coverage_has_bit (GBytes *bits, guint feature);

/* When a feature begins, as a run says. */
typedef struct {
  gint64 run_id;
  gint64 recording_id;
  guint feature;
  int segment;
  int attempt;
  SemioAnswer answer; /* fail when there was no usable one */
  gint64 onset_ns; /* from the first displayed frame; SEMIO_TIME_NONE: none was told */
  char *explanation; /* (nullable) */
} SemioPredictedOnset;

void semio_predicted_onset_clear (SemioPredictedOnset *onset);

/* What happens, in the words of a run. */
typedef struct {
  gint64 run_id;
  gint64 recording_id;
  int segment;
  int attempt;
  char *text; /* (nullable): none that is usable */
} SemioNarrative;

void semio_narrative_clear (SemioNarrative *narrative);

/* All answers for a recording with explanations, by run, feature, segment, attempt. Array of #SemioPrediction. */
GArray *semio_prediction_table_load (SemioDatabase *database, gint64 recording_id, GError **error);
/* Without explanations, for numbers: of a run (0: all runs), by run, recording, feature, segment, attempt. */
GArray *semio_prediction_table_load_answers (SemioDatabase *database, gint64 run_id, GError **error);
/* The onset times for a recording, by run, feature, segment: of each the last usable attempt, else the last. Array of
 * #SemioPredictedOnset. */
GArray *semio_prediction_table_load_onsets (SemioDatabase *database, gint64 recording_id, GError **error);
/* The same of narratives, by run, segment. Array of #SemioNarrative. */
GArray *semio_prediction_table_load_narratives (SemioDatabase *database, gint64 recording_id, GError **error);
/* Array of #SemioCoverage by recording, then run; reads neither predictions nor explanations. */
GArray *semio_prediction_table_load_coverage (SemioDatabase *database, GError **error);
/* The last usable attempt counts, else the last. Reduces a loaded array in place to one prediction per key. */
void semio_prediction_keep_last (GArray *predictions);

G_END_DECLS
