/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-element.h"
#include "semio-frame-index.h"

G_BEGIN_DECLS

/**
 * SemioPictureChain:
 *
 * From a demuxer's pad to pictures in BGRA of the size wanted: parser, decoder, deinterlacing, turning as the file asks, scaling,
 * converting, and a sink to take them from. Every picture can be asked which frame it is.
 */
typedef struct _SemioPictureChain SemioPictureChain;

typedef enum {
  SEMIO_PICTURE_SINGLE, /* scaled down only */
  SEMIO_PICTURE_PLAYING, /* small pictures are scaled up to the view too, and a few are made ahead */
  SEMIO_PICTURE_HELD, /* in the size as for playing, but as the decoder made them, which takes less memory than BGRA */
} SemioPictureUse;

/* The bin owns the elements. */
SemioPictureChain *semio_picture_chain_new (GstBin *bin, SemioFrameIndex *index, SemioPictureUse use, GError **error);
void semio_picture_chain_free (SemioPictureChain *chain);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPictureChain, semio_picture_chain_free)

GstElement *semio_picture_chain_get_sink (SemioPictureChain *chain);
/* A hardware decoder to take instead of software where it reads the coding; before linking. Static text. */
void semio_picture_chain_set_decoder (SemioPictureChain *chain, const char *factory);
/* What the pictures are coded in; NULL before linking. */
const SemioCodec *semio_picture_chain_get_codec (SemioPictureChain *chain);
/* Links a demuxer's pad, or fails with a sentence. In the streaming thread. */
gboolean semio_picture_chain_link (SemioPictureChain *chain, GstPad *pad, GstCaps *caps, GError **error);
gboolean semio_picture_chain_is_linked (SemioPictureChain *chain);
/* Pictures fit into this from the next one on; 0 is no limit. Any thread. FALSE when nothing changes. */
gboolean semio_picture_chain_set_view (SemioPictureChain *chain, int width_px, int height_px);
/* Interlaced frames come without their combs from the next picture on. Any thread. FALSE when nothing changes. */
gboolean semio_picture_chain_set_deinterlaced (SemioPictureChain *chain, gboolean deinterlaced);
/* Whether an interlaced frame has been decoded. Any thread. */
gboolean semio_picture_chain_saw_interlaced (SemioPictureChain *chain);
/* Whether frames may be left out to keep up. Any thread. */
void semio_picture_chain_set_hurried (SemioPictureChain *chain, gboolean hurried);
/* Whether the next seek is for one picture alone, see semio_frame_stamp_set_lands(). */
void semio_picture_chain_set_lands (SemioPictureChain *chain, gboolean lands);
/* How many pictures are made ahead from now on; 0 is the usual number. */
void semio_picture_chain_set_ahead (SemioPictureChain *chain, int n_frames);
/* The frame that a sample shows, -1 when that cannot be told. */
gint64 semio_picture_chain_read (SemioPictureChain *chain, GstSample *sample);

G_END_DECLS
