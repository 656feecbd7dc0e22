/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* Both tell the fraction done; when they are cancelled, what stood at out stays. */
/* "ratings" and "predictions" as CSV; written beside, synced, renamed. */
void semio_export_async (SemioStudy *study, const char *what, GFile *out, gboolean deidentified, SemioProgressFunc progress,
                         gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The predictions of one run; "predictions" above is for studies with a single one. */
void semio_export_run_async (SemioStudy *study, gint64 run_id, GFile *out, SemioProgressFunc progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_export_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
