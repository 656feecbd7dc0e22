/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-cell-painter.h"

/* A fill lets the shape on it be read, in light and dark. */
#define FILL_ALPHA 0.38
#define LINE_ALPHA 0.55
#define CORNER_PX 3.0

static GdkRGBA
look_up (GtkStyleContext *context, const char *name, const char *fallback)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (context, name, &color))
    gdk_rgba_parse (&color, fallback);
  return color;
}

void
semio_run_cell_colors_read (SemioRunCellColors *colors, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  gtk_style_context_get_color (context, &colors->words);
  colors->good = look_up (context, "success_color", "#26a269");
  colors->fair = look_up (context, "warning_color", "#cd9309");
  colors->bad = look_up (context, "error_color", "#c01c28");
  colors->accent = look_up (context, "accent_color", "#1c71d8");
}

static void
set_color (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

static void
add_rounded (cairo_t *cr, double x, double y, double width, double height)
{
  double r = MIN (CORNER_PX, width / 2);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + width - r, y + height - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + height - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
fill (cairo_t *cr, const GdkRGBA *color, double x, double y, double width, double height)
{
  add_rounded (cr, x, y, width, height);
  set_color (cr, color, FILL_ALPHA);
  cairo_fill (cr);
}

static void
outline (cairo_t *cr, const GdkRGBA *color, double x, double y, double size_px)
{
  add_rounded (cr, x + 0.5, y + 0.5, size_px - 1, size_px - 1);
  set_color (cr, color, LINE_ALPHA);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Shapes stand in a square of one by one. */
static void
add_tick (cairo_t *cr)
{
  cairo_move_to (cr, 0.26, 0.52);
  cairo_line_to (cr, 0.43, 0.69);
  cairo_line_to (cr, 0.76, 0.32);
}

static void
add_cross (cairo_t *cr)
{
  cairo_move_to (cr, 0.3, 0.3);
  cairo_line_to (cr, 0.7, 0.7);
  cairo_move_to (cr, 0.7, 0.3);
  cairo_line_to (cr, 0.3, 0.7);
}

static void
add_wave (cairo_t *cr)
{
  cairo_move_to (cr, 0.22, 0.56);
  cairo_curve_to (cr, 0.36, 0.26, 0.46, 0.4, 0.5, 0.5);
  cairo_curve_to (cr, 0.54, 0.6, 0.64, 0.74, 0.78, 0.44);
}

static void
stroke_shape (cairo_t *cr, const GdkRGBA *color, void (*add) (cairo_t *cr), double x, double y, double size_px)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size_px, size_px);
  add (cr);
  cairo_restore (cr);
  set_color (cr, color, 1);
  cairo_set_line_width (cr, MAX (1.5, size_px / 12));
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

void
semio_run_cell_paint (cairo_t *cr, const SemioRunCellColors *colors, SemioCoverageState state, double share, double x, double y,
                      double size_px)
{
  switch (state)
    {
    case SEMIO_COVERAGE_DONE:
      fill (cr, &colors->good, x, y, size_px, size_px);
      stroke_shape (cr, &colors->words, add_tick, x, y, size_px);
      break;
    case SEMIO_COVERAGE_REPAIRED:
      fill (cr, &colors->fair, x, y, size_px, size_px);
      stroke_shape (cr, &colors->words, add_wave, x, y, size_px);
      break;
    case SEMIO_COVERAGE_FAILED:
      fill (cr, &colors->bad, x, y, size_px, size_px);
      stroke_shape (cr, &colors->words, add_cross, x, y, size_px);
      break;
    case SEMIO_COVERAGE_PART:
      fill (cr, &colors->accent, x, y, MAX (4, size_px * share), size_px);
      outline (cr, &colors->words, x, y, size_px);
      break;
    case SEMIO_COVERAGE_OPEN:
      outline (cr, &colors->words, x, y, size_px);
      break;
    case SEMIO_COVERAGE_NOT_ASKED:
    default:
      cairo_arc (cr, x + size_px / 2, y + size_px / 2, 1.5, 0, 2 * G_PI);
      set_color (cr, &colors->words, LINE_ALPHA);
      cairo_fill (cr);
      break;
    }
}
