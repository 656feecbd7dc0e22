/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio agreement, semio faithfulness */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#include "semio-cli-commands.h"
#include "semio-csv-writer.h"
#include "semio-study-annotators.h"
#include "semio-study-ratings.h"

#define N_RESAMPLES 10000
#define USUAL_SEED 1
#define LEVEL 0.95

/* With fewer the text says so. */
#define FEW_ANNOTATORS 5

typedef struct {
  char *format;
  int seed;
  gboolean labels; /* of annotators on labels instead of raters on explanations */
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

/* Raw counts stand beside every coefficient. */
static void
add_counts (GPtrArray *lines, const char *group, const char *name, const SemioAgreement *agreement)
{
  const SemioAgreementCounts counts = semio_agreement_count (agreement);
  const struct {
    const char *measure;
    guint n;
  } all[] = { { "count_units", counts.n_units },
              { "count_units_with_two", counts.n_paired },
              { "count_units_with_all", counts.n_complete },
              { "count_values", counts.n_values },
              { "count_raters", counts.n_raters },
              { "count_patients", counts.n_clusters } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    add_plain (lines, group, name, all[i].measure, semio_figure_new (all[i].n), all[i].n);
}

static void
add_coefficients (GPtrArray *lines, const char *group, const char *name, const SemioAgreement *agreement, guint64 seed)
{
  static const struct {
    SemioScale scale;
    const char *alpha, *gwet;
  } scales[] = {
    { SEMIO_SCALE_NOMINAL, "alpha_nominal", "ac1" },
    { SEMIO_SCALE_ORDINAL, "alpha_ordinal", "ac2_linear" },
    { SEMIO_SCALE_INTERVAL, "alpha_interval", "ac2_quadratic" },
  };
  const SemioAgreementCounts counts = semio_agreement_count (agreement);
  const guint n = counts.n_paired;

  add_counts (lines, group, name, agreement);
  add_plain (lines, group, name, "percent", semio_agreement_percent (agreement), n);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      SemioFigure alpha = semio_agreement_alpha (agreement, scales[i].scale);
      g_autofree char *jackknife = g_strconcat (scales[i].alpha, "_jackknife", NULL);

      add_line (lines, group, name, scales[i].alpha, alpha,
                semio_agreement_alpha_bootstrap (agreement, scales[i].scale, N_RESAMPLES, seed, g_get_num_processors (), LEVEL,
                                                 NULL, NULL),
                n);
      add_line (lines, group, name, jackknife, alpha, semio_agreement_alpha_jackknife (agreement, scales[i].scale, LEVEL), n);
      add_plain (lines, group, name, scales[i].gwet, semio_agreement_gwet (agreement, scales[i].scale), n);
    }
  add_plain (lines, group, name, "fleiss", semio_agreement_fleiss (agreement), counts.n_complete);
  add_plain (lines, group, name, "icc_2_1", semio_agreement_icc (agreement, FALSE), counts.n_complete);
  add_plain (lines, group, name, "icc_2_k", semio_agreement_icc (agreement, TRUE), counts.n_complete);
}

static void
add_pair (GPtrArray *lines, const char *one_name, const char *other_name, const char *measure, const SemioAgreement *agreement,
          guint one, guint other, SemioScale scale)
{
  g_autofree char *pair = g_strdup_printf ("%s – %s", one_name, other_name);

  add_plain (lines, "pair", pair, measure, semio_agreement_kappa (agreement, one, other, scale),
             semio_agreement_count_pair (agreement, one, other));
}

static void
add_agreement (GPtrArray *lines, const SemioRatingsReport *report, guint64 seed)
{
  add_coefficients (lines, "raters", "all", report->agreement, seed);
  /* Who knows the reference or the model agrees for another reason. */
  if (report->n_revealed > 0)
    add_coefficients (lines, "raters", "while hidden", report->hidden, seed);
  for (guint i = 0; i < report->persons->len; i++)
    for (guint j = i + 1; j < report->persons->len; j++)
      add_pair (lines, ((SemioPerson *) report->persons->pdata[i])->name, ((SemioPerson *) report->persons->pdata[j])->name,
                "kappa_quadratic", report->agreement, i, j, SEMIO_SCALE_INTERVAL);
  add_counts (lines, "same person again", "all", report->again);
  add_plain (lines, "same person again", "all", "percent", semio_agreement_percent (report->again),
             semio_agreement_count (report->again).n_units);
  add_plain (lines, "same person again", "all", "alpha_ordinal", semio_agreement_alpha (report->again, SEMIO_SCALE_ORDINAL),
             semio_agreement_count (report->again).n_units);
}

/* Labels are no scale: nominal coefficients alone. */
static void
add_annotators (GPtrArray *lines, const SemioAnnotatorsReport *report, guint64 seed)
{
  for (guint i = 0; i < report->rows->len; i++)
    {
      const SemioLabelAgreement *row = &g_array_index (report->rows, SemioLabelAgreement, i);
      const char *name = row->feature < 0 ? "all" : semio_feature_set_get (report->features, (guint) row->feature)->id;
      const SemioAgreementCounts counts = semio_agreement_count (row->agreement);
      const guint n = counts.n_paired;

      add_counts (lines, "annotators", name, row->agreement);
      add_plain (lines, "annotators", name, "percent", semio_agreement_percent (row->agreement), n);
      add_line (lines, "annotators", name, "alpha_nominal", semio_agreement_alpha (row->agreement, SEMIO_SCALE_NOMINAL),
                semio_agreement_alpha_bootstrap (row->agreement, SEMIO_SCALE_NOMINAL, N_RESAMPLES, seed, g_get_num_processors (),
                                                 LEVEL, NULL, NULL),
                n);
      add_plain (lines, "annotators", name, "ac1", semio_agreement_gwet (row->agreement, SEMIO_SCALE_NOMINAL), n);
      add_plain (lines, "annotators", name, "fleiss", semio_agreement_fleiss (row->agreement), counts.n_complete);
      for (guint a = 0; row->feature < 0 && a < report->sets->len; a++)
        for (guint b = a + 1; b < report->sets->len; b++)
          add_pair (lines, ((SemioReferenceSet *) report->sets->pdata[a])->name,
                    ((SemioReferenceSet *) report->sets->pdata[b])->name, "kappa", row->agreement, a, b, SEMIO_SCALE_NOMINAL);
    }
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
    add_filtered (lines, "feature", semio_feature_set_get (features, f)->id, report->points, semio_faithful_is_of_feature, &f);
  for (guint r = 0; r < report->runs->len; r++)
    {
      const SemioRun *run = report->runs->pdata[r];

      add_filtered (lines, "run", run->name, report->points, semio_faithful_is_of_run, &run->id);
    }
  for (guint p = 0; p < report->persons->len; p++)
    {
      const SemioPerson *person = report->persons->pdata[p];

      add_filtered (lines, "rater", person->name, report->points, semio_faithful_is_of_person, &person->id);
    }
  add_faithfulness (lines, "counted as published", "", published);
}

/* What the raters or annotators are too few for is said in a sentence, and in JSON as well. */
static void
print_lines (SemioCli *cli, GPtrArray *lines, const Options *options, JsonObject *more, const char *few)
{
  if (semio_cli_is_json (cli))
    {
      JsonObject *object = lines_to_json (lines);
      g_autoptr (GList) members = json_object_get_members (more);

      for (GList *member = members; member != NULL; member = member->next)
        json_object_set_member (object, member->data, json_node_copy (json_object_get_member (more, member->data)));
      json_object_set_int_member (object, "seed", options->seed);
      json_object_set_string_member (object, "remark", few != NULL ? few : "");
      semio_cli_print_json (cli, object);
    }
  else if (g_strcmp0 (options->format, "csv") == 0)
    print_csv (lines);
  else
    print_table (lines);
  if (!semio_cli_is_json (cli) && few != NULL)
    semio_cli_remark (cli, "%s", few);
}

static int
work_labels (SemioCli *cli, SemioStudy *study, const Options *options)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioAnnotatorsReport) report = NULL;
  g_autoptr (JsonObject) more = json_object_new ();
  g_autofree char *few = NULL;
  GError *error = NULL;

  semio_study_annotators_async (study, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  report = semio_study_annotators_finish (study, result, &error);
  if (!report)
    return semio_cli_fail (cli, error);
  add_annotators (lines, report, (guint64) options->seed);
  json_object_set_int_member (more, "annotators", report->sets->len);
  if (report->sets->len < FEW_ANNOTATORS)
    few = g_strdup_printf (ngettext ("%u reference set has labels: what is said here is said of this annotator.",
                                     "%u reference sets have labels: what is said here is said of these annotators.",
                                     report->sets->len),
                           report->sets->len);
  print_lines (cli, lines, options, more, few);
  return SEMIO_CLI_DONE;
}

static int
work (SemioCli *cli, SemioStudy *study, const Options *options, gboolean agreement)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SemioRatingsReport) report = NULL;
  g_autoptr (JsonObject) more = json_object_new ();
  g_autofree char *few = NULL;
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
  json_object_set_int_member (more, "raters", report->persons->len);
  json_object_set_int_member (more, "ratings", report->points->len);
  if (semio_ratings_report_is_of_few (report))
    few = g_strdup_printf (ngettext ("%u person rated: what is said here is said of this rater.",
                                     "%u persons rated: what is said here is said of these raters.", report->persons->len),
                           report->persons->len);
  print_lines (cli, lines, options, more, few);
  return SEMIO_CLI_DONE;
}

static int
run (SemioCli *cli, char ***argv, const char *usage, const char *summary, gboolean agreement)
{
  Options given = { NULL, USUAL_SEED, FALSE };
  const GOptionEntry options[] = {
    { "labels", 0, 0, G_OPTION_ARG_NONE, &given.labels, N_ ("Of annotators on labels instead, each reference set being one"),
      NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &given.format, N_ ("How it is printed"), "table|csv|json" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &given.seed, N_ ("What is drawn: the same number gives the same results"), "N" },
    { NULL }
  };
  g_autofree char *format = NULL;
  SemioStudy *study;
  /* Faithfulness is of explanations alone. */
  int status = semio_cli_parse (cli, usage, summary, agreement ? options : options + 1, argv, 1, 1);

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
  return semio_cli_close (cli, study, given.labels ? work_labels (cli, study, &given) : work (cli, study, &given, agreement));
}

int
semio_cli_agreement (SemioCli *cli, char ***argv)
{
  return run (cli, argv, "agreement STUDY", _ ("How far the persons who rate agree, or those who annotated."), TRUE);
}

int
semio_cli_faithfulness (SemioCli *cli, char ***argv)
{
  return run (cli, argv, "faithfulness STUDY", _ ("How faithful the explanations were found."), FALSE);
}
