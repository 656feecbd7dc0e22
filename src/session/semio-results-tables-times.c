/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of time and order: overlap of intervals, order of features, sides, event types; each beside its best constant answer. */
#include <glib/gi18n-lib.h>

#include "semio-results-figures.h"

static const char *
get_run_name (const SemioTimesReport *times, guint run)
{
  return ((SemioRun *) times->runs->pdata[run])->name;
}

static SemioTextTable *
begin_table (const char *title, const char *sentence, const char *const *heads, guint n_heads)
{
  SemioTextTable *table = semio_text_table_new (title, sentence);

  for (guint i = 0; i < n_heads; i++)
    semio_text_table_add_head (table, heads[i]);
  return table;
}

/* The number that is compared with the constant's: marked where it is no better than one that is there. */
static void
add_compared (SemioTextTable *table, SemioFigure figure, SemioFigure constant, gboolean beats_constant)
{
  if (figure.state == SEMIO_FIGURE_KNOWN && constant.state == SEMIO_FIGURE_KNOWN && !beats_constant)
    semio_text_table_add_marked (table, figure.value, FALSE, "▾");
  else
    semio_results_add_figure (table, figure, FALSE);
}

/* One end of an interval, or why there is none. */
static void
add_bound (SemioTextTable *table, SemioInterval interval, double bound)
{
  semio_results_add_figure (
      table, interval.state == SEMIO_FIGURE_KNOWN ? semio_figure_new (bound) : semio_figure_missing (interval.state), FALSE);
}

static SemioTextTable *
make_overlap_table (const SemioTimesReport *times)
{
  const char *const heads[] = { _ ("Run"), _ ("Feature"),   _ ("Intervals"), _ ("Found"),
                                _ ("IoU"), _ ("Precision"), _ ("Recall"),    _ ("Constant IoU") };
  SemioTextTable *table = begin_table (
      _ ("Overlap of intervals"),
      _ ("How far the interval that a run gives of a feature covers that of the reference: the part that both have of "
         "the part that either has, and the shares of the run’s and of the reference’s. ▾ no better than one "
         "interval for all, from the reference’s median beginning to its median end."),
      heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < times->overlaps->len; i++)
    {
      const SemioTimesOverlap *overlap = &g_array_index (times->overlaps, SemioTimesOverlap, i);

      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, get_run_name (times, overlap->run));
      semio_text_table_add_text (table, semio_feature_set_get (times->features, overlap->feature)->label);
      semio_text_table_add_int (table, overlap->n_reference);
      semio_results_add_figure (table, overlap->coverage, FALSE);
      add_compared (table, overlap->iou, overlap->constant_iou, overlap->beats_constant);
      semio_results_add_figure (table, overlap->precision, FALSE);
      semio_results_add_figure (table, overlap->recall, FALSE);
      semio_results_add_figure (table, overlap->constant_iou, FALSE);
    }
  return table;
}

static SemioTextTable *
make_order_table (const SemioTimesReport *times)
{
  const char *const heads[] = { _ ("Run"),      _ ("Sequences"),   _ ("Found"),         _ ("Edit distance"),
                                _ ("In order"), _ ("Kendall’s τ"), _ ("Constant edit"), _ ("Constant in order") };
  SemioTextTable *table =
      begin_table (_ ("Order of features"),
                   _ ("How near the sequence of features that a run gives is to the reference’s: edits over the length of the "
                      "reference’s, 0 is best; the share of the reference’s sequence that stands in the same order, 1 is best; "
                      "and agreement of "
                      "the order in pairs. ▾ no better than the reference sequence that is nearest to all."),
                   heads, G_N_ELEMENTS (heads));

  for (guint i = 0; i < times->orders->len; i++)
    {
      const SemioTimesOrder *order = &g_array_index (times->orders, SemioTimesOrder, i);

      semio_text_table_begin_row (table);
      semio_text_table_add_text (table, get_run_name (times, order->run));
      semio_text_table_add_int (table, order->n_reference);
      semio_results_add_figure (table, order->coverage, FALSE);
      add_compared (table, order->edit, order->constant_edit, order->beats_constant);
      semio_results_add_figure (table, order->common, FALSE);
      semio_results_add_figure (table, order->tau, FALSE);
      semio_results_add_figure (table, order->constant_edit, FALSE);
      semio_results_add_figure (table, order->constant_common, FALSE);
    }
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
  semio_text_table_begin_row (table);
  semio_text_table_add_text (table, get_run_name (times, one->run));
  semio_text_table_add_text (table, name_class (one));
  semio_text_table_add_int (table, one->n_reference);
  semio_results_add_figure (table, one->coverage, FALSE);
  semio_results_add_figure (table, one->precision, FALSE);
  semio_results_add_figure (table, one->recall, FALSE);
  add_compared (table, one->f1, one->constant_f1, one->beats_constant);
  add_bound (table, one->f1_interval, one->f1_interval.low);
  add_bound (table, one->f1_interval, one->f1_interval.high);
  semio_results_add_figure (table, one->constant_f1, FALSE);
}

static SemioTextTable *
make_class_table (const SemioTimesReport *times, const GArray *classes, const char *title, const char *sentence, const char *what)
{
  const char *const heads[] = { _ ("Run"),    what,     _ ("Labels"), _ ("Found"), _ ("Precision"),
                                _ ("Recall"), _ ("F1"), _ ("Low"),    _ ("High"),  _ ("Constant F1") };
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
      return semio_results_make_onset_table (times);
    case SEMIO_TIMES_OVERLAP:
      return make_overlap_table (times);
    case SEMIO_TIMES_ORDER:
      return make_order_table (times);
    case SEMIO_TIMES_SIDES:
      return make_class_table (times, times->sides, _ ("Sides"),
                               _ ("Each side of the head and of an arm against all else, with the interval of F1 at 95 %. ▾ no "
                                  "better than always saying this side."),
                               _ ("Side"));
    case SEMIO_TIMES_EVENT_TYPES:
    default:
      return make_class_table (times, times->event_types, _ ("Event types"),
                               _ ("Epileptic against all other types of event, with the interval of F1 at 95 %. ▾ no better than "
                                  "always saying epileptic."),
                               _ ("Type"));
    }
}
