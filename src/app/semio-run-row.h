/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-predict.h"
#include "semio-run-detail.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_ROW (semio_run_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunRow, semio_run_row, SEMIO, RUN_ROW, GtkListBoxRow)

/**
 * SemioRunRow:
 *
 * One run in the list: its name and state, the model, the prompts and the enhancement, how much of it has an answer, what
 * failed, what it cost, and how long it will take.
 */
SemioRunRow *semio_run_row_new (SemioRun *run);
SemioRun *semio_run_row_get_run (SemioRunRow *self);
/* n_planned: questions of the whole run, as the study stands now. */
void semio_run_row_set_sums (SemioRunRow *self, const SemioRunSums *sums, guint n_planned);
/* NULL: nothing is at work. */
void semio_run_row_set_predict (SemioRunRow *self, SemioPredict *predict);

G_END_DECLS
