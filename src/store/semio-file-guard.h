/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioFileGuard:
 *
 * Tells other programs that the study is open, whatever else happens in this one. The locks of SQLite belong to the
 * process: closing any descriptor of the file gives them all up, and a file dialog that looks at the files of a folder,
 * or a search for videos in it, does just that. Another program that closes the study would then take itself for the
 * last one and remove the log into which this one goes on writing. The locks of the guard belong to its own descriptors.
 */
typedef struct _SemioFileGuard SemioFileGuard;

/* For a study that is open in WAL mode; where the system has no such locks, it guards nothing. */
SemioFileGuard *semio_file_guard_new (const char *path);
/* Before the last connection makes one file of the study; the descriptors stay open, for closing them gives up locks. */
void semio_file_guard_release (SemioFileGuard *guard);
/* After the last connection was closed. */
void semio_file_guard_free (SemioFileGuard *guard);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFileGuard, semio_file_guard_free)

G_END_DECLS
