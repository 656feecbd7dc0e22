/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 200
#define MAX_NOTICE_CHARS 500

static const char *APPLY_SQL = "UPDATE run SET name_hash = ?2, model = ?3, enhancement = ?4, origin = ?5, notice = ?6,"
                               " settings = ?7, created_utc_us = coalesce (created_utc_us, ?8) WHERE id = ?1";
static const char *ARCHIVE_SQL = "UPDATE run SET archived = ?2 WHERE id = ?1";
static const char *LOAD_SQL = "SELECT r.id, r.uuid, t.text, r.model, r.enhancement, r.origin, r.notice, r.settings,"
                              " r.archived, r.created_utc_us"
                              " FROM run AS r LEFT JOIN entry_text AS t ON t.hash = r.name_hash"
                              " WHERE r.origin IS NOT NULL ORDER BY r.id";
static const char *FIND_SQL = "SELECT r.id, r.uuid, t.text, r.model, r.enhancement, r.origin, r.notice, r.settings,"
                              " r.archived, r.created_utc_us"
                              " FROM run AS r JOIN entry_text AS t ON t.hash = r.name_hash"
                              " WHERE r.origin IS NOT NULL AND t.text = ?1 ORDER BY r.id LIMIT 1";
static const char *GET_SQL = "SELECT r.id, r.uuid, t.text, r.model, r.enhancement, r.origin, r.notice, r.settings,"
                             " r.archived, r.created_utc_us"
                             " FROM run AS r LEFT JOIN entry_text AS t ON t.hash = r.name_hash WHERE r.uuid = ?1";

gboolean
semio_run_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  static const char *const members[] = { "model", "enhancement", "origin", "notice", "settings" };
  g_autoptr (SemioStatement) update = NULL;
  SemioSha256 name;
  gint64 run_id;

  if (semio_json_get_text (entry->payload, "origin", error) == NULL
      || !semio_projection_ensure (database, entry->payload, "run", SEMIO_IDENTITY_RUN, &run_id, error))
    return FALSE;
  update = semio_database_prepare (database, APPLY_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, run_id);
  if (semio_entry_text_get_hash (entry->payload, "name", &name))
    semio_statement_bind_sha256 (update, 2, &name);
  else
    semio_statement_bind_null (update, 2);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    semio_statement_bind_text (update, 3 + (int) i, semio_json_get_text_or (entry->payload, members[i], NULL));
  semio_statement_bind_int (update, 8, entry->utc_us);
  return semio_statement_run (update, error);
}

gboolean
semio_run_table_apply_archived (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, ARCHIVE_SQL, error);
  gint64 run_id;

  if (update == NULL || !semio_projection_ensure (database, entry->payload, "run", SEMIO_IDENTITY_RUN, &run_id, error))
    return FALSE;
  semio_statement_bind_int (update, 1, run_id);
  semio_statement_bind_int (update, 2, semio_entry_payload_get_flag (entry->payload, "archived"));
  return semio_statement_run (update, error);
}

static SemioRun *
read_run (SemioStatement *statement)
{
  SemioRun *run = semio_run_new ();

  run->id = semio_statement_get_int (statement, 0);
  run->uuid = semio_statement_get_uuid (statement, 1);
  run->name = semio_statement_dup_text (statement, 2);
  run->model = semio_statement_dup_text (statement, 3);
  run->enhancement = semio_statement_dup_text (statement, 4);
  run->origin = semio_statement_dup_text (statement, 5);
  run->notice = semio_statement_dup_text (statement, 6);
  semio_run_take_settings (run, semio_statement_dup_text (statement, 7));
  run->archived = semio_statement_get_int (statement, 8) != 0;
  run->created_utc_us = semio_statement_get_int (statement, 9);
  /* In a de-identified copy the name is left out. */
  if (run->name == NULL)
    run->name = g_strdup_printf (_ ("Run %d"), (int) run->id);
  return run;
}

static void
set_clean (JsonObject *payload, const char *member, const char *text, gsize max_chars)
{
  g_autofree char *clean = text != NULL ? semio_text_clean (text, -1, max_chars) : NULL;

  if (clean != NULL)
    json_object_set_string_member (payload, member, clean);
  else
    json_object_set_null_member (payload, member);
}

SemioRun *
semio_run_table_put (SemioDatabase *database, const SemioUuid *actor, const SemioRun *run, const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_RUN, actor, json_object_new ());
  const SemioUuid uuid = semio_uuid_is_nil (&run->uuid) ? semio_uuid_new () : run->uuid;
  g_autofree char *name = semio_text_clean (run->name, -1, MAX_NAME_CHARS);
  g_autoptr (SemioStatement) get = NULL;
  gboolean has_row;

  if (*g_strstrip (name) == '\0')
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A run needs a name. Give one."));
      return NULL;
    }
  semio_entry_payload_set_uuid (entry->payload, "run", &uuid);
  set_clean (entry->payload, "model", run->model, MAX_NAME_CHARS);
  set_clean (entry->payload, "enhancement", run->enhancement, MAX_NAME_CHARS);
  set_clean (entry->payload, "origin", run->origin != NULL ? run->origin : "import", MAX_NAME_CHARS);
  set_clean (entry->payload, "notice", run->notice, MAX_NOTICE_CHARS);
  if (run->settings != NULL)
    json_object_set_string_member (entry->payload, "settings", run->settings);
  else
    json_object_set_null_member (entry->payload, "settings");
  semio_entry_set_reason (entry, reason);
  if (!semio_entry_text_set (database, entry->payload, "name", name, error) || !semio_entry_table_append (database, entry, error))
    return NULL;

  get = semio_database_prepare (database, GET_SQL, error);
  if (get == NULL)
    return NULL;
  semio_statement_bind_uuid (get, 1, &uuid);
  if (!semio_statement_step (get, &has_row, error))
    return NULL;
  return has_row ? read_run (get) : NULL;
}

gboolean
semio_run_table_set_archived (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, gboolean archived,
                              const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_RUN_ARCHIVED, actor, json_object_new ());
  SemioUuid run;

  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_RUN, run_id, &run, error))
    return FALSE;
  semio_entry_payload_set_uuid (entry->payload, "run", &run);
  json_object_set_boolean_member (entry->payload, "archived", archived);
  semio_entry_set_reason (entry, reason);
  return semio_entry_table_append (database, entry, error);
}

GPtrArray *
semio_run_table_load (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&runs);
      g_ptr_array_add (runs, read_run (statement));
    }
}

SemioRun *
semio_run_table_find (SemioDatabase *database, const char *name, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, FIND_SQL, error);
  g_autofree char *clean = semio_text_clean (name, -1, MAX_NAME_CHARS);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_text (statement, 1, g_strstrip (clean));
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? read_run (statement) : NULL;
}
