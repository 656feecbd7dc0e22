/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-slot-ring.h"

#include <gst/video/video.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "semio-media-message.h"
#include "semio-shared-memory.h"

typedef struct {
  guint32 number;
  int fd;
  guint8 *data;
  gsize n_bytes;
  gboolean lent; /* the program uses it */
  gboolean known; /* the program has it mapped */
} Slot;

struct _SemioSlotRing {
  int socket;
  guint max_slots;
  guint32 next_number;
  GPtrArray *slots; /* Slot */
};

static void
slot_free (gpointer data)
{
  Slot *slot = data;

  munmap (slot->data, slot->n_bytes);
  close (slot->fd);
  g_free (slot);
}

SemioSlotRing *
semio_slot_ring_new (int socket, guint max_slots)
{
  SemioSlotRing *self = g_new0 (SemioSlotRing, 1);

  self->socket = socket;
  self->max_slots = max_slots;
  self->next_number = 1;
  self->slots = g_ptr_array_new_with_free_func (slot_free);
  return self;
}

void
semio_slot_ring_free (SemioSlotRing *self)
{
  g_ptr_array_unref (self->slots);
  g_free (self);
}

/* Buffers of another size than is sent now go as soon as nobody uses them. */
static void
forget_unfit (SemioSlotRing *self, gsize n_bytes)
{
  for (guint i = self->slots->len; i > 0; i--)
    {
      Slot *slot = g_ptr_array_index (self->slots, i - 1);

      if (slot->lent || slot->n_bytes == n_bytes)
        continue;
      if (slot->known)
        semio_message_send (self->socket, SEMIO_MESSAGE_FORGET, 0, g_variant_new ("(u)", slot->number), NULL, 0, TRUE, NULL);
      g_ptr_array_remove_index_fast (self->slots, i - 1);
    }
}

static Slot *
add_slot (SemioSlotRing *self, gsize n_bytes)
{
  gpointer data = NULL;
  Slot *slot;
  int fd;

  fd = semio_shared_memory_new ("semio-picture", n_bytes, &data, NULL);
  if (fd < 0)
    return NULL;
  slot = g_new0 (Slot, 1);
  slot->number = self->next_number++;
  slot->fd = fd;
  slot->data = data;
  slot->n_bytes = n_bytes;
  g_ptr_array_add (self->slots, slot);
  return slot;
}

static Slot *
find_free (SemioSlotRing *self, gsize n_bytes)
{
  Slot *slot;

  forget_unfit (self, n_bytes);
  for (guint i = 0; i < self->slots->len; i++)
    {
      slot = g_ptr_array_index (self->slots, i);
      if (!slot->lent && slot->n_bytes == n_bytes)
        return slot;
    }
  return self->slots->len < self->max_slots ? add_slot (self, n_bytes) : NULL;
}

static gboolean
send_in (SemioSlotRing *self, Slot *slot, guint64 serial, gint64 frame, gboolean verified, GstVideoInfo *info, GstSample *sample)
{
  gsize row_bytes = (gsize) info->width * 4;
  GstVideoFrame picture;

  if (!slot || !gst_video_frame_map (&picture, info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return FALSE;
  for (int y = 0; y < info->height; y++)
    memcpy (slot->data + y * row_bytes,
            (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&picture, 0) + (gsize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&picture, 0),
            row_bytes);
  gst_video_frame_unmap (&picture);
  slot->lent = semio_message_send (self->socket, SEMIO_MESSAGE_PICTURE, serial,
                                   g_variant_new ("(xbuuuu)", frame, verified, slot->number, (guint32) info->width,
                                                  (guint32) info->height, (guint32) row_bytes),
                                   &slot->fd, slot->known ? 0 : 1, TRUE, NULL);
  slot->known |= slot->lent;
  return slot->lent;
}

gboolean
semio_slot_ring_send (SemioSlotRing *self, guint64 serial, gint64 frame, gboolean verified, GstSample *sample)
{
  GstVideoInfo info;

  return gst_video_info_from_caps (&info, gst_sample_get_caps (sample))
         && send_in (self, find_free (self, (gsize) info.width * 4 * info.height), serial, frame, verified, &info, sample);
}

gboolean
semio_slot_ring_give (SemioSlotRing *self, guint64 serial, gint64 frame, gboolean verified, GstSample *sample)
{
  GstVideoInfo info;
  gboolean sent;
  Slot *slot;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return FALSE;
  slot = add_slot (self, (gsize) info.width * 4 * info.height);
  sent = send_in (self, slot, serial, frame, verified, &info, sample);
  if (slot)
    slot->lent = FALSE;
  /* The program's mapping lives on without this side of it. */
  forget_unfit (self, 0);
  return sent;
}

void
semio_slot_ring_release (SemioSlotRing *self, guint32 number)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->number == number)
        slot->lent = FALSE;
    }
}
