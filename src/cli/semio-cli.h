/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "semio-progress.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* Version of the JSON that the subcommands print. */
#define SEMIO_CLI_SCHEMA 1

/* What a process leaves behind. */
enum {
  SEMIO_CLI_DONE = 0,
  SEMIO_CLI_FAILED = 1,
  SEMIO_CLI_WRONG_USE = 2,
};

/**
 * SemioCli:
 *
 * One call of the program: its options, its way of waiting, and what goes to the terminal.
 */
typedef struct _SemioCli SemioCli;

SemioCli *semio_cli_new (void);
void semio_cli_free (SemioCli *cli);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCli, semio_cli_free)

/**
 * semio_cli_parse:
 * @usage: the arguments as the help shows them, "import reference STUDY FILE"
 * @summary: what it does, a sentence
 * @options: (nullable): options beside --json and --help
 * @min_arguments: fewest that stand behind the options
 * @max_arguments: most, or -1 for any number
 *
 * Reads the options of a subcommand. The arguments that stay are in @argv, NULL-terminated.
 *
 * Returns: -1 to go on, otherwise the exit status
 */
int semio_cli_parse (SemioCli *cli, const char *usage, const char *summary, const GOptionEntry *options, char ***argv,
                     int min_arguments, int max_arguments);
/* An option's value that cannot be used: prints it with the way to the help. Gives the exit status. */
int semio_cli_wrong_use (SemioCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Prints the error. Gives the exit status. Takes the error. */
int semio_cli_fail (SemioCli *cli, GError *error);

gboolean semio_cli_is_json (SemioCli *cli);
/* As --json does. */
void semio_cli_set_json (SemioCli *cli);
/* Cancelled by the first Ctrl+C. */
GCancellable *semio_cli_get_cancellable (SemioCli *cli);
/* Text for people, to standard output; left out with --json. */
void semio_cli_print (SemioCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A remark, to standard error. */
void semio_cli_remark (SemioCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Prints {"schema":1, …} with --json. Takes the object. */
void semio_cli_print_json (SemioCli *cli, JsonObject *object);
JsonArray *semio_cli_json_strings (const char *const *strings);

/* A #SemioProgressFunc: one line on standard error with the time left, when that is a terminal. user_data: the cli. */
void semio_cli_progress (double fraction, const char *what, gpointer cli);
/* After the last word: the status, or that of a failure when what was printed did not arrive. */
int semio_cli_end_output (SemioCli *cli, int status);
void semio_cli_end_progress (SemioCli *cli);

/* A callback for asynchronous calls, and waiting for it. (transfer full) */
void semio_cli_ready_cb (GObject *source, GAsyncResult *result, gpointer cli);
GAsyncResult *semio_cli_wait (SemioCli *cli);

/* Opens a study, telling remarks; NULL when it failed, which was printed. */
SemioStudy *semio_cli_open (SemioCli *cli, const char *path);
/* Closes it. Gives status, or 1 when closing failed, which was printed. */
int semio_cli_close (SemioCli *cli, SemioStudy *study, int status);

G_END_DECLS
