/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * SemioSlotRing:
 *
 * The buffers in which pictures go to the program: sealed shared memory, each used again once the program has handed
 * it back.
 */
typedef struct _SemioSlotRing SemioSlotRing;

SemioSlotRing *semio_slot_ring_new (int socket, guint max_slots);
void semio_slot_ring_free (SemioSlotRing *ring);
/* Copies a BGRA picture into a free buffer and sends it. FALSE when all are in use. */
gboolean semio_slot_ring_send (SemioSlotRing *ring, guint64 serial, gint64 frame, gboolean verified, GstSample *sample);
/* The same in a buffer that the program keeps for as long as it likes; there is no limit to these. */
gboolean semio_slot_ring_give (SemioSlotRing *ring, guint64 serial, gint64 frame, gboolean verified, GstSample *sample);
void semio_slot_ring_release (SemioSlotRing *ring, guint32 number);

G_END_DECLS
