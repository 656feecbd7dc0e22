/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signals.h"

#include <glib/gi18n-lib.h>

#include "semio-media-signals.h"
#include "semio-recording-table.h"
#include "semio-signal-cache.h"
#include "semio-source.h"
#include "semio-study-private.h"

/* The jobs of a study hang on it under this name: hash text → Job. */
#define JOBS "semio-signal-jobs"

/* One computation and all who wait for it. */
typedef struct {
  gatomicrefcount refs;
  SemioStudy *study;
  SemioSha256 content;
  char *key;
  gint64 recording_id;
  GFile *file;
  GCancellable *cancellable; /* of the computation */
  GPtrArray *waiters; /* Waiter */
  SemioMediaWorker *worker;
  SemioSignalSet *set;
} Job;

typedef struct {
  Job *job; /* (nullable) once it is answered */
  GTask *task;
  SemioProgressFunc progress;
  gpointer progress_data;
  GSource *cancel_source;
} Waiter;

static void
job_unref (Job *job)
{
  if (!g_atomic_ref_count_dec (&job->refs))
    return;
  g_clear_object (&job->worker);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->file);
  g_clear_pointer (&job->set, semio_signal_set_unref);
  g_ptr_array_unref (job->waiters);
  g_free (job->key);
  g_object_unref (job->study);
  g_free (job);
}

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->refs);
  return job;
}

static void
waiter_free (Waiter *waiter)
{
  if (waiter->cancel_source)
    g_source_destroy (waiter->cancel_source);
  g_clear_pointer (&waiter->cancel_source, g_source_unref);
  g_object_unref (waiter->task);
  g_free (waiter);
}

static GHashTable *
get_jobs (SemioStudy *study)
{
  GHashTable *jobs = g_object_get_data (G_OBJECT (study), JOBS);

  if (!jobs)
    {
      jobs = g_hash_table_new (g_str_hash, g_str_equal);
      g_object_set_data_full (G_OBJECT (study), JOBS, jobs, (GDestroyNotify) g_hash_table_unref);
    }
  return jobs;
}

/* Nobody can join it from now on. */
static void
leave_table (Job *job)
{
  GHashTable *jobs = get_jobs (job->study);

  if (g_hash_table_lookup (jobs, job->key) == job)
    g_hash_table_remove (jobs, job->key);
}

/* Answers all who wait; takes the error. */
static void
finish_job (Job *job, GError *error)
{
  g_autoptr (GPtrArray) waiters = g_ptr_array_ref (job->waiters);
  g_autoptr (GError) kept = error;

  leave_table (job);
  for (guint i = 0; i < waiters->len; i++)
    {
      Waiter *waiter = waiters->pdata[i];

      if (kept)
        g_task_return_error (waiter->task, g_error_copy (kept));
      else
        g_task_return_pointer (waiter->task, semio_signal_set_ref (job->set), (GDestroyNotify) semio_signal_set_unref);
    }
  g_ptr_array_set_size (waiters, 0);
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;
  Job *job = job_ref (waiter->job);

  g_task_return_error_if_cancelled (waiter->task);
  g_ptr_array_remove (job->waiters, waiter);
  if (job->waiters->len == 0)
    {
      leave_table (job);
      g_cancellable_cancel (job->cancellable);
    }
  job_unref (job);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Job *job = user_data;

  for (guint i = 0; i < job->waiters->len; i++)
    {
      Waiter *waiter = job->waiters->pdata[i];

      if (waiter->progress)
        waiter->progress (fraction, _ ("Looking at sound and motion"), waiter->progress_data);
    }
}

static void
store_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  /* Without a cache they are computed again the next time; that is no reason not to show them. */
  if (!semio_signal_cache_store (&job->content, job->set, &error))
    g_info ("%s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;

  finish_job (job, NULL);
  job_unref (job);
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  job->set = semio_media_worker_signals_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  if (!job->set)
    {
      finish_job (job, error);
      job_unref (job);
      return;
    }
  task = g_task_new (NULL, NULL, stored_cb, job);
  g_task_set_task_data (task, job_ref (job), (GDestroyNotify) job_unref);
  g_task_run_in_thread (task, store_thread);
}

static gpointer
read_index (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const gint64 *recording_id = data;
  g_autoptr (GBytes) bytes = semio_recording_table_get_frame_index (database, *recording_id, error);

  return bytes ? semio_frame_index_from_bytes (bytes, error) : NULL;
}

/* What the recording is read from is known. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (!found)
    {
      finish_job (job, error);
      job_unref (job);
      return;
    }
  job->worker = semio_media_worker_new ();
  semio_media_worker_signals_async (job->worker, found->file, found->index, progress_cb, job, job->cancellable, computed_cb, job);
}

static void
index_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  GError *error = NULL;
  g_autoptr (SemioFrameIndex) index = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (!index)
    {
      finish_job (job, error ? error
                             : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                                                    _ ("The recording has no frame index. Add its video again.")));
      job_unref (job);
      return;
    }
  semio_source_find_async (&job->content, job->file, index, SEMIO_SOURCE_EXACT, NULL, NULL, job->cancellable, found_cb, job);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, semio_signal_cache_load (&job->content), (GDestroyNotify) semio_signal_set_unref);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;

  job->set = g_task_propagate_pointer (G_TASK (result), NULL);
  if (job->set || g_cancellable_is_cancelled (job->cancellable))
    {
      finish_job (job, NULL);
      job_unref (job);
      return;
    }
  semio_store_service_read_async (job->study->store, read_index, g_memdup2 (&job->recording_id, sizeof job->recording_id), g_free,
                                  (GDestroyNotify) semio_frame_index_unref, job->cancellable, index_cb, job);
}

/* The reference goes along with the calls, from one to the next. */
static Job *
job_start (SemioStudy *study, const SemioRecording *recording, GFile *file)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) look = NULL;

  g_atomic_ref_count_init (&job->refs);
  job->study = g_object_ref (study);
  job->content = recording->content;
  job->key = semio_sha256_to_string (&recording->content);
  job->recording_id = recording->id;
  job->file = g_object_ref (file);
  job->cancellable = g_cancellable_new ();
  job->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify) waiter_free);
  g_hash_table_replace (get_jobs (study), job->key, job);
  look = g_task_new (NULL, NULL, looked_cb, job);
  g_task_set_task_data (look, job_ref (job), (GDestroyNotify) job_unref);
  g_task_run_in_thread (look, look_thread);
  return job;
}

static void
add_waiter (Job *job, GTask *task, SemioProgressFunc progress, gpointer progress_data)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->job = job;
  waiter->task = task;
  waiter->progress = progress;
  waiter->progress_data = progress_data;
  g_ptr_array_add (job->waiters, waiter);
  if (!cancellable)
    return;
  waiter->cancel_source = g_cancellable_source_new (cancellable);
  g_source_set_callback (waiter->cancel_source, G_SOURCE_FUNC (cancelled_cb), waiter, NULL);
  g_source_attach (waiter->cancel_source, g_main_context_get_thread_default ());
}

void
semio_signals_load_async (SemioStudy *study, gint64 recording_id, SemioProgressFunc progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  SemioCase *found;
  GFile *file;
  const SemioRecording *recording;
  g_autofree char *key = NULL;
  Job *job;

  g_return_if_fail (SEMIO_IS_STUDY (study));

  task = g_task_new (study, cancellable, callback, user_data);
  g_task_set_source_tag (task, semio_signals_load_async);
  found = semio_study_find_case (study, recording_id);
  file = semio_study_get_media_file (study, recording_id);
  if (!found || !file || study->is_closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               _ ("The video of this recording was not found. Locate it to see its sound and motion."));
      g_object_unref (task);
      return;
    }
  recording = semio_case_get_recording (found);
  key = semio_sha256_to_string (&recording->content);
  job = g_hash_table_lookup (get_jobs (study), key);
  add_waiter (job ? job : job_start (study, recording, file), task, progress, progress_data);
}

SemioSignalSet *
semio_signals_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, study), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
