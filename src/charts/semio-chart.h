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
/* Draws into 0 … width, 0 … height. */
void semio_chart_draw (SemioChart *chart, const SemioChartStyle *style, cairo_t *cr, double width_px, double height_px);
/* The mark under a point, or -1; reads the same places as drawing. Marks count row by row, series by series. */
int semio_chart_find_mark (SemioChart *chart, const SemioChartStyle *style, double width_px, double height_px, double x,
                           double y);
/* "Tonic, run A: F1 0.61, 0.52 to 0.70". */
char *semio_chart_describe_mark (SemioChart *chart, guint mark);
guint semio_chart_get_n_marks (SemioChart *chart);

/* ---- Kinds ---- */

/* Rows of labels with a figure for each series and its interval, on an axis from low to high: a forest plot. values and
 * intervals: row by row, series by series. Texts are copied. */
SemioChart *semio_chart_new_forest (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                    const char *const *series, const SemioFigure *values, const SemioInterval *intervals,
                                    double low, double high);
/* Rows × columns of figures in squares of colour with the number in them. */
SemioChart *semio_chart_new_heat (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                  const char *const *columns, const SemioFigure *values, double low, double high);
/* Rows of shares that add up to 1, one part a series, with the number of cases at the end: stacked bars. shares: row by row. */
SemioChart *semio_chart_new_stack (const char *title, const char *sentence, const char *const *rows, const char *const *parts,
                                   const double *shares, const guint *n);
/* From one figure to another for each row: plain to enhanced. Two values a row. */
SemioChart *semio_chart_new_arrows (const char *title, const char *sentence, const char *measure, const char *const *rows,
                                    const char *from, const char *to, const SemioFigure *values, double low, double high);

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
