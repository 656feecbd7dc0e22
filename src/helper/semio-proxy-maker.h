/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-frame-source.h"
#include "semio-indexer.h"

G_BEGIN_DECLS

/* A key frame at least this often: a step back decodes at most as many frames. */
#define SEMIO_PROXY_KEY_EVERY 15

/**
 * semio_proxy_maker_run:
 * @fd: a video
 * @index: its frame index
 * @out_fd: an empty file, open for writing, that the copy is written into
 * @error: set to #SemioMediaError
 *
 * Encodes a video anew with key frames close together: every frame of the index, verified as when it is shown, at its time;
 * the sound as it is. Blocks.
 */
gboolean semio_proxy_maker_run (int fd, SemioFrameIndex *index, int out_fd, SemioIndexerProgress progress, gpointer progress_data,
                                GError **error);

G_END_DECLS
