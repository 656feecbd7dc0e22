/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results-parts.h"

G_BEGIN_DECLS

/* How the numbers were made, as a paper tells it: policy, joining, intervals with their seed, comparisons, agreement, versions. Array
 * of char *, one a paragraph. */
GPtrArray *semio_results_describe_methods (const SemioResultsView *view);
/* The same for programs, an item and its value a row. */
SemioTextTable *semio_results_make_settings_table (const SemioResultsView *view);
/* From the recordings of the study to the answers that are scored, a row a run. (nullable) without a report. */
SemioTextTable *semio_results_make_flow_table (const SemioResultsView *view);
/* What the runs are. (nullable) without a report. */
SemioTextTable *semio_results_make_runs_table (const SemioResultsView *view);
/* The numbers of every part that has some: for people its tables, for programs those of its figures as well, and what was counted
 * and how in front. Array of #SemioTextTable. */
GPtrArray *semio_results_make_all_tables (const SemioResultsView *view, gboolean for_programs);

G_END_DECLS
