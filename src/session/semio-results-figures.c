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

SemioFigure
semio_results_get_coverage (const SemioResultsRow *row)
{
  return semio_figure_share (row->main.metrics.scored, row->main.metrics.scored + row->main.metrics.left_out,
                             SEMIO_FIGURE_NO_PAIRS);
}

static const char *
get_run_name (const SemioResultsReport *report, guint run)
{
  return ((SemioRun *) report->runs->pdata[run])->name;
}

void
semio_results_add_figure (SemioTextTable *table, SemioFigure figure, gboolean bold)
{
  if (figure.state == SEMIO_FIGURE_KNOWN)
    semio_text_table_add_number (table, figure.value, bold);
  else
    semio_text_table_add_text (table, semio_figure_state_describe (figure.state));
}

const char *
semio_results_describe_join (const SemioResultsReport *report)
{
  return semio_results_is_joined_by_event (report->policy, report->join) ? _ ("Segments are joined by the event.")
                                                                         : _ ("All segments are joined, as published.");
}

/* A number that no better than a constant answer earns is marked by a sign, which survives copying and printing in grey. */
static void
add_f1 (SemioTextTable *table, const SemioResultsRow *row)
{
  if (semio_results_row_is_beaten (row))
    semio_text_table_add_marked (table, row->main.scores[SEMIO_SCORE_F1].value, row->is_best, "▾");
  else
    semio_results_add_figure (table, row->main.scores[SEMIO_SCORE_F1], row->is_best);
}

SemioTextTable *
semio_results_make_table (const SemioResultsReport *report, const GArray *chosen)
{
  g_autofree char *sentence = g_strdup_printf (_ ("%s %s Against “%s”. In bold the best run, only where each paired interval to "
                                                  "the others excludes zero; ▾ no better than "
                                                  "the best constant answer."),
                                               semio_metrics_policy_describe (report->policy),
                                               semio_results_describe_join (report), report->reference_name);
  SemioTextTable *table = semio_text_table_new (_ ("F1 per feature"), sentence);
  g_autoptr (GArray) features = chosen != NULL ? g_array_copy ((GArray *) chosen) : semio_results_list_features (report);

  semio_text_table_add_head (table, _ ("Feature"));
  semio_text_table_add_head (table, _ ("Positives"));
  for (guint run = 0; run < report->runs->len; run++)
    semio_text_table_add_head (table, get_run_name (report, run));
  semio_text_table_add_head (table, _ ("Best constant"));
  semio_text_table_add_head (table, _ ("Scored"));
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
            add_f1 (table, row);
          else
            semio_text_table_add_text (table, _ ("not asked"));
        }
      semio_results_add_figure (table, any->main.constants[SEMIO_SCORE_F1], FALSE);
      semio_results_add_figure (table, semio_results_get_coverage (any), FALSE);
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
      semio_results_add_figure (table, row->main.scores[score], FALSE);
      semio_results_add_figure (table, has_interval ? semio_figure_new (interval->low) : semio_figure_missing (interval->state),
                                FALSE);
      semio_results_add_figure (table, has_interval ? semio_figure_new (interval->high) : semio_figure_missing (interval->state),
                                FALSE);
      semio_results_add_figure (table, row->main.constants[score], FALSE);
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
matrix_make (const SemioResultsReport *report, GArray *links)
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

          semio_results_add_link (links, report, run, feature, -1);
          g_array_append_val (matrix.values, value);
          g_array_append_val (matrix.intervals, interval);
          g_array_append_val (matrix.constants, constant);
        }
    }
  g_ptr_array_add (matrix.labels, NULL);
  return matrix;
}

SemioChart *
semio_results_make_forest (const SemioResultsReport *report, GArray *links)
{
  Matrix matrix = matrix_make (report, links);
  g_autofree char *sentence = g_strdup_printf (
      report->n_patients < SEMIO_LEAST_PATIENTS
          ? _ (
              "How well each run finds each feature; dashed is the best constant answer. Intervals need four patients; here: %u.")
          : _ ("How well each run finds each feature, with intervals at 95 %% drawn over %u patients; dashed is the best "
               "constant answer."),
      report->n_patients);
  SemioChart *chart = semio_chart_new_forest (
      _ ("F1 with 95 % intervals"), sentence, _ ("F1"), (const char *const *) matrix.labels->pdata,
      (const char *const *) matrix.runs->pdata, (const SemioFigure *) (gpointer) matrix.values->data,
      (const SemioInterval *) (gpointer) matrix.intervals->data, (const SemioFigure *) (gpointer) matrix.constants->data, 0, 1);

  matrix_clear (&matrix);
  return chart;
}

SemioChart *
semio_results_make_heat (const SemioResultsReport *report, GArray *links)
{
  Matrix matrix = matrix_make (report, links);
  SemioChart *chart =
      semio_chart_new_heat (_ ("F1 of features and runs"), _ ("Where the runs are good together and where they differ."),
                            _ ("F1"), (const char *const *) matrix.labels->pdata, (const char *const *) matrix.runs->pdata,
                            (const SemioFigure *) (gpointer) matrix.values->data, 0, 1);

  matrix_clear (&matrix);
  return chart;
}
