/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-cells.h"

#include <string.h>

#include "semio-identity.h"
#include "semio-import-findings.h"

/* The clock is read once in so many rows. */
#define ROWS_PER_LOOK 16

static const char *PREDICTION_SQL = "INSERT INTO prediction (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
                                    " answer, onset_ns, end_ns, score) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char *EXPLANATION_SQL =
    "INSERT INTO explanation (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
    " text) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)";
static const char *READ_COVERAGE_SQL = "SELECT answered, ratable FROM coverage"
                                       " WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3";
static const char *COVERAGE_SQL = "INSERT INTO coverage (recording_id, run_id, import_id, answered, ratable)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (recording_id, run_id, import_id)"
                                  " DO UPDATE SET answered = excluded.answered, ratable = excluded.ratable";
static const char *LABEL_SQL =
    "INSERT INTO label (reference_set_id, recording_id, feature_id, import_id, answer, begin_ns, end_ns)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char *EVENT_SQL = "INSERT INTO event (reference_set_id, recording_id, import_id, onset_ns, offset_ns, precision_ns,"
                               " type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static int
compare_predictions (gconstpointer a, gconstpointer b)
{
  const SemioPrediction *p = a;
  const SemioPrediction *q = b;

  if (p->recording_id != q->recording_id)
    return p->recording_id < q->recording_id ? -1 : 1;
  if (p->feature != q->feature)
    return p->feature < q->feature ? -1 : 1;
  if (p->segment != q->segment)
    return p->segment < q->segment ? -1 : 1;
  return (p->attempt > q->attempt) - (p->attempt < q->attempt);
}

void
semio_import_cells_prepare (SemioStoreImport *import)
{
  SemioPrediction *predictions = (SemioPrediction *) (gpointer) import->predictions->data;
  guint kept = 0;

  for (guint i = 0; i < import->predictions->len; i++)
    if (predictions[i].answer != SEMIO_ANSWER_MISSING || has_text (predictions[i].explanation) || predictions[i].has_span
        || predictions[i].has_score)
      {
        SemioPrediction swap = predictions[kept];

        predictions[kept] = predictions[i];
        predictions[i] = swap;
        kept += 1;
      }
  g_array_set_size (import->predictions, kept);
  g_array_sort (import->predictions, compare_predictions);
  semio_import_findings_prepare (import);

  for (guint i = import->labels->len; i > 0; i--)
    if (g_array_index (import->labels, SemioLabel, i - 1).answer == SEMIO_ANSWER_MISSING)
      g_array_remove_index_fast (import->labels, i - 1);
}

gint64
semio_import_cells_resolve (const SemioImportStage *stage, gint64 recording_id)
{
  return recording_id < 0 ? g_array_index (stage->created_ids, gint64, -recording_id - 1) : recording_id;
}

/* feature: G_MAXUINT for what is of no feature. */
static gboolean
digest_row (SemioDatabase *database, SemioImportStage *stage, SemioImportPart part, gint64 recording_id, guint feature,
            const gint64 *numbers, guint n_numbers, const char *text, GError **error)
{
  g_autofree char *name = feature != G_MAXUINT ? semio_identity_get_feature (database, feature, error) : g_strdup ("");
  SemioUuid recording;

  if (name == NULL || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &recording, error))
    return FALSE;
  semio_import_digest_add (&stage->digest, part, &recording, name, numbers, n_numbers, text);
  return TRUE;
}

static void
bind_key (SemioStatement *insert, const SemioImportStage *stage, const SemioPrediction *cell, gint64 recording_id)
{
  semio_statement_bind_int (insert, 1, recording_id);
  semio_statement_bind_int (insert, 2, stage->run_id);
  semio_statement_bind_int (insert, 3, cell->feature);
  semio_statement_bind_int (insert, 4, cell->segment);
  semio_statement_bind_int (insert, 5, cell->attempt);
  semio_statement_bind_int (insert, 6, stage->import_id);
}

static gboolean
insert_prediction (SemioDatabase *database, SemioImportStage *stage, const SemioPrediction *cell, gint64 recording_id,
                   GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, PREDICTION_SQL, error);
  g_autofree char *name = insert != NULL ? semio_identity_get_feature (database, cell->feature, error) : NULL;
  const gint64 begin_ns = cell->has_span ? cell->begin_ns : SEMIO_TIME_NONE;
  const gint64 end_ns = cell->has_span ? cell->end_ns : SEMIO_TIME_NONE;
  SemioUuid recording;

  if (name == NULL || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &recording, error))
    return FALSE;
  bind_key (insert, stage, cell, recording_id);
  semio_statement_bind_int (insert, 7, cell->answer);
  semio_statement_bind_time (insert, 8, begin_ns);
  semio_statement_bind_time (insert, 9, end_ns);
  if (cell->has_score)
    semio_statement_bind_double (insert, 10, cell->score);
  else
    semio_statement_bind_null (insert, 10);
  semio_import_digest_add_answer (
      &stage->digest, &recording, name,
      &(SemioImportAnswer){ cell->segment, 0, cell->attempt, cell->answer, begin_ns, end_ns, cell->has_score, cell->score });
  return semio_statement_run (insert, error);
}

static gboolean
insert_explanation (SemioDatabase *database, SemioImportStage *stage, const SemioPrediction *cell, gint64 recording_id,
                    GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, EXPLANATION_SQL, error);
  const gint64 numbers[] = { cell->segment, 0, cell->attempt };

  if (insert == NULL)
    return FALSE;
  bind_key (insert, stage, cell, recording_id);
  semio_statement_bind_text (insert, 7, cell->explanation);
  return semio_statement_run (insert, error)
         && digest_row (database, stage, SEMIO_IMPORT_PART_EXPLANATIONS, recording_id, cell->feature, numbers,
                        G_N_ELEMENTS (numbers), cell->explanation, error);
}

/* Bits of the recording that is being written. */
typedef struct {
  gint64 recording_id; /* 0 none */
  GByteArray *answered;
  GByteArray *ratable;
} Bits;

static void
set_bit (GByteArray *bits, guint feature)
{
  const guint old = bits->len;

  if (feature / 8 >= old)
    {
      g_byte_array_set_size (bits, feature / 8 + 1);
      memset (bits->data + old, 0, bits->len - old);
    }
  bits->data[feature / 8] |= (guint8) (1u << (feature % 8));
}

/* A recording may be cut by the end of a slice: the bits go on from what was written then. */
static gboolean
begin_bits (SemioDatabase *database, const SemioImportStage *stage, gint64 recording_id, Bits *bits, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, READ_COVERAGE_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  g_byte_array_set_size (bits->answered, 0);
  g_byte_array_set_size (bits->ratable, 0);
  bits->recording_id = recording_id;
  semio_statement_bind_int (read, 1, recording_id);
  semio_statement_bind_int (read, 2, stage->run_id);
  semio_statement_bind_int (read, 3, stage->import_id);
  if (!semio_statement_step (read, &has_row, error))
    return FALSE;
  if (has_row)
    {
      gsize length;
      const void *data = semio_statement_get_blob (read, 0, &length);

      g_byte_array_append (bits->answered, data, (guint) length);
      data = semio_statement_get_blob (read, 1, &length);
      g_byte_array_append (bits->ratable, data, (guint) length);
    }
  return TRUE;
}

static gboolean
write_bits (SemioDatabase *database, const SemioImportStage *stage, const Bits *bits, GError **error)
{
  g_autoptr (SemioStatement) insert = NULL;

  if (bits->recording_id == 0)
    return TRUE;
  insert = semio_database_prepare (database, COVERAGE_SQL, error);
  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, bits->recording_id);
  semio_statement_bind_int (insert, 2, stage->run_id);
  semio_statement_bind_int (insert, 3, stage->import_id);
  semio_statement_bind_blob (insert, 4, bits->answered->data, bits->answered->len);
  semio_statement_bind_blob (insert, 5, bits->ratable->data, bits->ratable->len);
  return semio_statement_run (insert, error);
}

static gboolean
stage_prediction (SemioDatabase *database, SemioImportStage *stage, const SemioPrediction *cell, Bits *bits, GError **error)
{
  const gint64 recording_id = semio_import_cells_resolve (stage, cell->recording_id);

  if (recording_id != bits->recording_id
      && (!write_bits (database, stage, bits, error) || !begin_bits (database, stage, recording_id, bits, error)))
    return FALSE;
  if (!insert_prediction (database, stage, cell, recording_id, error))
    return FALSE;
  if (semio_answer_is_usable (cell->answer))
    set_bit (bits->answered, cell->feature);
  if (!has_text (cell->explanation))
    return TRUE;
  set_bit (bits->ratable, cell->feature);
  return insert_explanation (database, stage, cell, recording_id, error);
}

static gboolean
is_over (guint row, gint64 until_us)
{
  return row % ROWS_PER_LOOK == 0 && g_get_monotonic_time () >= until_us;
}

static gboolean
stage_predictions (SemioDatabase *database, SemioStoreImport *import, SemioImportStage *stage, gint64 until_us, gboolean *done,
                   GError **error)
{
  g_autoptr (GByteArray) answered = g_byte_array_new ();
  g_autoptr (GByteArray) ratable = g_byte_array_new ();
  Bits bits = { 0, answered, ratable };
  guint row = stage->n_predictions;

  *done = FALSE;
  while (row < import->predictions->len)
    {
      if (!stage_prediction (database, stage, &g_array_index (import->predictions, SemioPrediction, row), &bits, error))
        return FALSE;
      row += 1;
      if (is_over (row, until_us))
        break;
    }
  if (!write_bits (database, stage, &bits, error))
    return FALSE;
  stage->n_predictions = row;
  *done = row == import->predictions->len;
  return TRUE;
}

static gboolean
stage_label (SemioDatabase *database, SemioImportStage *stage, const SemioLabel *label, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, LABEL_SQL, error);
  const gint64 numbers[] = { label->answer, label->begin_ns, label->end_ns };

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, stage->set_id);
  semio_statement_bind_int (insert, 2, semio_import_cells_resolve (stage, label->recording_id));
  semio_statement_bind_int (insert, 3, label->feature);
  semio_statement_bind_int (insert, 4, stage->import_id);
  semio_statement_bind_int (insert, 5, label->answer);
  semio_statement_bind_time (insert, 6, label->begin_ns);
  semio_statement_bind_time (insert, 7, label->end_ns);
  return semio_statement_run (insert, error)
         && digest_row (database, stage, SEMIO_IMPORT_PART_LABELS, semio_import_cells_resolve (stage, label->recording_id),
                        label->feature, numbers, G_N_ELEMENTS (numbers), NULL, error);
}

static gboolean
stage_event (SemioDatabase *database, SemioImportStage *stage, const SemioRecordingEvent *event, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, EVENT_SQL, error);
  const gint64 numbers[] = { event->event.onset_ns, event->event.offset_ns, event->event.precision_ns };

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, stage->set_id);
  semio_statement_bind_int (insert, 2, semio_import_cells_resolve (stage, event->recording_id));
  semio_statement_bind_int (insert, 3, stage->import_id);
  semio_statement_bind_time (insert, 4, event->event.onset_ns);
  semio_statement_bind_time (insert, 5, event->event.offset_ns);
  semio_statement_bind_int (insert, 6, event->event.precision_ns);
  semio_statement_bind_text (insert, 7, semio_event_type_to_id (event->event.type));
  return semio_statement_run (insert, error)
         && digest_row (database, stage, SEMIO_IMPORT_PART_EVENTS, semio_import_cells_resolve (stage, event->recording_id),
                        G_MAXUINT, numbers, G_N_ELEMENTS (numbers), semio_event_type_to_id (event->event.type), error);
}

static gboolean
stage_labels (SemioDatabase *database, SemioStoreImport *import, SemioImportStage *stage, gint64 until_us, gboolean *done,
              GError **error)
{
  *done = FALSE;
  while (stage->n_labels < import->labels->len)
    {
      if (!stage_label (database, stage, &g_array_index (import->labels, SemioLabel, stage->n_labels), error))
        return FALSE;
      stage->n_labels += 1;
      if (is_over (stage->n_labels, until_us))
        return TRUE;
    }
  while (stage->n_events < import->events->len)
    {
      if (!stage_event (database, stage, &g_array_index (import->events, SemioRecordingEvent, stage->n_events), error))
        return FALSE;
      stage->n_events += 1;
      if (is_over (stage->n_events, until_us))
        return TRUE;
    }
  while (stage->n_findings < import->findings->len)
    {
      if (!semio_import_findings_stage (database, stage, &g_array_index (import->findings, SemioFinding, stage->n_findings),
                                        error))
        return FALSE;
      stage->n_findings += 1;
      if (is_over (stage->n_findings, until_us))
        return TRUE;
    }
  *done = TRUE;
  return TRUE;
}

gboolean
semio_import_cells_stage (SemioDatabase *database, SemioStoreImport *import, SemioImportStage *stage, gint64 until_us,
                          gboolean *done, GError **error)
{
  if (!stage_predictions (database, import, stage, until_us, done, error))
    return FALSE;
  return !*done || stage_labels (database, import, stage, until_us, done, error);
}
