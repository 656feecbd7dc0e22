/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-add-store.h"

#include <glib/gi18n-lib.h>

#include "semio-add-copy.h"
#include "semio-recording-table.h"
#include "semio-study-private.h"
#include "semio-text.h"

#define PROGRESS_EVERY_US (50 * 1000)

struct _SemioAddStore {
  gatomicrefcount refs;
  SemioStudy *study;
  GFile *file;
  char *name;
  char *stem;
  gboolean is_twin;
  char *patient; /* (nullable) */
  gboolean copy;
  SemioUuid actor;

  SemioProgressFunc progress;
  gpointer progress_data;
  gint64 last_progress_us;

  SemioSha256 hash;
  SemioFileStamp stamp;
  SemioRecording *known;
  char *refusal;
  gint64 join_id; /* the recording that stands by this name, 0 none */

  SemioRecording *facts;
  GBytes *index;
  GBytes *poster;
  SemioAddCopy *copied; /* the copy before it has its name */
  gboolean is_copied_now; /* a copy of a known recording was made */
  GFile *final;
};

SemioAddStore *
semio_add_store_new (SemioStudy *study, const SemioAddFile *file, const char *patient, gboolean copy)
{
  SemioAddStore *store = g_new0 (SemioAddStore, 1);

  g_atomic_ref_count_init (&store->refs);
  store->study = g_object_ref (study);
  store->file = g_object_ref (file->file);
  store->name = g_strdup (file->name);
  store->stem = g_strdup (file->stem);
  store->is_twin = file->is_twin;
  store->patient = g_strdup (patient);
  store->copy = copy;
  store->actor = semio_study_get_actor (study);
  return store;
}

SemioAddStore *
semio_add_store_ref (SemioAddStore *store)
{
  g_atomic_ref_count_inc (&store->refs);
  return store;
}

void
semio_add_store_unref (SemioAddStore *store)
{
  if (!g_atomic_ref_count_dec (&store->refs))
    return;
  g_object_unref (store->study);
  g_object_unref (store->file);
  g_free (store->name);
  g_free (store->stem);
  g_free (store->patient);
  g_free (store->refusal);
  g_clear_pointer (&store->known, semio_recording_unref);
  g_clear_pointer (&store->facts, semio_recording_unref);
  g_clear_pointer (&store->index, g_bytes_unref);
  g_clear_pointer (&store->poster, g_bytes_unref);
  g_clear_pointer (&store->copied, semio_add_copy_free);
  g_clear_object (&store->final);
  g_free (store);
}

/* Looking up. */

static char *
list_candidates (GPtrArray *recordings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < recordings->len; i++)
    g_string_append_printf (text, "%s%s", i ? ", " : "", ((SemioRecording *) recordings->pdata[i])->pseudonym);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gpointer
look_up (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioAddStore *store = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) same_name = NULL;

  store->known = semio_recording_table_find_content (database, &store->hash, &local);
  if (!local && !store->known)
    same_name = semio_recording_table_find_stem (database, store->stem, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (guint i = same_name ? same_name->len : 0; i > 0; i--)
    if (((SemioRecording *) same_name->pdata[i - 1])->has_media)
      g_ptr_array_remove_index (same_name, i - 1);
  if (!same_name || same_name->len == 0)
    return NULL;

  if (same_name->len > 1)
    {
      g_autofree char *candidates = list_candidates (same_name);

      store->refusal = g_strdup_printf (_ ("Several recordings of the study stand by this name: %s. Give the file the name of "
                                           "one of them."),
                                        candidates);
    }
  else if (store->is_twin)
    store->refusal = g_strdup_printf (_ ("Several files have this name, and only one of them can be %s. Add that one by "
                                         "itself."),
                                      ((SemioRecording *) same_name->pdata[0])->pseudonym);
  else
    store->join_id = ((SemioRecording *) same_name->pdata[0])->id;
  return NULL;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

typedef struct {
  SemioAddStore *store;
  double fraction;
} Progress;

static gboolean
tell_progress_cb (gpointer user_data)
{
  const Progress *progress = user_data;

  progress->store->progress (progress->fraction, NULL, progress->store->progress_data);
  return G_SOURCE_REMOVE;
}

static void
progress_free (Progress *progress)
{
  semio_add_store_unref (progress->store);
  g_free (progress);
}

/* In the hashing thread; told on at most twenty times a second. */
static void
hash_progress_cb (double fraction, const char *what, gpointer user_data)
{
  GTask *task = user_data;
  SemioAddStore *store = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();
  Progress *progress;

  if (!store->progress || now_us - store->last_progress_us < PROGRESS_EVERY_US)
    return;
  store->last_progress_us = now_us;
  progress = g_new0 (Progress, 1);
  progress->store = semio_add_store_ref (store);
  progress->fraction = fraction;
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell_progress_cb, progress,
                              (GDestroyNotify) progress_free);
}

static void
hash_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SemioAddStore *store = data;
  GError *error = NULL;

  if (semio_hash_cache_hash_file (store->study->hash_cache, store->file, hash_progress_cb, task, cancellable, &store->hash,
                                  &store->stamp, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioAddStore *store = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    semio_store_service_read_async (store->study->store, look_up, store, NULL, NULL, g_task_get_cancellable (task), looked_up_cb,
                                    g_object_ref (task));
}

void
semio_add_store_look_up_async (SemioAddStore *store, SemioProgressFunc progress, gpointer progress_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store->study, cancellable, callback, user_data);
  g_autoptr (GTask) hash = g_task_new (store->study, cancellable, hashed_cb, task);

  store->progress = progress;
  store->progress_data = progress_data;
  g_task_set_source_tag (task, semio_add_store_look_up_async);
  g_task_set_task_data (task, semio_add_store_ref (store), (GDestroyNotify) semio_add_store_unref);
  g_task_set_task_data (hash, semio_add_store_ref (store), (GDestroyNotify) semio_add_store_unref);
  g_task_run_in_thread (hash, hash_thread);
}

gboolean
semio_add_store_look_up_finish (SemioAddStore *store, GAsyncResult *result, SemioRecording **known, char **refusal,
                                GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *known = g_steal_pointer (&store->known);
  *refusal = g_steal_pointer (&store->refusal);
  return TRUE;
}

/* Writing. */

void
semio_add_store_set_media (SemioAddStore *store, const SemioProbe *probe, GBytes *poster)
{
  SemioRecording *facts = semio_recording_new ();

  g_clear_pointer (&store->facts, semio_recording_unref);
  g_clear_pointer (&store->index, g_bytes_unref);
  g_clear_pointer (&store->poster, g_bytes_unref);
  store->facts = facts;
  facts->source_name = semio_text_clean (store->name, -1, 1000);
  facts->has_media = TRUE;
  facts->content = store->hash;
  facts->size_bytes = store->stamp.size_bytes;
  facts->width_px = probe->width_px;
  facts->height_px = probe->height_px;
  facts->rate = probe->rate_den > 0 ? (double) probe->rate_num / probe->rate_den : semio_frame_index_get_rate (probe->index);
  facts->duration_ns = semio_frame_index_get_duration_ns (probe->index);
  facts->n_frames = semio_frame_index_get_n_frames (probe->index);
  facts->sound = probe->sound;
  facts->warnings = probe->warnings;
  store->index = semio_frame_index_to_bytes (probe->index);
  store->poster = g_bytes_ref (poster);
}

static gpointer
write_recording (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioAddStore *store = data;
  const SemioUuid *actor = semio_uuid_is_nil (&store->actor) ? NULL : &store->actor;
  SemioNewRecording media = { store->facts, store->patient, store->index, store->poster };

  if (store->join_id)
    return semio_recording_table_attach_media (database, actor, store->join_id, &media, error);
  return semio_recording_table_add (database, actor, &media, error);
}

static void
name_copy (SemioAddStore *store, const SemioRecording *recording)
{
  SemioFileStamp stamp;

  store->final = semio_add_copy_name (store->copied, recording->pseudonym, store->name);
  if (semio_file_stamp_read (store->final, &stamp, NULL))
    semio_hash_cache_store (store->study->hash_cache, &stamp, &store->hash, store->final);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioAddStore *store = g_task_get_task_data (task);
  GError *error = NULL;
  SemioRecording *recording = semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (!recording)
    {
      g_task_return_error (task, error);
      return;
    }
  if (store->copied)
    name_copy (store, recording);
  else
    store->final = g_object_ref (store->file);
  g_task_return_pointer (task, recording, (GDestroyNotify) semio_recording_unref);
}

static void
write_now (GTask *task)
{
  SemioAddStore *store = g_task_get_task_data (task);

  semio_store_service_write_async (store->study->store, SEMIO_STORE_PRIORITY_EDIT, write_recording, store, NULL,
                                   (GDestroyNotify) semio_recording_unref, g_task_get_cancellable (task), written_cb, task);
}

static void
copy_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SemioAddStore *store = data;
  g_autoptr (GFile) folder = semio_add_copy_get_folder (semio_study_get_file (store->study));
  GError *error = NULL;

  store->copied = semio_add_copy_make (folder, store->file, store->name, &store->hash, cancellable, &error);
  if (store->copied)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    write_now (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

void
semio_add_store_write_async (SemioAddStore *store, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (store->study, cancellable, callback, user_data);
  g_autoptr (GTask) copy = NULL;

  g_task_set_source_tag (task, semio_add_store_write_async);
  g_task_set_task_data (task, semio_add_store_ref (store), (GDestroyNotify) semio_add_store_unref);
  g_task_set_check_cancellable (task, FALSE);
  if (!store->copy)
    {
      write_now (task);
      return;
    }
  copy = g_task_new (store->study, cancellable, copied_cb, task);
  g_task_set_task_data (copy, semio_add_store_ref (store), (GDestroyNotify) semio_add_store_unref);
  g_task_run_in_thread (copy, copy_thread);
}

static void
copy_known_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SemioAddStore *store = data;
  const SemioRecording *recording = g_object_get_data (G_OBJECT (task), "recording");
  g_autoptr (GFile) folder = semio_add_copy_get_folder (semio_study_get_file (store->study));
  GError *error = NULL;

  store->final = semio_add_copy_find (folder, recording, store->study->hash_cache, cancellable);
  if (!store->final)
    {
      store->copied = semio_add_copy_make (folder, store->file, store->name, &store->hash, cancellable, &error);
      if (!store->copied)
        {
          g_task_return_error (task, error);
          return;
        }
      name_copy (store, recording);
      store->is_copied_now = TRUE;
    }
  g_task_return_boolean (task, TRUE);
}

void
semio_add_store_copy_known_async (SemioAddStore *store, SemioRecording *recording, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (store->study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_add_store_copy_known_async);
  g_task_set_task_data (task, semio_add_store_ref (store), (GDestroyNotify) semio_add_store_unref);
  g_object_set_data_full (G_OBJECT (task), "recording", semio_recording_ref (recording), (GDestroyNotify) semio_recording_unref);
  g_task_run_in_thread (task, copy_known_thread);
}

gboolean
semio_add_store_copy_known_finish (SemioAddStore *store, GAsyncResult *result, SemioRecording **recording, gboolean *is_new,
                                   GError **error)
{
  *recording = semio_recording_ref (g_object_get_data (G_OBJECT (result), "recording"));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *is_new = store->is_copied_now;
  return TRUE;
}

SemioRecording *
semio_add_store_write_finish (SemioAddStore *store, GAsyncResult *result, SemioAddOutcome *outcome, GError **error)
{
  *outcome = store->join_id ? SEMIO_ADD_JOINED : SEMIO_ADD_ADDED;
  return g_task_propagate_pointer (G_TASK (result), error);
}

GFile *
semio_add_store_get_final_file (SemioAddStore *store)
{
  return store->final;
}

const SemioSha256 *
semio_add_store_get_content (SemioAddStore *store)
{
  return &store->hash;
}
