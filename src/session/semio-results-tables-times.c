/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of scores and times: areas under curves, onset errors, overlap of intervals, order of features, sides, event types. Each
 * number stands with its interval, and in a row under it the same of the best constant answer. */
#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"

static const char *
get_run_name (GPtrArray *runs, guint run)
{
  return ((SemioRun *) runs->pdata[run])->name;
}

typedef struct {
  const char *text;
  gboolean has_interval;
} Head;

static SemioTextTable *
begin_table (const char *title, const char *sentence, const Head *heads, guint n_heads)
{
  SemioTextTable *table = semio_text_table_new (title, sentence);

  for (guint i = 0; i < n_heads; i++)
    if (heads[i].has_interval)
      semio_text_table_add_interval_head (table, heads[i].text);
    else
      semio_text_table_add_head (table, heads[i].text);
  return table;
}

/* What stands behind a number that has no interval: the mark, and why there is none. Intervals that were not asked for, or not yet,
 * need no words. (nullable) */
static char *
describe_missing (const char *sign, SemioFigureState state)
{
  if (state == SEMIO_FIGURE_NOT_DRAWN)
    return g_strdup (sign);
  return g_strdup_printf ("%s%s(%s)", sign != NULL ? sign : "", sign != NULL ? " " : "", semio_figure_state_describe (state));
}

/* A number with its interval, marked where it is no better than the constant's. */
static void
add_scored (SemioTextTable *table, SemioFigure value, SemioInterval interval, SemioFigure constant, gboolean lower_is_better)
{
  const gboolean is_no_better =
      constant.state == SEMIO_FIGURE_KNOWN && (lower_is_better ? value.value >= constant.value : value.value <= constant.value);
  const char *sign = is_no_better ? "▾" : NULL;
  g_autofree char *behind = NULL;

  if (value.state != SEMIO_FIGURE_KNOWN)
    semio_results_add_figure (table, value, FALSE);
  else if (interval.state == SEMIO_FIGURE_KNOWN)
    semio_text_table_add_interval (table, value.value, interval.low, interval.high, sign);
  else
    {
      behind = describe_missing (sign, interval.state);
      semio_text_table_add_without_interval (table, value.value, semio_figure_state_describe (interval.state), behind);
    }
}

/* A run's own row: what it is of, how many there were, and of how many the run says something. */
static void
begin_row (SemioTextTable *table, const char *run, const char *of, guint n, SemioFigure coverage)
{
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, run);
  semio_text_table_add_text (table, of);
  semio_text_table_add_int (table, n);
  semio_results_add_figure (table, coverage, FALSE);
}

/* The row under it: the same of an answer that is always the same. */
static void
begin_constant_row (SemioTextTable *table, const char *run, const char *answer, const char *of, guint n)
{
  g_autofree char *indented = g_strconcat ("  ", answer, NULL);
  g_autofree char *full = g_strdup_printf ("%s, %s", run, answer);

  semio_text_table_begin_row (table);
  semio_text_table_add_short_text (table, indented, full);
  semio_text_table_add_short_text (table, "", of);
  semio_text_table_add_int (table, n);
  semio_text_table_add_text (table, "");
}

/* "31.5" */
static char *
format_seconds (double seconds)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.1f", seconds));
}

static void
add_plain (SemioTextTable *table, const SemioFigure *figures, guint n)
{
  for (guint i = 0; i < n; i++)
    semio_results_add_figure (table, figures[i], FALSE);
}

static void
add_area (SemioTextTable *table, const SemioCurvesReport *report, const SemioScoreCurves *curves)
{
  const char *run = get_run_name (report->runs, curves->run);
  const char *feature = semio_feature_set_get (report->features, curves->feature)->label;
  const SemioFigure constants[] = { semio_figure_new (curves->roc.constant),
                                    semio_figure_new (curves->precision_recall.constant) };

  begin_row (table, run, feature, curves->n_reference, curves->coverage);
  semio_text_table_add_int (table, curves->roc.n_yes);
  semio_text_table_add_int (table, curves->roc.n_no);
  add_scored (table, curves->roc.area, curves->roc_interval, constants[0], FALSE);
  add_scored (table, curves->precision_recall.area, curves->precision_recall_interval, constants[1], FALSE);
  if (curves->roc.area.state != SEMIO_FIGURE_KNOWN)
    return;
  begin_constant_row (table, run, _ ("one score for all"), feature, curves->n_reference);
  semio_text_table_add_text (table, "");
  semio_text_table_add_text (table, "");
  add_plain (table, constants, G_N_ELEMENTS (constants));
}

SemioTextTable *
semio_results_make_areas_table (const SemioCurvesReport *curves)
{
  const Head heads[] = { { _ ("Run") }, { _ ("Feature") }, { _ ("Labels") },         { _ ("Scored") },
                         { _ ("Yes") }, { _ ("No") },      { _ ("ROC area"), TRUE }, { _ ("Average precision"), TRUE } };
  SemioTextTable *table = begin_table (_ ("Areas under curves"),
                                       _ ("The areas of the curves above, with intervals at 95 % over patients. ▾ no better than "
                                          "one and the same score for all."),
                                       heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < curves->curves->len; i++)
    add_area (table, curves, &g_array_index (curves->curves, SemioScoreCurves, i));
  return table;
}

/* "always 34.2 s"; all together each feature has a constant of its own. */
static char *
name_constant_onset (const SemioTimesOnset *onset)
{
  g_autofree char *seconds = NULL;

  if (onset->feature < 0)
    return g_strdup (_ ("always each median"));
  seconds = format_seconds (onset->error.constant_s);
  return g_strdup_printf (_ ("always %s s"), seconds);
}

static void
add_onset (SemioTextTable *table, const SemioTimesReport *times, const SemioTimesOnset *onset)
{
  const SemioOnsetError *error = &onset->error;
  const char *run = get_run_name (times->runs, onset->run);
  const char *feature =
      onset->feature < 0 ? _ ("all together") : semio_feature_set_get (times->features, (guint) onset->feature)->label;
  const SemioFigure constants[] = { error->constant_mean_s, error->constant_median_s };
  g_autofree char *answer = name_constant_onset (onset);

  begin_row (table, run, feature, error->n_reference, error->coverage);
  add_scored (table, error->mean_s, onset->mean_interval, error->constant_mean_s, TRUE);
  add_scored (table, error->median_s, onset->median_interval, error->constant_median_s, TRUE);
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    add_scored (table, error->within[i], onset->within[i], error->constant_within[i], FALSE);
  if (error->n_scored == 0)
    return;
  begin_constant_row (table, run, answer, feature, error->n_reference);
  add_plain (table, constants, G_N_ELEMENTS (constants));
  add_plain (table, error->constant_within, SEMIO_N_ONSET_LIMITS);
}

static SemioTextTable *
make_onset_table (const SemioTimesReport *times)
{
  const Head heads[] = { { _ ("Run") },         { _ ("Feature") },       { _ ("Onsets") },
                         { _ ("Found") },       { _ ("Mean, s"), TRUE }, { _ ("Median, s"), TRUE },
                         { _ ("≤ 1 s"), TRUE }, { _ ("≤ 2 s"), TRUE },   { _ ("≤ 5 s"), TRUE } };
  SemioTextTable *table = begin_table (
      _ ("Onset error in numbers"),
      _ ("Absolute error of onsets, the share within 1, 2 and 5 s, and how many of the reference’s onsets a run gives at all. "
         "Intervals at 95 %, of shares by Wilson, else over patients. ▾ no better than the median time of the reference for "
         "all."),
      heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < times->onsets->len; i++)
    if (g_array_index (times->onsets, SemioTimesOnset, i).error.n_reference > 0)
      add_onset (table, times, &g_array_index (times->onsets, SemioTimesOnset, i));
  return table;
}

static void
add_overlap (SemioTextTable *table, const SemioTimesReport *times, const SemioTimesOverlap *overlap)
{
  const char *run = get_run_name (times->runs, overlap->run);
  const char *feature = semio_feature_set_get (times->features, overlap->feature)->label;
  const SemioFigure constants[] = { overlap->constant_iou, overlap->constant_precision, overlap->constant_recall };
  g_autofree char *begin = format_seconds (overlap->constant_begin_s);
  g_autofree char *end = format_seconds (overlap->constant_end_s);
  g_autofree char *answer = g_strdup_printf (_ ("always %s to %s s"), begin, end);

  begin_row (table, run, feature, overlap->n_reference, overlap->coverage);
  add_scored (table, overlap->iou, overlap->iou_interval, constants[0], FALSE);
  add_scored (table, overlap->precision, overlap->precision_interval, constants[1], FALSE);
  add_scored (table, overlap->recall, overlap->recall_interval, constants[2], FALSE);
  if (overlap->n_scored == 0)
    return;
  begin_constant_row (table, run, answer, feature, overlap->n_reference);
  add_plain (table, constants, G_N_ELEMENTS (constants));
}

static SemioTextTable *
make_overlap_table (const SemioTimesReport *times)
{
  const Head heads[] = { { _ ("Run") },       { _ ("Feature") },         { _ ("Intervals") },   { _ ("Found") },
                         { _ ("IoU"), TRUE }, { _ ("Precision"), TRUE }, { _ ("Recall"), TRUE } };
  SemioTextTable *table = begin_table (
      _ ("Overlap of intervals"),
      _ ("How far the interval that a run gives of a feature covers that of the reference: the part that both have of the part "
         "that "
         "either has, and the shares of the run’s and of the reference’s. Intervals at 95 % over patients. ▾ no better than one "
         "interval for all, from the reference’s median beginning to its median end."),
      heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < times->overlaps->len; i++)
    add_overlap (table, times, &g_array_index (times->overlaps, SemioTimesOverlap, i));
  return table;
}

static void
add_order (SemioTextTable *table, const SemioTimesReport *times, const SemioTimesOrder *order)
{
  const char *run = get_run_name (times->runs, order->run);
  const char *sequence = _ ("all features");
  const SemioFigure constants[] = { order->constant_edit, order->constant_common, order->constant_tau };

  begin_row (table, run, sequence, order->n_reference, order->coverage);
  add_scored (table, order->edit, order->edit_interval, constants[0], TRUE);
  add_scored (table, order->common, order->common_interval, constants[1], FALSE);
  add_scored (table, order->tau, order->tau_interval, constants[2], FALSE);
  if (order->n_scored == 0)
    return;
  begin_constant_row (table, run, _ ("always one order"), sequence, order->n_reference);
  add_plain (table, constants, G_N_ELEMENTS (constants));
}

static SemioTextTable *
make_order_table (const SemioTimesReport *times)
{
  const Head heads[] = { { _ ("Run") },
                         { _ ("Of") },
                         { _ ("Sequences") },
                         { _ ("Found") },
                         { _ ("Edits"), TRUE },
                         { _ ("In order"), TRUE },
                         { _ ("Kendall’s τ"), TRUE } };
  SemioTextTable *table =
      begin_table (_ ("Order of features"),
                   _ ("How near the sequence of features that a run gives is to the reference’s: edits over the length of the "
                      "reference’s, 0 is "
                      "best; the share of the reference’s sequence that stands in the same order, 1 is best; and agreement of "
                      "the order in pairs. "
                      "Intervals at 95 % over patients. ▾ no better than the reference sequence that is nearest to all."),
                   heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < times->orders->len; i++)
    add_order (table, times, &g_array_index (times->orders, SemioTimesOrder, i));
  return table;
}

/* What is told apart: "Head, left"; of event types "Epileptic". */
static const char *
name_class (const SemioTimesClass *one)
{
  if (one->part == SEMIO_FEATURE_NONE)
    return _ ("Epileptic");
  if (one->part == SEMIO_FEATURE_HEAD)
    return one->side == SEMIO_SIDE_LEFT ? _ ("Head, left") : _ ("Head, right");
  return one->side == SEMIO_SIDE_LEFT ? _ ("Arm, left") : _ ("Arm, right");
}

static void
add_class (SemioTextTable *table, const SemioTimesReport *times, const SemioTimesClass *one)
{
  const char *run = get_run_name (times->runs, one->run);
  const SemioFigure constants[] = { one->constant_precision, one->constant_recall, one->constant_f1 };
  const SemioFigure none = semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);

  begin_row (table, run, name_class (one), one->n_reference, one->coverage);
  add_scored (table, one->precision, one->precision_interval, constants[0], FALSE);
  /* Who always says it misses none, so that nothing is above: no mark. */
  add_scored (table, one->recall, one->recall_interval, none, FALSE);
  add_scored (table, one->f1, one->f1_interval, constants[2], FALSE);
  begin_constant_row (table, run, one->part == SEMIO_FEATURE_NONE ? _ ("always epileptic") : _ ("always this side"),
                      name_class (one), one->n_reference);
  add_plain (table, constants, G_N_ELEMENTS (constants));
}

static SemioTextTable *
make_class_table (const SemioTimesReport *times, const GArray *classes, const char *title, const char *sentence, const char *what)
{
  const Head heads[] = { { _ ("Run") },          { what },          { _ ("Labels") }, { _ ("Found") }, { _ ("Precision"), TRUE },
                         { _ ("Recall"), TRUE }, { _ ("F1"), TRUE } };
  SemioTextTable *table = begin_table (title, sentence, heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < classes->len; i++)
    add_class (table, times, &g_array_index (classes, SemioTimesClass, i));
  return table;
}

SemioTextTable *
semio_results_make_times_table (const SemioTimesReport *times, SemioTimesPart part)
{
  if (times->missing[part] != NULL)
    return NULL;
  switch (part)
    {
    case SEMIO_TIMES_ONSETS:
      return make_onset_table (times);
    case SEMIO_TIMES_OVERLAP:
      return make_overlap_table (times);
    case SEMIO_TIMES_ORDER:
      return make_order_table (times);
    case SEMIO_TIMES_SIDES:
      return make_class_table (
          times, times->sides, _ ("Sides"),
          _ ("Each side of the head and of an arm against all else. Intervals at 95 %, of F1 over patients, else "
             "by Wilson. ▾ no better than always saying this side."),
          _ ("Side"));
    case SEMIO_TIMES_EVENT_TYPES:
    default:
      return make_class_table (times, times->event_types, _ ("Event types"),
                               _ ("Epileptic against all other types of event. Intervals at 95 %, of F1 over patients, else by "
                                  "Wilson. ▾ no better than always saying epileptic."),
                               _ ("Type"));
    }
}
