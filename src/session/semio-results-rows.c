/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers of one feature of one run, and of features together. */
#include "semio-results-private.h"
#include "semio-tests.h"

/* From this share of recordings on in which a feature and the event type say the same, one all but equals the other. */
#define EQUALS_TYPE_FROM 0.95

/* Where the numbers of one row stand in the batch. */
typedef struct {
  SemioResultsRow row;
  guint places[SEMIO_N_SCORES];
  guint other_f1;
} Pending;

gboolean
semio_results_is_joined_by_event (SemioMetricsPolicy policy, SemioResultsJoin join)
{
  return join == SEMIO_RESULTS_JOIN_BY_POLICY ? policy != SEMIO_METRICS_POLICY_PUBLISHED : join == SEMIO_RESULTS_JOIN_BY_EVENT;
}

SemioJoinPolicy
semio_results_get_join (const SemioResultsChoice *choice, gboolean other)
{
  return semio_results_is_joined_by_event (choice->policy, choice->join) != other ? SEMIO_JOIN_POLICY_EVENT
                                                                                  : SEMIO_JOIN_POLICY_PUBLISHED;
}

int
semio_results_get_confusion_cell (const SemioMetricsPair *pair, SemioMetricsPolicy policy)
{
  int line = pair->reference == SEMIO_ANSWER_YES ? 0 : pair->reference == SEMIO_ANSWER_NO ? 3 : -1;

  if (line < 0 || !semio_results_is_scored (pair, policy))
    return -1;
  return line + (pair->prediction == SEMIO_ANSWER_YES ? 0 : pair->prediction == SEMIO_ANSWER_NO ? 1 : 2);
}

static void
fill_confusion (const SemioResultsSample *sample, const GArray *pairs, SemioResultsRow *row)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      int cell = semio_results_get_confusion_cell (&g_array_index (pairs, SemioMetricsPair, i), sample->policy);

      if (cell >= 0)
        row->confusion[cell]++;
    }
}

/* The pairs of a run and feature; FALSE when the run never answers it. */
static gboolean
collect_pairs (const SemioResultsData *data, const SemioResultsSample *sample, SemioJoinPolicy join, guint run, guint feature,
               GArray *pairs)
{
  gboolean is_answered = FALSE;

  g_array_set_size (pairs, 0);
  for (guint i = 0; i < sample->recordings->len; i++)
    {
      SemioMetricsPair pair;
      gboolean answered;

      if (!semio_results_data_get_pair (data, sample->policy, join, run, g_array_index (sample->recordings, guint, i), feature,
                                        &pair, &answered))
        continue;
      is_answered |= answered;
      g_array_append_val (pairs, pair);
    }
  return is_answered;
}

static void
find_constants (const GArray *pairs, SemioMetricsPolicy policy, guint n_classes, SemioResultsScores *scores)
{
  static const SemioAnswer answers[] = { SEMIO_ANSWER_YES, SEMIO_ANSWER_NO, SEMIO_ANSWER_NA };
  SemioCounts cells[G_N_ELEMENTS (answers)][3] = { { { 0 } } };
  guint n_answers = n_classes > 1 ? 3 : 2;

  for (guint i = 0; i < pairs->len; i++)
    {
      SemioMetricsPair pair = g_array_index (pairs, SemioMetricsPair, i);

      if (!semio_results_is_scored (&pair, policy))
        continue;
      for (guint a = 0; a < n_answers; a++)
        {
          pair.prediction = answers[a];
          semio_results_count (&pair, policy, n_classes, cells[a]);
        }
    }
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      const SemioCellClasses wanted = { (SemioScore) s, 0, n_classes };

      if (scores->metrics.scored == 0)
        {
          scores->constants[s] = semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
          continue;
        }
      for (guint a = 0; a < n_answers; a++)
        {
          SemioFigure figure = semio_bootstrap_cell_classes (cells[a], n_classes, &wanted);

          if (a > 0
              && (figure.state != SEMIO_FIGURE_KNOWN
                  || (scores->constants[s].state == SEMIO_FIGURE_KNOWN && scores->constants[s].value >= figure.value)))
            continue;
          scores->constants[s] = figure;
          scores->constant_answers[s] = answers[a];
        }
    }
}

static void
fill_plain (const SemioResultsWork *work, const SemioResultsSample *sample, const GArray *pairs, guint feature,
            SemioResultsScores *scores)
{
  const SemioFeature *asked = semio_feature_set_get (work->data->features, feature);
  guint n_classes = semio_results_count_classes (asked, sample->policy);
  SemioCounts cells[3] = { 0 };

  scores->metrics = semio_metrics_compute (asked, sample->policy, (const SemioMetricsPair *) (gpointer) pairs->data, pairs->len);
  for (guint i = 0; i < pairs->len; i++)
    semio_results_count (&g_array_index (pairs, SemioMetricsPair, i), sample->policy, n_classes, cells);
  scores->counts = cells[0];
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      const SemioCellClasses wanted = { (SemioScore) s, 0, n_classes };

      /* Where nothing is scored there is no number, whatever a policy says of dividing by zero. */
      scores->scores[s] = scores->metrics.scored > 0 ? semio_bootstrap_cell_classes (cells, n_classes, &wanted)
                                                     : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
      scores->intervals[s] = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN);
    }
  find_constants (pairs, sample->policy, n_classes, scores);
}

/* Wilson's for what is a share of recordings; FALSE for what is not. */
static gboolean
get_wilson (const SemioResultsScores *scores, SemioScore score, guint n_classes, SemioInterval *interval)
{
  const SemioCounts *c = &scores->counts;
  guint part, whole;

  if (n_classes > 1 && score != SEMIO_SCORE_ACCURACY)
    return FALSE;
  switch (score)
    {
    case SEMIO_SCORE_ACCURACY:
      /* Right answers of any class: true negatives are pairs that agree in another class. */
      part = c->tp + c->tn;
      whole = semio_counts_get_total (c);
      break;
    case SEMIO_SCORE_PRECISION:
      part = c->tp;
      whole = c->tp + c->fp;
      break;
    case SEMIO_SCORE_RECALL:
      part = c->tp;
      whole = c->tp + c->fn;
      break;
    case SEMIO_SCORE_SPECIFICITY:
      part = c->tn + (n_classes > 0 ? c->other : 0);
      whole = c->tn + c->fp + c->other;
      break;
    case SEMIO_SCORE_F1:
    case SEMIO_SCORE_BALANCED_ACCURACY:
    case SEMIO_SCORE_MCC:
    case SEMIO_SCORE_KAPPA:
    default:
      return FALSE;
    }
  /* Of no recording at all there is no interval, also where the policy calls the share 0. */
  *interval = scores->scores[score].state != SEMIO_FIGURE_KNOWN ? semio_interval_missing (scores->scores[score].state)
                                                                : semio_wilson_interval (part, whole, SEMIO_RESULTS_LEVEL);
  return TRUE;
}

static gboolean
is_epileptic (guint8 type, gboolean *epileptic)
{
  *epileptic = type == SEMIO_EVENT_TYPE_EPILEPTIC;
  return type != SEMIO_EVENT_TYPE_UNDETERMINED;
}

/* How the reference's yes and no go with the event type, and the specificity where the type gives no help. */
static void
fill_within_type (const SemioResultsWork *work, const SemioResultsSample *sample, SemioResultsRow *row)
{
  SemioJoinPolicy join = semio_results_get_join (work->choice, FALSE);
  guint labels[2][2] = { { 0 } }; /* epileptic or not; yes or no */
  guint scored[2] = { 0 }, right[2] = { 0 };
  guint run = g_array_index (work->runs, guint, row->run);
  guint same, all;
  gboolean type;

  for (guint i = 0; i < sample->recordings->len; i++)
    {
      guint recording = g_array_index (sample->recordings, guint, i);
      SemioMetricsPair pair;
      gboolean answered;

      if (!is_epileptic (work->data->types[recording], &type)
          || !semio_results_data_get_pair (work->data, sample->policy, join, run, recording, row->feature, &pair, &answered)
          || (pair.reference != SEMIO_ANSWER_YES && pair.reference != SEMIO_ANSWER_NO))
        continue;
      labels[type][pair.reference == SEMIO_ANSWER_YES]++;
      if (pair.reference == SEMIO_ANSWER_YES || !semio_results_is_scored (&pair, sample->policy))
        continue;
      scored[type]++;
      right[type] += pair.prediction == SEMIO_ANSWER_NO;
    }
  type = labels[1][1] >= labels[0][1];
  same = labels[type][1] + labels[!type][0];
  all = labels[0][0] + labels[0][1] + labels[1][0] + labels[1][1];
  /* With one type alone there is nothing to be equal to. */
  row->equals_type = labels[type][1] > 0 && labels[!type][0] + labels[!type][1] > 0 && same >= EQUALS_TYPE_FROM * all;
  row->within_type = type ? SEMIO_EVENT_TYPE_EPILEPTIC : SEMIO_EVENT_TYPE_NON_EPILEPTIC;
  row->within_specificity =
      semio_figure_share (right[type], scored[type], all > 0 ? SEMIO_FIGURE_ONE_CLASS : SEMIO_FIGURE_NO_PAIRS);
  row->within_interval = scored[type] > 0 ? semio_wilson_interval (right[type], scored[type], SEMIO_RESULTS_LEVEL)
                                          : semio_interval_missing (row->within_specificity.state);
}

static guint
add_score (const SemioResultsWork *work, SemioResultsSample *sample, SemioResultsBatch *batch, SemioJoinPolicy join, guint run,
           guint feature, SemioScore score)
{
  SemioCellClasses cell = semio_results_sample_get_cell (sample, work->data, join, run, feature, score);

  return semio_results_batch_add (batch, g_strdup_printf ("s%u/%u", cell.cell, score), semio_bootstrap_cell_classes,
                                  g_memdup2 (&cell, sizeof cell), FALSE);
}

static void
add_row (const SemioResultsWork *work, SemioResultsSample *sample, SemioResultsBatch *batch, GArray *pendings, guint run_place,
         guint feature, int type, GArray *pairs)
{
  SemioJoinPolicy main = semio_results_get_join (work->choice, FALSE);
  SemioJoinPolicy other = semio_results_get_join (work->choice, TRUE);
  guint run = g_array_index (work->runs, guint, run_place);
  Pending pending = { .row = { .run = run_place, .feature = feature, .type = type }, .other_f1 = G_MAXUINT };
  guint n_classes = semio_results_count_classes (semio_feature_set_get (work->data->features, feature), sample->policy);

  if (!collect_pairs (work->data, sample, main, run, feature, pairs))
    return;
  fill_plain (work, sample, pairs, feature, &pending.row.main);
  fill_confusion (sample, pairs, &pending.row);
  for (guint s = 0; s < SEMIO_N_SCORES; s++)
    {
      pending.places[s] = G_MAXUINT;
      if (!get_wilson (&pending.row.main, (SemioScore) s, n_classes, &pending.row.main.intervals[s])
          && (type < 0 || s == SEMIO_SCORE_F1))
        pending.places[s] = add_score (work, sample, batch, main, run, feature, (SemioScore) s);
    }
  if (type < 0)
    {
      collect_pairs (work->data, sample, other, run, feature, pairs);
      fill_plain (work, sample, pairs, feature, &pending.row.other);
      pending.other_f1 = add_score (work, sample, batch, other, run, feature, SEMIO_SCORE_F1);
      fill_within_type (work, sample, &pending.row);
    }
  g_array_append_val (pendings, pending);
}

static SemioInterval
take_interval (const SemioResultsBatch *batch, guint place, const SemioFigure *figure)
{
  if (figure->state != SEMIO_FIGURE_KNOWN)
    return semio_interval_missing (figure->state);
  return semio_results_batch_get (batch, place)->interval;
}

gboolean
semio_results_add_rows (const SemioResultsWork *work, SemioResultsSample *sample, int type, GArray *rows, GError **error)
{
  g_autoptr (SemioResultsBatch) batch = semio_results_batch_new (sample, sample->bootstrap);
  g_autoptr (GArray) pendings = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (SemioMetricsPair));

  for (guint r = 0; r < work->runs->len; r++)
    for (guint f = 0; f < work->features->len; f++)
      add_row (work, sample, batch, pendings, r, g_array_index (work->features, guint, f), type, pairs);
  if (!semio_results_batch_run (batch, work->watch, error))
    return FALSE;
  for (guint i = 0; i < pendings->len; i++)
    {
      Pending *pending = &g_array_index (pendings, Pending, i);

      for (guint s = 0; s < SEMIO_N_SCORES; s++)
        if (pending->places[s] != G_MAXUINT)
          pending->row.main.intervals[s] = take_interval (batch, pending->places[s], &pending->row.main.scores[s]);
      if (pending->other_f1 != G_MAXUINT)
        pending->row.other.intervals[SEMIO_SCORE_F1] =
            take_interval (batch, pending->other_f1, &pending->row.other.scores[SEMIO_SCORE_F1]);
      g_array_append_val (rows, pending->row);
    }
  return TRUE;
}

gboolean
semio_results_scores_beat_constant (const SemioResultsScores *scores, SemioScore score)
{
  return scores->scores[score].state == SEMIO_FIGURE_KNOWN && scores->constants[score].state == SEMIO_FIGURE_KNOWN
         && scores->scores[score].value > scores->constants[score].value;
}
