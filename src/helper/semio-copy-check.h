/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-indexer.h"

G_BEGIN_DECLS

/**
 * semio_copy_check:
 * @copy_fd: a copy that was just written
 * @fd: the video that it was made from
 * @index: its frame index
 * @by_pixels: whether to compare pictures too, as after encoding anew
 * @error: set to %SEMIO_MEDIA_ERROR_NOT_VERIFIED
 *
 * Whether every frame of a copy is the frame of that number at its time. Blocks.
 *
 * Returns: (nullable): the frame index by which the copy is read: times from the first frame are those of @index, key frames
 *   and offset the copy's own
 */
SemioFrameIndex *semio_copy_check (int copy_fd, int fd, SemioFrameIndex *index, gboolean by_pixels, SemioIndexerProgress progress,
                                   gpointer progress_data, GError **error);

G_END_DECLS
