/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

#define SEMIO_SEGMENT_WHOLE (-1)

/* A run's answer and explanation for one feature of one segment or recording. Owned by the array it stands in. */
typedef struct {
  gint64 run_id;
  gint64 recording_id;
  guint feature; /* index into the study's feature set */
  int segment; /* from 0, or SEMIO_SEGMENT_WHOLE */
  int attempt; /* from 0; the last usable one counts */
  SemioAnswer answer;
  char *explanation; /* (nullable) as given; plain text always */
  gboolean has_span; /* the run says when the feature occurs: begin_ns and end_ns mean something */
  gint64 begin_ns, end_ns;
  gboolean has_score; /* score means something */
  double score; /* finite; the higher, the rather yes */
} SemioPrediction;

void semio_prediction_clear (SemioPrediction *prediction);

/**
 * semio_prediction_pick:
 * @predictions: those of one run and feature of a recording; of two with one attempt the later in the array goes first
 * @n_segments: (out): how many segments there are, 0 when a prediction of the whole recording counts or nothing does
 *
 * Chooses what is shown of them: a prediction of the whole recording goes before those of segments, and of each the last
 * usable attempt counts, else the last.
 *
 * Returns: (transfer container): one per segment, NULL where a segment has none; at least one
 */
const SemioPrediction **semio_prediction_pick (const SemioPrediction *const *predictions, guint n_predictions, guint *n_segments);

/**
 * semio_prediction_hash_shown:
 * @explanations: the texts that are shown, one per segment; (nullable) each
 * @n_segments: 0 for the one text of a whole recording
 *
 * What a rating says of the text that it is of, and what verifying compares.
 *
 * Returns: SHA-256 of a whole recording's text as it is; for segments of the canonical JSON array of their texts, null
 * where a segment has none
 */
SemioSha256 semio_prediction_hash_shown (const char *const *explanations, guint n_segments);

G_END_DECLS
