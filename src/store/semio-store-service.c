/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-service.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>

#include "semio-backup.h"
#include "semio-clock.h"
#include "semio-known-study.h"
#include "semio-store-service-private.h"
#include "semio-thread.h"

#define IDLE_MS 2000
/* While writing goes on, the log is carried over after this many pages (16 MiB). */
#define LOG_PAGES 4000
#define KEEPER_BUSY_MS 0
#define BACKUP_AGE_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define CHECK_DELAY_US (3 * G_USEC_PER_SEC)

static const char *ONE_FILE_SQL = "PRAGMA journal_mode = DELETE";

enum {
  SIGNAL_CHANGED,
  SIGNAL_NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioStoreService, semio_store_service, G_TYPE_OBJECT)

typedef struct {
  SemioStoreService *service;
  char *notice; /* (nullable): "changed" otherwise */
} Emission;

static void
free_emission (gpointer data)
{
  Emission *emission = data;

  g_object_unref (emission->service);
  g_free (emission->notice);
  g_free (emission);
}

static gboolean
emit_cb (gpointer data)
{
  Emission *emission = data;

  if (emission->notice != NULL)
    g_signal_emit (emission->service, signals[SIGNAL_NOTICE], 0, emission->notice);
  else
    g_signal_emit (emission->service, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
emit_later (SemioStoreService *self, const char *notice)
{
  Emission *emission = g_new0 (Emission, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  emission->service = g_object_ref (self);
  emission->notice = g_strdup (notice);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_cb, emission, free_emission);
  g_source_attach (source, self->context);
}

void
semio_store_service_emit_changed (SemioStoreService *self)
{
  emit_later (self, NULL);
}

void
semio_store_service_emit_notice (SemioStoreService *self, const char *notice)
{
  emit_later (self, notice);
}

/* Carries the log over beside the writer, without any lock: meanwhile an import rests, so that the end of the log is reached
 * and it is written from its beginning again; judgements go on. */
static gpointer
carry_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioStoreService *self = data;

  sqlite3_wal_checkpoint_v2 (semio_database_get_handle (database), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  g_mutex_lock (&self->mutex);
  self->keeping = FALSE;
  semio_store_worker_hold (self->writer, FALSE);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* The same when nothing was written for a while; then the short exclusive step that also empties the log, given up at once
 * when somebody writes or reads. The head is remembered. */
static gpointer
keep_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioStoreService *self = data;
  sqlite3 *handle = semio_database_get_handle (database);
  int n_pages = -1, n_carried = -1;

  g_mutex_lock (&self->mutex);
  self->keeping = FALSE;
  g_mutex_unlock (&self->mutex);
  sqlite3_busy_timeout (handle, KEEPER_BUSY_MS);
  /* What the first could not carry over the second would carry while it keeps everybody from writing. */
  if (sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &n_pages, &n_carried) == SQLITE_OK
      && n_pages == n_carried)
    sqlite3_wal_checkpoint_v2 (handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  if (self->has_writer)
    semio_known_study_remember (&self->opening->head->uuid, database, &self->writer_uuid, FALSE, NULL);
  return NULL;
}

/* In the writer's thread, so the writer is there. */
static void
queue_keeping (SemioStoreService *self, SemioStoreFunc func)
{
  gboolean queue;

  g_mutex_lock (&self->mutex);
  queue = self->keeper != NULL && !self->keeping;
  self->keeping = self->keeping || queue;
  if (queue && func == carry_func)
    semio_store_worker_hold (self->writer, TRUE);
  g_mutex_unlock (&self->mutex);
  if (queue)
    semio_store_worker_push (self->keeper, SEMIO_STORE_JOB_PLAIN, SEMIO_STORE_PRIORITY_MAINTENANCE, func, self, NULL, NULL, NULL);
}

static void
committed_cb (SemioStorePriority priority, int n_log_pages, gpointer user_data)
{
  SemioStoreService *self = user_data;

  if (n_log_pages >= LOG_PAGES)
    queue_keeping (self, carry_func);
  if (priority <= SEMIO_STORE_PRIORITY_EDIT)
    semio_store_service_emit_changed (self);
}

static void
idle_cb (gpointer user_data)
{
  queue_keeping (user_data, keep_func);
}

/* First of all on the writing connection: who the entries are written as. */
static gpointer
claim_func (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  SemioStoreService *self = data;
  g_autoptr (GError) local = NULL;
  SemioUuid writer;
  gboolean remembered = semio_known_study_claim_writer (&self->opening->head->uuid, database, &writer, &local);

  if (!remembered)
    {
      /* Nobody remembers this one, so it is never used again. */
      g_autofree char *notice =
          g_strdup_printf (_ ("What was last written cannot be remembered outside the study: %s"), local->message);

      writer = semio_uuid_new ();
      semio_store_service_emit_notice (self, notice);
    }
  semio_database_set_writer (database, &writer);
  semio_database_get_data_version (database, &self->own_data_version, NULL);
  g_mutex_lock (&self->mutex);
  self->writer_uuid = writer;
  self->has_writer = remembered;
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* The first pages come before the check: both would read the whole file from a cold disk at once. FALSE when the study is
 * closed in the meantime. */
static gboolean
wait_before_check (SemioStoreService *self)
{
  const gint64 until_us = g_get_monotonic_time () + CHECK_DELAY_US;

  g_mutex_lock (&self->mutex);
  while (!g_cancellable_is_cancelled (self->closing) && g_cond_wait_until (&self->cond, &self->mutex, until_us))
    ;
  g_mutex_unlock (&self->mutex);
  return !g_cancellable_is_cancelled (self->closing);
}

/* The check of a known study, and the day's backup of one that is whole. */
static gboolean
look_after (SemioStoreService *self, SemioDatabase *database, GError **error)
{
  const SemioUuid *study = &self->opening->head->uuid;

  semio_database_set_cancellable (database, self->closing);
  if (self->opening->known && !semio_schema_check (database, TRUE, error))
    return FALSE;
  if (self->writer == NULL || semio_clock_get_utc_us () - semio_backup_get_newest_us (study) < BACKUP_AGE_US)
    return TRUE;
  return semio_backup_make (database, study, self->closing, error);
}

static gpointer
look_after_thread (gpointer data)
{
  SemioStoreService *self = data;
  g_autoptr (GError) error = NULL;
  SemioDatabase *database = wait_before_check (self) ? semio_store_service_open_guest (self, &error) : NULL;

  semio_thread_stand_back ();
  if (database != NULL)
    {
      look_after (self, database, &error);
      semio_store_service_close_guest (self, database);
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    semio_store_service_emit_notice (self, error->message);
  g_object_unref (self);
  return NULL;
}

static SemioStoreService *
new_service (GFile *file, SemioStoreOpening *opening, GMainContext *context, GError **error)
{
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_from_json (opening->head->features, -1, error);
  SemioStoreService *self;

  if (features == NULL)
    {
      semio_store_opening_free (opening);
      return NULL;
    }
  self = g_object_new (SEMIO_TYPE_STORE_SERVICE, NULL);
  self->file = g_object_ref (file);
  self->path = g_file_get_path (file);
  self->context = g_main_context_ref (context);
  self->opening = opening;
  self->features = g_steal_pointer (&features);
  if (!(opening->flags & SEMIO_DATABASE_NETWORK))
    self->guard = semio_file_guard_new (self->path);
  g_ptr_array_add (opening->remarks, NULL);
  if (opening->keeper != NULL)
    self->keeper = semio_store_worker_new ("store-keeper", g_steal_pointer (&opening->keeper), NULL, NULL, 0, self);
  if (opening->reader != NULL)
    self->reader = semio_store_worker_new ("store-reader", g_steal_pointer (&opening->reader), NULL, NULL, 0, self);
  if (opening->writer != NULL)
    {
      self->writer =
          semio_store_worker_new ("store-writer", g_steal_pointer (&opening->writer), committed_cb, idle_cb, IDLE_MS, self);
      semio_store_worker_push (self->writer, SEMIO_STORE_JOB_PLAIN, SEMIO_STORE_PRIORITY_JUDGEMENT, claim_func, self, NULL, NULL,
                               NULL);
      semio_store_service_sweep (self);
    }
  if (self->reader != NULL)
    g_thread_unref (g_thread_new ("store-check", look_after_thread, g_object_ref (self)));
  return self;
}

SemioStoreService *
semio_store_service_open_with (GFile *file, SemioStoreOpenFlags flags, const SemioMigration *migrations, const char *vfs,
                               GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  SemioStoreOpening *opening = semio_store_opening_run (path, flags, migrations, vfs, NULL, NULL, NULL, error);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  return opening != NULL ? new_service (file, opening, context, error) : NULL;
}

typedef struct {
  GFile *file;
  GMainContext *context;
  char *title; /* (nullable): only opened */
  SemioFeatureSet *features; /* (nullable) */
  SemioStoreOpenFlags flags;
  SemioProgressFunc progress;
  gpointer progress_data;
} Open;

static void
free_open (gpointer data)
{
  Open *open = data;

  g_object_unref (open->file);
  g_main_context_unref (open->context);
  g_free (open->title);
  g_clear_pointer (&open->features, semio_feature_set_unref);
  g_free (open);
}

typedef struct {
  SemioProgressFunc func;
  gpointer func_data;
  double fraction;
  char *what;
} ProgressCall;

static gboolean
progress_cb (gpointer data)
{
  ProgressCall *call = data;

  call->func (call->fraction, call->what, call->func_data);
  return G_SOURCE_REMOVE;
}

static void
free_progress_call (gpointer data)
{
  ProgressCall *call = data;

  g_free (call->what);
  g_free (call);
}

static void
forward_progress (double fraction, const char *what, gpointer user_data)
{
  Open *open = user_data;
  ProgressCall *call = g_new0 (ProgressCall, 1);

  *call = (ProgressCall){ open->progress, open->progress_data, fraction, g_strdup (what) };
  g_main_context_invoke_full (open->context, G_PRIORITY_DEFAULT, progress_cb, call, free_progress_call);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Open *open = task_data;
  g_autofree char *path = g_file_get_path (open->file);
  g_autoptr (GError) error = NULL;
  SemioStoreOpening *opening = NULL;
  SemioStoreService *service = NULL;

  if (path == NULL)
    g_set_error_literal (&error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND,
                         _ ("The study must lie in a folder of this computer. Copy it there first."));
  else if (open->features == NULL || semio_store_opening_create (path, open->title, open->features, &error))
    opening = semio_store_opening_run (path, open->flags, semio_migrations, NULL,
                                       open->progress != NULL ? forward_progress : NULL, open, cancellable, &error);
  if (opening != NULL)
    service = new_service (open->file, opening, open->context, &error);
  if (service != NULL)
    g_task_return_pointer (task, service, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static Open *
new_open (GFile *file)
{
  Open *open = g_new0 (Open, 1);

  open->file = g_object_ref (file);
  open->context = g_main_context_ref_thread_default ();
  return open;
}

void
semio_store_service_create_async (GFile *file, const char *title, SemioFeatureSet *features, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Open *open = new_open (file);

  open->title = g_strdup (title);
  open->features = semio_feature_set_ref (features);
  open->flags = SEMIO_STORE_OPEN_TRUSTED;
  g_task_set_source_tag (task, semio_store_service_create_async);
  g_task_set_task_data (task, open, free_open);
  g_task_run_in_thread (task, open_thread);
}

SemioStoreService *
semio_store_service_create_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_store_service_open_async (GFile *file, SemioStoreOpenFlags flags, SemioProgressFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Open *open = new_open (file);

  open->flags = flags;
  open->progress = progress;
  open->progress_data = progress_data;
  g_task_set_source_tag (task, semio_store_service_open_async);
  g_task_set_task_data (task, open, free_open);
  g_task_run_in_thread (task, open_thread);
}

SemioStoreService *
semio_store_service_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
shut_writer (SemioStoreService *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  SemioStoreWorker *keeper;
  SemioDatabase *database;

  /* The keeper goes first: it may still have to let the writer go on. */
  g_mutex_lock (&self->mutex);
  keeper = g_steal_pointer (&self->keeper);
  g_mutex_unlock (&self->mutex);
  if (keeper != NULL)
    semio_database_close (semio_store_worker_stop (keeper));
  database = semio_store_worker_stop (self->writer);
  self->writer = NULL;
  if (self->has_writer)
    semio_known_study_remember (&self->opening->head->uuid, database, &self->writer_uuid, TRUE, NULL);
  if (self->guard != NULL)
    semio_file_guard_release (self->guard);
  /* While another program has the study open, the log stays until that one closes. */
  if (!semio_database_execute (database, ONE_FILE_SQL, &local)
      && !g_error_matches (local, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_BUSY))
    g_propagate_error (error, g_steal_pointer (&local));
  semio_database_close (database);
  return error == NULL || *error == NULL;
}

gboolean
semio_store_service_shut (SemioStoreService *self, GError **error)
{
  gboolean good;

  g_mutex_lock (&self->mutex);
  g_cancellable_cancel (self->closing);
  g_cond_broadcast (&self->cond);
  while (self->n_guests > 0)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (self->reader != NULL)
    semio_database_close (semio_store_worker_stop (g_steal_pointer (&self->reader)));
  good = self->writer == NULL || shut_writer (self, error);
  g_clear_pointer (&self->guard, semio_file_guard_free);
  return good;
}

static void
close_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (semio_store_service_shut (source, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
semio_store_service_close_async (SemioStoreService *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, semio_store_service_close_async);
  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->closed = TRUE;
  g_task_run_in_thread (task, close_thread);
}

gboolean
semio_store_service_close_finish (SemioStoreService *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
semio_store_service_finalize (GObject *object)
{
  SemioStoreService *self = SEMIO_STORE_SERVICE (object);

  semio_store_service_shut (self, NULL);
  g_clear_object (&self->file);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->opening, semio_store_opening_free);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (semio_store_service_parent_class)->finalize (object);
}

static void
semio_store_service_class_init (SemioStoreServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_store_service_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] =
      g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
semio_store_service_init (SemioStoreService *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->closing = g_cancellable_new ();
}
