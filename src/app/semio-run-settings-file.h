/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-run-config.h"

G_BEGIN_DECLS

/* Reads the settings of a run from one file, as semio predict --settings takes it, and writes them. Without blocking. */
void semio_run_settings_file_read_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
/* An error names the file and what is wrong with it. */
SemioRunConfig *semio_run_settings_file_read_finish (GAsyncResult *result, GError **error);
void semio_run_settings_file_write_async (GFile *file, const SemioRunConfig *config, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_run_settings_file_write_finish (GAsyncResult *result, GError **error);
/* A name for the file of a run. Free with g_free(). */
char *semio_run_settings_file_name (const char *run);

G_END_DECLS
