/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-times-lines.h"

#include <glib/gi18n-lib.h>

gboolean
semio_times_line_beats_constant (const SemioTimesLine *line)
{
  if (!line->has_constant || line->value.state != SEMIO_FIGURE_KNOWN || line->constant.state != SEMIO_FIGURE_KNOWN)
    return FALSE;
  return line->lower_is_better ? line->value.value < line->constant.value : line->value.value > line->constant.value;
}

char *
semio_times_line_describe (const SemioTimesLine *line, const SemioTimesReport *report)
{
  if (line->feature >= 0)
    return g_strdup (semio_feature_set_get (report->features, (guint) line->feature)->id);
  if (line->part == SEMIO_TIMES_ONSETS)
    return g_strdup (_ ("all features"));
  if (line->part == SEMIO_TIMES_EVENT_TYPES)
    return g_strdup (_ ("epileptic"));
  if (line->part == SEMIO_TIMES_ORDER)
    return g_strdup (_ ("sequence"));
  if (line->body_part == SEMIO_FEATURE_HEAD)
    return g_strdup (line->side == SEMIO_SIDE_LEFT ? _ ("head, left") : _ ("head, right"));
  return g_strdup (line->side == SEMIO_SIDE_LEFT ? _ ("arm, left") : _ ("arm, right"));
}

/* Adds one number; constant (nullable). */
static SemioTimesLine *
add (GArray *lines, const SemioTimesLine *common, const char *measure, SemioFigure value, const SemioFigure *constant)
{
  SemioTimesLine line = *common;

  line.measure = measure;
  line.value = value;
  line.has_constant = constant != NULL;
  if (constant != NULL)
    line.constant = *constant;
  g_array_append_val (lines, line);
  return &g_array_index (lines, SemioTimesLine, lines->len - 1);
}

static SemioTimesLine *
set_interval (SemioTimesLine *line, SemioInterval interval)
{
  line->has_interval = TRUE;
  line->interval = interval;
  return line;
}

static void
add_onset (GArray *lines, const SemioTimesOnset *onset)
{
  static const char *const measures[SEMIO_N_ONSET_LIMITS] = { "within_1_s", "within_2_s", "within_5_s" };
  const SemioTimesLine common = { .part = SEMIO_TIMES_ONSETS,
                                  .run = onset->run,
                                  .feature = onset->feature,
                                  .body_part = SEMIO_FEATURE_NONE,
                                  .n_reference = onset->error.n_reference,
                                  .n_scored = onset->error.n_scored,
                                  .coverage = onset->error.coverage };

  set_interval (add (lines, &common, "mean_error_s", onset->error.mean_s, &onset->error.constant_mean_s), onset->mean_interval)
      ->lower_is_better = TRUE;
  set_interval (add (lines, &common, "median_error_s", onset->error.median_s, &onset->error.constant_median_s),
                onset->median_interval)
      ->lower_is_better = TRUE;
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    set_interval (add (lines, &common, measures[i], onset->error.within[i], &onset->error.constant_within[i]), onset->within[i]);
}

static void
add_overlap (GArray *lines, const SemioTimesOverlap *overlap)
{
  const SemioTimesLine common = { .part = SEMIO_TIMES_OVERLAP,
                                  .run = overlap->run,
                                  .feature = (int) overlap->feature,
                                  .body_part = SEMIO_FEATURE_NONE,
                                  .n_reference = overlap->n_reference,
                                  .n_scored = overlap->n_scored,
                                  .coverage = overlap->coverage };

  set_interval (add (lines, &common, "iou", overlap->iou, &overlap->constant_iou), overlap->iou_interval);
  set_interval (add (lines, &common, "precision", overlap->precision, &overlap->constant_precision), overlap->precision_interval);
  set_interval (add (lines, &common, "recall", overlap->recall, &overlap->constant_recall), overlap->recall_interval);
}

static void
add_order (GArray *lines, const SemioTimesOrder *order)
{
  const SemioTimesLine common = { .part = SEMIO_TIMES_ORDER,
                                  .run = order->run,
                                  .feature = -1,
                                  .body_part = SEMIO_FEATURE_NONE,
                                  .n_reference = order->n_reference,
                                  .n_scored = order->n_scored,
                                  .coverage = order->coverage };

  set_interval (add (lines, &common, "edit", order->edit, &order->constant_edit), order->edit_interval)->lower_is_better = TRUE;
  set_interval (add (lines, &common, "lcs", order->common, &order->constant_common), order->common_interval);
  set_interval (add (lines, &common, "tau", order->tau, &order->constant_tau), order->tau_interval)->n_scored = order->n_tau;
}

static void
add_class (GArray *lines, SemioTimesPart part, const SemioTimesClass *one)
{
  const SemioTimesLine common = { .part = part,
                                  .run = one->run,
                                  .feature = -1,
                                  .body_part = one->part,
                                  .side = one->side,
                                  .n_reference = one->n_reference,
                                  .n_scored = one->n_scored,
                                  .coverage = one->coverage };

  set_interval (add (lines, &common, "precision", one->precision, &one->constant_precision), one->precision_interval);
  set_interval (add (lines, &common, "recall", one->recall, &one->constant_recall), one->recall_interval);
  set_interval (add (lines, &common, "f1", one->f1, &one->constant_f1), one->f1_interval);
}

GArray *
semio_times_report_list (const SemioTimesReport *report)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (SemioTimesLine));

  for (guint i = 0; i < report->onsets->len; i++)
    add_onset (lines, &g_array_index (report->onsets, SemioTimesOnset, i));
  for (guint i = 0; i < report->overlaps->len; i++)
    add_overlap (lines, &g_array_index (report->overlaps, SemioTimesOverlap, i));
  for (guint i = 0; i < report->orders->len; i++)
    add_order (lines, &g_array_index (report->orders, SemioTimesOrder, i));
  for (guint i = 0; i < report->sides->len; i++)
    add_class (lines, SEMIO_TIMES_SIDES, &g_array_index (report->sides, SemioTimesClass, i));
  for (guint i = 0; i < report->event_types->len; i++)
    add_class (lines, SEMIO_TIMES_EVENT_TYPES, &g_array_index (report->event_types, SemioTimesClass, i));
  return lines;
}
