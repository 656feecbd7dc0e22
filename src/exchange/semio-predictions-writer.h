/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"
#include "semio-feature-set.h"
#include "semio-prediction.h"

G_BEGIN_DECLS

/* One row of a wide predictions file. Nothing is owned. */
typedef struct {
  const char *name; /* of the recording, without an extension: pseudonym, or stem of the source name */
  int segment; /* from 0, or SEMIO_SEGMENT_WHOLE */
  const SemioAnswer *answers; /* one per feature of the set */
  const char *const *explanations; /* one per feature; entries may be NULL; the array too */
  const SemioPrediction *const *cells; /* the same: whose times and scores are written */
} SemioPredictionRow;

/* CSV as semio_wide_read() reads it: file_name, then for each feature its answer and justification_for_<feature>, and
 * start_time_for_, end_time_for_ and score_for_<feature> where any row has them, times in seconds. A segment's
 * name ends in "_segment_<k>", k from 0. */
GBytes *semio_predictions_write (SemioFeatureSet *features, const SemioPredictionRow *rows, guint n_rows);

G_END_DECLS
