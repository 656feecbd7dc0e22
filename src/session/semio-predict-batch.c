/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run's questions as lines for a batch service. */
#include <glib/gi18n-lib.h>

#include "semio-predict-private.h"

#define MANIFEST_VERSION 1
/* The name of a run may be anything, and may tell something. */
#define BASE_NAME "questions"

typedef struct {
  char *custom_id;
  GBytes *prefix;
  GBytes *tail;
} BatchLine;

typedef struct {
  SemioBatchWriter *writer; /* owned by the run, which lives as long as its task */
  GArray *lines; /* of BatchLine */
  guint64 n_bytes;
} BatchJob;

static void
line_clear (gpointer data)
{
  BatchLine *line = data;

  g_free (line->custom_id);
  g_bytes_unref (line->prefix);
  g_bytes_unref (line->tail);
}

static void
job_free (gpointer data)
{
  BatchJob *job = data;

  g_array_unref (job->lines);
  g_free (job);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  BatchJob *job = data;
  GError *error = NULL;
  gboolean good = semio_batch_writer_begin_segment (job->writer, job->n_bytes, job->lines->len, &error);

  for (guint i = 0; good && i < job->lines->len; i++)
    {
      const BatchLine *line = &g_array_index (job->lines, BatchLine, i);

      good = semio_batch_writer_add (job->writer, line->custom_id, line->prefix, line->tail, &error);
    }
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
add_line (SemioPredict *self, BatchJob *job, const SemioFanOut *fan_out, guint question, const SemioQuestionKey *key)
{
  SemioCase *found = semio_study_find_case (self->study, key->recording_id);
  const char *feature =
      key->feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (self->study->features, key->feature)->id;
  BatchLine line;

  line.custom_id =
      semio_batch_make_id (&self->run_uuid, &semio_case_get_recording (found)->uuid, key->segment, key->kind, feature);
  line.prefix = g_bytes_ref (semio_chat_prefix_get_bytes (fan_out->prefix));
  line.tail = g_bytes_ref (g_array_index (fan_out->questions, SemioQuestion, question).tail);
  job->n_bytes +=
      semio_batch_writer_get_frame_bytes (line.custom_id) + g_bytes_get_size (line.prefix) + g_bytes_get_size (line.tail);
  g_array_append_val (job->lines, line);
}

void
semio_predict_batch_write (SemioPredict *self, const SemioPlannedSegment *planned, GPtrArray *fan_outs, GAsyncReadyCallback done,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, done, user_data);
  BatchJob *job = g_new0 (BatchJob, 1);

  g_task_set_source_tag (task, semio_predict_batch_write);
  job->writer = self->batch;
  job->lines = g_array_new (FALSE, FALSE, sizeof (BatchLine));
  g_array_set_clear_func (job->lines, line_clear);
  g_task_set_task_data (task, job, job_free);
  for (guint i = 0; i < fan_outs->len; i++)
    {
      const SemioPlannedFan *fan = planned->fans->pdata[i];

      for (guint k = 0; k < fan->keys->len; k++)
        add_line (self, job, fan_outs->pdata[i], k, &g_array_index (fan->keys, SemioQuestionKey, k));
    }
  self->n_asked += job->lines->len;
  self->progress.n_open -= MIN (job->lines->len, self->progress.n_open);
  g_task_run_in_thread (task, write_thread);
}

gboolean
semio_predict_batch_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
semio_predict_batch_finish (SemioPredict *self, GError **error)
{
  JsonObject *manifest = json_object_new ();
  char study[SEMIO_UUID_TEXT], run[SEMIO_UUID_TEXT];
  gboolean good;

  semio_uuid_format (semio_study_get_uuid (self->study), study);
  semio_uuid_format (&self->run_uuid, run);
  json_object_set_int_member (manifest, "version", MANIFEST_VERSION);
  json_object_set_string_member (manifest, "study", study);
  json_object_set_string_member (manifest, "run", run);
  json_object_set_string_member (manifest, "model", self->config->model);
  json_object_set_int_member (manifest, "questions", self->n_asked);
  good = semio_batch_writer_finish (self->batch, manifest, error);
  self->n_batch_files = semio_batch_writer_get_n_files (self->batch);
  return good;
}

void
semio_predict_write_batch_async (SemioPredict *self, GFile *folder, guint64 max_bytes, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->batch == NULL);

  self->batch =
      semio_batch_writer_new (folder, BASE_NAME, max_bytes > 0 ? max_bytes : SEMIO_BATCH_MAX_BYTES, SEMIO_BATCH_MAX_LINES);
  semio_predict_run_async (self, cancellable, callback, user_data);
}

int
semio_predict_write_batch_finish (SemioPredict *self, GAsyncResult *result, GError **error)
{
  gboolean good = semio_predict_run_finish (self, result, error);

  g_clear_pointer (&self->batch, semio_batch_writer_free);
  return good ? (int) self->n_batch_files : -1;
}
