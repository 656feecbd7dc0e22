/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Predictions of other kinds than answers: onset times and narratives. */
#include "semio-prediction-table.h"
#include "semio-question.h"

static const char *LOAD_SQL =
    "SELECT p.run_id, p.feature_id, p.segment, p.attempt, p.answer, p.onset_ns, x.text FROM prediction AS p"
    " CROSS JOIN import AS i ON i.id = p.import_id LEFT JOIN explanation AS x"
    " ON x.recording_id = p.recording_id AND x.run_id = p.run_id AND x.feature_id = p.feature_id"
    " AND x.segment = p.segment AND x.kind = p.kind AND x.attempt = p.attempt"
    " AND x.import_id = p.import_id"
    " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
    " AND p.kind = ?2 AND i.state = 1"
    " ORDER BY p.run_id, p.feature_id, p.segment, p.attempt, i.uuid";

void
semio_predicted_onset_clear (SemioPredictedOnset *onset)
{
  g_clear_pointer (&onset->explanation, g_free);
}

void
semio_narrative_clear (SemioNarrative *narrative)
{
  g_clear_pointer (&narrative->text, g_free);
}

/* All of a kind, of each key the last usable attempt, else the last. */
static GArray *
load (SemioDatabase *database, gint64 recording_id, SemioQuestionKind kind, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GArray) onsets = g_array_new (FALSE, TRUE, sizeof (SemioPredictedOnset));
  gboolean has_row;

  g_array_set_clear_func (onsets, (GDestroyNotify) semio_predicted_onset_clear);
  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  semio_statement_bind_int (statement, 2, kind);
  while (TRUE)
    {
      SemioPredictedOnset onset = { 0 };
      SemioPredictedOnset *last = onsets->len > 0 ? &g_array_index (onsets, SemioPredictedOnset, onsets->len - 1) : NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&onsets);
      onset.run_id = semio_statement_get_int (statement, 0);
      onset.recording_id = recording_id;
      onset.feature = (guint) semio_statement_get_int (statement, 1);
      onset.segment = (int) semio_statement_get_int (statement, 2);
      onset.attempt = (int) semio_statement_get_int (statement, 3);
      onset.answer = (SemioAnswer) semio_statement_get_int (statement, 4);
      onset.onset_ns = semio_statement_get_time (statement, 5);
      if (last == NULL || last->run_id != onset.run_id || last->feature != onset.feature || last->segment != onset.segment)
        {
          onset.explanation = semio_statement_dup_text (statement, 6);
          g_array_append_val (onsets, onset);
        }
      else if (onset.answer != SEMIO_ANSWER_FAIL || last->answer == SEMIO_ANSWER_FAIL)
        {
          onset.explanation = semio_statement_dup_text (statement, 6);
          semio_predicted_onset_clear (last);
          *last = onset;
        }
    }
}

GArray *
semio_prediction_table_load_onsets (SemioDatabase *database, gint64 recording_id, GError **error)
{
  return load (database, recording_id, SEMIO_QUESTION_ONSET, error);
}

GArray *
semio_prediction_table_load_narratives (SemioDatabase *database, gint64 recording_id, GError **error)
{
  g_autoptr (GArray) all = load (database, recording_id, SEMIO_QUESTION_NARRATIVE, error);
  g_autoptr (GArray) narratives = NULL;

  if (all == NULL)
    return NULL;
  narratives = g_array_new (FALSE, TRUE, sizeof (SemioNarrative));
  g_array_set_clear_func (narratives, (GDestroyNotify) semio_narrative_clear);
  for (guint i = 0; i < all->len; i++)
    {
      SemioPredictedOnset *read = &g_array_index (all, SemioPredictedOnset, i);
      const SemioNarrative narrative = { read->run_id, recording_id, read->segment, read->attempt,
                                         read->answer != SEMIO_ANSWER_FAIL ? g_steal_pointer (&read->explanation) : NULL };

      g_array_append_val (narratives, narrative);
    }
  return g_steal_pointer (&narratives);
}
