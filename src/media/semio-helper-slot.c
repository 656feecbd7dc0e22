/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-helper-slot.h"

#include <sys/mman.h>
#include <unistd.h>

#include "semio-media-message.h"
#include "semio-shared-memory.h"

/* A picture of 8192 × 8192 pixels. */
#define SLOT_MAX_BYTES ((gsize) 256 * 1024 * 1024)

struct _SemioHelperSocket {
  gatomicrefcount refs;
  int fd;
};

struct _SemioHelperSlot {
  gatomicrefcount refs;
  SemioHelperSocket *helper_socket;
  guint32 number;
  gpointer data;
  gsize n_bytes;
};

SemioHelperSocket *
semio_helper_socket_new (int fd)
{
  SemioHelperSocket *self = g_new0 (SemioHelperSocket, 1);

  g_atomic_ref_count_init (&self->refs);
  self->fd = fd;
  return self;
}

SemioHelperSocket *
semio_helper_socket_ref (SemioHelperSocket *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_helper_socket_unref (SemioHelperSocket *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  close (self->fd);
  g_free (self);
}

int
semio_helper_socket_get_fd (SemioHelperSocket *self)
{
  return self->fd;
}

SemioHelperSlot *
semio_helper_slot_new (SemioHelperSocket *helper_socket, guint32 number, int fd, GError **error)
{
  SemioHelperSlot *self;
  gsize n_bytes = 0;
  gpointer data = semio_shared_memory_map (fd, 4, SLOT_MAX_BYTES, &n_bytes, error);

  if (!data)
    return NULL;
  self = g_new0 (SemioHelperSlot, 1);
  g_atomic_ref_count_init (&self->refs);
  self->helper_socket = semio_helper_socket_ref (helper_socket);
  self->number = number;
  self->data = data;
  self->n_bytes = n_bytes;
  return self;
}

SemioHelperSlot *
semio_helper_slot_ref (SemioHelperSlot *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_helper_slot_unref (SemioHelperSlot *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  munmap (self->data, self->n_bytes);
  semio_helper_socket_unref (self->helper_socket);
  g_free (self);
}

gsize
semio_helper_slot_get_size (SemioHelperSlot *self)
{
  return self->n_bytes;
}

/* Runs in whatever thread drops the last picture. A helper that is gone needs no telling, so errors do not matter. */
static void
give_back (gpointer data)
{
  SemioHelperSlot *self = data;

  semio_message_send (self->helper_socket->fd, SEMIO_MESSAGE_RELEASE, 0, g_variant_new ("(u)", self->number), NULL, 0, FALSE,
                      NULL);
  semio_helper_slot_unref (self);
}

GBytes *
semio_helper_slot_lend (SemioHelperSlot *self, gsize n_bytes)
{
  g_return_val_if_fail (n_bytes <= self->n_bytes, NULL);

  return g_bytes_new_with_free_func (self->data, n_bytes, give_back, semio_helper_slot_ref (self));
}
