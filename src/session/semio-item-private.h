/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-review.h"

G_BEGIN_DECLS

/**
 * semio_item_build_all:
 * @set: the study's feature set
 * @recording: whose items these are
 * @event: (nullable): span of the event in the current reference set
 * @runs: array of #SemioRun, in the order of the items
 * @predictions: array of #SemioPrediction of the recording, any order
 *
 * Builds the items of a recording: one per feature and run with a prediction, ordered by feature, then run. The last
 * usable attempt of a segment counts. A prediction of the whole recording goes before those of segments.
 *
 * Returns: array of #SemioItem
 */
GPtrArray *semio_item_build_all (SemioFeatureSet *set, const SemioRecording *recording, const SemioSpan *event, GPtrArray *runs,
                                 GArray *predictions);

/* One item from the predictions of one run and feature, any order; key and run are left to the caller. */
SemioItem *semio_item_build (const SemioFeature *feature, SemioJoinPolicy policy, SemioSegmentPlan plan,
                             const SemioRecording *recording, const SemioSpan *event, const SemioPrediction *const *predictions,
                             guint n_predictions);

void semio_item_free (SemioItem *item);

G_END_DECLS
