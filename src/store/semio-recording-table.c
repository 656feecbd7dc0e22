/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-recording-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-pseudonym.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 1000

#define RECORDING_COLUMNS                                                                                                        \
  "r.id, r.uuid, r.pseudonym, p.pseudonym, r.patient_id,"                                                                        \
  " (SELECT s.name FROM source_name AS s WHERE s.recording_id = r.id ORDER BY s.id LIMIT 1),"                                    \
  " m.content, m.size_bytes, m.width_px, m.height_px, m.rate, m.duration_ns, m.n_frames, m.sound, m.warnings, r.mirrored"        \
  " FROM recording AS r LEFT JOIN patient AS p ON p.id = r.patient_id LEFT JOIN medium AS m ON m.id = r.medium_id"

static const char *LOAD_SQL = "SELECT " RECORDING_COLUMNS " WHERE r.pseudonym IS NOT NULL AND r.alias_of IS NULL"
                              " ORDER BY r.pseudonym, r.id";
static const char *GET_SQL = "SELECT " RECORDING_COLUMNS " WHERE r.id = ?1";
static const char *FIND_CONTENT_SQL =
    "SELECT " RECORDING_COLUMNS " WHERE m.content = ?1 AND r.pseudonym IS NOT NULL AND r.alias_of IS NULL"
    " ORDER BY r.id LIMIT 1";
static const char *FIND_STEM_SQL = "SELECT " RECORDING_COLUMNS " WHERE r.pseudonym IS NOT NULL AND r.alias_of IS NULL AND r.id IN"
                                   " (SELECT coalesce (a.alias_of, a.id) FROM source_name AS s"
                                   " JOIN recording AS a ON a.id = s.recording_id WHERE s.stem = ?1) ORDER BY r.pseudonym, r.id";
static const char *FRAME_INDEX_SQL = "SELECT m.frame_index FROM recording AS r JOIN medium AS m ON m.id = r.medium_id"
                                     " WHERE r.id = ?1";
static const char *POSTER_SQL = "SELECT m.poster FROM recording AS r JOIN medium AS m ON m.id = r.medium_id WHERE r.id = ?1";
static const char *SET_POSTER_SQL = "UPDATE medium SET poster = ?2 WHERE id = (SELECT medium_id FROM recording WHERE id = ?1)";
static const char *SET_MEDIUM_SQL = "UPDATE medium SET size_bytes = ?2, width_px = ?3, height_px = ?4, rate = ?5,"
                                    " duration_ns = ?6, n_frames = ?7, sound = ?8, warnings = ?9, frame_index = ?10,"
                                    " poster = ?11 WHERE content = ?1";
static const char *ADD_NAME_SQL = "INSERT OR IGNORE INTO source_name (recording_id, name, stem) VALUES (?1, ?2, ?3)";
static const char *ADD_PATIENT_NAME_SQL = "INSERT OR IGNORE INTO source_name (patient_id, name, stem) VALUES (?1, ?2, ?2)";
static const char *FIND_PATIENT_NAME_SQL = "SELECT p.uuid FROM source_name AS s JOIN patient AS p ON p.id = s.patient_id"
                                           " WHERE s.patient_id IS NOT NULL AND s.stem = ?1 ORDER BY s.id LIMIT 1";
static const char *FIND_PATIENT_SQL = "SELECT uuid FROM patient WHERE pseudonym = ?1 ORDER BY id LIMIT 1";
static const char *PSEUDONYM_TAKEN_SQL = "SELECT 1 FROM recording WHERE pseudonym = ?1 AND id <> ?2 AND alias_of IS NULL LIMIT 1";

static SemioRecording *
read_recording (SemioStatement *statement)
{
  SemioRecording *recording = semio_recording_new ();

  recording->id = semio_statement_get_int (statement, 0);
  recording->uuid = semio_statement_get_uuid (statement, 1);
  recording->pseudonym = semio_statement_dup_text (statement, 2);
  recording->patient = semio_statement_dup_text (statement, 3);
  recording->patient_id = semio_statement_get_int (statement, 4);
  recording->source_name = semio_statement_dup_text (statement, 5);
  recording->has_media = !semio_statement_is_null (statement, 6);
  recording->content = semio_statement_get_sha256 (statement, 6);
  recording->size_bytes = semio_statement_get_int (statement, 7);
  recording->width_px = (int) semio_statement_get_int (statement, 8);
  recording->height_px = (int) semio_statement_get_int (statement, 9);
  recording->rate = semio_statement_get_double (statement, 10);
  recording->duration_ns = semio_statement_get_int (statement, 11);
  recording->n_frames = semio_statement_get_int (statement, 12);
  recording->sound = (SemioSound) semio_statement_get_int (statement, 13);
  recording->warnings = (SemioWarnings) semio_statement_get_int (statement, 14);
  recording->mirrored = semio_statement_get_int (statement, 15) != 0;
  return recording;
}

/* NULL without error when there is no row. */
static SemioRecording *
read_one (SemioStatement *statement, GError **error)
{
  gboolean has_row;

  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? read_recording (statement) : NULL;
}

static GPtrArray *
read_all (SemioStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  gboolean has_row;

  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&recordings);
      g_ptr_array_add (recordings, read_recording (statement));
    }
}

static gboolean
write_medium (SemioDatabase *database, const SemioNewRecording *recording, GError **error)
{
  const SemioRecording *facts = recording->facts;
  g_autoptr (SemioStatement) update = NULL;
  gint64 medium_id;

  if (!semio_identity_ensure_medium (database, &facts->content, &medium_id, error))
    return FALSE;
  update = semio_database_prepare (database, SET_MEDIUM_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_sha256 (update, 1, &facts->content);
  semio_statement_bind_int (update, 2, facts->size_bytes);
  semio_statement_bind_int (update, 3, facts->width_px);
  semio_statement_bind_int (update, 4, facts->height_px);
  semio_statement_bind_double (update, 5, facts->rate);
  semio_statement_bind_int (update, 6, facts->duration_ns);
  semio_statement_bind_int (update, 7, facts->n_frames);
  semio_statement_bind_int (update, 8, facts->sound);
  semio_statement_bind_int (update, 9, facts->warnings);
  semio_statement_bind_bytes (update, 10, recording->frame_index);
  semio_statement_bind_bytes (update, 11, recording->poster);
  return semio_statement_run (update, error);
}

static gboolean
add_source_name (SemioDatabase *database, gint64 recording_id, const char *name, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, ADD_NAME_SQL, error);
  g_autofree char *clean = semio_text_clean (name, -1, MAX_NAME_CHARS);
  g_autofree char *stem = semio_text_stem (clean);

  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, recording_id);
  semio_statement_bind_text (insert, 2, clean);
  semio_statement_bind_text (insert, 3, stem);
  return semio_statement_run (insert, error);
}

static gboolean
find_uuid (SemioDatabase *database, const char *sql, const char *text, gboolean *found, SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_text (statement, 1, text);
  if (!semio_statement_step (statement, found, error))
    return FALSE;
  if (*found)
    *uuid = semio_statement_get_uuid (statement, 0);
  return TRUE;
}

static gboolean
make_patient (SemioDatabase *database, const SemioUuid *actor, const char *pseudonym, SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_PATIENT, actor, json_object_new ());

  *uuid = semio_uuid_new ();
  semio_entry_payload_set_uuid (entry->payload, "patient", uuid);
  json_object_set_string_member (entry->payload, "pseudonym", pseudonym);
  return semio_entry_table_append (database, entry, error);
}

/* The patient whom files of that name belong to; the name itself stays in the table of source names. */
static gboolean
ensure_source_patient (SemioDatabase *database, const SemioUuid *actor, const char *source, SemioUuid *uuid, GError **error)
{
  g_autofree char *clean = semio_text_clean (source, -1, MAX_NAME_CHARS);
  g_autofree char *folded = g_utf8_casefold (clean, -1);
  g_autofree char *pseudonym = NULL;
  g_autoptr (SemioStatement) insert = NULL;
  gint64 patient_id;
  gboolean found;

  if (!find_uuid (database, FIND_PATIENT_NAME_SQL, folded, &found, uuid, error))
    return FALSE;
  if (found)
    return TRUE;
  pseudonym = semio_pseudonym_new_patient (database, error);
  if (pseudonym == NULL || !make_patient (database, actor, pseudonym, uuid, error)
      || !semio_identity_find (database, SEMIO_IDENTITY_PATIENT, uuid, &patient_id, error))
    return FALSE;
  insert = semio_database_prepare (database, ADD_PATIENT_NAME_SQL, error);
  if (insert == NULL)
    return FALSE;
  semio_statement_bind_int (insert, 1, patient_id);
  semio_statement_bind_text (insert, 2, folded);
  return semio_statement_run (insert, error);
}

static gboolean
check_pseudonym (SemioDatabase *database, const char *pseudonym, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, PSEUDONYM_TAKEN_SQL, error);
  gboolean taken;

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_text (statement, 1, pseudonym);
  semio_statement_bind_int (statement, 2, recording_id);
  if (!semio_statement_step (statement, &taken, error))
    return FALSE;
  if (taken)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS,
                 _ ("Another recording has the pseudonym “%s”. Choose another one."), pseudonym);
  return !taken;
}

static char *
choose_pseudonym (SemioDatabase *database, const char *wanted, GError **error)
{
  g_autofree char *clean = NULL;

  if (wanted == NULL || *wanted == '\0')
    return semio_pseudonym_new_recording (database, error);
  clean = semio_pseudonym_clean (wanted, error);
  if (clean == NULL || !check_pseudonym (database, clean, 0, error))
    return NULL;
  return g_steal_pointer (&clean);
}

static gboolean
refuse_known_content (SemioDatabase *database, const SemioRecording *facts, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioRecording) known = semio_recording_table_find_content (database, &facts->content, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (known != NULL)
    g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_EXISTS, _ ("The same video is in the study already, as %s."),
                 known->pseudonym);
  return known == NULL;
}

static void
set_content (JsonObject *payload, const SemioRecording *facts)
{
  char hash[SEMIO_SHA256_TEXT];

  if (facts->has_media)
    {
      semio_sha256_format (&facts->content, hash);
      json_object_set_string_member (payload, "content", hash);
      json_object_set_int_member (payload, "size_bytes", facts->size_bytes);
    }
  else
    json_object_set_null_member (payload, "content");
}

SemioRecording *
semio_recording_table_add (SemioDatabase *database, const SemioUuid *actor, const SemioNewRecording *recording, GError **error)
{
  const SemioRecording *facts = recording->facts;
  const SemioUuid uuid = semio_uuid_is_nil (&facts->uuid) ? semio_uuid_new () : facts->uuid;
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_RECORDING, actor, json_object_new ());
  g_autofree char *pseudonym = choose_pseudonym (database, facts->pseudonym, error);
  SemioUuid patient;
  gint64 recording_id;

  if (pseudonym == NULL || (facts->has_media && !refuse_known_content (database, facts, error))
      || (facts->has_media && !write_medium (database, recording, error)))
    return NULL;
  semio_entry_payload_set_uuid (entry->payload, "recording", &uuid);
  json_object_set_string_member (entry->payload, "pseudonym", pseudonym);
  set_content (entry->payload, facts);
  if (recording->patient_source != NULL && *recording->patient_source != '\0')
    {
      if (!ensure_source_patient (database, actor, recording->patient_source, &patient, error))
        return NULL;
      semio_entry_payload_set_uuid (entry->payload, "patient", &patient);
    }
  else if (facts->patient_id != 0)
    {
      if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_PATIENT, facts->patient_id, &patient, error))
        return NULL;
      semio_entry_payload_set_uuid (entry->payload, "patient", &patient);
    }
  else
    json_object_set_null_member (entry->payload, "patient");

  if (!semio_entry_table_append (database, entry, error)
      || !semio_identity_find (database, SEMIO_IDENTITY_RECORDING, &uuid, &recording_id, error))
    return NULL;
  if (facts->source_name != NULL && !add_source_name (database, recording_id, facts->source_name, error))
    return NULL;
  if (facts->mirrored && !semio_recording_table_set_mirrored (database, actor, recording_id, TRUE, NULL, error))
    return NULL;
  return semio_recording_table_get (database, recording_id, error);
}

/* An entry about one recording. */
static SemioEntry *
make_entry (SemioDatabase *database, const char *kind, const SemioUuid *actor, gint64 recording_id, const char *reason,
            GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (kind, actor, json_object_new ());
  SemioUuid uuid;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &uuid, error))
    return NULL;
  semio_entry_payload_set_uuid (entry->payload, "recording", &uuid);
  semio_entry_set_reason (entry, reason);
  return g_steal_pointer (&entry);
}

SemioRecording *
semio_recording_table_attach_media (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                    const SemioNewRecording *media, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_MEDIA, actor, recording_id, NULL, error);

  if (entry == NULL || !refuse_known_content (database, media->facts, error) || !write_medium (database, media, error))
    return NULL;
  set_content (entry->payload, media->facts);
  if (!semio_entry_table_append (database, entry, error)
      || (media->facts->source_name != NULL && !add_source_name (database, recording_id, media->facts->source_name, error)))
    return NULL;
  return semio_recording_table_get (database, recording_id, error);
}

GPtrArray *
semio_recording_table_load (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);

  return statement != NULL ? read_all (statement, error) : NULL;
}

SemioRecording *
semio_recording_table_get (SemioDatabase *database, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, GET_SQL, error);
  g_autoptr (GError) local = NULL;
  SemioRecording *recording;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  recording = read_one (statement, &local);
  if (recording == NULL && local == NULL)
    g_set_error_literal (&local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, _ ("The recording is not in the study."));
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return recording;
}

SemioRecording *
semio_recording_table_find_content (SemioDatabase *database, const SemioSha256 *content, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_CONTENT_SQL, error);

  if (statement == NULL)
    return NULL;
  semio_statement_bind_sha256 (statement, 1, content);
  return read_one (statement, error);
}

GPtrArray *
semio_recording_table_find_stem (SemioDatabase *database, const char *stem, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_STEM_SQL, error);

  if (statement == NULL)
    return NULL;
  semio_statement_bind_text (statement, 1, stem);
  return read_all (statement, error);
}

static GBytes *
get_blob (SemioDatabase *database, const char *sql, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, recording_id);
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? semio_statement_dup_bytes (statement, 0) : NULL;
}

GBytes *
semio_recording_table_get_frame_index (SemioDatabase *database, gint64 recording_id, GError **error)
{
  return get_blob (database, FRAME_INDEX_SQL, recording_id, error);
}

GBytes *
semio_recording_table_get_poster (SemioDatabase *database, gint64 recording_id, GError **error)
{
  return get_blob (database, POSTER_SQL, recording_id, error);
}

gboolean
semio_recording_table_set_poster (SemioDatabase *database, gint64 recording_id, GBytes *poster, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, SET_POSTER_SQL, error);

  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, recording_id);
  semio_statement_bind_bytes (update, 2, poster);
  return semio_statement_run (update, error);
}

gboolean
semio_recording_table_set_pseudonym (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id, const char *pseudonym,
                                     const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_PSEUDONYM, actor, recording_id, reason, error);
  g_autofree char *clean = entry != NULL ? semio_pseudonym_clean (pseudonym, error) : NULL;

  if (clean == NULL || !check_pseudonym (database, clean, recording_id, error))
    return FALSE;
  json_object_set_string_member (entry->payload, "pseudonym", clean);
  return semio_entry_table_append (database, entry, error);
}

gboolean
semio_recording_table_set_mirrored (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id, gboolean mirrored,
                                    const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_MIRRORED, actor, recording_id, reason, error);

  if (entry == NULL)
    return FALSE;
  json_object_set_boolean_member (entry->payload, "mirrored", mirrored);
  return semio_entry_table_append (database, entry, error);
}

gboolean
semio_recording_table_set_patient (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id, const char *patient,
                                   const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_RECORDING_PATIENT, actor, recording_id, reason, error);
  g_autofree char *clean = entry != NULL ? semio_pseudonym_clean (patient, error) : NULL;
  SemioUuid uuid;
  gboolean found;

  if (clean == NULL || !find_uuid (database, FIND_PATIENT_SQL, clean, &found, &uuid, error)
      || (!found && !make_patient (database, actor, clean, &uuid, error)))
    return FALSE;
  semio_entry_payload_set_uuid (entry->payload, "patient", &uuid);
  return semio_entry_table_append (database, entry, error);
}
