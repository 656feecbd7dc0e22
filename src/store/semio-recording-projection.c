/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-identity.h"
#include "semio-json.h"
#include "semio-projection-private.h"

static const char *PATIENT_SQL = "UPDATE patient SET pseudonym = ?2 WHERE id = ?1";
static const char *PSEUDONYM_SQL = "UPDATE recording SET pseudonym = ?2 WHERE id = ?1";
static const char *RECORDING_PATIENT_SQL = "UPDATE recording SET patient_id = ?2 WHERE id = ?1";
static const char *MEDIUM_SQL = "UPDATE recording SET medium_id = ?2 WHERE id = ?1";
static const char *MIRRORED_SQL = "UPDATE recording SET mirrored = ?2 WHERE id = ?1";
/* Of several recordings with one content the smallest UUID stands for all, in whatever order the aliases come. */
static const char *ALIAS_SQL = "UPDATE recording SET alias_of = ?2 WHERE id = ?1 AND (alias_of IS NULL OR"
                               " (SELECT uuid FROM recording WHERE id = ?2) <"
                               " (SELECT a.uuid FROM recording AS a WHERE a.id = recording.alias_of))";

static gboolean
has_value (JsonObject *payload, const char *member)
{
  return json_object_has_member (payload, member) && !json_object_get_null_member (payload, member);
}

static gboolean
set_text (SemioDatabase *database, const char *sql, gint64 id, const char *text, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, sql, error);

  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, id);
  semio_statement_bind_text (update, 2, text);
  return semio_statement_run (update, error);
}

static gboolean
set_int (SemioDatabase *database, const char *sql, gint64 id, gint64 value, GError **error)
{
  g_autoptr (SemioStatement) update = semio_database_prepare (database, sql, error);

  if (update == NULL)
    return FALSE;
  semio_statement_bind_int (update, 1, id);
  semio_statement_bind_int (update, 2, value);
  return semio_statement_run (update, error);
}

static gboolean
ensure_recording (SemioDatabase *database, const SemioEntry *entry, gint64 *id, GError **error)
{
  return semio_projection_ensure (database, entry->payload, "recording", SEMIO_IDENTITY_RECORDING, id, error);
}

gboolean
semio_recording_table_apply_patient (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const char *pseudonym = semio_json_get_text (entry->payload, "pseudonym", error);
  gint64 patient_id;

  return pseudonym != NULL
         && semio_projection_ensure (database, entry->payload, "patient", SEMIO_IDENTITY_PATIENT, &patient_id, error)
         && set_text (database, PATIENT_SQL, patient_id, pseudonym, error);
}

gboolean
semio_recording_table_apply_pseudonym (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const char *pseudonym = semio_json_get_text (entry->payload, "pseudonym", error);
  gint64 recording_id;

  return pseudonym != NULL && ensure_recording (database, entry, &recording_id, error)
         && set_text (database, PSEUDONYM_SQL, recording_id, pseudonym, error);
}

gboolean
semio_recording_table_apply_recording_patient (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  gint64 recording_id, patient_id;

  return ensure_recording (database, entry, &recording_id, error)
         && semio_projection_ensure (database, entry->payload, "patient", SEMIO_IDENTITY_PATIENT, &patient_id, error)
         && set_int (database, RECORDING_PATIENT_SQL, recording_id, patient_id, error);
}

gboolean
semio_recording_table_apply_media (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  const char *text = semio_json_get_text (entry->payload, "content", error);
  SemioSha256 content;
  gint64 recording_id, medium_id;

  return text != NULL && semio_sha256_parse (text, &content, error) && ensure_recording (database, entry, &recording_id, error)
         && semio_identity_ensure_medium (database, &content, &medium_id, error)
         && set_int (database, MEDIUM_SQL, recording_id, medium_id, error);
}

gboolean
semio_recording_table_apply (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  return semio_recording_table_apply_pseudonym (database, entry, error)
         && (!has_value (entry->payload, "patient") || semio_recording_table_apply_recording_patient (database, entry, error))
         && (!has_value (entry->payload, "content") || semio_recording_table_apply_media (database, entry, error));
}

gboolean
semio_recording_table_apply_mirrored (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  JsonNode *node = json_object_get_member (entry->payload, "mirrored");
  gint64 recording_id;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID,
                           _ ("The entry does not say whether it is mirrored."));
      return FALSE;
    }
  return ensure_recording (database, entry, &recording_id, error)
         && set_int (database, MIRRORED_SQL, recording_id, json_node_get_boolean (node), error);
}

gboolean
semio_recording_table_apply_alias (SemioDatabase *database, const SemioEntry *entry, GError **error)
{
  gint64 recording_id, of_id;

  if (!ensure_recording (database, entry, &recording_id, error)
      || !semio_projection_ensure (database, entry->payload, "of", SEMIO_IDENTITY_RECORDING, &of_id, error))
    return FALSE;
  if (recording_id == of_id)
    {
      g_set_error_literal (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID, _ ("A recording is named as its own alias."));
      return FALSE;
    }
  return set_int (database, ALIAS_SQL, recording_id, of_id, error);
}
