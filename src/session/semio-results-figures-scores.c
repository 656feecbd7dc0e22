/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of scores and times: curves, onset errors. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-results-figures.h"

static const char *
get_run_name (GPtrArray *runs, guint run)
{
  return ((SemioRun *) runs->pdata[run])->name;
}

/* The runs that give scores, as the report counts them, and their names. */
static GArray *
list_scoring (const SemioCurvesReport *curves, GPtrArray *names)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint run = 0; run < curves->runs->len; run++)
    if (curves->has_scores[run])
      {
        g_array_append_val (runs, run);
        g_ptr_array_add (names, (gpointer) get_run_name (curves->runs, run));
      }
  g_ptr_array_add (names, NULL);
  return runs;
}

typedef struct {
  GPtrArray *labels;
  GArray *points, *n_points, *areas, *levels;
  GArray *links;
} Squares;

static void
add_curve (const SemioCurvesReport *curves, guint run, guint feature, gboolean precision_recall, Squares *squares)
{
  const SemioScoreCurves *found = semio_curves_report_find (curves, run, feature);
  const SemioCurve *curve = found == NULL ? NULL : precision_recall ? &found->precision_recall : &found->roc;
  SemioFigure area = curve != NULL ? curve->area : semio_figure_missing (SEMIO_FIGURE_NO_SCORES);
  double level = curve != NULL ? curve->constant : 0;
  guint n = curve != NULL ? curve->points->len : 0;

  for (guint i = 0; i < n; i++)
    {
      const SemioCurvePoint *from = &g_array_index (curve->points, SemioCurvePoint, i);
      const SemioChartPoint point = { from->x, from->y };
      const SemioResultsLink link = { .run_id = ((SemioRun *) curves->runs->pdata[run])->id,
                                      .feature = (int) feature,
                                      .cell = -1 };

      g_array_append_val (squares->points, point);
      g_array_append_val (squares->links, link);
    }
  g_array_append_val (squares->n_points, n);
  g_array_append_val (squares->areas, area);
  g_array_append_val (squares->levels, level);
}

static gboolean
has_curve (const SemioCurvesReport *curves, guint feature)
{
  for (guint i = 0; i < curves->curves->len; i++)
    if (g_array_index (curves->curves, SemioScoreCurves, i).feature == feature)
      return TRUE;
  return FALSE;
}

SemioChart *
semio_results_make_curves (const SemioCurvesReport *curves, gboolean precision_recall, GArray *links)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) runs = list_scoring (curves, names);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (SemioChartPoint));
  g_autoptr (GArray) n_points = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (SemioFigure));
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (double));
  Squares squares = { labels, points, n_points, areas, levels, links };

  for (guint feature = 0; feature < semio_feature_set_get_n_features (curves->features); feature++)
    {
      if (!has_curve (curves, feature))
        continue;
      g_ptr_array_add (labels, semio_feature_set_get (curves->features, feature)->label);
      for (guint i = 0; i < runs->len; i++)
        add_curve (curves, g_array_index (runs, guint, i), feature, precision_recall, &squares);
    }
  g_ptr_array_add (labels, NULL);
  if (precision_recall)
    return semio_chart_new_curves (
        _ ("Precision and recall"),
        _ ("For each threshold of a run’s score the share of yes that is found and the share of what is "
           "called yes that is; the number is average precision, dashed is one score for all."),
        _ ("recall"), _ ("precision"), (const char *const *) labels->pdata, (const char *const *) names->pdata,
        (const SemioChartPoint *) (gpointer) points->data, (const guint *) (gpointer) n_points->data,
        (const SemioFigure *) (gpointer) areas->data, (const double *) (gpointer) levels->data);
  return semio_chart_new_curves (
      _ ("ROC curves"),
      _ ("For each threshold of a run’s score the share of no and of yes that is called yes; the number "
         "is the area below the curve, dashed is one score for all, 0.5."),
      _ ("1 − specificity"), _ ("recall"), (const char *const *) labels->pdata, (const char *const *) names->pdata,
      (const SemioChartPoint *) (gpointer) points->data, (const guint *) (gpointer) n_points->data,
      (const SemioFigure *) (gpointer) areas->data, NULL);
}

SemioChart *
semio_results_make_onsets (const SemioTimesReport *times, GArray *links)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));
  double most = 0;

  for (guint at = 0; at < semio_feature_set_get_n_features (times->features) * times->runs->len; at++)
    {
      guint feature = at / times->runs->len;
      guint run = at % times->runs->len;
      guint n = 0;

      for (guint i = 0; i < times->points->len; i++)
        {
          const SemioTimesPoint *point = &g_array_index (times->points, SemioTimesPoint, i);
          const SemioResultsLink link = { .run_id = ((SemioRun *) times->runs->pdata[run])->id,
                                          .feature = (int) feature,
                                          .cell = -1,
                                          .recording_id = point->recording_id };
          double error_s = fabs (point->predicted_s - point->reference_s);

          if (point->feature != feature || point->run != run)
            continue;
          g_array_append_val (values, error_s);
          g_array_append_val (links, link);
          most = MAX (most, error_s);
          n++;
        }
      if (n == 0)
        continue;
      g_ptr_array_add (labels, g_strdup_printf (times->runs->len > 1 ? "%s · %s" : "%s",
                                                semio_feature_set_get (times->features, feature)->label,
                                                get_run_name (times->runs, run)));
      g_array_append_val (counts, n);
    }
  g_ptr_array_add (labels, NULL);
  return semio_chart_new_boxes (
      _ ("Onset error"),
      _ ("Seconds between the beginning of a feature in the reference and in a run, a point a recording. "
         "The box goes from the first to the third quartile, the line is the median."),
      _ ("seconds"), (const char *const *) labels->pdata, (const double *) (gpointer) values->data,
      (const guint *) (gpointer) counts->data, 0, 0, MAX (ceil (most / 5) * 5, 5));
}
