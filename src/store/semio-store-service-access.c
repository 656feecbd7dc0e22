/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "semio-store-service-private.h"

GFile *
semio_store_service_get_file (SemioStoreService *self)
{
  return self->file;
}

const SemioUuid *
semio_store_service_get_uuid (SemioStoreService *self)
{
  return &self->opening->head->uuid;
}

const char *
semio_store_service_get_title (SemioStoreService *self)
{
  return self->opening->head->title;
}

SemioFeatureSet *
semio_store_service_get_feature_set (SemioStoreService *self)
{
  return self->features;
}

gboolean
semio_store_service_is_read_only (SemioStoreService *self)
{
  return (self->opening->flags & SEMIO_DATABASE_READ_ONLY) != 0;
}

const char *
semio_store_service_get_read_only_reason (SemioStoreService *self)
{
  return self->opening->read_only_reason;
}

const char *const *
semio_store_service_get_remarks (SemioStoreService *self)
{
  return (const char *const *) self->opening->remarks->pdata;
}

/* TRUE when the task was answered with an error, and what was given for it freed. */
static gboolean
refuse (SemioStoreService *self, GTask *task, gboolean writing, gpointer data, GDestroyNotify data_free)
{
  if (!self->closed && (!writing || self->writer != NULL))
    return FALSE;
  if (self->closed)
    g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_FAILED, _ ("The study is closed. Open it again."));
  else
    g_task_return_new_error (task, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_READ_ONLY, "%s", self->opening->read_only_reason);
  if (data_free != NULL)
    data_free (data);
  return TRUE;
}

void
semio_store_service_write_async (SemioStoreService *self, SemioStorePriority priority, SemioStoreFunc func, gpointer data,
                                 GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_store_service_write_async);
  /* Once it is committed, cancelling comes too late and must not hide it. */
  g_task_set_check_cancellable (task, FALSE);
  if (!refuse (self, task, TRUE, data, data_free))
    semio_store_worker_push (self->writer, SEMIO_STORE_JOB_WRITE, priority, func, data, data_free, result_free,
                             g_steal_pointer (&task));
}

gpointer
semio_store_service_write_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_store_service_read_async (SemioStoreService *self, SemioStoreFunc func, gpointer data, GDestroyNotify data_free,
                                GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_store_service_read_async);
  if (!refuse (self, task, FALSE, data, data_free))
    semio_store_worker_push (self->reader != NULL ? self->reader : self->writer, SEMIO_STORE_JOB_READ, SEMIO_STORE_PRIORITY_EDIT,
                             func, data, data_free, result_free, g_steal_pointer (&task));
}

gpointer
semio_store_service_read_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

SemioDatabase *
semio_store_service_open_guest (SemioStoreService *self, GError **error)
{
  const SemioDatabaseFlags flags = self->opening->flags | SEMIO_DATABASE_READ_ONLY;
  SemioDatabase *database;
  gboolean closing;

  g_mutex_lock (&self->mutex);
  closing = g_cancellable_is_cancelled (self->closing);
  self->n_guests += !closing;
  g_mutex_unlock (&self->mutex);
  if (closing)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The study is being closed."));
      return NULL;
    }
  database = semio_database_open (self->path, flags, NULL, error);
  if (database == NULL)
    semio_store_service_close_guest (self, NULL);
  return database;
}

void
semio_store_service_close_guest (SemioStoreService *self, SemioDatabase *database)
{
  if (database != NULL)
    semio_database_close (database);
  g_mutex_lock (&self->mutex);
  self->n_guests -= 1;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gpointer
poll_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioStoreService *self = data;
  gint64 version;
  gboolean changed;

  if (!semio_database_get_data_version (database, &version, error))
    return NULL;
  changed = version != self->own_data_version;
  self->own_data_version = version;
  if (changed)
    semio_store_service_emit_changed (self);
  return GINT_TO_POINTER (changed);
}

void
semio_store_service_poll_async (SemioStoreService *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, semio_store_service_poll_async);
  /* On the writing connection the number tells of others alone; a read-only study has but the reading one. */
  if (!refuse (self, task, FALSE, NULL, NULL))
    semio_store_worker_push (self->writer != NULL ? self->writer : self->reader, SEMIO_STORE_JOB_PLAIN, SEMIO_STORE_PRIORITY_EDIT,
                             poll_func, self, NULL, NULL, g_steal_pointer (&task));
}

gboolean
semio_store_service_poll_finish (SemioStoreService *self, GAsyncResult *result, gboolean *changed, GError **error)
{
  g_autoptr (GError) local = NULL;

  *changed = GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (result), &local)) != 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
