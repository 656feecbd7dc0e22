/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-hash-cache.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/**
 * SemioMediaFinder:
 *
 * Finds the videos of a study's recordings by content: where they were seen last, beside the study, in the user's
 * media folders. Size is compared first, then the hash, from the cache where the file did not change. All of it blocks
 * and is for worker threads.
 */
typedef struct _SemioMediaFinder SemioMediaFinder;

/* folders: of #GFile, searched in order. The cache outlives the finder. */
SemioMediaFinder *semio_media_finder_new (SemioHashCache *cache, GPtrArray *folders);
SemioMediaFinder *semio_media_finder_ref (SemioMediaFinder *finder);
void semio_media_finder_unref (SemioMediaFinder *finder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioMediaFinder, semio_media_finder_unref)

/* The quick one, for the way to a review: found (nullable) when it still holds the recording, else where this content
 * was seen last. Looks at no folder. (nullable) (transfer full) */
GFile *semio_media_finder_check (SemioMediaFinder *finder, const SemioRecording *recording, GFile *found);
/* Without reading a video: a place whose stamp is known to hold this content. (nullable) */
GFile *semio_media_finder_find_known (SemioMediaFinder *finder, const SemioRecording *recording);
/* Reads files of the same size when it must. (nullable) */
GFile *semio_media_finder_find (SemioMediaFinder *finder, const SemioRecording *recording, SemioProgressFunc progress,
                                gpointer progress_data, GCancellable *cancellable);

/* All files below a folder, hidden ones and links to folders left out, sorted by path; at most max_files. */
GPtrArray *semio_media_finder_list_files (GFile *folder, guint max_depth, guint max_files, GCancellable *cancellable);

G_END_DECLS
