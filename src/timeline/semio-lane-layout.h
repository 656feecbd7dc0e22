/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-axis.h"
#include "semio-lane-set.h"

G_BEGIN_DECLS

/* Heights of what stands in the lanes; they follow the font. */
typedef struct {
  int header_px; /* a group's heading */
  int run_px; /* one run's row */
  int gap_px; /* between two rows */
  int reference_px; /* the reference's row, 0 while it is not revealed */
  int padding_px; /* above the first row and below the last */
} SemioLaneMetrics;

typedef enum {
  SEMIO_LANE_BAND_HEADER,
  SEMIO_LANE_BAND_LANE,
} SemioLaneBandKind;

/* One heading or lane in the stack, top to bottom. */
typedef struct {
  SemioLaneBandKind kind;
  guint index; /* into the set's groups or lanes */
  int y_px, height_px;
} SemioLaneBand;

typedef enum {
  SEMIO_LANE_ITEM_ANSWER,
  SEMIO_LANE_ITEM_REFERENCE,
  SEMIO_LANE_ITEM_JUDGEMENT,
} SemioLaneItemKind;

/* One shape that is painted and can be pointed at; pixels count from the lane's top and the axis' left end. */
typedef struct {
  SemioLaneItemKind kind;
  guint run; /* index into the lane's runs; of a judgement into its persons */
  guint first, n; /* answers of the run, or judgements, that it stands for; several where they are narrower than a pixel */
  SemioAnswer answer;
  double x_px, y_px, width_px, height_px;
} SemioLaneItem;

/* What lies under a point of a lane. */
typedef struct {
  const SemioLaneItem *item; /* (nullable) */
  const SemioLaneRun *run; /* (nullable) the row, also beside its cells */
  const SemioLaneAnswer *answer; /* (nullable) */
  const SemioLanePerson *person; /* (nullable) whose row it is, also beside its cells */
  const SemioLaneJudgement *judgement; /* (nullable) */
} SemioLaneHit;

/* Headings and lanes one under another; collapsed (nullable) holds one flag per group. Returns the whole height. */
int semio_lane_layout_stack (SemioLaneSet *set, const SemioLaneMetrics *metrics, const gboolean *collapsed, GArray *bands);
/* The band at a height, NULL between and outside. */
const SemioLaneBand *semio_lane_layout_find_band (const GArray *bands, double y_px);

/* The bands between two heights, first to end - 1. */
void semio_lane_layout_cull_bands (const GArray *bands, double top_px, double bottom_px, guint *first, guint *end);

/* Rows from top to bottom: runs, the reference, persons. */
int semio_lane_layout_get_lane_height (const SemioLaneMetrics *metrics, guint n_runs, guint n_persons);
int semio_lane_layout_get_run_y (const SemioLaneMetrics *metrics, guint run);
int semio_lane_layout_get_reference_y (const SemioLaneMetrics *metrics, guint n_runs);
int semio_lane_layout_get_person_y (const SemioLaneMetrics *metrics, guint n_runs, guint person);

/* Where an answer's cell begins and ends: segments overlap, their cells meet in the middle of the overlap. */
SemioSpan semio_lane_layout_get_cell_span (const GArray *answers, guint index);
/* The answers whose cells overlap a span. */
void semio_lane_layout_cull (const GArray *answers, SemioSpan visible, guint *first, guint *n);

/* Fills items with all that is visible of a lane. What is painted and what is hit read this one array. */
void semio_lane_layout_prepare (SemioLaneSet *set, const SemioLane *lane, const SemioLaneMetrics *metrics, SemioAxis *axis,
                                GArray *items);
SemioLaneHit semio_lane_layout_hit (const SemioLane *lane, const SemioLaneMetrics *metrics, SemioAxis *axis, const GArray *items,
                                    double x_px, double y_px);

G_END_DECLS
