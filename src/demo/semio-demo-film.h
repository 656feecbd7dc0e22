/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-progress.h"

G_BEGIN_DECLS

/* Draws and writes the recordings of choreographies into a folder, two or more at a time. Progress tells the share of frames. */
void semio_demo_film_async (GPtrArray *choreographies, GFile *folder, SemioProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_demo_film_finish (GAsyncResult *result, GError **error);

G_END_DECLS
