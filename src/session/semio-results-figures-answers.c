/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and tables of what runs answered: matrices, enhancement, runs against each other. */
#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"

void
semio_results_add_link (GArray *links, const SemioResultsReport *report, guint run, guint feature, int cell)
{
  const SemioResultsLink link = { .run_id = ((SemioRun *) report->runs->pdata[run])->id, .feature = (int) feature, .cell = cell };

  g_array_append_val (links, link);
}

SemioChart *
semio_results_make_confusion (const SemioResultsReport *report, GArray *links)
{
  g_autoptr (GArray) features = semio_results_list_features (report);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint run = 0; run < report->runs->len; run++)
    g_ptr_array_add (runs, ((SemioRun *) report->runs->pdata[run])->name);
  g_ptr_array_add (runs, NULL);
  for (guint i = 0; i < features->len; i++)
    {
      guint feature = g_array_index (features, guint, i);

      g_ptr_array_add (labels, semio_feature_set_get (report->features, feature)->label);
      for (guint run = 0; run < report->runs->len; run++)
        {
          static const guint none[SEMIO_RESULTS_N_CONFUSION];
          const SemioResultsRow *row = semio_results_report_find (report, run, feature);

          g_array_append_vals (counts, row != NULL ? row->confusion : none, SEMIO_RESULTS_N_CONFUSION);
          for (int cell = 0; cell < SEMIO_RESULTS_N_CONFUSION; cell++)
            semio_results_add_link (links, report, run, feature, cell);
        }
    }
  g_ptr_array_add (labels, NULL);
  return semio_chart_new_confusion (_ ("Confusion matrices"),
                                    _ ("Recordings by what the reference says (lines) and what the run answers (columns); “–” is "
                                       "an answer that is neither. Right answers stand in bold."),
                                    (const char *const *) labels->pdata, (const char *const *) runs->pdata,
                                    (const guint *) (gpointer) counts->data);
}

/* An enhanced run and the plain run of its model, by their places in the report. */
typedef struct {
  guint run, plain;
} Pair;

static void
add_end (const SemioResultsReport *report, guint run, guint feature, GArray *values, GArray *links)
{
  const SemioResultsRow *row = semio_results_report_find (report, run, feature);
  SemioFigure value = row != NULL ? row->main.scores[SEMIO_SCORE_F1] : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);

  g_array_append_val (values, value);
  semio_results_add_link (links, report, run, feature, -1);
}

SemioChart *
semio_results_make_enhancement (const SemioResultsReport *report, GArray *links)
{
  g_autoptr (GArray) features = semio_results_list_features (report);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (SemioFigure));

  for (guint i = 0; i < report->runs->len * report->runs->len; i++)
    {
      const Pair pair = { i / report->runs->len, i % report->runs->len };

      if (!semio_results_is_enhanced_of (report->runs->pdata[pair.run], report->runs->pdata[pair.plain]))
        continue;
      g_array_append_val (pairs, pair);
      g_ptr_array_add (names, ((SemioRun *) report->runs->pdata[pair.run])->name);
    }
  if (pairs->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  for (guint f = 0; f < features->len; f++)
    {
      guint feature = g_array_index (features, guint, f);

      g_ptr_array_add (labels, semio_feature_set_get (report->features, feature)->label);
      for (guint i = 0; i < pairs->len; i++)
        {
          add_end (report, g_array_index (pairs, Pair, i).plain, feature, values, links);
          add_end (report, g_array_index (pairs, Pair, i).run, feature, values, links);
        }
    }
  g_ptr_array_add (labels, NULL);
  return semio_chart_new_arrows (_ ("F1, plain and enhanced"),
                                 _ ("From the plain run of a model to the run with an enhanced picture. An arrow to the right is "
                                    "a gain; whether it is more than chance stands in the comparison of runs."),
                                 _ ("F1"), (const char *const *) labels->pdata, (const char *const *) names->pdata, _ ("plain"),
                                 _ ("enhanced"), (const SemioFigure *) (gpointer) values->data, 0, 1);
}

static const char *
get_kind_label (SemioContrastKind kind)
{
  switch (kind)
    {
    case SEMIO_CONTRAST_ENHANCEMENT:
      return _ ("enhancement");
    case SEMIO_CONTRAST_PROMPTS:
      return _ ("prompts");
    case SEMIO_CONTRAST_RUNS:
    default:
      return _ ("runs");
    }
}

/* No p is 0, and none is more exact than its draws. */
static void
add_p (SemioTextTable *table, double p)
{
  if (p < 0)
    semio_text_table_add_text (table, _ ("not tested"));
  else if (p < 0.0005)
    semio_text_table_add_text (table, "< 0.001");
  else
    semio_text_table_add_number (table, p, FALSE);
}

static void
add_contrast (SemioTextTable *table, const SemioResultsReport *report, const SemioResultsContrast *contrast)
{
  SemioFigure low = semio_figure_new (contrast->interval.low);
  SemioFigure high = semio_figure_new (contrast->interval.high);

  if (contrast->interval.state != SEMIO_FIGURE_KNOWN)
    low = high = semio_figure_missing (contrast->interval.state);
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, semio_feature_set_get (report->features, contrast->feature)->label);
  semio_text_table_add_text (table, ((SemioRun *) report->runs->pdata[contrast->run])->name);
  semio_text_table_add_text (table, ((SemioRun *) report->runs->pdata[contrast->other])->name);
  semio_text_table_add_text (table, get_kind_label (contrast->kind));
  semio_text_table_add_int (table, contrast->n_both);
  semio_results_add_figure (table, contrast->difference, semio_results_contrast_is_clear (contrast));
  semio_results_add_figure (table, low, FALSE);
  semio_results_add_figure (table, high, FALSE);
  add_p (table, contrast->mcnemar_holm);
}

SemioTextTable *
semio_results_make_contrasts (const SemioResultsReport *report, gboolean only_clear)
{
  const char *const heads[] = { _ ("Feature"), _ ("Run"), _ ("Minus"), _ ("Differ in"), _ ("Both"),
                                _ ("F1"),      _ ("Low"), _ ("High"),  _ ("p, Holm") };
  g_autofree char *all = g_strdup_printf (
      _ ("Difference of F1 over the recordings that both runs are scored on, with its paired interval; p is McNemar’s exact "
         "test, adjusted by Holm over %u tests. In bold where the interval excludes zero."),
      report->n_tests);
  g_autofree char *clear = g_strdup_printf (
      _ ("Difference of F1 over the recordings that both runs are scored on, with its paired interval; p is McNemar’s exact "
         "test, adjusted by Holm over %u tests. Only the comparisons whose interval excludes zero are listed; the numbers for "
         "programs hold all %u."),
      report->n_tests, report->contrasts->len);
  SemioTextTable *table;
  gboolean any = FALSE;

  for (guint i = 0; i < report->contrasts->len; i++)
    any |= g_array_index (report->contrasts, SemioResultsContrast, i).n_both > 0;
  if (!any)
    return NULL;
  table = semio_text_table_new (_ ("Runs against each other"), only_clear ? clear : all);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  for (guint i = 0; i < report->contrasts->len; i++)
    {
      const SemioResultsContrast *contrast = &g_array_index (report->contrasts, SemioResultsContrast, i);

      if (contrast->n_both > 0 && (!only_clear || semio_results_contrast_is_clear (contrast)))
        add_contrast (table, report, contrast);
    }
  return table;
}
