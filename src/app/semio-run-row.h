/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-predict.h"
#include "semio-run-detail.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_ROW (semio_run_row_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunRow, semio_run_row, SEMIO, RUN_ROW, AdwExpanderRow)

/**
 * SemioRunRow:
 *
 * One run in the list: its name, what it is, how far it is; unfolded what went wrong and what can be done.
 *
 * Signals: "pause", "stop", "go-on", "retry", "duplicate", "archive"; all about the row's run.
 */
SemioRunRow *semio_run_row_new (SemioRun *run);
SemioRun *semio_run_row_get_run (SemioRunRow *self);
void semio_run_row_set_sums (SemioRunRow *self, const SemioRunSums *sums);
/* NULL: nothing is at work. */
void semio_run_row_set_predict (SemioRunRow *self, SemioPredict *predict);
SemioPredict *semio_run_row_get_predict (SemioRunRow *self);
void semio_run_row_add_problem (SemioRunRow *self, const char *problem);

G_END_DECLS
