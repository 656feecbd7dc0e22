/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-parts.h"

#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"

static const struct {
  const char *id, *heading;
} parts[SEMIO_RESULTS_N_PARTS] = {
  [SEMIO_RESULTS_PART_TABLE] = { "f1", N_ ("F1 per feature") },
  [SEMIO_RESULTS_PART_FOREST] = { "f1-intervals", N_ ("F1 with intervals") },
  [SEMIO_RESULTS_PART_HEAT] = { "features-and-runs", N_ ("Features and runs") },
  [SEMIO_RESULTS_PART_CONFUSION] = { "confusion", N_ ("Confusion matrices") },
  [SEMIO_RESULTS_PART_ROC] = { "roc", N_ ("ROC curves") },
  [SEMIO_RESULTS_PART_PRECISION_RECALL] = { "precision-recall", N_ ("Precision and recall") },
  [SEMIO_RESULTS_PART_AREAS_TABLE] = { "areas-table", N_ ("Areas under curves") },
  [SEMIO_RESULTS_PART_ENHANCEMENT] = { "enhancement", N_ ("Plain and enhanced") },
  [SEMIO_RESULTS_PART_CONTRASTS] = { "contrasts", N_ ("Runs against each other") },
  [SEMIO_RESULTS_PART_FAITHFULNESS] = { "faithfulness", N_ ("Faithfulness of explanations") },
  [SEMIO_RESULTS_PART_SCORES] = { "scores", N_ ("Every score") },
  [SEMIO_RESULTS_PART_FAITHFULNESS_TABLE] = { "faithfulness-table", N_ ("Faithfulness in numbers") },
  [SEMIO_RESULTS_PART_AGREEMENT] = { "agreement", N_ ("Agreement of raters") },
  [SEMIO_RESULTS_PART_AGREEMENT_MATRIX] = { "agreement-pairs", N_ ("Raters in pairs") },
  [SEMIO_RESULTS_PART_ONSET] = { "onset-error", N_ ("Onset error") },
  [SEMIO_RESULTS_PART_ONSET_TABLE] = { "onset-table", N_ ("Onset error in numbers") },
  [SEMIO_RESULTS_PART_OVERLAP_TABLE] = { "overlap-table", N_ ("Overlap of intervals") },
  [SEMIO_RESULTS_PART_ORDER_TABLE] = { "order-table", N_ ("Order of features") },
  [SEMIO_RESULTS_PART_SIDES_TABLE] = { "sides-table", N_ ("Sides") },
  [SEMIO_RESULTS_PART_EVENT_TYPES_TABLE] = { "event-types-table", N_ ("Event types") },
};

const char *
semio_results_part_get_id (SemioResultsPartKind kind)
{
  return parts[kind].id;
}

const char *
semio_results_part_get_heading (SemioResultsPartKind kind)
{
  return _ (parts[kind].heading);
}

SemioResultsSource
semio_results_part_get_source (SemioResultsPartKind kind)
{
  if (kind >= SEMIO_RESULTS_PART_ROC && kind <= SEMIO_RESULTS_PART_AREAS_TABLE)
    return SEMIO_RESULTS_SOURCE_CURVES;
  if (kind >= SEMIO_RESULTS_PART_ONSET)
    return SEMIO_RESULTS_SOURCE_TIMES;
  return kind >= SEMIO_RESULTS_PART_FAITHFULNESS ? SEMIO_RESULTS_SOURCE_RATINGS : SEMIO_RESULTS_SOURCE_REPORT;
}

static const char *
find_reason (const SemioResultsReport *report, const char **advice)
{
  *advice = NULL;
  if (report == NULL)
    return _ ("There is no reference set, so nothing is scored. Import one.");
  if (report->runs->len == 0)
    {
      *advice = _ ("Tick one on the left.");
      return _ ("No run is chosen.");
    }
  if (report->recordings->len == 0)
    return _ ("No recording is of the patients and event types that are chosen.");
  if (report->rows->len == 0)
    {
      *advice = _ ("Tick other features or runs on the left.");
      return _ ("Nothing of what is chosen was asked of a run.");
    }
  return NULL;
}

/* Parts that are made of answers. */
static void
fill_from_report (SemioResultsPart *part, const SemioResultsReport *report)
{
  const char *why = find_reason (report, &part->advice);

  if (why != NULL)
    {
      part->why = g_strdup (why);
      return;
    }
  switch ((int) part->kind)
    {
    case SEMIO_RESULTS_PART_TABLE:
      part->table = semio_results_make_table (report, NULL);
      break;
    case SEMIO_RESULTS_PART_FOREST:
      part->chart = semio_results_make_forest (report, part->links);
      break;
    case SEMIO_RESULTS_PART_HEAT:
      part->chart = semio_results_make_heat (report, part->links);
      break;
    case SEMIO_RESULTS_PART_CONFUSION:
      part->chart = semio_results_make_confusion (report, part->links);
      break;
    case SEMIO_RESULTS_PART_ENHANCEMENT:
      part->chart = semio_results_make_enhancement (report, part->links);
      if (part->chart == NULL)
        part->why = g_strdup (_ ("No enhanced run and the plain run of its model are both chosen."));
      break;
    case SEMIO_RESULTS_PART_CONTRASTS:
    default:
      part->table = report->runs->len > 1 ? semio_results_make_contrasts (report, FALSE) : NULL;
      if (report->runs->len < 2)
        {
          part->why = g_strdup (_ ("Comparing needs two runs."));
          part->advice = _ ("Tick another one on the left.");
        }
      else if (part->table == NULL)
        part->why = g_strdup (report->contrasts->len > 0 ? _ ("The runs have no recording in common that both are scored on.")
                                                         : semio_figure_state_describe (SEMIO_FIGURE_NOT_DRAWN));
    }
}

/* Parts that are made of judgements. */
static void
fill_from_ratings (SemioResultsPart *part, const SemioResultsView *view)
{
  const SemioRatingsReport *ratings = view->ratings;
  SemioFaithfulness all = { 0 };
  SemioAgreementCounts counts = { 0 };

  if (ratings != NULL)
    {
      all = semio_faithfulness_summarize (ratings->points);
      counts = semio_agreement_count (ratings->agreement);
    }
  if (ratings == NULL || all.n_scored == 0)
    {
      part->why = g_strdup (_ ("Nobody who is chosen has scored an explanation yet."));
      return;
    }
  switch ((int) part->kind)
    {
    case SEMIO_RESULTS_PART_FAITHFULNESS:
      part->chart = semio_results_make_faithfulness (ratings->points, view->features, part->links);
      break;
    case SEMIO_RESULTS_PART_SCORES:
      part->chart = semio_results_make_scores (ratings->points, view->features, part->links);
      break;
    case SEMIO_RESULTS_PART_FAITHFULNESS_TABLE:
      part->table = semio_results_make_faithfulness_table (ratings, view->features);
      break;
    case SEMIO_RESULTS_PART_AGREEMENT:
      if (counts.n_paired > 0)
        part->table = semio_results_make_agreement (ratings);
      break;
    case SEMIO_RESULTS_PART_AGREEMENT_MATRIX:
    default:
      if (ratings->persons->len > 1)
        part->chart = semio_results_make_agreement_matrix (ratings, part->links);
    }
  if (part->chart == NULL && part->table == NULL)
    part->why = g_strdup (counts.n_raters < 2 ? _ ("Agreement needs two raters.")
                                              : _ ("Agreement needs two raters who scored the same explanation."));
}

static void
fill_from_curves (SemioResultsPart *part, const SemioCurvesReport *curves)
{
  if (curves != NULL && curves->curves->len > 0 && part->kind == SEMIO_RESULTS_PART_AREAS_TABLE)
    part->table = semio_results_make_areas_table (curves);
  else if (curves != NULL && curves->curves->len > 0)
    part->chart = semio_results_make_curves (curves, part->kind == SEMIO_RESULTS_PART_PRECISION_RECALL, part->links);
  else
    part->why = g_strdup (curves != NULL && curves->missing != NULL
                              ? curves->missing
                              : _ ("A curve needs a score with each answer; the runs give answers without scores."));
}

static SemioTimesPart
get_times_part (SemioResultsPartKind kind)
{
  if (kind <= SEMIO_RESULTS_PART_ONSET_TABLE)
    return SEMIO_TIMES_ONSETS;
  return (SemioTimesPart) (SEMIO_TIMES_OVERLAP + (kind - SEMIO_RESULTS_PART_OVERLAP_TABLE));
}

static void
fill_from_times (SemioResultsPart *part, const SemioResultsView *view)
{
  const SemioTimesPart what = get_times_part (part->kind);
  const SemioTimesReport *times = view->times;

  if (times == NULL)
    part->why =
        g_strdup (view->report == NULL ? find_reason (NULL, &part->advice) : _ ("Times and order have not been compared."));
  else if (times->missing[what] != NULL)
    part->why = g_strdup (times->missing[what]);
  else if (part->kind == SEMIO_RESULTS_PART_ONSET && times->points->len > 0)
    part->chart = semio_results_make_onsets (times, part->links);
  else if (part->kind == SEMIO_RESULTS_PART_ONSET)
    part->why = g_strdup (_ ("No recording has an onset from the reference set and a chosen run."));
  else
    part->table = semio_results_make_times_table (times, what);
}

SemioResultsPart *
semio_results_part_new (SemioResultsPartKind kind, const SemioResultsView *view)
{
  SemioResultsPart *part = g_new0 (SemioResultsPart, 1);

  part->kind = kind;
  part->links = g_array_new (FALSE, FALSE, sizeof (SemioResultsLink));
  switch (semio_results_part_get_source (kind))
    {
    case SEMIO_RESULTS_SOURCE_REPORT:
      fill_from_report (part, view->report);
      break;
    case SEMIO_RESULTS_SOURCE_CURVES:
      fill_from_curves (part, view->curves);
      break;
    case SEMIO_RESULTS_SOURCE_TIMES:
      fill_from_times (part, view);
      break;
    case SEMIO_RESULTS_SOURCE_RATINGS:
    default:
      fill_from_ratings (part, view);
    }
  return part;
}

void
semio_results_part_free (SemioResultsPart *part)
{
  if (part == NULL)
    return;
  g_clear_pointer (&part->chart, semio_chart_unref);
  g_clear_pointer (&part->table, semio_text_table_free);
  g_clear_pointer (&part->links, g_array_unref);
  g_free (part->why);
  g_free (part);
}

const char *
semio_results_part_get_sentence (const SemioResultsPart *part)
{
  if (part->chart != NULL)
    return semio_chart_get_sentence (part->chart);
  return part->table != NULL ? semio_text_table_get_sentence (part->table) : part->why;
}

static void
add_mark (SemioTextTable *table, SemioChart *chart, guint mark)
{
  SemioChartValue value = semio_chart_read_mark (chart, mark);

  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, value.row);
  semio_text_table_add_text (table, value.series);
  semio_text_table_add_text (table, value.measure);
  semio_results_add_figure (table, value.value, FALSE);
  semio_results_add_figure (table,
                            value.interval.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (value.interval.low)
                                                                       : semio_figure_missing (value.interval.state),
                            FALSE);
  semio_results_add_figure (table,
                            value.interval.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (value.interval.high)
                                                                       : semio_figure_missing (value.interval.state),
                            FALSE);
}

SemioTextTable *
semio_results_part_make_data (const SemioResultsPart *part)
{
  static const char *const heads[] = { "row", "series", "measure", "value", "low", "high" };
  SemioTextTable *table;

  if (part->table != NULL)
    return semio_text_table_copy (part->table);
  if (part->chart == NULL)
    return NULL;
  table = semio_text_table_new (semio_chart_get_title (part->chart), semio_chart_get_sentence (part->chart));
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    semio_text_table_add_head (table, heads[i]);
  for (guint mark = 0; mark < semio_chart_get_n_marks (part->chart); mark++)
    add_mark (table, part->chart, mark);
  return table;
}

/* Whether some enhanced run is above the plain run of its model in a feature; *has_pair: whether there are two to compare. */
static gboolean
is_helped (const SemioResultsReport *report, guint feature, gboolean *has_pair)
{
  gboolean helped = FALSE;

  *has_pair = FALSE;
  for (guint run = 0; run < report->runs->len; run++)
    for (guint other = 0; other < report->runs->len; other++)
      {
        const SemioResultsRow *row = semio_results_report_find (report, run, feature);
        const SemioResultsRow *plain = semio_results_report_find (report, other, feature);

        if (!semio_results_is_enhanced_of (report->runs->pdata[run], report->runs->pdata[other]) || row == NULL || plain == NULL
            || row->main.scores[SEMIO_SCORE_F1].state != SEMIO_FIGURE_KNOWN
            || plain->main.scores[SEMIO_SCORE_F1].state != SEMIO_FIGURE_KNOWN)
          continue;
        *has_pair = TRUE;
        helped |= row->main.scores[SEMIO_SCORE_F1].value > plain->main.scores[SEMIO_SCORE_F1].value;
      }
  return helped;
}

SemioResultsHeadlines
semio_results_count_headlines (const SemioResultsReport *report)
{
  SemioResultsHeadlines lines = { 0 };
  g_autoptr (GArray) features = semio_results_list_features (report);

  for (guint i = 0; i < features->len; i++)
    {
      guint feature = g_array_index (features, guint, i);
      gboolean known = FALSE;
      gboolean above = FALSE;
      gboolean has_pair;

      for (guint run = 0; run < report->runs->len; run++)
        {
          const SemioResultsRow *row = semio_results_report_find (report, run, feature);

          if (row == NULL)
            continue;
          known |= row->main.scores[SEMIO_SCORE_F1].state == SEMIO_FIGURE_KNOWN;
          above |= semio_results_scores_beat_constant (&row->main, SEMIO_SCORE_F1);
        }
      lines.n_features += known;
      lines.n_above_constant += above;
      lines.n_helped += is_helped (report, feature, &has_pair);
      lines.n_pairs += has_pair;
    }
  return lines;
}
