/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-identity.h"
#include "semio-merge-entries.h"

#define ROWS_PER_PROGRESS 5000

static const char *MEDIA_SQL = "SELECT content, size_bytes, width_px, height_px, rate, duration_ns, n_frames, sound, warnings,"
                               " frame_index, poster FROM medium";
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
static const char *ADD_IMPORT_SQL = "INSERT INTO import (uuid, state, run_id, reference_set_id, owner, touched_utc_us)"
                                    " VALUES (?1, 1, ?2, ?3, '', 0)";
static const char *PREDICTIONS_SQL = "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, answer"
                                     " FROM prediction";
static const char *ADD_PREDICTION_SQL = "INSERT OR IGNORE INTO prediction (import_id, recording_id, run_id, feature_id, segment,"
                                        " kind, attempt, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char *EXPLANATIONS_SQL = "SELECT import_id, recording_id, run_id, feature_id, segment, kind, attempt, text"
                                      " FROM explanation";
static const char *ADD_EXPLANATION_SQL =
    "INSERT OR IGNORE INTO explanation (import_id, recording_id, run_id, feature_id, segment,"
    " kind, attempt, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char *COVERAGE_SQL = "SELECT import_id, recording_id, run_id, answered, ratable FROM coverage";
static const char *ADD_COVERAGE_SQL = "INSERT OR IGNORE INTO coverage (import_id, recording_id, run_id, answered, ratable)"
                                      " VALUES (?1, ?2, ?3, ?4, ?5)";
static const char *LABELS_SQL =
    "SELECT import_id, recording_id, reference_set_id, feature_id, answer, begin_ns, end_ns FROM label";
static const char *ADD_LABEL_SQL = "INSERT OR IGNORE INTO label (import_id, recording_id, reference_set_id, feature_id, answer,"
                                   " begin_ns, end_ns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char *EVENTS_SQL =
    "SELECT import_id, recording_id, reference_set_id, onset_ns, offset_ns, precision_ns, type FROM event";
static const char *ADD_EVENT_SQL = "INSERT OR IGNORE INTO event (import_id, recording_id, reference_set_id, onset_ns, offset_ns,"
                                   " precision_ns, type) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/* Local integers of the other file and what they are here. */
typedef struct {
  SemioDatabase *database;
  SemioDatabase *other;
  SemioMergeCounts *counts;
  GHashTable *imports; /* only those that are new here */
  GHashTable *maps[SEMIO_IDENTITY_IMPORT];
  GHashTable *features;
  SemioProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Merge;

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
map_identity (Merge *merge, SemioIdentity identity, gint64 theirs, gint64 *ours, GError **error)
{
  const gint64 *known = g_hash_table_lookup (merge->maps[identity], &theirs);
  SemioUuid uuid;

  if (known != NULL)
    {
      *ours = *known;
      return TRUE;
    }
  if (!semio_identity_get_uuid (merge->other, identity, theirs, &uuid, error)
      || !semio_identity_ensure (merge->database, identity, &uuid, ours, error))
    return FALSE;
  put (merge->maps[identity], theirs, *ours);
  return TRUE;
}

static gboolean
map_feature (Merge *merge, gint64 theirs, gint64 *ours, GError **error)
{
  const gint64 *known = g_hash_table_lookup (merge->features, &theirs);
  g_autofree char *name = NULL;

  if (known != NULL)
    {
      *ours = *known;
      return TRUE;
    }
  name = semio_identity_get_feature (merge->other, theirs, error);
  if (name == NULL || !semio_identity_ensure_feature (merge->database, name, ours, error))
    return FALSE;
  put (merge->features, theirs, *ours);
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

static gboolean
merge_media (Merge *merge, GError **error)
{
  static const char types[] = "biiidiiiibb";
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, MEDIA_SQL, error);
  g_autoptr (SemioStatement) fill = read != NULL ? semio_database_prepare (merge->database, FILL_MEDIUM_SQL, error) : NULL;
  gboolean has_row;

  if (fill == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioSha256 content;
      gint64 id;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      content = semio_statement_get_sha256 (read, 0);
      if (!semio_identity_ensure_medium (merge->database, &content, &id, error))
        return FALSE;
      for (int i = 0; types[i] != '\0'; i++)
        copy_column (read, i, fill, i + 1, types[i]);
      if (!semio_statement_run (fill, error))
        return FALSE;
      merge->counts->n_media += semio_database_get_n_changes (merge->database) > 0;
    }
}

static gboolean
merge_names (Merge *merge, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, NAMES_SQL, error);
  g_autoptr (SemioStatement) add = read != NULL ? semio_database_prepare (merge->database, ADD_NAME_SQL, error) : NULL;
  gboolean has_row;

  if (add == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioIdentity identity;
      SemioUuid uuid;
      gboolean of_recording;
      gint64 id;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      of_recording = !semio_statement_is_null (read, 0);
      identity = of_recording ? SEMIO_IDENTITY_RECORDING : SEMIO_IDENTITY_PATIENT;
      uuid = semio_statement_get_uuid (read, of_recording ? 0 : 1);
      if (!semio_identity_ensure (merge->database, identity, &uuid, &id, error))
        return FALSE;
      semio_statement_bind_null (add, of_recording ? 2 : 1);
      semio_statement_bind_int (add, of_recording ? 1 : 2, id);
      semio_statement_bind_text (add, 3, semio_statement_get_text (read, 2));
      semio_statement_bind_text (add, 4, semio_statement_get_text (read, 3));
      if (!semio_statement_run (add, error))
        return FALSE;
    }
}

static gboolean
bind_owner (Merge *merge, SemioStatement *read, int column, SemioIdentity identity, SemioStatement *add, int parameter,
            GError **error)
{
  SemioUuid uuid;
  gint64 id;

  if (semio_statement_is_null (read, column))
    {
      semio_statement_bind_null (add, parameter);
      return TRUE;
    }
  uuid = semio_statement_get_uuid (read, column);
  if (!semio_identity_ensure (merge->database, identity, &uuid, &id, error))
    return FALSE;
  semio_statement_bind_int (add, parameter, id);
  return TRUE;
}

static gboolean
merge_imports (Merge *merge, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, IMPORTS_SQL, error);
  g_autoptr (SemioStatement) add = read != NULL ? semio_database_prepare (merge->database, ADD_IMPORT_SQL, error) : NULL;
  gboolean has_row;

  if (add == NULL)
    return FALSE;
  while (TRUE)
    {
      SemioUuid uuid;
      gint64 known;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      uuid = semio_statement_get_uuid (read, 1);
      if (!semio_identity_find (merge->database, SEMIO_IDENTITY_IMPORT, &uuid, &known, error))
        return FALSE;
      if (known != 0)
        continue;
      semio_statement_bind_uuid (add, 1, &uuid);
      if (!bind_owner (merge, read, 2, SEMIO_IDENTITY_RUN, add, 2, error)
          || !bind_owner (merge, read, 3, SEMIO_IDENTITY_REFERENCE_SET, add, 3, error) || !semio_statement_run (add, error))
        return FALSE;
      put (merge->imports, semio_statement_get_int (read, 0), semio_database_get_last_row_id (merge->database));
      merge->counts->n_imports += 1;
    }
}

/* One column after another: 'I' import, 'R' recording, 'U' run, 'S' reference set, 'F' feature: mapped; others as they are. */
static gboolean
copy_row (Merge *merge, SemioStatement *read, SemioStatement *add, const char *types, GError **error)
{
  for (int i = 0; types[i] != '\0'; i++)
    {
      const gint64 theirs = semio_statement_get_int (read, i);
      gint64 ours = theirs;

      if (types[i] == 'I')
        ours = *(const gint64 *) g_hash_table_lookup (merge->imports, &theirs);
      else if (types[i] == 'R' && !map_identity (merge, SEMIO_IDENTITY_RECORDING, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'U' && !map_identity (merge, SEMIO_IDENTITY_RUN, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'S' && !map_identity (merge, SEMIO_IDENTITY_REFERENCE_SET, theirs, &ours, error))
        return FALSE;
      else if (types[i] == 'F' && !map_feature (merge, theirs, &ours, error))
        return FALSE;
      if (g_ascii_isupper (types[i]))
        semio_statement_bind_int (add, i + 1, ours);
      else
        copy_column (read, i, add, i + 1, types[i]);
    }
  return semio_statement_run (add, error);
}

static gboolean
copy_table (Merge *merge, const char *read_sql, const char *add_sql, const char *types, guint *n_rows, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (merge->other, read_sql, error);
  g_autoptr (SemioStatement) add = read != NULL ? semio_database_prepare (merge->database, add_sql, error) : NULL;
  gboolean has_row;
  guint row = 0;

  if (add == NULL)
    return FALSE;
  while (TRUE)
    {
      gint64 import_id;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      row += 1;
      if (row % ROWS_PER_PROGRESS == 0)
        {
          if (g_cancellable_set_error_if_cancelled (merge->cancellable, error))
            return FALSE;
          if (merge->progress != NULL)
            merge->progress (-1, _ ("Merging predictions"), merge->progress_data);
        }
      import_id = semio_statement_get_int (read, 0);
      if (!g_hash_table_contains (merge->imports, &import_id))
        continue;
      if (!copy_row (merge, read, add, types, error))
        return FALSE;
      *n_rows += 1;
    }
}

static gboolean
merge_tables (Merge *merge, GError **error)
{
  guint other_rows = 0;

  if (g_hash_table_size (merge->imports) == 0)
    return TRUE;
  return copy_table (merge, PREDICTIONS_SQL, ADD_PREDICTION_SQL, "IRUFiiii", &merge->counts->n_cells, error)
         && copy_table (merge, EXPLANATIONS_SQL, ADD_EXPLANATION_SQL, "IRUFiiit", &other_rows, error)
         && copy_table (merge, COVERAGE_SQL, ADD_COVERAGE_SQL, "IRUbb", &other_rows, error)
         && copy_table (merge, LABELS_SQL, ADD_LABEL_SQL, "IRSFiii", &merge->counts->n_cells, error)
         && copy_table (merge, EVENTS_SQL, ADD_EVENT_SQL, "IRSiiit", &merge->counts->n_cells, error);
}

gboolean
semio_merge_cells (SemioDatabase *database, SemioDatabase *other, SemioMergeCounts *counts, SemioProgressFunc progress,
                   gpointer progress_data, GCancellable *cancellable, GError **error)
{
  Merge merge = { database, other, counts, new_map (), { NULL }, new_map (), progress, progress_data, cancellable };
  gboolean done;

  for (guint i = 0; i < G_N_ELEMENTS (merge.maps); i++)
    merge.maps[i] = new_map ();
  done =
      merge_media (&merge, error) && merge_names (&merge, error) && merge_imports (&merge, error) && merge_tables (&merge, error);
  for (guint i = 0; i < G_N_ELEMENTS (merge.maps); i++)
    g_hash_table_unref (merge.maps[i]);
  g_hash_table_unref (merge.imports);
  g_hash_table_unref (merge.features);
  return done;
}
