/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-import-table.h"
#include "semio-live-private.h"
#include "semio-merge-private.h"

/* The clock is read once in so many rows. */
#define ROWS_PER_LOOK 16

static const char *IMPORTS_SQL =
    "SELECT i.id, i.uuid, r.uuid, s.uuid, l.uuid FROM import AS i"
    " LEFT JOIN run AS r ON r.id = i.run_id LEFT JOIN reference_set AS s ON s.id = i.reference_set_id"
    " LEFT JOIN live AS l ON l.id = i.live_id WHERE i.state = 1 ORDER BY i.uuid";
static const char *HAS_IMPORT_SQL = "SELECT 1 FROM import WHERE uuid = ?1 AND state = 1";
static const char *SET_ASIDE_SQL = "UPDATE import SET uuid = ?2 WHERE uuid = ?1 AND state = 0";
static const char *SHOW_IMPORT_SQL = "UPDATE import SET uuid = ?2, state = 1, owner = '', touched_utc_us = 0"
                                     " WHERE id = ?1 AND state = 0";
static const char *PART_SQL = "INSERT OR IGNORE INTO coverage (recording_id, run_id, import_id, answered, ratable)"
                              " VALUES (?1, ?2, ?3, x'', x'')";
static const char *FILL_PART_SQL = "UPDATE coverage SET answered = ?4, ratable = ?5"
                                   " WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3";
static const char *COVERAGE_SQL = "SELECT answered, ratable FROM coverage"
                                  " WHERE recording_id = ?1 AND run_id = ?2 AND import_id = ?3";
static const char *HAS_LIVE_SQL = "SELECT 1 FROM prediction AS p CROSS JOIN import AS i ON i.id = p.import_id"
                                  " CROSS JOIN live AS l ON l.id = i.live_id WHERE p.recording_id = ?1 AND p.run_id = ?2"
                                  " AND p.feature_id = ?3 AND p.segment = ?4 AND p.kind = ?5 AND p.attempt = ?6"
                                  " AND l.uuid = ?7 AND i.state = 1";
static const char *NEWEST_PART_SQL = "SELECT coalesce (max (i.id), 0) FROM import AS i JOIN live AS l ON l.id = i.live_id"
                                     " WHERE l.uuid = ?1 AND i.state = 1";
static const char *MARK_LIVE_SQL = "UPDATE import SET live_id = ?2 WHERE id = ?1";
static const char *SHOW_LIVE_SQL = "UPDATE import SET state = 1, owner = '', touched_utc_us = 0 WHERE id = ?1 AND state = 0";
#define PART_COLUMNS 3

/* What is staged, in this order. Of types each letter is a column: 'I' import, 'R' recording, 'U' run, 'S' reference set, 'F'
 * feature: mapped; others as they are. Coverage comes before what it covers: what a dead program left is found by it. */
typedef struct {
  const char *read_sql;
  const char *add_sql; /* NULL for media, which belong to no import */
  const char *types;
  gboolean is_part; /* rows belong to a recording and run of an import */
  SemioMergeThing counted; /* SEMIO_MERGE_N_THINGS: not */
} Table;

static const Table tables[] = {
  { "SELECT content, size_bytes, width_px, height_px, rate, duration_ns, n_frames, sound, warnings, frame_index, poster"
    " FROM medium",
    NULL, NULL, FALSE, SEMIO_MERGE_N_THINGS },
  { "SELECT import_id, recording_id, run_id, answered, ratable FROM coverage",
    "INSERT OR IGNORE INTO coverage (import_id, recording_id, run_id, answered, ratable) VALUES (?1, ?2, ?3, ?4, ?5)", "IRUbb",
    FALSE, SEMIO_MERGE_N_THINGS },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, answer, onset_ns, end_ns, score FROM prediction",
    "INSERT OR IGNORE INTO prediction (import_id, recording_id, run_id, feature_id, segment, kind, attempt, answer, onset_ns,"
    " end_ns, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    "IRUFiiiiiid", TRUE, SEMIO_MERGE_ANSWER },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, text FROM explanation",
    "INSERT OR IGNORE INTO explanation (import_id, recording_id, run_id, feature_id, segment, kind, attempt, text)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "IRUFiiit", TRUE, SEMIO_MERGE_N_THINGS },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, state, http_status, finish_reason, problem,"
    " prompt_tokens, cached_tokens, completion_tokens, first_us, total_us, utc_us, request, host FROM reply",
    "INSERT OR IGNORE INTO reply (import_id, recording_id, run_id, feature_id, segment, kind, attempt, state, http_status,"
    " finish_reason, problem, prompt_tokens, cached_tokens, completion_tokens, first_us, total_us, utc_us, request, host)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    "IRUFiiiiittiiiiiibt", TRUE, SEMIO_MERGE_N_THINGS },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, reasoning, raw FROM reply_body",
    "INSERT OR IGNORE INTO reply_body (import_id, recording_id, run_id, feature_id, segment, kind, attempt, reasoning, raw)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "IRUFiiitb", TRUE, SEMIO_MERGE_N_THINGS },
  { "SELECT import_id, recording_id, reference_set_id, feature_id, answer, begin_ns, end_ns FROM label",
    "INSERT OR IGNORE INTO label (import_id, recording_id, reference_set_id, feature_id, answer, begin_ns, end_ns)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    "IRSFiii", FALSE, SEMIO_MERGE_LABEL },
  { "SELECT import_id, recording_id, reference_set_id, onset_ns, offset_ns, precision_ns, type FROM event",
    "INSERT OR IGNORE INTO event (import_id, recording_id, reference_set_id, onset_ns, offset_ns, precision_ns, type)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    "IRSiiit", FALSE, SEMIO_MERGE_EVENT },
  { "SELECT import_id, recording_id, reference_set_id, feature_id, kind, begin_ns, end_ns, precision_ns, text FROM finding",
    "INSERT OR IGNORE INTO finding (import_id, recording_id, reference_set_id, feature_id, kind, begin_ns, end_ns, precision_ns,"
    " text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "IRSFiiiit", FALSE, SEMIO_MERGE_FINDING },
};

static GHashTable *
new_map (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
put (GHashTable *map, gint64 theirs, gint64 ours)
{
  g_hash_table_insert (map, g_memdup2 (&theirs, sizeof theirs), g_memdup2 (&ours, sizeof ours));
}

static gboolean
map_identity (SemioMerge *merge, SemioDatabase *database, SemioIdentity identity, gint64 theirs, gint64 *ours, GError **error)
{
  const gint64 *known = g_hash_table_lookup (merge->ids[identity], &theirs);
  SemioUuid uuid;

  if (known != NULL)
    {
      *ours = *known;
      return TRUE;
    }
  if (!semio_identity_get_uuid (merge->other, identity, theirs, &uuid, error)
      || !semio_identity_ensure (database, identity, &uuid, ours, error))
    return FALSE;
  put (merge->ids[identity], theirs, *ours);
  return TRUE;
}

static gboolean
map_feature (SemioMerge *merge, SemioDatabase *database, gint64 theirs, gint64 *ours, GError **error)
{
  const gint64 *known = g_hash_table_lookup (merge->feature_ids, &theirs);
  g_autofree char *name = NULL;

  if (known != NULL)
    {
      *ours = *known;
      return TRUE;
    }
  name = semio_identity_get_feature (merge->other, theirs, error);
  if (name == NULL || !semio_identity_ensure_feature (database, name, ours, error))
    return FALSE;
  put (merge->feature_ids, theirs, *ours);
  return TRUE;
}

void
semio_merge_copy_column (SemioStatement *from, int column, SemioStatement *to, int parameter, char type)
{
  gsize length;
  const void *data;

  if (semio_statement_is_null (from, column))
    semio_statement_bind_null (to, parameter);
  else if (type == 't')
    semio_statement_bind_text (to, parameter, semio_statement_get_text (from, column));
  else if (type == 'd')
    semio_statement_bind_double (to, parameter, semio_statement_get_double (from, column));
  else if (type == 'b')
    {
      data = semio_statement_get_blob (from, column, &length);
      semio_statement_bind_blob (to, parameter, data, length);
    }
  else
    semio_statement_bind_int (to, parameter, semio_statement_get_int (from, column));
}

void
semio_merge_clear_cells (SemioMerge *merge)
{
  semio_merge_clear_media (merge);
  g_clear_pointer (&merge->read, semio_statement_free);
  g_clear_pointer (&merge->imports, g_array_unref);
  g_clear_pointer (&merge->import_ids, g_hash_table_unref);
  g_clear_pointer (&merge->live_places, g_hash_table_unref);
  g_clear_pointer (&merge->feature_ids, g_hash_table_unref);
  for (guint i = 0; i < G_N_ELEMENTS (merge->ids); i++)
    g_clear_pointer (&merge->ids[i], g_hash_table_unref);
}

static gboolean
has_import (SemioDatabase *database, const SemioUuid *uuid, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HAS_IMPORT_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, uuid);
  return semio_statement_step (statement, has, error);
}

static gboolean
gather_imports (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, IMPORTS_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioMergeImport import = { 0 };
      gboolean has;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      import.other_id = semio_statement_get_int (read, 0);
      import.uuid = semio_statement_get_uuid (read, 1);
      if (!semio_statement_is_null (read, 2))
        import.run = semio_statement_get_uuid (read, 2);
      if (!semio_statement_is_null (read, 3))
        import.set = semio_statement_get_uuid (read, 3);
      if (!semio_statement_is_null (read, 4))
        {
          import.live = semio_statement_get_uuid (read, 4);
          put (merge->live_places, import.other_id, merge->imports->len);
          g_array_append_val (merge->imports, import);
          continue;
        }
      if (!has_import (database, &import.uuid, &has, error))
        return FALSE;
      if (!has)
        g_array_append_val (merge->imports, import);
    }
}

gboolean
semio_merge_gather_cells (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  merge->imports = g_array_new (FALSE, FALSE, sizeof (SemioMergeImport));
  merge->import_ids = new_map ();
  merge->live_places = new_map ();
  merge->feature_ids = new_map ();
  for (guint i = 0; i < G_N_ELEMENTS (merge->ids); i++)
    merge->ids[i] = new_map ();
  return semio_merge_gather_media (merge, database, cancellable, error) && gather_imports (merge, database, error);
}

static gboolean
ensure_owner (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id, GError **error)
{
  *id = 0;
  return semio_uuid_is_nil (uuid) || semio_identity_ensure (database, identity, uuid, id, error);
}

static gboolean
get_newest_part (SemioDatabase *database, const SemioUuid *live, gint64 *import_id, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, NEWEST_PART_SQL, error);
  gboolean has_row;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_uuid (find, 1, live);
  if (!semio_statement_step (find, &has_row, error))
    return FALSE;
  *import_id = has_row ? semio_statement_get_int (find, 0) : 0;
  return TRUE;
}

static gboolean
mark_live (SemioDatabase *database, SemioMergeImport *import, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, MARK_LIVE_SQL, error);
  gint64 live_id;

  if (update == NULL || !get_newest_part (database, &import->live, &import->newest_part, error)
      || !semio_identity_ensure (database, SEMIO_IDENTITY_LIVE, &import->live, &live_id, error))
    return FALSE;
  semio_statement_bind_int (update, 1, import->staged_id);
  semio_statement_bind_int (update, 2, live_id);
  return semio_statement_run (update, error);
}

static gboolean
begin_import (SemioMerge *merge, SemioDatabase *database, SemioMergeImport *import, GError **error)
{
  const gboolean is_live = !semio_uuid_is_nil (&import->live);
  const SemioUuid uuid = is_live ? semio_live_make_part (&import->live) : semio_uuid_new ();
  gint64 run_id, set_id;

  if (!ensure_owner (database, SEMIO_IDENTITY_RUN, &import->run, &run_id, error)
      || !ensure_owner (database, SEMIO_IDENTITY_REFERENCE_SET, &import->set, &set_id, error))
    return FALSE;
  import->staged_id = semio_import_table_begin (database, &uuid, run_id, set_id, error);
  if (import->staged_id == 0)
    return FALSE;
  put (merge->import_ids, import->other_id, import->staged_id);
  return !is_live || mark_live (database, import, error);
}

gboolean
semio_merge_begin (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  for (guint i = 0; i < merge->imports->len; i++)
    {
      SemioMergeImport *import = &g_array_index (merge->imports, SemioMergeImport, i);

      /* Live ones only when it is seen that something of them is not here. */
      if (semio_uuid_is_nil (&import->live) && !begin_import (merge, database, import, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_row (SemioMerge *merge, SemioDatabase *database, SemioStatement *add, const char *types, gint64 *ids, GError **error)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      const gint64 theirs = semio_statement_get_int (merge->read, i);
      gint64 ours = theirs;

      if (types[i] == 'I')
        ours = *(const gint64 *) g_hash_table_lookup (merge->import_ids, &theirs);
      else if (types[i] == 'R' && !map_identity (merge, database, SEMIO_IDENTITY_RECORDING, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'U' && !map_identity (merge, database, SEMIO_IDENTITY_RUN, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'S' && !map_identity (merge, database, SEMIO_IDENTITY_REFERENCE_SET, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'F' && !map_feature (merge, database, theirs, &ours, error))
        return FALSE;
      if (i < PART_COLUMNS)
        ids[i] = ours;
      if (g_ascii_isupper (types[i]))
        semio_statement_bind_int (add, i + 1, ours);
      else
        semio_merge_copy_column (merge->read, i, add, i + 1, types[i]);
    }
  return TRUE;
}

/* Says of a live part what the other copy says of it; the rest of it is here already. */
static gboolean
fill_part (SemioMerge *merge, SemioDatabase *database, const gint64 *ids, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, COVERAGE_SQL, error);
  g_autoptr (SemioStatement) fill = read != NULL ? semio_database_prepare (database, FILL_PART_SQL, error) : NULL;
  gboolean has_row;

  if (fill == NULL)
    return FALSE;
  semio_statement_bind_int (read, 1, semio_statement_get_int (merge->read, 1));
  semio_statement_bind_int (read, 2, semio_statement_get_int (merge->read, 2));
  semio_statement_bind_int (read, 3, semio_statement_get_int (merge->read, 0));
  if (!semio_statement_step (read, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  semio_statement_bind_int (fill, 1, ids[1]);
  semio_statement_bind_int (fill, 2, ids[2]);
  semio_statement_bind_int (fill, 3, ids[0]);
  semio_merge_copy_column (read, 0, fill, 4, 'b');
  semio_merge_copy_column (read, 1, fill, 5, 'b');
  return semio_statement_run (fill, error);
}

/* A copy whose coverage lacks a row would leave rows that nothing finds. */
static gboolean
ensure_part (SemioMerge *merge, SemioDatabase *database, const gint64 *ids, gboolean is_live, GError **error)
{
  g_autoptr (SemioStatement) add = NULL;

  if (memcmp (merge->part, ids, sizeof merge->part) == 0)
    return TRUE;
  add = semio_database_prepare (database, PART_SQL, error);
  if (add == NULL)
    return FALSE;
  semio_statement_bind_int (add, 1, ids[1]);
  semio_statement_bind_int (add, 2, ids[2]);
  semio_statement_bind_int (add, 3, ids[0]);
  memcpy (merge->part, ids, sizeof merge->part);
  return semio_statement_run (add, error) && (!is_live || fill_part (merge, database, ids, error));
}

/* Whether a live answer is here: what belongs to an answer came with it. */
static gboolean
has_live_row (SemioMerge *merge, SemioDatabase *database, const SemioMergeImport *import, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, HAS_LIVE_SQL, error);
  gint64 recording_id, run_id, feature_id;

  if (find == NULL
      || !map_identity (merge, database, SEMIO_IDENTITY_RECORDING, semio_statement_get_int (merge->read, 1), &recording_id, error)
      || !map_identity (merge, database, SEMIO_IDENTITY_RUN, semio_statement_get_int (merge->read, 2), &run_id, error)
      || !map_feature (merge, database, semio_statement_get_int (merge->read, 3), &feature_id, error))
    return FALSE;
  semio_statement_bind_int (find, 1, recording_id);
  semio_statement_bind_int (find, 2, run_id);
  semio_statement_bind_int (find, 3, feature_id);
  for (int i = 4; i <= 6; i++)
    semio_statement_bind_int (find, i, semio_statement_get_int (merge->read, i));
  semio_statement_bind_uuid (find, 7, &import->live);
  return semio_statement_step (find, has, error);
}

/* *wanted: the row that was read belongs to what is staged. */
static gboolean
want_row (SemioMerge *merge, SemioDatabase *database, const Table *table, gboolean *wanted, GError **error)
{
  const gint64 other_id = semio_statement_get_int (merge->read, 0);
  const gint64 *place = g_hash_table_lookup (merge->live_places, &other_id);
  SemioMergeImport *import;
  gboolean has;

  *wanted = g_hash_table_contains (merge->import_ids, &other_id);
  if (place == NULL)
    return TRUE;
  import = &g_array_index (merge->imports, SemioMergeImport, *place);
  *wanted = FALSE;
  /* Coverage comes with the first row of a part. */
  if (!table->is_part)
    return TRUE;
  if (!has_live_row (merge, database, import, &has, error))
    return FALSE;
  *wanted = !has;
  return has || import->staged_id != 0 || begin_import (merge, database, import, error);
}

static gboolean
stage_row (SemioMerge *merge, SemioDatabase *database, const Table *table, GError **error)
{
  g_autoptr (SemioStatement) add = NULL;
  gint64 ids[PART_COLUMNS] = { 0 };
  gboolean wanted;
  gint64 other_id;

  if (table->add_sql == NULL)
    return semio_merge_stage_medium (merge, database, error);
  if (!want_row (merge, database, table, &wanted, error))
    return FALSE;
  if (!wanted)
    return TRUE;
  other_id = semio_statement_get_int (merge->read, 0);
  add = semio_database_prepare (database, table->add_sql, error);
  if (add == NULL || !copy_row (merge, database, add, table->types, ids, error)
      || (table->is_part && !ensure_part (merge, database, ids, g_hash_table_contains (merge->live_places, &other_id), error))
      || !semio_statement_run (add, error))
    return FALSE;
  if (table->counted != SEMIO_MERGE_N_THINGS)
    merge->counts.n_things[table->counted] += 1;
  return TRUE;
}

/* Goes on where the last slice ended: the statement on the other copy stays where it is. */
static gboolean
stage_table (SemioMerge *merge, SemioDatabase *database, const Table *table, gint64 until_us, gboolean *done, GError **error)
{
  gboolean has_row;

  *done = FALSE;
  if (merge->read == NULL)
    merge->read = semio_database_prepare (merge->other, table->read_sql, error);
  if (merge->read == NULL)
    return FALSE;
  for (guint row = 1;; row++)
    {
      if (!semio_statement_step (merge->read, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (!stage_row (merge, database, table, error))
        return FALSE;
      if (row % ROWS_PER_LOOK == 0 && g_get_monotonic_time () >= until_us)
        return TRUE;
    }
  g_clear_pointer (&merge->read, semio_statement_free);
  *done = TRUE;
  return TRUE;
}

gboolean
semio_merge_stage (SemioMerge *merge, SemioDatabase *database, gint64 until_us, gboolean *done, GError **error)
{
  *done = FALSE;
  for (guint i = 0; i < merge->imports->len; i++)
    {
      const gint64 staged_id = g_array_index (merge->imports, SemioMergeImport, i).staged_id;

      if (staged_id != 0 && !semio_import_table_touch (database, staged_id, error))
        return FALSE;
    }
  for (; merge->table < G_N_ELEMENTS (tables); merge->table++)
    {
      const Table *table = &tables[merge->table];
      gboolean table_done;

      if (table->add_sql != NULL && merge->imports->len == 0)
        continue;
      if (!stage_table (merge, database, table, until_us, &table_done, error))
        return FALSE;
      if (!table_done)
        return TRUE;
    }
  *done = TRUE;
  return TRUE;
}

gboolean
semio_merge_discard (SemioMerge *merge, SemioDatabase *database, gboolean *done, GError **error)
{
  *done = TRUE;
  for (guint i = 0; merge->imports != NULL && i < merge->imports->len; i++)
    {
      SemioMergeImport *import = &g_array_index (merge->imports, SemioMergeImport, i);
      gboolean import_done;

      if (import->staged_id == 0)
        continue;
      if (!semio_import_table_discard_slice (database, import->staged_id, &import_done, error))
        return FALSE;
      if (import_done)
        import->staged_id = 0;
      *done = FALSE;
      return TRUE;
    }
  return TRUE;
}

static gboolean
refuse_twice (GError **error)
{
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_BUSY,
                       _ ("The same copy was merged at the same time. Nothing was changed; merge again."));
  return FALSE;
}

/* Makes the rows of a staged import seen. uuid: (nullable) the identity that it gets. */
static gboolean
show_staged (SemioDatabase *database, gint64 staged_id, const SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) show = semio_database_prepare (database, uuid != NULL ? SHOW_IMPORT_SQL : SHOW_LIVE_SQL, error);

  if (show == NULL)
    return FALSE;
  semio_statement_bind_int (show, 1, staged_id);
  if (uuid != NULL)
    semio_statement_bind_uuid (show, 2, uuid);
  if (!semio_statement_run (show, error))
    return FALSE;
  if (semio_database_get_n_changes (database) == 1)
    return TRUE;
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                       _ ("The merge rested for too long and was cleared away. Start it again."));
  return FALSE;
}

static gboolean
show_import (SemioDatabase *database, const SemioMergeImport *import, GError **error)
{
  g_autoptr (SemioStatement) aside = semio_database_prepare (database, SET_ASIDE_SQL, error);
  const SemioUuid other = semio_uuid_new ();
  gboolean has;

  if (aside == NULL || !has_import (database, &import->uuid, &has, error))
    return FALSE;
  if (has)
    return refuse_twice (error);
  /* A copy that was made in the middle of the import holds an unfinished row of it. */
  semio_statement_bind_uuid (aside, 1, &import->uuid);
  semio_statement_bind_uuid (aside, 2, &other);
  return semio_statement_run (aside, error) && show_staged (database, import->staged_id, &import->uuid, error);
}

static gboolean
is_staged_here (SemioMerge *merge, gint64 import_id)
{
  for (guint i = 0; i < merge->imports->len; i++)
    if (g_array_index (merge->imports, SemioMergeImport, i).staged_id == import_id)
      return TRUE;
  return FALSE;
}

static gboolean
show_live (SemioMerge *merge, SemioDatabase *database, const SemioMergeImport *import, GError **error)
{
  gint64 newest;

  if (!get_newest_part (database, &import->live, &newest, error))
    return FALSE;
  if (newest != import->newest_part && !is_staged_here (merge, newest))
    return refuse_twice (error);
  return show_staged (database, import->staged_id, NULL, error);
}

gboolean
semio_merge_write_cells (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  for (guint i = 0; i < merge->imports->len; i++)
    {
      const SemioMergeImport *import = &g_array_index (merge->imports, SemioMergeImport, i);

      if (import->staged_id == 0)
        continue;
      if (!(semio_uuid_is_nil (&import->live) ? show_import (database, import, error)
                                              : show_live (merge, database, import, error)))
        return FALSE;
      merge->counts.n_imports += 1;
    }
  return semio_merge_write_media (merge, database, error);
}
