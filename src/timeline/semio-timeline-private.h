/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-hover-layer.h"
#include "semio-minimap.h"
#include "semio-note-lane.h"
#include "semio-timeline-input.h"
#include "semio-timeline-selection.h"
#include "semio-timeline.h"

G_BEGIN_DECLS

#define SEMIO_TIMELINE_N_NOTE_LANES 3

struct _SemioTimeline {
  GtkWidget parent_instance;
  SemioAxis *axis;
  SemioTimelineStyle *style;
  SemioTimelineSelection *selection;
  SemioTimelineInput *input;
  GtkWidget *ruler, *scroller, *list, *event_ground, *event_lines, *selection_layer, *hover_layer, *playhead_layer, *minimap;
  SemioReview *review;
  SemioFeatureSet *features;
  SemioLaneSet *set;
  gint64 position_ns;
  gboolean follow;
  int feature, run, segment; /* in hand */
  guint reveal_id, judged_id;
  GtkWidget *note_lanes[SEMIO_TIMELINE_N_NOTE_LANES]; /* by SemioNoteLaneKind */
  GtkWidget *popover; /* (nullable) for the name of a bookmark */
  gint64 bookmark_ns; /* which it is about */
  GSimpleAction *lane_actions[SEMIO_SIGNAL_LANE_N_KINDS]; /* owned by the widget's group */
  gint64 load_begin_us; /* when the computation was first heard of, 0 not yet */
  double load_begin_fraction; /* how far it was then */
  GtkWidget *menu; /* (nullable) made when it is first asked for */
  GtkWidget *signal_lanes[SEMIO_SIGNAL_LANE_N_KINDS];
  gboolean signal_shown[SEMIO_SIGNAL_LANE_N_KINDS]; /* switched on */
  gboolean signals_awaited; /* nothing is there yet, but a sentence about it */
  SemioStudy *load_study; /* (nullable) whose signals are shown or loaded */
  gint64 load_recording_id;
  GCancellable *load_cancellable; /* (nullable) of a load to come or under way */
  guint load_id;
};

/* The event with some time about it; the whole when it is not known. */
SemioSpan semio_timeline_get_event_view (SemioTimeline *self);

/* As little as needed for a span to be in view, from its begin on. */
void semio_timeline_reveal_span (SemioTimeline *self, SemioSpan span);

void semio_timeline_add_note_lanes (SemioTimeline *self);
void semio_timeline_follow_notes (SemioTimeline *self);
void semio_timeline_update_notes (SemioTimeline *self);
gboolean semio_timeline_move_note (SemioTimeline *self, SemioNoteLane *lane, int direction);

void semio_timeline_load_speech (SemioTimeline *self, SemioStudy *study, gint64 recording_id, GCancellable *cancellable);

void semio_timeline_add_signal_lanes (SemioTimeline *self);
int semio_timeline_measure_signal_lanes (SemioTimeline *self);
int semio_timeline_allocate_signal_lanes (SemioTimeline *self, int y_px, int width_px);
void semio_timeline_reload_signals (SemioTimeline *self);
char *semio_timeline_describe_progress (double fraction, double begin_fraction, gint64 elapsed_us);
void semio_timeline_stop_signals (SemioTimeline *self);

void semio_timeline_add_menu (SemioTimeline *self);
void semio_timeline_show_menu (SemioTimeline *self, double x, double y);

G_END_DECLS
