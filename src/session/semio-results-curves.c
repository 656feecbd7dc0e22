/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-curves.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-times-draws.h"
#include "semio-times-job.h"

SemioCurvesReport *
semio_curves_report_ref (SemioCurvesReport *report)
{
  g_atomic_ref_count_inc (&report->refs);
  return report;
}

static void
clear_curves (gpointer data)
{
  SemioScoreCurves *curves = data;

  semio_curve_clear (&curves->roc);
  semio_curve_clear (&curves->precision_recall);
}

void
semio_curves_report_unref (SemioCurvesReport *report)
{
  if (report == NULL || !g_atomic_ref_count_dec (&report->refs))
    return;
  g_free (report->reference_name);
  g_clear_pointer (&report->features, semio_feature_set_unref);
  g_clear_pointer (&report->runs, g_ptr_array_unref);
  g_clear_pointer (&report->curves, g_array_unref);
  g_free (report->has_scores);
  g_free (report->missing);
  g_free (report);
}

const SemioScoreCurves *
semio_curves_report_find (const SemioCurvesReport *report, guint run, guint feature)
{
  for (guint i = 0; i < report->curves->len; i++)
    {
      const SemioScoreCurves *curves = &g_array_index (report->curves, SemioScoreCurves, i);

      if (curves->run == run && curves->feature == feature)
        return curves;
    }
  return NULL;
}

/* What nobody can hear is not scored, as in the tables. */
static gboolean
is_left_out (const SemioTimesData *data, SemioMetricsPolicy policy, guint recording, guint feature)
{
  return policy != SEMIO_METRICS_POLICY_PUBLISHED && semio_feature_set_is_from_sound (data->features, feature)
         && semio_results_has_no_sound (data->recordings->pdata[recording]);
}

static void
add_curves (const SemioTimesData *data, SemioMetricsPolicy policy, guint run, guint feature, SemioTimesDraws *draws,
            GArray *curves)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (SemioScoredAnswer));
  g_autoptr (GArray) drawn = g_array_new (FALSE, FALSE, sizeof (SemioDrawnAnswer));
  SemioScoreCurves one = { .run = run, .feature = feature };

  for (guint r = 0; r < data->recordings->len; r++)
    {
      const gsize cell = semio_times_data_get_cell (data, r, feature);
      const SemioScoredAnswer answer = { data->scores[(gsize) run * data->reference->n_cells + cell],
                                         data->labels[cell] == SEMIO_ANSWER_YES };
      const SemioDrawnAnswer of_patient = { answer.score, answer.is_yes, semio_times_draws_get_patient (draws, r) };

      if ((data->labels[cell] != SEMIO_ANSWER_YES && data->labels[cell] != SEMIO_ANSWER_NO)
          || is_left_out (data, policy, r, feature))
        continue;
      one.n_reference++;
      if (!isfinite (answer.score))
        continue;
      g_array_append_val (answers, answer);
      g_array_append_val (drawn, of_patient);
    }
  one.n_scored = answers->len;
  if (one.n_scored == 0)
    return;
  one.coverage = semio_figure_share (one.n_scored, one.n_reference, SEMIO_FIGURE_NO_PAIRS);
  one.roc = semio_curve_new_roc ((const SemioScoredAnswer *) (gpointer) answers->data, answers->len);
  one.precision_recall = semio_curve_new_precision_recall ((const SemioScoredAnswer *) (gpointer) answers->data, answers->len);
  g_array_append_val (curves, one);
  semio_drawn_answers_sort (drawn);
  semio_times_draws_want (draws, semio_drawn_roc_area, drawn, curves, curves->len - 1,
                          G_STRUCT_OFFSET (SemioScoreCurves, roc_interval));
  semio_times_draws_want (draws, semio_drawn_average_precision, drawn, curves, curves->len - 1,
                          G_STRUCT_OFFSET (SemioScoreCurves, precision_recall_interval));
}

static gboolean
fill_curves (const SemioTimesData *data, const SemioResultsChoice *choice, SemioCurvesReport *report, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (SemioTimesDraws) draws = semio_times_draws_new (data);
  gboolean any = FALSE;

  for (guint run = 0; run < data->runs->len; run++)
    for (guint f = 0; f < semio_feature_set_get_n_features (data->features); f++)
      if (data->has_feature[f])
        add_curves (data, choice->policy, run, f, draws, report->curves);
  for (guint run = 0; run < data->runs->len; run++)
    any |= report->has_scores[run];
  if (report->curves->len == 0)
    report->missing =
        g_strdup (any ? _ ("No recording has a score and a reference of yes or no.")
                      : _ ("The chosen runs give answers without scores, so there is no curve. A column “score_for_…” beside a "
                           "feature's answers brings them in."));
  return semio_times_draws_run (draws, choice, cancellable, error);
}

static gpointer
make_report (SemioTimesData *data, const SemioResultsChoice *choice, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioCurvesReport) report = g_new0 (SemioCurvesReport, 1);

  g_atomic_ref_count_init (&report->refs);
  report->reference_name = g_strdup (data->reference_name);
  report->features = semio_feature_set_ref (data->features);
  report->runs = g_ptr_array_ref (data->runs);
  report->n_resamples = choice->n_resamples;
  report->has_scores = g_steal_pointer (&data->has_scores);
  report->curves = g_array_new (FALSE, FALSE, sizeof (SemioScoreCurves));
  g_array_set_clear_func (report->curves, clear_curves);
  return fill_curves (data, choice, report, cancellable, error) ? g_steal_pointer (&report) : NULL;
}

void
semio_curves_compute_async (SemioStudy *study, const SemioResultsChoice *choice, SemioShare *share, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  semio_times_job_run_async (study, choice, make_report, (GDestroyNotify) semio_curves_report_unref, semio_curves_compute_async,
                             share, cancellable, callback, user_data);
}

SemioCurvesReport *
semio_curves_compute_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return semio_times_job_finish (result, error);
}
