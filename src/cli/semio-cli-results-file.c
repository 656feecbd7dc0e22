/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results as CSV and JSON. */
#include <math.h>
#include <stdio.h>

#include "semio-cli-number.h"
#include "semio-cli-results.h"
#include "semio-csv-writer.h"

static const char *
get_join (const SemioResultsReport *report, gboolean other)
{
  return semio_results_is_joined_by_event (report->policy, report->join) != other ? "event" : "published";
}

static void
add_heads (SemioCsvWriter *writer)
{
  static const char *const heads[] = { "run",    "feature",  "accuracy", "precision", "recall", "f1",       "positives",
                                       "scored", "left_out", "coverage", "fails",     "policy", "reference" };
  static const char *const tail[] = { "constant_accuracy",
                                      "constant_accuracy_answer",
                                      "beats_constant_accuracy",
                                      "constant_f1",
                                      "constant_f1_answer",
                                      "beats_constant_f1",
                                      "best",
                                      "joined",
                                      "other_joined",
                                      "other_f1",
                                      "other_f1_low",
                                      "other_f1_high",
                                      "equals_event_type",
                                      "within_type_specificity",
                                      "event_type",
                                      "missing",
                                      "resamples",
                                      "seed" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_csv_writer_add_text (writer, heads[i]);
  for (guint s = SEMIO_SCORE_SPECIFICITY; s < SEMIO_N_SCORES; s++)
    if (s != SEMIO_SCORE_F1)
      semio_csv_writer_add_text (writer, semio_score_to_id ((SemioScore) s));
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      g_autofree char *low = g_strconcat (semio_score_to_id ((SemioScore) s), "_low", NULL);
      g_autofree char *high = g_strconcat (semio_score_to_id ((SemioScore) s), "_high", NULL);

      semio_csv_writer_add_text (writer, low);
      semio_csv_writer_add_text (writer, high);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tail); i++)
    semio_csv_writer_add_text (writer, tail[i]);
  semio_csv_writer_end_row (writer);
}

static void
add_figure (SemioCsvWriter *writer, SemioFigure figure)
{
  semio_csv_writer_add_double (writer, figure.state == SEMIO_FIGURE_KNOWN ? figure.value : NAN);
}

static void
add_interval (SemioCsvWriter *writer, SemioInterval interval)
{
  semio_csv_writer_add_double (writer, interval.state == SEMIO_FIGURE_KNOWN ? interval.low : NAN);
  semio_csv_writer_add_double (writer, interval.state == SEMIO_FIGURE_KNOWN ? interval.high : NAN);
}

/* "precision: never_said; f1_low: too_rare": why an empty cell is empty. */
static void
add_missing (SemioCsvWriter *writer, const SemioResultsScores *scores)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    if (scores->scores[s].state != SEMIO_FIGURE_KNOWN)
      g_string_append_printf (text, "%s%s: %s", text->len ? "; " : "", semio_score_to_id ((SemioScore) s),
                              semio_figure_state_to_id (scores->scores[s].state));
    else if (scores->intervals[s].state != SEMIO_FIGURE_KNOWN)
      g_string_append_printf (text, "%s%s_low: %s", text->len ? "; " : "", semio_score_to_id ((SemioScore) s),
                              semio_figure_state_to_id (scores->intervals[s].state));
  semio_csv_writer_add_text (writer, text->str);
}

static void
add_constant (SemioCsvWriter *writer, const SemioResultsScores *scores, SemioScore score)
{
  add_figure (writer, scores->constants[score]);
  semio_csv_writer_add_text (
      writer, scores->constants[score].state == SEMIO_FIGURE_KNOWN ? semio_answer_to_id (scores->constant_answers[score]) : "");
  semio_csv_writer_add_text (writer, semio_results_scores_beat_constant (scores, score) ? "yes" : "no");
}

static void
add_row (SemioCsvWriter *writer, const SemioResultsReport *report, const SemioResultsRow *row)
{
  const SemioMetrics *metrics = &row->main.metrics;

  semio_csv_writer_add_text (writer, ((SemioRun *) report->runs->pdata[row->run])->name);
  semio_csv_writer_add_text (writer, semio_feature_set_get (report->features, row->feature)->id);
  semio_csv_writer_add_double (writer, metrics->accuracy);
  semio_csv_writer_add_double (writer, metrics->precision);
  semio_csv_writer_add_double (writer, metrics->recall);
  semio_csv_writer_add_double (writer, metrics->f1);
  semio_csv_writer_add_int (writer, metrics->positives);
  semio_csv_writer_add_int (writer, metrics->scored);
  semio_csv_writer_add_int (writer, metrics->left_out);
  semio_csv_writer_add_double (writer, metrics->coverage);
  semio_csv_writer_add_int (writer, metrics->fails);
  semio_csv_writer_add_text (writer, semio_metrics_policy_to_id (report->policy));
  semio_csv_writer_add_text (writer, report->reference_name);
  for (guint s = SEMIO_SCORE_SPECIFICITY; s < SEMIO_N_SCORES; s++)
    if (s != SEMIO_SCORE_F1)
      add_figure (writer, row->main.scores[s]);
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    add_interval (writer, row->main.intervals[s]);
  add_constant (writer, &row->main, SEMIO_SCORE_ACCURACY);
  add_constant (writer, &row->main, SEMIO_SCORE_F1);
  semio_csv_writer_add_text (writer, row->is_best ? "yes" : "no");
  semio_csv_writer_add_text (writer, get_join (report, FALSE));
  semio_csv_writer_add_text (writer, row->type < 0 ? get_join (report, TRUE) : "");
  add_figure (writer, row->type < 0 ? row->other.scores[SEMIO_SCORE_F1] : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS));
  add_interval (writer, row->type < 0 ? row->other.intervals[SEMIO_SCORE_F1] : semio_interval_missing (SEMIO_FIGURE_NO_PAIRS));
  semio_csv_writer_add_text (writer, row->equals_type ? "yes" : "no");
  add_figure (writer, row->type < 0 ? row->within_specificity : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS));
  semio_csv_writer_add_text (writer, row->type < 0 ? "" : semio_event_type_to_id ((SemioEventType) row->type));
  add_missing (writer, &row->main);
  semio_csv_writer_add_int (writer, report->n_resamples);
  semio_csv_writer_add_int (writer, (gint64) report->seed);
  semio_csv_writer_end_row (writer);
}

/* The policy has to stand with the numbers, so it is a column of every row. */
void
semio_cli_results_print_csv (SemioCli *cli, const SemioResultsReport *report)
{
  g_autoptr (SemioCsvWriter) writer = semio_csv_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  const char *text;

  add_heads (writer);
  for (guint i = 0; i < report->rows->len; i++)
    add_row (writer, report, &g_array_index (report->rows, SemioResultsRow, i));
  for (guint i = 0; i < report->type_rows->len; i++)
    add_row (writer, report, &g_array_index (report->type_rows, SemioResultsRow, i));
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
scores_to_json (const SemioResultsScores *scores, gboolean all_intervals)
{
  JsonObject *object = json_object_new ();

  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      JsonObject *score =
          semio_cli_figure_to_json (scores->scores[s], all_intervals || s == SEMIO_SCORE_F1 ? &scores->intervals[s] : NULL);

      if (scores->constants[s].state == SEMIO_FIGURE_KNOWN)
        {
          json_object_set_double_member (score, "constant", scores->constants[s].value);
          json_object_set_string_member (score, "constant_answer", semio_answer_to_id (scores->constant_answers[s]));
          json_object_set_boolean_member (score, "beats_constant", semio_results_scores_beat_constant (scores, (SemioScore) s));
        }
      json_object_set_object_member (object, semio_score_to_id ((SemioScore) s), score);
    }
  json_object_set_int_member (object, "tp", scores->counts.tp);
  json_object_set_int_member (object, "fp", scores->counts.fp);
  json_object_set_int_member (object, "fn", scores->counts.fn);
  json_object_set_int_member (object, "tn", scores->counts.tn);
  json_object_set_int_member (object, "other", scores->counts.other);
  return object;
}

static JsonObject *
row_to_json (const SemioResultsReport *report, const SemioResultsRow *row)
{
  const SemioRun *run = report->runs->pdata[row->run];
  const SemioMetrics *metrics = &row->main.metrics;
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "run", run->name);
  json_object_set_string_member (line, "notice", run->notice ? run->notice : "");
  json_object_set_string_member (line, "feature", semio_feature_set_get (report->features, row->feature)->id);
  if (row->type >= 0)
    json_object_set_string_member (line, "event_type", semio_event_type_to_id ((SemioEventType) row->type));
  set_share (line, "accuracy", metrics->accuracy);
  set_share (line, "precision", metrics->precision);
  set_share (line, "recall", metrics->recall);
  set_share (line, "f1", metrics->f1);
  set_share (line, "coverage", metrics->coverage);
  json_object_set_int_member (line, "positives", metrics->positives);
  json_object_set_int_member (line, "scored", metrics->scored);
  json_object_set_int_member (line, "left_out", metrics->left_out);
  json_object_set_int_member (line, "fails", metrics->fails);
  json_object_set_string_member (line, "joined", get_join (report, FALSE));
  json_object_set_object_member (line, "scores", scores_to_json (&row->main, row->type < 0));
  if (row->type >= 0)
    return line;
  json_object_set_boolean_member (line, "best", row->is_best);
  json_object_set_string_member (line, "other_joined", get_join (report, TRUE));
  json_object_set_object_member (line, "other_scores", scores_to_json (&row->other, FALSE));
  json_object_set_boolean_member (line, "equals_event_type", row->equals_type);
  json_object_set_object_member (line, "within_type_specificity",
                                 semio_cli_figure_to_json (row->within_specificity, &row->within_interval));
  return line;
}

static JsonObject *
mean_to_json (const SemioResultsReport *report, const SemioResultsMean *mean)
{
  JsonObject *line = json_object_new ();
  JsonObject *macro = json_object_new ();
  JsonObject *micro = json_object_new ();

  json_object_set_string_member (line, "run", ((SemioRun *) report->runs->pdata[mean->run])->name);
  json_object_set_string_member (
      line, "group", mean->group < 0 ? "all" : semio_feature_set_get_group (report->features, (guint) mean->group)->id);
  json_object_set_int_member (line, "features", mean->n_features);
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      gboolean drawn = s == SEMIO_SCORE_F1;

      json_object_set_object_member (macro, semio_score_to_id ((SemioScore) s),
                                     semio_cli_figure_to_json (mean->macro[s], drawn ? &mean->macro_f1 : NULL));
      json_object_set_object_member (micro, semio_score_to_id ((SemioScore) s),
                                     semio_cli_figure_to_json (mean->micro[s], drawn ? &mean->micro_f1 : NULL));
    }
  json_object_set_object_member (line, "macro", macro);
  json_object_set_object_member (line, "micro", micro);
  return line;
}

static void
set_p (JsonObject *object, const char *member, double p)
{
  set_share (object, member, p < 0 ? NAN : p);
}

static JsonObject *
contrast_to_json (const SemioResultsReport *report, const SemioResultsContrast *contrast)
{
  static const char *const kinds[] = { "runs", "enhancement", "prompts" };
  JsonObject *line = json_object_new ();

  json_object_set_string_member (line, "feature", semio_feature_set_get (report->features, contrast->feature)->id);
  json_object_set_string_member (line, "kind", kinds[contrast->kind]);
  json_object_set_string_member (line, "run", ((SemioRun *) report->runs->pdata[contrast->run])->name);
  json_object_set_string_member (line, "other", ((SemioRun *) report->runs->pdata[contrast->other])->name);
  json_object_set_int_member (line, "both", contrast->n_both);
  json_object_set_int_member (line, "only_run", contrast->only_run);
  json_object_set_int_member (line, "only_other", contrast->only_other);
  set_p (line, "mcnemar_p", contrast->mcnemar);
  set_p (line, "mcnemar_p_holm", contrast->mcnemar_holm);
  json_object_set_object_member (line, "difference_f1", semio_cli_figure_to_json (contrast->difference, &contrast->interval));
  set_p (line, "bootstrap_p", contrast->p.state == SEMIO_FIGURE_KNOWN ? contrast->p.value : -1);
  set_p (line, "bootstrap_p_holm", contrast->p_holm);
  json_object_set_boolean_member (line, "planned", contrast->is_primary);
  return line;
}

JsonObject *
semio_cli_results_to_json (const SemioResultsReport *report)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();
  JsonArray *types = json_array_new ();
  JsonArray *means = json_array_new ();
  JsonArray *contrasts = json_array_new ();

  for (guint i = 0; i < report->rows->len; i++)
    json_array_add_object_element (rows, row_to_json (report, &g_array_index (report->rows, SemioResultsRow, i)));
  for (guint i = 0; i < report->type_rows->len; i++)
    json_array_add_object_element (types, row_to_json (report, &g_array_index (report->type_rows, SemioResultsRow, i)));
  for (guint i = 0; i < report->means->len; i++)
    json_array_add_object_element (means, mean_to_json (report, &g_array_index (report->means, SemioResultsMean, i)));
  for (guint i = 0; i < report->contrasts->len; i++)
    json_array_add_object_element (contrasts,
                                   contrast_to_json (report, &g_array_index (report->contrasts, SemioResultsContrast, i)));
  json_object_set_string_member (object, "policy", semio_metrics_policy_to_id (report->policy));
  json_object_set_string_member (object, "patient_group", semio_patient_group_to_id (report->patient_group));
  json_object_set_string_member (object, "policy_text", semio_metrics_policy_describe (report->policy));
  json_object_set_string_member (object, "reference", report->reference_name);
  json_object_set_int_member (object, "recordings", report->recordings->len);
  json_object_set_int_member (object, "patients", report->n_patients);
  json_object_set_int_member (object, "resamples", report->n_resamples);
  json_object_set_int_member (object, "seed", (gint64) report->seed);
  json_object_set_double_member (object, "level", report->level);
  json_object_set_int_member (object, "tests", report->n_tests);
  json_object_set_array_member (object, "rows", rows);
  json_object_set_array_member (object, "rows_by_event_type", types);
  json_object_set_array_member (object, "means", means);
  json_object_set_array_member (object, "contrasts", contrasts);
  json_object_set_array_member (object, "remarks", semio_cli_json_strings ((const char *const *) report->remarks));
  return object;
}
