/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-probe.h"

G_BEGIN_DECLS

/* Told several times a second how far it is; FALSE stops the work. */
typedef gboolean (*SemioIndexerProgress) (double fraction, gpointer user_data);

/* Reads the whole of a media file: what it is, and the times of all its frames. Blocks. Fails with #SemioMediaError. */
SemioProbe *semio_indexer_run (int fd, SemioIndexerProgress progress, gpointer progress_data, GError **error);

G_END_DECLS
