/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* A good copy of a study in the user's data folder. */
typedef struct {
  GFile *file;
  gint64 utc_us; /* when it was made */
  gint64 n_entries;
} SemioBackup;

void semio_backup_free (SemioBackup *backup);

#define SEMIO_BACKUP_KEEP 5

/* Copies a database as one snapshot into a new file and checks the copy. Blocks. */
gboolean semio_backup_copy (SemioDatabase *source, const char *target_path, SemioProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GError **error);
/* The same into the rotating backups; the oldest beyond SEMIO_BACKUP_KEEP go. */
gboolean semio_backup_make (SemioDatabase *source, const SemioUuid *study, GCancellable *cancellable, GError **error);
/* When the newest backup was made, unchecked; 0 when there is none. */
gint64 semio_backup_get_newest_us (const SemioUuid *study);
/* Good backups of a study, newest first. Array of #SemioBackup, may be empty. Checks each, so it blocks. */
GPtrArray *semio_backup_list (const SemioUuid *study, GCancellable *cancellable);
/* The same for a file that cannot be read any more: by its identity where that can be read, by its path otherwise. */
GPtrArray *semio_backup_find (GFile *study, GCancellable *cancellable);
/* Restores beside: a new file; the damaged one stays. */
gboolean semio_backup_restore (const SemioBackup *backup, GFile *target, GError **error);

G_END_DECLS
