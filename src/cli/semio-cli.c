/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cli.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "semio-json.h"
#include "semio-study-copy.h"

/* A terminal is not written to more often than this. */
#define PROGRESS_EVERY_US (100 * 1000)
#define LINE_CHARS 78

struct _SemioCli {
  gboolean json;
  GCancellable *cancellable;
  guint interrupt_source;
  GAsyncResult *result;
  char *usage;
  gboolean is_terminal;
  gboolean has_line; /* a line of progress stands on the terminal */
  gint64 last_progress_us;
  SemioTimeLeft left;
};

static gboolean
interrupted_cb (gpointer user_data)
{
  SemioCli *cli = user_data;

  g_cancellable_cancel (cli->cancellable);
  return G_SOURCE_CONTINUE;
}

SemioCli *
semio_cli_new (void)
{
  SemioCli *cli = g_new0 (SemioCli, 1);

  cli->cancellable = g_cancellable_new ();
  cli->interrupt_source = g_unix_signal_add (SIGINT, interrupted_cb, cli);
  cli->is_terminal = isatty (STDERR_FILENO);
  semio_time_left_start (&cli->left);
  return cli;
}

void
semio_cli_free (SemioCli *cli)
{
  semio_cli_end_progress (cli);
  g_source_remove (cli->interrupt_source);
  g_object_unref (cli->cancellable);
  g_clear_object (&cli->result);
  g_free (cli->usage);
  g_free (cli);
}

static int
parse_with (SemioCli *cli, GOptionContext *context, char ***argv, int min_arguments, int max_arguments)
{
  gboolean help = FALSE;
  GOptionEntry common[] = { { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print JSON for programs"), NULL },
                            { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
                            { NULL } };
  g_autoptr (GError) error = NULL;
  int n;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, argv, &error))
    return semio_cli_wrong_use (cli, "%s", error->message);
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
      return SEMIO_CLI_DONE;
    }
  n = (int) g_strv_length (*argv) - 1;
  if (n < min_arguments)
    return semio_cli_wrong_use (cli, "%s", _ ("Something is missing after the command."));
  if (max_arguments >= 0 && n > max_arguments)
    return semio_cli_wrong_use (cli, _ ("“%s” is too much after the command."), (*argv)[max_arguments + 1]);
  return -1;
}

int
semio_cli_parse (SemioCli *cli, const char *usage, const char *summary, const GOptionEntry *options, char ***argv,
                 int min_arguments, int max_arguments)
{
  GOptionContext *context = g_option_context_new (usage);
  int status;

  g_free (cli->usage);
  cli->usage = g_strdup (usage);
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (options)
    g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  status = parse_with (cli, context, argv, min_arguments, max_arguments);
  g_option_context_free (context);
  return status;
}

int
semio_cli_wrong_use (SemioCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "semio: %s\n", text);
  if (cli->usage)
    fprintf (stderr, _ ("Usage: semio %s. “--help” tells more.\n"), cli->usage);
  return SEMIO_CLI_WRONG_USE;
}

int
semio_cli_fail (SemioCli *cli, GError *error)
{
  semio_cli_end_progress (cli);
  fflush (stdout);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fprintf (stderr, "semio: %s\n", _ ("Stopped."));
  else
    fprintf (stderr, "semio: %s\n", error->message);
  g_error_free (error);
  return SEMIO_CLI_FAILED;
}

gboolean
semio_cli_is_json (SemioCli *cli)
{
  return cli->json;
}

void
semio_cli_set_json (SemioCli *cli)
{
  cli->json = TRUE;
}

GCancellable *
semio_cli_get_cancellable (SemioCli *cli)
{
  return cli->cancellable;
}

void
semio_cli_print (SemioCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (cli->json)
    return;
  semio_cli_end_progress (cli);
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stdout, "%s\n", text);
}

void
semio_cli_remark (SemioCli *cli, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  semio_cli_end_progress (cli);
  /* Into one file or pipe, both come in the order in which they were said. */
  fflush (stdout);
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fprintf (stderr, "semio: %s\n", text);
}

void
semio_cli_print_json (SemioCli *cli, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "schema", SEMIO_CLI_SCHEMA);
  json_node_take_object (node, object);
  if (cli->json)
    {
      g_autofree char *text = semio_json_canonical (node);

      semio_cli_end_progress (cli);
      fprintf (stdout, "%s\n", text);
    }
}

JsonArray *
semio_cli_json_strings (const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings && strings[i]; i++)
    json_array_add_string_element (array, strings[i]);
  return array;
}

void
semio_cli_progress (double fraction, const char *what, gpointer user_data)
{
  SemioCli *cli = user_data;
  g_autofree char *left = NULL;
  g_autofree char *line = NULL;
  g_autofree char *cut = NULL;
  gint64 now_us = g_get_monotonic_time ();

  if (!cli->is_terminal)
    return;
  if (fraction >= 0)
    semio_time_left_update (&cli->left, fraction);
  if (now_us - cli->last_progress_us < PROGRESS_EVERY_US)
    return;
  cli->last_progress_us = now_us;
  left = semio_time_left_to_text (&cli->left);
  if (fraction >= 0)
    line = g_strdup_printf ("%3d %%  %s  %s", (int) (fraction * 100), left ? left : "", what ? what : "");
  else
    line = g_strdup (what ? what : "");
  cut = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), LINE_CHARS));
  fprintf (stderr, "\r\033[K%s", cut);
  fflush (stderr);
  cli->has_line = TRUE;
}

void
semio_cli_end_progress (SemioCli *cli)
{
  if (cli->has_line)
    fputs ("\r\033[K", stderr);
  cli->has_line = FALSE;
}

int
semio_cli_end_output (SemioCli *cli, int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  /* Who reads no further, as “head” does, wants no sentence about it. */
  if (errno != EPIPE)
    {
      semio_cli_end_progress (cli);
      fprintf (stderr, "semio: %s\n", _ ("What was to be printed could not be written. Free some space, or send it elsewhere."));
    }
  return status == SEMIO_CLI_DONE ? SEMIO_CLI_FAILED : status;
}

void
semio_cli_ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioCli *cli = user_data;

  g_set_object (&cli->result, result);
}

GAsyncResult *
semio_cli_wait (SemioCli *cli)
{
  while (!cli->result)
    g_main_context_iteration (NULL, TRUE);
  semio_cli_end_progress (cli);
  return g_steal_pointer (&cli->result);
}

/* Whoever has a damaged study is told which good copy of it there is. */
static void
name_backup (SemioCli *cli, GFile *file, GError *error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) backup = NULL;
  g_autofree char *message = NULL;
  g_autofree char *path = NULL;

  if (!semio_study_is_damage (error))
    return;
  semio_study_find_backup_async (file, cli->cancellable, semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  backup = semio_study_find_backup_finish (result, NULL, NULL);
  if (!backup)
    return;
  path = g_file_get_path (backup);
  message = g_steal_pointer (&error->message);
  error->message = g_strdup_printf (_ ("%s A good backup is %s: copy it to a new place and open the copy."), message, path);
}

SemioStudy *
semio_cli_open (SemioCli *cli, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;
  SemioStudy *study;
  GError *error = NULL;

  semio_study_open_async (file, semio_cli_progress, cli, cli->cancellable, semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  study = semio_study_open_finish (result, &error);
  if (!study)
    {
      name_backup (cli, file, error);
      semio_cli_fail (cli, error);
      return NULL;
    }
  for (const char *const *remark = semio_study_get_remarks (study); remark && *remark; remark++)
    semio_cli_remark (cli, "%s", *remark);
  semio_time_left_start (&cli->left);
  return study;
}

int
semio_cli_close (SemioCli *cli, SemioStudy *study, int status)
{
  GError *error = NULL;

  if (!semio_study_close_sync (study, &error))
    status = semio_cli_fail (cli, error);
  g_object_unref (study);
  return status;
}
