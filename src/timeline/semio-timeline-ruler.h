/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-event.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_RULER (semio_timeline_ruler_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineRuler, semio_timeline_ruler, SEMIO, TIMELINE_RULER, SemioTimelineLayer)

/**
 * SemioTimelineRuler:
 *
 * Ticks with their times, and under them, when the event is known, a strip that names onset, event and offset.
 */
GtkWidget *semio_timeline_ruler_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_timeline_ruler_set_event (SemioTimelineRuler *self, const SemioEvent *event, gint64 end_ns);
/* Fonts changed. */
void semio_timeline_ruler_reset (SemioTimelineRuler *self);

G_END_DECLS
