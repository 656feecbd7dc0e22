/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-lane-review.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_NOTE_LANE (semio_note_lane_get_type ())
G_DECLARE_FINAL_TYPE (SemioNoteLane, semio_note_lane, SEMIO, NOTE_LANE, SemioTimelineLayer)

typedef enum {
  SEMIO_NOTE_LANE_COMMENTS, /* balloons */
  SEMIO_NOTE_LANE_BOOKMARKS, /* flags with their names */
  SEMIO_NOTE_LANE_SPEECH, /* balloons with what was said */
} SemioNoteLaneKind;

/**
 * SemioNoteLane:
 *
 * What people wrote, each a mark at its time; hidden without any. What a mark says is told by the tooltip; by the keyboard one
 * goes from mark to mark, and the accessible name says the one in hand, else all.
 *
 * Signals: "activate": Enter or Space while it has the focus. "remove": Delete.
 */
GtkWidget *semio_note_lane_new (SemioAxis *axis, SemioTimelineStyle *style, SemioNoteLaneKind kind);

/* (transfer full) (element-type SemioLaneNote): in order of time. The mark in hand stays when it is among them. */
void semio_note_lane_set_notes (SemioNoteLane *self, GPtrArray *notes);
guint semio_note_lane_get_n_notes (SemioNoteLane *self);
/* The first of them at a time that is one's own, or the nearest before (after) it; NULL when there is none. */
const SemioLaneNote *semio_note_lane_find (SemioNoteLane *self, gint64 time_ns);
const SemioLaneNote *semio_note_lane_find_next (SemioNoteLane *self, gint64 time_ns, int direction);
/* The mark that the keyboard stands on. The first move goes to the one at or next to a time; FALSE without any. */
gboolean semio_note_lane_move_cursor (SemioNoteLane *self, int direction, gint64 time_ns);
/* (nullable) */
const SemioLaneNote *semio_note_lane_get_cursor (SemioNoteLane *self);
/* (transfer full) (nullable): "2 of 5, 0:25: Tonic · A: …", of the mark in hand. */
char *semio_note_lane_describe_cursor (SemioNoteLane *self);
/* (nullable): the mark under a point in the widget's coordinates. */
const SemioLaneNote *semio_note_lane_find_at (SemioNoteLane *self, double x_px);
/* Fonts or colours changed. */
void semio_note_lane_reset (SemioNoteLane *self);

G_END_DECLS
