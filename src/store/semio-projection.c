/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-projection.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-error.h"
#include "semio-identity.h"
#include "semio-projection-private.h"

static const char *CLEAR_SUPERSESSION_SQL = "DELETE FROM supersession";
static const char *INSERT_SUPERSESSION_SQL = "INSERT OR IGNORE INTO supersession (superseded, entry_id) VALUES (?1, ?2)";
static const char *LAST_ORDERED_SQL = "SELECT coalesce (max (lamport), 0) FROM entry WHERE id > ?1"
                                      " AND kind NOT IN " SEMIO_ENTRY_ANY_ORDER_SQL;
/* Only these can be superseded before they arrive or after; other kinds follow the order of entries. */
static const char *const SUPERSEDE_SQL[] = {
  "UPDATE rating SET current = 0 WHERE entry_id IN (SELECT id FROM entry WHERE uuid = ?1)",
  "UPDATE bookmark SET current = 0 WHERE entry_id IN (SELECT id FROM entry WHERE uuid = ?1)",
  "UPDATE consent SET current = 0 WHERE entry_id IN (SELECT id FROM entry WHERE uuid = ?1)",
};

const SemioProjection semio_projections[] = {
  { SEMIO_ENTRY_PERSON, semio_person_table_apply, "UPDATE person SET name_hash = NULL, role = NULL",
    "SELECT uuid, name_hash, role FROM person WHERE role IS NOT NULL ORDER BY uuid", N_ ("persons") },
  { SEMIO_ENTRY_RUN, semio_run_table_apply,
    "UPDATE run SET name_hash = NULL, model = NULL, enhancement = NULL, origin = NULL, notice = NULL, settings = NULL,"
    " archived = 0, created_utc_us = NULL",
    "SELECT uuid, name_hash, model, enhancement, origin, notice, settings, archived, created_utc_us FROM run"
    " WHERE origin IS NOT NULL ORDER BY uuid",
    N_ ("runs") },
  { SEMIO_ENTRY_RUN_ARCHIVED, semio_run_table_apply_archived, NULL, NULL, NULL },
  { SEMIO_ENTRY_REFERENCE_SET, semio_reference_table_apply_set,
    "UPDATE reference_set SET name_hash = NULL, known = 0, current = 0",
    "SELECT uuid, name_hash, known, current FROM reference_set WHERE known = 1 ORDER BY uuid", N_ ("reference sets") },
  { SEMIO_ENTRY_CURRENT_REFERENCE, semio_reference_table_apply_current, NULL, NULL, NULL },
  { SEMIO_ENTRY_PATIENT, semio_recording_table_apply_patient, "UPDATE patient SET pseudonym = NULL",
    "SELECT uuid, pseudonym FROM patient WHERE pseudonym IS NOT NULL ORDER BY uuid", N_ ("patients") },
  { SEMIO_ENTRY_RECORDING, semio_recording_table_apply,
    "UPDATE recording SET pseudonym = NULL, patient_id = NULL, medium_id = NULL, mirrored = 0, alias_of = NULL",
    "SELECT r.uuid, r.pseudonym, p.uuid, m.content, r.mirrored, a.uuid FROM recording AS r"
    " LEFT JOIN patient AS p ON p.id = r.patient_id LEFT JOIN medium AS m ON m.id = r.medium_id"
    " LEFT JOIN recording AS a ON a.id = r.alias_of WHERE r.pseudonym IS NOT NULL ORDER BY r.uuid",
    N_ ("recordings") },
  { SEMIO_ENTRY_MEDIA, semio_recording_table_apply_media, NULL, NULL, NULL },
  { SEMIO_ENTRY_PSEUDONYM, semio_recording_table_apply_pseudonym, NULL, NULL, NULL },
  { SEMIO_ENTRY_RECORDING_PATIENT, semio_recording_table_apply_recording_patient, NULL, NULL, NULL },
  { SEMIO_ENTRY_MIRRORED, semio_recording_table_apply_mirrored, NULL, NULL, NULL },
  { SEMIO_ENTRY_ALIAS, semio_recording_table_apply_alias, NULL, NULL, NULL },
  { SEMIO_ENTRY_RATING, semio_rating_table_apply, "DELETE FROM rating",
    "SELECT e.uuid, e.hash, p.uuid, c.uuid, u.uuid, f.name, r.segment, r.attempt, r.explanation, r.score, r.supports,"
    " r.cannot_judge, r.marks, r.comment_hash, r.visible, r.played_event, r.played_cited, r.seconds, r.utc_us,"
    " r.withdrawn, r.judged, r.current FROM rating AS r JOIN entry AS e ON e.id = r.entry_id"
    " JOIN person AS p ON p.id = r.person_id JOIN recording AS c ON c.id = r.recording_id JOIN run AS u ON u.id = r.run_id"
    " JOIN feature AS f ON f.id = r.feature_id ORDER BY e.hash",
    N_ ("ratings") },
  { SEMIO_ENTRY_WITHDRAWAL, semio_rating_table_apply_withdrawal, NULL, NULL, NULL },
  { SEMIO_ENTRY_CASE_DONE, semio_case_table_apply_done, "DELETE FROM case_done",
    "SELECT p.uuid, c.uuid, d.done FROM case_done AS d JOIN person AS p ON p.id = d.person_id"
    " JOIN recording AS c ON c.id = d.recording_id ORDER BY p.uuid, c.uuid",
    N_ ("closed cases") },
  { SEMIO_ENTRY_REVEAL, semio_case_table_apply_reveal, "DELETE FROM reveal",
    "SELECT p.uuid, c.uuid, d.reference, d.runs FROM reveal AS d JOIN person AS p ON p.id = d.person_id"
    " JOIN recording AS c ON c.id = d.recording_id ORDER BY p.uuid, c.uuid",
    N_ ("what was revealed") },
  { SEMIO_ENTRY_BOOKMARK, semio_bookmark_table_apply, "DELETE FROM bookmark",
    "SELECT e.uuid, e.hash, p.uuid, c.uuid, b.time_ns, b.text_hash, b.utc_us, b.current FROM bookmark AS b"
    " JOIN entry AS e ON e.id = b.entry_id JOIN person AS p ON p.id = b.person_id"
    " JOIN recording AS c ON c.id = b.recording_id ORDER BY e.hash",
    N_ ("bookmarks") },
  { SEMIO_ENTRY_LIVE, semio_live_table_apply, "UPDATE live SET run_id = NULL",
    "SELECT l.uuid, u.uuid FROM live AS l JOIN run AS u ON u.id = l.run_id ORDER BY l.uuid", N_ ("runs that were asked") },
  /* Only says of rows that the entries do not hold that one speaks of them. */
  { SEMIO_ENTRY_ANSWERS, semio_live_table_apply_answers, "UPDATE reply SET covered = 0 WHERE covered <> 0", NULL, NULL },
  { SEMIO_ENTRY_SENT, semio_sent_table_apply, "DELETE FROM sent",
    "SELECT e.uuid, e.hash, u.uuid, c.uuid, s.segment, s.media_group FROM sent AS s JOIN entry AS e ON e.id = s.entry_id"
    " JOIN run AS u ON u.id = s.run_id JOIN recording AS c ON c.id = s.recording_id ORDER BY e.hash",
    N_ ("what was sent") },
  { SEMIO_ENTRY_CONSENT, semio_consent_table_apply, "DELETE FROM consent",
    "SELECT e.uuid, e.hash, p.uuid, s.host, s.plain_http, s.what, s.n_patients, s.n_recordings, s.bytes, s.text_version,"
    " s.utc_us, s.current FROM consent AS s JOIN entry AS e ON e.id = s.entry_id LEFT JOIN person AS p ON p.id = s.person_id"
    " ORDER BY e.hash",
    N_ ("consents") },
  { SEMIO_ENTRY_TRANSCRIPT, semio_transcript_table_apply, "DELETE FROM transcript",
    "SELECT e.uuid, e.hash, c.uuid, t.model, t.language, t.host, t.text_hash, t.utc_us FROM transcript AS t"
    " JOIN entry AS e ON e.id = t.entry_id JOIN recording AS c ON c.id = t.recording_id ORDER BY e.hash",
    N_ ("transcripts") },
  { NULL, NULL, NULL, NULL, NULL },
};

void
semio_projection_set_list (SemioDatabase *database, const SemioProjection *projections)
{
  semio_database_set_projections (database, projections);
}

const SemioProjection *
semio_projection_get_list (SemioDatabase *database)
{
  const SemioProjection *projections = semio_database_get_projections (database);

  return projections != NULL ? projections : semio_projections;
}

gboolean
semio_projection_ensure (SemioDatabase *database, JsonObject *payload, const char *member, int identity, gint64 *id,
                         GError **error)
{
  SemioUuid uuid;

  return semio_entry_payload_get_uuid (payload, member, &uuid, error)
         && semio_identity_ensure (database, (SemioIdentity) identity, &uuid, id, error);
}

gboolean
semio_projection_ensure_person (SemioDatabase *database, const SemioEntry *entry, gint64 *id, GError **error)
{
  if (semio_uuid_is_nil (&entry->person))
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                           _ ("The entry does not say who wrote it. Choose a person first."));
      return FALSE;
    }
  return semio_identity_ensure (database, SEMIO_IDENTITY_PERSON, &entry->person, id, error);
}

static gboolean
mark_superseded (SemioDatabase *database, const SemioUuid *superseded, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (SUPERSEDE_SQL); i++)
    {
      g_autoptr (SemioStatement) update = semio_database_prepare (database, SUPERSEDE_SQL[i], error);

      if (update == NULL)
        return FALSE;
      semio_statement_bind_uuid (update, 1, superseded);
      if (!semio_statement_run (update, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
apply_supersedes (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = NULL;

  if (entry->supersedes->len == 0)
    return TRUE;
  insert = semio_database_prepare (database, INSERT_SUPERSESSION_SQL, error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < entry->supersedes->len; i++)
    {
      const SemioUuid *superseded = &g_array_index (entry->supersedes, SemioUuid, i);

      semio_statement_bind_uuid (insert, 1, superseded);
      semio_statement_bind_int (insert, 2, entry->id);
      if (!semio_statement_run (insert, error) || !mark_superseded (database, superseded, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
semio_projection_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const SemioProjection *projections = semio_projection_get_list (database);

  if (!apply_supersedes (database, entry, error))
    return FALSE;
  for (gsize i = 0; projections[i].kind != NULL; i++)
    if (g_str_equal (projections[i].kind, entry->kind))
      return projections[i].apply == NULL || projections[i].apply (database, entry, error);
  return TRUE;
}

/* The same as SEMIO_ENTRY_ANY_ORDER_SQL. */
static gboolean
is_of_any_order (const char *kind)
{
  static const char *const kinds[] = { SEMIO_ENTRY_RATING,  SEMIO_ENTRY_WITHDRAWAL, SEMIO_ENTRY_BOOKMARK,
                                       SEMIO_ENTRY_LIVE,    SEMIO_ENTRY_ANSWERS,    SEMIO_ENTRY_SENT,
                                       SEMIO_ENTRY_CONSENT, SEMIO_ENTRY_TRANSCRIPT, NULL };

  return g_strv_contains (kinds, kind);
}

typedef struct {
  SemioDatabase *database;
  guint n_skipped;
} Rebuild;

static gboolean
rebuild_entry (SemioEntry *entry, gpointer user_data, GError **error)
{
  Rebuild *rebuild = user_data;
  g_autoptr (GError) local = NULL;

  if (semio_projection_apply (rebuild->database, entry, &local))
    return TRUE;
  if (g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID) || local->domain == SEMIO_BASE_ERROR)
    {
      rebuild->n_skipped += 1;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
semio_projection_rebuild (SemioDatabase *database, guint *n_skipped, GError **error)
{
  const SemioProjection *projections = semio_projection_get_list (database);
  Rebuild rebuild = { database, 0 };

  for (gsize i = 0; projections[i].kind != NULL; i++)
    if (projections[i].clear_sql != NULL && !semio_database_execute (database, projections[i].clear_sql, error))
      return FALSE;
  if (!semio_database_execute (database, CLEAR_SUPERSESSION_SQL, error)
      || !semio_entry_table_foreach (database, NULL, rebuild_entry, &rebuild, error))
    return FALSE;
  if (n_skipped != NULL)
    *n_skipped = rebuild.n_skipped;
  return TRUE;
}

gboolean
semio_projection_get_last_ordered (SemioDatabase *database, gint64 after_id, gint64 *lamport, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LAST_ORDERED_SQL, error);
  gboolean has_row;

  *lamport = 0;
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, after_id);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *lamport = semio_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
rebuild_ordered (Rebuild *rebuild, GError **error)
{
  const SemioProjection *projections = semio_projection_get_list (rebuild->database);

  for (gsize i = 0; projections[i].kind != NULL; i++)
    if (projections[i].clear_sql != NULL && !is_of_any_order (projections[i].kind)
        && !semio_database_execute (rebuild->database, projections[i].clear_sql, error))
      return FALSE;
  return semio_entry_table_foreach_ordered (rebuild->database, rebuild_entry, rebuild, error);
}

gboolean
semio_projection_catch_up (SemioDatabase *database, GPtrArray *entries, gint64 last_lamport, GError **error)
{
  Rebuild rebuild = { database, 0 };
  gboolean in_between = FALSE;

  for (guint i = 0; i < entries->len && !in_between; i++)
    {
      const SemioEntry *entry = g_ptr_array_index (entries, i);

      in_between = entry->lamport <= last_lamport && !is_of_any_order (entry->kind);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      SemioEntry *entry = g_ptr_array_index (entries, i);

      if ((!in_between || is_of_any_order (entry->kind)) && !rebuild_entry (entry, &rebuild, error))
        return FALSE;
    }
  return !in_between || rebuild_ordered (&rebuild, error);
}
