/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE_HEADER (semio_timeline_header_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineHeader, semio_timeline_header, SEMIO, TIMELINE_HEADER, SemioTimelineLayer)

/**
 * SemioTimelineHeader:
 *
 * A group's heading; a click, Enter or Space hides or shows its lanes.
 *
 * Signals: "activate".
 */
GtkWidget *semio_timeline_header_new (SemioAxis *axis, SemioTimelineStyle *style);

void semio_timeline_header_set_label (SemioTimelineHeader *self, const char *label);
void semio_timeline_header_set_expanded (SemioTimelineHeader *self, gboolean expanded);
/* Fonts or colours changed. */
void semio_timeline_header_reset (SemioTimelineHeader *self);

G_END_DECLS
