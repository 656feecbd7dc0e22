/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-times-job.h"

#include "semio-study-private.h"

typedef struct {
  SemioFeatureSet *features;
  SemioResultsChoice choice;
  SemioTimesJobFunc func;
  SemioShare *share; /* (nullable) */
} Job;

static void
job_free (Job *job)
{
  semio_feature_set_unref (job->features);
  semio_results_choice_clear (&job->choice);
  g_clear_pointer (&job->share, semio_share_unref);
  g_free (job);
}

static gpointer
compute (SemioDatabase *database, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Job *job = user_data;
  g_autoptr (SemioTimesData) data = semio_times_data_load (database, job->features, &job->choice, cancellable, error);

  if (data != NULL)
    data->share = job->share;
  return data != NULL ? job->func (data, &job->choice, cancellable, error) : NULL;
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer report = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) g_task_get_task_data (task));
  else
    semio_study_take_error (task, error);
}

void
semio_times_job_run_async (SemioStudy *study, const SemioResultsChoice *choice, SemioTimesJobFunc func,
                           GDestroyNotify free_report, gpointer source_tag, SemioShare *share, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->features = semio_feature_set_ref (semio_study_get_feature_set (study));
  job->choice = semio_results_choice_copy (choice);
  job->func = func;
  job->share = share != NULL ? semio_share_ref (share) : NULL;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, (gpointer) free_report, NULL);
  semio_store_service_read_long_async (study->store, compute, job, (GDestroyNotify) job_free, free_report, cancellable,
                                       computed_cb, task);
}

gpointer
semio_times_job_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
