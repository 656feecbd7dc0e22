/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-answer.h"
#include "semio-lane-layout.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_TIMELINE_COLOR_TEXT,
  SEMIO_TIMELINE_COLOR_DIM, /* text that stands back */
  SEMIO_TIMELINE_COLOR_OUTLINE, /* of cells */
  SEMIO_TIMELINE_COLOR_GRID, /* lines between lanes, ticks */
  SEMIO_TIMELINE_COLOR_HEADER, /* ground of a heading */
  SEMIO_TIMELINE_COLOR_ACCENT,
  SEMIO_TIMELINE_COLOR_ON_ACCENT,
  SEMIO_TIMELINE_COLOR_SELECTED, /* ground of the lane in hand */
  SEMIO_TIMELINE_COLOR_EVENT,
  SEMIO_TIMELINE_COLOR_EVENT_GROUND,
  SEMIO_TIMELINE_COLOR_PLAYHEAD,
  SEMIO_TIMELINE_COLOR_REFERENCE,
  SEMIO_TIMELINE_COLOR_JUDGEMENT, /* ground of what a person judged */
  SEMIO_TIMELINE_COLOR_HOVER,
  SEMIO_TIMELINE_COLOR_GROUND, /* what the timeline stands on */
  SEMIO_TIMELINE_N_COLORS,
} SemioTimelineColor;

typedef enum {
  SEMIO_TIMELINE_TEXT_WORD, /* in cells, the smallest */
  SEMIO_TIMELINE_TEXT_RUN, /* A, B */
  SEMIO_TIMELINE_TEXT_LABEL, /* names of features */
  SEMIO_TIMELINE_TEXT_LABEL_SELECTED,
  SEMIO_TIMELINE_TEXT_HEADER,
  SEMIO_TIMELINE_TEXT_RULER,
} SemioTimelineText;

#define SEMIO_TYPE_TIMELINE_STYLE (semio_timeline_style_get_type ())
G_DECLARE_FINAL_TYPE (SemioTimelineStyle, semio_timeline_style, SEMIO, TIMELINE_STYLE, GObject)

/**
 * SemioTimelineStyle:
 *
 * What all parts of a timeline share: colours taken from the theme, heights that follow the font, the width of the
 * label column, and the words that stand in cells, laid out once.
 */
SemioTimelineStyle *semio_timeline_style_new (void);

/* Reads colours and fonts anew; the layouts made before are dropped. */
void semio_timeline_style_update (SemioTimelineStyle *style, GtkWidget *widget);
/* Measures the label column for what is shown; 0 runs or no set gives the least. */
void semio_timeline_style_measure_labels (SemioTimelineStyle *style, GtkWidget *widget, SemioLaneSet *set);
/* The label column takes at most its share of this width. */
void semio_timeline_style_set_available (SemioTimelineStyle *style, int width_px);

const GdkRGBA *semio_timeline_style_get_color (SemioTimelineStyle *style, SemioTimelineColor color);
const SemioLaneMetrics *semio_timeline_style_get_metrics (SemioTimelineStyle *style, gboolean with_reference);
int semio_timeline_style_get_ruler_height (SemioTimelineStyle *style);
int semio_timeline_style_get_event_height (SemioTimelineStyle *style);
/* The whole label column, and the part of it at its end that names the runs. */
int semio_timeline_style_get_label_width (SemioTimelineStyle *style);
int semio_timeline_style_get_run_label_width (SemioTimelineStyle *style);

/* A new layout in one of the timeline's fonts. */
PangoLayout *semio_timeline_style_create_layout (SemioTimelineStyle *style, GtkWidget *widget, SemioTimelineText kind,
                                                 const char *text);
/* (transfer none): the word of an answer, laid out once, with its size. */
PangoLayout *semio_timeline_style_get_word (SemioTimelineStyle *style, SemioAnswer answer, int *width_px, int *height_px);
/* (transfer none): any other short word in the same font, laid out once. */
PangoLayout *semio_timeline_style_get_text (SemioTimelineStyle *style, GtkWidget *widget, const char *text);

G_END_DECLS
