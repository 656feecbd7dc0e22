/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-frame-index.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_AXIS (semio_axis_get_type ())
G_DECLARE_FINAL_TYPE (SemioAxis, semio_axis, SEMIO, AXIS, GObject)

/**
 * SemioAxis:
 *
 * Where time and pixels meet: a span of the recording that fills a width. Knows nothing of widgets. x counts from the
 * left end of the axis.
 *
 * Signals: "changed".
 */
SemioAxis *semio_axis_new (void);

/* The whole that can be shown; at least a second. */
void semio_axis_set_duration (SemioAxis *axis, gint64 duration_ns);
gint64 semio_axis_get_duration (SemioAxis *axis);
/* The visible span stays. */
void semio_axis_set_width (SemioAxis *axis, double width_px);
double semio_axis_get_width (SemioAxis *axis);

/* Shows a span, cut to the recording and widened to the shortest that can be shown. */
void semio_axis_fit (SemioAxis *axis, gint64 begin_ns, gint64 end_ns);
/* factor over 1 shows less time; what lies at x_px stays there as far as the ends allow. */
void semio_axis_zoom (SemioAxis *axis, double factor, double x_px);
/* Positive shows later times. */
void semio_axis_pan (SemioAxis *axis, double delta_px);
SemioSpan semio_axis_get_visible (SemioAxis *axis);

double semio_axis_time_to_x (SemioAxis *axis, gint64 time_ns);
/* The whole pixel that holds it, for what is painted sharp. */
double semio_axis_time_to_pixel (SemioAxis *axis, gint64 time_ns);
/* Within the recording, whatever x is. */
gint64 semio_axis_x_to_time (SemioAxis *axis, double x_px);

/* (nullable): the frames of the recording, which edges snap to. */
void semio_axis_set_frame_index (SemioAxis *axis, SemioFrameIndex *index);
SemioFrameIndex *semio_axis_get_frame_index (SemioAxis *axis);
/* The edge of a frame that is nearest; the time itself where no frames are known. */
gint64 semio_axis_snap (SemioAxis *axis, gint64 time_ns);
/* While what is on screen at a time is shown; FALSE where no frames are known. */
gboolean semio_axis_get_frame_span (SemioAxis *axis, gint64 time_ns, SemioSpan *span);

/* Time between two labelled ticks so that they stand at least min_px apart: 1, 2, 5, 10, 15, 30 s, minutes, hours;
 * below a second tenths and hundredths. n_minor is into how many parts the ruler divides it. */
gint64 semio_axis_choose_tick (SemioAxis *axis, double min_px, guint *n_minor);
/* Decimals a label needs at that distance. */
int semio_axis_get_tick_decimals (gint64 tick_ns);

G_END_DECLS
