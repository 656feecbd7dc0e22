/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio export */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-export.h"

static const SemioRun *
find_run (SemioStudy *study, const char *name, GError **error)
{
  GPtrArray *runs = semio_study_get_runs (study);

  for (guint i = 0; i < runs->len; i++)
    if (g_str_equal (((SemioRun *) runs->pdata[i])->name, name))
      return runs->pdata[i];
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
               _ ("The study has no run “%s”. “semio info” lists them."), name);
  return NULL;
}

/* A file of predictions holds one run: with several, say which there are. */
static gboolean
check_single_run (SemioStudy *study, GError **error)
{
  GPtrArray *runs = semio_study_get_runs (study);
  g_autoptr (GString) names = g_string_new (NULL);

  if (runs->len < 2)
    return TRUE;
  for (guint i = 0; i < runs->len; i++)
    g_string_append_printf (names, "%s“%s”", i ? ", " : "", ((SemioRun *) runs->pdata[i])->name);
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
               _ ("The study has several runs, and a file holds one. Name it with --run: %s."), names->str);
  return FALSE;
}

static int
run_export (SemioCli *cli, SemioStudy *study, const char *what, const char *run_name, GFile *out, gboolean deidentified)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = g_file_get_path (out);
  GCancellable *cancellable = semio_cli_get_cancellable (cli);
  JsonObject *object;
  GError *error = NULL;

  if (run_name)
    {
      const SemioRun *run = find_run (study, run_name, &error);

      if (!run)
        return semio_cli_fail (cli, error);
      semio_export_run_async (study, run->id, out, semio_cli_progress, cli, cancellable, semio_cli_ready_cb, cli);
    }
  else if (g_str_equal (what, "predictions") && !check_single_run (study, &error))
    return semio_cli_fail (cli, error);
  else
    semio_export_async (study, what, out, deidentified, semio_cli_progress, cli, cancellable, semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  if (!semio_export_finish (study, result, &error))
    return semio_cli_fail (cli, error);
  semio_cli_print (cli, _ ("Written to %s."), path);
  object = json_object_new ();
  json_object_set_string_member (object, "what", what);
  json_object_set_string_member (object, "file", path);
  json_object_set_boolean_member (object, "deidentified", deidentified);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}

int
semio_cli_export (SemioCli *cli, char ***argv)
{
  gboolean deidentified = FALSE;
  g_autofree char *run = NULL;
  const GOptionEntry options[] = {
    { "deidentified", 0, 0, G_OPTION_ARG_NONE, &deidentified, N_ ("Leave names and comments out"), NULL },
    { "run", 0, 0, G_OPTION_ARG_STRING, &run, N_ ("Whose predictions, when the study has several runs"), N_ ("NAME") },
    { NULL }
  };
  int status = semio_cli_parse (cli, "export STUDY ratings|predictions OUT",
                                _ ("Writes ratings, a row per entry, or the predictions of a run as CSV. Recordings go by their "
                                   "pseudonyms."),
                                options, argv, 3, 3);
  g_autoptr (GFile) out = NULL;
  SemioStudy *study;
  const char *what;

  if (status >= 0)
    return status;
  what = (*argv)[2];
  if (!g_str_equal (what, "ratings") && !g_str_equal (what, "predictions"))
    return semio_cli_wrong_use (cli, _ ("What to export is “ratings” or “predictions”, not “%s”."), what);
  if (run && g_str_equal (what, "ratings"))
    return semio_cli_wrong_use (cli, "%s", _ ("--run goes with “predictions”."));
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  out = g_file_new_for_commandline_arg ((*argv)[3]);
  return semio_cli_close (cli, study, run_export (cli, study, what, run, out, deidentified));
}
