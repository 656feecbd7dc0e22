/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio agreement, semio faithfulness */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-commands.h"
#include "semio-csv-writer.h"
#include "semio-study-ratings.h"

#define N_RESAMPLES 10000
#define USUAL_SEED 1
#define LEVEL 0.95

typedef struct {
  char *format;
  int seed;
} Options;

/* A line of either command. Owned by the array. */
typedef struct {
  char *group; /* "all", "feature", "run", … */
  char *name;
  char *measure;
  SemioFigure value;
  SemioInterval interval;
  guint n;
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->group);
  g_free (line->name);
  g_free (line->measure);
  g_free (line);
}

static void
add_line (GPtrArray *lines, const char *group, const char *name, const char *measure, SemioFigure value, SemioInterval interval,
          guint n)
{
  Line *line = g_new0 (Line, 1);

  line->group = g_strdup (group);
  line->name = g_strdup (name);
  line->measure = g_strdup (measure);
  line->value = value;
  line->interval = interval;
  line->n = n;
  g_ptr_array_add (lines, line);
}

static void
add_plain (GPtrArray *lines, const char *group, const char *name, const char *measure, SemioFigure value, guint n)
{
  add_line (lines, group, name, measure, value, semio_interval_missing (SEMIO_FIGURE_NO_PAIRS), n);
}

/* Three decimals, the same in every locale; the reason where there is no number. */
static char *
format_figure (SemioFigure figure)
{
  int thousandths = (int) lround (fabs (figure.value) * 1000);

  if (figure.state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("– (%s)", semio_figure_state_describe (figure.state));
  return g_strdup_printf ("%s%d.%03d", figure.value < 0 && thousandths > 0 ? "-" : "", thousandths / 1000, thousandths % 1000);
}

static void
print_table (GPtrArray *lines)
{
  g_autofree char *last = g_strdup ("");

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = lines->pdata[i];
      g_autofree char *head = g_strdup_printf ("%s %s", line->group, line->name);
      g_autofree char *value = format_figure (line->value);
      g_autofree char *low = format_figure (semio_figure_new (line->interval.low));
      g_autofree char *high = format_figure (semio_figure_new (line->interval.high));

      if (!g_str_equal (head, last))
        fprintf (stdout, "%s%s\n", i > 0 ? "\n" : "", head);
      g_free (last);
      last = g_steal_pointer (&head);
      if (line->interval.state == SEMIO_FIGURE_KNOWN)
        fprintf (stdout, "  %-24s %s [%s, %s]  n = %u\n", line->measure, value, low, high, line->n);
      else
        fprintf (stdout, "  %-24s %s  n = %u\n", line->measure, value, line->n);
    }
}

static void
print_csv (GPtrArray *lines)
{
  static const char *const heads[] = { "group", "name", "measure", "value", "low", "high", "n", "why_missing" };
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *text;

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  semio_csv_writer_end_row (writer);
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = lines->pdata[i];
      gboolean known = line->value.state == SEMIO_FIGURE_KNOWN;
      gboolean has_interval = known && line->interval.state == SEMIO_FIGURE_KNOWN;

      semio_csv_writer_add_text (writer, line->group);
      semio_csv_writer_add_text (writer, line->name);
      semio_csv_writer_add_text (writer, line->measure);
      semio_csv_writer_add_double (writer, known ? line->value.value : NAN);
      semio_csv_writer_add_double (writer, has_interval ? line->interval.low : NAN);
      semio_csv_writer_add_double (writer, has_interval ? line->interval.high : NAN);
      semio_csv_writer_add_int (writer, line->n);
      semio_csv_writer_add_text (writer, known ? "" : semio_figure_state_describe (line->value.state));
      semio_csv_writer_end_row (writer);
    }
  bytes = semio_csv_writer_steal_bytes (writer);
  text = g_bytes_get_data (bytes, &length);
  fwrite (text, 1, length, stdout);
}

static JsonObject *
lines_to_json (GPtrArray *lines)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = lines->pdata[i];
      gboolean known = line->value.state == SEMIO_FIGURE_KNOWN;
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "group", line->group);
      json_object_set_string_member (row, "name", line->name);
      json_object_set_string_member (row, "measure", line->measure);
      json_object_set_int_member (row, "n", line->n);
      if (known)
        json_object_set_double_member (row, "value", line->value.value);
      else
        {
          json_object_set_null_member (row, "value");
          json_object_set_string_member (row, "why_missing", semio_figure_state_describe (line->value.state));
        }
      if (known && line->interval.state == SEMIO_FIGURE_KNOWN)
        {
          json_object_set_double_member (row, "low", line->interval.low);
          json_object_set_double_member (row, "high", line->interval.high);
        }
      json_array_add_object_element (rows, row);
    }
  json_object_set_array_member (object, "rows", rows);
  return object;
}

static void
add_agreement (GPtrArray *lines, const SemioRatingsReport *report, guint64 seed)
{
  static const struct {
    SemioScale scale;
    const char *alpha, *gwet;
  } scales[] = {
    { SEMIO_SCALE_NOMINAL, "alpha_nominal", "ac1" },
    { SEMIO_SCALE_ORDINAL, "alpha_ordinal", "ac2_linear" },
    { SEMIO_SCALE_INTERVAL, "alpha_interval", "ac2_quadratic" },
  };
  const SemioAgreement *agreement = report->agreement;
  SemioAgreementCounts counts = semio_agreement_count (agreement);
  guint n_threads = g_get_num_processors ();

  add_plain (lines, "raters", "all", "percent", semio_agreement_percent (agreement), counts.n_paired);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      SemioFigure alpha = semio_agreement_alpha (agreement, scales[i].scale);
      g_autofree char *jackknife = g_strconcat (scales[i].alpha, "_jackknife", NULL);

      add_line (lines, "raters", "all", scales[i].alpha, alpha,
                semio_agreement_alpha_bootstrap (agreement, scales[i].scale, N_RESAMPLES, seed, n_threads, LEVEL, NULL, NULL),
                counts.n_paired);
      add_line (lines, "raters", "all", jackknife, alpha, semio_agreement_alpha_jackknife (agreement, scales[i].scale, LEVEL),
                counts.n_paired);
      add_plain (lines, "raters", "all", scales[i].gwet, semio_agreement_gwet (agreement, scales[i].scale), counts.n_paired);
    }
  add_plain (lines, "raters", "all", "fleiss", semio_agreement_fleiss (agreement), counts.n_paired);
  add_plain (lines, "raters", "all", "icc_2_1", semio_agreement_icc (agreement, FALSE), counts.n_paired);
  add_plain (lines, "raters", "all", "icc_2_k", semio_agreement_icc (agreement, TRUE), counts.n_paired);
  for (guint i = 0; i < report->persons->len; i++)
    for (guint j = i + 1; j < report->persons->len; j++)
      {
        g_autofree char *pair = g_strdup_printf ("%s – %s", ((SemioPerson *) report->persons->pdata[i])->name,
                                                 ((SemioPerson *) report->persons->pdata[j])->name);

        add_plain (lines, "pair", pair, "kappa_quadratic", semio_agreement_kappa (agreement, i, j, SEMIO_SCALE_INTERVAL),
                   counts.n_paired);
      }
  counts = semio_agreement_count (report->again);
  add_plain (lines, "same person again", "all", "percent", semio_agreement_percent (report->again), counts.n_units);
  add_plain (lines, "same person again", "all", "alpha_ordinal", semio_agreement_alpha (report->again, SEMIO_SCALE_ORDINAL),
             counts.n_units);
}

static void
add_faithfulness (GPtrArray *lines, const char *group, const char *name, const GArray *points)
{
  SemioFaithfulness result = semio_faithfulness_summarize (points);

  if (points->len == 0)
    return;
  add_line (lines, group, name, "share_at_3_or_more", result.faithful, result.faithful_interval, result.n_scored);
  add_plain (lines, group, name, "median", result.median, result.n_scored);
  add_plain (lines, group, name, "mean", result.mean, result.n_scored);
  for (guint s = 0; s < SEMIO_N_FAITHFUL_SCORES; s++)
    {
      g_autofree char *measure = g_strdup_printf ("score_%u", s + 1);

      add_plain (lines, group, name, measure, semio_figure_share (result.n_by_score[s], result.n_scored, SEMIO_FIGURE_NO_PAIRS),
                 result.n_by_score[s]);
    }
  for (guint m = 0; m < SEMIO_N_FAITHFUL_MARKS; m++)
    if (result.n_by_mark[m] > 0)
      add_plain (lines, group, name, semio_mark_to_id ((SemioMarks) (1u << m)), semio_figure_new (result.n_by_mark[m]),
                 result.n_by_mark[m]);
  if (result.n_cannot_judge > 0)
    add_plain (lines, group, name, "cannot_judge", semio_figure_new (result.n_cannot_judge), result.n_cannot_judge);
  add_plain (lines, group, name, "median_seconds", result.median_seconds, result.n_scored);
}

static gboolean
is_of_feature (const SemioFaithfulPoint *point, gconstpointer feature)
{
  return point->feature == *(const guint *) feature;
}

static gboolean
is_of_run (const SemioFaithfulPoint *point, gconstpointer run)
{
  return point->run == *(const gint64 *) run;
}

static gboolean
is_of_person (const SemioFaithfulPoint *point, gconstpointer person)
{
  return point->person == *(const gint64 *) person;
}

static gboolean
is_right (const SemioFaithfulPoint *point, gconstpointer data)
{
  return point->outcome == SEMIO_OUTCOME_TRUE_POSITIVE || point->outcome == SEMIO_OUTCOME_TRUE_NEGATIVE;
}

static gboolean
is_wrong (const SemioFaithfulPoint *point, gconstpointer data)
{
  return point->outcome == SEMIO_OUTCOME_FALSE_POSITIVE || point->outcome == SEMIO_OUTCOME_FALSE_NEGATIVE;
}

static gboolean
is_revealed (const SemioFaithfulPoint *point, gconstpointer data)
{
  return point->revealed;
}

static gboolean
is_hidden (const SemioFaithfulPoint *point, gconstpointer data)
{
  return !point->revealed;
}

static void
add_filtered (GPtrArray *lines, const char *group, const char *name, const GArray *points, SemioFaithfulFilter filter,
              gconstpointer data)
{
  g_autoptr (GArray) kept = semio_faithfulness_filter (points, filter, data);

  add_faithfulness (lines, group, name, kept);
}

static void
add_all_faithfulness (GPtrArray *lines, SemioStudy *study, const SemioRatingsReport *report, guint64 seed)
{
  SemioFeatureSet *features = semio_study_get_feature_set (study);
  g_autoptr (GArray) published = semio_faithfulness_draw_published (report->points, seed);

  add_faithfulness (lines, "all", "", report->points);
  add_filtered (lines, "while hidden", "", report->points, is_hidden, NULL);
  add_filtered (lines, "after revealing", "", report->points, is_revealed, NULL);
  add_filtered (lines, "answer", "right", report->points, is_right, NULL);
  add_filtered (lines, "answer", "wrong", report->points, is_wrong, NULL);
  for (guint f = 0; f < semio_feature_set_get_n_features (features); f++)
    add_filtered (lines, "feature", semio_feature_set_get (features, f)->id, report->points, is_of_feature, &f);
  for (guint r = 0; r < report->runs->len; r++)
    {
      const SemioRun *run = report->runs->pdata[r];

      add_filtered (lines, "run", run->name, report->points, is_of_run, &run->id);
    }
  for (guint p = 0; p < report->persons->len; p++)
    {
      const SemioPerson *person = report->persons->pdata[p];

      add_filtered (lines, "rater", person->name, report->points, is_of_person, &person->id);
    }
  add_faithfulness (lines, "counted as published", "", published);
}

static int
work (SemioCli *cli, SemioStudy *study, const Options *options, gboolean agreement)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioRatingsReport) report = NULL;
  GError *error = NULL;

  semio_study_ratings_async (study, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_study_ratings_finish (study, result, &error);
  if (!report)
    return semio_cli_fail (cli, error);
  if (agreement)
    add_agreement (lines, report, (guint64) options->seed);
  else
    add_all_faithfulness (lines, study, report, (guint64) options->seed);
  if (semio_cli_is_json (cli))
    {
      JsonObject *object = lines_to_json (lines);

      json_object_set_int_member (object, "seed", options->seed);
      json_object_set_int_member (object, "raters", report->persons->len);
      json_object_set_int_member (object, "ratings", report->points->len);
      semio_cli_print_json (cli, object);
    }
  else if (g_strcmp0 (options->format, "csv") == 0)
    print_csv (lines);
  else
    print_table (lines);
  if (!semio_cli_is_json (cli) && semio_ratings_report_is_of_few (report))
    semio_cli_remark (cli,
                      ngettext ("%u person rated: what is said here is said of this rater.",
                                "%u persons rated: what is said here is said of these raters.", report->persons->len),
                      report->persons->len);
  return SEMIO_CLI_DONE;
}

static int
run (SemioCli *cli, char ***argv, const char *usage, const char *summary, gboolean agreement)
{
  Options given = { NULL, USUAL_SEED };
  const GOptionEntry options[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format, N_ ("How it is printed"), "table|csv|json" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &given.seed, N_ ("What is drawn: the same number gives the same results"), "N" },
    { NULL }
  };
  g_autofree char *format = NULL;
  SemioStudy *study;
  int status = semio_cli_parse (cli, usage, summary, options, argv, 1, 1);

  format = given.format;
  if (status >= 0)
    return status;
  if (format && !g_str_equal (format, "table") && !g_str_equal (format, "csv") && !g_str_equal (format, "json"))
    return semio_cli_wrong_use (cli, _ ("--format is “table”, “csv” or “json”, not “%s”."), format);
  if (g_strcmp0 (format, "json") == 0)
    semio_cli_set_json (cli);
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  return semio_cli_close (cli, study, work (cli, study, &given, agreement));
}

int
semio_cli_agreement (SemioCli *cli, char ***argv)
{
  return run (cli, argv, "agreement STUDY", _ ("How far the persons who rate agree."), TRUE);
}

int
semio_cli_faithfulness (SemioCli *cli, char ***argv)
{
  return run (cli, argv, "faithfulness STUDY", _ ("How faithful the explanations were found."), FALSE);
}
