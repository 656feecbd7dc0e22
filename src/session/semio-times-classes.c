/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sides and event types: one class against all else. */
#include "semio-bootstrap.h"
#include "semio-tests.h"
#include "semio-times-scores.h"

/* One class of one run, before it is counted. part: 0 head, 1 arm; −1 event type. */
typedef struct {
  guint run;
  int part;
  SemioSide side;
} Question;

typedef enum {
  PAIR_NONE, /* the reference says nothing */
  PAIR_SILENT, /* the run says nothing */
  PAIR_FAILED,
  PAIR_SCORED,
} PairState;

/* Adds what one recording says to the counts. */
static PairState
count_pair (const SemioTimesData *data, const Question *question, guint recording, SemioCounts *counts)
{
  const SemioTimesVoice *voice = data->voices->pdata[question->run];
  const gint8 reference =
      question->part < 0 ? data->reference->types[recording] : data->reference->sides[question->part][recording];
  const gint8 predicted = question->part < 0 ? voice->types[recording] : voice->sides[question->part][recording];
  const gboolean failed = predicted == SEMIO_TIMES_FAILED;

  if (reference < 0)
    return PAIR_NONE;
  if (predicted == SEMIO_TIMES_SILENT)
    return PAIR_SILENT;
  if (question->part < 0)
    semio_event_type_count (counts, (SemioEventType) reference,
                            predicted >= 0 ? (SemioEventType) predicted : SEMIO_EVENT_TYPE_UNDETERMINED, failed);
  else if (failed)
    *((reference & (gint8) question->side) != 0 ? &counts->fn : &counts->other) += 1;
  else
    semio_side_count (counts, question->side, (SemioSide) reference, (SemioSide) predicted);
  return failed ? PAIR_FAILED : PAIR_SCORED;
}

/* A number below another; FALSE where either is missing. */
static gboolean
is_below (SemioFigure one, SemioFigure other)
{
  return one.state == SEMIO_FIGURE_KNOWN && other.state == SEMIO_FIGURE_KNOWN && one.value < other.value;
}

static SemioInterval
get_wilson (guint n_yes, guint n, SemioFigure figure)
{
  return figure.state == SEMIO_FIGURE_KNOWN ? semio_wilson_interval (n_yes, n, SEMIO_RESULTS_LEVEL)
                                            : semio_interval_missing (figure.state);
}

static SemioTimesClass
get_class (const SemioTimesData *data, const Question *question)
{
  static const guint parts[] = { SEMIO_FEATURE_HEAD, SEMIO_FEATURE_ARM };
  SemioTimesClass row = { .run = question->run,
                          .part = question->part < 0 ? SEMIO_FEATURE_NONE : parts[question->part],
                          .side = question->side };
  const SemioCounts *counts = &row.counts;

  for (guint r = 0; r < data->recordings->len; r++)
    {
      const PairState state = count_pair (data, question, r, &row.counts);

      row.n_reference += state != PAIR_NONE;
      row.n_scored += state == PAIR_FAILED || state == PAIR_SCORED;
      row.n_fails += state == PAIR_FAILED;
    }
  row.coverage = semio_figure_share (row.n_scored, row.n_reference, SEMIO_FIGURE_NO_PAIRS);
  row.precision = semio_counts_get_score (counts, SEMIO_SCORE_PRECISION);
  row.recall = semio_counts_get_score (counts, SEMIO_SCORE_RECALL);
  row.f1 = semio_counts_get_score (counts, SEMIO_SCORE_F1);
  row.precision_interval = get_wilson (counts->tp, counts->tp + counts->fp, row.precision);
  row.recall_interval = get_wilson (counts->tp, counts->tp + counts->fn, row.recall);
  row.f1_interval = semio_interval_missing (row.f1.state == SEMIO_FIGURE_KNOWN ? SEMIO_FIGURE_NOT_DRAWN : row.f1.state);
  row.constant_precision = semio_counts_get_best_constant (counts, SEMIO_SCORE_PRECISION, &(gboolean){ FALSE });
  row.constant_recall = semio_counts_get_best_constant (counts, SEMIO_SCORE_RECALL, &(gboolean){ FALSE });
  row.constant_f1 = semio_counts_get_best_constant (counts, SEMIO_SCORE_F1, &(gboolean){ FALSE });
  row.beats_constant = is_below (row.constant_f1, row.f1);
  return row;
}

static void
list_questions (const SemioTimesData *data, GArray *questions)
{
  for (guint run = 0; run < data->runs->len; run++)
    {
      for (int part = 0; part < SEMIO_TIMES_N_BODY_PARTS; part++)
        for (guint side = SEMIO_SIDE_LEFT; side <= SEMIO_SIDE_RIGHT; side++)
          {
            const Question question = { run, part, (SemioSide) side };

            g_array_append_val (questions, question);
          }
      {
        const Question question = { run, -1, SEMIO_SIDE_NONE };

        g_array_append_val (questions, question);
      }
    }
}

/* Draws the patients once for all classes. */
static gboolean
fill_intervals (const SemioTimesData *data, const SemioResultsChoice *choice, const SemioTimesDraws *draws,
                const GArray *questions, GArray *rows, GCancellable *cancellable, GError **error)
{
  const guint n_patients = semio_times_draws_get_n_patients (draws);
  g_autoptr (SemioBootstrap) bootstrap = semio_bootstrap_new (MAX (n_patients, 1), MAX (questions->len, 1));
  const guint n_threads = choice->n_threads > 0 ? choice->n_threads : g_get_num_processors ();

  for (guint q = 0; q < questions->len; q++)
    for (guint r = 0; r < data->recordings->len; r++)
      {
        SemioCounts counts = { 0 };
        const PairState state = count_pair (data, &g_array_index (questions, Question, q), r, &counts);

        if (state == PAIR_FAILED || state == PAIR_SCORED)
          semio_bootstrap_add (bootstrap, semio_times_draws_get_patient (draws, r), q, &counts);
      }
  if (!semio_bootstrap_draw (bootstrap, choice->n_resamples, choice->seed, n_threads, NULL, NULL, cancellable, error))
    return FALSE;
  for (guint q = 0; q < rows->len; q++)
    {
      SemioTimesClass *row = &g_array_index (rows, SemioTimesClass, q);
      const SemioCellScore score = { SEMIO_SCORE_F1, q };

      if (row->f1.state != SEMIO_FIGURE_KNOWN)
        continue;
      row->f1_interval = semio_bootstrap_interval (bootstrap, semio_bootstrap_cell_score, &score, SEMIO_RESULTS_LEVEL);
    }
  return TRUE;
}

gboolean
semio_times_add_classes (const SemioTimesData *data, const SemioResultsChoice *choice, const SemioTimesDraws *draws,
                         SemioTimesReport *report, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (Question));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (SemioTimesClass));
  guint n_scored = 0;

  list_questions (data, questions);
  for (guint q = 0; q < questions->len; q++)
    {
      const SemioTimesClass row = get_class (data, &g_array_index (questions, Question, q));

      n_scored += row.n_scored;
      g_array_append_val (rows, row);
    }
  if (n_scored > 0 && choice->n_resamples > 0 && !fill_intervals (data, choice, draws, questions, rows, cancellable, error))
    return FALSE;
  for (guint q = 0; q < rows->len; q++)
    {
      const SemioTimesClass *row = &g_array_index (rows, SemioTimesClass, q);

      if (row->n_scored > 0)
        g_array_append_vals (row->part == SEMIO_FEATURE_NONE ? report->event_types : report->sides, row, 1);
    }
  return TRUE;
}
