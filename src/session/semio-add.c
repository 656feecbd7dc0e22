/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-add.h"

#include <glib/gi18n-lib.h>

#include "semio-add-copy.h"
#include "semio-add-files.h"
#include "semio-add-store.h"
#include "semio-media-worker.h"
#include "semio-patient-name.h"
#include "semio-poster.h"
#include "semio-source.h"
#include "semio-study-private.h"

/* Shares of a file's progress. */
#define HASH_SHARE 0.5
/* Where a remux begins; without one the last bit passes at once. */
#define PROBED_SHARE 0.9
/* While files are added the lists are loaded anew this often. */
#define RELOAD_EVERY_US (2 * G_USEC_PER_SEC)

typedef struct {
  gboolean copy;
  char *pattern; /* (nullable) */
  SemioProgressFunc progress;
  gpointer progress_data;
  GPtrArray *roots;
  GPtrArray *files; /* of SemioAddFile */
  GPtrArray *results; /* of SemioAddResult */
  SemioMediaWorker *worker;
  guint index;
  gint64 bytes_done;
  gint64 bytes_all;
  gint64 last_reload_us;
  /* Of the file at hand. */
  SemioAddStore *store;
  SemioProbe *probe;
} Add;

/* What is done before the first file, in a thread. */
typedef struct {
  GPtrArray *roots;
  GFile *copies; /* (nullable): the folder of copies, when copies are asked for */
  GPtrArray *recordings; /* of SemioRecording */
} Expand;

static void next_file (GTask *task);

void
semio_add_result_free (SemioAddResult *result)
{
  g_clear_object (&result->file);
  g_free (result->pseudonym);
  g_free (result->message);
  g_free (result);
}

const char *
semio_add_outcome_to_id (SemioAddOutcome outcome)
{
  static const char *const ids[] = { "added", "joined", "known", "refused" };

  return ids[outcome];
}

static void
add_free (Add *add)
{
  g_free (add->pattern);
  g_clear_pointer (&add->roots, g_ptr_array_unref);
  g_clear_pointer (&add->files, g_ptr_array_unref);
  g_clear_pointer (&add->results, g_ptr_array_unref);
  g_clear_object (&add->worker);
  g_clear_pointer (&add->store, semio_add_store_unref);
  g_clear_pointer (&add->probe, semio_probe_unref);
  g_free (add);
}

static Expand *
expand_new (SemioStudy *study, const Add *add)
{
  Expand *expand = g_new0 (Expand, 1);
  GHashTableIter iter;
  gpointer row;

  expand->roots = g_ptr_array_ref (add->roots);
  expand->copies = add->copy ? semio_add_copy_get_folder (semio_study_get_file (study)) : NULL;
  expand->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  g_hash_table_iter_init (&iter, study->cases_by_id);
  while (add->copy && g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (expand->recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (row)));
  return expand;
}

static void
expand_free (Expand *expand)
{
  g_ptr_array_unref (expand->roots);
  g_clear_object (&expand->copies);
  g_ptr_array_unref (expand->recordings);
  g_free (expand);
}

static void
tell_progress (Add *add, double share)
{
  const SemioAddFile *file = add->index < add->files->len ? add->files->pdata[add->index] : NULL;
  double bytes = (double) add->bytes_done + (file ? share * (double) file->size_bytes : 0);

  if (add->progress)
    add->progress (add->bytes_all > 0 ? CLAMP (bytes / (double) add->bytes_all, 0, 1) : -1, file ? file->name : NULL,
                   add->progress_data);
}

static void
finish (GTask *task)
{
  Add *add = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&add->results), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  /* What was added is in the file, whether the lists could be loaded or not. */
  if (!semio_study_reload_finish (SEMIO_STUDY (source), result, &error))
    g_signal_emit_by_name (source, "notice", error->message);
  semio_study_refresh_reviews (SEMIO_STUDY (source));
  finish (task);
}

/* The file at hand is dealt with; takes the message. */
static void
end_file (GTask *task, SemioAddOutcome outcome, const SemioRecording *recording, char *message)
{
  Add *add = g_task_get_task_data (task);
  SemioStudy *study = g_task_get_source_object (task);
  const SemioAddFile *file = add->files->pdata[add->index];
  SemioAddResult *result = g_new0 (SemioAddResult, 1);

  result->file = g_object_ref (file->file);
  result->outcome = outcome;
  result->recording_id = recording ? recording->id : 0;
  result->pseudonym = recording ? g_strdup (recording->pseudonym) : NULL;
  result->message = message;
  g_ptr_array_add (add->results, result);

  g_clear_pointer (&add->store, semio_add_store_unref);
  g_clear_pointer (&add->probe, semio_probe_unref);
  add->bytes_done += file->size_bytes;
  add->index++;
  tell_progress (add, 0);
  if (outcome != SEMIO_ADD_REFUSED && add->index < add->files->len
      && g_get_monotonic_time () - add->last_reload_us > RELOAD_EVERY_US)
    {
      add->last_reload_us = g_get_monotonic_time ();
      semio_study_reload_async (study, NULL, NULL);
    }
  next_file (task);
}

/* The media layer's sentences begin with the file's name, which stands beside the message already. */
static char *
get_reason (const SemioAddFile *file, const GError *error)
{
  g_autofree char *prefix = g_strconcat (file->name, ": ", NULL);

  return g_strdup (g_str_has_prefix (error->message, prefix) ? error->message + strlen (prefix) : error->message);
}

/* Refuses the file at hand, or ends everything when it was cancelled. Takes the error. */
static void
fail_file (GTask *task, GError *error)
{
  Add *add = g_task_get_task_data (task);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      add->index = add->files->len;
      next_file (task);
    }
  else
    end_file (task, SEMIO_ADD_REFUSED, NULL, get_reason (add->files->pdata[add->index], error));
  g_error_free (error);
}

static char *
describe_warnings (SemioWarnings warnings)
{
  GString *text = g_string_new (NULL);

  for (guint bit = 0; 1u << bit <= SEMIO_WARNING_INTERLACED; bit++)
    if (warnings & (1u << bit))
      g_string_append_printf (text, "%s%s", text->len ? " " : "", semio_warning_get_label ((SemioWarnings) (1u << bit)));
  return g_string_free (text, FALSE);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  SemioStudy *study = g_task_get_source_object (task);
  g_autoptr (SemioRecording) recording = NULL;
  SemioAddOutcome outcome;
  GError *error = NULL;
  GFile *file;

  recording = semio_add_store_write_finish (add->store, result, &outcome, &error);
  if (!recording)
    {
      fail_file (task, error);
      return;
    }
  file = semio_add_store_get_final_file (add->store);
  g_hash_table_replace (study->files, g_memdup2 (&recording->id, sizeof recording->id), g_object_ref (file));
  end_file (task, outcome, recording, describe_warnings (recording->warnings));
}

static void
poster_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  g_autoptr (SemioFrame) frame = NULL;
  g_autoptr (GBytes) poster = NULL;
  GError *error = NULL;

  frame = semio_media_worker_frame_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  if (frame)
    poster = semio_poster_encode (frame, &error);
  if (!poster)
    {
      /* A video of which not one frame can be shown is of no use. */
      fail_file (task, error);
      return;
    }
  semio_add_store_set_media (add->store, add->probe, poster);
  semio_add_store_write_async (add->store, g_task_get_cancellable (task), stored_cb, task);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (!found)
    {
      fail_file (task, error);
      return;
    }
  semio_media_worker_frame_async (add->worker, found->file, found->index,
                                  semio_poster_choose_frame (semio_frame_index_get_n_frames (found->index)),
                                  SEMIO_POSTER_WIDTH_PX, SEMIO_POSTER_HEIGHT_PX, g_task_get_cancellable (task), poster_cb, task);
}

static void
remux_progress_cb (double fraction, const char *what, gpointer user_data)
{
  tell_progress (user_data, PROBED_SHARE + (1 - PROBED_SHARE) * CLAMP (fraction, 0, 1));
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  const SemioAddFile *file;
  GError *error = NULL;

  add->probe = semio_media_worker_probe_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  if (!add->probe)
    {
      fail_file (task, error);
      return;
    }
  file = add->files->pdata[add->index];
  /* What comes in fragments is put together now, so that it opens at once later. */
  semio_source_find_async (semio_add_store_get_content (add->store), file->file, add->probe->index, SEMIO_SOURCE_EXACT,
                           remux_progress_cb, add, g_task_get_cancellable (task), found_cb, task);
}

static void
probe_progress_cb (double fraction, const char *what, gpointer user_data)
{
  tell_progress (user_data, HASH_SHARE + (PROBED_SHARE - HASH_SHARE) * CLAMP (fraction, 0, 1));
}

static void
hash_progress_cb (double fraction, const char *what, gpointer user_data)
{
  tell_progress (user_data, HASH_SHARE * CLAMP (fraction, 0, 1));
}

/* What is known already, as the recording of this pseudonym. */
static void
end_known (GTask *task, const SemioRecording *known, GFile *file, gboolean is_copied)
{
  SemioStudy *study = g_task_get_source_object (task);
  /* Nobody knows yet of a video that is still looked for. */
  const gboolean was_missing = !semio_study_is_finding_media (study) && !semio_study_get_media_file (study, known->id);
  g_autofree char *message = NULL;

  if (is_copied)
    message =
        g_strdup_printf (_ ("This video is in the study already, as %s; it is copied beside the study now."), known->pseudonym);
  else if (was_missing)
    message = g_strdup_printf (_ ("This video is in the study as %s; it was missing and is found again."), known->pseudonym);
  else
    message = g_strdup_printf (_ ("This video is in the study already, as %s."), known->pseudonym);
  semio_study_set_file_found (study, known->id, file);
  end_file (task, SEMIO_ADD_KNOWN, known, g_steal_pointer (&message));
}

static void
copied_known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  g_autoptr (SemioRecording) known = NULL;
  gboolean is_new;
  GError *error = NULL;

  if (semio_add_store_copy_known_finish (add->store, result, &known, &is_new, &error))
    end_known (task, known, semio_add_store_get_final_file (add->store), is_new);
  else
    fail_file (task, error);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);
  const SemioAddFile *file = add->files->pdata[add->index];
  g_autoptr (SemioRecording) known = NULL;
  g_autofree char *refusal = NULL;
  GError *error = NULL;

  if (!semio_add_store_look_up_finish (add->store, result, &known, &refusal, &error))
    fail_file (task, error);
  else if (known && add->copy)
    semio_add_store_copy_known_async (add->store, known, g_task_get_cancellable (task), copied_known_cb, task);
  else if (known)
    end_known (task, known, file->file, FALSE);
  else if (refusal)
    end_file (task, SEMIO_ADD_REFUSED, NULL, g_steal_pointer (&refusal));
  else
    semio_media_worker_probe_async (add->worker, file->file, probe_progress_cb, add, g_task_get_cancellable (task), probed_cb,
                                    task);
}

static void
next_file (GTask *task)
{
  Add *add = g_task_get_task_data (task);
  SemioStudy *study = g_task_get_source_object (task);
  const SemioAddFile *file;
  g_autofree char *patient = NULL;

  if (add->index >= add->files->len || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      semio_study_reload_async (study, reloaded_cb, task);
      return;
    }
  file = add->files->pdata[add->index];
  patient = semio_patient_name_read (file->name, add->pattern, NULL);
  add->store = semio_add_store_new (study, file, patient, add->copy);
  semio_add_store_look_up_async (add->store, hash_progress_cb, add, g_task_get_cancellable (task), hashed_cb, task);
}

/* What an adding that was killed left in the folder of copies is dealt with before more is copied. */
static void
expand_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Expand *expand = data;

  if (expand->copies)
    semio_add_copy_sweep (expand->copies, expand->recordings, TRUE, cancellable);
  g_task_return_pointer (task, semio_add_files_expand (expand->roots, cancellable), (GDestroyNotify) g_ptr_array_unref);
}

static void
expanded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Add *add = g_task_get_task_data (task);

  add->files = g_task_propagate_pointer (G_TASK (result), NULL);
  if (!add->files)
    add->files = g_ptr_array_new ();
  for (guint i = 0; i < add->files->len; i++)
    add->bytes_all += ((SemioAddFile *) add->files->pdata[i])->size_bytes;
  next_file (task);
}

static gboolean
check_pattern (const char *pattern, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *patient = semio_patient_name_read ("name", pattern, &local);

  if (!local)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "%s ", _ ("The pattern for the patient cannot be used."));
  return FALSE;
}

void
semio_add_async (SemioStudy *study, GPtrArray *files, const SemioAddOptions *options, SemioProgressFunc progress,
                 gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);
  g_autoptr (GTask) expand = NULL;
  Add *add = g_new0 (Add, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_add_async);
  g_task_set_task_data (task, add, (GDestroyNotify) add_free);
  g_task_set_check_cancellable (task, FALSE);
  add->copy = options && options->copy;
  add->pattern = options ? g_strdup (options->patient_pattern) : NULL;
  add->progress = progress;
  add->progress_data = progress_data;
  add->results = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_add_result_free);
  add->worker = semio_media_worker_new ();
  add->last_reload_us = g_get_monotonic_time ();
  add->roots = g_ptr_array_copy (files, (GCopyFunc) (void *) g_object_ref, NULL);
  g_ptr_array_set_free_func (add->roots, g_object_unref);
  if (!semio_study_check_writable (study, &error) || !check_pattern (add->pattern, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  expand = g_task_new (study, NULL, expanded_cb, task);
  g_task_set_task_data (expand, expand_new (study, add), (GDestroyNotify) expand_free);
  g_task_run_in_thread (expand, expand_thread);
}

GPtrArray *
semio_add_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
