/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-event.h"
#include "semio-timeline-layer.h"
#include "semio-timeline-selection.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_MINIMAP (semio_minimap_get_type ())
G_DECLARE_FINAL_TYPE (SemioMinimap, semio_minimap, SEMIO, MINIMAP, SemioTimelineLayer)

/**
 * SemioMinimap:
 *
 * The whole recording in a strip: its segments, the event, the selection, the playhead, and a window around what the lanes show.
 * The window is dragged; a press beside it brings it there.
 */
GtkWidget *semio_minimap_new (SemioAxis *axis, SemioTimelineStyle *style, SemioTimelineSelection *selection);

void semio_minimap_set_event (SemioMinimap *self, const SemioEvent *event, gint64 end_ns);
void semio_minimap_set_position (SemioMinimap *self, gint64 position_ns);
/* Fonts or colours changed. */
void semio_minimap_reset (SemioMinimap *self);

G_END_DECLS
