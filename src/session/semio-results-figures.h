/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chart.h"
#include "semio-results.h"
#include "semio-study-ratings.h"
#include "semio-text-table.h"

G_BEGIN_DECLS

/* The features that any run of the report answers, in the set's order. Array of guint; free with g_array_unref(). */
GArray *semio_results_list_features (const SemioResultsReport *report);
/* The first row of a feature that there is, for what is the same in all runs. (nullable) */
const SemioResultsRow *semio_results_find_any (const SemioResultsReport *report, guint feature);
/* Only numbers that are there are marked: no run is worse than a constant answer that has no number. */
gboolean semio_results_row_is_beaten (const SemioResultsRow *row);

/* F1 per feature with a column a run, the reference's yes and the best constant answer. chosen: (nullable) array of guint, the
 * features in their order; NULL for all. */
SemioTextTable *semio_results_make_table (const SemioResultsReport *report, const GArray *chosen);
/* All numbers of all rows with their intervals, one line a number. */
SemioTextTable *semio_results_make_long_table (const SemioResultsReport *report);

/* Marks count feature by feature as semio_results_list_features() has them, run by run. */
SemioChart *semio_results_make_forest (const SemioResultsReport *report);
SemioChart *semio_results_make_heat (const SemioResultsReport *report);

/* Scores of explanations; points: array of #SemioFaithfulPoint. features: filled with the feature of each row. NULL when
 * nothing is scored. */
SemioChart *semio_results_make_faithfulness (const GArray *points, SemioFeatureSet *set, GArray *features);
SemioTextTable *semio_results_make_agreement (const SemioRatingsReport *report);

G_END_DECLS
