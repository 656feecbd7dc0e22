/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-import-cells.h"
#include "semio-import-findings.h"
#include "semio-live-private.h"
#include "semio-store-import.h"

#define MAX_DIFFERENCES 1000

/* The newest import of a cell is compared with; they agree but after a merge. */
static const char *PREDICTION_SQL =
    "SELECT p.answer, x.text, p.onset_ns, p.end_ns, p.score FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id"
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
                               " AND i.state = 1 ORDER BY i.uuid";

static void
add_difference (SemioStoreImportResult *result, const SemioCellDifference *difference)
{
  result->n_differences += 1;
  if (result->differences->len < MAX_DIFFERENCES)
    g_array_append_vals (result->differences, difference, 1);
}

/* Times and score of an answer. */
static gboolean
says_the_same (SemioStatement *stands, const SemioPrediction *cell)
{
  const gboolean has_score = !semio_statement_is_null (stands, 4);

  return semio_statement_get_time (stands, 2) == (cell->has_span ? cell->begin_ns : SEMIO_TIME_NONE)
         && semio_statement_get_time (stands, 3) == (cell->has_span ? cell->end_ns : SEMIO_TIME_NONE)
         && has_score == cell->has_score && (!has_score || !(semio_statement_get_double (stands, 4) != cell->score));
}

static gboolean
compare_prediction (SemioDatabase *database, gint64 run_id, const SemioPrediction *cell, SemioStoreImportResult *result,
                    GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, PREDICTION_SQL, error);
  SemioCellDifference difference = {
    .recording_id = cell->recording_id, .feature = cell->feature, .segment = cell->segment, .brought = cell->answer
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
  if (difference.only_text && g_str_equal (stands != NULL ? stands : "", brought) && says_the_same (find, cell))
    result->n_same += 1;
  else
    add_difference (result, &difference);
  return TRUE;
}

static gboolean
compare_label (SemioDatabase *database, gint64 set_id, const SemioLabel *label, SemioStoreImportResult *result, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, LABEL_SQL, error);
  SemioCellDifference difference = {
    .recording_id = label->recording_id, .feature = label->feature, .segment = SEMIO_SEGMENT_WHOLE, .brought = label->answer
  };
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

/* What brought says beside what stands: other times, or another type where both say one. "Not epileptic" agrees with the
 * kinds of it. *is_new: it says something that does not stand yet. */
static gboolean
is_event_compatible (const SemioEvent *stands, const SemioEvent *brought, gboolean *is_new)
{
  const gboolean same_onset = brought->onset_ns == SEMIO_TIME_NONE || brought->onset_ns == stands->onset_ns;
  const gboolean same_offset = brought->offset_ns == SEMIO_TIME_NONE || brought->offset_ns == stands->offset_ns;
  const gboolean same_type = brought->type == SEMIO_EVENT_TYPE_UNDETERMINED || brought->type == stands->type
                             || (brought->type == SEMIO_EVENT_TYPE_NON_EPILEPTIC && stands->type > SEMIO_EVENT_TYPE_EPILEPTIC);

  *is_new = !same_onset || !same_offset || !same_type;
  return (same_onset || stands->onset_ns == SEMIO_TIME_NONE) && (same_offset || stands->offset_ns == SEMIO_TIME_NONE)
         && (same_type || stands->type == SEMIO_EVENT_TYPE_UNDETERMINED);
}

static gboolean
compare_event (SemioDatabase *database, gint64 set_id, const SemioRecordingEvent *event, SemioStoreImportResult *result,
               GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, EVENT_SQL, error);
  const SemioCellDifference difference = { .recording_id = event->recording_id,
                                           .feature = SEMIO_FEATURE_NONE,
                                           .segment = SEMIO_SEGMENT_WHOLE };
  SemioEvent stands = SEMIO_EVENT_INIT;
  gboolean has_row, is_new;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_int (find, 1, set_id);
  semio_statement_bind_int (find, 2, event->recording_id);
  while (TRUE)
    {
      SemioEvent part = SEMIO_EVENT_INIT;

      if (!semio_statement_step (find, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      part.onset_ns = semio_statement_get_time (find, 0);
      part.offset_ns = semio_statement_get_time (find, 1);
      part.precision_ns = semio_statement_get_int (find, 2);
      semio_event_type_from_text (semio_statement_get_text (find, 3), &part.type);
      semio_event_complete (&stands, &part);
    }
  if (!is_event_compatible (&stands, &event->event, &is_new))
    add_difference (result, &difference);
  else if (is_new)
    result->n_added += 1;
  else
    result->n_same += 1;
  return TRUE;
}

static gboolean
compare_finding (SemioDatabase *database, const SemioFinding *finding, SemioStoreImportResult *result, GError **error)
{
  const SemioCellDifference difference = { .recording_id = finding->recording_id,
                                           .feature = finding->feature,
                                           .segment = finding->segment,
                                           .is_finding = TRUE,
                                           .kind = finding->kind };
  gboolean stands = FALSE, same = FALSE;

  if (finding->recording_id > 0 && (result->run_id != 0 || result->set_id != 0)
      && !semio_import_findings_compare (database, result, finding, &stands, &same, error))
    return FALSE;
  if (!stands)
    result->n_added += 1;
  else if (same)
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
  for (guint i = 0; i < import->findings->len; i++)
    if (!compare_finding (database, &g_array_index (import->findings, SemioFinding, i), result, error))
      return FALSE;
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
  return semio_import_findings_refuse_repeated (import, error);
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
