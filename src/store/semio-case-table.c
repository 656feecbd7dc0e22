/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-table.h"

#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-projection-private.h"

static const char *APPLY_DONE_SQL = "INSERT INTO case_done (person_id, recording_id, done) VALUES (?1, ?2, ?3)"
                                    " ON CONFLICT (person_id, recording_id) DO UPDATE SET done = excluded.done";
static const char *APPLY_REVEAL_SQL = "INSERT INTO reveal (person_id, recording_id, reference, runs) VALUES (?1, ?2, ?3, ?4)"
                                      " ON CONFLICT (person_id, recording_id) DO UPDATE SET"
                                      " reference = max (reference, excluded.reference), runs = max (runs, excluded.runs)";
static const char *LOAD_DONE_SQL = "SELECT DISTINCT coalesce (r.alias_of, r.id) FROM case_done AS d"
                                   " JOIN recording AS r ON r.id = d.recording_id WHERE d.person_id = ?1 AND d.done = 1";
static const char *GET_REVEALED_SQL = "SELECT coalesce (max (reference), 0), coalesce (max (runs), 0) FROM reveal"
                                      " WHERE person_id = ?1 AND recording_id IN"
                                      " (SELECT id FROM recording WHERE id = ?2 OR alias_of = ?2)";

gboolean
semio_case_table_apply_done (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, APPLY_DONE_SQL, error);
  gint64 person_id, recording_id;

  if (statement == NULL || !semio_projection_ensure_person (database, entry, &person_id, error)
      || !semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &recording_id, error))
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, recording_id);
  semio_statement_bind_int (statement, 3, semio_entry_payload_get_flag (entry->payload, "done"));
  return semio_statement_run (statement, error);
}

gboolean
semio_case_table_apply_reveal (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, APPLY_REVEAL_SQL, error);
  gint64 person_id, recording_id;

  if (statement == NULL || !semio_projection_ensure_person (database, entry, &person_id, error)
      || !semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, &recording_id, error))
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, recording_id);
  semio_statement_bind_int (statement, 3, semio_entry_payload_get_flag (entry->payload, "reference"));
  semio_statement_bind_int (statement, 4, semio_entry_payload_get_flag (entry->payload, "runs"));
  return semio_statement_run (statement, error);
}

static SemioEntry *
make_entry (SemioDatabase *database, const char *kind, const SemioUuid *person, gint64 recording_id, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (kind, person, json_object_new ());
  SemioUuid recording;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_RECORDING, recording_id, &recording, error))
    return NULL;
  semio_entry_payload_set_uuid (entry->payload, "recording", &recording);
  return g_steal_pointer (&entry);
}

gboolean
semio_case_table_set_done (SemioDatabase *database, const SemioUuid *person, gint64 recording_id, gboolean done, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_CASE_DONE, person, recording_id, error);

  if (entry == NULL)
    return FALSE;
  json_object_set_boolean_member (entry->payload, "done", done);
  return semio_entry_table_append (database, entry, error);
}

GArray *
semio_case_table_load_done (SemioDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_DONE_SQL, error);
  g_autoptr (GArray) recordings = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  while (TRUE)
    {
      gint64 id;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&recordings);
      id = semio_statement_get_int (statement, 0);
      g_array_append_val (recordings, id);
    }
}

gboolean
semio_case_table_reveal (SemioDatabase *database, const SemioUuid *person, gint64 recording_id, gboolean reference, gboolean runs,
                         GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_REVEAL, person, recording_id, error);

  if (entry == NULL)
    return FALSE;
  json_object_set_boolean_member (entry->payload, "reference", reference);
  json_object_set_boolean_member (entry->payload, "runs", runs);
  return semio_entry_table_append (database, entry, error);
}

gboolean
semio_case_table_get_revealed (SemioDatabase *database, gint64 person_id, gint64 recording_id, SemioRevealed *revealed,
                               GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, GET_REVEALED_SQL, error);
  gboolean has_row;

  *revealed = (SemioRevealed){ FALSE, FALSE };
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, person_id);
  semio_statement_bind_int (statement, 2, recording_id);
  if (!semio_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      revealed->reference = semio_statement_get_int (statement, 0) != 0;
      revealed->runs = semio_statement_get_int (statement, 1) != 0;
    }
  return TRUE;
}
