/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"

G_BEGIN_DECLS

/**
 * semio_sample_plan_new:
 * @index: the frames of the recording
 * @span: the part of it to look at; what lies outside the recording is left out
 * @rate_num: so many times
 * @rate_den: in so many seconds
 *
 * The frames that are on screen at the beginning of a span and at every step from there, as the fps filter of others picks
 * them when it rounds up: of 30 frames a second looked at twice a second 0, 15, 30. Each frame comes once, so a recording
 * with fewer frames gives all of its own.
 *
 * Returns: (transfer full) (element-type gint64): rising frame numbers; none when the span is outside
 */
GArray *semio_sample_plan_new (SemioFrameIndex *index, SemioSpan span, guint rate_num, guint rate_den);

G_END_DECLS
