/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for missing videos in a folder that a person names. */
#include <glib/gi18n-lib.h>

#include "semio-add.h"
#include "semio-study-private.h"

#define PROGRESS_EVERY_US (50 * 1000)

typedef struct {
  GPtrArray *recordings; /* of SemioRecording: those whose video is missing */
  SemioMediaFinder *finder;
  SemioProgressFunc progress;
  gpointer progress_data;
  guint index;
  gint64 last_progress_us;
} Locate;

static void
locate_free (Locate *locate)
{
  g_ptr_array_unref (locate->recordings);
  semio_media_finder_unref (locate->finder);
  g_free (locate);
}

typedef struct {
  GTask *task;
  double fraction;
} Progress;

static gboolean
tell_progress_cb (gpointer user_data)
{
  const Progress *progress = user_data;
  const Locate *locate = g_task_get_task_data (progress->task);

  locate->progress (progress->fraction, NULL, locate->progress_data);
  return G_SOURCE_REMOVE;
}

static void
progress_free (Progress *progress)
{
  g_object_unref (progress->task);
  g_free (progress);
}

static void
hash_progress_cb (double fraction, const char *what, gpointer user_data)
{
  GTask *task = user_data;
  Locate *locate = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();
  Progress *progress;

  if (!locate->progress || now_us - locate->last_progress_us < PROGRESS_EVERY_US)
    return;
  locate->last_progress_us = now_us;
  progress = g_new0 (Progress, 1);
  progress->task = g_object_ref (task);
  progress->fraction = (locate->index + CLAMP (fraction, 0, 1)) / locate->recordings->len;
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell_progress_cb, progress,
                              (GDestroyNotify) progress_free);
}

static void
locate_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Locate *locate = data;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_add_result_free);

  for (; locate->index < locate->recordings->len && !g_cancellable_is_cancelled (cancellable); locate->index++)
    {
      const SemioRecording *recording = locate->recordings->pdata[locate->index];
      g_autoptr (GFile) file = semio_media_finder_find (locate->finder, recording, hash_progress_cb, task, cancellable);
      SemioAddResult *found;

      if (!file)
        continue;
      found = g_new0 (SemioAddResult, 1);
      found->file = g_steal_pointer (&file);
      found->outcome = SEMIO_ADD_JOINED;
      found->recording_id = recording->id;
      found->pseudonym = g_strdup (recording->pseudonym);
      found->message = g_strdup_printf (_ ("The video of %s is found again."), recording->pseudonym);
      g_ptr_array_add (results, found);
    }
  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_ptr_array_unref);
}

static void
located_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *study = SEMIO_STUDY (source);
  GError *error = NULL;
  GPtrArray *results = g_task_propagate_pointer (G_TASK (result), &error);

  if (!results)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < results->len; i++)
    {
      const SemioAddResult *found = results->pdata[i];

      semio_study_set_file_found (study, found->recording_id, found->file);
    }
  g_task_return_pointer (task, results, (GDestroyNotify) g_ptr_array_unref);
}

void
semio_add_locate_async (SemioStudy *study, GFile *folder, SemioProgressFunc progress, gpointer progress_data,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, NULL, callback, user_data);
  g_autoptr (GTask) search = g_task_new (study, cancellable, located_cb, task);
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_object_unref);
  Locate *locate = g_new0 (Locate, 1);
  guint n = g_list_model_get_n_items (semio_study_get_cases (study));

  g_task_set_source_tag (task, semio_add_locate_async);
  g_task_set_check_cancellable (search, FALSE);
  g_task_set_task_data (search, locate, (GDestroyNotify) locate_free);
  locate->progress = progress;
  locate->progress_data = progress_data;
  locate->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (semio_study_get_cases (study), i);
      const SemioRecording *recording = semio_case_get_recording (row);

      if (recording->has_media && !semio_study_get_media_file (study, recording->id))
        g_ptr_array_add (locate->recordings, semio_recording_ref ((SemioRecording *) recording));
    }
  g_ptr_array_add (folders, g_object_ref (folder));
  locate->finder = semio_media_finder_new (study->hash_cache, folders);
  g_task_run_in_thread (search, locate_thread);
}
