/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chart.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_CHART_KIND_FOREST,
  SEMIO_CHART_KIND_HEAT,
  SEMIO_CHART_KIND_STACK,
  SEMIO_CHART_KIND_ARROWS,
} SemioChartKind;

struct _SemioChart {
  gatomicrefcount refs;
  SemioChartKind kind;
  char *title, *sentence, *measure;
  GStrv rows;
  GStrv series; /* columns of a heat map, parts of a stack, both ends of arrows */
  guint n_rows, n_series;
  SemioFigure *values; /* row by row */
  SemioInterval *intervals; /* (nullable) */
  guint *counts; /* (nullable): of rows */
  double low, high; /* of the axis */
};

/* Where things stand, in units of the drawing. */
typedef struct {
  double title_y, legend_y;
  double left, right, top, bottom; /* of the field with the data */
  double row_px;
  double label_right; /* labels of rows end here */
  double axis_y;
} SemioChartPlaces;

SemioChartPlaces semio_chart_place (const SemioChart *chart, const SemioChartStyle *style, double width_px, double height_px);
double semio_chart_value_to_x (const SemioChart *chart, const SemioChartPlaces *places, double value);
/* The middle of a mark of a forest, heat map or arrows; for stacks the middle of the part. */
void semio_chart_get_mark_place (const SemioChart *chart, const SemioChartPlaces *places, guint row, guint series, double *x,
                                 double *y);
/* The share at which a part of a stack begins. */
double semio_chart_get_part_begin (const SemioChart *chart, guint row, guint series);

void semio_chart_draw_frame (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places,
                             double width_px);
void semio_chart_draw_forest (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_heat (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_stack (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);
void semio_chart_draw_arrows (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places);

/* "0.61": the same in every locale. */
char *semio_chart_format_value (double value);

G_END_DECLS
