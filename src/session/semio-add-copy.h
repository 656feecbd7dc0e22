/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-hash-cache.h"
#include "semio-recording.h"

G_BEGIN_DECLS

/**
 * SemioAddCopy:
 *
 * A copy of a video in the folder beside the study, hidden until the study holds its recording and it is called by the
 * pseudonym. Everything here blocks and belongs into a thread.
 */
typedef struct _SemioAddCopy SemioAddCopy;

/* The folder beside the study in which its copies lie; it need not exist. */
GFile *semio_add_copy_get_folder (GFile *study);

/**
 * semio_add_copy_make:
 * @folder: the folder of copies, made when missing
 * @file: the video
 * @name: the video's name, for messages and the extension
 * @hash: the content that the study will name
 *
 * Copies @file under a hidden name, syncs it, and reads it back.
 *
 * Returns: (nullable): NULL with an error when it could not be copied or is not the same
 */
SemioAddCopy *semio_add_copy_make (GFile *folder, GFile *file, const char *name, const SemioSha256 *hash,
                                   GCancellable *cancellable, GError **error);
/* A copy that got no name is deleted. */
void semio_add_copy_free (SemioAddCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioAddCopy, semio_add_copy_free)

/* Gives the copy its name, the pseudonym or one like it that is free, and tells where it lies. */
GFile *semio_add_copy_name (SemioAddCopy *copy, const char *pseudonym, const char *name);

/* (nullable): a file in the folder, under any name that is not hidden, with the content of the recording. */
GFile *semio_add_copy_find (GFile *folder, const SemioRecording *recording, SemioHashCache *cache, GCancellable *cancellable);

/**
 * semio_add_copy_sweep:
 * @folder: the folder of copies; it need not exist
 * @recordings: (element-type SemioRecording): whose copies they may be
 * @remove: whether to delete what is the copy of none of them
 *
 * Deals with hidden copies that an adding left behind when it was killed: one that is whole gets its name. Nothing is
 * done while a program is copying into the folder.
 */
void semio_add_copy_sweep (GFile *folder, GPtrArray *recordings, gboolean remove, GCancellable *cancellable);

G_END_DECLS
