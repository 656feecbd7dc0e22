/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio export */
#include <glib/gi18n-lib.h>

#include "semio-case-report.h"
#include "semio-cli-commands.h"
#include "semio-export.h"
#include "semio-results-export.h"

/* What can be exported, and what of it is made of results, as #SemioResultsExport counts. */
static const char *const kinds[] = { "ratings", "predictions", "metrics", "figures", "report", "case", NULL };
static const char *const results_exports[] = { "metrics", "figures", "report" };

static int
tell_written (SemioCli *cli, const char *what, GFile *out, gboolean deidentified)
{
  g_autofree char *path = g_file_get_path (out);
  JsonObject *object = json_object_new ();

  semio_cli_print (cli, _ ("Written to %s."), path);
  json_object_set_string_member (object, "what", what);
  json_object_set_string_member (object, "file", path);
  json_object_set_boolean_member (object, "deidentified", deidentified);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}

/* The id of the recording of this pseudonym; 0 with an error. */
static gint64
find_recording (SemioStudy *study, const char *pseudonym, GError **error)
{
  GListModel *cases = semio_study_get_cases (study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      if (g_str_equal (semio_case_get_recording (item)->pseudonym, pseudonym))
        return semio_case_get_id (item);
    }
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
               _ ("The study has no recording “%s”. “semio info” lists their pseudonyms."), pseudonym);
  return 0;
}

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
  GCancellable *cancellable = semio_cli_get_cancellable (cli);
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
  return tell_written (cli, what, out, deidentified);
}

/* Numbers, figures or the report. */
static int
run_results_export (SemioCli *cli, SemioStudy *study, SemioResultsExport what, const SemioResultsChoice *choice, GFile *out,
                    gboolean deidentified)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  semio_results_export_async (study, choice, what, out, deidentified, semio_cli_progress, cli, semio_cli_get_cancellable (cli),
                              semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  if (!semio_results_export_finish (study, result, &error))
    return semio_cli_fail (cli, error);
  return tell_written (cli, results_exports[what], out, deidentified);
}

/* Pages on each recording, or on one. */
static int
run_case_report (SemioCli *cli, SemioStudy *study, const char *recording, GFile *out, gboolean deidentified)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 recording_id = 0;
  GError *error = NULL;

  if (recording != NULL)
    recording_id = find_recording (study, recording, &error);
  if (error != NULL)
    return semio_cli_fail (cli, error);
  semio_case_report_write_async (study, recording_id, out, deidentified, semio_cli_progress, cli, semio_cli_get_cancellable (cli),
                                 semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  if (!semio_case_report_write_finish (study, result, &error))
    return semio_cli_fail (cli, error);
  return tell_written (cli, "case", out, deidentified);
}

/* What results are of. */
static gboolean
read_choice (SemioCli *cli, const char *policy, const char *patients, int n_resamples, gint64 seed, SemioResultsChoice *choice)
{
  *choice = (SemioResultsChoice) SEMIO_RESULTS_CHOICE_INIT;
  if (policy != NULL && !semio_metrics_policy_from_id (policy, &choice->policy))
    {
      semio_cli_wrong_use (cli, _ ("--policy is “default” or “published”, not “%s”."), policy);
      return FALSE;
    }
  if (patients != NULL && !semio_patient_group_from_id (patients, &choice->patient_group))
    {
      semio_cli_wrong_use (cli, _ ("--patient-group is “epileptic”, “non-epileptic”, “both”, “unknown” or “all”, not “%s”."),
                           patients);
      return FALSE;
    }
  if (n_resamples < 0 || n_resamples > 1000000 || seed < 0)
    {
      semio_cli_wrong_use (cli, "%s", _ ("--resamples is 0 to 1000000, and --seed is not negative."));
      return FALSE;
    }
  choice->n_resamples = (guint) n_resamples;
  choice->with_contrasts = n_resamples > 0;
  choice->seed = (guint64) seed;
  return TRUE;
}

static gboolean
is_known (const char *what)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_str_equal (kinds[i], what))
      return TRUE;
  return FALSE;
}

int
semio_cli_export (SemioCli *cli, char ***argv)
{
  gboolean deidentified = FALSE;
  g_autofree char *run = NULL;
  g_autofree char *recording = NULL;
  g_autofree char *policy = NULL;
  g_autofree char *patients = NULL;
  int n_resamples = SEMIO_RESULTS_RESAMPLES;
  gint64 seed = SEMIO_RESULTS_SEED;
  const GOptionEntry options[] = {
    { "deidentified", 0, 0, G_OPTION_ARG_NONE, &deidentified, N_ ("Leave names and comments out"), NULL },
    { "run", 0, 0, G_OPTION_ARG_STRING, &run, N_ ("Whose predictions, when the study has several runs"), N_ ("NAME") },
    { "recording", 0, 0, G_OPTION_ARG_STRING, &recording, N_ ("The pseudonym of the only case; all when not given"),
      N_ ("NAME") },
    { "policy", 0, 0, G_OPTION_ARG_STRING, &policy, N_ ("How failed and missing answers count; default when not given"),
      "default|published" },
    { "patient-group", 0, 0, G_OPTION_ARG_STRING, &patients,
      N_ ("Only patients whose events are, by the reference set, all epileptic, none, both, or unknown"),
      "epileptic|non-epileptic|both|unknown" },
    { "resamples", 0, 0, G_OPTION_ARG_INT, &n_resamples,
      N_ ("Resamples for intervals over patients; 10000 when not given, 0 for none"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("Where the resamples start; the same seed gives the same numbers"), "N" },
    { NULL }
  };
  int status = semio_cli_parse (
      cli, "export STUDY ratings|predictions|metrics|figures|report|case OUT",
      _ ("Writes ratings, a row per entry, or the predictions of a run as CSV; all numbers as CSV, JSON, LaTeX or HTML, by the "
         "name's ending; the figures as SVG, PDF and PNG into a folder; a report on the results, or on each recording, as PDF. "
         "Recordings go by their pseudonyms."),
      options, argv, 3, 3);
  g_autoptr (GFile) out = NULL;
  SemioResultsChoice choice;
  SemioStudy *study;
  const char *what;

  if (status >= 0)
    return status;
  what = (*argv)[2];
  if (!is_known (what))
    return semio_cli_wrong_use (
        cli, _ ("What to export is “ratings”, “predictions”, “metrics”, “figures”, “report” or “case”, not “%s”."), what);
  if (run && !g_str_equal (what, "predictions"))
    return semio_cli_wrong_use (cli, "%s", _ ("--run goes with “predictions”."));
  if (recording && !g_str_equal (what, "case"))
    return semio_cli_wrong_use (cli, "%s", _ ("--recording goes with “case”."));
  if (!read_choice (cli, policy, patients, n_resamples, seed, &choice))
    return SEMIO_CLI_WRONG_USE;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  out = g_file_new_for_commandline_arg ((*argv)[3]);
  if (g_str_equal (what, "case"))
    return semio_cli_close (cli, study, run_case_report (cli, study, recording, out, deidentified));
  for (guint i = 0; i < G_N_ELEMENTS (results_exports); i++)
    if (g_str_equal (what, results_exports[i]))
      return semio_cli_close (cli, study, run_results_export (cli, study, (SemioResultsExport) i, &choice, out, deidentified));
  return semio_cli_close (cli, study, run_export (cli, study, what, run, out, deidentified));
}
