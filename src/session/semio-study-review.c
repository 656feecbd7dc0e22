/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reviews of an open study: loading one, and keeping those in use up to date. */
#include "semio-bookmark-table.h"
#include "semio-case-table.h"
#include "semio-draft-table.h"
#include "semio-finding-table.h"
#include "semio-item-private.h"
#include "semio-person-table.h"
#include "semio-prediction-table.h"
#include "semio-recording-table.h"
#include "semio-reference-table.h"
#include "semio-run-table.h"
#include "semio-study-private.h"

typedef struct {
  gint64 recording_id;
  gint64 person_id;
  SemioFeatureSet *features;
  SemioMediaFinder *finder;
  GFile *file; /* (nullable) where the video was found before */
} Load;

static void
load_free (Load *load)
{
  semio_feature_set_unref (load->features);
  semio_media_finder_unref (load->finder);
  g_clear_object (&load->file);
  g_free (load);
}

static gboolean
load_reference (SemioDatabase *database, const Load *load, SemioReviewContent *content, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioReferenceSet) set = semio_reference_table_get_current (database, &local);
  g_autoptr (GArray) labels = NULL;
  g_autoptr (GArray) events = NULL;
  const SemioEvent unknown = SEMIO_EVENT_INIT;

  content->event = unknown;
  content->labels = g_new0 (SemioLabel, MAX (content->n_features, 1));
  for (guint i = 0; i < content->n_features; i++)
    {
      SemioLabel none = { load->recording_id, i, SEMIO_ANSWER_MISSING, SEMIO_TIME_NONE, SEMIO_TIME_NONE };

      content->labels[i] = none;
    }
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!set)
    return TRUE;

  content->has_reference = TRUE;
  labels = semio_reference_table_load_labels (database, set->id, load->recording_id, error);
  if (!labels)
    return FALSE;
  events = semio_reference_table_load_events (database, set->id, load->recording_id, error);
  if (!events)
    return FALSE;
  content->findings = semio_finding_table_load_reference (database, set->id, load->recording_id, error);
  if (!content->findings)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    {
      const SemioLabel *label = &g_array_index (labels, SemioLabel, i);

      if (label->feature < content->n_features)
        content->labels[label->feature] = *label;
    }
  if (events->len > 0)
    content->event = g_array_index (events, SemioRecordingEvent, 0).event;
  return TRUE;
}

static gboolean
load_items (SemioDatabase *database, const Load *load, SemioReviewContent *content, GError **error)
{
  g_autoptr (GArray) predictions = semio_prediction_table_load (database, load->recording_id, error);
  SemioSpan event;
  gint64 duration_ns = content->recording->duration_ns > 0 ? content->recording->duration_ns : G_MAXINT64;

  if (!predictions)
    return FALSE;
  content->items = semio_item_build_all (load->features, content->recording,
                                         semio_event_get_span (&content->event, duration_ns, &event) ? &event : NULL,
                                         content->runs, predictions);
  return TRUE;
}

static gboolean
load_person (SemioDatabase *database, const Load *load, SemioReviewContent *content, GError **error)
{
  g_autoptr (GArray) drafts = NULL;
  SemioRevealed revealed = { FALSE, FALSE };

  content->person_id = load->person_id;
  if (load->person_id == 0)
    {
      content->ratings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_rating_unref);
      return TRUE;
    }
  content->ratings = semio_rating_table_load (database, load->person_id, load->recording_id, error);
  if (!content->ratings)
    return FALSE;
  drafts = semio_draft_table_load (database, load->person_id, load->recording_id, error);
  if (!drafts || !semio_case_table_get_revealed (database, load->person_id, load->recording_id, &revealed, error))
    return FALSE;
  content->reference_seen = revealed.reference;
  content->runs_seen = revealed.runs;
  for (guint i = 0; i < drafts->len; i++)
    {
      const SemioDraft *draft = &g_array_index (drafts, SemioDraft, i);

      for (guint j = 0; j < content->items->len; j++)
        {
          SemioItem *item = content->items->pdata[j];

          if (semio_item_key_equal (&item->key, &draft->key))
            {
              g_free (item->draft);
              item->draft = g_strdup (draft->text);
            }
        }
    }
  return TRUE;
}

static gboolean
load_others_ratings (SemioDatabase *database, const Load *load, SemioReviewContent *content, GError **error)
{
  content->others = semio_rating_table_load_current (database, 0, load->recording_id, error);
  for (guint i = content->others ? content->others->len : 0; i > 0; i--)
    {
      const SemioRating *rating = content->others->pdata[i - 1];

      if (rating->person_id == load->person_id)
        g_ptr_array_remove_index (content->others, i - 1);
    }
  return content->others != NULL;
}

/* What other persons rated and marked, and their names. */
static gboolean
load_others (SemioDatabase *database, const Load *load, SemioReviewContent *content, GError **error)
{
  g_autoptr (GPtrArray) persons = NULL;

  content->person_names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  content->bookmarks = semio_bookmark_table_load (database, load->recording_id, error);
  if (!content->bookmarks || !load_others_ratings (database, load, content, error))
    return FALSE;
  /* Names are told of others alone. */
  if (content->bookmarks->len == 0 && content->others->len == 0)
    return TRUE;
  persons = semio_person_table_load (database, error);
  for (guint i = 0; persons && i < persons->len; i++)
    {
      const SemioPerson *person = persons->pdata[i];

      if (person->name)
        g_hash_table_insert (content->person_names, g_memdup2 (&person->id, sizeof person->id), g_strdup (person->name));
    }
  return persons != NULL;
}

static gpointer
load_content (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Load *load = data;
  g_autoptr (SemioReviewContent) content = g_new0 (SemioReviewContent, 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) index = NULL;

  content->features = semio_feature_set_ref (load->features);
  content->n_features = semio_feature_set_get_n_features (load->features);
  if (!(content->recording = semio_recording_table_get (database, load->recording_id, error))
      || !(content->runs = semio_run_table_load (database, error)) || !load_reference (database, load, content, error)
      || !load_items (database, load, content, error) || !load_person (database, load, content, error)
      || !load_others (database, load, content, error))
    return NULL;

  index = semio_recording_table_get_frame_index (database, load->recording_id, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (index && !(content->frame_index = semio_frame_index_from_bytes (index, error)))
    return NULL;
  content->file = semio_media_finder_check (load->finder, content->recording, load->file);
  return g_steal_pointer (&content);
}

static void
start_loading (SemioStudy *self, gint64 recording_id, gint64 person_id, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  Load *load = g_new0 (Load, 1);
  GFile *file = g_hash_table_lookup (self->files, &recording_id);

  load->recording_id = recording_id;
  load->person_id = person_id;
  load->features = semio_feature_set_ref (self->features);
  load->finder = semio_media_finder_new (self->hash_cache, self->media_folders);
  load->file = file ? g_object_ref (file) : NULL;
  semio_study_flush_drafts (self);
  semio_store_service_read_async (self->store, load_content, load, (GDestroyNotify) load_free,
                                  (GDestroyNotify) semio_review_content_free, cancellable, callback, user_data);
}

static void
remember_review (SemioStudy *self, SemioReview *review)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  for (guint i = self->reviews->len; i > 0; i--)
    {
      g_autoptr (SemioReview) standing = g_weak_ref_get (self->reviews->pdata[i - 1]);

      if (!standing)
        g_ptr_array_remove_index_fast (self->reviews, i - 1);
    }
  g_weak_ref_init (ref, review);
  g_ptr_array_add (self->reviews, ref);
}

static void start_review (SemioStudy *self, GTask *task, gint64 recording_id, gint64 person_id);

static void
review_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *self = g_task_get_source_object (task);
  GError *error = NULL;
  SemioReviewContent *content = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  SemioReview *review;

  if (!content)
    {
      semio_study_take_error (task, error);
      return;
    }
  /* A judgement that was stored meanwhile may not be in what was read. */
  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) != self->n_judged)
    {
      gint64 recording_id = content->recording->id;
      gint64 person_id = content->person_id;

      semio_review_content_free (content);
      start_review (self, g_steal_pointer (&task), recording_id, person_id);
      return;
    }
  /* A video that was found is looked at again before it plays: what was changed since is another one. */
  if (content->recording->has_media)
    semio_study_set_file_found (self, content->recording->id, content->file);
  review = semio_review_new (content);
  semio_study_overlay_drafts (self, review);
  remember_review (self, review);
  if (content->recording->has_media && !content->file)
    semio_study_find_media (self);
  g_task_return_pointer (task, review, g_object_unref);
}

static void
start_review (SemioStudy *self, GTask *task, gint64 recording_id, gint64 person_id)
{
  g_task_set_task_data (task, GUINT_TO_POINTER (self->n_judged), NULL);
  start_loading (self, recording_id, person_id, g_task_get_cancellable (task), review_loaded_cb, task);
}

void
semio_study_load_review_async (SemioStudy *self, gint64 recording_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_load_review_async);
  start_review (self, task, recording_id, self->person ? self->person->id : 0);
}

SemioReview *
semio_study_load_review_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_study_foreach_review (SemioStudy *self, gint64 recording_id, gint64 person_id, void (*func) (SemioReview *, gpointer),
                            gpointer user_data)
{
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func (g_object_unref);

  /* A handler may load or drop reviews while this goes on. */
  for (guint i = 0; i < self->reviews->len; i++)
    {
      SemioReview *review = g_weak_ref_get (self->reviews->pdata[i]);

      if (review)
        g_ptr_array_add (reviews, review);
    }
  for (guint i = 0; i < reviews->len; i++)
    {
      SemioReview *review = reviews->pdata[i];

      if ((recording_id == 0 || semio_review_get_recording (review)->id == recording_id)
          && (person_id == 0 || semio_review_get_person_id (review) == person_id))
        func (review, user_data);
    }
}

typedef struct {
  SemioStudy *study;
  SemioReview *review;
  guint n_judged;
} Refresh;

static void start_refresh (SemioReview *review, gpointer study);

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refresh *refresh = user_data;
  g_autoptr (GError) error = NULL;
  SemioReviewContent *content = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (content && refresh->n_judged != refresh->study->n_judged)
    {
      semio_review_content_free (content);
      start_refresh (refresh->review, refresh->study);
    }
  else if (content)
    {
      semio_review_replace (refresh->review, content);
      semio_study_overlay_drafts (refresh->study, refresh->review);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (refresh->study, "notice", error->message);
  g_object_unref (refresh->review);
  g_object_unref (refresh->study);
  g_free (refresh);
}

static void
start_refresh (SemioReview *review, gpointer study)
{
  SemioStudy *self = study;
  Refresh *refresh = g_new0 (Refresh, 1);

  refresh->study = g_object_ref (self);
  refresh->review = g_object_ref (review);
  refresh->n_judged = self->n_judged;
  start_loading (self, semio_review_get_recording (review)->id, semio_review_get_person_id (review), NULL, refreshed_cb, refresh);
}

void
semio_study_refresh_reviews (SemioStudy *self)
{
  semio_study_foreach_review (self, 0, 0, start_refresh, self);
}
