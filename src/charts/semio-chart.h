/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-chart-style.h"
#include "semio-figure.h"

G_BEGIN_DECLS

/**
 * SemioChart:
 *
 * A figure: what is drawn, without saying where. The same for screen, SVG, PDF and PNG. Reference counted, not changed once
 * made. Whatever is missing is said in words at its place.
 */
typedef struct _SemioChart SemioChart;

SemioChart *semio_chart_ref (SemioChart *chart);
void semio_chart_unref (SemioChart *chart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioChart, semio_chart_unref)

const char *semio_chart_get_title (SemioChart *chart);
/* One sentence on what it shows, for those who do not see it and under it in print. */
const char *semio_chart_get_sentence (SemioChart *chart);
/* Room in which everything is read well. */
void semio_chart_get_natural_size (SemioChart *chart, const SemioChartStyle *style, double *width_px, double *height_px);
/* The least width at which it is read. */
double semio_chart_get_min_width (SemioChart *chart, const SemioChartStyle *style);
/* The height that goes with another width: a legend may need more lines. */
double semio_chart_get_height (SemioChart *chart, const SemioChartStyle *style, double width_px);
/* Draws into 0 … width, 0 … height. */
void semio_chart_draw (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, double width_px, double height_px);
/* The mark under a point, or -1; reads the same places as drawing. Marks count row by row, series by series, unless the kind
 * says otherwise. */
int semio_chart_find_mark (SemioChart *chart, const SemioChartStyle *style, double width_px, double height_px, double x,
                           double y);
/* "Tonic, run A: F1 0.61, 0.52 to 0.70". */
char *semio_chart_describe_mark (SemioChart *chart, guint mark);
guint semio_chart_get_n_marks (SemioChart *chart);

/* What a mark is, for tables. Borrowed words. */
typedef struct {
  const char *row, *series, *measure;
  SemioFigure value; /* of a curve the height */
  SemioInterval interval; /* of a forest; else %SEMIO_FIGURE_NO_PAIRS */
} SemioChartValue;

SemioChartValue semio_chart_read_mark (SemioChart *chart, guint mark);

/* ---- Kinds ---- */

/* Rows of labels with a figure for each series and its interval, on an axis from low to high: a forest plot. values,
 * intervals and constants (nullable: what the best constant answer has, a dashed line beside each mark): row by row, series by
 * series. Texts are copied. */
SemioChart *semio_chart_new_forest (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                    const char *const *series, const SemioFigure *values, const SemioInterval *intervals,
                                    const SemioFigure *constants, double low, double high);
/* Rows × columns of figures in squares of colour with the number in them. */
SemioChart *semio_chart_new_heat (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                  const char *const *columns, const SemioFigure *values, double low, double high);
/* Rows of cases in parts, each row as long as the others: stacked bars. counts: row by row, part by part. notes: (nullable) words
 * at the end of each row, where otherwise the number of cases stands. */
SemioChart *semio_chart_new_stack (const char *title, const char *sentence, const char *const *rows, const char *const *parts,
                                   const guint *counts, const char *const *notes);
/* From one figure to another for each row and series: plain to enhanced. values: row by row, series by series, two each; marks
 * count the same way. from, to: what both ends are called. */
SemioChart *semio_chart_new_arrows (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                    const char *const *series, const char *from, const char *to, const SemioFigure *values,
                                    double low, double high);

#define SEMIO_N_CONFUSION_CELLS 6

/* A confusion matrix for each row and column. counts: row by row, column by column, six each: the reference's yes answered with
 * yes, no, neither; its no likewise. Marks count the same way. Where all six are 0 nothing was scored. */
SemioChart *semio_chart_new_confusion (const char *title, const char *sentence, const char *const *rows,
                                       const char *const *columns, const guint *counts);

/* Each value of a row as a point, and over them a box from the first to the third quartile with the median, and whiskers to
 * the ends; fewer than four points have no box. values: row by row; n_values: of each row. Marks count the points. spread: how
 * far equal values are moved apart along the axis, so that each is seen; 0 not at all. */
SemioChart *semio_chart_new_boxes (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                   const double *values, const guint *n_values, double spread, double low, double high);

typedef struct {
  double x, y;
} SemioChartPoint;

/* Curves in squares of shares from 0 to 1, a square a row. points: row by row, series by series; n_points: of each; areas: told in the
 * square, or why there is no curve. levels: (nullable) of each, the height that one and the same score for all has; NULL draws the
 * diagonal instead. Marks count the points. */
SemioChart *semio_chart_new_curves (const char *title, const char *sentence, const char *x_measure, const char *y_measure,
                                    const char *const *rows, const char *const *series, const SemioChartPoint *points,
                                    const guint *n_points, const SemioFigure *areas, const double *levels);

/* ---- Files ---- */

typedef enum {
  SEMIO_CHART_SVG,
  SEMIO_CHART_PDF,
  SEMIO_CHART_PNG, /* twice as many pixels as units */
} SemioChartFormat;

gboolean semio_chart_format_from_name (const char *file_name, SemioChartFormat *format);
/* The same figure gives the same bytes. */
GBytes *semio_chart_render (SemioChart *chart, SemioChartFormat format, SemioChartLook look, double width_px, double height_px,
                            GError **error);

G_END_DECLS
