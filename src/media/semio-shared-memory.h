/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Anonymous memory of a fixed size, sealed against growing and shrinking, so that whoever maps it can never be hit by
 * the end moving. Returns the descriptor, or -1. The mapping (nullable) is writable. */
int semio_shared_memory_new (const char *name, gsize n_bytes, gpointer *mapping, GError **error);
/* A sealed copy of bytes. */
int semio_shared_memory_new_from_bytes (const char *name, GBytes *bytes, GError **error);
/* Maps what another process sent, for reading. Refused unless it is sealed and of a size within the bounds. */
gpointer semio_shared_memory_map (int fd, gsize min_bytes, gsize max_bytes, gsize *n_bytes, GError **error);
/* A private copy of what another process sent, which it cannot change any more. */
GBytes *semio_shared_memory_read (int fd, gsize max_bytes, GError **error);

G_END_DECLS
