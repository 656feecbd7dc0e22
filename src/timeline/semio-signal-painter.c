/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-painter.h"

#include <math.h>

/* Bars drawn by one command, see the cell painter. */
#define BARS_PER_COMMAND 128
#define THUMB_GAP_PX 1

static guint
get_n_columns (SemioTimelineLayer *layer)
{
  return (guint) ceil (semio_axis_get_width (semio_timeline_layer_get_axis (layer)));
}

static SemioSignalValue *
read_columns (SemioTimelineLayer *layer, SemioSignalPyramid *pyramid, guint n)
{
  SemioSignalValue *columns = g_new (SemioSignalValue, n);

  semio_signal_pyramid_read (pyramid, semio_axis_get_visible (semio_timeline_layer_get_axis (layer)), columns, n);
  return columns;
}

static void
fill (SemioTimelineLayer *layer, cairo_t *cr, SemioTimelineColor color)
{
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, color));
  cairo_fill (cr);
}

/* Rows of whole pixels of a column: at least one, so that silence is a line and not nothing. */
static void
add_bar (cairo_t *cr, guint column, double top_px, double bottom_px)
{
  double top = floor (top_px + 0.5), bottom = MAX (floor (bottom_px + 0.5), top + 1);

  cairo_rectangle (cr, column, top, 1, bottom - top);
}

void
semio_signal_painter_draw_waveform (SemioTimelineLayer *layer, cairo_t *cr, SemioSignalPyramid *pyramid, double y_px,
                                    double height_px)
{
  guint n = get_n_columns (layer);
  g_autofree SemioSignalValue *columns = read_columns (layer, pyramid, n);
  SemioSignalValue range = semio_signal_pyramid_get_range (pyramid);
  double half = height_px / 2, middle = y_px + half, scale;

  /* A quiet recording fills the lane too; one without any sound stays a line. */
  scale = half / MAX (MAX (fabs (range.minimum), fabs (range.maximum)), 0.02);
  for (guint first = 0; first < n; first += BARS_PER_COMMAND)
    {
      guint end = MIN (first + BARS_PER_COMMAND, n);

      for (guint i = first; i < end; i++)
        if (!semio_signal_value_is_empty (&columns[i]))
          add_bar (cr, i, middle - columns[i].maximum * scale, middle - columns[i].minimum * scale);
      fill (layer, cr, SEMIO_TIMELINE_COLOR_OUTLINE);
      for (guint i = first; i < end; i++)
        if (!semio_signal_value_is_empty (&columns[i]))
          add_bar (cr, i, middle - columns[i].mean * scale, middle + columns[i].mean * scale);
      fill (layer, cr, SEMIO_TIMELINE_COLOR_DIM);
    }
}

void
semio_signal_painter_draw_motion (SemioTimelineLayer *layer, cairo_t *cr, SemioSignalPyramid *pyramid, float most, double y_px,
                                  double height_px)
{
  guint n = get_n_columns (layer);
  g_autofree SemioSignalValue *columns = read_columns (layer, pyramid, n);
  double bottom = y_px + height_px, scale = most > 0 ? (height_px - 1) / most : 0;

  for (guint first = 0; first < n; first += BARS_PER_COMMAND)
    {
      guint end = MIN (first + BARS_PER_COMMAND, n);

      for (guint i = first; i < end; i++)
        if (!semio_signal_value_is_empty (&columns[i]))
          add_bar (cr, i, bottom - 1 - MIN (columns[i].maximum * scale, height_px - 1), bottom);
      fill (layer, cr, SEMIO_TIMELINE_COLOR_OUTLINE);
      for (guint i = first; i < end; i++)
        if (!semio_signal_value_is_empty (&columns[i]))
          add_bar (cr, i, bottom - 1 - MIN (columns[i].mean * scale, height_px - 1), bottom);
      fill (layer, cr, SEMIO_TIMELINE_COLOR_DIM);
    }
}

void
semio_signal_painter_draw_spectrogram (SemioTimelineLayer *layer, cairo_t *cr, SemioSpectrogram *spectrogram, double y_px,
                                       double height_px)
{
  guint n = get_n_columns (layer), n_bands = semio_spectrogram_get_n_bands (spectrogram);
  g_autofree guint8 *levels = g_malloc ((gsize) n * n_bands);
  cairo_surface_t *mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) n, (int) n_bands);
  guint8 *rows = cairo_image_surface_get_data (mask);
  int stride = cairo_image_surface_get_stride (mask);

  semio_spectrogram_read (spectrogram, semio_axis_get_visible (semio_timeline_layer_get_axis (layer)), levels, n);
  cairo_surface_flush (mask);
  for (guint band = 0; band < n_bands; band++)
    for (guint column = 0; column < n; column++)
      rows[(gsize) (n_bands - 1 - band) * (gsize) stride + column] = levels[(gsize) column * n_bands + band];
  cairo_surface_mark_dirty (mask);

  cairo_save (cr);
  cairo_translate (cr, 0, y_px);
  cairo_scale (cr, 1, height_px / n_bands);
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_TEXT));
  cairo_mask_surface (cr, mask, 0, 0);
  cairo_restore (cr);
  cairo_surface_destroy (mask);
}

static cairo_surface_t *
create_thumb (SemioThumbStrip *strip, guint thumb)
{
  guint width_px = semio_thumb_strip_get_width_px (strip), height_px = semio_thumb_strip_get_height_px (strip);
  g_autoptr (GBytes) rgb = semio_thumb_strip_get_rgb (strip, thumb);
  const guint8 *from = g_bytes_get_data (rgb, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width_px, (int) height_px);
  guint8 *to = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (guint y = 0; y < height_px; y++)
    {
      guint32 *row = (guint32 *) (void *) (to + (gsize) y * (gsize) stride);

      for (guint x = 0; x < width_px; x++, from += 3)
        row[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
semio_signal_painter_draw_thumbs (SemioTimelineLayer *layer, cairo_t *cr, SemioThumbStrip *strip, double y_px, double height_px)
{
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  double width_px = semio_axis_get_width (axis), scale, step_px;
  gint64 end_ns = semio_axis_get_duration (axis);

  if (semio_thumb_strip_get_n_thumbs (strip) == 0)
    return;
  scale = height_px / semio_thumb_strip_get_height_px (strip);
  step_px = floor (semio_thumb_strip_get_width_px (strip) * scale) + THUMB_GAP_PX;
  for (double x = 0; x < width_px; x += step_px)
    {
      gint64 time_ns = semio_axis_x_to_time (axis, x + step_px / 2);
      cairo_surface_t *thumb;

      if (time_ns >= end_ns && x > 0)
        break;
      thumb = create_thumb (strip, semio_thumb_strip_find (strip, time_ns));
      cairo_save (cr);
      cairo_translate (cr, x, y_px);
      cairo_scale (cr, scale, scale);
      cairo_set_source_surface (cr, thumb, 0, 0);
      cairo_paint (cr);
      cairo_restore (cr);
      cairo_surface_destroy (thumb);
    }
}
