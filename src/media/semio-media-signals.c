/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-signals.h"

#include "semio-media-worker-private.h"
#include "semio-shared-memory.h"

/* What four days of sound and picture come to. */
#define MAX_SET_BYTES ((gsize) 1024 * 1024 * 1024)

static SemioMediaAnswer
answer_signals (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (message->type != SEMIO_MESSAGE_SIGNALS_MADE)
    return SEMIO_MEDIA_ANSWER_OTHER;
  bytes = semio_shared_memory_read (message->fds[0], MAX_SET_BYTES, error);
  request->result = bytes ? semio_signal_set_from_bytes (bytes, error) : NULL;
  request->result_free = (GDestroyNotify) semio_signal_set_unref;
  return request->result ? SEMIO_MEDIA_ANSWER_LAST : SEMIO_MEDIA_ANSWER_NONSENSE;
}

/**
 * semio_media_worker_signals_async:
 * @file: a file of this machine
 * @index: the frame index of exactly this file
 * @progress: (nullable): told the share read
 *
 * Computes waveform, spectrogram, motion and small pictures of a recording. Fails with #SemioMediaError, the file's name in
 * the message.
 */
void
semio_media_worker_signals_async (SemioMediaWorker *self, GFile *file, SemioFrameIndex *index, SemioProgressFunc progress,
                                  gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  SemioMediaRequest *request;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL);

  request = semio_media_request_new (self, SEMIO_MESSAGE_SIGNALS, file, NULL, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, semio_media_worker_signals_async);
  request->index = semio_frame_index_ref (index);
  request->progress = progress;
  request->progress_data = progress_data;
  request->answer = answer_signals;
  semio_media_request_start (request);
}

SemioSignalSet *
semio_media_worker_signals_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
