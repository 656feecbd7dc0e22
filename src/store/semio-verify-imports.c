/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What imports brought, against what their entries say that they brought. Answers of models that were asked stand apart. */
#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-error.h"
#include "semio-identity.h"
#include "semio-import-digest.h"
#include "semio-verify-chains.h"

#define ROWS_PER_LOOK 5000
#define FIRST_NUMBER 4
#define MAX_NUMBERS 6
#define SCORE_COLUMN (FIRST_NUMBER + MAX_NUMBERS)

/* Import, recording, feature, the text's column; then the numbers, of which an unknown time is the least there is. */
static const struct {
  const char *sql;
  guint n_numbers;
} parts[] = {
  { "SELECT p.import_id, p.recording_id, f.name, NULL, p.segment, p.kind, p.attempt, p.answer, p.onset_ns, p.end_ns, p.score"
    " FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id CROSS JOIN feature AS f ON f.id = p.feature_id"
    " WHERE i.live_id IS NULL",
    6 },
  { "SELECT x.import_id, x.recording_id, f.name, x.text, x.segment, x.kind, x.attempt FROM explanation AS x"
    " CROSS JOIN import AS i ON i.id = x.import_id CROSS JOIN feature AS f ON f.id = x.feature_id WHERE i.live_id IS NULL",
    3 },
  { "SELECT l.import_id, l.recording_id, f.name, NULL, l.answer, l.begin_ns, l.end_ns FROM label AS l"
    " JOIN feature AS f ON f.id = l.feature_id",
    3 },
  { "SELECT e.import_id, e.recording_id, '', e.type, e.onset_ns, e.offset_ns, e.precision_ns FROM event AS e", 3 },
  { "SELECT d.import_id, d.recording_id, f.name, d.text, d.kind, d.begin_ns, d.end_ns, d.precision_ns FROM finding AS d"
    " JOIN feature AS f ON f.id = d.feature_id",
    4 },
};

static const char *IMPORT_SQL = "SELECT i.id, coalesce (t.text, u.text) FROM import AS i LEFT JOIN run AS r ON r.id = i.run_id"
                                " LEFT JOIN entry_text AS t ON t.hash = r.name_hash"
                                " LEFT JOIN reference_set AS s ON s.id = i.reference_set_id"
                                " LEFT JOIN entry_text AS u ON u.hash = s.name_hash WHERE i.uuid = ?1 AND i.state = 1";
static const char *SET_NAME_SQL = "SELECT t.text FROM reference_set AS s JOIN import AS i ON i.reference_set_id = s.id"
                                  " JOIN entry_text AS t ON t.hash = s.name_hash WHERE i.id = ?1";
static const char *STATE_SQL = "SELECT id FROM import WHERE state = 1 AND live_id IS NULL";

typedef struct {
  SemioVerify *verify;
  GHashTable *digests; /* import's local id → SemioImportDigest */
  GHashTable *entered; /* local ids that an entry speaks of */
  GHashTable *uuids; /* recording's local id → SemioUuid */
  guint n_older;
  GCancellable *cancellable;
} Imports;

static gboolean
find_recording (Imports *imports, gint64 id, const SemioUuid **uuid, GError **error)
{
  SemioUuid found;

  *uuid = g_hash_table_lookup (imports->uuids, &id);
  if (*uuid != NULL)
    return TRUE;
  if (!semio_identity_get_uuid (imports->verify->database, SEMIO_IDENTITY_RECORDING, id, &found, error))
    return FALSE;
  *uuid = g_memdup2 (&found, sizeof found);
  g_hash_table_insert (imports->uuids, g_memdup2 (&id, sizeof id), (gpointer) *uuid);
  return TRUE;
}

static gboolean
add_row (Imports *imports, SemioImportPart part, SemioStatement *statement, GError **error)
{
  const gint64 id = semio_statement_get_int (statement, 0);
  SemioImportDigest *digest = g_hash_table_lookup (imports->digests, &id);
  const SemioUuid *recording;
  gint64 numbers[MAX_NUMBERS];

  if (!find_recording (imports, semio_statement_get_int (statement, 1), &recording, error))
    return FALSE;
  if (digest == NULL)
    {
      digest = g_new0 (SemioImportDigest, 1);
      g_hash_table_insert (imports->digests, g_memdup2 (&id, sizeof id), digest);
    }
  for (guint i = 0; i < parts[part].n_numbers; i++)
    numbers[i] = semio_statement_get_time (statement, FIRST_NUMBER + (int) i);
  if (part == SEMIO_IMPORT_PART_ANSWERS)
    {
      const gboolean has_score = !semio_statement_is_null (statement, SCORE_COLUMN);
      const SemioImportAnswer answer = { numbers[0], numbers[1],
                                         numbers[2], numbers[3],
                                         numbers[4], numbers[5],
                                         has_score,  has_score ? semio_statement_get_double (statement, SCORE_COLUMN) : 0 };

      semio_import_digest_add_answer (digest, recording, semio_statement_get_text (statement, 2), &answer);
      return TRUE;
    }
  semio_import_digest_add (digest, part, recording, semio_statement_get_text (statement, 2), numbers, parts[part].n_numbers,
                           semio_statement_get_text (statement, 3));
  return TRUE;
}

static gboolean
read_part (Imports *imports, SemioImportPart part, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (imports->verify->database, parts[part].sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  for (guint row = 0;; row++)
    {
      if (row % ROWS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (imports->cancellable, error))
        return FALSE;
      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (!add_row (imports, part, statement, error))
        return FALSE;
    }
}

static char *
get_set_name (Imports *imports, gint64 id, const char *fallback)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (imports->verify->database, SET_NAME_SQL, NULL);
  gboolean has_row;

  if (statement == NULL)
    return g_strdup (fallback);
  semio_statement_bind_int (statement, 1, id);
  if (!semio_statement_step (statement, &has_row, NULL) || !has_row)
    return g_strdup (fallback);
  return semio_statement_dup_text (statement, 0);
}

static void
tell (Imports *imports, SemioImportPart part, gint64 id, const char *name, gint64 stands, gint64 brought)
{
  g_autofree char *set = get_set_name (imports, id, name);
  const int n_stands = (int) stands;
  const int n_brought = (int) brought;

  switch (part)
    {
    case SEMIO_IMPORT_PART_ANSWERS:
      semio_verify_find (imports->verify,
                         _ ("The answers of run “%s” are not those that were imported: %d stand where %d were brought in. Import "
                            "the file again as another run to see which differ."),
                         name, n_stands, n_brought);
      break;
    case SEMIO_IMPORT_PART_EXPLANATIONS:
      semio_verify_find (imports->verify,
                         _ ("The explanations of run “%s” are not those that were imported: %d stand where %d were brought in. "
                            "Import the file again as another run to see which differ."),
                         name, n_stands, n_brought);
      break;
    case SEMIO_IMPORT_PART_LABELS:
      semio_verify_find (imports->verify,
                         _ ("The labels of reference set “%s” are not those that were imported: %d stand where %d were brought "
                            "in. Import the file again as another set to see which differ."),
                         set, n_stands, n_brought);
      break;
    case SEMIO_IMPORT_PART_FINDINGS:
      semio_verify_find (imports->verify,
                         _ ("What reference set “%s” says beside its labels (explanations, onsets, sides, order, reports) is not "
                            "what was imported: %d stand where %d were brought in. Import the file again as another set to see "
                            "which differ."),
                         set, n_stands, n_brought);
      break;
    case SEMIO_IMPORT_PART_EVENTS:
    case SEMIO_IMPORT_PART_REPLIES:
    case SEMIO_IMPORT_N_PARTS:
    default:
      semio_verify_find (imports->verify,
                         _ ("The event times of reference set “%s” are not those that were imported: %d stand where %d were "
                            "brought in. Import the file again as another set to see which differ."),
                         set, n_stands, n_brought);
      break;
    }
}

static gboolean
check_import (SemioEntry *entry, gpointer user_data, GError **error)
{
  Imports *imports = user_data;
  g_autoptr (SemioStatement) find = semio_database_prepare (imports->verify->database, IMPORT_SQL, error);
  const SemioImportDigest *stands;
  const SemioImportDigest none = { 0 };
  SemioImportDigest brought;
  g_autofree char *name = NULL;
  SemioUuid uuid;
  gboolean has_row;
  gint64 id;

  if (find == NULL)
    return FALSE;
  if (!semio_entry_payload_get_uuid (entry->payload, "import", &uuid, NULL))
    return TRUE;
  semio_statement_bind_uuid (find, 1, &uuid);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      char text[SEMIO_UUID_TEXT];

      semio_uuid_format (&uuid, text);
      semio_verify_find (imports->verify, _ ("Import %s, which an entry speaks of, is not in the file any more."), text);
      return TRUE;
    }
  id = semio_statement_get_int (find, 0);
  name = semio_statement_is_null (find, 1) ? g_strdup ("?") : semio_statement_dup_text (find, 1);
  g_hash_table_add (imports->entered, g_memdup2 (&id, sizeof id));
  if (!semio_import_digest_from_json (entry->payload, &brought))
    {
      imports->n_older += 1;
      return TRUE;
    }
  stands = g_hash_table_lookup (imports->digests, &id);
  if (stands == NULL)
    stands = &none;
  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    if (!semio_import_digest_part_equal (stands, &brought, part))
      tell (imports, part, id, name, stands->n_rows[part], brought.n_rows[part]);
  return TRUE;
}

static gboolean
check_without_entry (Imports *imports, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (imports->verify->database, STATE_SQL, error);
  guint n_strange = 0;
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  while (TRUE)
    {
      gint64 id;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      id = semio_statement_get_int (read, 0);
      n_strange += !g_hash_table_contains (imports->entered, &id) && g_hash_table_contains (imports->digests, &id);
    }
  if (n_strange > 0)
    semio_verify_find (imports->verify,
                       ngettext ("%u import stands in the file that no entry speaks of.",
                                 "%u imports stand in the file that no entry speaks of.", n_strange),
                       n_strange);
  return TRUE;
}

gboolean
semio_verify_imports (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (GHashTable) entered = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) uuids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Imports imports = { verify, digests, entered, uuids, 0, cancellable };
  g_autoptr (GError) local = NULL;

  for (guint part = 0; part < G_N_ELEMENTS (parts); part++)
    {
      if (progress != NULL)
        progress ((double) part / G_N_ELEMENTS (parts), _ ("Checking what was imported"), progress_data);
      if (!read_part (&imports, part, error))
        return FALSE;
    }
  if (!semio_entry_table_foreach (verify->database, SEMIO_ENTRY_IMPORT, check_import, &imports, &local))
    {
      /* An entry that cannot be read was told already. */
      if (local->domain == SEMIO_BASE_ERROR || g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!check_without_entry (&imports, error))
    return FALSE;
  if (imports.n_older > 0)
    semio_verify_remark (verify,
                         ngettext ("%u import is from before the digest: whether its cells were changed cannot be told.",
                                   "%u imports are from before the digest: whether their cells were changed cannot be told.",
                                   imports.n_older),
                         imports.n_older);
  return TRUE;
}
