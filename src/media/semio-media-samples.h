/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-media-worker.h"

G_BEGIN_DECLS

/**
 * SemioSampleOptions:
 * @span: the part of the recording
 * @rate_num: so many times
 * @rate_den: in so many seconds; 2 and 1 for two a second
 * @height_px: largest height, the width follows; 0 for the recording's own. A smaller recording is not enlarged.
 * @quality: of the JPEG, 1 to 100
 *
 * Which pictures of a recording are wanted. They are the frames of semio_sample_plan_new().
 */
typedef struct {
  SemioSpan span;
  guint rate_num, rate_den;
  guint height_px;
  guint quality;
} SemioSampleOptions;

/* One picture: which frame it is and when that is shown, from the recording's own index; the JPEG is the caller's to look
 * at, not to keep without a reference. */
typedef void (*SemioSampleFunc) (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data);

/* Tells of every picture, in the order of time, each exactly the frame it is said to be; the result is their number. When
 * one cannot be confirmed it fails, and those told before are good. */
void semio_media_worker_sample_async (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index,
                                      const SemioSampleOptions *options, SemioSampleFunc sampled, gpointer sampled_data,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* -1 with an error. */
gint64 semio_media_worker_sample_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

/* The sound of a part of a recording, at most six hours: a WAV file of one channel, 16 bits, 16,000 samples a second, as
 * long as the part; silence where there is no sound. %SEMIO_MEDIA_ERROR_UNSUPPORTED when there is no track that is read. */
void semio_media_worker_sound_async (SemioMediaWorker *worker, GFile *file, SemioFrameIndex *index, SemioSpan span,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *semio_media_worker_sound_finish (SemioMediaWorker *worker, GAsyncResult *result, GError **error);

G_END_DECLS
