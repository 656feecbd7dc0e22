/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-feature-set.h"
#include "semio-lane-set.h"
#include "semio-review.h"
#include "semio-signal-lane.h"
#include "semio-span.h"
#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_TIMELINE (semio_timeline_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimeline, semio_timeline, SEMIO, TIMELINE, GtkWidget)

/**
 * SemioTimeline:
 *
 * Ruler and lanes of one recording: per feature a lane, per run a thin row of cells in it, and, when they are revealed, the
 * reference's interval and a row for each person who judged what the runs said. Playhead and hover line are layers of their own, so that playing repaints no lanes.
 *
 * Signals:
 * - "seek" (gint64 time_ns, gboolean final): the person points at a time; final is FALSE while the pointer is still
 *   down and moving.
 * - "activate-cell" (int feature, int run, int segment): a cell was chosen. run is -1 when the lane was chosen beside
 *   its rows (its label, the reference), segment is SEMIO_SEGMENT_WHOLE when the answer is of the whole recording or no segment was meant.
 *
 * - "selection-changed": another stretch of the recording is selected, or none.
 *
 * - "edit-bookmark" (gint64 time_ns, const char *text): the person sets a bookmark at a frame or gives it another name; NULL
 *   removes it.
 *
 * - "signals-shown": the person switched a lane of sound or picture on or off.
 *
 * - "spoken" (const char *text): where the keyboard went, for those who listen.
 *
 * The pointer seeks by click and drag. With Shift it selects: a drag selects what it passes, a click moves the nearer end; on
 * the ruler the ends of the selection can be dragged without Shift. A double click selects the interval under the pointer.
 *
 * Below the lanes a strip shows the whole recording and what of it is in view; its window is dragged.
 *
 * The secondary button, Shift+F10 and the Menu key open a menu: what to zoom to, and which lanes of sound and picture are shown.
 *
 * Keys while the focus is inside, or through semio_timeline_handle_key(): + and − zoom about the playhead, Z fits the
 * event and again the whole, Shift+Z the selection or the segment in hand, I and O begin and end the selection at the playhead,
 * Escape drops it, Left and Right go through the intervals of the lane that has the focus, Enter seeks to one and chooses it, Page Up and Page Down pan. Ctrl with the wheel zooms about the pointer, Shift with the wheel
 * pans, the wheel alone scrolls the lanes.
 */
GtkWidget *semio_timeline_new (void);

/* Shows a review; follows its signals. NULL shows nothing. The view is fitted as a case opens: onset −30 s to
 * offset +60 s, whole when unknown. */
void semio_timeline_set_review (SemioTimeline *self, SemioReview *review, SemioFeatureSet *features);
/* Shows lanes that were put together elsewhere; what semio_timeline_set_review() does from a review. */
void semio_timeline_set_lane_set (SemioTimeline *self, SemioLaneSet *lanes);

/* Shows waveform, motion and what else is switched on of a recording: from the cache, or as soon as it is computed. Ends with the
 * next call; study (nullable). */
void semio_timeline_load_signals (SemioTimeline *self, SemioStudy *study, gint64 recording_id);
/* What it does when they are there; both may be NULL. */
void semio_timeline_set_signals (SemioTimeline *self, SemioSignalSet *signals, const char *message);
/* Waveform and motion at first. */
void semio_timeline_set_signal_shown (SemioTimeline *self, SemioSignalLaneKind kind, gboolean shown);
gboolean semio_timeline_get_signal_shown (SemioTimeline *self, SemioSignalLaneKind kind);

/* A bookmark at the shown frame: opens the popover for its name. FALSE when no frame is shown. */
gboolean semio_timeline_open_bookmark (SemioTimeline *self);
/* Seeks to the bookmark before or after the playhead; FALSE when there is none. */
gboolean semio_timeline_go_bookmark (SemioTimeline *self, int direction);

void semio_timeline_set_position (SemioTimeline *self, gint64 position_ns);
gint64 semio_timeline_get_position (SemioTimeline *self);
/* Scrolls the time when the playhead leaves the view; TRUE at first. */
void semio_timeline_set_follow (SemioTimeline *self, gboolean follow);

/* The feature, run and segment in hand; -1 for none. The lane is scrolled into view. Sends no signal. */
void semio_timeline_set_selected (SemioTimeline *self, int feature, int run, int segment);

/* The span that fills the width. */
void semio_timeline_fit (SemioTimeline *self, gint64 begin_ns, gint64 end_ns);
void semio_timeline_fit_event (SemioTimeline *self);
void semio_timeline_fit_whole (SemioTimeline *self);
SemioSpan semio_timeline_get_visible_span (SemioTimeline *self);
/* What is selected, or the segment in hand, between small margins; FALSE when there is none. */
gboolean semio_timeline_fit_selection (SemioTimeline *self);
gboolean semio_timeline_fit_segment (SemioTimeline *self);
/* factor over 1 shows less time; about the playhead when it is in view, else about the middle. */
void semio_timeline_zoom (SemioTimeline *self, double factor);
/* In shares of what is visible; negative is earlier. */
void semio_timeline_pan (SemioTimeline *self, double share);
/* Does what a key of the timeline means; FALSE when it means nothing here. */
gboolean semio_timeline_handle_key (SemioTimeline *self, guint keyval, GdkModifierType state);

/* A stretch of the recording between edges of frames; "selection-changed" tells of every change, also of those made here. */
void semio_timeline_set_selection (SemioTimeline *self, gint64 begin_ns, gint64 end_ns);
void semio_timeline_clear_selection (SemioTimeline *self);
/* span (nullable) */
gboolean semio_timeline_get_selection (SemioTimeline *self, SemioSpan *span);
gint64 semio_timeline_get_selection_frames (SemioTimeline *self);
/* The frame at the playhead becomes the first (I) or the last (O) of the selection. */
void semio_timeline_mark (SemioTimeline *self, gboolean is_out);

/* While a lane shows that it has the focus: the keyboard goes to its next interval, or the one before. Enter on the lane seeks to
 * it and chooses it. FALSE without such a lane. */
gboolean semio_timeline_move_interval (SemioTimeline *self, int direction);

/* Where the time begins, right of the label column, in the widget's coordinates. */
int semio_timeline_get_track_x (SemioTimeline *self);
/* Lays out what is in sight, as the next frame would; for tests and benches. */
void semio_timeline_prepare (SemioTimeline *self);
/* How often a lane was painted so far, those of sound and picture too; for tests and benches. */
guint64 semio_timeline_get_n_lane_snapshots (SemioTimeline *self);

G_END_DECLS
