/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-media-message.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

/**
 * SemioCopy:
 *
 * A copy of a video by which it is read. Frame n of @index is frame n of the original, at the same time.
 */
typedef struct {
  GFile *file;
  SemioFrameIndex *index;
} SemioCopy;

SemioCopy *semio_copy_new (GFile *file, SemioFrameIndex *index);
void semio_copy_free (SemioCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCopy, semio_copy_free)

/* Copies kept in the user's cache folder, readable by the user alone, called by the hash of the original's content and by
 * nothing that tells whose they are. All but the first two block; safe from any thread. */
char *semio_copy_cache_get_folder (void);
/* Whether one is there, without looking into it. */
gboolean semio_copy_cache_has (const SemioSha256 *content, SemioMediaCopyKind kind);
/* (nullable): what is damaged or of other frames than @index is thrown away and counts as not there. */
SemioCopy *semio_copy_cache_load (const SemioSha256 *content, SemioMediaCopyKind kind, SemioFrameIndex *index);

/**
 * semio_copy_cache_begin:
 * @content: of the original
 * @n_bytes: about how large it will be
 * @error: %G_IO_ERROR_BUSY while it is being made elsewhere, %SEMIO_MEDIA_ERROR_NO_SPACE when the disk has no room for it
 *
 * Opens an empty file for a copy. It is locked as long as it is open here or in a helper; what nobody holds locked was left
 * behind and is swept.
 *
 * Returns: the descriptor, or -1
 */
int semio_copy_cache_begin (const SemioSha256 *content, SemioMediaCopyKind kind, gint64 n_bytes, GError **error);
/* Keeps what was written. Closes the descriptor. */
SemioCopy *semio_copy_cache_finish (const SemioSha256 *content, SemioMediaCopyKind kind, int fd, SemioFrameIndex *index,
                                    GError **error);
/* Throws away what was written. Closes the descriptor. */
void semio_copy_cache_abandon (const SemioSha256 *content, SemioMediaCopyKind kind, int fd);

void semio_copy_cache_remove (const SemioSha256 *content, SemioMediaCopyKind kind);
/* Takes away what a program that was killed left half made. */
void semio_copy_cache_sweep (void);
gint64 semio_copy_cache_get_n_bytes (void);
/* All but what is being made. A copy that is played from stays readable until it is closed. */
void semio_copy_cache_empty (void);

G_END_DECLS
