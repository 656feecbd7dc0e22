/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-cli-commands.h"
#include "semio-results-curves.h"
#include "semio-results-times.h"
#include "semio-results.h"

G_BEGIN_DECLS

/* A report of results as people and programs read it. */
void semio_cli_results_print_table (const SemioResultsReport *report);
void semio_cli_results_print_csv (SemioCli *cli, const SemioResultsReport *report);
JsonObject *semio_cli_results_to_json (const SemioResultsReport *report);

/* Scores of time and order. */
void semio_cli_times_print_table (const SemioTimesReport *report);
void semio_cli_times_print_csv (const SemioTimesReport *report);
JsonObject *semio_cli_times_to_json (const SemioTimesReport *report);

/* Curves: their areas, and in JSON their points. */
void semio_cli_curves_print_table (const SemioCurvesReport *report);
void semio_cli_curves_print_csv (SemioCli *cli, const SemioCurvesReport *report);
JsonObject *semio_cli_curves_to_json (const SemioCurvesReport *report);

G_END_DECLS
