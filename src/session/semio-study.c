/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study.h"

#include <glib/gi18n-lib.h>

#include "semio-study-private.h"

G_DEFINE_TYPE (SemioStudy, semio_study, G_TYPE_OBJECT)

enum { PROP_0, PROP_TITLE, PROP_READ_ONLY, PROP_PERSON, N_PROPS };

static GParamSpec *props[N_PROPS];

enum { CHANGED, NOTICE, MEDIA_SEARCHED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
semio_study_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SemioStudy *self = SEMIO_STUDY (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, semio_study_get_title (self));
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, semio_study_is_read_only (self));
      break;
    case PROP_PERSON:
      g_value_set_boxed (value, self->person);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
semio_study_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PERSON)
    semio_study_set_person (SEMIO_STUDY (object), g_value_get_boxed (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
weak_ref_free (GWeakRef *ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

static void
semio_study_dispose (GObject *object)
{
  SemioStudy *self = SEMIO_STUDY (object);

  g_cancellable_cancel (self->media_cancellable);
  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->store)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (semio_study_parent_class)->dispose (object);
}

static void
semio_study_finalize (GObject *object)
{
  SemioStudy *self = SEMIO_STUDY (object);

  g_object_unref (self->cases);
  g_hash_table_unref (self->cases_by_id);
  g_ptr_array_unref (self->runs);
  g_ptr_array_unref (self->persons);
  g_ptr_array_unref (self->reference_sets);
  g_hash_table_unref (self->work);
  g_clear_pointer (&self->queue, semio_queue_free);
  g_clear_pointer (&self->person, semio_person_unref);
  g_ptr_array_unref (self->reviews);
  g_hash_table_unref (self->undos);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->session_drafts);
  g_clear_pointer (&self->hash_cache, semio_hash_cache_free);
  g_ptr_array_unref (self->media_folders);
  g_hash_table_unref (self->files);
  g_object_unref (self->media_cancellable);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  G_OBJECT_CLASS (semio_study_parent_class)->finalize (object);
}

static void
semio_study_class_init (SemioStudyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = semio_study_get_property;
  object_class->set_property = semio_study_set_property;
  object_class->dispose = semio_study_dispose;
  object_class->finalize = semio_study_finalize;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  props[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, readable);
  props[PROP_PERSON] = g_param_spec_boxed ("person", NULL, NULL, SEMIO_TYPE_PERSON, readable | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed", SEMIO_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MEDIA_SEARCHED] =
      g_signal_new ("media-searched", SEMIO_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NOTICE] =
      g_signal_new ("notice", SEMIO_TYPE_STUDY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
semio_study_init (SemioStudy *self)
{
  self->cases = g_list_store_new (SEMIO_TYPE_CASE);
  self->cases_by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->runs = g_ptr_array_new ();
  self->persons = g_ptr_array_new ();
  self->reference_sets = g_ptr_array_new ();
  self->work = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) semio_person_work_free);
  self->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) weak_ref_free);
  self->undos = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) semio_undo_free);
  self->drafts = semio_study_drafts_new ();
  self->session_drafts = semio_study_drafts_new ();
  self->hash_cache = semio_hash_cache_new ();
  self->media_folders = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->media_cancellable = g_cancellable_new ();
  g_queue_init (&self->judgements);
}

static void
notice_cb (SemioStudy *self, const char *text)
{
  g_signal_emit (self, signals[NOTICE], 0, text);
}

static void
opened_lists_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioStudy *self = SEMIO_STUDY (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (semio_study_reload_finish (self, result, &error))
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else
    g_task_return_error (task, error);
}

/* The store is open: loads the lists, then the task gives the study. */
static void
take_store (GTask *task, SemioStoreService *store)
{
  g_autoptr (SemioStudy) self = g_object_new (SEMIO_TYPE_STUDY, NULL);

  self->store = store;
  self->features = semio_feature_set_ref (semio_store_service_get_feature_set (store));
  g_signal_connect_swapped (store, "notice", G_CALLBACK (notice_cb), self);
  semio_study_reload_async (self, opened_lists_cb, task);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioStoreService *store = semio_store_service_create_finish (result, &error);

  if (store)
    take_store (g_steal_pointer (&task), store);
  else
    g_task_return_error (task, error);
}

void
semio_study_create_async (GFile *file, const char *title, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_create_async);
  /* The store refuses it too, whoever comes between; this one says what to do. */
  if (g_file_query_exists (file, NULL))
    {
      g_autofree char *name = g_file_get_basename (file);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_EXISTS,
                               _ ("“%s” is there already, and nothing is overwritten. Open it, or choose another name."), name);
      g_object_unref (task);
      return;
    }
  semio_store_service_create_async (file, title, features, cancellable, created_cb, task);
}

SemioStudy *
semio_study_create_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioStoreService *store = semio_store_service_open_finish (result, &error);

  if (store)
    take_store (g_steal_pointer (&task), store);
  else
    g_task_return_error (task, error);
}

void
semio_study_open_async (GFile *file, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_study_open_async);
  semio_store_service_open_async (file, SEMIO_STORE_OPEN_NONE, progress, progress_data, cancellable, opened_cb, task);
}

SemioStudy *
semio_study_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (semio_store_service_close_finish (SEMIO_STORE_SERVICE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
close_when_judged (SemioStudy *self, GTask *task)
{
  semio_study_flush_drafts (self);
  semio_store_service_close_async (self->store, closed_cb, task);
}

void
semio_study_close_async (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, semio_study_close_async);
  self->is_closed = TRUE;
  g_cancellable_cancel (self->media_cancellable);
  /* Judgements stand in a queue of their own before the store's: they come first. */
  semio_study_when_judged (self, close_when_judged, task);
}

gboolean
semio_study_close_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

GFile *
semio_study_get_file (SemioStudy *self)
{
  return semio_store_service_get_file (self->store);
}

const SemioUuid *
semio_study_get_uuid (SemioStudy *self)
{
  return semio_store_service_get_uuid (self->store);
}

const char *
semio_study_get_title (SemioStudy *self)
{
  return semio_store_service_get_title (self->store);
}

gboolean
semio_study_is_read_only (SemioStudy *self)
{
  return semio_store_service_is_read_only (self->store);
}

const char *
semio_study_get_read_only_reason (SemioStudy *self)
{
  return semio_store_service_get_read_only_reason (self->store);
}

const char *const *
semio_study_get_remarks (SemioStudy *self)
{
  return semio_store_service_get_remarks (self->store);
}

SemioFeatureSet *
semio_study_get_feature_set (SemioStudy *self)
{
  return self->features;
}

GListModel *
semio_study_get_cases (SemioStudy *self)
{
  return G_LIST_MODEL (self->cases);
}

SemioCase *
semio_study_find_case (SemioStudy *self, gint64 recording_id)
{
  return g_hash_table_lookup (self->cases_by_id, &recording_id);
}

GPtrArray *
semio_study_get_runs (SemioStudy *self)
{
  return self->runs;
}

GPtrArray *
semio_study_get_persons (SemioStudy *self)
{
  return self->persons;
}

GPtrArray *
semio_study_get_reference_sets (SemioStudy *self)
{
  return self->reference_sets;
}

void
semio_study_set_person (SemioStudy *self, SemioPerson *person)
{
  gint64 before = self->person ? self->person->id : 0;
  gint64 after = person ? person->id : 0;

  if (self->person == person)
    return;
  if (person)
    semio_person_ref (person);
  g_clear_pointer (&self->person, semio_person_unref);
  self->person = person;
  if (before != after)
    {
      semio_study_apply_person (self);
      semio_study_load_median (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON]);
}

SemioPerson *
semio_study_get_person (SemioStudy *self)
{
  return self->person;
}

SemioUuid
semio_study_get_actor (SemioStudy *self)
{
  SemioUuid nobody = { { 0 } };

  return self->person ? self->person->uuid : nobody;
}

void
semio_study_get_progress (SemioStudy *self, guint *n_rated, guint *n_items, double *median_seconds)
{
  SemioPersonWork *work = self->person ? semio_study_get_work (self, self->person->id) : NULL;
  guint rated;
  guint items;

  semio_queue_get_totals (self->queue, &rated, &items);
  if (n_rated)
    *n_rated = rated;
  if (n_items)
    *n_items = items;
  if (median_seconds)
    *median_seconds = work ? work->median_seconds : 0;
}

gboolean
semio_study_find_next_item (SemioStudy *self, const SemioItemKey *after, SemioItemKey *next)
{
  return semio_queue_find_next (self->queue, after, next);
}

gboolean
semio_study_check_writable (SemioStudy *self, GError **error)
{
  const char *reason;

  if (!semio_study_is_read_only (self))
    return TRUE;
  reason = semio_study_get_read_only_reason (self);
  g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_READ_ONLY,
                       reason ? reason : _ ("The study cannot be changed here. Save a copy in a folder of your own."));
  return FALSE;
}
