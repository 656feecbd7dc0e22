/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies of a study as a whole: for somebody else, and out of a backup. */
#include "semio-study-copy.h"

#include "semio-backup.h"
#include "semio-store-error.h"
#include "semio-study-private.h"

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (semio_store_service_save_copy_finish (SEMIO_STORE_SERVICE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    semio_study_take_error (task, error);
}

void
semio_study_save_copy_async (SemioStudy *study, GFile *target, SemioProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_save_copy_async);
  semio_store_service_save_copy_async (study->store, target, progress, progress_data, cancellable, copied_cb, task);
}

gboolean
semio_study_save_copy_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
semio_study_is_damage (const GError *error)
{
  return g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_DAMAGED)
         || g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_A_STUDY);
}

static void
find_thread (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) backups = semio_backup_find (file, cancellable);
  SemioBackup *newest;

  if (g_task_return_error_if_cancelled (task))
    return;
  newest = backups->len > 0 ? g_ptr_array_steal_index (backups, 0) : NULL;
  g_task_return_pointer (task, newest, (GDestroyNotify) semio_backup_free);
}

void
semio_study_find_backup_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_find_backup_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, find_thread);
}

GFile *
semio_study_find_backup_finish (GAsyncResult *result, gint64 *made_us, GError **error)
{
  SemioBackup *backup = g_task_propagate_pointer (G_TASK (result), error);
  GFile *file;

  if (!backup)
    return NULL;
  file = g_object_ref (backup->file);
  if (made_us)
    *made_us = backup->utc_us;
  semio_backup_free (backup);
  return file;
}

static void
restore_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GPtrArray *files = data;
  const SemioBackup backup = { .file = files->pdata[0] };
  GError *error = NULL;

  if (semio_backup_restore (&backup, files->pdata[1], &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
semio_study_restore_backup_async (GFile *backup, GFile *target, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (files, g_object_ref (backup));
  g_ptr_array_add (files, g_object_ref (target));
  g_task_set_source_tag (task, semio_study_restore_backup_async);
  g_task_set_task_data (task, files, (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, restore_thread);
}

gboolean
semio_study_restore_backup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
