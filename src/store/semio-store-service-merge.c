/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A merge on its way through the connections of a service: each step where it belongs, none of them long for others. */
#include <glib/gi18n-lib.h>

#include "semio-store-merge.h"
#include "semio-store-service-private.h"

/* A rating that comes while a slice runs waits for no more than this and the slice's commit. */
#define SLICE_US 4000

typedef struct {
  SemioMerge *merge;
  gboolean begun; /* there is something to discard */
  gboolean staged;
  gboolean discarded;
  GError *error; /* why what was staged is being discarded */
  SemioProgressFunc progress;
  gpointer progress_data;
} Work;

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->merge, semio_merge_free);
  g_clear_error (&work->error);
  g_free (work);
}

static gpointer
prepare_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  semio_merge_prepare (work->merge, database, cancellable, error);
  return NULL;
}

static gpointer
begin_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  semio_merge_begin (work->merge, database, error);
  return NULL;
}

static gpointer
stage_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  semio_merge_stage (work->merge, database, g_get_monotonic_time () + SLICE_US, &work->staged, error);
  return NULL;
}

static gpointer
commit_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  return semio_merge_commit (work->merge, database, error);
}

static gpointer
discard_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Work *work = data;

  semio_merge_discard (work->merge, database, &work->discarded, error);
  return NULL;
}

/* Takes task over. */
static void
write_next (GTask *task, SemioStorePriority priority, SemioStoreFunc func, GDestroyNotify result_free,
            GAsyncReadyCallback callback)
{
  semio_store_service_write_async (g_task_get_source_object (task), priority, func, g_task_get_task_data (task), NULL,
                                   result_free, NULL, callback, task);
}

static void discard (GTask *task, GError *error);

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  /* What cannot be removed now stays invisible and is swept at the next opening. */
  if (error != NULL || work->discarded)
    g_task_return_error (task, g_steal_pointer (&work->error));
  else
    discard (g_steal_pointer (&task), NULL);
}

/* Takes task and error over. */
static void
discard (GTask *task, GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (error != NULL)
    work->error = error;
  if (work->begun)
    {
      write_next (task, SEMIO_STORE_PRIORITY_IMPORT, discard_func, NULL, discarded_cb);
      return;
    }
  g_task_return_error (task, g_steal_pointer (&work->error));
  g_object_unref (task);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *summary = semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (error != NULL)
    discard (g_steal_pointer (&task), error);
  else
    g_task_return_pointer (task, summary, g_free);
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    {
      discard (task, error);
      return;
    }
  work->begun = TRUE;
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      discard (task, error);
      return;
    }
  if (work->progress != NULL)
    work->progress (-1, _ ("Merging predictions"), work->progress_data);
  if (work->staged)
    write_next (task, SEMIO_STORE_PRIORITY_EDIT, commit_func, g_free, committed_cb);
  else
    write_next (task, SEMIO_STORE_PRIORITY_IMPORT, stage_func, NULL, staged_cb);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    write_next (g_steal_pointer (&task), SEMIO_STORE_PRIORITY_IMPORT, begin_func, NULL, staged_cb);
}

void
semio_store_service_merge_async (SemioStoreService *self, GFile *other, SemioProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *path = g_file_get_path (other);
  Work *work = g_new0 (Work, 1);

  work->merge = semio_merge_new (path);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_source_tag (task, semio_store_service_merge_async);
  /* When it was committed, cancelling came too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, free_work);
  if (!self->closed && self->writer != NULL && path != NULL)
    {
      if (progress != NULL)
        progress (0, _ ("Merging entries"), progress_data);
      semio_store_service_read_long_async (self, prepare_func, work, NULL, NULL, cancellable, prepared_cb, task);
      return;
    }
  if (self->writer == NULL && self->opening->read_only_reason != NULL)
    g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY, "%s", self->opening->read_only_reason);
  else
    g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED,
                             _ ("The studies cannot be merged as they are open now."));
  g_object_unref (task);
}

char *
semio_store_service_merge_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
