/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"

G_BEGIN_DECLS

/* TRUE for the f_type of statfs() of network file systems, and of those that may be one. */
gboolean semio_file_system_is_network_type (guint64 type);
/* Looks at the file, or at its folder when it is not there yet. */
gboolean semio_file_system_is_network (const char *path);
/* How a study at a path can be opened: READ_ONLY where file or folder cannot be written, IMMUTABLE only when neither log nor
 * journal stands beside, NETWORK on a network file system. Fails for a file that is not there, is empty or is no database. */
gboolean semio_file_system_choose_flags (const char *path, gboolean read_only, SemioDatabaseFlags *flags, GError **error);
/* Takes back what a program was writing when it was killed, where a journal beside the study tells of it. A connection for reading
 * alone cannot, and could not read the study either. Does nothing where no journal stands, it belongs to a program that runs, or the
 * place cannot be written. Blocks. */
gboolean semio_file_system_settle (const char *path, GError **error);

G_END_DECLS
