/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-verify.h"

#include "semio-study-private.h"

void
semio_verify_report_free (SemioVerifyReport *report)
{
  g_strfreev (report->findings);
  g_strfreev (report->remarks);
  g_free (report);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioStoreVerifyReport *found = semio_store_service_verify_finish (SEMIO_STORE_SERVICE (source), result, &error);
  SemioVerifyReport *report;

  if (!found)
    {
      semio_study_take_error (task, error);
      return;
    }
  report = g_new0 (SemioVerifyReport, 1);
  report->good = found->good;
  report->n_entries = found->n_entries;
  report->n_writers = found->n_writers;
  report->n_ratings = found->n_ratings;
  report->n_ratings_differing = found->n_ratings_differing;
  report->n_ratings_missing = found->n_ratings_missing;
  report->findings = g_strdupv (found->findings);
  report->remarks = g_strdupv (found->remarks);
  semio_store_verify_report_free (found);
  g_task_return_pointer (task, report, (GDestroyNotify) semio_verify_report_free);
}

void
semio_study_verify_async (SemioStudy *study, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_verify_async);
  semio_store_service_verify_async (study->store, progress, progress_data, cancellable, verified_cb, task);
}

SemioVerifyReport *
semio_study_verify_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *study = SEMIO_STUDY (source);
  GError *error = NULL;

  if (!semio_study_reload_finish (study, result, &error))
    {
      semio_study_take_error (task, error);
      return;
    }
  semio_study_refresh_reviews (study);
  g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *summary = semio_store_service_merge_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (!summary)
    {
      semio_study_take_error (task, error);
      return;
    }
  g_task_set_task_data (task, summary, g_free);
  semio_study_reload_async (g_task_get_source_object (task), reloaded_cb, g_object_ref (task));
}

void
semio_study_merge_async (SemioStudy *study, GFile *other, SemioProgressFunc progress, gpointer progress_data,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_merge_async);
  semio_store_service_merge_async (study->store, other, progress, progress_data, cancellable, merged_cb, task);
}

char *
semio_study_merge_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
