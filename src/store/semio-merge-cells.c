/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-import-table.h"
#include "semio-merge-private.h"

/* The clock is read once in so many rows. */
#define ROWS_PER_LOOK 16
#define NAMES_PER_LOOK 500

static const char *MEDIUM_SQL = "SELECT content, size_bytes, width_px, height_px, rate, duration_ns, n_frames, sound, warnings,"
                                " frame_index, poster FROM medium WHERE content = ?1";
static const char *FILL_MEDIUM_SQL = "UPDATE medium SET size_bytes = ?2, width_px = ?3, height_px = ?4, rate = ?5,"
                                     " duration_ns = ?6, n_frames = ?7, sound = ?8, warnings = ?9, frame_index = ?10,"
                                     " poster = ?11 WHERE content = ?1 AND frame_index IS NULL";
static const char *NAMES_SQL = "SELECT r.uuid, p.uuid, s.name, s.stem FROM source_name AS s"
                               " LEFT JOIN recording AS r ON r.id = s.recording_id LEFT JOIN patient AS p ON p.id = s.patient_id"
                               " ORDER BY s.id";
static const char *ADD_NAME_SQL = "INSERT OR IGNORE INTO source_name (recording_id, patient_id, name, stem)"
                                  " VALUES (?1, ?2, ?3, ?4)";
static const char *IMPORTS_SQL = "SELECT i.id, i.uuid, r.uuid, s.uuid FROM import AS i LEFT JOIN run AS r ON r.id = i.run_id"
                                 " LEFT JOIN reference_set AS s ON s.id = i.reference_set_id WHERE i.state = 1 ORDER BY i.uuid";
static const char *HAS_IMPORT_SQL = "SELECT 1 FROM import WHERE uuid = ?1 AND state = 1";
static const char *SET_ASIDE_SQL = "UPDATE import SET uuid = ?2 WHERE uuid = ?1 AND state = 0";
static const char *SHOW_IMPORT_SQL = "UPDATE import SET uuid = ?2, state = 1, owner = '', touched_utc_us = 0"
                                     " WHERE id = ?1 AND state = 0";
static const char *HAS_NAME_SQL = "SELECT 1 FROM source_name AS s JOIN recording AS r ON r.id = s.recording_id"
                                  " WHERE r.uuid = ?1 AND s.name = ?2";
static const char *HAS_PATIENT_NAME_SQL = "SELECT 1 FROM source_name AS s JOIN patient AS p ON p.id = s.patient_id"
                                          " WHERE p.uuid = ?1 AND s.name = ?2";
static const char *NO_FACTS_SQL = "SELECT content FROM medium WHERE frame_index IS NULL";
static const char *PART_SQL = "INSERT OR IGNORE INTO coverage (recording_id, run_id, import_id, answered, ratable)"
                              " VALUES (?1, ?2, ?3, x'', x'')";
#define PART_COLUMNS 3

/* What is staged, in this order. Of types each letter is a column: 'I' import, 'R' recording, 'U' run, 'S' reference set, 'F'
 * feature: mapped; others as they are. Coverage comes before what it covers: what a dead program left is found by it. */
typedef struct {
  const char *read_sql;
  const char *add_sql; /* NULL for media, which belong to no import */
  const char *types;
  gboolean is_part; /* rows belong to a recording and run of an import */
  gboolean is_cell; /* is counted */
} Table;

static const Table tables[] = {
  { "SELECT content, size_bytes, width_px, height_px, rate, duration_ns, n_frames, sound, warnings, frame_index, poster"
    " FROM medium",
    NULL, NULL, FALSE, FALSE },
  { "SELECT import_id, recording_id, run_id, answered, ratable FROM coverage",
    "INSERT OR IGNORE INTO coverage (import_id, recording_id, run_id, answered, ratable) VALUES (?1, ?2, ?3, ?4, ?5)", "IRUbb",
    FALSE, FALSE },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, answer FROM prediction",
    "INSERT OR IGNORE INTO prediction (import_id, recording_id, run_id, feature_id, segment, kind, attempt, answer)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "IRUFiiii", TRUE, TRUE },
  { "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, text FROM explanation",
    "INSERT OR IGNORE INTO explanation (import_id, recording_id, run_id, feature_id, segment, kind, attempt, text)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "IRUFiiit", TRUE, FALSE },
  { "SELECT import_id, recording_id, reference_set_id, feature_id, answer, begin_ns, end_ns FROM label",
    "INSERT OR IGNORE INTO label (import_id, recording_id, reference_set_id, feature_id, answer, begin_ns, end_ns)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    "IRSFiii", FALSE, TRUE },
  { "SELECT import_id, recording_id, reference_set_id, onset_ns, offset_ns, precision_ns, type FROM event",
    "INSERT OR IGNORE INTO event (import_id, recording_id, reference_set_id, onset_ns, offset_ns, precision_ns, type)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    "IRSiiit", FALSE, TRUE },
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

static void
copy_column (SemioStatement *from, int column, SemioStatement *to, int parameter, char type)
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

/* A name of a file, or of a patient in files, that is not here. */
typedef struct {
  SemioIdentity of;
  SemioUuid uuid;
  char *name;
  char *stem;
} Name;

static void
clear_name (gpointer data)
{
  Name *name = data;

  g_free (name->name);
  g_free (name->stem);
}

void
semio_merge_clear_cells (SemioMerge *merge)
{
  g_clear_pointer (&merge->read, semio_statement_free);
  g_clear_pointer (&merge->names, g_array_unref);
  g_clear_pointer (&merge->media, g_array_unref);
  g_clear_pointer (&merge->imports, g_array_unref);
  g_clear_pointer (&merge->import_ids, g_hash_table_unref);
  g_clear_pointer (&merge->feature_ids, g_hash_table_unref);
  for (guint i = 0; i < G_N_ELEMENTS (merge->ids); i++)
    g_clear_pointer (&merge->ids[i], g_hash_table_unref);
}

static gboolean
has_name (SemioDatabase *database, const Name *name, gboolean *has, GError **error)
{
  const char *sql = name->of == SEMIO_IDENTITY_RECORDING ? HAS_NAME_SQL : HAS_PATIENT_NAME_SQL;
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, &name->uuid);
  semio_statement_bind_text (statement, 2, name->name);
  return semio_statement_step (statement, has, error);
}

static gboolean
gather_names (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, NAMES_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  for (guint row = 0;; row++)
    {
      Name name;
      gboolean has;

      if (row % NAMES_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      name.of = semio_statement_is_null (read, 0) ? SEMIO_IDENTITY_PATIENT : SEMIO_IDENTITY_RECORDING;
      name.uuid = semio_statement_get_uuid (read, name.of == SEMIO_IDENTITY_RECORDING ? 0 : 1);
      name.name = semio_statement_dup_text (read, 2);
      name.stem = semio_statement_dup_text (read, 3);
      g_array_append_val (merge->names, name);
      if (!has_name (database, &name, &has, error))
        return FALSE;
      if (has)
        g_array_set_size (merge->names, merge->names->len - 1);
    }
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
      if (!has_import (database, &import.uuid, &has, error))
        return FALSE;
      if (!has)
        g_array_append_val (merge->imports, import);
    }
}

static gboolean
gather_media (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, NO_FACTS_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioSha256 content;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      content = semio_statement_get_sha256 (read, 0);
      g_array_append_val (merge->media, content);
    }
}

gboolean
semio_merge_gather_cells (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  merge->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (merge->names, clear_name);
  merge->media = g_array_new (FALSE, FALSE, sizeof (SemioSha256));
  merge->imports = g_array_new (FALSE, FALSE, sizeof (SemioMergeImport));
  merge->import_ids = new_map ();
  merge->feature_ids = new_map ();
  for (guint i = 0; i < G_N_ELEMENTS (merge->ids); i++)
    merge->ids[i] = new_map ();
  return gather_names (merge, database, cancellable, error) && gather_imports (merge, database, error)
         && gather_media (merge, database, error);
}

static gboolean
ensure_owner (SemioDatabase *database, SemioIdentity identity, const SemioUuid *uuid, gint64 *id, GError **error)
{
  *id = 0;
  return semio_uuid_is_nil (uuid) || semio_identity_ensure (database, identity, uuid, id, error);
}

static gboolean
begin_import (SemioMerge *merge, SemioDatabase *database, SemioMergeImport *import, GError **error)
{
  const SemioUuid uuid = semio_uuid_new ();
  gint64 run_id, set_id;

  if (!ensure_owner (database, SEMIO_IDENTITY_RUN, &import->run, &run_id, error)
      || !ensure_owner (database, SEMIO_IDENTITY_REFERENCE_SET, &import->set, &set_id, error))
    return FALSE;
  import->staged_id = semio_import_table_begin (database, &uuid, run_id, set_id, error);
  if (import->staged_id == 0)
    return FALSE;
  put (merge->import_ids, import->other_id, import->staged_id);
  return TRUE;
}

gboolean
semio_merge_begin (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  for (guint i = 0; i < merge->imports->len; i++)
    if (!begin_import (merge, database, &g_array_index (merge->imports, SemioMergeImport, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_medium (SemioMerge *merge, SemioDatabase *database, SemioStatement *read, GError **error)
{
  static const char types[] = "biiidiiiibb";
  g_autoptr (SemioStatement) fill = semio_database_prepare (database, FILL_MEDIUM_SQL, error);

  if (fill == NULL)
    return FALSE;
  for (int i = 0; types[i] != '\0'; i++)
    copy_column (read, i, fill, i + 1, types[i]);
  if (!semio_statement_run (fill, error))
    return FALSE;
  merge->counts.n_media += semio_database_get_n_changes (database) > 0;
  return TRUE;
}

/* A content that nothing here speaks of yet is not seen before the entries of the last step. */
static gboolean
stage_medium (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  const SemioSha256 content = semio_statement_get_sha256 (merge->read, 0);
  gint64 id;

  if (!semio_identity_find_medium (database, &content, &id, error))
    return FALSE;
  return id != 0
         || (semio_identity_ensure_medium (database, &content, &id, error) && fill_medium (merge, database, merge->read, error));
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
        copy_column (merge->read, i, add, i + 1, types[i]);
    }
  return TRUE;
}

/* A copy whose coverage lacks a row would leave rows that nothing finds. */
static gboolean
ensure_part (SemioMerge *merge, SemioDatabase *database, const gint64 *ids, GError **error)
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
  return semio_statement_run (add, error);
}

static gboolean
stage_row (SemioMerge *merge, SemioDatabase *database, const Table *table, GError **error)
{
  g_autoptr (SemioStatement) add = NULL;
  gint64 ids[PART_COLUMNS] = { 0 };
  gint64 import_id;

  if (table->add_sql == NULL)
    return stage_medium (merge, database, error);
  import_id = semio_statement_get_int (merge->read, 0);
  if (!g_hash_table_contains (merge->import_ids, &import_id))
    return TRUE;
  add = semio_database_prepare (database, table->add_sql, error);
  if (add == NULL || !copy_row (merge, database, add, table->types, ids, error)
      || (table->is_part && !ensure_part (merge, database, ids, error)) || !semio_statement_run (add, error))
    return FALSE;
  merge->counts.n_cells += table->is_cell;
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
    if (!semio_import_table_touch (database, g_array_index (merge->imports, SemioMergeImport, i).staged_id, error))
      return FALSE;
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
show_import (SemioDatabase *database, const SemioMergeImport *import, GError **error)
{
  g_autoptr (SemioStatement) aside = semio_database_prepare (database, SET_ASIDE_SQL, error);
  g_autoptr (SemioStatement) show = aside != NULL ? semio_database_prepare (database, SHOW_IMPORT_SQL, error) : NULL;
  const SemioUuid other = semio_uuid_new ();
  gboolean has;

  if (show == NULL || !has_import (database, &import->uuid, &has, error))
    return FALSE;
  if (has)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_BUSY,
                           _ ("The same copy was merged at the same time. Nothing was changed; merge again."));
      return FALSE;
    }
  /* A copy that was made in the middle of the import holds an unfinished row of it. */
  semio_statement_bind_uuid (aside, 1, &import->uuid);
  semio_statement_bind_uuid (aside, 2, &other);
  semio_statement_bind_int (show, 1, import->staged_id);
  semio_statement_bind_uuid (show, 2, &import->uuid);
  if (!semio_statement_run (aside, error) || !semio_statement_run (show, error))
    return FALSE;
  if (semio_database_get_n_changes (database) == 1)
    return TRUE;
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                       _ ("The merge rested for too long and was cleared away. Start it again."));
  return FALSE;
}

static gboolean
write_names (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) add = semio_database_prepare (database, ADD_NAME_SQL, error);

  if (add == NULL)
    return FALSE;
  for (guint i = 0; i < merge->names->len; i++)
    {
      const Name *name = &g_array_index (merge->names, Name, i);
      const gboolean of_recording = name->of == SEMIO_IDENTITY_RECORDING;
      gint64 id;

      if (!semio_identity_ensure (database, name->of, &name->uuid, &id, error))
        return FALSE;
      semio_statement_bind_null (add, of_recording ? 2 : 1);
      semio_statement_bind_int (add, of_recording ? 1 : 2, id);
      semio_statement_bind_text (add, 3, name->name);
      semio_statement_bind_text (add, 4, name->stem);
      if (!semio_statement_run (add, error))
        return FALSE;
    }
  return TRUE;
}

/* What is here without facts is seen already, so it gets them only now. */
static gboolean
write_media (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, MEDIUM_SQL, error);

  if (read == NULL)
    return FALSE;
  for (guint i = 0; i < merge->media->len; i++)
    {
      gboolean has_row;

      semio_statement_bind_sha256 (read, 1, &g_array_index (merge->media, SemioSha256, i));
      if (!semio_statement_step (read, &has_row, error) || (has_row && !fill_medium (merge, database, read, error)))
        return FALSE;
      semio_statement_reset (read);
    }
  return TRUE;
}

gboolean
semio_merge_write_cells (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  for (guint i = 0; i < merge->imports->len; i++)
    if (!show_import (database, &g_array_index (merge->imports, SemioMergeImport, i), error))
      return FALSE;
  merge->counts.n_imports = merge->imports->len;
  return write_media (merge, database, error) && write_names (merge, database, error);
}
