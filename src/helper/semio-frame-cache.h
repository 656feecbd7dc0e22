/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-index.h"

G_BEGIN_DECLS

/**
 * SemioFrameCache:
 *
 * Decoded frames around the one that is looked at, so that a step back waits for no decoder. A pipeline and a thread of
 * its own fill it backward from the playhead; what is furthest from the playhead goes first when the memory is full.
 * Every frame in it was verified when it was decoded. Pictures are kept in the size of the view as the decoder made
 * them, and become BGRA when they are taken.
 */
typedef struct _SemioFrameCache SemioFrameCache;

/* In the main context: frames came, or the last filling failed. */
typedef void (*SemioFrameCacheFunc) (gpointer user_data);

/* The descriptor must stay open as long as the cache. */
SemioFrameCache *semio_frame_cache_new (int fd, SemioFrameIndex *index, gsize max_bytes, SemioFrameCacheFunc func,
                                        gpointer user_data);
void semio_frame_cache_free (SemioFrameCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFrameCache, semio_frame_cache_free)

/* Pictures of another size are forgotten. */
void semio_frame_cache_set_view (SemioFrameCache *cache, int width_px, int height_px);
/* Pictures made in the other way are forgotten. */
void semio_frame_cache_set_deinterlaced (SemioFrameCache *cache, gboolean deinterlaced);
/* (transfer full) (nullable): the frame in BGRA. */
GstSample *semio_frame_cache_get (SemioFrameCache *cache, gint64 frame);
gboolean semio_frame_cache_has (SemioFrameCache *cache, gint64 frame);
/* A picture that was decoded elsewhere, in the size of the view. */
void semio_frame_cache_add (SemioFrameCache *cache, gint64 frame, GstSample *sample);
/* The playhead rests here: fill backward from it. -1: stop filling, somebody else needs the processor. */
void semio_frame_cache_fill (SemioFrameCache *cache, gint64 playhead);
/* Whether filling from here is of use; not after it has failed. */
gboolean semio_frame_cache_can_fill (SemioFrameCache *cache);
gsize semio_frame_cache_get_bytes (SemioFrameCache *cache);

G_END_DECLS
