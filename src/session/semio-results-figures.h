/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results-parts.h"

G_BEGIN_DECLS

/* The features that any run of the report answers, in the set's order. Array of guint; free with g_array_unref(). */
GArray *semio_results_list_features (const SemioResultsReport *report);
/* The first row of a feature that there is, for what is the same in all runs. (nullable) */
const SemioResultsRow *semio_results_find_any (const SemioResultsReport *report, guint feature);
/* Only numbers that are there are marked: no run is worse than a constant answer that has no number. */
gboolean semio_results_row_is_beaten (const SemioResultsRow *row);
/* Scored of all pairs. */
SemioFigure semio_results_get_coverage (const SemioResultsRow *row);
/* A sentence on how segments are joined. */
const char *semio_results_describe_join (const SemioResultsReport *report);
/* Whether a run is an enhanced one of the same model and prompts as a plain one. */
gboolean semio_results_is_enhanced_of (const SemioRun *run, const SemioRun *plain);
/* The person's name, or "Rater 2" where there is none. person: index into the report's persons. */
char *semio_results_name_person (const SemioRatingsReport *ratings, guint person);
/* The number, or in words why it is not there. */
void semio_results_add_figure (SemioTextTable *table, SemioFigure figure, gboolean bold);
void semio_results_add_link (GArray *links, const SemioResultsReport *report, guint run, guint feature, int cell);

/* F1 per feature with a column a run, the reference's yes, the best constant answer and coverage. chosen: (nullable) array of
 * guint, the features in their order; NULL for all. */
SemioTextTable *semio_results_make_table (const SemioResultsReport *report, const GArray *chosen);
/* All numbers of all rows with their intervals, one line a number. */
SemioTextTable *semio_results_make_long_table (const SemioResultsReport *report);
/* only_clear: those alone whose interval excludes zero. (nullable): NULL when nothing was compared. */
SemioTextTable *semio_results_make_contrasts (const SemioResultsReport *report, gboolean only_clear);
SemioTextTable *semio_results_make_agreement (const SemioRatingsReport *ratings);
SemioTextTable *semio_results_make_faithfulness_table (const SemioRatingsReport *ratings, SemioFeatureSet *set);

/* Figures of a report; links: filled with a #SemioResultsLink for each mark. NULL when there is nothing to draw. */
SemioChart *semio_results_make_forest (const SemioResultsReport *report, GArray *links);
SemioChart *semio_results_make_heat (const SemioResultsReport *report, GArray *links);
SemioChart *semio_results_make_confusion (const SemioResultsReport *report, GArray *links);
SemioChart *semio_results_make_enhancement (const SemioResultsReport *report, GArray *links);
SemioChart *semio_results_make_curves (const SemioCurvesReport *curves, gboolean precision_recall, GArray *links);
/* Every onset that was scored, by its error in seconds. */
SemioChart *semio_results_make_onsets (const SemioTimesReport *times, GArray *links);
/* Areas of the curves, each above what one score for all earns. */
SemioTextTable *semio_results_make_areas_table (const SemioCurvesReport *curves);
/* One part of time and order, each row above its best constant answer. (transfer full) (nullable): NULL where the report says why
 * it is empty. */
SemioTextTable *semio_results_make_times_table (const SemioTimesReport *times, SemioTimesPart part);
/* points: array of #SemioFaithfulPoint. */
SemioChart *semio_results_make_faithfulness (const GArray *points, SemioFeatureSet *set, GArray *links);
SemioChart *semio_results_make_scores (const GArray *points, SemioFeatureSet *set, GArray *links);
SemioChart *semio_results_make_agreement_matrix (const SemioRatingsReport *ratings, GArray *links);

G_END_DECLS
