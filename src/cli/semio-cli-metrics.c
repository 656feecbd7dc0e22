/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio metrics */
#include <glib/gi18n-lib.h>

#include "semio-cli-results.h"

typedef enum {
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

/* As given. */
typedef struct {
  char **names;
  char *policy;
  char *format;
  char *primary;
  char *joined;
  char *patients;
  int n_resamples;
  gint64 seed;
  gboolean by_type;
  gboolean times;
  gboolean curves;
} Options;

static void
options_clear (Options *options)
{
  g_strfreev (options->names);
  g_free (options->policy);
  g_free (options->format);
  g_free (options->primary);
  g_free (options->joined);
  g_free (options->patients);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The ids of the runs of these names, in their order; NULL with an error. */
static GArray *
find_runs (SemioStudy *study, char **names, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GPtrArray *runs = semio_study_get_runs (study);

  for (guint i = 0; names[i]; i++)
    {
      guint before = ids->len;

      for (guint j = 0; j < runs->len; j++)
        if (g_str_equal (((SemioRun *) runs->pdata[j])->name, names[i]))
          g_array_append_val (ids, ((SemioRun *) runs->pdata[j])->id);
      if (ids->len == before)
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("The study has no run “%s”. “semio info” lists them."), names[i]);
          return NULL;
        }
    }
  return g_steal_pointer (&ids);
}

/* The planned comparison is of the first two runs that were named. */
static gboolean
find_primary (SemioStudy *study, const Options *options, SemioResultsChoice *choice, GError **error)
{
  if (options->primary == NULL)
    return TRUE;
  choice->primary.feature = semio_feature_set_find (semio_study_get_feature_set (study), options->primary);
  if (choice->primary.feature < 0)
    {
      g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                   _ ("--primary: the study has no feature “%s”. “semio info” lists them."), options->primary);
      return FALSE;
    }
  choice->primary.run_id = g_array_index (choice->runs, gint64, 0);
  choice->primary.other_id = g_array_index (choice->runs, gint64, 1);
  return TRUE;
}

static gboolean
read_format (SemioCli *cli, const char *text, Format *format)
{
  static const char *const ids[] = { "table", "csv", "json" };

  *format = semio_cli_is_json (cli) ? FORMAT_JSON : FORMAT_TABLE;
  for (guint i = 0; text && i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (text, ids[i]))
      {
        *format = (Format) i;
        return TRUE;
      }
  return text == NULL;
}

static int
print_report (SemioCli *cli, const SemioResultsReport *report, Format format)
{
  if (format == FORMAT_TABLE)
    semio_cli_results_print_table (report);
  else if (format == FORMAT_CSV)
    semio_cli_results_print_csv (cli, report);
  else
    {
      semio_cli_set_json (cli);
      semio_cli_print_json (cli, semio_cli_results_to_json (report));
    }
  return SEMIO_CLI_DONE;
}

static int
print_times (SemioCli *cli, SemioStudy *study, const SemioResultsChoice *choice, Format format)
{
  g_autoptr (SemioTimesReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  semio_times_compute_async (study, choice, NULL, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_times_compute_finish (study, result, &error);
  if (report == NULL)
    return semio_cli_fail (cli, error);
  if (format == FORMAT_TABLE)
    semio_cli_times_print_table (report);
  else if (format == FORMAT_CSV)
    semio_cli_times_print_csv (report);
  else
    {
      semio_cli_set_json (cli);
      semio_cli_print_json (cli, semio_cli_times_to_json (report));
    }
  for (guint i = 0; format == FORMAT_CSV && i < SEMIO_N_TIMES_PARTS; i++)
    if (report->missing[i] != NULL)
      semio_cli_remark (cli, "%s", report->missing[i]);
  return SEMIO_CLI_DONE;
}

static int
print_curves (SemioCli *cli, SemioStudy *study, const SemioResultsChoice *choice, Format format)
{
  g_autoptr (SemioCurvesReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  semio_curves_compute_async (study, choice, NULL, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_curves_compute_finish (study, result, &error);
  if (report == NULL)
    return semio_cli_fail (cli, error);
  if (format == FORMAT_TABLE)
    semio_cli_curves_print_table (report);
  else if (format == FORMAT_CSV)
    semio_cli_curves_print_csv (cli, report);
  else
    {
      semio_cli_set_json (cli);
      semio_cli_print_json (cli, semio_cli_curves_to_json (report));
    }
  return SEMIO_CLI_DONE;
}

static int
compute (SemioCli *cli, SemioStudy *study, const Options *options, SemioResultsChoice *choice, Format format)
{
  g_autoptr (SemioResults) results = semio_results_new (study);
  g_autoptr (SemioResultsReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) runs = NULL;
  GError *error = NULL;

  if (options->names != NULL && (runs = find_runs (study, options->names, &error)) == NULL)
    return semio_cli_fail (cli, error);
  choice->runs = runs;
  if (options->times)
    return print_times (cli, study, choice, format);
  if (options->curves)
    return print_curves (cli, study, choice, format);
  if (!find_primary (study, options, choice, &error))
    return semio_cli_fail (cli, error);
  semio_results_compute_async (results, choice, NULL, NULL, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_results_compute_finish (results, result, &error);
  return report ? print_report (cli, report, format) : semio_cli_fail (cli, error);
}

int
semio_cli_metrics (SemioCli *cli, char ***argv)
{
  SemioResultsChoice choice = SEMIO_RESULTS_CHOICE_INIT;
  g_auto (Options) given = { .n_resamples = SEMIO_RESULTS_RESAMPLES, .seed = SEMIO_RESULTS_SEED };
  const GOptionEntry options[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.names, N_ ("Only this run; may be given several times"), N_ ("NAME") },
    { "policy", 0, 0, G_OPTION_ARG_STRING, &given.policy, N_ ("How failed and missing answers count; default when not given"),
      "default|published" },
    { "joined", 0, 0, G_OPTION_ARG_STRING, &given.joined,
      N_ ("How segments are joined in the first place; as the policy says when not given"), "event|published" },
    { "patient-group", 0, 0, G_OPTION_ARG_STRING, &given.patients,
      N_ ("Only patients whose events are, by the reference set, all epileptic, none, both, or unknown"),
      "epileptic|non-epileptic|both|unknown" },
    { "resamples", 0, 0, G_OPTION_ARG_INT, &given.n_resamples,
      N_ ("Resamples for intervals over patients; 10000 when not given, 0 for none"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &given.seed, N_ ("Where the resamples start; the same seed gives the same numbers"),
      "N" },
    { "by-type", 0, 0, G_OPTION_ARG_NONE, &given.by_type, N_ ("Rows by event type as well (CSV and JSON)"), NULL },
    { "primary", 0, 0, G_OPTION_ARG_STRING, &given.primary,
      N_ ("The planned comparison: the first --run against the second in this feature; not adjusted for the others"),
      N_ ("FEATURE") },
    { "times", 0, 0, G_OPTION_ARG_NONE, &given.times,
      N_ ("Onset errors, overlap of intervals, order, sides and event types instead"), NULL },
    { "curves", 0, 0, G_OPTION_ARG_NONE, &given.curves,
      N_ ("Areas under the curves of runs that give scores instead, in JSON with the points"), NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format, N_ ("What is printed; a table when not given"), "table|csv|json" },
    { NULL }
  };
  int status = semio_cli_parse (cli, "metrics STUDY",
                                _ ("Scores the runs against the current reference set, per feature: accuracy, precision, recall, "
                                   "F1 and more with intervals, the best constant answer, and the runs against each other."),
                                options, argv, 1, 1);
  SemioStudy *study;
  Format format;

  if (status >= 0)
    return status;
  if (given.policy && !semio_metrics_policy_from_id (given.policy, &choice.policy))
    return semio_cli_wrong_use (cli, _ ("--policy is “default” or “published”, not “%s”."), given.policy);
  if (given.joined && !g_str_equal (given.joined, "event") && !g_str_equal (given.joined, "published"))
    return semio_cli_wrong_use (cli, _ ("--joined is “event” or “published”, not “%s”."), given.joined);
  if (given.joined)
    choice.join = g_str_equal (given.joined, "event") ? SEMIO_RESULTS_JOIN_BY_EVENT : SEMIO_RESULTS_JOIN_AS_PUBLISHED;
  if (given.patients && !semio_patient_group_from_id (given.patients, &choice.patient_group))
    return semio_cli_wrong_use (cli, _ ("--patient-group is “epileptic”, “non-epileptic”, “both”, “unknown” or “all”, not “%s”."),
                                given.patients);
  if (!read_format (cli, given.format, &format))
    return semio_cli_wrong_use (cli, _ ("--format is “table”, “csv” or “json”, not “%s”."), given.format);
  if (given.n_resamples < 0 || given.n_resamples > 1000000 || given.seed < 0)
    return semio_cli_wrong_use (cli, "%s", _ ("--resamples is 0 to 1000000, and --seed is not negative."));
  if (given.times && given.curves)
    return semio_cli_wrong_use (cli, "%s", _ ("Ask for --times and --curves one after the other."));
  if (given.primary && (given.names == NULL || g_strv_length (given.names) < 2))
    return semio_cli_wrong_use (cli, "%s", _ ("--primary compares two runs: name them by --run twice."));
  choice.n_resamples = (guint) given.n_resamples;
  choice.seed = (guint64) given.seed;
  choice.with_types = given.by_type;
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  return semio_cli_close (cli, study, compute (cli, study, &given, &choice, format));
}
