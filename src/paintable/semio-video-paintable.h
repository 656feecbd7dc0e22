/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-frame.h"
#include "semio-picture-change.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_VIDEO_PAINTABLE (semio_video_paintable_get_type ())
G_DECLARE_FINAL_TYPE (SemioVideoPaintable, semio_video_paintable, SEMIO, VIDEO_PAINTABLE, GObject)

/**
 * SemioVideoPaintable:
 *
 * The newest frame of a player as a #GdkPaintable. The pixels are never copied: the texture reads the frame's own
 * bytes. It knows nothing of time: what is shown is the frame it was given last.
 */
SemioVideoPaintable *semio_video_paintable_new (void);

/* Shows a frame from now on; NULL shows nothing. */
void semio_video_paintable_set_frame (SemioVideoPaintable *self, SemioFrame *frame);
/* Turns and brightens what is painted; the frame and its number stay what they are. */
void semio_video_paintable_set_change (SemioVideoPaintable *self, SemioPictureChange change);
SemioPictureChange semio_video_paintable_get_change (SemioVideoPaintable *self);
/* (nullable): the frame that is shown; the caller does not own it. */
SemioFrame *semio_video_paintable_get_frame (SemioVideoPaintable *self);
/* (nullable): the texture of that frame; the caller does not own it. */
GdkTexture *semio_video_paintable_get_texture (SemioVideoPaintable *self);

/* How many different frames were handed to a snapshot so far: a frame painted twice counts once, one that was replaced
 * before it was painted does not count. For tests and benches. */
guint64 semio_video_paintable_get_n_painted (SemioVideoPaintable *self);
/* Index of the frame that was snapshotted last, -1 none. */
gint64 semio_video_paintable_get_painted_frame (SemioVideoPaintable *self);

G_END_DECLS
