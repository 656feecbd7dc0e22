/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio metrics */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-commands.h"
#include "semio-csv-writer.h"
#include "semio-study-metrics.h"

typedef enum {
  FORMAT_TABLE,
  FORMAT_CSV,
  FORMAT_JSON,
} Format;

/* Three decimals, the same in every locale; nothing for what is undefined. */
static char *
format_share (double share)
{
  int thousandths;

  if (isnan (share))
    return g_strdup ("–");
  thousandths = (int) lround (share * 1000);
  return g_strdup_printf ("%d.%03d", thousandths / 1000, thousandths % 1000);
}

static gboolean
is_wanted (const SemioRun *run, char **names)
{
  return !names || g_strv_contains ((const char *const *) names, run->name);
}

static gboolean
check_names (const SemioMetricsReport *report, char **names, GError **error)
{
  for (guint i = 0; names && names[i]; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < report->runs->len; j++)
        found |= g_str_equal (((SemioRun *) report->runs->pdata[j])->name, names[i]);
      if (!found)
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("The study has no run “%s”. “semio info” lists them."), names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static void
print_table (SemioCli *cli, SemioStudy *study, const SemioMetricsReport *report, char **names)
{
  SemioFeatureSet *features = semio_study_get_feature_set (study);
  guint last = G_MAXUINT;

  fprintf (stdout, _ ("Reference: %s\n%s\n"), report->reference_name, semio_metrics_policy_describe (report->policy));
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioMetricsRow *row = &g_array_index (report->rows, SemioMetricsRow, i);
      const SemioRun *run = report->runs->pdata[row->run];
      g_autofree char *accuracy = format_share (row->metrics.accuracy);
      g_autofree char *precision = format_share (row->metrics.precision);
      g_autofree char *recall = format_share (row->metrics.recall);
      g_autofree char *f1 = format_share (row->metrics.f1);

      if (!is_wanted (run, names))
        continue;
      if (row->run != last)
        {
          fprintf (stdout, "\n%s%s%s%s\n", run->name, run->notice ? " (" : "", run->notice ? run->notice : "",
                   run->notice ? ")" : "");
          fprintf (stdout, "  %-26s %9s %9s %9s %9s %9s %9s %9s\n", _ ("feature"), _ ("accuracy"), _ ("precision"), _ ("recall"),
                   "F1", _ ("positives"), _ ("scored"), _ ("left out"));
        }
      last = row->run;
      fprintf (stdout, "  %-26s %9s %9s %9s %9s %9u %9u %9u\n", semio_feature_set_get (features, row->feature)->id, accuracy,
               precision, recall, f1, row->metrics.positives, row->metrics.scored, row->metrics.left_out);
    }
  for (guint i = 0; report->remarks[i]; i++)
    fprintf (stdout, "%s%s\n", i == 0 ? "\n" : "", report->remarks[i]);
}

/* The policy has to stand with the numbers, so it is a column of every row. */
static void
print_csv (SemioCli *cli, SemioStudy *study, const SemioMetricsReport *report, char **names)
{
  static const char *const heads[] = { "run",    "feature",  "accuracy", "precision", "recall", "f1",       "positives",
                                       "scored", "left_out", "coverage", "fails",     "policy", "reference" };
  SemioFeatureSet *features = semio_study_get_feature_set (study);
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioMetricsRow *row = &g_array_index (report->rows, SemioMetricsRow, i);
      const SemioRun *run = report->runs->pdata[row->run];

      if (!is_wanted (run, names))
        continue;
      semio_csv_writer_add_text (writer, run->name);
      semio_csv_writer_add_text (writer, semio_feature_set_get (features, row->feature)->id);
      semio_csv_writer_add_double (writer, row->metrics.accuracy);
      semio_csv_writer_add_double (writer, row->metrics.precision);
      semio_csv_writer_add_double (writer, row->metrics.recall);
      semio_csv_writer_add_double (writer, row->metrics.f1);
      semio_csv_writer_add_int (writer, row->metrics.positives);
      semio_csv_writer_add_int (writer, row->metrics.scored);
      semio_csv_writer_add_int (writer, row->metrics.left_out);
      semio_csv_writer_add_double (writer, row->metrics.coverage);
      semio_csv_writer_add_int (writer, row->metrics.fails);
      semio_csv_writer_add_text (writer, semio_metrics_policy_to_id (report->policy));
      semio_csv_writer_add_text (writer, report->reference_name);
      semio_csv_writer_end_row (writer);
    }
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_bytes_get_data (bytes, &length);
  fwrite (text, 1, length, stdout);
  for (guint i = 0; report->remarks[i]; i++)
    semio_cli_remark (cli, "%s", report->remarks[i]);
}

static void
set_share (JsonObject *object, const char *member, double share)
{
  if (isnan (share))
    json_object_set_null_member (object, member);
  else
    json_object_set_double_member (object, member, share);
}

static JsonObject *
report_to_json (SemioStudy *study, const SemioMetricsReport *report, char **names)
{
  SemioFeatureSet *features = semio_study_get_feature_set (study);
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioMetricsRow *row = &g_array_index (report->rows, SemioMetricsRow, i);
      const SemioRun *run = report->runs->pdata[row->run];
      JsonObject *line;

      if (!is_wanted (run, names))
        continue;
      line = json_object_new ();
      json_object_set_string_member (line, "run", run->name);
      json_object_set_string_member (line, "notice", run->notice ? run->notice : "");
      json_object_set_string_member (line, "feature", semio_feature_set_get (features, row->feature)->id);
      set_share (line, "accuracy", row->metrics.accuracy);
      set_share (line, "precision", row->metrics.precision);
      set_share (line, "recall", row->metrics.recall);
      set_share (line, "f1", row->metrics.f1);
      set_share (line, "coverage", row->metrics.coverage);
      json_object_set_int_member (line, "positives", row->metrics.positives);
      json_object_set_int_member (line, "scored", row->metrics.scored);
      json_object_set_int_member (line, "left_out", row->metrics.left_out);
      json_object_set_int_member (line, "fails", row->metrics.fails);
      json_array_add_object_element (rows, line);
    }
  json_object_set_string_member (object, "policy", semio_metrics_policy_to_id (report->policy));
  json_object_set_string_member (object, "policy_text", semio_metrics_policy_describe (report->policy));
  json_object_set_string_member (object, "reference", report->reference_name);
  json_object_set_array_member (object, "rows", rows);
  json_object_set_array_member (object, "remarks", semio_cli_json_strings ((const char *const *) report->remarks));
  return object;
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
print_report (SemioCli *cli, SemioStudy *study, const SemioMetricsReport *report, char **names, Format format)
{
  GError *error = NULL;

  if (!check_names (report, names, &error))
    return semio_cli_fail (cli, error);
  if (format == FORMAT_TABLE)
    print_table (cli, study, report, names);
  else if (format == FORMAT_CSV)
    print_csv (cli, study, report, names);
  else
    {
      semio_cli_set_json (cli);
      semio_cli_print_json (cli, report_to_json (study, report, names));
    }
  return SEMIO_CLI_DONE;
}

int
semio_cli_metrics (SemioCli *cli, char ***argv)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *policy_text = NULL;
  g_autofree char *format_text = NULL;
  const GOptionEntry options[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, N_ ("Only this run; may be given several times"), N_ ("NAME") },
    { "policy", 0, 0, G_OPTION_ARG_STRING, &policy_text, N_ ("How failed and missing answers count; default when not given"),
      "default|published" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format_text, N_ ("What is printed; a table when not given"), "table|csv|json" },
    { NULL }
  };
  int status = semio_cli_parse (cli, "metrics STUDY",
                                _ ("Scores the runs against the current reference set, per feature: accuracy, precision, recall, "
                                   "F1, positives, scored and left out."),
                                options, argv, 1, 1);
  g_autoptr (SemioMetricsReport) report = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SemioMetricsPolicy policy = SEMIO_METRICS_POLICY_DEFAULT;
  SemioStudy *study;
  Format format;
  GError *error = NULL;

  if (status >= 0)
    return status;
  if (policy_text && !semio_metrics_policy_from_id (policy_text, &policy))
    return semio_cli_wrong_use (cli, _ ("--policy is “default” or “published”, not “%s”."), policy_text);
  if (!read_format (cli, format_text, &format))
    return semio_cli_wrong_use (cli, _ ("--format is “table”, “csv” or “json”, not “%s”."), format_text);
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  semio_study_metrics_async (study, policy, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_study_metrics_finish (study, result, &error);
  status = report ? print_report (cli, study, report, names, format) : semio_cli_fail (cli, error);
  return semio_cli_close (cli, study, status);
}
