/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-predict.h"
#include "semio-window.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_DIALOG (semio_run_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunDialog, semio_run_dialog, SEMIO, RUN_DIALOG, AdwWindow)

/**
 * SemioRunDialog:
 *
 * A new run: over which recordings, what is asked, of whom, by which protocol; then what will be sent and where; then the
 * consent where one is lacking.
 *
 * Signal "start" (#SemioPredict): everything was agreed to.
 */
/* config (nullable): begins with its values; otherwise with those of the run started last. shown: of gint64, the recordings
 * that the filters of the Cases page leave. */
SemioRunDialog *semio_run_dialog_new (SemioWindow *window, const SemioRunConfig *config, GArray *shown);

G_END_DECLS
