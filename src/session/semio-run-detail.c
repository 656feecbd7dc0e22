/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-detail.h"

#include <glib/gi18n-lib.h>

#include "semio-live-table.h"
#include "semio-run-table.h"
#include "semio-study-private.h"

#define MAX_PROBLEMS 500

static void
problem_free (gpointer data)
{
  SemioRunProblem *problem = data;

  g_free (problem->text);
  g_free (problem->host);
  g_free (problem);
}

void
semio_run_detail_free (SemioRunDetail *detail)
{
  if (detail == NULL)
    return;
  g_array_unref (detail->cells);
  g_ptr_array_unref (detail->problems);
  g_free (detail);
}

char *
semio_run_detail_name_key (SemioStudy *study, const SemioQuestionKey *key)
{
  SemioCase *found = semio_study_find_case (study, key->recording_id);
  const char *title = found ? semio_case_get_title (found) : "?";
  const char *label = key->feature == SEMIO_FEATURE_NONE
                          ? semio_question_kind_get_label (key->kind)
                          : semio_feature_set_get (semio_study_get_feature_set (study), key->feature)->label;

  if (key->segment == SEMIO_SEGMENT_WHOLE)
    return g_strdup_printf ("%s, %s", title, label);
  /* Translators: recording, number of the segment, feature. */
  return g_strdup_printf (_ ("%s, segment %d, %s"), title, key->segment + 1, label);
}

static gboolean
read_sums (SemioDatabase *database, gint64 run_id, SemioRunSums *sums, GError **error)
{
  SemioLiveSums live = { 0 };

  if (!semio_live_table_load_sums (database, run_id, &live, error))
    return FALSE;
  sums->n_questions = live.n_questions;
  sums->n_as_sent = live.n_answered;
  sums->n_repaired = live.n_repaired;
  sums->n_unusable = live.n_unusable;
  sums->n_attempts = live.n_attempts;
  sums->prompt_tokens = live.prompt_tokens;
  sums->completion_tokens = live.completion_tokens;
  sums->cached_tokens = live.cached_tokens;
  sums->cached_of_tokens = live.cached_of_tokens;
  sums->first_utc_us = live.first_utc_us;
  sums->last_utc_us = live.last_utc_us;
  return TRUE;
}

static gboolean
read_cells (SemioDatabase *database, SemioRunDetail *detail, GError **error)
{
  g_autoptr (GArray) cells = semio_live_table_load_cells (database, detail->run_id, error);

  if (cells == NULL)
    return FALSE;
  for (guint i = 0; i < cells->len; i++)
    {
      const SemioLiveCell *live = &g_array_index (cells, SemioLiveCell, i);
      SemioRunCell cell = {
        { live->recording_id, live->segment, live->kind, live->feature }, live->state, live->answer, live->n_attempts
      };

      g_array_append_val (detail->cells, cell);
    }
  return TRUE;
}

static gboolean
read_problems (SemioDatabase *database, SemioRunDetail *detail, GError **error)
{
  g_autoptr (GPtrArray) problems = semio_live_table_load_problems (database, detail->run_id, MAX_PROBLEMS, error);

  if (problems == NULL)
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      const SemioLiveProblem *live = problems->pdata[i];
      SemioRunProblem *problem = g_new0 (SemioRunProblem, 1);

      problem->key = (SemioQuestionKey){ live->recording_id, live->segment, live->kind, live->feature };
      problem->state = live->state;
      problem->http_status = live->http_status;
      problem->utc_us = live->utc_us;
      problem->text = g_strdup (live->problem);
      problem->host = g_strdup (live->host);
      g_ptr_array_add (detail->problems, problem);
    }
  return TRUE;
}

static gpointer
read_detail (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SemioRunDetail) detail = g_new0 (SemioRunDetail, 1);

  detail->run_id = *(const gint64 *) data;
  detail->cells = g_array_new (FALSE, FALSE, sizeof (SemioRunCell));
  detail->problems = g_ptr_array_new_with_free_func (problem_free);
  if (!read_sums (database, detail->run_id, &detail->sums, error) || !read_cells (database, detail, error)
      || !read_problems (database, detail, error))
    return NULL;
  return g_steal_pointer (&detail);
}

static void
detail_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioRunDetail *detail = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (detail != NULL)
    g_task_return_pointer (task, detail, (GDestroyNotify) semio_run_detail_free);
  else
    semio_study_take_error (task, error);
}

void
semio_run_detail_load_async (SemioStudy *study, gint64 run_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_run_detail_load_async);
  /* A million cells take a while: on a connection of its own, so that no page waits for it. */
  semio_store_service_read_long_async (study->store, read_detail, g_memdup2 (&run_id, sizeof run_id), g_free,
                                       (GDestroyNotify) semio_run_detail_free, cancellable, detail_cb, task);
}

SemioRunDetail *
semio_run_detail_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_all_sums (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) runs = semio_run_table_load (database, error);
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (SemioRunSums));

  for (guint i = 0; runs && i < runs->len; i++)
    {
      SemioRunSums sums = { 0 };

      if (!read_sums (database, ((const SemioRun *) runs->pdata[i])->id, &sums, error))
        return NULL;
      g_array_append_val (all, sums);
    }
  return runs ? g_steal_pointer (&all) : NULL;
}

static void
sums_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *sums = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (sums != NULL)
    g_task_return_pointer (task, sums, (GDestroyNotify) g_array_unref);
  else
    semio_study_take_error (task, error);
}

void
semio_run_sums_load_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_run_sums_load_async);
  semio_store_service_read_long_async (study->store, read_all_sums, NULL, NULL, (GDestroyNotify) g_array_unref, cancellable,
                                       sums_cb, task);
}

GArray *
semio_run_sums_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct {
  SemioUuid actor;
  gint64 run_id;
  gboolean archived;
} Archiving;

static gpointer
write_archived (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Archiving *archiving = data;
  const SemioUuid *actor = semio_uuid_is_nil (&archiving->actor) ? NULL : &archiving->actor;

  semio_run_table_set_archived (database, actor, archiving->run_id, archiving->archived, NULL, error);
  return NULL;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (semio_study_reload_finish (SEMIO_STUDY (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    semio_study_take_error (task, error);
}

static void
archived_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error == NULL)
    {
      semio_study_reload_async (g_task_get_source_object (task), reloaded_cb, task);
      return;
    }
  semio_study_take_error (task, error);
  g_object_unref (task);
}

void
semio_run_set_archived_async (SemioStudy *study, gint64 run_id, gboolean archived, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (study, NULL, callback, user_data);
  Archiving archiving = { semio_study_get_actor (study), run_id, archived };
  GError *error = NULL;

  g_task_set_source_tag (task, semio_run_set_archived_async);
  if (!semio_study_check_writable (study, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  semio_store_service_write_async (study->store, SEMIO_STORE_PRIORITY_EDIT, write_archived,
                                   g_memdup2 (&archiving, sizeof archiving), g_free, NULL, NULL, archived_cb, task);
}

gboolean
semio_run_set_archived_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
