/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-copy-cache.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/**
 * semio_copy_make_async:
 * @kind: which copy
 * @content: of the original
 * @file: the original, or a remux of it
 * @index: the index of @file
 * @n_bytes: about how large it will be
 *
 * Makes a copy in a helper of its own, in the background, and keeps it. When it is there already, or is made elsewhere
 * meanwhile, that one is the result. Nothing is left of it when it fails or is cancelled.
 */
void semio_copy_make_async (SemioMediaCopyKind kind, const SemioSha256 *content, GFile *file, SemioFrameIndex *index,
                            gint64 n_bytes, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
SemioCopy *semio_copy_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
