/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-span.h"

G_BEGIN_DECLS

/**
 * SemioThumbStrip:
 *
 * Small pictures of a recording, spread evenly over its time, each an exact frame. Immutable, reference counted, safe to
 * use from several threads.
 */
typedef struct _SemioThumbStrip SemioThumbStrip;

/* frames, times_ns: rising, one for each picture; rgb: 3 bytes a pixel, no padding, picture after picture. */
SemioThumbStrip *semio_thumb_strip_new (const gint64 *frames, const gint64 *times_ns, guint n_thumbs, guint width_px,
                                        guint height_px, const guint8 *rgb);
SemioThumbStrip *semio_thumb_strip_ref (SemioThumbStrip *strip);
void semio_thumb_strip_unref (SemioThumbStrip *strip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioThumbStrip, semio_thumb_strip_unref)

guint semio_thumb_strip_get_n_thumbs (SemioThumbStrip *strip);
guint semio_thumb_strip_get_width_px (SemioThumbStrip *strip);
guint semio_thumb_strip_get_height_px (SemioThumbStrip *strip);
/* Which frame of the recording a picture is, and when that is shown. */
gint64 semio_thumb_strip_get_frame (SemioThumbStrip *strip, guint thumb);
gint64 semio_thumb_strip_get_time_ns (SemioThumbStrip *strip, guint thumb);
/* The picture that is nearest to a time; 0 when there is none at all. */
guint semio_thumb_strip_find (SemioThumbStrip *strip, gint64 time_ns);
/* (transfer full): R, G, B a pixel, rows without padding; shares memory with the strip. */
GBytes *semio_thumb_strip_get_rgb (SemioThumbStrip *strip, guint thumb);

/* The versioned blob. */
GBytes *semio_thumb_strip_to_bytes (SemioThumbStrip *strip);
SemioThumbStrip *semio_thumb_strip_from_bytes (GBytes *bytes, GError **error);

G_END_DECLS
