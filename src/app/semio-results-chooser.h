/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-results.h"

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
gboolean semio_results_chooser_has_person (SemioResultsChooser *chooser, gint64 person_id);

G_END_DECLS
