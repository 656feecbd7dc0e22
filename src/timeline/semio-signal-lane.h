/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-signal-set.h"
#include "semio-timeline-layer.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_SIGNAL_LANE_THUMBS,
  SEMIO_SIGNAL_LANE_WAVEFORM,
  SEMIO_SIGNAL_LANE_SPECTROGRAM,
  SEMIO_SIGNAL_LANE_MOTION,
  SEMIO_SIGNAL_LANE_QUARTERS, /* the motion of each quarter of the picture */
} SemioSignalLaneKind;

#define SEMIO_SIGNAL_LANE_N_KINDS (SEMIO_SIGNAL_LANE_QUARTERS + 1)

#define SEMIO_TYPE_SIGNAL_LANE (semio_signal_lane_get_type ())
G_DECLARE_FINAL_TYPE (SemioSignalLane, semio_signal_lane, SEMIO, SIGNAL_LANE, SemioTimelineLayer)

/**
 * SemioSignalLane:
 *
 * What was computed from sound and picture, drawn over the time of the timeline: one value for each pixel, so that it costs the
 * same at any zoom. Before that a sentence tells how far it is.
 */
GtkWidget *semio_signal_lane_new (SemioAxis *axis, SemioTimelineStyle *style, SemioSignalLaneKind kind);

/* "Waveform", and the name that the timeline's action for it has: "waveform". */
const char *semio_signal_lane_kind_get_label (SemioSignalLaneKind kind);
const char *semio_signal_lane_kind_get_name (SemioSignalLaneKind kind);

/* (nullable): nothing is there yet, and message (nullable) says why. */
void semio_signal_lane_set_signals (SemioSignalLane *self, SemioSignalSet *signals, const char *message);
/* FALSE when the recording has no such signal: without sound no waveform. */
gboolean semio_signal_lane_has_signal (SemioSignalLane *self);
/* How often it was painted so far. */
guint64 semio_signal_lane_get_n_snapshots (SemioSignalLane *self);
/* Fonts or colours changed. */
void semio_signal_lane_reset (SemioSignalLane *self);

G_END_DECLS
