/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-known-study.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "semio-file-write.h"
#include "semio-json.h"

#define RECORD_SCHEMA 1
#define MAX_RECORD_BYTES (8 * 1024 * 1024)
#define MAX_WRITERS 200
#define MAX_PATHS 8

static const char *HEAD_SQL = "SELECT seq, hash FROM writer WHERE uuid = ?1";
static const char *NEWEST_SQL = "SELECT e.hash, w.uuid, e.seq FROM entry AS e JOIN writer AS w ON w.id = e.writer_id"
                                " ORDER BY e.id DESC LIMIT 1";
static const char *COUNT_SQL = "SELECT coalesce (max (id), 0) FROM entry";

static void
clear_writer (gpointer data)
{
  SemioKnownWriter *writer = data;

  g_free (writer->path);
}

static SemioKnownStudy *
new_known (const SemioUuid *study)
{
  SemioKnownStudy *known = g_new0 (SemioKnownStudy, 1);

  known->study = *study;
  known->writers = g_array_new (FALSE, TRUE, sizeof (SemioKnownWriter));
  g_array_set_clear_func (known->writers, clear_writer);
  known->paths = g_ptr_array_new_with_free_func (g_free);
  known->copies = semio_known_copies_new ();
  known->same_machine = TRUE;
  return known;
}

void
semio_known_study_free (SemioKnownStudy *known)
{
  g_array_unref (known->writers);
  g_ptr_array_unref (known->paths);
  g_ptr_array_unref (known->copies);
  g_free (known);
}

char *
semio_known_study_get_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "semioscope", NULL);
}

static char *
get_record_path (const SemioUuid *study, const char *suffix)
{
  g_autofree char *folder = semio_known_study_get_folder ();
  char uuid[SEMIO_UUID_TEXT];
  g_autofree char *name = NULL;

  semio_uuid_format (study, uuid);
  name = g_strconcat (uuid, suffix, NULL);
  return g_build_filename (folder, "studies", name, NULL);
}

/* A home folder may be seen from several machines; a writer belongs to one of them. */
static char *
get_machine (void)
{
  g_autofree char *id = NULL;
  g_autofree char *seed = NULL;
  SemioSha256 hash;

  if (!g_file_get_contents ("/etc/machine-id", &id, NULL, NULL))
    id = g_strdup (g_get_host_name ());
  seed = g_strconcat ("semioscope:", id, NULL);
  hash = semio_sha256_of_text (seed);
  return semio_sha256_to_string (&hash);
}

/* Held while a record is read and written; gone with its process. */
static int
lock_record (const SemioUuid *study)
{
  g_autofree char *path = get_record_path (study, ".lock");
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static void
read_writer (JsonObject *object, SemioKnownStudy *known)
{
  const char *uuid = semio_json_get_text_or (object, "writer", "");
  const char *hash = semio_json_get_text_or (object, "hash", NULL);
  SemioKnownWriter writer = { 0 };

  if (!semio_uuid_parse (uuid, &writer.writer, NULL))
    return;
  if (hash != NULL && !semio_sha256_parse (hash, &writer.hash, NULL))
    return;
  writer.seq = semio_json_get_int_or (object, "seq", 0);
  writer.open = semio_json_get_int_or (object, "open", 1) != 0;
  writer.path = g_strdup (semio_json_get_text_or (object, "path", NULL));
  g_array_append_val (known->writers, writer);
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
read_record (JsonObject *object, SemioKnownStudy *known)
{
  const char *last = semio_json_get_text_or (object, "last", NULL);
  g_autofree char *machine = get_machine ();
  JsonArray *writers = get_array (object, "writers");
  JsonArray *paths = get_array (object, "paths");
  JsonArray *copies = get_array (object, "copies");

  if (copies != NULL)
    semio_known_copies_read (copies, known->copies);
  known->has_last = last != NULL && semio_sha256_parse (last, &known->last, NULL);
  known->n_entries = semio_json_get_int_or (object, "entries", 0);
  known->same_machine = g_strcmp0 (machine, semio_json_get_text_or (object, "machine", NULL)) == 0;
  for (guint i = 0; writers != NULL && i < json_array_get_length (writers); i++)
    {
      JsonNode *node = json_array_get_element (writers, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_writer (json_node_get_object (node), known);
    }
  for (guint i = 0; paths != NULL && i < json_array_get_length (paths); i++)
    {
      JsonNode *node = json_array_get_element (paths, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (known->paths, g_strdup (json_node_get_string (node)));
    }
}

SemioKnownStudy *
semio_known_study_load (const SemioUuid *study, GError **error)
{
  g_autofree char *path = get_record_path (study, ".json");
  g_autofree char *text = NULL;
  g_autoptr (SemioKnownStudy) known = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &local))
    {
      if (!g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  root = semio_json_parse (text, (gssize) length, MAX_RECORD_BYTES, error);
  if (root == NULL)
    return NULL;
  known = new_known (study);
  if (JSON_NODE_HOLDS_OBJECT (root))
    read_record (json_node_get_object (root), known);
  return g_steal_pointer (&known);
}

static JsonArray *
write_writers (const SemioKnownStudy *known)
{
  JsonArray *writers = json_array_new ();

  for (guint i = 0; i < known->writers->len; i++)
    {
      const SemioKnownWriter *writer = &g_array_index (known->writers, SemioKnownWriter, i);
      JsonObject *object = json_object_new ();
      char text[SEMIO_SHA256_TEXT];

      semio_uuid_format (&writer->writer, text);
      json_object_set_string_member (object, "writer", text);
      json_object_set_int_member (object, "seq", writer->seq);
      semio_sha256_format (&writer->hash, text);
      json_object_set_string_member (object, "hash", text);
      json_object_set_int_member (object, "open", writer->open);
      if (writer->path != NULL)
        json_object_set_string_member (object, "path", writer->path);
      json_array_add_object_element (writers, object);
    }
  return writers;
}

static gboolean
save (const SemioKnownStudy *known, GError **error)
{
  g_autofree char *path = get_record_path (&known->study, ".json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *machine = get_machine ();
  JsonArray *paths = json_array_new ();
  char text[SEMIO_SHA256_TEXT];
  char *json;

  json_object_set_int_member (object, "schema", RECORD_SCHEMA);
  semio_uuid_format (&known->study, text);
  json_object_set_string_member (object, "study", text);
  json_object_set_string_member (object, "machine", machine);
  json_object_set_int_member (object, "entries", known->n_entries);
  if (known->has_last)
    {
      semio_sha256_format (&known->last, text);
      json_object_set_string_member (object, "last", text);
    }
  json_object_set_array_member (object, "writers", write_writers (known));
  for (guint i = 0; i < known->paths->len; i++)
    json_array_add_string_element (paths, g_ptr_array_index (known->paths, i));
  json_object_set_array_member (object, "paths", paths);
  json_object_set_array_member (object, "copies", semio_known_copies_write (known->copies));
  json_node_set_object (root, object);
  json = semio_json_canonical (root);
  bytes = g_bytes_new_take (json, strlen (json));
  return semio_file_write (file, bytes, NULL, error);
}

gboolean
semio_known_study_find_path (const char *path, SemioUuid *study)
{
  g_autofree char *folder = semio_known_study_get_folder ();
  g_autofree char *studies = g_build_filename (folder, "studies", NULL);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GDir) dir = g_dir_open (studies, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *text = g_strndup (name, SEMIO_UUID_TEXT - 1);
      g_autoptr (SemioKnownStudy) known = NULL;

      if (!g_str_has_suffix (name, ".json") || !semio_uuid_parse (text, study, NULL))
        continue;
      known = semio_known_study_load (study, NULL);
      for (guint i = 0; known != NULL && i < known->paths->len; i++)
        if (g_str_equal (absolute, g_ptr_array_index (known->paths, i)))
          return TRUE;
    }
  return FALSE;
}

typedef struct {
  gboolean exists;
  gint64 seq;
  SemioSha256 hash;
} FileHead;

static gboolean
read_head (SemioDatabase *database, const SemioUuid *writer, FileHead *head, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, HEAD_SQL, error);

  *head = (FileHead){ 0 };
  if (statement == NULL)
    return FALSE;
  semio_statement_bind_uuid (statement, 1, writer);
  if (!semio_statement_step (statement, &head->exists, error))
    return FALSE;
  if (head->exists)
    {
      head->seq = semio_statement_get_int (statement, 0);
      head->hash = semio_statement_get_sha256 (statement, 1);
    }
  return TRUE;
}

typedef struct {
  gboolean exists;
  SemioSha256 hash;
  SemioUuid writer;
  gint64 seq;
} NewestEntry;

static gboolean
read_newest (SemioDatabase *database, NewestEntry *newest, GError **error)
{
  g_autoptr (SemioStatement) statement = semio_database_prepare (database, NEWEST_SQL, error);

  *newest = (NewestEntry){ 0 };
  if (statement == NULL || !semio_statement_step (statement, &newest->exists, error))
    return FALSE;
  if (newest->exists)
    {
      newest->hash = semio_statement_get_sha256 (statement, 0);
      newest->writer = semio_statement_get_uuid (statement, 1);
      newest->seq = semio_statement_get_int (statement, 2);
    }
  return TRUE;
}

gboolean
semio_known_study_is_known (const SemioKnownStudy *known, SemioDatabase *database, GError **error)
{
  NewestEntry newest;
  gboolean lacks;

  if (known == NULL || !read_newest (database, &newest, error)
      || !semio_known_copies_lack (known->copies, database, &lacks, error) || lacks)
    return FALSE;
  if (!newest.exists)
    return !known->has_last;
  if (known->has_last && semio_sha256_equal (&newest.hash, &known->last))
    return TRUE;
  for (guint i = 0; i < known->writers->len; i++)
    {
      const SemioKnownWriter *writer = &g_array_index (known->writers, SemioKnownWriter, i);

      if (writer->open && semio_uuid_equal (&writer->writer, &newest.writer) && newest.seq >= writer->seq)
        return TRUE;
    }
  return FALSE;
}

static SemioKnownWriter *
find_writer (SemioKnownStudy *known, const SemioUuid *uuid)
{
  for (guint i = 0; i < known->writers->len; i++)
    {
      SemioKnownWriter *writer = &g_array_index (known->writers, SemioKnownWriter, i);

      if (semio_uuid_equal (&writer->writer, uuid))
        return writer;
    }
  return NULL;
}

/* One that closed properly, here, and at exactly the head that the file has. */
static gboolean
choose_writer (SemioKnownStudy *known, SemioDatabase *database, SemioKnownWriter **chosen, GError **error)
{
  *chosen = NULL;
  for (guint i = 0; known->same_machine && i < known->writers->len; i++)
    {
      SemioKnownWriter *writer = &g_array_index (known->writers, SemioKnownWriter, i);
      FileHead head;

      if (writer->open || writer->seq == 0)
        continue;
      if (!read_head (database, &writer->writer, &head, error))
        return FALSE;
      if (head.exists && head.seq == writer->seq && semio_sha256_equal (&head.hash, &writer->hash))
        {
          *chosen = writer;
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
add_new_writer (SemioKnownStudy *known, SemioDatabase *database, SemioKnownWriter **chosen, GError **error)
{
  SemioKnownWriter writer = { 0 };
  FileHead head;

  /* Random numbers may repeat where a test seeds them. */
  do
    {
      writer.writer = semio_uuid_new ();
      if (!read_head (database, &writer.writer, &head, error))
        return FALSE;
  } while (head.exists || find_writer (known, &writer.writer) != NULL);
  /* What the oldest ones wrote stays known by the ends of the copies. */
  if (known->writers->len >= MAX_WRITERS)
    g_array_remove_index (known->writers, 0);
  g_array_append_val (known->writers, writer);
  *chosen = &g_array_index (known->writers, SemioKnownWriter, known->writers->len - 1);
  return TRUE;
}

static void
note_path (SemioKnownStudy *known, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);

  for (guint i = 0; i < known->paths->len; i++)
    if (g_str_equal (absolute, g_ptr_array_index (known->paths, i)))
      {
        g_ptr_array_remove_index (known->paths, i);
        break;
      }
  g_ptr_array_insert (known->paths, 0, g_steal_pointer (&absolute));
  if (known->paths->len > MAX_PATHS)
    g_ptr_array_set_size (known->paths, MAX_PATHS);
}

/* A record that cannot be read is put aside, never written over: it may be all that knows of a cut study. */
static SemioKnownStudy *
load_for_writing (const SemioUuid *study, GError **error)
{
  g_autoptr (GError) local = NULL;
  SemioKnownStudy *known = semio_known_study_load (study, &local);
  g_autofree char *path = get_record_path (study, ".json");
  g_autofree char *aside = get_record_path (study, ".json.damaged");

  if (known != NULL)
    return known;
  if (local != NULL && local->domain == G_FILE_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (local != NULL && !g_file_test (aside, G_FILE_TEST_EXISTS))
    g_rename (path, aside);
  return new_known (study);
}

static gboolean
claim (const SemioUuid *study, SemioDatabase *database, SemioUuid *writer, GError **error)
{
  g_autoptr (SemioKnownStudy) known = load_for_writing (study, error);
  SemioKnownWriter *chosen;

  if (known == NULL)
    return FALSE;
  if (!choose_writer (known, database, &chosen, error) || (chosen == NULL && !add_new_writer (known, database, &chosen, error)))
    return FALSE;
  chosen->open = TRUE;
  g_free (chosen->path);
  chosen->path = g_canonicalize_filename (semio_database_get_path (database), NULL);
  *writer = chosen->writer;
  note_path (known, semio_database_get_path (database));
  return save (known, error);
}

gboolean
semio_known_study_claim_writer (const SemioUuid *study, SemioDatabase *database, SemioUuid *writer, GError **error)
{
  const int lock = lock_record (study);
  gboolean done;

  if (lock < 0)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY,
                   _ ("The user’s data folder cannot be written to: %s. See that it is yours to write and has room."),
                   g_strerror (errno));
      return FALSE;
    }
  done = claim (study, database, writer, error);
  close (lock);
  return done;
}

static gboolean
remember (const SemioUuid *study, SemioDatabase *database, const SemioUuid *uuid, gboolean closed, GError **error)
{
  g_autoptr (SemioKnownStudy) known = load_for_writing (study, error);
  SemioKnownWriter *writer = NULL;
  NewestEntry newest;
  FileHead head;
  gboolean whole;
  gint64 n_entries;

  if (known == NULL || !read_newest (database, &newest, error)
      || !semio_database_get_int (database, COUNT_SQL, 0, &n_entries, error)
      || !semio_known_copies_note (known->copies, database, &whole, error))
    return FALSE;
  /* A file that has lost something stays one that is not known, however often it is opened. */
  if (whole)
    {
      known->has_last = newest.exists;
      known->last = newest.hash;
      known->n_entries = n_entries;
    }
  note_path (known, semio_database_get_path (database));
  if (uuid != NULL)
    {
      if (!read_head (database, uuid, &head, error))
        return FALSE;
      writer = find_writer (known, uuid);
    }
  if (writer != NULL)
    {
      /* A file that was cut or changed for another under an open study must not make the writer's end go back. */
      if (head.seq > writer->seq)
        {
          writer->seq = head.seq;
          writer->hash = head.hash;
        }
      writer->open = !closed;
      /* A writer that wrote nothing leaves no trace. */
      if (closed && writer->seq == 0)
        g_array_remove_index (known->writers, (guint) (writer - (SemioKnownWriter *) (gpointer) known->writers->data));
    }
  return save (known, error);
}

gboolean
semio_known_study_remember (const SemioUuid *study, SemioDatabase *database, const SemioUuid *writer, gboolean closed,
                            GError **error)
{
  const int lock = lock_record (study);
  gboolean done;

  if (lock < 0)
    {
      g_set_error (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY,
                   _ ("The user’s data folder cannot be written to: %s. See that it is yours to write and has room."),
                   g_strerror (errno));
      return FALSE;
    }
  done = remember (study, database, writer, closed, error);
  close (lock);
  return done;
}
