/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-results.h"
#include "semio-study-ratings.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RESULTS_CHOOSER (semio_results_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SemioResultsChooser, semio_results_chooser, SEMIO, RESULTS_CHOOSER, AdwBin)

/**
 * SemioResultsChooser:
 *
 * What the results are of: reference set, runs, policy, groups of features and persons. Signal "changed".
 */
GtkWidget *semio_results_chooser_new (void);
void semio_results_chooser_set_study (SemioResultsChooser *chooser, SemioStudy *study);
/* Fills what a person can choose here; clear with semio_results_chooser_clear_choice(). */
void semio_results_chooser_get_choice (SemioResultsChooser *chooser, SemioResultsChoice *choice);
void semio_results_chooser_clear_choice (SemioResultsChoice *choice);
/* The ids of those whose judgements are looked at. Array of gint64; free with g_array_unref(). */
GArray *semio_results_chooser_list_persons (SemioResultsChooser *chooser);
/* How much of the study the numbers are of. */
void semio_results_chooser_show_coverage (SemioResultsChooser *chooser, const SemioResultsReport *report);
void semio_results_chooser_show_rated (SemioResultsChooser *chooser, const SemioRatingsReport *ratings);

G_END_DECLS
