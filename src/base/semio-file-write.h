/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes beside the target, syncs file and folder, renames: either the old or the whole new file stands there. Blocks. */
gboolean semio_file_write (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error);

G_END_DECLS
