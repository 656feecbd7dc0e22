/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio batch read; writing stands with predict, whose options it shares. */
#include <glib/gi18n-lib.h>

#include "semio-batch-read.h"
#include "semio-cli-commands.h"

static SemioBatchReadResult *
read_run (SemioCli *cli, SemioStudy *study, const char *name, GPtrArray *files, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_batch_read_async (study, name, files, semio_cli_progress, cli, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  return semio_batch_read_finish (study, result, error);
}

/* Of the runs that a server was or would be asked for, the first that the results belong to. */
static SemioBatchReadResult *
read_any (SemioCli *cli, SemioStudy *study, GPtrArray *files, char **run, GError **error)
{
  GPtrArray *runs = semio_study_get_runs (study);
  g_auto (GStrv) names = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  SemioBatchReadResult *result = NULL;

  /* Reading loads the list of runs anew. */
  for (guint i = 0; i < runs->len; i++)
    if (g_strcmp0 (((const SemioRun *) runs->pdata[i])->origin, "model") == 0)
      g_strv_builder_add (builder, ((const SemioRun *) runs->pdata[i])->name);
  names = g_strv_builder_end (builder);
  for (char **name = names; *name && !result; name++)
    {
      g_clear_error (error);
      result = read_run (cli, study, *name, files, error);
      if (result)
        *run = g_strdup (*name);
      else if (!g_error_matches (*error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONFLICT))
        break;
    }
  if (!result && !*error)
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                         _ ("The study has no run whose questions were written. Write them first with “semio batch write”."));
  return result;
}

static int
report (SemioCli *cli, const char *run, const SemioBatchReadResult *result)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < result->problems->len; i++)
    semio_cli_remark (cli, "%s", (const char *) result->problems->pdata[i]);
  semio_cli_print (cli,
                   _ ("Run “%s”: lines read: %u; answers kept: %u (usable: %u); there already: %u; of other questions: %u. "
                      "Open questions: %u."),
                   run, result->n_lines, result->n_kept, result->n_usable, result->n_repeated, result->n_other, result->n_open);
  json_object_set_string_member (object, "run", run);
  json_object_set_int_member (object, "lines", result->n_lines);
  json_object_set_int_member (object, "kept", result->n_kept);
  json_object_set_int_member (object, "usable", result->n_usable);
  json_object_set_int_member (object, "repeated", result->n_repeated);
  json_object_set_int_member (object, "other", result->n_other);
  json_object_set_int_member (object, "open", result->n_open);
  semio_cli_print_json (cli, object);
  return result->problems->len > 0 ? SEMIO_CLI_FAILED : SEMIO_CLI_DONE;
}

int
semio_cli_batch_read (SemioCli *cli, char ***argv)
{
  g_autofree char *run = NULL;
  const GOptionEntry options[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING, &run, N_ ("Run that the results belong to; found when not given"), N_ ("NAME") }, { NULL }
  };
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SemioBatchReadResult) result = NULL;
  SemioStudy *study;
  GError *error = NULL;
  int status =
      semio_cli_parse (cli, "batch read STUDY RESULT.jsonl…", _ ("Keeps the answers of a batch service."), options, argv, 2, -1);

  if (status >= 0)
    return status;
  for (guint i = 2; (*argv)[i]; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg ((*argv)[i]));
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  result = run ? read_run (cli, study, run, files, &error) : read_any (cli, study, files, &run, &error);
  status = result ? report (cli, run, result) : semio_cli_fail (cli, error);
  return semio_cli_close (cli, study, status);
}
