/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-chart-style.h"

#include <math.h>
#include <pango/pangocairo.h>

static SemioColor
rgb (guint32 value)
{
  return (SemioColor){ ((value >> 16) & 255) / 255.0, ((value >> 8) & 255) / 255.0, (value & 255) / 255.0 };
}

SemioChartStyle
semio_chart_style_get (SemioChartLook look)
{
  static const guint32 colors[SEMIO_N_SERIES_COLORS] = { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x6b6b6b };
  static const guint32 dark_colors[SEMIO_N_SERIES_COLORS] = {
    0x56b4e9, 0xe69f00, 0x35c99a, 0xe6a5c8, 0x8fc7ff, 0xff9352, 0xb8b8b8
  };
  static const guint32 greys[SEMIO_N_SERIES_COLORS] = { 0x1a1a1a, 0x8c8c8c, 0x4d4d4d, 0xb3b3b3, 0x333333, 0xa6a6a6, 0x666666 };
  const guint32 *series = look == SEMIO_CHART_GREY ? greys : look == SEMIO_CHART_DARK ? dark_colors : colors;
  SemioChartStyle style = { .font_px = SEMIO_CHART_FONT_PX, .family = "Cantarell, Sans" };

  style.background = rgb (look == SEMIO_CHART_DARK ? 0x1e1e1e : 0xffffff);
  style.text = rgb (look == SEMIO_CHART_DARK ? 0xf2f2f2 : 0x1f1f1f);
  style.dim = rgb (look == SEMIO_CHART_DARK ? 0xa8a8a8 : 0x5c5c5c);
  style.grid = rgb (look == SEMIO_CHART_DARK ? 0x3a3a3a : 0xdedede);
  style.fill = rgb (look == SEMIO_CHART_GREY ? 0x404040 : look == SEMIO_CHART_DARK ? 0x56b4e9 : 0x0072b2);
  for (guint i = 0; i < SEMIO_N_SERIES_COLORS; i++)
    style.series[i] = rgb (series[i]);
  /* From light to dark also in colour: printed in grey, both ends of a scale would look the same otherwise. */
  style.steps[0] = rgb (look == SEMIO_CHART_GREY ? 0xe8e8e8 : 0xffc98b);
  style.steps[1] = rgb (look == SEMIO_CHART_GREY ? 0x9a9a9a : 0xa4a9b0);
  style.steps[2] = rgb (look == SEMIO_CHART_GREY ? 0x1a1a1a : look == SEMIO_CHART_DARK ? 0x1f6fb0 : 0x00558a);
  return style;
}

void
semio_color_set (cairo_t *cr, SemioColor color)
{
  cairo_set_source_rgb (cr, color.red, color.green, color.blue);
}

SemioColor
semio_color_mix (SemioColor one, SemioColor other, double share)
{
  return (SemioColor){ one.red + (other.red - one.red) * share, one.green + (other.green - one.green) * share,
                       one.blue + (other.blue - one.blue) * share };
}

static double
linearise (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

SemioColor
semio_color_contrast (SemioColor color)
{
  double luminance = 0.2126 * linearise (color.red) + 0.7152 * linearise (color.green) + 0.0722 * linearise (color.blue);

  /* Where both give the same contrast by the rule of WCAG 2. */
  return luminance > 0.179 ? (SemioColor){ 0, 0, 0 } : (SemioColor){ 1, 1, 1 };
}

static void
draw_polygon (cairo_t *cr, double x, double y, const double (*points)[2], guint n, double size_px)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, x + points[i][0] * size_px, y + points[i][1] * size_px);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
semio_chart_draw_mark (cairo_t *cr, guint series, double x, double y, double size_px)
{
  static const double triangle[3][2] = { { 0, -0.6 }, { 0.58, 0.45 }, { -0.58, 0.45 } };
  static const double diamond[4][2] = { { 0, -0.65 }, { 0.65, 0 }, { 0, 0.65 }, { -0.65, 0 } };

  cairo_new_path (cr);
  /* Where the colours begin anew the shapes are one further, so that 49 series differ. */
  switch ((series + series / SEMIO_N_SERIES_COLORS) % SEMIO_N_SERIES_COLORS)
    {
    case 0:
      cairo_arc (cr, x, y, size_px / 2, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    case 1:
      cairo_rectangle (cr, x - size_px * 0.45, y - size_px * 0.45, size_px * 0.9, size_px * 0.9);
      cairo_fill (cr);
      break;
    case 2:
      draw_polygon (cr, x, y, triangle, G_N_ELEMENTS (triangle), size_px);
      break;
    case 3:
      draw_polygon (cr, x, y, diamond, G_N_ELEMENTS (diamond), size_px);
      break;
    case 4:
      cairo_set_line_width (cr, size_px / 4);
      cairo_move_to (cr, x - size_px * 0.4, y - size_px * 0.4);
      cairo_line_to (cr, x + size_px * 0.4, y + size_px * 0.4);
      cairo_move_to (cr, x - size_px * 0.4, y + size_px * 0.4);
      cairo_line_to (cr, x + size_px * 0.4, y - size_px * 0.4);
      cairo_stroke (cr);
      break;
    case 5:
      cairo_set_line_width (cr, size_px / 4);
      cairo_arc (cr, x, y, size_px * 0.4, 0, 2 * G_PI);
      cairo_stroke (cr);
      break;
    default:
      cairo_rectangle (cr, x - size_px * 0.15, y - size_px * 0.5, size_px * 0.3, size_px);
      cairo_fill (cr);
    }
}

static PangoLayout *
make_layout (cairo_t *cr, const SemioChartStyle *style, const char *text, gboolean bold)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_new ();

  /* What a file holds is measured in its own units, whatever the screen's resolution. */
  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_family (font, style->family);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, style->font_px * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_font_description_free (font);
  return layout;
}

double
semio_chart_draw_text (cairo_t *cr, const SemioChartStyle *style, const char *text, double x, double y, double align,
                       double max_width, gboolean bold)
{
  g_autoptr (PangoLayout) layout = make_layout (cr, style, text, bold);
  int width, height;

  if (max_width > 0)
    {
      pango_layout_get_size (layout, &width, &height);
      if (width > max_width * PANGO_SCALE)
        {
          pango_layout_set_width (layout, (int) (max_width * PANGO_SCALE));
          pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
        }
    }
  pango_layout_get_size (layout, &width, &height);
  cairo_move_to (cr, x - align * width / PANGO_SCALE, y - height / 2.0 / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  return (double) width / PANGO_SCALE;
}

void
semio_chart_draw_lines (cairo_t *cr, const SemioChartStyle *style, const char *text, double x, double y, double width_px,
                        int max_lines)
{
  g_autoptr (PangoLayout) layout = make_layout (cr, style, text, FALSE);
  int height;

  pango_layout_set_single_paragraph_mode (layout, FALSE);
  pango_layout_set_width (layout, (int) (width_px * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_height (layout, -max_lines);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cr, x - width_px / 2, y - (double) height / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

double
semio_chart_measure_text (const SemioChartStyle *style, const char *text, gboolean bold)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = make_layout (cr, style, text, bold);
  int width, height;

  pango_layout_get_size (layout, &width, &height);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return (double) width / PANGO_SCALE;
}
