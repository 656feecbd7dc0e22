/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-known-copies.h"

#include <gio/gio.h>

#include "semio-json.h"

/* Bounds against a file with chains without number; a study in use has a few. */
#define MAX_HEADS 1000
#define MAX_COPIES 16

static const char *HAS_SQL = "SELECT 1 FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                             " WHERE w.uuid = ?1 AND e.seq = ?2 AND e.hash = ?3";
static const char *HEADS_SQL = "SELECT uuid, seq, hash FROM writer WHERE seq > 0 AND hash IS NOT NULL ORDER BY id LIMIT ?1";

static void
free_copy (gpointer data)
{
  SemioKnownCopy *copy = data;

  g_free (copy->path);
  g_array_unref (copy->heads);
  g_free (copy);
}

GPtrArray *
semio_known_copies_new (void)
{
  return g_ptr_array_new_with_free_func (free_copy);
}

static SemioKnownCopy *
new_copy (const char *path)
{
  SemioKnownCopy *copy = g_new0 (SemioKnownCopy, 1);

  copy->path = g_strdup (path);
  copy->heads = g_array_new (FALSE, TRUE, sizeof (SemioKnownHead));
  return copy;
}

SemioKnownCopy *
semio_known_copies_find (GPtrArray *copies, SemioDatabase *database)
{
  g_autofree char *path = g_canonicalize_filename (semio_database_get_path (database), NULL);

  for (guint i = 0; i < copies->len; i++)
    {
      SemioKnownCopy *copy = g_ptr_array_index (copies, i);

      if (g_str_equal (copy->path, path))
        return copy;
    }
  return NULL;
}

gboolean
semio_known_head_is_in (const SemioKnownHead *head, SemioDatabase *database, gboolean *has, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HAS_SQL, error);

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, &head->writer);
  semio_statement_bind_int (statement, 2, head->seq);
  semio_statement_bind_sha256 (statement, 3, &head->hash);
  return semio_statement_step (statement, has, error);
}

gboolean
semio_known_copies_lack (GPtrArray *copies, SemioDatabase *database, gboolean *lacks, GError **error)
{
  const SemioKnownCopy *copy = semio_known_copies_find (copies, database);

  *lacks = FALSE;
  for (guint i = 0; copy != NULL && !*lacks && i < copy->heads->len; i++)
    {
      gboolean has;

      if (!semio_known_head_is_in (&g_array_index (copy->heads, SemioKnownHead, i), database, &has, error))
        return FALSE;
      *lacks = !has;
    }
  return TRUE;
}

static SemioKnownHead *
find_head (SemioKnownCopy *copy, const SemioUuid *writer)
{
  for (guint i = 0; i < copy->heads->len; i++)
    {
      SemioKnownHead *head = &g_array_index (copy->heads, SemioKnownHead, i);

      if (semio_uuid_equal (&head->writer, writer))
        return head;
    }
  return NULL;
}

/* The copy in front, made when there is none. */
static SemioKnownCopy *
take_front (GPtrArray *copies, SemioDatabase *database)
{
  SemioKnownCopy *copy = semio_known_copies_find (copies, database);
  guint index;

  if (copy != NULL && g_ptr_array_find (copies, copy, &index))
    g_ptr_array_steal_index (copies, index);
  else
    {
      g_autofree char *path = g_canonicalize_filename (semio_database_get_path (database), NULL);

      copy = new_copy (path);
    }
  g_ptr_array_insert (copies, 0, copy);
  if (copies->len > MAX_COPIES)
    g_ptr_array_set_size (copies, MAX_COPIES);
  return copy;
}

static gboolean
note_heads (SemioKnownCopy *copy, SemioDatabase *database, GHashTable *kept, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HEADS_SQL, error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  semio_statement_bind_int (statement, 1, MAX_HEADS);
  while (has_row)
    {
      SemioKnownHead seen = { 0 };
      SemioKnownHead *head;

      if (!semio_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      seen.writer = semio_statement_get_uuid (statement, 0);
      seen.seq = semio_statement_get_int (statement, 1);
      seen.hash = semio_statement_get_sha256 (statement, 2);
      head = find_head (copy, &seen.writer);
      if (head == NULL && copy->heads->len < MAX_HEADS)
        g_array_append_val (copy->heads, seen);
      else if (head != NULL && !g_hash_table_contains (kept, &head->writer) && seen.seq > head->seq)
        *head = seen;
    }
  return TRUE;
}

static gboolean
equal_uuid (gconstpointer a, gconstpointer b)
{
  return semio_uuid_equal (a, b);
}

static guint
hash_uuid (gconstpointer key)
{
  return semio_uuid_hash (key);
}

gboolean
semio_known_copies_note (GPtrArray *copies, SemioDatabase *database, gboolean *whole, GError **error)
{
  SemioKnownCopy *copy = take_front (copies, database);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (hash_uuid, equal_uuid, g_free, NULL);

  for (guint i = 0; i < copy->heads->len; i++)
    {
      const SemioKnownHead *head = &g_array_index (copy->heads, SemioKnownHead, i);
      gboolean has;

      if (!semio_known_head_is_in (head, database, &has, error))
        return FALSE;
      if (!has)
        g_hash_table_add (kept, g_memdup2 (&head->writer, sizeof head->writer));
    }
  *whole = g_hash_table_size (kept) == 0;
  return note_heads (copy, database, kept, error);
}

static void
read_heads (JsonArray *array, SemioKnownCopy *copy)
{
  const guint n = MIN (json_array_get_length (array), MAX_HEADS);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      SemioKnownHead head = { 0 };

      if (object == NULL || !semio_uuid_parse (semio_json_get_text_or (object, "writer", ""), &head.writer, NULL)
          || !semio_sha256_parse (semio_json_get_text_or (object, "hash", ""), &head.hash, NULL))
        continue;
      head.seq = semio_json_get_int_or (object, "seq", 0);
      if (head.seq > 0)
        g_array_append_val (copy->heads, head);
    }
}

void
semio_known_copies_read (JsonArray *array, GPtrArray *copies)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *path = object != NULL ? semio_json_get_text_or (object, "path", NULL) : NULL;
      JsonNode *heads = object != NULL ? json_object_get_member (object, "heads") : NULL;
      SemioKnownCopy *copy;

      if (path == NULL)
        continue;
      copy = new_copy (path);
      if (heads != NULL && JSON_NODE_HOLDS_ARRAY (heads))
        read_heads (json_node_get_array (heads), copy);
      g_ptr_array_add (copies, copy);
    }
}

JsonArray *
semio_known_copies_write (GPtrArray *copies)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < copies->len; i++)
    {
      const SemioKnownCopy *copy = g_ptr_array_index (copies, i);
      JsonObject *object = json_object_new ();
      JsonArray *heads = json_array_new ();

      for (guint j = 0; j < copy->heads->len; j++)
        {
          const SemioKnownHead *head = &g_array_index (copy->heads, SemioKnownHead, j);
          JsonObject *item = json_object_new ();
          char text[SEMIO_SHA256_TEXT];

          semio_uuid_format (&head->writer, text);
          json_object_set_string_member (item, "writer", text);
          json_object_set_int_member (item, "seq", head->seq);
          semio_sha256_format (&head->hash, text);
          json_object_set_string_member (item, "hash", text);
          json_array_add_object_element (heads, item);
        }
      json_object_set_string_member (object, "path", copy->path);
      json_object_set_array_member (object, "heads", heads);
      json_array_add_object_element (array, object);
    }
  return array;
}
