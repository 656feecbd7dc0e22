/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-times-scores.h"

#include <math.h>

#include "semio-order.h"
#include "semio-tests.h"

/* A number below another; FALSE where either is missing. */
static gboolean
is_below (SemioFigure one, SemioFigure other)
{
  return one.state == SEMIO_FIGURE_KNOWN && other.state == SEMIO_FIGURE_KNOWN && one.value < other.value;
}

static void
set_intervals (SemioTimesOnset *onset)
{
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    {
      const SemioFigure share = onset->error.within[i];
      const guint n = onset->error.n_scored;

      onset->within[i] = share.state == SEMIO_FIGURE_KNOWN
                             ? semio_wilson_interval ((guint) lround (share.value * n), n, SEMIO_RESULTS_LEVEL)
                             : semio_interval_missing (share.state);
    }
  onset->beats_constant = is_below (onset->error.mean_s, onset->error.constant_mean_s);
}

/* Onsets of one run: of each feature, and what all of them together need. */
typedef struct {
  const SemioTimesData *data;
  guint run;
  GArray *all; /* of SemioOnsetPair */
  GArray *constants; /* of SemioOnsetPair: scored ones, with the constant of their feature for the prediction */
  GArray *rows; /* of SemioTimesOnset */
  GArray *points; /* of SemioTimesPoint */
} Onsets;

static void
add_feature_onsets (Onsets *onsets, guint feature)
{
  const SemioTimesData *data = onsets->data;
  const SemioTimesVoice *voice = data->voices->pdata[onsets->run];
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SemioOnsetPair));
  SemioTimesOnset row = { .run = onsets->run, .feature = (int) feature };

  for (guint r = 0; r < data->recordings->len; r++)
    {
      const gsize cell = semio_times_data_get_cell (data, r, feature);
      const SemioOnsetPair pair = { data->reference->onsets_s[cell], voice->onsets_s[cell] };
      const SemioTimesPoint point = { onsets->run, feature, ((SemioRecording *) data->recordings->pdata[r])->id, pair.reference_s,
                                      pair.predicted_s };

      g_array_append_val (pairs, pair);
      if (isfinite (pair.reference_s) && isfinite (pair.predicted_s))
        g_array_append_val (onsets->points, point);
    }
  row.error = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) pairs->data, pairs->len);
  if (row.error.n_reference == 0)
    return;
  set_intervals (&row);
  g_array_append_val (onsets->rows, row);
  g_array_append_vals (onsets->all, pairs->data, pairs->len);
  for (guint i = 0; i < pairs->len; i++)
    {
      SemioOnsetPair constant = g_array_index (pairs, SemioOnsetPair, i);

      if (!isfinite (constant.reference_s) || !isfinite (constant.predicted_s))
        continue;
      constant.predicted_s = row.error.constant_s;
      g_array_append_val (onsets->constants, constant);
    }
}

void
semio_times_add_onsets (const SemioTimesData *data, SemioTimesReport *report)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SemioOnsetPair));
      g_autoptr (GArray) constants = g_array_new (FALSE, FALSE, sizeof (SemioOnsetPair));
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SemioTimesOnset));
      Onsets onsets = { data, run, all, constants, rows, report->points };
      SemioTimesOnset together = { .run = run, .feature = -1 };
      SemioOnsetError constant;

      for (guint f = 0; f < semio_feature_set_get_n_features (data->features); f++)
        if (data->has_feature[f])
          add_feature_onsets (&onsets, f);
      together.error = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) all->data, all->len);
      if (together.error.n_scored == 0)
        continue;
      constant = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) constants->data, constants->len);
      together.error.constant_s = 0;
      together.error.constant_mean_s = constant.mean_s;
      for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
        together.error.constant_within[i] = constant.within[i];
      set_intervals (&together);
      g_array_append_val (report->onsets, together);
      g_array_append_vals (report->onsets, rows->data, rows->len);
    }
}

/* A sum with the number of its parts. */
typedef struct {
  double sum;
  guint n;
} Mean;

static void
mean_add (Mean *mean, SemioFigure figure)
{
  if (figure.state != SEMIO_FIGURE_KNOWN)
    return;
  mean->sum += figure.value;
  mean->n++;
}

static SemioFigure
mean_get (const Mean *mean, SemioFigureState if_none)
{
  return semio_figure_share (mean->sum, mean->n, if_none);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, other = *(const gint64 *) b;

  return one < other ? -1 : one > other;
}

static gint64
get_median_ns (GArray *times)
{
  const guint half = times->len / 2;

  g_array_sort (times, compare_times);
  if (times->len % 2 == 1)
    return g_array_index (times, gint64, half);
  return g_array_index (times, gint64, half - 1)
         + (g_array_index (times, gint64, half) - g_array_index (times, gint64, half - 1)) / 2;
}

/* From the median of where the reference's intervals begin to the median of where they end, over the recordings that are scored. */
static SemioSpan
get_constant_span (GPtrArray *references)
{
  g_autoptr (GArray) begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < references->len; i++)
    {
      const GArray *spans = references->pdata[i];
      SemioSpan hull = g_array_index (spans, SemioSpan, 0);

      for (guint j = 1; j < spans->len; j++)
        {
          hull.begin_ns = MIN (hull.begin_ns, g_array_index (spans, SemioSpan, j).begin_ns);
          hull.end_ns = MAX (hull.end_ns, g_array_index (spans, SemioSpan, j).end_ns);
        }
      g_array_append_val (begins, hull.begin_ns);
      g_array_append_val (ends, hull.end_ns);
    }
  return (SemioSpan){ get_median_ns (begins), get_median_ns (ends) };
}

/* predicted: one array for each reference, or the same constant for all. */
static void
take_overlaps (GPtrArray *references, GPtrArray *predicted, const GArray *constant, SemioFigure *iou, SemioFigure *precision,
               SemioFigure *recall)
{
  Mean sums[3] = { { 0 } };

  for (guint i = 0; i < references->len; i++)
    {
      const SemioOverlap overlap =
          semio_overlap_compute (references->pdata[i], constant != NULL ? constant : predicted->pdata[i]);

      mean_add (&sums[0], overlap.iou);
      mean_add (&sums[1], overlap.precision);
      mean_add (&sums[2], overlap.recall);
    }
  *iou = mean_get (&sums[0], SEMIO_FIGURE_NO_TIMES);
  *precision = mean_get (&sums[1], SEMIO_FIGURE_NO_TIMES);
  *recall = mean_get (&sums[2], SEMIO_FIGURE_NO_TIMES);
}

static SemioTimesOverlap
get_overlap (const SemioTimesData *data, guint run, guint feature)
{
  const SemioTimesVoice *voice = data->voices->pdata[run];
  g_autoptr (GPtrArray) references = g_ptr_array_new ();
  g_autoptr (GPtrArray) predicted = g_ptr_array_new ();
  SemioTimesOverlap row = { .run = run, .feature = feature };

  for (guint r = 0; r < data->recordings->len; r++)
    {
      const gsize cell = semio_times_data_get_cell (data, r, feature);

      if (data->reference->spans[cell] == NULL)
        continue;
      row.n_reference++;
      if (voice->spans[cell] == NULL)
        continue;
      g_ptr_array_add (references, data->reference->spans[cell]);
      g_ptr_array_add (predicted, voice->spans[cell]);
    }
  row.n_scored = references->len;
  row.coverage = semio_figure_share (row.n_scored, row.n_reference, SEMIO_FIGURE_NO_TIMES);
  take_overlaps (references, predicted, NULL, &row.iou, &row.precision, &row.recall);
  row.constant_iou = row.constant_precision = row.constant_recall = semio_figure_missing (SEMIO_FIGURE_NO_TIMES);
  if (references->len > 0)
    {
      const SemioSpan span = get_constant_span (references);
      g_autoptr (GArray) constant = g_array_new (FALSE, FALSE, sizeof (SemioSpan));

      g_array_append_val (constant, span);
      row.constant_begin_s = (double) span.begin_ns / (double) SEMIO_NS_PER_SECOND;
      row.constant_end_s = (double) span.end_ns / (double) SEMIO_NS_PER_SECOND;
      take_overlaps (references, NULL, constant, &row.constant_iou, &row.constant_precision, &row.constant_recall);
    }
  row.beats_constant = is_below (row.constant_iou, row.iou);
  return row;
}

void
semio_times_add_overlaps (const SemioTimesData *data, SemioTimesReport *report)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SemioTimesOverlap));
      guint n_scored = 0;

      for (guint f = 0; f < semio_feature_set_get_n_features (data->features); f++)
        {
          SemioTimesOverlap row;

          if (!data->has_feature[f])
            continue;
          row = get_overlap (data, run, f);
          n_scored += row.n_scored;
          if (row.n_reference > 0)
            g_array_append_val (rows, row);
        }
      if (n_scored > 0)
        g_array_append_vals (report->overlaps, rows->data, rows->len);
    }
}

static char *
join_ids (SemioFeatureSet *features, const GArray *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            semio_feature_set_get (features, g_array_index (order, guint, i))->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
take_constant_order (const SemioTimesData *data, GPtrArray *references, SemioTimesOrder *row)
{
  const guint constant = semio_order_find_constant (references);
  Mean edit = { 0 }, common = { 0 };

  for (guint i = 0; constant != G_MAXUINT && i < references->len; i++)
    {
      const SemioOrder order = semio_order_compare (references->pdata[i], references->pdata[constant]);

      mean_add (&edit, order.edit);
      mean_add (&common, order.common);
    }
  if (constant != G_MAXUINT)
    row->constant = join_ids (data->features, references->pdata[constant]);
  row->constant_edit = mean_get (&edit, SEMIO_FIGURE_NO_PAIRS);
  row->constant_common = mean_get (&common, SEMIO_FIGURE_NO_PAIRS);
  row->beats_constant = is_below (row->edit, row->constant_edit);
}

void
semio_times_add_orders (const SemioTimesData *data, SemioTimesReport *report)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      const SemioTimesVoice *voice = data->voices->pdata[run];
      g_autoptr (GPtrArray) references = g_ptr_array_new ();
      SemioTimesOrder row = { .run = run };
      Mean edit = { 0 }, common = { 0 }, tau = { 0 };

      for (guint r = 0; r < data->recordings->len; r++)
        {
          GArray *reference = data->reference->orders[r];
          SemioOrder order;

          if (reference == NULL || reference->len == 0)
            continue;
          row.n_reference++;
          if (voice->orders[r] == NULL)
            continue;
          g_ptr_array_add (references, reference);
          order = semio_order_compare (reference, voice->orders[r]);
          mean_add (&edit, order.edit);
          mean_add (&common, order.common);
          mean_add (&tau, order.tau);
        }
      row.n_scored = references->len;
      if (row.n_scored == 0)
        continue;
      row.n_tau = tau.n;
      row.coverage = semio_figure_share (row.n_scored, row.n_reference, SEMIO_FIGURE_NO_PAIRS);
      row.edit = mean_get (&edit, SEMIO_FIGURE_NO_PAIRS);
      row.common = mean_get (&common, SEMIO_FIGURE_NO_PAIRS);
      row.tau = mean_get (&tau, SEMIO_FIGURE_NO_PAIRS);
      take_constant_order (data, references, &row);
      g_array_append_val (report->orders, row);
    }
}
