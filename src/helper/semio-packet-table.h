/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-source.h"

G_BEGIN_DECLS

/**
 * SemioPacketTable:
 *
 * The true times of the packets of an MP4 in fragments. After a seek its demuxer gives the packets of the first
 * fragment times that are some frames off, which no later check can see, so packets are known again by their bytes
 * and their order and given the times that they have when the file is read from the beginning.
 */
typedef struct _SemioPacketTable SemioPacketTable;

/* Reads the file once. Blocks, asking now and then whether to go on. */
SemioPacketTable *semio_packet_table_new (int fd, SemioAliveFunc alive, gpointer alive_data, GError **error);
void semio_packet_table_free (SemioPacketTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPacketTable, semio_packet_table_free)
/* Corrects what comes out of a demuxer's picture pad. One pad at a time; the table must live as long as the pad. */
void semio_packet_table_attach (SemioPacketTable *table, GstPad *pad);

G_END_DECLS
