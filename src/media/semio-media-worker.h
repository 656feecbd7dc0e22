/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-frame.h"
#include "semio-probe.h"
#include "semio-progress.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_MEDIA_WORKER (semio_media_worker_get_type ())
G_DECLARE_FINAL_TYPE (SemioMediaWorker, semio_media_worker, SEMIO, MEDIA_WORKER, GObject)

/**
 * SemioMediaWorker:
 *
 * A helper process for background work: probing, single frames, thumbnails. Started at the first request, restarted
 * after a crash; requests are worked off in order; the one during which the helper died fails with
 * %SEMIO_MEDIA_ERROR_HELPER. All calls finish in the caller's thread-default main context. Cancelling is honoured at once.
 */
SemioMediaWorker *semio_media_worker_new (void);

/* Sniffs, demuxes the whole file and builds its frame index. */
void semio_media_worker_probe_async (SemioMediaWorker *worker, GFile *file, SemioProgressFunc progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioProbe *semio_media_worker_probe_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

/* Whether the frames that are asked for from now on come without the combs of interlaced material; FALSE at first. */
void semio_media_worker_set_deinterlaced (SemioMediaWorker *worker, gboolean deinterlaced);
/* One exact frame, scaled to fit max_width × max_height (0: as it is), aspect kept. */
void semio_media_worker_frame_async (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, gint64 frame,
                                     int max_width_px, int max_height_px, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
SemioFrame *semio_media_worker_frame_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

/* Process id of the helper, 0 when none runs; for tests. */
int semio_media_worker_get_helper_pid (SemioMediaWorker *worker);

G_END_DECLS
