/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* A whole, checked copy at a new place, made beside whatever else goes on. Nothing is overwritten. */
void semio_study_save_copy_async (SemioStudy *study, GFile *target, SemioProgressFunc progress, gpointer progress_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_study_save_copy_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* TRUE for an error of opening after which a backup may help: the file is damaged, cut or empty. */
gboolean semio_study_is_damage (const GError *error);
/* Looks for the newest good backup of a file that cannot be opened. NULL without an error when there is none. */
void semio_study_find_backup_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (nullable) (transfer full); made_us (nullable): when, microseconds UTC. */
GFile *semio_study_find_backup_finish (GAsyncResult *result, gint64 *made_us, GError **error);
/* Copies a backup to a new file; neither the backup nor the damaged study changes. */
void semio_study_restore_backup_async (GFile *backup, GFile *target, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean semio_study_restore_backup_finish (GAsyncResult *result, GError **error);

G_END_DECLS
