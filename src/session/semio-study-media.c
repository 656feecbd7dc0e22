/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the videos of an open study lie, found in a thread. */
#include "semio-add-copy.h"
#include "semio-copy-cache.h"
#include "semio-study-private.h"

typedef struct {
  SemioMediaFinder *finder;
  GPtrArray *recordings; /* of SemioRecording that have media */
  GFile *copies; /* (nullable): the folder of copies, where this program may write */
} Search;

typedef struct {
  SemioStudy *study;
  gint64 recording_id;
  GFile *file;
} Found;

static void
search_free (Search *search)
{
  semio_media_finder_unref (search->finder);
  g_ptr_array_unref (search->recordings);
  g_clear_object (&search->copies);
  g_free (search);
}

static void
found_free (Found *found)
{
  g_object_unref (found->study);
  g_object_unref (found->file);
  g_free (found);
}

static gboolean
tell_found_cb (gpointer user_data)
{
  Found *found = user_data;

  if (!found->study->is_closed)
    semio_study_set_file_found (found->study, found->recording_id, found->file);
  return G_SOURCE_REMOVE;
}

static void
tell (GTask *task, const SemioRecording *recording, GFile *file)
{
  Found *found = g_new0 (Found, 1);

  found->study = g_object_ref (g_task_get_source_object (task));
  found->recording_id = recording->id;
  found->file = g_object_ref (file);
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell_found_cb, found, (GDestroyNotify) found_free);
}

static void
search_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;
  g_autoptr (GPtrArray) unknown = g_ptr_array_new ();

  semio_copy_cache_sweep ();
  /* What needs no reading comes first, so that most cases are ready at once. */
  for (guint i = 0; i < search->recordings->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (GFile) file = semio_media_finder_find_known (search->finder, search->recordings->pdata[i]);

      if (file)
        tell (task, search->recordings->pdata[i], file);
      else
        g_ptr_array_add (unknown, search->recordings->pdata[i]);
    }
  /* A copy whose adding was killed before it had its name is of a recording that the study knows. */
  if (unknown->len > 0 && search->copies)
    semio_add_copy_sweep (search->copies, unknown, FALSE, cancellable);
  for (guint i = 0; i < unknown->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (GFile) file = semio_media_finder_find (search->finder, unknown->pdata[i], NULL, NULL, cancellable);

      if (file)
        tell (task, unknown->pdata[i], file);
    }
  g_task_return_boolean (task, TRUE);
}

/* The study's own folder first, then the user's. */
static GPtrArray *
get_folders (SemioStudy *self)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_object_unref);
  GFile *parent = g_file_get_parent (semio_study_get_file (self));

  if (parent)
    g_ptr_array_add (folders, parent);
  for (guint i = 0; i < self->media_folders->len; i++)
    g_ptr_array_add (folders, g_object_ref (self->media_folders->pdata[i]));
  return folders;
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioStudy *self = SEMIO_STUDY (source);

  if (--self->n_searches == 0 && !self->is_closed)
    g_signal_emit_by_name (self, "media-searched");
}

gboolean
semio_study_is_finding_media (SemioStudy *self)
{
  return self->n_searches > 0;
}

void
semio_study_find_media (SemioStudy *self)
{
  g_autoptr (GPtrArray) folders = NULL;
  g_autoptr (GTask) task = NULL;
  Search *search;
  GHashTableIter iter;
  gpointer row;

  if (self->is_closed)
    return;
  search = g_new0 (Search, 1);
  search->recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  g_hash_table_iter_init (&iter, self->cases_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      const SemioRecording *recording = semio_case_get_recording (row);

      if (recording->has_media && !g_hash_table_contains (self->files, &recording->id))
        g_ptr_array_add (search->recordings, semio_recording_ref ((SemioRecording *) recording));
    }
  folders = get_folders (self);
  search->finder = semio_media_finder_new (self->hash_cache, folders);
  if (!semio_study_is_read_only (self))
    search->copies = semio_add_copy_get_folder (semio_study_get_file (self));
  if (search->recordings->len == 0)
    {
      search_free (search);
      return;
    }

  /* A newer search covers all that an older one was looking for. */
  g_cancellable_cancel (self->media_cancellable);
  g_object_unref (self->media_cancellable);
  self->media_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->media_cancellable, searched_cb, NULL);
  self->n_searches++;
  g_task_set_source_tag (task, semio_study_find_media);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_thread);
}

static void
set_review_file (SemioReview *review, gpointer file)
{
  semio_review_set_file (review, file);
}

void
semio_study_set_file_found (SemioStudy *self, gint64 recording_id, GFile *file)
{
  SemioCase *row = semio_study_find_case (self, recording_id);

  if (file)
    g_hash_table_replace (self->files, g_memdup2 (&recording_id, sizeof recording_id), g_object_ref (file));
  else
    g_hash_table_remove (self->files, &recording_id);
  if (row)
    semio_case_set_media_found (row, file != NULL);
  if (file)
    semio_study_foreach_review (self, recording_id, 0, set_review_file, file);
}

GFile *
semio_study_get_media_file (SemioStudy *self, gint64 recording_id)
{
  return g_hash_table_lookup (self->files, &recording_id);
}

void
semio_study_set_media_folders (SemioStudy *self, GPtrArray *folders)
{
  g_ptr_array_set_size (self->media_folders, 0);
  for (guint i = 0; i < folders->len; i++)
    g_ptr_array_add (self->media_folders, g_object_ref (folders->pdata[i]));
  semio_study_find_media (self);
}
