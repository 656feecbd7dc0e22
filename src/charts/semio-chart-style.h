/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>
#include <pango/pango.h>

G_BEGIN_DECLS

typedef struct {
  double red, green, blue;
} SemioColor;

/* For what a figure is drawn. */
typedef enum {
  SEMIO_CHART_LIGHT, /* screen, paper in colour */
  SEMIO_CHART_DARK,
  SEMIO_CHART_GREY, /* paper without colour: series are told apart by lightness and mark */
} SemioChartLook;

#define SEMIO_N_SERIES_COLORS 7
#define SEMIO_CHART_FONT_PX 13.0

/**
 * SemioChartStyle:
 *
 * Colours and type of a figure. The colours of series are those of M. Okabe and K. Ito, which people with colour
 * blindness tell apart, in an order in which neighbours also differ in lightness. Plain memory.
 */
typedef struct {
  SemioColor background, text, dim, grid, fill;
  SemioColor series[SEMIO_N_SERIES_COLORS];
  SemioColor steps[3]; /* the low end, middle and high end of a scale of steps */
  double font_px; /* height of an em */
  const char *family;
  gboolean without_title; /* the words around the figure say it */
} SemioChartStyle;

SemioChartStyle semio_chart_style_get (SemioChartLook look);
void semio_color_set (cairo_t *cr, SemioColor color);
/* Between two colours: share 0 is the first. */
SemioColor semio_color_mix (SemioColor one, SemioColor other, double share);
/* Black or white, whichever is read better on a colour. */
SemioColor semio_color_contrast (SemioColor color);

/* Marks of series, so that none is told apart by colour alone: circle, square, triangle, diamond, cross, ring, bar. */
void semio_chart_draw_mark (cairo_t *cr, guint series, double x, double y, double size_px);

/* Text of one line. align: 0 begins at x, 0.5 stands around it, 1 ends there; y is the middle of the line. Longer than
 * max_width (0: any) it is cut with an ellipsis. Gives the width. */
double semio_chart_draw_text (cairo_t *cr, const SemioChartStyle *style, const char *text, double x, double y, double align,
                              double max_width, gboolean bold);
/* The same in several lines around x, the last of them over y; longer than max_lines it is cut with an ellipsis. */
void semio_chart_draw_lines (cairo_t *cr, const SemioChartStyle *style, const char *text, double x, double y, double width_px,
                             int max_lines);
double semio_chart_measure_text (const SemioChartStyle *style, const char *text, gboolean bold);

G_END_DECLS
