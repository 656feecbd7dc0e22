/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-frame-source.h"
#include "semio-indexer.h"

G_BEGIN_DECLS

/**
 * semio_remux_run:
 * @fd: a file in fragments
 * @index: its frame index
 * @out_fd: an empty file, open for writing, that the copy is written into
 * @error: set to #SemioMediaError
 *
 * Puts the packets of a file in fragments into a plain file, as they are: nothing is decoded. Blocks.
 */
gboolean semio_remux_run (int fd, SemioFrameIndex *index, int out_fd, SemioIndexerProgress progress, gpointer progress_data,
                          GError **error);

G_END_DECLS
