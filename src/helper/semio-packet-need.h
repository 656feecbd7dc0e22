/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * SemioPacketNeed:
 *
 * Tells of a packet whether any other frame is decoded from it. On the way to a frame, or where only some frames are
 * wanted, the others may be left out before the decoder and every frame that comes is the same.
 *
 * What cannot be told for sure counts as needed: VP8 and VP9 also hand on what their coder has learnt, so none is left out.
 */
typedef struct {
  int coding; /* for semio-packet-need.c alone */
  int length_bytes; /* of the length before each unit, 0 for start codes */
  int max_layer; /* H.265: the highest temporal layer, -1 unknown */
} SemioPacketNeed;

void semio_packet_need_init (SemioPacketNeed *need);
/* What the decoder is told of the packets that follow. */
void semio_packet_need_set_caps (SemioPacketNeed *need, GstCaps *caps);
/* Every packet must be shown to it, in order. */
gboolean semio_packet_need_test (SemioPacketNeed *need, GstBuffer *buffer);

G_END_DECLS
