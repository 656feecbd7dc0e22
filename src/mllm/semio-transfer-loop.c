/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transfer-loop.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <string.h>

#include "semio-mllm-error.h"
#include "semio-thread.h"

#define MAX_POLL_MS 60000
#define MAX_KEPT 512

struct _SemioTransferLoop {
  GMutex lock; /* of what is up to multi, which only the thread changes, under the lock */
  GQueue incoming; /* of #SemioTransferJob */
  gboolean ends;
  CURLM *multi;

  int max_in_flight; /* atomic */
  /* The thread's own. */
  GThread *thread;
  GQueue pending; /* of #SemioTransferJob in the order they came */
  GPtrArray *running; /* of #SemioTransferJob */
  GHashTable *n_at; /* place to number of jobs running there */
  GPtrArray *idle; /* of CURL handles */
  gboolean renews; /* connections to elsewhere are to be closed */
  gboolean was_offline;
};

/* Setting the program offline reaches all of them. */
static GMutex loops_lock;
static GPtrArray *loops;

/* ── memory of curl ── */

/* curl copies headers, and with them the key, into buffers of its own; wiping whatever it gives back leaves no copy behind. */
static void
wiping_free (void *memory)
{
  if (memory != NULL)
    explicit_bzero (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
wiping_realloc (void *memory, size_t size)
{
  size_t before = memory != NULL ? malloc_usable_size (memory) : 0;
  void *larger;

  if (memory != NULL && size <= before)
    return memory;
  larger = malloc (size);
  if (larger == NULL)
    return NULL;
  if (memory != NULL)
    memcpy (larger, memory, before);
  wiping_free (memory);
  return larger;
}

static gpointer
start_curl (gpointer data)
{
  if (curl_global_init_mem (CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc, strdup, calloc) != CURLE_OK)
    g_error ("libcurl could not be started.");
  return NULL;
}

/* ── waking ── */

static void
wake (SemioTransferLoop *loop)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loop->lock);

  curl_multi_wakeup (loop->multi);
}

void
semio_transfer_loop_wake_all (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loops_lock);

  for (guint i = 0; loops != NULL && i < loops->len; i++)
    wake (loops->pdata[i]);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  SemioTransferJob *job = data;

  g_atomic_int_set (&job->is_cancelled, TRUE);
  wake (job->loop);
}

/* ── jobs ── */

static void
count_at (SemioTransferLoop *loop, const char *place, int change)
{
  int count = GPOINTER_TO_INT (g_hash_table_lookup (loop->n_at, place)) + change;

  if (count > 0)
    g_hash_table_insert (loop->n_at, g_strdup (place), GINT_TO_POINTER (count));
  else
    g_hash_table_remove (loop->n_at, place);
}

/* On its way to the context of whoever asked. */
typedef struct {
  GTask *task;
  SemioResponse *response;
  GError *error;
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_clear_pointer (&arrival->response, semio_response_free);
  g_clear_error (&arrival->error);
  g_clear_object (&arrival->task);
  g_free (arrival);
}

static gboolean
arrive_cb (gpointer data)
{
  Arrival *arrival = data;

  if (arrival->response != NULL)
    g_task_return_pointer (arrival->task, g_steal_pointer (&arrival->response), (GDestroyNotify) semio_response_free);
  else
    g_task_return_error (arrival->task, g_steal_pointer (&arrival->error));
  return G_SOURCE_REMOVE;
}

/* Gives the task its end and frees the job. Takes response and error. The task ends and dies in its own context: its last
 * reference may be the transfer's last one too, and that must not be given back on the transfer's own thread. */
static void
finish (SemioTransferJob *job, SemioResponse *response, GError *error)
{
  Arrival *arrival = g_new0 (Arrival, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  arrival->task = g_steal_pointer (&job->task);
  arrival->response = response;
  arrival->error = error;
  /* Waits for a callback that is just running, which needs nothing that is held here. */
  g_cancellable_disconnect (g_task_get_cancellable (arrival->task), job->cancel_handler);
  semio_transfer_job_free (job);
  g_source_set_priority (source, g_task_get_priority (arrival->task));
  g_source_set_callback (source, arrive_cb, arrival, arrival_free);
  g_source_attach (source, g_task_get_context (arrival->task));
}

static void
start (SemioTransferLoop *loop, SemioTransferJob *job)
{
  CURL *easy = loop->idle->len > 0 ? g_ptr_array_steal_index_fast (loop->idle, loop->idle->len - 1) : curl_easy_init ();

  curl_easy_reset (easy);
  semio_transfer_job_begin (job, easy);
  count_at (loop, job->place, 1);
  g_ptr_array_add (loop->running, job);
  curl_multi_add_handle (loop->multi, easy);
}

static void
stop (SemioTransferLoop *loop, SemioTransferJob *job)
{
  CURL *easy = job->easy;

  curl_multi_remove_handle (loop->multi, easy);
  semio_transfer_job_end (job);
  curl_easy_reset (easy);
  g_ptr_array_add (loop->idle, easy);
  count_at (loop, job->place, -1);
  g_ptr_array_remove_fast (loop->running, job);
}

static GError *
find_end (SemioTransferJob *job, gboolean is_running, gint64 now_us)
{
  GError *error = NULL;

  if (g_atomic_int_get (&job->is_cancelled))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The request was cancelled."));
  else if (!job->is_loopback && semio_transfer_is_offline ())
    semio_transfer_job_set_offline_error (job, &error);
  else if (is_running && now_us >= semio_transfer_job_get_deadline (job))
    semio_transfer_job_set_timeout_error (job, &error);
  return error;
}

/* Ends what was cancelled, what takes too long, and what must not go out any more. */
static void
sweep (SemioTransferLoop *loop)
{
  gint64 now_us = g_get_monotonic_time ();
  gboolean is_offline = semio_transfer_is_offline ();

  if (is_offline && !loop->was_offline)
    loop->renews = TRUE;
  loop->was_offline = is_offline;
  for (guint i = loop->running->len; i > 0; i--)
    {
      SemioTransferJob *job = loop->running->pdata[i - 1];
      GError *error = find_end (job, TRUE, now_us);

      if (error != NULL)
        {
          stop (loop, job);
          finish (job, NULL, error);
        }
    }
  for (GList *item = loop->pending.head; item != NULL;)
    {
      GList *next = item->next;
      SemioTransferJob *job = item->data;
      GError *error = find_end (job, FALSE, now_us);

      if (error != NULL)
        {
          g_queue_delete_link (&loop->pending, item);
          finish (job, NULL, error);
        }
      item = next;
    }
}

static CURLM *
make_multi (void)
{
  CURLM *multi = curl_multi_init ();

  /* Left to itself curl keeps as few as it has requests just then, and closes the others at the end of each segment. */
  curl_multi_setopt (multi, CURLMOPT_MAXCONNECTS, (long) MAX_KEPT);
  return multi;
}

/* Kept connections to elsewhere do not outlive the closing of the door. */
static void
renew (SemioTransferLoop *loop)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loop->lock);

  curl_multi_cleanup (loop->multi);
  loop->multi = make_multi ();
  /* Whoever woke the old one meanwhile, after the thread had looked, would else not be heard. */
  curl_multi_wakeup (loop->multi);
  loop->renews = FALSE;
}

static void
start_pending (SemioTransferLoop *loop)
{
  int limit = g_atomic_int_get (&loop->max_in_flight);

  if (loop->renews)
    {
      if (loop->running->len > 0)
        return;
      renew (loop);
    }
  for (GList *item = loop->pending.head; item != NULL;)
    {
      GList *next = item->next;
      SemioTransferJob *job = item->data;

      if (GPOINTER_TO_INT (g_hash_table_lookup (loop->n_at, job->place)) < limit)
        {
          g_queue_delete_link (&loop->pending, item);
          start (loop, job);
        }
      item = next;
    }
}

static void
collect (SemioTransferLoop *loop)
{
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (loop->multi, &n_left)) != NULL)
    {
      SemioTransferJob *job = NULL;
      SemioResponse *response;
      GError *error = NULL;

      if (message->msg != CURLMSG_DONE)
        continue;
      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &job);
      response = semio_transfer_job_take_response (job, message->data.result, &error);
      stop (loop, job);
      finish (job, response, error);
    }
}

static int
get_poll_ms (SemioTransferLoop *loop)
{
  gint64 deadline_us = G_MAXINT64;
  gint64 left_us;

  for (guint i = 0; i < loop->running->len; i++)
    deadline_us = MIN (deadline_us, semio_transfer_job_get_deadline (loop->running->pdata[i]));
  if (deadline_us == G_MAXINT64)
    return MAX_POLL_MS;
  left_us = deadline_us - g_get_monotonic_time ();
  return (int) CLAMP (left_us / 1000 + 1, 0, MAX_POLL_MS);
}

/* FALSE when the loop has to end. */
static gboolean
take_incoming (SemioTransferLoop *loop)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&loop->lock);

  while (!g_queue_is_empty (&loop->incoming))
    g_queue_push_tail (&loop->pending, g_queue_pop_head (&loop->incoming));
  return !loop->ends;
}

static void
loop_free (SemioTransferLoop *loop)
{
  g_ptr_array_unref (loop->running);
  g_ptr_array_unref (loop->idle);
  curl_multi_cleanup (loop->multi);
  g_hash_table_unref (loop->n_at);
  g_mutex_clear (&loop->lock);
  g_free (loop);
}

static gpointer
loop_thread (gpointer data)
{
  SemioTransferLoop *loop = data;

  /* Bodies of megabytes are copied here; whoever draws or decodes for a person goes first. */
  semio_thread_stand_back ();
  while (take_incoming (loop))
    {
      int n_running;

      sweep (loop);
      start_pending (loop);
      curl_multi_perform (loop->multi, &n_running);
      collect (loop);
      start_pending (loop);
      curl_multi_poll (loop->multi, NULL, 0, get_poll_ms (loop), NULL);
    }
  loop_free (loop);
  return NULL;
}

/* ── from outside ── */

SemioTransferLoop *
semio_transfer_loop_new (guint max_in_flight)
{
  static GOnce once = G_ONCE_INIT;
  SemioTransferLoop *loop = g_new0 (SemioTransferLoop, 1);

  g_once (&once, start_curl, NULL);
  g_mutex_init (&loop->lock);
  g_queue_init (&loop->incoming);
  g_queue_init (&loop->pending);
  loop->running = g_ptr_array_new ();
  loop->idle = g_ptr_array_new_with_free_func (curl_easy_cleanup);
  loop->n_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  loop->multi = make_multi ();
  g_atomic_int_set (&loop->max_in_flight, (int) MAX (max_in_flight, 1));
  g_mutex_lock (&loops_lock);
  if (loops == NULL)
    loops = g_ptr_array_new ();
  g_ptr_array_add (loops, loop);
  g_mutex_unlock (&loops_lock);
  loop->thread = g_thread_new ("semio-transfer", loop_thread, loop);
  return loop;
}

void
semio_transfer_loop_end (SemioTransferLoop *loop)
{
  GThread *thread = loop->thread;

  g_mutex_lock (&loops_lock);
  g_ptr_array_remove_fast (loops, loop);
  if (loops->len == 0)
    g_clear_pointer (&loops, g_ptr_array_unref);
  g_mutex_unlock (&loops_lock);
  g_mutex_lock (&loop->lock);
  loop->ends = TRUE;
  curl_multi_wakeup (loop->multi);
  g_mutex_unlock (&loop->lock);
  g_thread_join (thread);
}

void
semio_transfer_loop_set_max_in_flight (SemioTransferLoop *loop, guint max_in_flight)
{
  g_atomic_int_set (&loop->max_in_flight, (int) MAX (max_in_flight, 1));
  wake (loop);
}

void
semio_transfer_loop_add (SemioTransferLoop *loop, SemioTransferJob *job)
{
  job->loop = loop;
  /* Connected before the thread knows of it, so that the thread always has what it must disconnect. */
  if (g_task_get_cancellable (job->task) != NULL)
    job->cancel_handler = g_cancellable_connect (g_task_get_cancellable (job->task), G_CALLBACK (cancelled_cb), job, NULL);
  g_mutex_lock (&loop->lock);
  g_queue_push_tail (&loop->incoming, job);
  curl_multi_wakeup (loop->multi);
  g_mutex_unlock (&loop->lock);
}
