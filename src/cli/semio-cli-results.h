/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-cli-commands.h"
#include "semio-results.h"

G_BEGIN_DECLS

/* A report of results as people and programs read it. */
void semio_cli_results_print_table (const SemioResultsReport *report);
void semio_cli_results_print_csv (SemioCli *cli, const SemioResultsReport *report);
JsonObject *semio_cli_results_to_json (const SemioResultsReport *report);

G_END_DECLS
