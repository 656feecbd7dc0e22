/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-import-cells.h"
#include "semio-live-private.h"
#include "semio-store-import.h"

#define MAX_DIFFERENCES 1000

/* The newest import of a cell is compared with; they agree but after a merge. */
static const char *PREDICTION_SQL = "SELECT p.answer, x.text FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id"
                                    " LEFT JOIN explanation AS x ON x.recording_id = p.recording_id AND x.run_id = p.run_id"
                                    " AND x.feature_id = p.feature_id AND x.segment = p.segment AND x.kind = p.kind"
                                    " AND x.attempt = p.attempt AND x.import_id = p.import_id"
                                    " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                                    " AND p.run_id = ?2 AND p.feature_id = ?3 AND p.segment = ?4 AND p.kind = 0"
                                    " AND p.attempt = ?5 AND i.state = 1 ORDER BY i.uuid DESC LIMIT 1";
static const char *LABEL_SQL =
    "SELECT l.answer, l.begin_ns, l.end_ns FROM label AS l CROSS JOIN import AS i ON i.id = l.import_id"
    " WHERE l.reference_set_id = ?1"
    " AND l.recording_id IN (SELECT id FROM recording WHERE id = ?2 OR alias_of = ?2)"
    " AND l.feature_id = ?3 AND i.state = 1 ORDER BY i.uuid DESC LIMIT 1";
static const char *EVENT_SQL = "SELECT v.onset_ns, v.offset_ns, v.precision_ns, v.type FROM event AS v"
                               " CROSS JOIN import AS i ON i.id = v.import_id WHERE v.reference_set_id = ?1"
                               " AND v.recording_id IN (SELECT id FROM recording WHERE id = ?2 OR alias_of = ?2)"
                               " AND i.state = 1 ORDER BY i.uuid DESC LIMIT 1";

static void
add_difference (SemioStoreImportResult *result, const SemioCellDifference *difference)
{
  result->n_differences += 1;
  if (result->differences->len < MAX_DIFFERENCES)
    g_array_append_vals (result->differences, difference, 1);
}

static gboolean
compare_prediction (SemioDatabase *database, gint64 run_id, const SemioPrediction *cell, SemioStoreImportResult *result,
                    GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, PREDICTION_SQL, error);
  SemioCellDifference difference = {
    cell->recording_id, cell->feature, cell->segment, SEMIO_ANSWER_MISSING, cell->answer, FALSE
  };
  const char *brought = cell->explanation != NULL ? cell->explanation : "";
  const char *stands;
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, cell->recording_id);
  semio_statement_bind_int (find, 2, run_id);
  semio_statement_bind_int (find, 3, cell->feature);
  semio_statement_bind_int (find, 4, cell->segment);
  semio_statement_bind_int (find, 5, cell->attempt);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      result->n_added += 1;
      return TRUE;
    }
  difference.stands = (SemioAnswer) semio_statement_get_int (find, 0);
  stands = semio_statement_get_text (find, 1);
  difference.only_text = difference.stands == cell->answer;
  if (difference.only_text && g_str_equal (stands != NULL ? stands : "", brought))
    result->n_same += 1;
  else
    add_difference (result, &difference);
  return TRUE;
}

static gboolean
compare_label (SemioDatabase *database, gint64 set_id, const SemioLabel *label, SemioStoreImportResult *result, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, LABEL_SQL, error);
  SemioCellDifference difference = { label->recording_id,  label->feature, SEMIO_SEGMENT_WHOLE,
                                     SEMIO_ANSWER_MISSING, label->answer,  FALSE };
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, set_id);
  semio_statement_bind_int (find, 2, label->recording_id);
  semio_statement_bind_int (find, 3, label->feature);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      result->n_added += 1;
      return TRUE;
    }
  difference.stands = (SemioAnswer) semio_statement_get_int (find, 0);
  difference.only_text = difference.stands == label->answer;
  if (difference.only_text && semio_statement_get_time (find, 1) == label->begin_ns
      && semio_statement_get_time (find, 2) == label->end_ns)
    result->n_same += 1;
  else
    add_difference (result, &difference);
  return TRUE;
}

static gboolean
compare_event (SemioDatabase *database, gint64 set_id, const SemioRecordingEvent *event, SemioStoreImportResult *result,
               GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, EVENT_SQL, error);
  SemioCellDifference difference = { event->recording_id,  G_MAXUINT, SEMIO_SEGMENT_WHOLE, SEMIO_ANSWER_MISSING,
                                     SEMIO_ANSWER_MISSING, FALSE };
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, set_id);
  semio_statement_bind_int (find, 2, event->recording_id);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    result->n_added += 1;
  else if (semio_statement_get_time (find, 0) == event->event.onset_ns
           && semio_statement_get_time (find, 1) == event->event.offset_ns
           && g_strcmp0 (semio_statement_get_text (find, 3), semio_event_type_to_id (event->event.type)) == 0)
    result->n_same += 1;
  else
    add_difference (result, &difference);
  return TRUE;
}

static gboolean
compare_all (SemioDatabase *database, SemioStoreImport *import, SemioStoreImportResult *result, GError **error)
{
  for (guint i = 0; i < import->predictions->len; i++)
    {
      const SemioPrediction *cell = &g_array_index (import->predictions, SemioPrediction, i);

      if (cell->recording_id < 0 || result->run_id == 0)
        result->n_added += 1;
      else if (!compare_prediction (database, result->run_id, cell, result, error))
        return FALSE;
    }
  for (guint i = 0; i < import->labels->len; i++)
    {
      const SemioLabel *label = &g_array_index (import->labels, SemioLabel, i);

      if (label->recording_id < 0 || result->set_id == 0)
        result->n_added += 1;
      else if (!compare_label (database, result->set_id, label, result, error))
        return FALSE;
    }
  for (guint i = 0; i < import->events->len; i++)
    {
      const SemioRecordingEvent *event = &g_array_index (import->events, SemioRecordingEvent, i);

      if (event->recording_id < 0 || result->set_id == 0)
        result->n_added += 1;
      else if (!compare_event (database, result->set_id, event, result, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse_repeated (SemioStoreImport *import, GError **error)
{
  for (guint i = 1; i < import->predictions->len; i++)
    {
      const SemioPrediction *a = &g_array_index (import->predictions, SemioPrediction, i - 1);
      const SemioPrediction *b = &g_array_index (import->predictions, SemioPrediction, i);

      if (a->recording_id == b->recording_id && a->feature == b->feature && a->segment == b->segment && a->attempt == b->attempt)
        {
          g_set_error_literal (
              error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
              _ ("One recording, segment and feature stands twice in what is imported. Remove one of the rows."));
          return FALSE;
        }
    }
  return TRUE;
}

SemioStoreImportResult *
semio_store_import_compare (SemioDatabase *database, SemioStoreImport *import, GError **error)
{
  g_autoptr (SemioStoreImportResult) result = g_new0 (SemioStoreImportResult, 1);

  result->differences = g_array_new (FALSE, TRUE, sizeof (SemioCellDifference));
  result->run_id = import->run != NULL ? import->run->id : 0;
  result->set_id = import->set != NULL ? import->set->id : 0;
  result->n_created = import->creates->len;
  semio_import_cells_prepare (import);
  if (result->run_id != 0 && !semio_live_check_run (database, result->run_id, FALSE, error))
    return NULL;
  if (!refuse_repeated (import, error) || !compare_all (database, import, result, error))
    return NULL;
  return g_steal_pointer (&result);
}
