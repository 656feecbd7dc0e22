/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-media-message.h"
#include "semio-media-worker.h"

G_BEGIN_DECLS

/* Has a copy of a video written into a file that is open for reading and writing, and empty. The descriptor is taken. What
 * lies in the file after an error or when the helper died is of no use. The result is the frame index of the copy: frame by
 * frame at the times of the index given, with the copy's own key frames and offset; each was checked. */
void semio_media_worker_copy_async (SemioMediaWorker *worker, SemioMediaCopyKind kind, GFile *file, SemioFrameIndex *index,
                                    int out_fd, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
SemioFrameIndex *semio_media_worker_copy_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

G_END_DECLS
