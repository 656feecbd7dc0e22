/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SemioHelperSlot:
 *
 * One buffer of a helper's ring as the program sees it: a mapping for reading that lives as long as anybody paints
 * from it, and the connection over which it is handed back. Reference counted, from any thread.
 */
typedef struct _SemioHelperSlot SemioHelperSlot;

/* The connection, shared by the process and by every picture that must still be handed back. Takes the descriptor. */
typedef struct _SemioHelperSocket SemioHelperSocket;

SemioHelperSocket *semio_helper_socket_new (int fd);
SemioHelperSocket *semio_helper_socket_ref (SemioHelperSocket *helper_socket);
void semio_helper_socket_unref (SemioHelperSocket *helper_socket);
int semio_helper_socket_get_fd (SemioHelperSocket *helper_socket);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioHelperSocket, semio_helper_socket_unref)

SemioHelperSlot *semio_helper_slot_new (SemioHelperSocket *helper_socket, guint32 number, int fd, GError **error);
SemioHelperSlot *semio_helper_slot_ref (SemioHelperSlot *slot);
void semio_helper_slot_unref (SemioHelperSlot *slot);
gsize semio_helper_slot_get_size (SemioHelperSlot *slot);
/* The first bytes of the slot without a copy; when the last user lets go the helper is told that it may write again. */
GBytes *semio_helper_slot_lend (SemioHelperSlot *slot, gsize n_bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioHelperSlot, semio_helper_slot_unref)

G_END_DECLS
