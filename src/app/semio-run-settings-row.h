/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-run-config.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_SETTINGS_ROW (semio_run_settings_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunSettingsRow, semio_run_settings_row, SEMIO, RUN_SETTINGS_ROW, AdwComboRow)

/**
 * SemioRunSettingsRow:
 *
 * The settings of runs that are kept by name: chosen, saved, renamed, duplicated, deleted. What was changed and not saved
 * stays to be chosen when others are.
 *
 * Signals: "chosen" (#SemioRunConfig *: its values are to be shown, then told by semio_run_settings_row_set_base()),
 * "problem" (const char *: a sentence; NULL when there is none any more).
 */
GtkWidget *semio_run_settings_row_new (void);
/* config: what is shown from the beginning. It is chosen where it stands under a name; otherwise it is to be had under
 * label as long as the row is. */
void semio_run_settings_row_begin (SemioRunSettingsRow *self, SemioFeatureSet *features, const SemioRunConfig *config,
                                   const char *label);
/* What the controls say now that those chosen are shown, and whenever one is changed. */
void semio_run_settings_row_set_base (SemioRunSettingsRow *self, const SemioRunConfig *config);
void semio_run_settings_row_set_current (SemioRunSettingsRow *self, const SemioRunConfig *config);

G_END_DECLS
