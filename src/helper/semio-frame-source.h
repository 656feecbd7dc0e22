/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-index.h"
#include "semio-picture-chain.h"

G_BEGIN_DECLS

/* Asked now and then during long work; FALSE stops it. */
typedef gboolean (*SemioAliveFunc) (gpointer user_data);

/**
 * SemioFrameSource:
 *
 * Single frames of a file, by number. What it gives is that frame or an error, never another one.
 */
typedef struct _SemioFrameSource SemioFrameSource;

/* The descriptor stays the caller's and must stay open. Blocks. */
SemioFrameSource *semio_frame_source_new (int fd, SemioFrameIndex *index, SemioAliveFunc alive, gpointer alive_data,
                                          GError **error);
/* The same, for another use of the pictures. */
SemioFrameSource *semio_frame_source_new_for (int fd, SemioFrameIndex *index, SemioPictureUse use, SemioAliveFunc alive,
                                              gpointer alive_data, GError **error);
/* Single pictures, decoded by an element of semio-hardware.c. */
SemioFrameSource *semio_frame_source_new_with_decoder (int fd, SemioFrameIndex *index, const char *decoder, SemioAliveFunc alive,
                                                       gpointer alive_data, GError **error);
/* How often it had to be sought, or opened anew. */
guint semio_frame_source_get_n_seeks (SemioFrameSource *source);
/* What the pictures are coded in. */
const SemioCodec *semio_frame_source_get_codec (SemioFrameSource *source);
void semio_frame_source_free (SemioFrameSource *source);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFrameSource, semio_frame_source_free)
/* Whether interlaced frames come without their combs from now on. */
void semio_frame_source_set_deinterlaced (SemioFrameSource *source, gboolean deinterlaced);
/* Whether an interlaced frame has been decoded. */
gboolean semio_frame_source_saw_interlaced (SemioFrameSource *source);
/* BGRA, scaled down to fit, 0 for no limit. Blocks. */
GstSample *semio_frame_source_get (SemioFrameSource *source, gint64 frame, int max_width_px, int max_height_px, GError **error);

G_END_DECLS
