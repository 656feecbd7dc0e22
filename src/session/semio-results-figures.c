/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-figures.h"

#include <glib/gi18n-lib.h>

GArray *
semio_results_list_features (const SemioResultsReport *report)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < semio_feature_set_get_n_features (report->features); i++)
    if (semio_results_find_any (report, i) != NULL)
      g_array_append_val (features, i);
  return features;
}

const SemioResultsRow *
semio_results_find_any (const SemioResultsReport *report, guint feature)
{
  for (guint i = 0; i < report->rows->len; i++)
    if (g_array_index (report->rows, SemioResultsRow, i).feature == feature)
      return &g_array_index (report->rows, SemioResultsRow, i);
  return NULL;
}

gboolean
semio_results_row_is_beaten (const SemioResultsRow *row)
{
  return row->main.scores[SEMIO_SCORE_F1].state == SEMIO_FIGURE_KNOWN
         && row->main.constants[SEMIO_SCORE_F1].state == SEMIO_FIGURE_KNOWN
         && !semio_results_scores_beat_constant (&row->main, SEMIO_SCORE_F1);
}

static const char *
get_run_name (const SemioResultsReport *report, guint run)
{
  return ((SemioRun *) report->runs->pdata[run])->name;
}

static void
add_figure (SemioTextTable *table, SemioFigure figure, gboolean bold)
{
  if (figure.state == SEMIO_FIGURE_KNOWN)
    semio_text_table_add_number (table, figure.value, bold);
  else
    semio_text_table_add_text (table, semio_figure_state_describe (figure.state));
}

SemioTextTable *
semio_results_make_table (const SemioResultsReport *report, const GArray *chosen)
{
  SemioTextTable *table = semio_text_table_new (_ ("F1 per feature"), semio_metrics_policy_describe (report->policy));
  g_autoptr (GArray) features = chosen != NULL ? g_array_copy ((GArray *) chosen) : semio_results_list_features (report);

  semio_text_table_add_head (table, _ ("Feature"));
  semio_text_table_add_head (table, _ ("Positives"));
  for (guint run = 0; run < report->runs->len; run++)
    semio_text_table_add_head (table, get_run_name (report, run));
  semio_text_table_add_head (table, _ ("Best constant"));
  for (guint i = 0; i < features->len; i++)
    {
      guint feature = g_array_index (features, guint, i);
      const SemioResultsRow *any = semio_results_find_any (report, feature);

      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, semio_feature_set_get (report->features, feature)->label);
      semio_text_table_add_int (table, any->main.metrics.positives);
      for (guint run = 0; run < report->runs->len; run++)
        {
          const SemioResultsRow *row = semio_results_report_find (report, run, feature);

          if (row != NULL)
            add_figure (table, row->main.scores[SEMIO_SCORE_F1], row->is_best);
          else
            semio_text_table_add_text (table, _ ("not asked"));
        }
      add_figure (table, any->main.constants[SEMIO_SCORE_F1], FALSE);
    }
  return table;
}

static void
add_long_rows (SemioTextTable *table, const SemioResultsReport *report, const SemioResultsRow *row)
{
  for (guint score = 0; score < SEMIO_N_SCORES; score++)
    {
      const SemioInterval *interval = &row->main.intervals[score];
      gboolean has_interval = interval->state == SEMIO_FIGURE_KNOWN;

      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, get_run_name (report, row->run));
      semio_text_table_add_text (table, semio_feature_set_get (report->features, row->feature)->id);
      semio_text_table_add_text (table, semio_score_to_id (score));
      add_figure (table, row->main.scores[score], FALSE);
      add_figure (table, has_interval ? semio_figure_new (interval->low) : semio_figure_missing (interval->state), FALSE);
      add_figure (table, has_interval ? semio_figure_new (interval->high) : semio_figure_missing (interval->state), FALSE);
      add_figure (table, row->main.constants[score], FALSE);
      semio_text_table_add_int (table, row->main.metrics.positives);
      semio_text_table_add_int (table, row->main.metrics.scored);
      semio_text_table_add_int (table, row->main.metrics.left_out);
      semio_text_table_add_int (table, row->main.metrics.fails);
    }
}

SemioTextTable *
semio_results_make_long_table (const SemioResultsReport *report)
{
  static const char *const heads[] = { "run",           "feature",   "measure", "value",    "low",  "high",
                                       "best_constant", "positives", "scored",  "left_out", "fails" };
  SemioTextTable *table = semio_text_table_new (_ ("All measures"), semio_metrics_policy_describe (report->policy));

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  for (guint i = 0; i < report->rows->len; i++)
    add_long_rows (table, report, &g_array_index (report->rows, SemioResultsRow, i));
  return table;
}

/* The names of features and runs and the F1 of each, as charts take them. */
typedef struct {
  GPtrArray *labels, *runs; /* NULL-terminated */
  GArray *values, *intervals, *constants;
} Matrix;

static void
matrix_clear (Matrix *matrix)
{
  g_ptr_array_unref (matrix->labels);
  g_ptr_array_unref (matrix->runs);
  g_array_unref (matrix->values);
  g_array_unref (matrix->intervals);
  g_array_unref (matrix->constants);
}

static Matrix
matrix_make (const SemioResultsReport *report)
{
  Matrix matrix = { g_ptr_array_new (), g_ptr_array_new (), g_array_new (FALSE, FALSE, sizeof (SemioFigure)),
                    g_array_new (FALSE, FALSE, sizeof (SemioInterval)), g_array_new (FALSE, FALSE, sizeof (SemioFigure)) };
  g_autoptr (GArray) features = semio_results_list_features (report);

  for (guint run = 0; run < report->runs->len; run++)
    g_ptr_array_add (matrix.runs, (gpointer) get_run_name (report, run));
  g_ptr_array_add (matrix.runs, NULL);
  for (guint i = 0; i < features->len; i++)
    {
      guint feature = g_array_index (features, guint, i);

      g_ptr_array_add (matrix.labels, semio_feature_set_get (report->features, feature)->label);
      for (guint run = 0; run < report->runs->len; run++)
        {
          const SemioResultsRow *row = semio_results_report_find (report, run, feature);
          SemioFigure value = row != NULL ? row->main.scores[SEMIO_SCORE_F1] : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
          SemioInterval interval =
              row != NULL ? row->main.intervals[SEMIO_SCORE_F1] : semio_interval_missing (SEMIO_FIGURE_NO_PAIRS);
          SemioFigure constant = row != NULL ? row->main.constants[SEMIO_SCORE_F1] : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);

          g_array_append_val (matrix.values, value);
          g_array_append_val (matrix.intervals, interval);
          g_array_append_val (matrix.constants, constant);
        }
    }
  g_ptr_array_add (matrix.labels, NULL);
  return matrix;
}

SemioChart *
semio_results_make_forest (const SemioResultsReport *report)
{
  Matrix matrix = matrix_make (report);
  g_autofree char *sentence = g_strdup_printf (
      _ ("How well each run finds each feature, with intervals at 95 %% drawn over %u patients."), report->n_patients);
  SemioChart *chart = semio_chart_new_forest (
      _ ("F1 with 95 % intervals"), sentence, _ ("F1"), (const char *const *) matrix.labels->pdata,
      (const char *const *) matrix.runs->pdata, (const SemioFigure *) (gpointer) matrix.values->data,
      (const SemioInterval *) (gpointer) matrix.intervals->data, (const SemioFigure *) (gpointer) matrix.constants->data, 0, 1);

  matrix_clear (&matrix);
  return chart;
}

SemioChart *
semio_results_make_heat (const SemioResultsReport *report)
{
  Matrix matrix = matrix_make (report);
  SemioChart *chart =
      semio_chart_new_heat (_ ("F1 of features and runs"), _ ("Where the runs are good together and where they differ."),
                            _ ("F1"), (const char *const *) matrix.labels->pdata, (const char *const *) matrix.runs->pdata,
                            (const SemioFigure *) (gpointer) matrix.values->data, 0, 1);

  matrix_clear (&matrix);
  return chart;
}

static gboolean
is_of_feature (const SemioFaithfulPoint *point, gconstpointer feature)
{
  return point->feature == *(const guint *) feature;
}

SemioChart *
semio_results_make_faithfulness (const GArray *points, SemioFeatureSet *set, GArray *features)
{
  static const char *const parts[] = { "1", "2", "3", "4", "5", NULL };
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  SemioFaithfulness all = semio_faithfulness_summarize (points);
  g_autofree char *sentence = NULL;

  if (all.n_scored == 0)
    return NULL;
  for (guint feature = 0; feature < semio_feature_set_get_n_features (set); feature++)
    {
      g_autoptr (GArray) kept = semio_faithfulness_filter (points, is_of_feature, &feature);
      SemioFaithfulness summary = semio_faithfulness_summarize (kept);

      if (summary.n_scored == 0)
        continue;
      g_ptr_array_add (labels, semio_feature_set_get (set, feature)->label);
      g_array_append_val (features, feature);
      g_array_append_val (counts, summary.n_scored);
      for (guint i = 0; i < SEMIO_N_FAITHFUL_SCORES; i++)
        {
          double share = (double) summary.n_by_score[i] / summary.n_scored;

          g_array_append_val (shares, share);
        }
    }
  g_ptr_array_add (labels, NULL);
  sentence = g_strdup_printf (ngettext ("How faithful explanations are to what is seen and heard: %u judgement of %u raters.",
                                        "How faithful explanations are to what is seen and heard: %u judgements of %u raters.",
                                        all.n_scored),
                              all.n_scored, all.n_raters);
  return semio_chart_new_stack (_ ("Faithfulness of explanations"), sentence, (const char *const *) labels->pdata, parts,
                                (const double *) (gpointer) shares->data, (const guint *) (gpointer) counts->data);
}

static void
add_agreement_row (SemioTextTable *table, const char *name, SemioFigure figure, guint n)
{
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, name);
  add_figure (table, figure, FALSE);
  semio_text_table_add_int (table, n);
}

SemioTextTable *
semio_results_make_agreement (const SemioRatingsReport *report)
{
  const SemioAgreement *agreement = report->agreement;
  SemioAgreementCounts counts = semio_agreement_count (agreement);
  SemioAgreementCounts again = semio_agreement_count (report->again);
  g_autofree char *sentence = g_strdup_printf (_ ("%u explanations with a score, %u with two or more; %u raters, %u patients%s."),
                                               counts.n_units, counts.n_paired, counts.n_raters, counts.n_clusters,
                                               semio_ratings_report_is_of_few (report) ? _ (" (for these raters)") : "");
  SemioTextTable *table = semio_text_table_new (_ ("Agreement of raters"), sentence);

  semio_text_table_add_head (table, _ ("Measure"));
  semio_text_table_add_head (table, _ ("Value"));
  semio_text_table_add_head (table, _ ("Explanations"));
  add_agreement_row (table, _ ("Krippendorff’s α, ordinal"), semio_agreement_alpha (agreement, SEMIO_SCALE_ORDINAL),
                     counts.n_paired);
  add_agreement_row (table, _ ("Krippendorff’s α, nominal"), semio_agreement_alpha (agreement, SEMIO_SCALE_NOMINAL),
                     counts.n_paired);
  add_agreement_row (table, _ ("Gwet’s AC2, linear"), semio_agreement_gwet (agreement, SEMIO_SCALE_ORDINAL), counts.n_paired);
  add_agreement_row (table, _ ("The same score"), semio_agreement_percent (agreement), counts.n_paired);
  add_agreement_row (table, _ ("A rater with himself: the same score"), semio_agreement_percent (report->again), again.n_units);
  return table;
}
