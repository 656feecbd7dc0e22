/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-predict.h"
#include "semio-run-coverage.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_FACTS (semio_run_facts_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunFacts, semio_run_facts, SEMIO, RUN_FACTS, AdwBin)

/**
 * SemioRunFacts:
 *
 * A run in numbers: how much has an answer, what failed and was repaired, what it cost, how long it takes.
 */
GtkWidget *semio_run_facts_new (void);
/* coverage, predict (nullable). counted: what of the work sums hold already. */
void semio_run_facts_show (SemioRunFacts *self, const SemioRun *run, const SemioRunCoverage *coverage, const SemioRunSums *sums,
                           SemioPredict *predict, const SemioPredictProgress *counted);

/* Rows that tell what a run was set to. config (nullable): an import has none. */
GtkWidget *semio_run_facts_create_settings (const SemioRun *run, const SemioRunConfig *config);

G_END_DECLS
