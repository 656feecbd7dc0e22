/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-copy-cache.h"
#include "semio-progress.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/* What the frames are for. */
typedef enum {
  SEMIO_SOURCE_EXACT, /* the original's own pixels: saving, sampling, signals */
  SEMIO_SOURCE_STEPS, /* watching: a copy for quick steps serves as well */
} SemioSourceUse;

/* Whether a video is simply read from its own file, so that there is nothing to wait for. */
gboolean semio_source_is_plain (const SemioSha256 *content, SemioFrameIndex *index, SemioSourceUse use);

/**
 * semio_source_find_async:
 * @content: of the recording
 * @file: where its video was found
 * @index: its frame index
 * @progress: (nullable): told while a remux is made, because the cache has none
 *
 * Finds what a recording is read from: its file, or a copy whose frames have the same numbers and times. A file in fragments
 * is put together first; one that can be read all the same is read as it is when that fails.
 */
void semio_source_find_async (const SemioSha256 *content, GFile *file, SemioFrameIndex *index, SemioSourceUse use,
                              SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
SemioCopy *semio_source_find_finish (GAsyncResult *result, GError **error);

/* Key frames further apart than this make steps back slow. */
#define SEMIO_SOURCE_LONG_GAP_NS (3 * SEMIO_NS_PER_SECOND)
/* The longest time between key frames, or to the end; 0 when a copy for quick steps would be of no use. */
gint64 semio_source_get_key_gap_ns (SemioFrameIndex *index, const SemioRecording *recording);
/* About how large a copy for quick steps will be. */
gint64 semio_source_guess_proxy_bytes (SemioFrameIndex *index, const SemioRecording *recording);

G_END_DECLS
