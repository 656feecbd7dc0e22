/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chart.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_CHART_KIND_FOREST,
  SEMIO_CHART_KIND_HEAT,
  SEMIO_CHART_KIND_STACK,
  SEMIO_CHART_KIND_ARROWS,
  SEMIO_CHART_KIND_CONFUSION,
  SEMIO_CHART_KIND_BOXES,
  SEMIO_CHART_KIND_CURVES,
} SemioChartKind;

#define SEMIO_CHART_PAD_PX 12.0
#define SEMIO_CHART_LINE_PX 20.0
#define SEMIO_CHART_SERIES_PX 9.0
/* A legend has a mark, then its words, then a gap. */
#define SEMIO_CHART_LEGEND_MARK_PX 16.0
#define SEMIO_CHART_LEGEND_GAP_PX 16.0
/* Words of a legend are cut there. */
#define SEMIO_CHART_LEGEND_MAX_PX 220.0
/* Where the words "yes" and "no" of a reference stand beside a confusion matrix. */
#define SEMIO_CHART_ANSWER_PX 34.0

struct _SemioChart {
  gatomicrefcount refs;
  SemioChartKind kind;
  char *title, *sentence, *measure;
  char *ends[2]; /* (nullable): of arrows */
  char *y_measure; /* (nullable): of curves */
  GStrv rows;
  GStrv series; /* columns of a heat map, parts of a stack */
  GStrv legend; /* what stands in the legend */
  guint n_rows, n_series;
  SemioFigure *values; /* row by row; of curves the areas */
  SemioInterval *intervals; /* (nullable) */
  SemioFigure *constants; /* (nullable) */
  guint *counts; /* (nullable): of the parts of a stack, or of the cells of confusion matrices */
  GStrv notes; /* (nullable): at the ends of rows of a stack */
  gboolean has_neither; /* some answer of a confusion matrix is neither yes nor no */
  SemioChartPoint *points; /* of boxes only x */
  guint *first_point; /* of each row, of curves of each row and series, and one more at the end */
  double *quartiles; /* (nullable): of each row of boxes: least, first, median, third, most */
  double *levels; /* (nullable): of curves */
  double *legend_px; /* how wide the words of the legend, or of the columns, are at the type's usual height */
  double label_px; /* the widest label of a row, likewise */
  double spread;
  double low, high; /* of the axis */
};

/* Heads of columns are broken into at most so many lines. */
#define SEMIO_CHART_HEAD_LINES 3
#define SEMIO_CHART_N_QUARTILES 5
/* Fewer points than this speak for themselves. */
#define SEMIO_CHART_MIN_BOX 4

/* Where things stand, in units of the drawing. */
typedef struct {
  double title_y, legend_y;
  double heads_y; /* heads of columns end here */
  double left, right, top, bottom; /* of the field with the data */
  double row_px;
  double label_right; /* labels of rows end here */
  double axis_y;
} SemioChartPlaces;

/* Where the curves of a row stand. */
typedef struct {
  double x, y, size; /* the upper left corner of the field */
} SemioChartSquare;

/* Beside and above or below of each. */
#define SEMIO_CHART_SQUARE_SIDE_PX 44.0
#define SEMIO_CHART_SQUARE_HEAD_PX 46.0

SemioChartSquare semio_chart_get_square (const SemioChart *chart, const SemioChartPlaces *places, guint row);
SemioChartPlaces semio_chart_place (const SemioChart *chart, const SemioChartStyle *style, double width_px, double height_px);
/* What of a chart stays together when it goes on on another page: lines of rows from places.top on, each of this height. */
guint semio_chart_count_lines (const SemioChart *chart, const SemioChartPlaces *places, double *line_px);
double semio_chart_value_to_x (const SemioChart *chart, const SemioChartPlaces *places, double value);
/* The middle of a mark; of a stack the middle of the part. */
void semio_chart_get_mark_place (const SemioChart *chart, const SemioChartPlaces *places, guint mark, double *x, double *y);
/* The row that a point belongs to; of curves rows times series. */
guint semio_chart_get_point_row (const SemioChart *chart, guint point);
/* Of so many points of a row one is drawn: more than some thousands are a blot that takes long. */
guint semio_chart_get_point_step (const SemioChart *chart, guint row);
/* The share at which a part of a stack begins. */
double semio_chart_get_part_begin (const SemioChart *chart, guint row, guint series);
/* How many cells a confusion matrix has side by side. */
guint semio_chart_get_n_answers (const SemioChart *chart);
gboolean semio_chart_has_legend (const SemioChart *chart);
/* Where a legend's lines begin: at the field; at the figure's edge when an entry is wider than the field. */
double semio_chart_get_legend_left (const SemioChart *chart, const SemioChartStyle *style, double left, double right);
/* Of how many lines of an axis one has its number, so that no two run into one another. */
guint semio_chart_get_tick_step (const SemioChart *chart, const SemioChartStyle *style, const SemioChartPlaces *places);
/* Places the next entry of a legend; *x and *y go on. Gives where its mark begins. */
double semio_chart_step_legend (const SemioChart *chart, const SemioChartStyle *style, guint entry, double left, double right,
                                double *x, double *y);

void semio_chart_draw_line (cairo_t *cr, double x1, double y1, double x2, double y2, double width);
SemioColor semio_chart_get_series_color (const SemioChart *chart, const SemioChartStyle *style, guint series);
void semio_chart_draw_frame (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places,
                             double width_px);
void semio_chart_draw_forest (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_heat (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_stack (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_arrows (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_confusion (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_boxes (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_curves (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
/* How a series' line is dashed, so that curves are told apart without colour. */
void semio_chart_set_dash (cairo_t *cr, guint series);

/* "0.61": the same in every locale. */
char *semio_chart_format_value (double value);

G_END_DECLS
