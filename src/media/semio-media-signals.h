/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-media-worker.h"
#include "semio-signal-set.h"

G_BEGIN_DECLS

/* Computes all signals of a recording, reading it once; the worker's helper runs with low priority from then on, so use a
 * worker of its own. index: the frame index of exactly this file. */
void semio_media_worker_signals_async (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, SemioProgressFunc progress,
                                       gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
SemioSignalSet *semio_media_worker_signals_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

G_END_DECLS
