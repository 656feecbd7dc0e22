/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-finding-table.h"

#include "semio-answer.h"
#include "semio-identity.h"
#include "semio-live-private.h"
#include "semio-prediction.h"

#define HEAD_NAME "@head"
#define ARM_NAME "@arm"

static const char *REFERENCE_SQL =
    "SELECT coalesce (c.alias_of, c.id) AS shown_id, d.feature_id, f.name, d.kind, d.begin_ns, d.end_ns, d.precision_ns, d.text"
    " FROM finding AS d CROSS JOIN import AS i ON i.id = d.import_id CROSS JOIN recording AS c ON c.id = d.recording_id"
    " CROSS JOIN feature AS f ON f.id = d.feature_id"
    " WHERE d.reference_set_id = ?1 AND i.state = 1 AND (?2 = 0 OR c.id = ?2 OR c.alias_of = ?2)"
    " ORDER BY shown_id, d.feature_id, d.kind, i.uuid";
static const char *RUNS_SQL =
    "SELECT coalesce (c.alias_of, c.id) AS shown_id, p.feature_id, f.name, p.kind, p.onset_ns, p.end_ns, p.answer, x.text,"
    " p.run_id, p.segment FROM recording AS c CROSS JOIN prediction AS p ON p.recording_id = c.id"
    " CROSS JOIN import AS i ON i.id = p.import_id CROSS JOIN feature AS f ON f.id = p.feature_id LEFT JOIN explanation AS x"
    " ON x.recording_id = p.recording_id AND x.run_id = p.run_id AND x.feature_id = p.feature_id"
    " AND x.segment = p.segment AND x.kind = p.kind AND x.attempt = p.attempt AND x.import_id = p.import_id"
    " WHERE (?1 = 0 OR p.run_id = ?1) AND (?2 = 0 OR c.id = ?2 OR c.alias_of = ?2) AND p.kind > 0 AND i.state = 1"
    " ORDER BY shown_id, p.run_id, p.feature_id, p.kind, p.segment, p.attempt, i.uuid";

static const char *
get_special_name (guint feature)
{
  switch (feature)
    {
    case SEMIO_FEATURE_HEAD:
      return HEAD_NAME;
    case SEMIO_FEATURE_ARM:
      return ARM_NAME;
    case SEMIO_FEATURE_NONE:
      return SEMIO_LIVE_NO_FEATURE;
    default:
      return NULL;
    }
}

gboolean
semio_finding_table_find_special (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error)
{
  return semio_identity_find_feature (database, get_special_name (feature), feature_id, error);
}

gboolean
semio_finding_table_ensure_feature (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error)
{
  const char *special = get_special_name (feature);

  if (special != NULL)
    return semio_identity_ensure_feature (database, special, feature_id, error);
  *feature_id = feature;
  return TRUE;
}

/* Features of the study's own set have their index as their local row. */
static guint
read_feature (SemioStatement *statement)
{
  const char *name = semio_statement_get_text (statement, 2);

  if (g_str_equal (name, HEAD_NAME))
    return SEMIO_FEATURE_HEAD;
  if (g_str_equal (name, ARM_NAME))
    return SEMIO_FEATURE_ARM;
  return g_str_equal (name, SEMIO_LIVE_NO_FEATURE) ? SEMIO_FEATURE_NONE : (guint) semio_statement_get_int (statement, 1);
}

static SemioFinding
read_common (SemioStatement *statement)
{
  return (SemioFinding){ .recording_id = semio_statement_get_int (statement, 0),
                         .kind = (SemioFindingKind) semio_statement_get_int (statement, 3),
                         .feature = read_feature (statement),
                         .segment = SEMIO_SEGMENT_WHOLE,
                         .begin_ns = semio_statement_get_time (statement, 4),
                         .end_ns = semio_statement_get_time (statement, 5),
                         .text = semio_statement_dup_text (statement, 7) };
}

static gboolean
is_same_key (const SemioFinding *a, const SemioFinding *b)
{
  return a->run_id == b->run_id && a->recording_id == b->recording_id && a->kind == b->kind && a->feature == b->feature
         && a->segment == b->segment;
}

/* Takes the finding. Later attempts and, after a merge, later imports stand for earlier ones unless they failed. */
static void
keep (GArray *findings, SemioFinding *finding)
{
  SemioFinding *last = findings->len > 0 ? &g_array_index (findings, SemioFinding, findings->len - 1) : NULL;

  if (last == NULL || !is_same_key (last, finding))
    g_array_append_vals (findings, finding, 1);
  else if (finding->failed && !last->failed)
    semio_finding_clear (finding);
  else
    {
      semio_finding_clear (last);
      *last = *finding;
    }
}

static GArray *
new_findings (void)
{
  GArray *findings = g_array_new (FALSE, TRUE, sizeof (SemioFinding));

  g_array_set_clear_func (findings, (GDestroyNotify) semio_finding_clear);
  return findings;
}

/* Kinds of newer programs are passed over. */
static gboolean
is_known (SemioStatement *statement)
{
  const gint64 kind = semio_statement_get_int (statement, 3);

  return kind >= 0 && kind < SEMIO_N_FINDING_KINDS;
}

/* sql takes a voice and a recording; each reads what only it has. */
static GArray *
load (SemioDatabase *database, const char *sql, gint64 voice_id, gint64 recording_id,
      void (*read_rest) (SemioStatement *statement, SemioFinding *finding), GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  g_autoptr (GArray) findings = new_findings ();
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, voice_id);
  semio_statement_bind_int (statement, 2, recording_id);
  while (TRUE)
    {
      SemioFinding finding;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&findings);
      if (!is_known (statement))
        continue;
      finding = read_common (statement);
      read_rest (statement, &finding);
      keep (findings, &finding);
    }
}

static void
read_of_reference (SemioStatement *statement, SemioFinding *finding)
{
  finding->precision_ns = semio_statement_get_int (statement, 6);
}

static void
read_of_run (SemioStatement *statement, SemioFinding *finding)
{
  finding->failed = semio_statement_get_int (statement, 6) == SEMIO_ANSWER_FAIL;
  finding->run_id = semio_statement_get_int (statement, 8);
  finding->segment = (int) semio_statement_get_int (statement, 9);
}

GArray *
semio_finding_table_load_reference (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error)
{
  return load (database, REFERENCE_SQL, set_id, recording_id, read_of_reference, error);
}

GArray *
semio_finding_table_load_runs (SemioDatabase *database, gint64 run_id, gint64 recording_id, GError **error)
{
  return load (database, RUNS_SQL, run_id, recording_id, read_of_run, error);
}
