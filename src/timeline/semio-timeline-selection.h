/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-axis.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_SELECTION (semio_timeline_selection_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineSelection, semio_timeline_selection, SEMIO, TIMELINE_SELECTION, GObject)

/**
 * SemioTimelineSelection:
 *
 * A stretch of the recording that the person chose. Its ends are ends of frames where the axis knows them: it begins with the
 * first moment of a frame and ends with the last moment of one. Knows nothing of widgets.
 *
 * Signals: "changed".
 */
SemioTimelineSelection *semio_timeline_selection_new (SemioAxis *axis);

/* In either order; at least one frame. */
void semio_timeline_selection_set (SemioTimelineSelection *self, gint64 begin_ns, gint64 end_ns);
void semio_timeline_selection_clear (SemioTimelineSelection *self);
/* FALSE without one; span (nullable) is left alone then. */
gboolean semio_timeline_selection_get (SemioTimelineSelection *self, SemioSpan *span);

/* Begins with the frame that is on screen at a time; the end stays if it lies behind, else it is the recording's. */
void semio_timeline_selection_mark_in (SemioTimelineSelection *self, gint64 time_ns);
/* Ends with the frame that is on screen at a time, that frame included; the begin stays if it lies before, else it is 0. */
void semio_timeline_selection_mark_out (SemioTimelineSelection *self, gint64 time_ns);
/* Moves the end that is nearer to a time; without a selection nothing. */
void semio_timeline_selection_extend (SemioTimelineSelection *self, gint64 time_ns);

/* 0 when there is no selection or the frames are not known. */
gint64 semio_timeline_selection_get_n_frames (SemioTimelineSelection *self);
/* (nullable): "4.320 s · 108 frames", without frames "4.320 s". */
char *semio_timeline_selection_describe (SemioTimelineSelection *self);

G_END_DECLS
