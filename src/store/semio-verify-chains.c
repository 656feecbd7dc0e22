/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-verify-chains.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-entry-private.h"
#include "semio-error.h"
#include "semio-json.h"
#include "semio-projection.h"

#define ENTRIES_PER_PROGRESS 500
#define MAX_FINDINGS 200
#define SHORT_TEXT 8

static const char *ENTRIES_SQL = "SELECT e.id, e.uuid, w.uuid, e.seq, e.lamport, e.kind, e.json, e.hash FROM entry AS e"
                                 " JOIN writer AS w ON w.id = e.writer_id ORDER BY e.lamport, w.uuid, e.seq, e.hash";
static const char *COUNT_SQL = "SELECT count (*) FROM entry";
static const char *FORKS_SQL = "SELECT w.uuid, e.seq, count (*) FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                               " GROUP BY e.writer_id, e.seq HAVING count (*) > 1 ORDER BY w.uuid, e.seq";
static const char *GAPS_SQL = "SELECT w.uuid, max (e.seq), count (DISTINCT e.seq), w.seq FROM entry AS e"
                              " JOIN writer AS w ON w.id = e.writer_id GROUP BY e.writer_id ORDER BY w.uuid";
static const char *TEXT_SQL = "SELECT 1 FROM entry_text WHERE hash = ?1";
static const char *TEXTS_SQL = "SELECT hash, salt, text FROM entry_text";

typedef struct {
  SemioUuid writer;
  gint64 seq;
} Place;

/* A link that is looked up when all entries are known. */
typedef struct {
  SemioUuid from;
  gint64 from_seq;
  SemioUuid writer;
  gint64 seq;
  SemioSha256 hash;
  gboolean is_head; /* what a chain says of another one; else its own entry before */
} Link;

static char *
name_writer (const SemioUuid *writer)
{
  char text[SEMIO_UUID_TEXT];

  semio_uuid_format (writer, text);
  return g_strndup (text, SHORT_TEXT);
}

void
semio_verify_find (SemioVerify *verify, const char *format, ...)
{
  va_list args;

  if (verify->findings->len >= MAX_FINDINGS)
    return;
  va_start (args, format);
  g_ptr_array_add (verify->findings, g_strdup_vprintf (format, args));
  va_end (args);
}

void
semio_verify_remark (SemioVerify *verify, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (verify->remarks, g_strdup_vprintf (format, args));
  va_end (args);
}

static gboolean
has_text (SemioVerify *verify, const SemioSha256 *hash, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (verify->database, TEXT_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_sha256 (statement, 1, hash);
  return semio_statement_step (statement, has, error);
}

/* Texts stand anywhere in a payload as {"text": hash}. */
static gboolean
count_redacted (SemioVerify *verify, JsonObject *payload, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (payload);

  for (GList *l = members; l != NULL; l = l->next)
    {
      SemioSha256 hash;
      gboolean has;

      if (!semio_entry_text_get_hash (payload, l->data, &hash))
        continue;
      if (!has_text (verify, &hash, &has, error))
        return FALSE;
      verify->n_redacted += !has;
    }
  return TRUE;
}

static gboolean
count_reason (SemioVerify *verify, const char *json, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  /* Almost no entry has a reason. */
  if (strstr (json, "\"reason\":{") == NULL)
    return TRUE;
  root = semio_json_parse (json, -1, G_MAXSIZE, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return TRUE;
  {
    g_autoptr (JsonObject) only = json_object_new ();

    json_object_set_member (only, "reason", json_object_dup_member (json_node_get_object (root), "reason"));
    return count_redacted (verify, only, error);
  }
}

static void
gather_heads (const SemioEntry *entry, GArray *links)
{
  g_autoptr (GList) members = entry->heads != NULL ? json_object_get_members (entry->heads) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (entry->heads, l->data);
      JsonArray *head = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      Link link = { entry->writer, entry->seq, { { 0 } }, 0, { { 0 } }, TRUE };

      if (head == NULL || json_array_get_length (head) != 2 || !semio_uuid_parse (l->data, &link.writer, NULL))
        continue;
      if (json_node_get_value_type (json_array_get_element (head, 0)) != G_TYPE_INT64
          || json_node_get_value_type (json_array_get_element (head, 1)) != G_TYPE_STRING
          || !semio_sha256_parse (json_array_get_string_element (head, 1), &link.hash, NULL))
        continue;
      link.seq = json_array_get_int_element (head, 0);
      g_array_append_val (links, link);
    }
}

static gboolean
agrees_with_columns (SemioStatement *statement, const SemioEntry *entry, const SemioUuid *writer)
{
  const SemioUuid uuid = semio_statement_get_uuid (statement, 1);

  return semio_uuid_equal (&uuid, &entry->uuid) && semio_uuid_equal (writer, &entry->writer)
         && semio_statement_get_int (statement, 3) == entry->seq && semio_statement_get_int (statement, 4) == entry->lamport
         && g_strcmp0 (semio_statement_get_text (statement, 5), entry->kind) == 0;
}

static gboolean
replay_entry (SemioVerify *verify, SemioEntry *entry, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!semio_entry_table_insert (verify->replay, entry, TRUE, FALSE, error))
    return FALSE;
  if (semio_projection_apply (verify->replay, entry, &local))
    return TRUE;
  if (g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_INVALID) || local->domain == SEMIO_BASE_ERROR)
    {
      verify->n_unread += 1;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
check_entry (SemioVerify *verify, SemioStatement *statement, GArray *links, GError **error)
{
  const char *json = semio_statement_get_text (statement, 6);
  const SemioUuid writer = semio_statement_get_uuid (statement, 2);
  const gint64 seq = semio_statement_get_int (statement, 3);
  const SemioSha256 stored = semio_statement_get_sha256 (statement, 7);
  const SemioSha256 hash = semio_sha256_of_text (json);
  g_autofree char *name = name_writer (&writer);
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioEntry) entry = NULL;
  Place *place;

  verify->n_entries += 1;
  if (!semio_sha256_equal (&hash, &stored))
    {
      semio_verify_find (verify, _ ("Entry %d of writer %s was changed: its text does not give its hash."), (int) seq, name);
      return TRUE;
    }
  entry = semio_entry_parse (json, &local);
  if (entry == NULL || !agrees_with_columns (statement, entry, &writer))
    {
      semio_verify_find (verify, _ ("Entry %d of writer %s does not say what the table says of it."), (int) seq, name);
      return TRUE;
    }
  place = g_new0 (Place, 1);
  *place = (Place){ writer, seq };
  g_hash_table_insert (verify->places, g_memdup2 (hash.bytes, sizeof hash.bytes), place);
  if (seq > 1)
    {
      const Link link = { writer, seq, writer, seq - 1, entry->prev, FALSE };

      g_array_append_val (links, link);
    }
  gather_heads (entry, links);
  return count_redacted (verify, entry->payload, error) && count_reason (verify, json, error)
         && replay_entry (verify, entry, error);
}

static guint
hash_place (gconstpointer key)
{
  guint value;

  memcpy (&value, key, sizeof value);
  return value;
}

static gboolean
equal_place (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, SEMIO_SHA256_BYTES) == 0;
}

static void
check_links (SemioVerify *verify, GArray *links)
{
  for (guint i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);
      const Place *place = g_hash_table_lookup (verify->places, link->hash.bytes);
      g_autofree char *from = name_writer (&link->from);
      g_autofree char *name = name_writer (&link->writer);

      if (place != NULL && place->seq == link->seq && semio_uuid_equal (&place->writer, &link->writer))
        continue;
      if (link->is_head)
        semio_verify_find (verify, _ ("Entry %d of writer %s, which entry %d of writer %s has seen, is missing or was changed."),
                           (int) link->seq, name, (int) link->from_seq, from);
      else
        semio_verify_find (verify, _ ("The chain of writer %s is broken before entry %d."), from, (int) link->from_seq);
    }
}

static gboolean
check_sequences (SemioVerify *verify, GError **error)
{
  g_autoptr (SemioStatement) forks = semio_database_prepare (verify->database, FORKS_SQL, error);
  g_autoptr (SemioStatement) gaps = forks != NULL ? semio_database_prepare (verify->database, GAPS_SQL, error) : NULL;
  gboolean has_row = TRUE;

  if (gaps == NULL)
    return FALSE;
  while (has_row)
    {
      SemioUuid writer;
      g_autofree char *name = NULL;

      if (!semio_statement_step (forks, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      writer = semio_statement_get_uuid (forks, 0);
      name = name_writer (&writer);
      semio_verify_find (verify,
                         _ ("Writer %s forked: %d entries stand at %d. All are kept; the same copy was written in two places."),
                         name, (int) semio_statement_get_int (forks, 2), (int) semio_statement_get_int (forks, 1));
    }
  has_row = TRUE;
  while (has_row)
    {
      SemioUuid writer;
      g_autofree char *name = NULL;

      if (!semio_statement_step (gaps, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      verify->n_writers += 1;
      writer = semio_statement_get_uuid (gaps, 0);
      name = name_writer (&writer);
      if (semio_statement_get_int (gaps, 1) != semio_statement_get_int (gaps, 2))
        semio_verify_find (verify, _ ("Entries of writer %s are missing: %d are there, but the last is number %d."), name,
                           (int) semio_statement_get_int (gaps, 2), (int) semio_statement_get_int (gaps, 1));
      if (semio_statement_get_int (gaps, 3) != semio_statement_get_int (gaps, 1))
        semio_verify_find (verify, _ ("Writer %s should have %d entries, but its last is number %d."), name,
                           (int) semio_statement_get_int (gaps, 3), (int) semio_statement_get_int (gaps, 1));
    }
  return TRUE;
}

static gboolean
check_texts (SemioVerify *verify, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (verify->database, TEXTS_SQL, error);
  gboolean has_row = TRUE;
  guint n_changed = 0;

  if (statement == NULL)
    return FALSE;
  while (has_row)
    {
      SemioSha256 stored, hash;
      gsize length;
      const void *salt;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      stored = semio_statement_get_sha256 (statement, 0);
      salt = semio_statement_get_blob (statement, 1, &length);
      hash = semio_entry_text_hash (salt, length, semio_statement_get_text (statement, 2));
      n_changed += !semio_sha256_equal (&stored, &hash);
    }
  if (n_changed > 0)
    semio_verify_find (
        verify,
        ngettext ("%u text was changed after it was entered.", "%u texts were changed after they were entered.", n_changed),
        n_changed);
  return TRUE;
}

gboolean
semio_verify_chains (SemioVerify *verify, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (verify->database, ENTRIES_SQL, error);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (Link));
  gboolean has_row = TRUE;
  gint64 count;

  verify->places = g_hash_table_new_full (hash_place, equal_place, g_free, g_free);
  if (statement == NULL || !semio_database_get_int (verify->database, COUNT_SQL, 0, &count, error))
    return FALSE;
  while (has_row)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row && !check_entry (verify, statement, links, error))
        return FALSE;
      if (progress != NULL && verify->n_entries % ENTRIES_PER_PROGRESS == 0)
        progress ((double) verify->n_entries / MAX (count, 1), _ ("Checking entries"), progress_data);
    }
  check_links (verify, links);
  return check_sequences (verify, error) && check_texts (verify, error);
}
