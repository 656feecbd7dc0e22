/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transfer.h"

#include "semio-transfer-loop.h"

struct _SemioTransfer {
  GObject parent_instance;
  SemioTransferLoop *loop;
};

G_DEFINE_FINAL_TYPE (SemioTransfer, semio_transfer, G_TYPE_OBJECT)

/* One door for the whole program, read by every thread before it opens a socket. */
static int offline;

static void
semio_transfer_finalize (GObject *object)
{
  SemioTransfer *self = SEMIO_TRANSFER (object);

  /* Each request holds a reference on this, so none is left. */
  g_clear_pointer (&self->loop, semio_transfer_loop_end);
  G_OBJECT_CLASS (semio_transfer_parent_class)->finalize (object);
}

static void
semio_transfer_class_init (SemioTransferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_transfer_finalize;
}

static void
semio_transfer_init (SemioTransfer *self)
{
}

/**
 * semio_transfer_new:
 * @max_in_flight: how many requests run at once on one scheme, name and port; others wait in the order they came
 *
 * Returns: (transfer full): a transfer with a thread and connections of its own
 */
SemioTransfer *
semio_transfer_new (guint max_in_flight)
{
  SemioTransfer *self = g_object_new (SEMIO_TYPE_TRANSFER, NULL);

  self->loop = semio_transfer_loop_new (max_in_flight);
  return self;
}

/**
 * semio_transfer_set_max_in_flight:
 * @transfer: a transfer
 * @max_in_flight: as in semio_transfer_new()
 *
 * Changes the limit for what is started from now on.
 */
void
semio_transfer_set_max_in_flight (SemioTransfer *transfer, guint max_in_flight)
{
  g_return_if_fail (SEMIO_IS_TRANSFER (transfer));
  semio_transfer_loop_set_max_in_flight (transfer->loop, max_in_flight);
}

/**
 * semio_transfer_set_offline:
 * @is_offline: whether nothing may leave this machine
 *
 * Opens or closes the door for every transfer of the program. Closing it cuts what is under way to other machines, and their
 * kept connections with it.
 */
void
semio_transfer_set_offline (gboolean is_offline)
{
  g_atomic_int_set (&offline, is_offline ? 1 : 0);
  semio_transfer_loop_wake_all ();
}

/**
 * semio_transfer_is_offline:
 *
 * Returns: whether nothing may leave this machine
 */
gboolean
semio_transfer_is_offline (void)
{
  return g_atomic_int_get (&offline) != 0;
}

/**
 * semio_response_free:
 * @response: (nullable): a response
 *
 * Frees it.
 */
void
semio_response_free (SemioResponse *response)
{
  if (response == NULL)
    return;
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}

/**
 * semio_transfer_send_async:
 * @transfer: a transfer
 * @request: what to send; copied, its parts referenced
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default context of the caller
 * @user_data: for @callback
 *
 * Sends a request when a place on its host is free.
 */
void
semio_transfer_send_async (SemioTransfer *transfer, const SemioRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (transfer, cancellable, callback, user_data);
  GError *error = NULL;
  SemioTransferJob *job;

  g_task_set_source_tag (task, semio_transfer_send_async);
  job = semio_transfer_job_new (request, &error);
  if (job != NULL && !job->is_loopback && semio_transfer_is_offline ())
    {
      semio_transfer_job_set_offline_error (job, &error);
      g_clear_pointer (&job, semio_transfer_job_free);
    }
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  job->task = g_steal_pointer (&task);
  semio_transfer_loop_add (transfer->loop, job);
}

/**
 * semio_transfer_send_finish:
 * @transfer: a transfer
 * @result: what the callback got
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what came back, of any status, or %NULL with #SemioMllmError or %G_IO_ERROR_CANCELLED
 */
SemioResponse *
semio_transfer_send_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transfer), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
