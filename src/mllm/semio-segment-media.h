/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-sha256.h"
#include "semio-span.h"

G_BEGIN_DECLS

/* One picture that is sent. Plain memory, owned by the array it stands in. */
typedef struct {
  gint64 frame; /* number in the recording */
  gint64 time_ns; /* when it is shown, from the first displayed frame */
  guint width_px, height_px;
  GBytes *jpeg;
} SemioSentFrame;

/**
 * SemioSegmentMedia:
 *
 * What a server is shown of one segment, encoded once and used for all its questions. Atomically reference counted, not
 * changed once it was given away; used from several threads.
 */
typedef struct {
  gatomicrefcount refs;
  SemioSpan span; /* of the segment in the recording */
  GArray *frames; /* of #SemioSentFrame, in the order of time; may be empty */
  GBytes *wav; /* (nullable): sound of sound_span */
  SemioSpan sound_span;
  char *transcript; /* (nullable): what was said, one line each with its time */
} SemioSegmentMedia;

SemioSegmentMedia *semio_segment_media_new (SemioSpan span);
SemioSegmentMedia *semio_segment_media_ref (SemioSegmentMedia *media);
void semio_segment_media_unref (SemioSegmentMedia *media);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSegmentMedia, semio_segment_media_unref)
/* Takes a reference on the bytes. */
void semio_segment_media_add_frame (SemioSegmentMedia *media, gint64 frame, gint64 time_ns, guint width_px, guint height_px,
                                    GBytes *jpeg);
/* Bytes of pictures and sound together. */
gsize semio_segment_media_get_size (const SemioSegmentMedia *media);

G_END_DECLS
