/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"

G_BEGIN_DECLS

/* TRUE for the f_type of statfs() of network file systems, and of those that may be one. */
gboolean semio_file_system_is_network_type (guint64 type);
/* Looks at the file, or at its folder when it is not there yet. */
gboolean semio_file_system_is_network (const char *path);
/* How a study at a path can be opened: READ_ONLY where file or folder cannot be written, IMMUTABLE only when no log stands
 * beside, NETWORK on a network file system. Fails for a file that is not there, is empty or is no database. */
gboolean semio_file_system_choose_flags (const char *path, gboolean read_only, SemioDatabaseFlags *flags, GError **error);

G_END_DECLS
