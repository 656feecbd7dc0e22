/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-copies.h"

#include <glib/gi18n-lib.h>

#include "semio-media-error.h"
#include "semio-media-worker-private.h"
#include "semio-shared-memory.h"

#define MAX_INDEX_BYTES ((gsize) 512 * 1024 * 1024)

/* The numbers of the frames are the original's only while the times are. */
static gboolean
maps_to (SemioFrameIndex *copy, SemioFrameIndex *index)
{
  if (semio_frame_index_get_n_frames (copy) != semio_frame_index_get_n_frames (index))
    return FALSE;
  for (gint64 i = 0; i < semio_frame_index_get_n_frames (index); i++)
    if (semio_frame_index_get_time_ns (copy, i) != semio_frame_index_get_time_ns (index, i))
      return FALSE;
  return TRUE;
}

static SemioMediaAnswer
answer_copy (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  g_autoptr (SemioFrameIndex) copy = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (message->type != SEMIO_MESSAGE_COPIED)
    return SEMIO_MEDIA_ANSWER_OTHER;
  bytes = semio_shared_memory_read (message->fds[0], MAX_INDEX_BYTES, error);
  copy = bytes ? semio_frame_index_from_bytes (bytes, error) : NULL;
  if (copy && !maps_to (copy, request->index))
    {
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("a copy of other frames"));
      return SEMIO_MEDIA_ANSWER_NONSENSE;
    }
  if (!copy)
    return SEMIO_MEDIA_ANSWER_NONSENSE;
  request->result = g_steal_pointer (&copy);
  request->result_free = (GDestroyNotify) semio_frame_index_unref;
  return SEMIO_MEDIA_ANSWER_LAST;
}

/**
 * semio_media_worker_copy_async:
 * @kind: which copy
 * @file: a file of this machine
 * @index: the frame index of exactly this file
 * @out_fd: taken
 * @progress: (nullable): told the share done
 *
 * Fails with #SemioMediaError, the file's name in the message; %SEMIO_MEDIA_ERROR_NO_SPACE when the disk is full.
 */
void
semio_media_worker_copy_async (SemioMediaWorker *self, SemioMediaCopyKind kind, GFile *file, SemioFrameIndex *index, int out_fd,
                               SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL);
  g_return_if_fail (out_fd >= 0);

  request = semio_media_request_new (self, SEMIO_MESSAGE_COPY, file, g_variant_new ("(u)", (guint32) kind), cancellable, callback,
                                     user_data);
  g_task_set_source_tag (request->task, semio_media_worker_copy_async);
  request->index = semio_frame_index_ref (index);
  request->out_fd = out_fd;
  request->progress = progress;
  request->progress_data = progress_data;
  request->answer = answer_copy;
  semio_media_request_start (request);
}

SemioFrameIndex *
semio_media_worker_copy_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
