/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-person-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 200

static const char *APPLY_SQL = "UPDATE person SET name_hash = ?2, role = ?3 WHERE id = ?1";
static const char *LOAD_SQL = "SELECT p.id, p.uuid, t.text, p.role FROM person AS p"
                              " LEFT JOIN entry_text AS t ON t.hash = p.name_hash WHERE p.role IS NOT NULL ORDER BY t.text, p.id";
static const char *GET_SQL = "SELECT p.id, p.uuid, t.text, p.role FROM person AS p"
                             " LEFT JOIN entry_text AS t ON t.hash = p.name_hash WHERE p.id = ?1";

gboolean
semio_person_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) update = NULL;
  const char *role = semio_json_get_text (entry->payload, "role", error);
  SemioSha256 name;
  gint64 person_id;

  if (role == NULL || !semio_projection_ensure (database, entry->payload, "person", SEMIO_IDENTITY_PERSON, &person_id, error))
    return FALSE;
  update = semio_database_prepare (database, APPLY_SQL, error);
  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, person_id);
  if (semio_entry_text_get_hash (entry->payload, "name", &name))
    semio_statement_bind_sha256 (update, 2, &name);
  else
    semio_statement_bind_null (update, 2);
  semio_statement_bind_text (update, 3, role);
  return semio_statement_run (update, error);
}

static gboolean
write_entry (SemioDatabase *database, const SemioUuid *actor, const SemioUuid *person, const char *name, SemioRole role,
             const char *reason, GError **error)
{
  g_autoptr (SemioEntry) entry = semio_entry_new (SEMIO_ENTRY_PERSON, actor, json_object_new ());
  g_autofree char *clean = semio_text_clean (name, -1, MAX_NAME_CHARS);

  if (*g_strstrip (clean) == '\0')
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A person needs a name. Type one."));
      return FALSE;
    }
  semio_entry_payload_set_uuid (entry->payload, "person", person);
  json_object_set_string_member (entry->payload, "role", semio_role_to_id (role));
  semio_entry_set_reason (entry, reason);
  return semio_entry_text_set (database, entry->payload, "name", clean, error)
         && semio_entry_table_append (database, entry, error);
}

static SemioPerson *
read_person (SemioStatement *statement)
{
  SemioPerson *person = semio_person_new ();

  person->id = semio_statement_get_int (statement, 0);
  person->uuid = semio_statement_get_uuid (statement, 1);
  person->name = semio_statement_dup_text (statement, 2);
  if (!semio_role_from_id (semio_statement_get_text (statement, 3), &person->role))
    person->role = SEMIO_ROLE_OTHER;
  return person;
}

SemioPerson *
semio_person_table_add (SemioDatabase *database, const SemioUuid *actor, const char *name, SemioRole role, GError **error)
{
  const SemioUuid uuid = semio_uuid_new ();
  gint64 id;

  if (!write_entry (database, actor, &uuid, name, role, NULL, error)
      || !semio_identity_find (database, SEMIO_IDENTITY_PERSON, &uuid, &id, error))
    return NULL;
  return semio_person_table_get (database, id, error);
}

gboolean
semio_person_table_correct (SemioDatabase *database, const SemioUuid *actor, const SemioUuid *person, const char *name,
                            SemioRole role, const char *reason, GError **error)
{
  return write_entry (database, actor, person, name, role, reason, error);
}

GPtrArray *
semio_person_table_load (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GPtrArray) persons = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_person_unref);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&persons);
      g_ptr_array_add (persons, read_person (statement));
    }
}

SemioPerson *
semio_person_table_get (SemioDatabase *database, gint64 person_id, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, GET_SQL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  semio_statement_bind_int (statement, 1, person_id);
  if (!semio_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return read_person (statement);
  g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND, _ ("The person is not in the study."));
  return NULL;
}
