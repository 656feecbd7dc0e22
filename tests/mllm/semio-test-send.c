/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-send.h"

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SemioTestSend *send = data;

  send->response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &send->error);
  send->is_done = TRUE;
}

void
semio_test_send_begin (SemioTestSend *send, GCancellable *cancellable)
{
  if (send->request.method == NULL)
    send->request.method = "POST";
  if (send->request.max_bytes == 0)
    send->request.max_bytes = 64 * 1024;
  if (send->request.timeout_s == 0)
    send->request.timeout_s = 20;
  semio_transfer_send_async (send->transfer, &send->request, cancellable, done_cb, send);
}

void
semio_test_send_wait (SemioTestSend *send)
{
  while (!send->is_done)
    g_main_context_iteration (NULL, TRUE);
}

void
semio_test_send_clear (SemioTestSend *send)
{
  g_clear_pointer (&send->response, semio_response_free);
  g_clear_error (&send->error);
  send->is_done = FALSE;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

gboolean
semio_test_wait_for (gboolean (*condition) (gpointer data), gpointer data, guint seconds)
{
  gint64 end_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  guint tick = g_timeout_add (5, tick_cb, NULL);

  while (!condition (data) && g_get_monotonic_time () < end_us)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  return condition (data);
}
