/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-cli.h"

G_BEGIN_DECLS

/* A subcommand: argv[0] is the program, what follows the command's words stands behind. Gives the exit status. */
typedef int (*SemioCliFunc) (SemioCli *cli, char ***argv);

int semio_cli_new_study (SemioCli *cli, char ***argv);
int semio_cli_info (SemioCli *cli, char ***argv);
int semio_cli_demo (SemioCli *cli, char ***argv);
int semio_cli_add (SemioCli *cli, char ***argv);
int semio_cli_import_reference (SemioCli *cli, char ***argv);
int semio_cli_import_annotations (SemioCli *cli, char ***argv);
int semio_cli_import_predictions (SemioCli *cli, char ***argv);
int semio_cli_predict (SemioCli *cli, char ***argv);
int semio_cli_settings (SemioCli *cli, char ***argv);
int semio_cli_batch_write (SemioCli *cli, char ***argv);
int semio_cli_batch_read (SemioCli *cli, char ***argv);
int semio_cli_transcribe (SemioCli *cli, char ***argv);
int semio_cli_metrics (SemioCli *cli, char ***argv);
int semio_cli_agreement (SemioCli *cli, char ***argv);
int semio_cli_faithfulness (SemioCli *cli, char ***argv);
int semio_cli_published (SemioCli *cli, char ***argv);
int semio_cli_export (SemioCli *cli, char ***argv);
int semio_cli_merge (SemioCli *cli, char ***argv);
int semio_cli_verify (SemioCli *cli, char ***argv);
int semio_cli_probe (SemioCli *cli, char ***argv);
int semio_cli_frame (SemioCli *cli, char ***argv);

/* Stable text of a recording's sound and warnings, for programs. */
const char *semio_cli_sound_to_id (int sound);
JsonArray *semio_cli_warnings_to_json (int warnings);

/* Looks the command's words up and runs it. */
int semio_cli_run (SemioCli *cli, char **argv);

G_END_DECLS
