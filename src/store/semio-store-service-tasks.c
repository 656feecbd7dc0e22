/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-backup.h"
#include "semio-clock.h"
#include "semio-store-service-private.h"
#include "semio-thread.h"

/* Long work: on a connection and thread of its own, or, where a network drive allows only one connection, behind everything
 * else on that one. */
typedef struct {
  SemioStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  SemioProgressFunc progress;
  gpointer progress_data;
  GMainContext *context;
  char *path; /* (nullable): another file of the work */
  gint64 min_age_us; /* of the newest backup */
} LongWork;

static void
free_work (gpointer data)
{
  LongWork *work = data;

  if (work->data_free != NULL)
    work->data_free (work->data);
  g_main_context_unref (work->context);
  g_free (work->path);
  g_free (work);
}

static LongWork *
new_work (SemioStoreFunc func, GDestroyNotify result_free)
{
  LongWork *work = g_new0 (LongWork, 1);

  work->func = func;
  work->data = work;
  work->result_free = result_free;
  work->context = g_main_context_ref_thread_default ();
  return work;
}

typedef struct {
  SemioProgressFunc func;
  gpointer func_data;
  double fraction;
  char *what;
} ProgressCall;

static gboolean
progress_cb (gpointer data)
{
  ProgressCall *call = data;

  call->func (call->fraction, call->what, call->func_data);
  return G_SOURCE_REMOVE;
}

static void
free_progress_call (gpointer data)
{
  ProgressCall *call = data;

  g_free (call->what);
  g_free (call);
}

static void
forward_progress (double fraction, const char *what, gpointer user_data)
{
  LongWork *work = user_data;
  ProgressCall *call;

  if (work->progress == NULL)
    return;
  call = g_new0 (ProgressCall, 1);
  *call = (ProgressCall){ work->progress, work->progress_data, fraction, g_strdup (what) };
  g_main_context_invoke_full (work->context, G_PRIORITY_DEFAULT, progress_cb, call, free_progress_call);
}

/* A thread of its own, which stands back behind those that somebody waits for. Takes the task over. */
static gpointer
long_thread (gpointer data)
{
  g_autoptr (GTask) task = data;
  SemioStoreService *self = g_task_get_source_object (task);
  LongWork *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  SemioDatabase *database = semio_store_service_open_guest (self, &error);
  gpointer result = NULL;

  semio_thread_stand_back ();
  if (database != NULL)
    {
      semio_database_set_cancellable (database, cancellable);
      result =
          semio_store_job_run (database, SEMIO_STORE_JOB_READ, work->func, work->data, work->result_free, cancellable, &error);
      semio_store_service_close_guest (self, database);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, work->result_free);
  return NULL;
}

/* Takes task over; its data is the work. */
static void
start_reading (SemioStoreService *self, GTask *task)
{
  LongWork *work = g_task_get_task_data (task);

  if (self->closed)
    {
      g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED, _ ("The study is closed. Open it again."));
      g_object_unref (task);
    }
  else if (self->reader == NULL)
    semio_store_worker_push (self->writer, SEMIO_STORE_JOB_READ, SEMIO_STORE_PRIORITY_MAINTENANCE, work->func, work->data, NULL,
                             work->result_free, task);
  else
    g_thread_unref (g_thread_new ("store-long", long_thread, task));
}

void
semio_store_service_read_long_async (SemioStoreService *self, SemioStoreFunc func, gpointer data, GDestroyNotify data_free,
                                     GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LongWork *work = new_work (func, result_free);

  work->data = data;
  work->data_free = data_free;
  g_task_set_source_tag (task, semio_store_service_read_long_async);
  g_task_set_task_data (task, work, free_work);
  start_reading (self, task);
}

static gpointer
verify_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_store_verify (database, forward_progress, data, cancellable, error);
}

void
semio_store_service_verify_async (SemioStoreService *self, SemioProgressFunc progress, gpointer progress_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LongWork *work = new_work (verify_func, (GDestroyNotify) semio_store_verify_report_free);

  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_source_tag (task, semio_store_service_verify_async);
  g_task_set_task_data (task, work, free_work);
  start_reading (self, task);
}

SemioStoreVerifyReport *
semio_store_service_verify_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
copy_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  LongWork *work = data;

  semio_backup_copy (database, work->path, forward_progress, work, cancellable, error);
  return NULL;
}

void
semio_store_service_save_copy_async (SemioStoreService *self, GFile *target, SemioProgressFunc progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LongWork *work = new_work (copy_func, NULL);

  work->progress = progress;
  work->progress_data = progress_data;
  work->path = g_file_get_path (target);
  g_task_set_source_tag (task, semio_store_service_save_copy_async);
  g_task_set_task_data (task, work, free_work);
  if (work->path != NULL)
    {
      start_reading (self, task);
      return;
    }
  g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                           _ ("The copy must lie in a folder of this computer. Choose another place."));
  g_object_unref (task);
}

static gboolean
finish_nothing (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
semio_store_service_save_copy_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return finish_nothing (result, error);
}

static gpointer
back_up_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const LongWork *work = data;
  g_autoptr (SemioStudyHead) head = semio_schema_read_head (database, error);
  gint64 newest_us;

  if (head == NULL)
    return NULL;
  newest_us = semio_backup_get_newest_us (&head->uuid);
  if (newest_us == 0 || semio_clock_get_utc_us () - newest_us >= work->min_age_us)
    semio_backup_make (database, &head->uuid, cancellable, error);
  return NULL;
}

void
semio_store_service_back_up_async (SemioStoreService *self, gint64 min_age_us, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  LongWork *work = new_work (back_up_func, NULL);

  work->min_age_us = min_age_us;
  g_task_set_source_tag (task, semio_store_service_back_up_async);
  g_task_set_task_data (task, work, free_work);
  if (self->reader != NULL || self->closed)
    {
      start_reading (self, task);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

gboolean
semio_store_service_back_up_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return finish_nothing (result, error);
}
