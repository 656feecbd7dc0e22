/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-probe.h"

G_BEGIN_DECLS

/**
 * SemioPacketList:
 *
 * The packets of a picture track in the order in which they stand in the file, as they are found.
 */
typedef struct {
  GArray *packets; /* SemioPacket */
  gboolean has_key;
  int n_doubled; /* packets at the time of another one, left out of the index; known once it is made */
} SemioPacketList;

typedef struct {
  gint64 stream_ns;
  gint64 duration_ns; /* 0 unknown */
  gboolean key;
  gboolean headless; /* before the first key frame, so that nothing can be decoded from it */
} SemioPacket;

SemioPacketList *semio_packet_list_new (void);
void semio_packet_list_free (SemioPacketList *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPacketList, semio_packet_list_free)

void semio_packet_list_add (SemioPacketList *list, gint64 stream_ns, gint64 duration_ns, gboolean key);
/* A packet that is decoded from but not shown. */
void semio_packet_list_note_hidden (SemioPacketList *list, gboolean key);
/* Puts the packets into the order in which they are shown, works out what that says about rate and start, and makes
 * the index. Flags given are kept. */
SemioFrameIndex *semio_packet_list_to_index (SemioPacketList *list, SemioFrameIndexFlags flags, GError **error);

G_END_DECLS
