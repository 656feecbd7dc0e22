/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-span.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_FRAME_INDEX_VARIABLE_RATE = 1 << 0,
  SEMIO_FRAME_INDEX_FRAGMENTED = 1 << 1,
  SEMIO_FRAME_INDEX_NO_TIME_STAMPS = 1 << 2, /* times were made by decoding or from the rate */
  SEMIO_FRAME_INDEX_LATE_START = 1 << 3,
  SEMIO_FRAME_INDEX_SOUND_SHORTER = 1 << 4,
  SEMIO_FRAME_INDEX_CUT = 1 << 5, /* the file ends in the middle */
  SEMIO_FRAME_INDEX_NEEDS_REMUX = 1 << 6, /* no demuxer reads the file rightly: only a remux of it can be shown */
} SemioFrameIndexFlags;

/**
 * SemioFrameIndex:
 *
 * The stream times of all frames of a recording. Frame n and time meet only here. Frame 0 stands at 0 ns; the stream
 * time of the first frame is the zero offset. Immutable, reference counted, safe to use from several threads.
 */
typedef struct _SemioFrameIndex SemioFrameIndex;

/* times_ns: stream times, sorted, strictly rising, n_frames of them; is_key: as many; duration_ns of the last frame. */
SemioFrameIndex *semio_frame_index_new (const gint64 *times_ns, const guint8 *is_key, gsize n_frames, gint64 last_duration_ns,
                                        SemioFrameIndexFlags flags, GError **error);
SemioFrameIndex *semio_frame_index_ref (SemioFrameIndex *index);
void semio_frame_index_unref (SemioFrameIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFrameIndex, semio_frame_index_unref)

/* The versioned blob kept in the study. */
GBytes *semio_frame_index_to_bytes (SemioFrameIndex *index);
SemioFrameIndex *semio_frame_index_from_bytes (GBytes *bytes, GError **error);

gint64 semio_frame_index_get_n_frames (SemioFrameIndex *index);
SemioFrameIndexFlags semio_frame_index_get_flags (SemioFrameIndex *index);
gint64 semio_frame_index_get_duration_ns (SemioFrameIndex *index);
/* Stream time of frame 0. */
gint64 semio_frame_index_get_zero_ns (SemioFrameIndex *index);
/* From the first displayed frame. */
gint64 semio_frame_index_get_time_ns (SemioFrameIndex *index, gint64 frame);
/* [shown, next shown). */
SemioSpan semio_frame_index_get_span (SemioFrameIndex *index, gint64 frame);
/* The frame on screen at a time, clamped to the recording. */
gint64 semio_frame_index_get_frame_at (SemioFrameIndex *index, gint64 time_ns);
gboolean semio_frame_index_is_key (SemioFrameIndex *index, gint64 frame);
/* The key frame at or before. */
gint64 semio_frame_index_get_key_before (SemioFrameIndex *index, gint64 frame);
/* Where to seek so that exactly this frame is shown: stream time plus the lesser of 2 ms and half the gap to the next. */
gint64 semio_frame_index_get_seek_ns (SemioFrameIndex *index, gint64 frame);
/* Frames a second, median gap; num/den of the nearest usual rate. */
double semio_frame_index_get_rate (SemioFrameIndex *index);

G_END_DECLS
