/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "semio-frame-index.h"

G_BEGIN_DECLS

/* The stream time of a packet. FALSE when none of it is inside the segment, so that no decoder shows it; one that
 * reaches in from before is shown from the beginning. Signed, since after a seek packets lie before the target. */
gboolean semio_stamp_get_stream_ns (const GstSegment *segment, GstBuffer *buffer, gint64 *stream_ns);

/**
 * SemioFrameStamp:
 *
 * Tells which frame a picture is. A decoder clips the time of the first picture after a seek to the target, so the
 * packet's own stream time is written on it before decoding and read from the picture after scaling. Where packets
 * have no times, the decoder's are all there is.
 */
typedef struct _SemioFrameStamp SemioFrameStamp;

SemioFrameStamp *semio_frame_stamp_new (SemioFrameIndex *index);
void semio_frame_stamp_free (SemioFrameStamp *stamp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFrameStamp, semio_frame_stamp_free)
/* Before data flow; the stamp must live as long as the decoder. */
void semio_frame_stamp_attach (SemioFrameStamp *stamp, GstElement *decoder);
/* Whether frames may be left out so as to keep up, as in fast playing: those that no other is decoded from, and where the sink
 * says that pictures come late, all up to the next key frame. Any thread. */
void semio_frame_stamp_set_hurried (SemioFrameStamp *stamp, gboolean hurried);
/* Whether from the next segment on the decoder ends with the frame at its beginning, and gives it without waiting for those after
 * it. Any thread. */
void semio_frame_stamp_set_lands (SemioFrameStamp *stamp, gboolean lands);
/* The frame that a picture is, or -1 when its time is none of the index. */
gint64 semio_frame_stamp_read (SemioFrameStamp *stamp, GstSample *sample);

G_END_DECLS
