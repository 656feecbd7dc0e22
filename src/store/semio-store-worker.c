/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-store-worker.h"

#include <sqlite3.h>

/* Between two slices of long work the file is left to other programs for so long. They look for it every so often (see
 * wait_cb() of the database), and without a rest they would find it taken nearly every time. */
#define REST_US 1000
/* So many staged slices at most go without syncing, so that a judgement's own syncing has little of theirs to carry. */
#define SLICES_PER_SYNC 4

static const char *SYNC_SQL = "PRAGMA synchronous = FULL";
static const char *NO_SYNC_SQL = "PRAGMA synchronous = NORMAL";

typedef struct {
  SemioStoreJobMode mode;
  SemioStorePriority priority;
  SemioStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  GTask *task;
} Job;

struct _SemioStoreWorker {
  SemioDatabase *database;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue jobs; /* by priority, then arrival */
  gboolean stopping;
  gboolean held;
  gint64 slice_end_us; /* of the last slice of long work */
  int n_log_pages;
  gboolean relaxed; /* commits are not synced at once */
  guint n_relaxed;
  SemioStoreCommittedFunc committed;
  SemioStoreIdleFunc idle;
  guint idle_ms;
  gpointer user_data;
};

gpointer
semio_store_job_run (SemioDatabase *database, SemioStoreJobMode mode, SemioStoreFunc func, gpointer data,
                     GDestroyNotify result_free, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;
  gpointer result;

  if (mode == SEMIO_STORE_JOB_WRITE && !semio_database_begin (database, error))
    return NULL;
  if (mode == SEMIO_STORE_JOB_READ && !semio_database_begin_read (database, error))
    return NULL;
  result = func (database, data, cancellable, &local);
  if (mode == SEMIO_STORE_JOB_WRITE && local == NULL)
    semio_database_commit (database, &local);
  else if (mode != SEMIO_STORE_JOB_PLAIN)
    semio_database_rollback (database);
  if (local == NULL)
    return result;
  if (result != NULL && result_free != NULL)
    result_free (result);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
free_job (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_free (job);
}

/* An answer on its way to the caller's context. */
typedef struct {
  GTask *task;
  gpointer result;
  GDestroyNotify result_free;
  GError *error;
} Answer;

static gboolean
answer_cb (gpointer data)
{
  Answer *answer = data;

  if (answer->error != NULL)
    g_task_return_error (answer->task, g_steal_pointer (&answer->error));
  else
    g_task_return_pointer (answer->task, g_steal_pointer (&answer->result), answer->result_free);
  return G_SOURCE_REMOVE;
}

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  if (answer->result != NULL && answer->result_free != NULL)
    answer->result_free (answer->result);
  g_clear_error (&answer->error);
  g_object_unref (answer->task);
  g_free (answer);
}

/* The task goes over to the caller's thread whole: it may hold the last reference to the service, which waits for this
 * thread when it goes. */
static void
answer_later (GTask *task, gpointer result, GDestroyNotify result_free, GError *error)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  *answer = (Answer){ task, result, result_free, error };
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, answer_cb, answer, free_answer);
  g_source_attach (source, g_task_get_context (task));
}

/* Staged rows are worth nothing before the last step of their import, which is synced and syncs all that stands before it in
 * the log; so they need not wait for the disk. Anything else does. */
static gboolean
set_syncing (SemioStoreWorker *worker, const Job *job, GError **error)
{
  const gboolean staging =
      job->priority >= SEMIO_STORE_PRIORITY_IMPORT && !(semio_database_get_flags (worker->database) & SEMIO_DATABASE_NETWORK);
  const gboolean relax = staging && worker->n_relaxed < SLICES_PER_SYNC;

  if (job->mode != SEMIO_STORE_JOB_WRITE)
    return TRUE;
  worker->n_relaxed = relax ? worker->n_relaxed + 1 : 0;
  if (relax == worker->relaxed)
    return TRUE;
  worker->relaxed = relax;
  return semio_database_execute (worker->database, relax ? NO_SYNC_SQL : SYNC_SQL, error);
}

static void
run_job (SemioStoreWorker *worker, Job *job)
{
  GCancellable *cancellable = job->task != NULL ? g_task_get_cancellable (job->task) : NULL;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error) && set_syncing (worker, job, &error))
    {
      /* Only reading can be stopped half way: a write that has begun is short and comes to its end. */
      if (job->mode == SEMIO_STORE_JOB_READ)
        semio_database_set_cancellable (worker->database, cancellable);
      result = semio_store_job_run (worker->database, job->mode, job->func, job->data, job->result_free, cancellable, &error);
      semio_database_set_cancellable (worker->database, NULL);
    }
  if (error == NULL && job->mode == SEMIO_STORE_JOB_WRITE && worker->committed != NULL)
    worker->committed (job->priority, worker->n_log_pages, worker->user_data);
  if (job->task != NULL)
    answer_later (g_steal_pointer (&job->task), result, job->result_free, g_steal_pointer (&error));
  else if (result != NULL && job->result_free != NULL)
    job->result_free (result);
}

static gboolean
is_slice (const Job *job)
{
  return job->mode == SEMIO_STORE_JOB_WRITE && job->priority >= SEMIO_STORE_PRIORITY_IMPORT;
}

/* 0 when the first job may run now; else how long it is to rest, G_MAXINT64 without an end. */
static gint64
get_rest_us (SemioStoreWorker *worker)
{
  const Job *first = g_queue_peek_head (&worker->jobs);

  if (first == NULL)
    return G_MAXINT64;
  if (worker->stopping || first->priority < SEMIO_STORE_PRIORITY_IMPORT)
    return 0;
  if (worker->held)
    return G_MAXINT64;
  return is_slice (first) ? MAX (worker->slice_end_us + REST_US - g_get_monotonic_time (), 0) : 0;
}

/* NULL when the worker shall end. Calls idle when nothing came for a while after a write. */
static Job *
wait_for_job (SemioStoreWorker *worker, gboolean *wrote)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&worker->mutex);
  const gint64 deadline_us = g_get_monotonic_time () + (gint64) worker->idle_ms * 1000;
  gint64 rest_us;

  while ((rest_us = get_rest_us (worker)) > 0)
    {
      if (worker->stopping)
        return NULL;
      if (rest_us != G_MAXINT64)
        g_cond_wait_until (&worker->cond, &worker->mutex, g_get_monotonic_time () + rest_us);
      else if (!*wrote || worker->idle == NULL)
        g_cond_wait (&worker->cond, &worker->mutex);
      else if (!g_cond_wait_until (&worker->cond, &worker->mutex, deadline_us))
        {
          *wrote = FALSE;
          g_mutex_unlock (&worker->mutex);
          worker->idle (worker->user_data);
          g_mutex_lock (&worker->mutex);
        }
    }
  return g_queue_pop_head (&worker->jobs);
}

static gpointer
run_worker (gpointer data)
{
  SemioStoreWorker *worker = data;
  gboolean wrote = FALSE;
  Job *job;

  while ((job = wait_for_job (worker, &wrote)) != NULL)
    {
      wrote = wrote || job->mode == SEMIO_STORE_JOB_WRITE;
      run_job (worker, job);
      if (is_slice (job))
        worker->slice_end_us = g_get_monotonic_time ();
      free_job (job);
    }
  return NULL;
}

static int
log_cb (void *user_data, sqlite3 *handle, const char *name, int n_pages)
{
  SemioStoreWorker *worker = user_data;

  worker->n_log_pages = n_pages;
  return SQLITE_OK;
}

SemioStoreWorker *
semio_store_worker_new (const char *name, SemioDatabase *database, SemioStoreCommittedFunc committed, SemioStoreIdleFunc idle,
                        guint idle_ms, gpointer user_data)
{
  SemioStoreWorker *worker = g_new0 (SemioStoreWorker, 1);

  worker->database = database;
  worker->committed = committed;
  worker->idle = idle;
  worker->idle_ms = idle_ms;
  worker->user_data = user_data;
  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->cond);
  g_queue_init (&worker->jobs);
  sqlite3_wal_hook (semio_database_get_handle (database), log_cb, worker);
  worker->thread = g_thread_new (name, run_worker, worker);
  return worker;
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Job *standing = a;
  const Job *added = b;

  /* Equal ones stay in front of the one that is added. */
  return standing->priority <= added->priority ? -1 : 1;
}

void
semio_store_worker_push (SemioStoreWorker *worker, SemioStoreJobMode mode, SemioStorePriority priority, SemioStoreFunc func,
                         gpointer data, GDestroyNotify data_free, GDestroyNotify result_free, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ mode, priority, func, data, data_free, result_free, task };
  g_mutex_lock (&worker->mutex);
  g_queue_insert_sorted (&worker->jobs, job, compare_jobs, NULL);
  g_cond_signal (&worker->cond);
  g_mutex_unlock (&worker->mutex);
}

void
semio_store_worker_hold (SemioStoreWorker *worker, gboolean held)
{
  g_mutex_lock (&worker->mutex);
  worker->held = held;
  g_cond_signal (&worker->cond);
  g_mutex_unlock (&worker->mutex);
}

SemioDatabase *
semio_store_worker_stop (SemioStoreWorker *worker)
{
  SemioDatabase *database = worker->database;

  g_mutex_lock (&worker->mutex);
  worker->stopping = TRUE;
  g_cond_signal (&worker->cond);
  g_mutex_unlock (&worker->mutex);
  g_thread_join (worker->thread);
  sqlite3_wal_hook (semio_database_get_handle (database), NULL, NULL);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->cond);
  g_free (worker);
  return database;
}
