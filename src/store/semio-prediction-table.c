/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prediction-table.h"

#include <string.h>

#include "semio-span.h"

/* What is staged or was left over belongs to an import whose state is 0 and is not seen. CROSS JOIN keeps SQLite from
 * starting with the imports. */
static const char *LOAD_SQL = "SELECT p.run_id, p.feature_id, p.segment, p.attempt, p.answer, x.text, p.onset_ns, p.end_ns,"
                              " p.score FROM prediction AS p"
                              " CROSS JOIN import AS i ON i.id = p.import_id LEFT JOIN explanation AS x"
                              " ON x.recording_id = p.recording_id AND x.run_id = p.run_id AND x.feature_id = p.feature_id"
                              " AND x.segment = p.segment AND x.kind = p.kind AND x.attempt = p.attempt"
                              " AND x.import_id = p.import_id"
                              " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                              " AND p.kind = 0 AND i.state = 1"
                              " ORDER BY p.run_id, p.feature_id, p.segment, p.attempt, i.uuid";
static const char *ANSWERS_SQL = "SELECT p.run_id, coalesce (c.alias_of, c.id) AS shown_id, p.feature_id, p.segment, p.attempt,"
                                 " p.answer, p.onset_ns, p.end_ns, p.score FROM prediction AS p"
                                 " CROSS JOIN import AS i ON i.id = p.import_id"
                                 " CROSS JOIN recording AS c ON c.id = p.recording_id"
                                 " WHERE (?1 = 0 OR p.run_id = ?1) AND p.kind = 0 AND i.state = 1"
                                 " ORDER BY p.run_id, shown_id, p.feature_id, p.segment, p.attempt, i.uuid";
static const char *COVERAGE_SQL = "SELECT coalesce (c.alias_of, c.id) AS shown_id, v.run_id, v.answered, v.ratable"
                                  " FROM coverage AS v CROSS JOIN import AS i ON i.id = v.import_id"
                                  " CROSS JOIN recording AS c ON c.id = v.recording_id"
                                  " WHERE i.state = 1 ORDER BY shown_id, v.run_id";

void
semio_coverage_clear (SemioCoverage *coverage)
{
  g_clear_pointer (&coverage->answered, g_bytes_unref);
  g_clear_pointer (&coverage->ratable, g_bytes_unref);
}

gboolean
semio_coverage_has_bit (GBytes *bits, guint feature)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bits, &size);

  return feature / 8 < size && (data[feature / 8] & (1u << (feature % 8))) != 0;
}

static gboolean
is_same_key (const SemioPrediction *a, const SemioPrediction *b)
{
  return a->run_id == b->run_id && a->recording_id == b->recording_id && a->feature == b->feature && a->segment == b->segment;
}

/* Two merged studies may each have brought the same cell. */
static gboolean
is_repeated (GArray *predictions, const SemioPrediction *added)
{
  const SemioPrediction *last;

  if (predictions->len == 0)
    return FALSE;
  last = &g_array_index (predictions, SemioPrediction, predictions->len - 1);
  return is_same_key (last, added) && last->attempt == added->attempt && last->answer == added->answer
         && g_strcmp0 (last->explanation, added->explanation) == 0;
}

static void
append (GArray *predictions, SemioPrediction *prediction)
{
  if (is_repeated (predictions, prediction))
    semio_prediction_clear (prediction);
  else
    g_array_append_vals (predictions, prediction, 1);
}

static GArray *
new_predictions (void)
{
  GArray *predictions = g_array_new (FALSE, TRUE, sizeof (SemioPrediction));

  g_array_set_clear_func (predictions, (GDestroyNotify) semio_prediction_clear);
  return predictions;
}

/* Of the columns from first on. */
static void
read_span_and_score (SemioStatement *statement, int first, SemioPrediction *prediction)
{
  prediction->begin_ns = semio_statement_get_time (statement, first);
  prediction->end_ns = semio_statement_get_time (statement, first + 1);
  prediction->has_span = prediction->begin_ns != SEMIO_TIME_NONE;
  prediction->has_score = !semio_statement_is_null (statement, first + 2);
  prediction->score = prediction->has_score ? semio_statement_get_double (statement, first + 2) : 0;
}

GArray *
semio_prediction_table_load (SemioDatabase *database, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GArray) predictions = new_predictions ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  while (TRUE)
    {
      SemioPrediction prediction = { 0 };

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&predictions);
      prediction.recording_id = recording_id;
      prediction.run_id = semio_statement_get_int (statement, 0);
      prediction.feature = (guint) semio_statement_get_int (statement, 1);
      prediction.segment = (int) semio_statement_get_int (statement, 2);
      prediction.attempt = (int) semio_statement_get_int (statement, 3);
      prediction.answer = (SemioAnswer) semio_statement_get_int (statement, 4);
      prediction.explanation = semio_statement_dup_text (statement, 5);
      read_span_and_score (statement, 6, &prediction);
      append (predictions, &prediction);
    }
}

GArray *
semio_prediction_table_load_answers (SemioDatabase *database, gint64 run_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, ANSWERS_SQL, error);
  g_autoptr (GArray) predictions = new_predictions ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, run_id);
  while (TRUE)
    {
      SemioPrediction prediction = { 0 };

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&predictions);
      prediction.run_id = semio_statement_get_int (statement, 0);
      prediction.recording_id = semio_statement_get_int (statement, 1);
      prediction.feature = (guint) semio_statement_get_int (statement, 2);
      prediction.segment = (int) semio_statement_get_int (statement, 3);
      prediction.attempt = (int) semio_statement_get_int (statement, 4);
      prediction.answer = (SemioAnswer) semio_statement_get_int (statement, 5);
      read_span_and_score (statement, 6, &prediction);
      append (predictions, &prediction);
    }
}

static GBytes *
join_bits (GBytes *a, GBytes *b)
{
  gsize a_size, b_size, size;
  const guint8 *a_data = g_bytes_get_data (a, &a_size);
  const guint8 *b_data = g_bytes_get_data (b, &b_size);
  guint8 *bits;

  size = MAX (a_size, b_size);
  bits = g_malloc0 (MAX (size, 1));
  for (gsize i = 0; i < size; i++)
    bits[i] = (guint8) ((i < a_size ? a_data[i] : 0) | (i < b_size ? b_data[i] : 0));
  return g_bytes_new_take (bits, size);
}

static guint
count_bits (GBytes *bits)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bits, &size);
  guint n = 0;

  for (gsize i = 0; i < size; i++)
    for (guint8 byte = data[i]; byte != 0; byte &= (guint8) (byte - 1))
      n += 1;
  return n;
}

/* Several imports of one run are joined. */
static void
add_coverage (GArray *coverages, SemioCoverage *added)
{
  SemioCoverage *last = coverages->len > 0 ? &g_array_index (coverages, SemioCoverage, coverages->len - 1) : NULL;

  if (last != NULL && last->recording_id == added->recording_id && last->run_id == added->run_id)
    {
      SemioCoverage joined = { added->recording_id, added->run_id, 0, join_bits (last->answered, added->answered),
                               join_bits (last->ratable, added->ratable) };

      semio_coverage_clear (last);
      semio_coverage_clear (added);
      *last = joined;
    }
  else
    {
      g_array_append_vals (coverages, added, 1);
      last = &g_array_index (coverages, SemioCoverage, coverages->len - 1);
    }
  last->n_features = count_bits (last->answered);
}

GArray *
semio_prediction_table_load_coverage (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, COVERAGE_SQL, error);
  g_autoptr (GArray) coverages = g_array_new (FALSE, TRUE, sizeof (SemioCoverage));
  gboolean has_row;

  g_array_set_clear_func (coverages, (GDestroyNotify) semio_coverage_clear);
  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      SemioCoverage coverage = { 0 };

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&coverages);
      coverage.recording_id = semio_statement_get_int (statement, 0);
      coverage.run_id = semio_statement_get_int (statement, 1);
      coverage.answered = semio_statement_dup_bytes (statement, 2);
      coverage.ratable = semio_statement_dup_bytes (statement, 3);
      add_coverage (coverages, &coverage);
    }
}

void
semio_prediction_keep_last (GArray *predictions)
{
  guint kept = 0;
  SemioPrediction *data = (SemioPrediction *) (gpointer) predictions->data;

  for (guint i = 0; i < predictions->len; i++)
    {
      SemioPrediction *prediction = &data[i];

      if (kept == 0 || !is_same_key (&data[kept - 1], prediction))
        kept += 1;
      else if (!semio_answer_is_usable (prediction->answer) && semio_answer_is_usable (data[kept - 1].answer))
        continue;
      if (&data[kept - 1] != prediction)
        {
          semio_prediction_clear (&data[kept - 1]);
          data[kept - 1] = *prediction;
          memset (prediction, 0, sizeof *prediction);
        }
    }
  g_array_set_size (predictions, kept);
}
