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

/* A number of one recording, to be drawn with its patient; one that is missing counts for nothing. */
static void
add_value (GArray *values, const SemioTimesDraws *draws, guint recording, SemioFigure figure)
{
  const SemioDrawnValue value = { figure.value, semio_times_draws_get_patient (draws, recording) };

  if (figure.state == SEMIO_FIGURE_KNOWN)
    g_array_append_val (values, value);
}

static GArray *
new_values (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SemioDrawnValue));
}

static SemioFigure
get_mean (const GArray *values, SemioFigureState if_none)
{
  double sum = 0;

  for (guint i = 0; i < values->len; i++)
    sum += g_array_index (values, SemioDrawnValue, i).value;
  return semio_figure_share (sum, values->len, if_none);
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
  onset->mean_interval = onset->median_interval = semio_interval_missing (onset->error.mean_s.state);
  onset->beats_constant = is_below (onset->error.mean_s, onset->error.constant_mean_s);
}

/* Onsets of one run: of each feature, and what all of them together need. */
typedef struct {
  const SemioTimesData *data;
  SemioTimesDraws *draws;
  guint run;
  GArray *all; /* of SemioOnsetPair */
  GArray *all_errors; /* of SemioDrawnValue */
  GPtrArray *errors; /* the same of each row */
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
  g_autoptr (GArray) errors = new_values ();
  SemioTimesOnset row = { .run = onsets->run, .feature = (int) feature };

  for (guint r = 0; r < data->recordings->len; r++)
    {
      const gsize cell = semio_times_data_get_cell (data, r, feature);
      const SemioOnsetPair pair = { data->reference->onsets_s[cell], voice->onsets_s[cell] };
      const SemioTimesPoint point = { onsets->run, feature, ((SemioRecording *) data->recordings->pdata[r])->id, pair.reference_s,
                                      pair.predicted_s };

      g_array_append_val (pairs, pair);
      if (!isfinite (pair.reference_s) || !isfinite (pair.predicted_s))
        continue;
      g_array_append_val (onsets->points, point);
      add_value (errors, onsets->draws, r, semio_figure_new (fabs (pair.predicted_s - pair.reference_s)));
    }
  row.error = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) pairs->data, pairs->len);
  if (row.error.n_reference == 0)
    return;
  set_intervals (&row);
  g_array_append_val (onsets->rows, row);
  g_array_append_vals (onsets->all_errors, errors->data, errors->len);
  g_ptr_array_add (onsets->errors, g_steal_pointer (&errors));
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

static void
want_onset (SemioTimesDraws *draws, GArray *errors, GArray *rows, guint row)
{
  semio_drawn_values_sort (errors);
  semio_times_draws_want (draws, semio_drawn_mean, errors, rows, row, G_STRUCT_OFFSET (SemioTimesOnset, mean_interval));
  semio_times_draws_want (draws, semio_drawn_median, errors, rows, row, G_STRUCT_OFFSET (SemioTimesOnset, median_interval));
}

/* All features together, each constant its feature's own. */
static SemioTimesOnset
join_onsets (const Onsets *onsets)
{
  SemioTimesOnset together = { .run = onsets->run, .feature = -1 };
  SemioOnsetError constant;

  together.error = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) onsets->all->data, onsets->all->len);
  constant = semio_onset_error_compute ((const SemioOnsetPair *) (gpointer) onsets->constants->data, onsets->constants->len);
  together.error.constant_s = 0;
  together.error.constant_mean_s = constant.mean_s;
  together.error.constant_median_s = constant.median_s;
  for (guint i = 0; i < SEMIO_N_ONSET_LIMITS; i++)
    together.error.constant_within[i] = constant.within[i];
  set_intervals (&together);
  return together;
}

void
semio_times_add_onsets (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SemioOnsetPair));
      g_autoptr (GArray) constants = g_array_new (FALSE, FALSE, sizeof (SemioOnsetPair));
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SemioTimesOnset));
      g_autoptr (GArray) all_errors = new_values ();
      g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
      Onsets onsets = { data, draws, run, all, all_errors, errors, constants, rows, report->points };
      SemioTimesOnset together;

      for (guint f = 0; f < semio_feature_set_get_n_features (data->features); f++)
        if (data->has_feature[f])
          add_feature_onsets (&onsets, f);
      if (all_errors->len == 0)
        continue;
      together = join_onsets (&onsets);
      g_array_append_val (report->onsets, together);
      want_onset (draws, all_errors, report->onsets, report->onsets->len - 1);
      for (guint i = 0; i < rows->len; i++)
        {
          g_array_append_val (report->onsets, g_array_index (rows, SemioTimesOnset, i));
          want_onset (draws, errors->pdata[i], report->onsets, report->onsets->len - 1);
        }
    }
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

/* How far one recording's intervals overlap. */
static void
add_overlap (GArray *values[3], const SemioTimesDraws *draws, guint recording, const GArray *reference, const GArray *predicted)
{
  const SemioOverlap overlap = semio_overlap_compute (reference, predicted);

  add_value (values[0], draws, recording, overlap.iou);
  add_value (values[1], draws, recording, overlap.precision);
  add_value (values[2], draws, recording, overlap.recall);
}

/* The same interval for all. */
static void
take_constant_overlap (GPtrArray *references, const SemioTimesDraws *draws, SemioTimesOverlap *row)
{
  const SemioSpan span = get_constant_span (references);
  g_autoptr (GArray) constant = g_array_new (FALSE, FALSE, sizeof (SemioSpan));
  g_autoptr (GArray) iou = new_values ();
  g_autoptr (GArray) precision = new_values ();
  g_autoptr (GArray) recall = new_values ();
  GArray *values[] = { iou, precision, recall };

  g_array_append_val (constant, span);
  row->constant_begin_s = (double) span.begin_ns / (double) SEMIO_NS_PER_SECOND;
  row->constant_end_s = (double) span.end_ns / (double) SEMIO_NS_PER_SECOND;
  for (guint i = 0; i < references->len; i++)
    add_overlap (values, draws, 0, references->pdata[i], constant);
  row->constant_iou = get_mean (iou, SEMIO_FIGURE_NO_TIMES);
  row->constant_precision = get_mean (precision, SEMIO_FIGURE_NO_TIMES);
  row->constant_recall = get_mean (recall, SEMIO_FIGURE_NO_TIMES);
}

static SemioTimesOverlap
get_overlap (const SemioTimesData *data, const SemioTimesDraws *draws, guint run, guint feature, GArray *values[3])
{
  const SemioTimesVoice *voice = data->voices->pdata[run];
  g_autoptr (GPtrArray) references = g_ptr_array_new ();
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
      add_overlap (values, draws, r, data->reference->spans[cell], voice->spans[cell]);
    }
  row.n_scored = references->len;
  row.coverage = semio_figure_share (row.n_scored, row.n_reference, SEMIO_FIGURE_NO_TIMES);
  row.iou = get_mean (values[0], SEMIO_FIGURE_NO_TIMES);
  row.precision = get_mean (values[1], SEMIO_FIGURE_NO_TIMES);
  row.recall = get_mean (values[2], SEMIO_FIGURE_NO_TIMES);
  row.constant_iou = row.constant_precision = row.constant_recall = semio_figure_missing (SEMIO_FIGURE_NO_TIMES);
  if (references->len > 0)
    take_constant_overlap (references, draws, &row);
  row.beats_constant = is_below (row.constant_iou, row.iou);
  return row;
}

static void
want_overlap (SemioTimesDraws *draws, GArray *values[3], GArray *rows)
{
  static const gsize offsets[] = { G_STRUCT_OFFSET (SemioTimesOverlap, iou_interval),
                                   G_STRUCT_OFFSET (SemioTimesOverlap, precision_interval),
                                   G_STRUCT_OFFSET (SemioTimesOverlap, recall_interval) };

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    semio_times_draws_want (draws, semio_drawn_mean, values[i], rows, rows->len - 1, offsets[i]);
}

/* Whether a run gives an interval of any feature at all. */
static gboolean
has_overlaps (const SemioTimesData *data, guint run)
{
  const SemioTimesVoice *voice = data->voices->pdata[run];

  for (gsize cell = 0; cell < voice->n_cells; cell++)
    if (voice->spans[cell] != NULL && data->reference->spans[cell] != NULL
        && data->has_feature[cell % semio_feature_set_get_n_features (data->features)])
      return TRUE;
  return FALSE;
}

void
semio_times_add_overlaps (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report)
{
  const guint n_features = semio_feature_set_get_n_features (data->features);

  for (guint run = 0; run < data->runs->len; run++)
    for (guint f = 0; f < n_features && has_overlaps (data, run); f++)
      {
        g_autoptr (GArray) iou = new_values ();
        g_autoptr (GArray) precision = new_values ();
        g_autoptr (GArray) recall = new_values ();
        GArray *values[] = { iou, precision, recall };
        SemioTimesOverlap row;

        if (!data->has_feature[f])
          continue;
        row = get_overlap (data, draws, run, f, values);
        if (row.n_reference == 0)
          continue;
        g_array_append_val (report->overlaps, row);
        want_overlap (draws, values, report->overlaps);
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

/* Numbers of sequences, one a recording. */
typedef struct {
  GArray *edit, *common, *tau; /* of SemioDrawnValue */
} OrderValues;

static void
order_values_clear (OrderValues *values)
{
  g_array_unref (values->edit);
  g_array_unref (values->common);
  g_array_unref (values->tau);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OrderValues, order_values_clear)

static void
add_order (OrderValues *values, const SemioTimesDraws *draws, guint recording, const GArray *reference, const GArray *predicted)
{
  const SemioOrder order = semio_order_compare (reference, predicted);

  add_value (values->edit, draws, recording, order.edit);
  add_value (values->common, draws, recording, order.common);
  add_value (values->tau, draws, recording, order.tau);
}

static void
take_constant_order (const SemioTimesData *data, const SemioTimesDraws *draws, GPtrArray *references, SemioTimesOrder *row)
{
  const guint constant = semio_order_find_constant (references);
  g_auto (OrderValues) values = { new_values (), new_values (), new_values () };

  for (guint i = 0; constant != G_MAXUINT && i < references->len; i++)
    add_order (&values, draws, 0, references->pdata[i], references->pdata[constant]);
  if (constant != G_MAXUINT)
    row->constant = join_ids (data->features, references->pdata[constant]);
  row->constant_edit = get_mean (values.edit, SEMIO_FIGURE_NO_PAIRS);
  row->constant_common = get_mean (values.common, SEMIO_FIGURE_NO_PAIRS);
  row->constant_tau = get_mean (values.tau, SEMIO_FIGURE_NO_PAIRS);
  row->beats_constant = is_below (row->edit, row->constant_edit);
}

static void
want_order (SemioTimesDraws *draws, const OrderValues *values, GArray *rows)
{
  semio_times_draws_want (draws, semio_drawn_mean, values->edit, rows, rows->len - 1,
                          G_STRUCT_OFFSET (SemioTimesOrder, edit_interval));
  semio_times_draws_want (draws, semio_drawn_mean, values->common, rows, rows->len - 1,
                          G_STRUCT_OFFSET (SemioTimesOrder, common_interval));
  semio_times_draws_want (draws, semio_drawn_mean, values->tau, rows, rows->len - 1,
                          G_STRUCT_OFFSET (SemioTimesOrder, tau_interval));
}

void
semio_times_add_orders (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      const SemioTimesVoice *voice = data->voices->pdata[run];
      g_autoptr (GPtrArray) references = g_ptr_array_new ();
      g_auto (OrderValues) values = { new_values (), new_values (), new_values () };
      SemioTimesOrder row = { .run = run };

      for (guint r = 0; r < data->recordings->len; r++)
        {
          GArray *reference = data->reference->orders[r];

          if (reference == NULL || reference->len == 0)
            continue;
          row.n_reference++;
          if (voice->orders[r] == NULL)
            continue;
          g_ptr_array_add (references, reference);
          add_order (&values, draws, r, reference, voice->orders[r]);
        }
      row.n_scored = references->len;
      if (row.n_scored == 0)
        continue;
      row.n_tau = values.tau->len;
      row.coverage = semio_figure_share (row.n_scored, row.n_reference, SEMIO_FIGURE_NO_PAIRS);
      row.edit = get_mean (values.edit, SEMIO_FIGURE_NO_PAIRS);
      row.common = get_mean (values.common, SEMIO_FIGURE_NO_PAIRS);
      row.tau = get_mean (values.tau, SEMIO_FIGURE_NO_PAIRS);
      take_constant_order (data, draws, references, &row);
      g_array_append_val (report->orders, row);
      want_order (draws, &values, report->orders);
    }
}
