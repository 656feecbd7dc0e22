/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-worker.h"

void
semio_test_keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

void
semio_test_wait (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
}

SemioProbe *
semio_test_probe (SemioMediaWorker *worker, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_media_worker_probe_async (worker, file, NULL, NULL, cancellable, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  return semio_media_worker_probe_finish (worker, result, error);
}

SemioFrame *
semio_test_frame (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, gint64 frame, int max_width_px, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  semio_media_worker_frame_async (worker, file, index, frame, max_width_px, 0, NULL, semio_test_keep_cb, &result);
  semio_test_wait (&result);
  return semio_media_worker_frame_finish (worker, result, error);
}
