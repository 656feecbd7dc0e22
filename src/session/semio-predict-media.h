/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-media-samples.h"
#include "semio-run-config.h"
#include "semio-segment-media.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* What is wanted of a part of a recording. Plain memory. */
typedef struct {
  gint64 recording_id;
  SemioSpan span;
  gboolean with_frames;
  gboolean with_sound;
} SemioMediaWish;

/**
 * semio_predict_media_load_async:
 * @config: says how often, how large and how many pictures
 *
 * Reads of the recording's video what a server is to be shown: the frames that semio_sample_plan_new() names, as JPEG, each
 * exactly the one it is said to be, and the sound of the part as WAV. Where the part would give more than the largest
 * number of pictures they are taken less often, evenly. The same video and configuration give the same bytes.
 *
 * Fails with %SEMIO_SESSION_ERROR_NOT_FOUND when the video is missing, and with #SemioMediaError.
 */
void semio_predict_media_load_async (SemioStudy *study, SemioMediaWorker *worker, const SemioRunConfig *config,
                                     const SemioMediaWish *wish, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
SemioSegmentMedia *semio_predict_media_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* How often pictures of a part are taken, so that they are at most as many as the configuration allows. */
void semio_predict_media_get_rate (const SemioRunConfig *config, SemioSpan span, guint *rate_num, guint *rate_den);

G_END_DECLS
