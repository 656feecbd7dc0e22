/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-signal-set.h"
#include "semio-study.h"

G_BEGIN_DECLS

/**
 * semio_signals_load_async:
 * @study: an open study
 * @recording_id: a recording whose video was found
 * @progress: (nullable): told the share done, when it has to be computed
 *
 * The signals of a recording, for drawing: waveform, motion of the whole picture and of its quarters, spectrogram and small
 * pictures. Taken from the user's cache folder when they stand there, by the content of the video; else computed in the
 * background, in a process of its own with low priority, and kept for the next time. Calls for the same content share one
 * computation; it ends when the last of them was cancelled, and then leaves nothing behind.
 *
 * Fails with %G_IO_ERROR_NOT_FOUND when the video is missing, and with #SemioMediaError.
 */
void semio_signals_load_async (SemioStudy *study, gint64 recording_id, SemioProgressFunc progress, gpointer progress_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioSignalSet *semio_signals_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
