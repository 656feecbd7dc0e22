/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-media-worker.h"

G_BEGIN_DECLS

/* The calls of a worker, waited for. */
SemioProbe *semio_test_probe (SemioMediaWorker *worker, GFile *file, GCancellable *cancellable, GError **error);
SemioFrame *semio_test_frame (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, gint64 frame, int max_width_px,
                              GError **error);
/* Turns the default main context until a result stands in @result. */
void semio_test_wait (GAsyncResult **result);
/* A callback that keeps its result. */
void semio_test_keep_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
