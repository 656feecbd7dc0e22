/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-findings.h"

#include <glib/gi18n-lib.h>

#include "semio-finding-table.h"
#include "semio-identity.h"

static const char *PREDICTION_SQL = "INSERT INTO prediction (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
                                    " answer, onset_ns, end_ns) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9)";
static const char *EXPLANATION_SQL =
    "INSERT INTO explanation (recording_id, run_id, feature_id, segment, kind, attempt, import_id,"
    " text) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)";
static const char *FINDING_SQL = "INSERT INTO finding (reference_set_id, recording_id, feature_id, kind, import_id, begin_ns,"
                                 " end_ns, precision_ns, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char *COVERAGE_SQL = "INSERT OR IGNORE INTO coverage (recording_id, run_id, import_id, answered, ratable)"
                                  " VALUES (?1, ?2, ?3, x'', x'')";
static const char *FIND_RUN_SQL = "SELECT p.onset_ns, p.end_ns, x.text, p.answer FROM prediction AS p"
                                  " CROSS JOIN import AS i ON i.id = p.import_id"
                                  " LEFT JOIN explanation AS x ON x.recording_id = p.recording_id AND x.run_id = p.run_id"
                                  " AND x.feature_id = p.feature_id AND x.segment = p.segment AND x.kind = p.kind"
                                  " AND x.attempt = p.attempt AND x.import_id = p.import_id"
                                  " WHERE p.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
                                  " AND p.run_id = ?2 AND p.feature_id = ?3 AND p.segment = ?4 AND p.kind = ?5"
                                  " AND i.state = 1 ORDER BY p.attempt DESC, i.uuid DESC LIMIT 1";
static const char *FIND_REFERENCE_SQL =
    "SELECT d.begin_ns, d.end_ns, d.text FROM finding AS d CROSS JOIN import AS i ON i.id = d.import_id"
    " WHERE d.reference_set_id = ?2 AND d.recording_id IN (SELECT id FROM recording WHERE id = ?1 OR alias_of = ?1)"
    " AND d.feature_id = ?3 AND d.kind = ?4 AND i.state = 1 ORDER BY i.uuid DESC LIMIT 1";

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const SemioFinding *p = a;
  const SemioFinding *q = b;

  if (p->recording_id != q->recording_id)
    return p->recording_id < q->recording_id ? -1 : 1;
  if (p->feature != q->feature)
    return p->feature < q->feature ? -1 : 1;
  if (p->kind != q->kind)
    return p->kind < q->kind ? -1 : 1;
  return (p->segment > q->segment) - (p->segment < q->segment);
}

void
semio_import_findings_prepare (SemioStoreImport *import)
{
  g_array_sort (import->findings, compare_findings);
}

gboolean
semio_import_findings_refuse_repeated (SemioStoreImport *import, GError **error)
{
  for (guint i = 1; i < import->findings->len; i++)
    if (compare_findings (&g_array_index (import->findings, SemioFinding, i - 1),
                          &g_array_index (import->findings, SemioFinding, i))
        == 0)
      {
        g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                             _ ("One recording and feature stands twice in what is imported. Remove one of the rows."));
        return FALSE;
      }
  return TRUE;
}

/* An onset is that of a feature that occurs; the other kinds have no answer. */
static SemioAnswer
get_answer (const SemioFinding *finding)
{
  if (finding->failed)
    return SEMIO_ANSWER_FAIL;
  if (finding->kind != SEMIO_FINDING_ONSET)
    return SEMIO_ANSWER_MISSING;
  return finding->begin_ns != SEMIO_TIME_NONE ? SEMIO_ANSWER_YES : SEMIO_ANSWER_NO;
}

static void
bind_key (SemioStatement *insert, const SemioImportStage *stage, const SemioFinding *finding, gint64 recording_id,
          gint64 feature_id)
{
  semio_statement_bind_int (insert, 1, recording_id);
  semio_statement_bind_int (insert, 2, stage->run_id);
  semio_statement_bind_int (insert, 3, feature_id);
  semio_statement_bind_int (insert, 4, finding->segment);
  semio_statement_bind_int (insert, 5, finding->kind);
  semio_statement_bind_int (insert, 6, stage->import_id);
}

static gboolean
ensure_coverage (SemioDatabase *database, const SemioImportStage *stage, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, COVERAGE_SQL, error);

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, recording_id);
  semio_statement_bind_int (insert, 2, stage->run_id);
  semio_statement_bind_int (insert, 3, stage->import_id);
  return semio_statement_run (insert, error);
}

static gboolean
stage_of_run (SemioDatabase *database, SemioImportStage *stage, const SemioFinding *finding, gint64 recording_id,
              gint64 feature_id, GError **error)
{
  g_autoptr (SemioStatement) prediction = semio_database_prepare (database, PREDICTION_SQL, error);
  g_autoptr (SemioStatement) explanation = prediction != NULL ? semio_database_prepare (database, EXPLANATION_SQL, error) : NULL;

  if (explanation == NULL || !ensure_coverage (database, stage, recording_id, error))
    return FALSE;
  bind_key (prediction, stage, finding, recording_id, feature_id);
  semio_statement_bind_int (prediction, 7, get_answer (finding));
  semio_statement_bind_time (prediction, 8, finding->begin_ns);
  semio_statement_bind_time (prediction, 9, finding->end_ns);
  if (!semio_statement_run (prediction, error))
    return FALSE;
  if (finding->text == NULL)
    return TRUE;
  bind_key (explanation, stage, finding, recording_id, feature_id);
  semio_statement_bind_text (explanation, 7, finding->text);
  return semio_statement_run (explanation, error);
}

static gboolean
stage_of_reference (SemioDatabase *database, SemioImportStage *stage, const SemioFinding *finding, gint64 recording_id,
                    gint64 feature_id, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, FINDING_SQL, error);

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, stage->set_id);
  semio_statement_bind_int (insert, 2, recording_id);
  semio_statement_bind_int (insert, 3, feature_id);
  semio_statement_bind_int (insert, 4, finding->kind);
  semio_statement_bind_int (insert, 5, stage->import_id);
  semio_statement_bind_time (insert, 6, finding->begin_ns);
  semio_statement_bind_time (insert, 7, finding->end_ns);
  semio_statement_bind_int (insert, 8, finding->precision_ns);
  semio_statement_bind_text (insert, 9, finding->text);
  return semio_statement_run (insert, error);
}

/* The same rows as semio-verify-imports.c reads. */
static gboolean
digest (SemioDatabase *database, SemioImportStage *stage, const SemioFinding *finding, gint64 recording_id, gint64 feature_id,
        GError **error)
{
  g_autofree char *name = semio_identity_get_feature (database, feature_id, error);
  const gint64 found[] = { finding->kind, finding->begin_ns, finding->end_ns, finding->precision_ns };
  const gint64 key[] = { finding->segment, finding->kind, 0 };
  SemioUuid recording;

  if (name == NULL || !semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &recording, error))
    return FALSE;
  if (stage->run_id == 0)
    {
      semio_import_digest_add (&stage->digest, SEMIO_IMPORT_PART_FINDINGS, &recording, name, found, G_N_ELEMENTS (found),
                               finding->text);
      return TRUE;
    }
  semio_import_digest_add_answer (&stage->digest, &recording, name,
                                  &(SemioImportAnswer){ finding->segment, finding->kind, 0, get_answer (finding),
                                                        finding->begin_ns, finding->end_ns, FALSE, 0 });
  if (finding->text != NULL)
    semio_import_digest_add (&stage->digest, SEMIO_IMPORT_PART_EXPLANATIONS, &recording, name, key, G_N_ELEMENTS (key),
                             finding->text);
  return TRUE;
}

gboolean
semio_import_findings_stage (SemioDatabase *database, SemioImportStage *stage, const SemioFinding *finding, GError **error)
{
  const gint64 recording_id = semio_import_cells_resolve (stage, finding->recording_id);
  gint64 feature_id;

  if (!semio_finding_table_ensure_feature (database, finding->feature, &feature_id, error))
    return FALSE;
  if (stage->run_id != 0 ? !stage_of_run (database, stage, finding, recording_id, feature_id, error)
                         : !stage_of_reference (database, stage, finding, recording_id, feature_id, error))
    return FALSE;
  return digest (database, stage, finding, recording_id, feature_id, error);
}

/* A reading connection may not make the row of a feature: one that is not there stands nowhere. */
static gboolean
find_feature (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error)
{
  if (feature == SEMIO_FEATURE_HEAD || feature == SEMIO_FEATURE_ARM || feature == SEMIO_FEATURE_NONE)
    return semio_finding_table_find_special (database, feature, feature_id, error);
  *feature_id = feature;
  return TRUE;
}

gboolean
semio_import_findings_compare (SemioDatabase *database, const SemioStoreImportResult *result, const SemioFinding *finding,
                               gboolean *stands, gboolean *same, GError **error)
{
  const gboolean is_run = result->run_id != 0;
  g_autoptr (SemioStatement) find = semio_database_prepare (database, is_run ? FIND_RUN_SQL : FIND_REFERENCE_SQL, error);
  gint64 feature_id;

  *stands = *same = FALSE;
  if (find == NULL || !find_feature (database, finding->feature, &feature_id, error))
    return FALSE;
  if (feature_id < 0)
    return TRUE;
  semio_statement_bind_int (find, 1, finding->recording_id);
  semio_statement_bind_int (find, 2, is_run ? result->run_id : result->set_id);
  semio_statement_bind_int (find, 3, feature_id);
  if (is_run)
    semio_statement_bind_int (find, 4, finding->segment);
  semio_statement_bind_int (find, is_run ? 5 : 4, finding->kind);
  if (!semio_statement_step (find, stands, error))
    return FALSE;
  *same = *stands && semio_statement_get_time (find, 0) == finding->begin_ns
          && semio_statement_get_time (find, 1) == finding->end_ns
          && g_strcmp0 (semio_statement_get_text (find, 2), finding->text) == 0
          && (!is_run || semio_statement_get_int (find, 3) == (gint64) get_answer (finding));
  return TRUE;
}
