/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-consent-table.h"

#include <glib/gi18n-lib.h>

#include "semio-entry-private.h"
#include "semio-entry-table.h"
#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"
#include "semio-text.h"

#define MAX_HOST_CHARS 300

#define CONSENT_COLUMNS                                                                                                          \
  "e.uuid, s.person_id, s.host, s.plain_http, s.what, s.n_patients, s.n_recordings, s.bytes, s.text_version, s.utc_us"           \
  " FROM consent AS s JOIN entry AS e ON e.id = s.entry_id JOIN writer AS w ON w.id = e.writer_id"

static const char *APPLY_SQL =
    "INSERT INTO consent (entry_id, person_id, host, plain_http, what, n_patients, n_recordings, bytes,"
    " text_version, utc_us, current) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
    " NOT EXISTS (SELECT 1 FROM supersession WHERE superseded = ?11))";
static const char *LOAD_SQL = "SELECT " CONSENT_COLUMNS " WHERE s.current = 1 ORDER BY e.lamport DESC, w.uuid DESC, e.seq DESC";
static const char *FIND_SQL = "SELECT " CONSENT_COLUMNS " WHERE s.current = 1 AND s.host = ?1 AND s.plain_http >= ?2"
                              " ORDER BY e.lamport DESC, w.uuid DESC, e.seq DESC LIMIT 1";
static const char *SAME_SQL = "SELECT e.uuid FROM consent AS s JOIN entry AS e ON e.id = s.entry_id"
                              " WHERE s.current = 1 AND s.host = ?1 AND s.plain_http = ?2 ORDER BY e.lamport, e.id";
static const char *STANDS_SQL = "SELECT 1 FROM consent AS s JOIN entry AS e ON e.id = s.entry_id"
                                " WHERE s.current = 1 AND e.uuid = ?1";

static const struct {
  SemioConsentWhat what;
  const char *id;
} whats[] = {
  { SEMIO_CONSENT_IMAGES, "images" },
  { SEMIO_CONSENT_SOUND, "sound" },
  { SEMIO_CONSENT_TRANSCRIPT, "transcript" },
};

static gint64
read_what (JsonObject *payload)
{
  JsonNode *node = json_object_get_member (payload, "what");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 what = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    for (guint k = 0; k < G_N_ELEMENTS (whats); k++)
      {
        JsonNode *element = json_array_get_element (array, i);

        if (JSON_NODE_HOLDS_VALUE (element) && g_strcmp0 (json_node_get_string (element), whats[k].id) == 0)
          what |= whats[k].what;
      }
  return what;
}

gboolean
semio_consent_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  g_autoptr (SemioStatement) insert = semio_database_prepare (database, APPLY_SQL, error);
  const char *host = semio_json_get_text (entry->payload, "host", error);
  const gint64 bytes = semio_json_get_int_or (entry->payload, "bytes", -1);
  gint64 person_id = 0;

  if (insert == NULL || host == NULL
      || (!semio_uuid_is_nil (&entry->person)
          && !semio_identity_ensure (database, SEMIO_IDENTITY_PERSON, &entry->person, &person_id, error)))
    return FALSE;
  semio_statement_bind_int (insert, 1, entry->id);
  if (person_id != 0)
    semio_statement_bind_int (insert, 2, person_id);
  else
    semio_statement_bind_null (insert, 2);
  semio_statement_bind_text (insert, 3, host);
  semio_statement_bind_int (insert, 4, semio_entry_payload_get_flag (entry->payload, "plain_http"));
  semio_statement_bind_int (insert, 5, read_what (entry->payload));
  semio_statement_bind_int (insert, 6, semio_json_get_int_or (entry->payload, "patients", 0));
  semio_statement_bind_int (insert, 7, semio_json_get_int_or (entry->payload, "recordings", 0));
  if (bytes >= 0)
    semio_statement_bind_int (insert, 8, bytes);
  else
    semio_statement_bind_null (insert, 8);
  semio_statement_bind_int (insert, 9, semio_json_get_int_or (entry->payload, "text_version", 0));
  semio_statement_bind_int (insert, 10, entry->utc_us);
  semio_statement_bind_uuid (insert, 11, &entry->uuid);
  return semio_statement_run (insert, error);
}

/* person_id 0 is nobody. */
static SemioEntry *
make_entry (SemioDatabase *database, const char *kind, gint64 person_id, GError **error)
{
  SemioUuid person;

  if (person_id == 0)
    return semio_entry_new (kind, NULL, json_object_new ());
  if (!semio_identity_get_uuid (database, SEMIO_IDENTITY_PERSON, person_id, &person, error))
    return NULL;
  return semio_entry_new (kind, &person, json_object_new ());
}

static gboolean
supersede_same (SemioDatabase *database, SemioEntry *entry, const char *host, gboolean plain_http, GError **error)
{
  g_autoptr (SemioStatement) read = semio_database_prepare (database, SAME_SQL, error);
  gboolean has_row;

  if (read == NULL)
    return FALSE;
  semio_statement_bind_text (read, 1, host);
  semio_statement_bind_int (read, 2, plain_http != FALSE);
  while (TRUE)
    {
      SemioUuid uuid;

      if (!semio_statement_step (read, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      uuid = semio_statement_get_uuid (read, 0);
      semio_entry_add_supersedes (entry, &uuid);
    }
}

gboolean
semio_consent_table_put (SemioDatabase *database, const SemioConsent *consent, GError **error)
{
  g_autoptr (SemioEntry) entry = make_entry (database, SEMIO_ENTRY_CONSENT, consent->person_id, error);
  g_autofree char *host = semio_text_clean (consent->host != NULL ? consent->host : "", -1, MAX_HOST_CHARS);
  JsonArray *what;

  if (entry == NULL)
    return FALSE;
  if (*g_strstrip (host) == '\0')
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                           _ ("Consent is given for a host. Say for which."));
      return FALSE;
    }
  what = json_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (whats); i++)
    if (consent->what & whats[i].what)
      json_array_add_string_element (what, whats[i].id);
  json_object_set_string_member (entry->payload, "host", host);
  json_object_set_boolean_member (entry->payload, "plain_http", consent->plain_http);
  json_object_set_array_member (entry->payload, "what", what);
  json_object_set_int_member (entry->payload, "patients", consent->n_patients);
  json_object_set_int_member (entry->payload, "recordings", consent->n_recordings);
  if (consent->bytes >= 0)
    json_object_set_int_member (entry->payload, "bytes", consent->bytes);
  else
    json_object_set_null_member (entry->payload, "bytes");
  json_object_set_int_member (entry->payload, "text_version", consent->text_version);
  return supersede_same (database, entry, host, consent->plain_http, error) && semio_entry_table_append (database, entry, error);
}

gboolean
semio_consent_table_withdraw (SemioDatabase *database, gint64 person_id, const SemioUuid *uuid, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, STANDS_SQL, error);
  g_autoptr (SemioEntry) entry = NULL;
  gboolean stands;

  if (find == NULL)
    return FALSE;
  semio_statement_bind_uuid (find, 1, uuid);
  if (!semio_statement_step (find, &stands, error))
    return FALSE;
  if (!stands)
    return TRUE;
  entry = make_entry (database, SEMIO_ENTRY_WITHDRAWAL, person_id, error);
  if (entry == NULL)
    return FALSE;
  json_object_set_string_member (entry->payload, "item", SEMIO_ENTRY_CONSENT);
  semio_entry_add_supersedes (entry, uuid);
  return semio_entry_table_append (database, entry, error);
}

static SemioConsent *
read_consent (SemioStatement *statement)
{
  SemioConsent *consent = semio_consent_new (semio_statement_get_text (statement, 2));

  consent->entry = semio_statement_get_uuid (statement, 0);
  consent->person_id = semio_statement_get_int (statement, 1);
  consent->plain_http = semio_statement_get_int (statement, 3) != 0;
  consent->what = (SemioConsentWhat) semio_statement_get_int (statement, 4);
  consent->n_patients = (guint) semio_statement_get_int (statement, 5);
  consent->n_recordings = (guint) semio_statement_get_int (statement, 6);
  if (!semio_statement_is_null (statement, 7))
    consent->bytes = semio_statement_get_int (statement, 7);
  consent->text_version = (int) semio_statement_get_int (statement, 8);
  consent->utc_us = semio_statement_get_int (statement, 9);
  return consent;
}

SemioConsent *
semio_consent_table_find (SemioDatabase *database, const char *host, gboolean plain_http, GError **error)
{
  g_autoptr (SemioStatement) find = semio_database_prepare (database, FIND_SQL, error);
  gboolean has_row;

  if (find == NULL)
    return NULL;
  semio_statement_bind_text (find, 1, host);
  semio_statement_bind_int (find, 2, plain_http != FALSE);
  if (!semio_statement_step (find, &has_row, error) || !has_row)
    return NULL;
  return read_consent (find);
}

GPtrArray *
semio_consent_table_load (SemioDatabase *database, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, LOAD_SQL, error);
  g_autoptr (GPtrArray) consents = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_consent_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      if (!semio_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&consents);
      g_ptr_array_add (consents, read_consent (statement));
    }
}
