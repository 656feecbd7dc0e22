/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lists of an open study, kept in step with what the file holds. */
#include "semio-prediction-table.h"
#include "semio-reference-table.h"
#include "semio-study-load.h"
#include "semio-study-private.h"

/* "P7" before "P12" in every language: runs of digits compare as numbers, the rest by code point. */
static int
compare_natural (const char *a, const char *b)
{
  while (*a && *b)
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          guint64 x = g_ascii_strtoull (a, (char **) &a, 10);
          guint64 y = g_ascii_strtoull (b, (char **) &b, 10);

          if (x != y)
            return x < y ? -1 : 1;
          continue;
        }
      if (*a != *b)
        return (guchar) *a < (guchar) *b ? -1 : 1;
      a++;
      b++;
    }
  return *a ? 1 : *b ? -1 : 0;
}

static int
compare_cases (gconstpointer a, gconstpointer b, gpointer user_data)
{
  SemioCase *x = SEMIO_CASE ((gpointer) a);
  SemioCase *y = SEMIO_CASE ((gpointer) b);
  int order = compare_natural (semio_case_get_title (x), semio_case_get_title (y));

  if (order != 0)
    return order;
  return semio_case_get_id (x) < semio_case_get_id (y) ? -1 : semio_case_get_id (x) > semio_case_get_id (y);
}

static gboolean
is_same_recording (const SemioRecording *a, const SemioRecording *b)
{
  return g_str_equal (a->pseudonym, b->pseudonym) && g_strcmp0 (a->patient, b->patient) == 0 && a->patient_id == b->patient_id
         && g_strcmp0 (a->source_name, b->source_name) == 0 && a->has_media == b->has_media
         && semio_sha256_equal (&a->content, &b->content) && a->size_bytes == b->size_bytes && a->duration_ns == b->duration_ns
         && a->n_frames == b->n_frames && a->sound == b->sound && a->warnings == b->warnings && a->mirrored == b->mirrored;
}

/* Rows that stay are the same objects; the list is told of removals and additions only. */
static void
apply_recordings (SemioStudy *self, GPtrArray *recordings)
{
  g_autoptr (GHashTable) standing = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean titles_changed = FALSE;

  for (guint i = 0; i < recordings->len; i++)
    {
      SemioRecording *recording = recordings->pdata[i];
      SemioCase *row = g_hash_table_lookup (self->cases_by_id, &recording->id);

      g_hash_table_add (standing, &recording->id);
      if (!row)
        g_ptr_array_add (added, semio_case_new (recording));
      else if (!is_same_recording (semio_case_get_recording (row), recording))
        {
          semio_case_set_recording (row, recording);
          titles_changed = TRUE;
        }
    }
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->cases)); i > 0; i--)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (G_LIST_MODEL (self->cases), i - 1);
      gint64 id = semio_case_get_id (row);

      if (!g_hash_table_contains (standing, &id))
        {
          g_hash_table_remove (self->cases_by_id, &id);
          g_list_store_remove (self->cases, i - 1);
        }
    }
  if (added->len > 0)
    g_list_store_splice (self->cases, g_list_model_get_n_items (G_LIST_MODEL (self->cases)), 0, added->pdata, added->len);
  for (guint i = 0; i < added->len; i++)
    {
      gint64 id = semio_case_get_id (added->pdata[i]);

      g_hash_table_insert (self->cases_by_id, g_memdup2 (&id, sizeof id), added->pdata[i]);
    }
  for (guint i = 0; i < recordings->len; i++)
    {
      const SemioRecording *recording = recordings->pdata[i];

      if (g_hash_table_contains (self->files, &recording->id))
        semio_case_set_media_found (g_hash_table_lookup (self->cases_by_id, &recording->id), TRUE);
    }
  if (added->len > 0 || titles_changed)
    g_list_store_sort (self->cases, compare_cases, NULL);
}

static void
apply_events (SemioStudy *self, GArray *events)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; events && i < events->len; i++)
    {
      SemioRecordingEvent *event = &g_array_index (events, SemioRecordingEvent, i);

      g_hash_table_insert (by_id, &event->recording_id, &event->event);
    }
  g_hash_table_iter_init (&iter, self->cases_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gint64 id = semio_case_get_id (row);

      semio_case_set_event (row, g_hash_table_lookup (by_id, &id));
    }
}

static void
build_queue (SemioStudy *self, GArray *coverage)
{
  guint n_features = semio_feature_set_get_n_features (self->features);
  guint n_cases = g_list_model_get_n_items (G_LIST_MODEL (self->cases));
  g_autofree gint64 *run_ids = g_new (gint64, MAX (self->runs->len, 1));
  g_autofree gint64 *ids = g_new (gint64, MAX (n_cases, 1));

  for (guint i = 0; i < self->runs->len; i++)
    run_ids[i] = ((SemioRun *) self->runs->pdata[i])->id;
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr (SemioCase) row = g_list_model_get_item (G_LIST_MODEL (self->cases), i);

      ids[i] = semio_case_get_id (row);
    }
  g_clear_pointer (&self->queue, semio_queue_free);
  self->queue = semio_queue_new (n_features, run_ids, self->runs->len);
  semio_queue_set_order (self->queue, ids, n_cases);
  for (guint i = 0; i < coverage->len; i++)
    {
      const SemioCoverage *covered = &g_array_index (coverage, SemioCoverage, i);

      for (guint feature = 0; feature < n_features; feature++)
        {
          SemioItemKey key = { covered->run_id, covered->recording_id, feature, SEMIO_SEGMENT_WHOLE };
          SemioQueueFlags flags = 0;

          if (semio_coverage_has_bit (covered->answered, feature))
            flags |= SEMIO_QUEUE_ANSWERED;
          if (semio_coverage_has_bit (covered->ratable, feature))
            flags |= SEMIO_QUEUE_RATABLE;
          if (flags)
            semio_queue_add_flags (self->queue, &key, flags);
        }
    }
}

static void
apply_coverage (SemioStudy *self)
{
  double n_features = MAX (semio_feature_set_get_n_features (self->features), 1);
  g_autofree double *shares = g_new0 (double, MAX (self->runs->len, 1));
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->cases_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      for (guint run = 0; run < self->runs->len; run++)
        shares[run] = semio_queue_get_n_answered (self->queue, semio_case_get_id (row), run) / n_features;
      semio_case_set_coverage (row, shares, self->runs->len);
    }
}

SemioPersonWork *
semio_study_get_work (SemioStudy *self, gint64 person_id)
{
  return g_hash_table_lookup (self->work, &person_id);
}

void
semio_study_update_case (SemioStudy *self, gint64 recording_id)
{
  SemioCase *row = g_hash_table_lookup (self->cases_by_id, &recording_id);
  guint n_rated;
  guint n_items;

  if (!row)
    return;
  semio_queue_get_counts (self->queue, recording_id, &n_rated, &n_items);
  semio_case_set_progress (row, n_rated, n_items);
}

void
semio_study_apply_person (SemioStudy *self)
{
  SemioPersonWork *work = self->person ? semio_study_get_work (self, self->person->id) : NULL;
  g_autoptr (GHashTable) done = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer row;

  semio_queue_clear_rated (self->queue);
  for (guint i = 0; work && i < work->rated->len; i++)
    {
      const SemioRatedItem *item = &g_array_index (work->rated, SemioRatedItem, i);

      semio_queue_set_rated (self->queue, &item->key, item->judged);
    }
  for (guint i = 0; work && i < work->done->len; i++)
    g_hash_table_add (done, &g_array_index (work->done, gint64, i));
  g_hash_table_iter_init (&iter, self->cases_by_id);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gint64 id = semio_case_get_id (row);

      semio_study_update_case (self, id);
      semio_case_set_done (row, g_hash_table_contains (done, &id));
    }
}

/* The chosen person as the file has it now. */
static void
renew_person (SemioStudy *self)
{
  for (guint i = 0; self->person && i < self->persons->len; i++)
    {
      SemioPerson *person = self->persons->pdata[i];

      if (person->id == self->person->id && person != self->person)
        {
          semio_person_unref (self->person);
          self->person = semio_person_ref (person);
          return;
        }
    }
}

static void
apply (SemioStudy *self, SemioStudyContent *content)
{
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  self->runs = g_steal_pointer (&content->runs);
  g_clear_pointer (&self->persons, g_ptr_array_unref);
  self->persons = g_steal_pointer (&content->persons);
  g_clear_pointer (&self->reference_sets, g_ptr_array_unref);
  self->reference_sets = g_steal_pointer (&content->reference_sets);
  renew_person (self);

  g_hash_table_remove_all (self->work);
  g_ptr_array_set_free_func (content->work, NULL);
  for (guint i = 0; i < content->work->len; i++)
    {
      SemioPersonWork *work = content->work->pdata[i];

      g_hash_table_insert (self->work, &work->person_id, work);
    }
  apply_recordings (self, content->recordings);
  apply_events (self, content->events);
  build_queue (self, content->coverage);
  apply_coverage (self);
  semio_study_apply_person (self);
  g_signal_emit_by_name (self, "changed");
}

typedef struct {
  gint64 person_id;
  double seconds;
} Median;

static gpointer
load_median (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Median *median = data;

  return semio_rating_table_get_median_seconds (database, median->person_id, &median->seconds, error)
             ? g_memdup2 (median, sizeof *median)
             : NULL;
}

static void
median_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioStudy) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Median *median = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  SemioPersonWork *work = median ? semio_study_get_work (self, median->person_id) : NULL;

  if (work)
    work->median_seconds = median->seconds;
  else if (error)
    g_debug ("The median time of a judgement could not be read: %s", error->message);
}

void
semio_study_load_median (SemioStudy *self)
{
  Median *median;

  if (!self->person || self->is_closed)
    return;
  median = g_new0 (Median, 1);
  median->person_id = self->person->id;
  semio_store_service_read_async (self->store, load_median, median, g_free, g_free, NULL, median_loaded_cb, g_object_ref (self));
}

static void start_loading (SemioStudy *self, GTask *task);

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *self = g_task_get_source_object (task);
  g_autoptr (SemioStudyContent) content = NULL;
  GError *error = NULL;

  content = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (!content)
    {
      g_task_return_error (task, error);
      return;
    }
  if (GPOINTER_TO_UINT (g_task_get_task_data (task)) != self->n_judged)
    {
      start_loading (self, g_steal_pointer (&task));
      return;
    }
  apply (self, content);
  semio_study_load_median (self);
  semio_study_find_media (self);
  g_task_return_boolean (task, TRUE);
}

static void
start_loading (SemioStudy *self, GTask *task)
{
  g_task_set_task_data (task, GUINT_TO_POINTER (self->n_judged), NULL);
  semio_store_service_read_async (self->store, semio_study_content_load, NULL, NULL, (GDestroyNotify) semio_study_content_free,
                                  NULL, loaded_cb, task);
}

void
semio_study_reload_async (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, semio_study_reload_async);
  start_loading (self, task);
}

gboolean
semio_study_reload_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
