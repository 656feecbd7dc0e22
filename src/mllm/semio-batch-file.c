/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-batch-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-file-error.h"
#include "semio-file-write.h"
#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-sha256.h"
#include "semio-text.h"

#define MAX_PROBLEM_CHARS 500
#define ID_CHARS 40

typedef struct {
  char *path; /* as it will be called */
  char *part; /* as it is called until then */
  guint64 n_bytes;
  guint n_lines;
  char *hash; /* once it is closed */
} BatchFile;

struct _SemioBatchWriter {
  GFile *folder;
  char *name;
  guint64 max_bytes;
  guint max_lines;
  GPtrArray *files; /* of BatchFile */
  int fd; /* of the last; -1 */
  GChecksum *checksum;
  gboolean is_finished;
};

char *
semio_batch_make_id (const SemioUuid *run, const SemioUuid *recording, int segment, SemioQuestionKind kind, const char *feature)
{
  char run_text[SEMIO_UUID_TEXT], recording_text[SEMIO_UUID_TEXT];
  g_autofree char *text = NULL;
  g_autofree char *hash_text = NULL;
  SemioSha256 hash;

  semio_uuid_format (run, run_text);
  semio_uuid_format (recording, recording_text);
  text = g_strdup_printf ("%s|%s|%d|%s|%s", run_text, recording_text, segment, semio_question_kind_to_id (kind),
                          feature ? feature : "");
  hash = semio_sha256_of_text (text);
  hash_text = semio_sha256_to_string (&hash);
  return g_strndup (hash_text, ID_CHARS);
}

static void
batch_file_free (gpointer data)
{
  BatchFile *file = data;

  g_free (file->path);
  g_free (file->part);
  g_free (file->hash);
  g_free (file);
}

SemioBatchWriter *
semio_batch_writer_new (GFile *folder, const char *name, guint64 max_bytes, guint max_lines)
{
  SemioBatchWriter *self = g_new0 (SemioBatchWriter, 1);

  self->folder = g_object_ref (folder);
  self->name = g_strdup (name);
  self->max_bytes = max_bytes;
  self->max_lines = max_lines;
  self->files = g_ptr_array_new_with_free_func (batch_file_free);
  self->fd = -1;
  return self;
}

void
semio_batch_writer_free (SemioBatchWriter *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  for (guint i = 0; !self->is_finished && i < self->files->len; i++)
    g_unlink (((BatchFile *) self->files->pdata[i])->part);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_ptr_array_unref (self->files);
  g_object_unref (self->folder);
  g_free (self->name);
  g_free (self);
}

static BatchFile *
get_last (const SemioBatchWriter *self)
{
  return self->files->len > 0 ? self->files->pdata[self->files->len - 1] : NULL;
}

static gboolean
fail (const char *path, int code, GError **error)
{
  g_autofree char *message = semio_file_error_describe_write (path, code);

  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), message);
  return FALSE;
}

static gboolean
end_file (SemioBatchWriter *self, GError **error)
{
  BatchFile *file = get_last (self);
  int code = 0;

  if (self->fd < 0)
    return TRUE;
  if (fsync (self->fd) != 0)
    code = errno;
  if (close (self->fd) != 0 && code == 0)
    code = errno;
  self->fd = -1;
  file->hash = g_strdup (g_checksum_get_string (self->checksum));
  g_clear_pointer (&self->checksum, g_checksum_free);
  return code == 0 || fail (file->part, code, error);
}

static gboolean
begin_file (SemioBatchWriter *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%03u.jsonl", self->name, self->files->len + 1);
  g_autoptr (GFile) target = g_file_get_child (self->folder, name);
  BatchFile *file;

  if (!end_file (self, error))
    return FALSE;
  file = g_new0 (BatchFile, 1);
  file->path = g_file_get_path (target);
  file->part = g_strconcat (file->path, ".part", NULL);
  g_ptr_array_add (self->files, file);
  if (g_file_test (file->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   _ ("“%s” is there already. Choose an empty folder, or another name for the run."), file->path);
      return FALSE;
    }
  /* Faces stand in it: nobody else may read it. */
  self->fd = g_open (file->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (self->fd < 0)
    return fail (file->part, errno, error);
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return TRUE;
}

gboolean
semio_batch_writer_begin_segment (SemioBatchWriter *self, guint64 n_bytes, guint n_lines, GError **error)
{
  const BatchFile *file = get_last (self);

  if (file != NULL && file->n_bytes + n_bytes <= self->max_bytes && file->n_lines + n_lines <= self->max_lines)
    return TRUE;
  return file != NULL && file->n_lines == 0 ? TRUE : begin_file (self, error);
}

static gboolean
put (SemioBatchWriter *self, const void *data, gsize length, GError **error)
{
  const char *bytes = data;
  gsize done = 0;

  g_checksum_update (self->checksum, data, (gssize) length);
  while (done < length)
    {
      gssize n = write (self->fd, bytes + done, length - done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        return fail (get_last (self)->part, errno, error);
    }
  get_last (self)->n_bytes += length;
  return TRUE;
}

static char *
make_head (const char *custom_id)
{
  return g_strdup_printf ("{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":", custom_id);
}

guint64
semio_batch_writer_get_frame_bytes (const char *custom_id)
{
  g_autofree char *head = make_head (custom_id);

  return strlen (head) + strlen ("}\n");
}

gboolean
semio_batch_writer_add (SemioBatchWriter *self, const char *custom_id, GBytes *prefix, GBytes *tail, GError **error)
{
  g_autofree char *head = make_head (custom_id);
  gsize prefix_length, tail_length;
  const void *prefix_data = g_bytes_get_data (prefix, &prefix_length);
  const void *tail_data = g_bytes_get_data (tail, &tail_length);
  guint64 n_bytes = strlen (head) + prefix_length + tail_length + 2;
  const BatchFile *file = get_last (self);

  /* A segment that is larger than a file goes on in the next. */
  if ((file == NULL || (file->n_lines > 0 && (file->n_bytes + n_bytes > self->max_bytes || file->n_lines >= self->max_lines)))
      && !begin_file (self, error))
    return FALSE;
  if (!put (self, head, strlen (head), error) || !put (self, prefix_data, prefix_length, error)
      || !put (self, tail_data, tail_length, error) || !put (self, "}\n", 2, error))
    return FALSE;
  get_last (self)->n_lines++;
  return TRUE;
}

guint
semio_batch_writer_get_n_files (SemioBatchWriter *self)
{
  return self->files->len;
}

static JsonArray *
list_files (const SemioBatchWriter *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      const BatchFile *file = self->files->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *name = g_path_get_basename (file->path);

      json_object_set_string_member (object, "name", name);
      json_object_set_int_member (object, "bytes", (gint64) file->n_bytes);
      json_object_set_int_member (object, "lines", file->n_lines);
      json_object_set_string_member (object, "sha256", file->hash);
      json_array_add_object_element (array, object);
    }
  return array;
}

static gboolean
name_files (SemioBatchWriter *self, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const BatchFile *file = self->files->pdata[i];

      if (g_rename (file->part, file->path) != 0)
        return fail (file->path, errno, error);
    }
  self->is_finished = TRUE;
  return TRUE;
}

gboolean
semio_batch_writer_finish (SemioBatchWriter *self, JsonObject *manifest, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *name = g_strconcat (self->name, "-manifest.json", NULL);
  g_autoptr (GFile) file = g_file_get_child (self->folder, name);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  json_node_take_object (node, manifest);
  if (!end_file (self, error) || !name_files (self, error))
    return FALSE;
  json_object_set_array_member (manifest, "files", list_files (self));
  text = semio_json_canonical (node);
  bytes = g_bytes_new_take (text, strlen (text));
  return semio_file_write (file, bytes, NULL, error);
}

void
semio_batch_result_free (SemioBatchResult *result)
{
  if (result == NULL)
    return;
  g_free (result->custom_id);
  g_clear_pointer (&result->body, g_bytes_unref);
  g_free (result->problem);
  g_free (result);
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static GBytes *
take_text (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

/* What a service says beside a response, or instead of one. */
static char *
read_problem (JsonObject *object)
{
  JsonObject *problem = get_object (object, "error");
  const char *message =
      problem ? semio_json_get_text_or (problem, "message", NULL) : semio_json_get_text_or (object, "error", NULL);

  return message ? semio_text_clean (message, -1, MAX_PROBLEM_CHARS) : NULL;
}

SemioBatchResult *
semio_batch_result_parse (const char *line, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = semio_json_parse (line, (gssize) length, SEMIO_BATCH_MAX_LINE_BYTES, error);
  g_autoptr (SemioBatchResult) result = NULL;
  JsonObject *object, *response;
  const char *custom_id;

  if (node == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  custom_id = object ? semio_json_get_text_or (object, "custom_id", NULL) : NULL;
  if (custom_id == NULL)
    {
      g_set_error_literal (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("it is no line of a batch's result"));
      return NULL;
    }
  result = g_new0 (SemioBatchResult, 1);
  result->custom_id = g_strdup (custom_id);
  result->problem = read_problem (object);
  response = get_object (object, "response");
  if (response != NULL)
    {
      JsonNode *body = json_object_get_member (response, "body");

      result->status = (guint) CLAMP (semio_json_get_int_or (response, "status_code", 0), 0, 999);
      result->body = body && !JSON_NODE_HOLDS_NULL (body) ? take_text (semio_json_canonical (body)) : NULL;
    }
  return g_steal_pointer (&result);
}
