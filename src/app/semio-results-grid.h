/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-results.h"
#include "semio-text-table.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_GRID (semio_results_grid_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsGrid, semio_results_grid, SEMIO, RESULTS_GRID, AdwBin)

/**
 * SemioResultsGrid:
 *
 * The table of F1 per feature with a column a run. Sorts by any column; rows can be selected and are copied with Ctrl+C (all
 * when none is selected). Signals "feature-activated" (guint feature): Enter or a double click on a row; "cell-activated" (guint
 * feature, guint run: index into the report's runs): a click on a number.
 */
GtkWidget *semio_results_grid_new (void);
/* report may be NULL. */
void semio_results_grid_set_report (SemioResultsGrid *grid, SemioResultsReport *report);
/* What Ctrl+C copies. (nullable) */
SemioTextTable *semio_results_grid_make_table (SemioResultsGrid *grid);

G_END_DECLS
