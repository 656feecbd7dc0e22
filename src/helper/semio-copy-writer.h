/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-source.h"

G_BEGIN_DECLS

/* All times of a copy are this much later while it is written, so that none is before zero; the file begins at its first. */
#define SEMIO_COPY_SHIFT_NS (3600 * (gint64) GST_SECOND)

/**
 * SemioCopyWriter:
 *
 * Writes a QuickTime file through a descriptor that the program opened: the helper itself can make no file. Packets are handed
 * to it, or chains of elements end in it.
 */
typedef struct _SemioCopyWriter SemioCopyWriter;

/* length_ns: of what will be written. */
SemioCopyWriter *semio_copy_writer_new (int fd, gint64 length_ns, SemioAliveFunc alive, gpointer alive_data, GError **error);
void semio_copy_writer_free (SemioCopyWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCopyWriter, semio_copy_writer_free)

GstBin *semio_copy_writer_get_bin (SemioCopyWriter *writer);
/* A source into which packets or pictures of these caps are pushed. */
GstElement *semio_copy_writer_add_source (SemioCopyWriter *writer, GstCaps *caps, GError **error);
/* Links the last element of a chain as a track. */
gboolean semio_copy_writer_link (SemioCopyWriter *writer, GstElement *last, gboolean is_picture, GError **error);
gboolean semio_copy_writer_start (SemioCopyWriter *writer, GError **error);
/* Hands over a packet, waiting while too much is queued. Takes the buffer. FALSE with an error once writing failed. */
gboolean semio_copy_writer_push (SemioCopyWriter *writer, GstElement *source, GstBuffer *buffer, GError **error);
void semio_copy_writer_end (SemioCopyWriter *writer, GstElement *source);
/* Until the file is whole. */
gboolean semio_copy_writer_finish (SemioCopyWriter *writer, GError **error);

G_END_DECLS
