/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/video/video.h>

#include "semio-frame-index.h"
#include "semio-signal-set.h"

G_BEGIN_DECLS

/**
 * SemioPictureSignals:
 *
 * Makes motion and small pictures out of the frames of a recording, as they come. A frame is looked at through a grid of
 * 160 by 90 fields, each the mean brightness of up to 16 points; motion is the mean difference between two frames that
 * follow one another, and holds for the time between them.
 */
typedef struct _SemioPictureSignals SemioPictureSignals;

SemioPictureSignals *semio_picture_signals_new (SemioFrameIndex *index);
void semio_picture_signals_free (SemioPictureSignals *signals);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPictureSignals, semio_picture_signals_free)
/* An I420 frame, in the order of showing. */
void semio_picture_signals_add (SemioPictureSignals *signals, gint64 frame, const GstVideoFrame *picture);
/* Frames that came. */
gint64 semio_picture_signals_get_n_frames (SemioPictureSignals *signals);
void semio_picture_signals_finish (SemioPictureSignals *signals, SemioSignalSet *set);

G_END_DECLS
