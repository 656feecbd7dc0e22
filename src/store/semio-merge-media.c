/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a merge takes over beside entries and cells: names of files and patients in files, and what was measured of media. */
#include "semio-merge-private.h"

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
static const char *HAS_NAME_SQL = "SELECT 1 FROM source_name AS s JOIN recording AS r ON r.id = s.recording_id"
                                  " WHERE r.uuid = ?1 AND s.name = ?2";
static const char *HAS_PATIENT_NAME_SQL = "SELECT 1 FROM source_name AS s JOIN patient AS p ON p.id = s.patient_id"
                                          " WHERE p.uuid = ?1 AND s.name = ?2";
static const char *NO_FACTS_SQL = "SELECT content FROM medium WHERE frame_index IS NULL";

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
gather_contents (SemioMerge *merge, SemioDatabase *database, GError **error)
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

static gboolean
fill_medium (SemioMerge *merge, SemioDatabase *database, SemioStatement *read, GError **error)
{
  static const char types[] = "biiidiiiibb";
  g_autoptr (SemioStatement) fill = semio_database_prepare (database, FILL_MEDIUM_SQL, error);

  if (fill == NULL)
    return FALSE;
  for (int i = 0; types[i] != '\0'; i++)
    semio_merge_copy_column (read, i, fill, i + 1, types[i]);
  if (!semio_statement_run (fill, error))
    return FALSE;
  merge->counts.n_things[SEMIO_MERGE_FACTS] += semio_database_get_n_changes (database) > 0;
  return TRUE;
}

/* A content that nothing here speaks of yet is not seen before the entries of the last step. */
gboolean
semio_merge_stage_medium (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  const SemioSha256 content = semio_statement_get_sha256 (merge->read, 0);
  gint64 id;

  if (!semio_identity_find_medium (database, &content, &id, error))
    return FALSE;
  return id != 0
         || (semio_identity_ensure_medium (database, &content, &id, error) && fill_medium (merge, database, merge->read, error));
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
write_contents (SemioMerge *merge, SemioDatabase *database, GError **error)
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
semio_merge_gather_media (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error)
{
  merge->names = g_array_new (FALSE, FALSE, sizeof (Name));
  g_array_set_clear_func (merge->names, clear_name);
  merge->media = g_array_new (FALSE, FALSE, sizeof (SemioSha256));
  return gather_names (merge, database, cancellable, error) && gather_contents (merge, database, error);
}

void
semio_merge_clear_media (SemioMerge *merge)
{
  g_clear_pointer (&merge->names, g_array_unref);
  g_clear_pointer (&merge->media, g_array_unref);
}

gboolean
semio_merge_write_media (SemioMerge *merge, SemioDatabase *database, GError **error)
{
  return write_contents (merge, database, error) && write_names (merge, database, error);
}
