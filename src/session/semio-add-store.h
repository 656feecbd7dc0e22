/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-add-files.h"
#include "semio-add.h"
#include "semio-probe.h"

G_BEGIN_DECLS

/**
 * SemioAddStore:
 *
 * One file on its way into a study: hashed and looked up, then copied when asked, then written. Reference counted.
 */
typedef struct _SemioAddStore SemioAddStore;

SemioAddStore *semio_add_store_new (SemioStudy *study, const SemioAddFile *file, const char *patient, gboolean copy);
SemioAddStore *semio_add_store_ref (SemioAddStore *store);
void semio_add_store_unref (SemioAddStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioAddStore, semio_add_store_unref)

/* Hashes the file in a thread and looks the content and the name up in the study. */
void semio_add_store_look_up_async (SemioAddStore *store, SemioProgressFunc progress, gpointer progress_data,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* known (nullable): the recording that holds this content. refusal (nullable): why the name cannot be joined. */
gboolean semio_add_store_look_up_finish (SemioAddStore *store, GAsyncResult *result, SemioRecording **known, char **refusal,
                                         GError **error);

void semio_add_store_set_media (SemioAddStore *store, const SemioProbe *probe, GBytes *poster);
void semio_add_store_write_async (SemioAddStore *store, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
SemioRecording *semio_add_store_write_finish (SemioAddStore *store, GAsyncResult *result, SemioAddOutcome *outcome,
                                              GError **error);
/* Sees to it that a copy of a recording that is known already lies beside the study. is_new: it was made just now. */
void semio_add_store_copy_known_async (SemioAddStore *store, SemioRecording *recording, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_add_store_copy_known_finish (SemioAddStore *store, GAsyncResult *result, SemioRecording **recording,
                                            gboolean *is_new, GError **error);
/* Where the video lies now: the copy when one was made. */
GFile *semio_add_store_get_final_file (SemioAddStore *store);

/* What the look-up found the file to be. */
const SemioSha256 *semio_add_store_get_content (SemioAddStore *store);

G_END_DECLS
