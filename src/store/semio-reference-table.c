/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-reference-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-projection-private.h"
#include "semio-text.h"

static const char *APPLY_SET_SQL = "UPDATE reference_set SET name_hash = ?2, known = 1 WHERE id = ?1";
static const char *APPLY_CURRENT_SQL = "UPDATE reference_set SET current = (id = ?1) WHERE current <> (id = ?1)";
static const char *LOAD_SETS_SQL = "SELECT s.id, s.uuid, t.text, s.current FROM reference_set AS s"
                                   " LEFT JOIN entry_text AS t ON t.hash = s.name_hash WHERE s.known = 1 ORDER BY s.id";
static const char *FIND_SQL = "SELECT s.id, s.uuid, t.text, s.current FROM reference_set AS s"
                              " JOIN entry_text AS t ON t.hash = s.name_hash WHERE s.known = 1 AND t.text = ?1"
                              " ORDER BY s.id LIMIT 1";
static const char *CURRENT_SQL = "SELECT s.id, s.uuid, t.text, s.current FROM reference_set AS s"
                                 " LEFT JOIN entry_text AS t ON t.hash = s.name_hash"
                                 " WHERE s.known = 1 AND s.current = 1 LIMIT 1";
static const char *LABELS_SQL = "SELECT coalesce (c.alias_of, c.id) AS shown_id, l.feature_id, l.answer, l.begin_ns, l.end_ns"
                                " FROM label AS l CROSS JOIN import AS i ON i.id = l.import_id"
                                " CROSS JOIN recording AS c ON c.id = l.recording_id"
                                " WHERE l.reference_set_id = ?1 AND i.state = 1"
                                " AND (?2 = 0 OR c.id = ?2 OR c.alias_of = ?2) ORDER BY shown_id, l.feature_id, i.uuid";
static const char *EVENTS_SQL = "SELECT coalesce (c.alias_of, c.id) AS shown_id, v.onset_ns, v.offset_ns, v.precision_ns, v.type"
                                " FROM event AS v CROSS JOIN import AS i ON i.id = v.import_id"
                                " CROSS JOIN recording AS c ON c.id = v.recording_id"
                                " WHERE v.reference_set_id = ?1 AND i.state = 1"
                                " AND (?2 = 0 OR c.id = ?2 OR c.alias_of = ?2) ORDER BY shown_id, i.uuid";

gboolean
semio_reference_table_apply_set (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) update = NULL;
  SemioSha256 name;
  gint64 set_id;

  if (!semio_projection_ensure (database, entry->payload, "reference_set", SEMIO_IDENTITY_REFERENCE_SET, &set_id, error))
    return FALSE;
  update = semio_database_prepare (database, APPLY_SET_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, set_id);
  if (semio_entry_text_get_hash (entry->payload, "name", &name))
    semio_statement_bind_sha256 (update, 2, &name);
  else
    semio_statement_bind_null (update, 2);
  return semio_statement_run (update, error);
}

gboolean
semio_reference_table_apply_current (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) update = NULL;
  gint64 set_id;

  if (!semio_projection_ensure (database, entry->payload, "reference_set", SEMIO_IDENTITY_REFERENCE_SET, &set_id, error))
    return FALSE;
  update = semio_database_prepare (database, APPLY_CURRENT_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, set_id);
  return semio_statement_run (update, error);
}

static SemioReferenceSet *
read_set (SemioStatement *statement)
{
  SemioReferenceSet *set = semio_reference_set_new ();

  set->id = semio_statement_get_int (statement, 0);
  set->uuid = semio_statement_get_uuid (statement, 1);
  set->name = semio_statement_dup_text (statement, 2);
  set->current = semio_statement_get_int (statement, 3) != 0;
  if (set->name == NULL)
    set->name = g_strdup_printf (_ ("Reference %d"), (int) set->id);
  return set;
}

GPtrArray *
semio_reference_table_load_sets (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SETS_SQL, error);
  g_autoptr (GPtrArray) sets = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_reference_set_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&sets);
      g_ptr_array_add (sets, read_set (statement));
    }
}

SemioReferenceSet *
semio_reference_table_find (SemioDatabase *database, const char *name, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_SQL, error);
  g_autofree char *clean = semio_text_clean (name, -1, 200);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_text (statement, 1, g_strstrip (clean));
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? read_set (statement) : NULL;
}

SemioReferenceSet *
semio_reference_table_get_current (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, CURRENT_SQL, error);
  gboolean has_row;

  if (statement == NULL || !semio_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? read_set (statement) : NULL;
}

gboolean
semio_reference_table_set_current (SemioDatabase *database, const SemioUuid *actor, gint64 set_id, const char *reason,
                                   GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_CURRENT_REFERENCE, actor, json_object_new ());
  SemioUuid uuid;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_REFERENCE_SET, set_id, &uuid, error))
    return FALSE;
  semio_entry_payload_set_uuid (entry->payload, "reference_set", &uuid);
  semio_entry_set_reason (entry, reason);
  return semio_entry_table_append (database, entry, error);
}

GArray *
semio_reference_table_load_labels (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LABELS_SQL, error);
  g_autoptr (GArray) labels = g_array_new (FALSE, TRUE, sizeof (SemioLabel));
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, set_id);
  semio_statement_bind_int (statement, 2, recording_id);
  while (TRUE)
    {
      SemioLabel label = { 0 };
      SemioLabel *last = labels->len > 0 ? &g_array_index (labels, SemioLabel, labels->len - 1) : NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&labels);
      label.recording_id = semio_statement_get_int (statement, 0);
      label.feature = (guint) semio_statement_get_int (statement, 1);
      label.answer = (SemioAnswer) semio_statement_get_int (statement, 2);
      label.begin_ns = semio_statement_get_time (statement, 3);
      label.end_ns = semio_statement_get_time (statement, 4);
      /* After merging, one cell may stand twice; the same one counts in every copy. */
      if (last != NULL && last->recording_id == label.recording_id && last->feature == label.feature)
        *last = label;
      else
        g_array_append_val (labels, label);
    }
}

GArray *
semio_reference_table_load_events (SemioDatabase *database, gint64 set_id, gint64 recording_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, EVENTS_SQL, error);
  g_autoptr (GArray) events = g_array_new (FALSE, TRUE, sizeof (SemioRecordingEvent));
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, set_id);
  semio_statement_bind_int (statement, 2, recording_id);
  while (TRUE)
    {
      SemioRecordingEvent event = { 0, SEMIO_EVENT_INIT };
      SemioRecordingEvent *last = events->len > 0 ? &g_array_index (events, SemioRecordingEvent, events->len - 1) : NULL;

      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&events);
      event.recording_id = semio_statement_get_int (statement, 0);
      event.event.onset_ns = semio_statement_get_time (statement, 1);
      event.event.offset_ns = semio_statement_get_time (statement, 2);
      event.event.precision_ns = semio_statement_get_int (statement, 3);
      if (!semio_event_type_from_text (semio_statement_get_text (statement, 4), &event.event.type))
        event.event.type = SEMIO_EVENT_TYPE_UNDETERMINED;
      if (last != NULL && last->recording_id == event.recording_id)
        semio_event_complete (&last->event, &event.event);
      else
        g_array_append_val (events, event);
    }
}
