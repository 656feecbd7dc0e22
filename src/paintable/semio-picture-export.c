/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-export.h"

#include <glib/gi18n-lib.h>

/* Letters and caption grow with the picture: readable on a slide, never most of the picture. */
#define TEXT_SHARE 0.032
#define MIN_TEXT_PX 9

static PangoLayout *
new_text (cairo_t *cairo, const char *text, double size_px, PangoWeight weight)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, size_px * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
draw_letter (cairo_t *cairo, const char *text, double size_px, double x_share, double y_share, double width, double height)
{
  g_autoptr (PangoLayout) layout = new_text (cairo, text, size_px * 1.3, PANGO_WEIGHT_BOLD);
  int text_width, text_height;
  double margin = size_px * 0.7, x, y;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  x = margin + x_share * (width - text_width - 2 * margin);
  y = margin + y_share * (height - text_height - 2 * margin);
  cairo_set_source_rgba (cairo, 0, 0, 0, 0.8);
  cairo_move_to (cairo, x + 1, y + 1);
  pango_cairo_show_layout (cairo, layout);
  cairo_set_source_rgba (cairo, 1, 1, 1, 0.95);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
}

/* The letters go with the edges of the picture when it is turned. */
static void
draw_sides (cairo_t *cairo, const SemioPictureOverlay *overlay, int quarter_turns, double size_px, double width, double height)
{
  static const double first[4][2] = { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 0, 1 } };
  static const double second[4][2] = { { 1, 0 }, { 0, 1 }, { 0, 0 }, { 0, 0 } };
  const char *left_edge = overlay->mirrored ? overlay->left : overlay->right;
  const char *right_edge = overlay->mirrored ? overlay->right : overlay->left;

  draw_letter (cairo, left_edge, size_px, first[quarter_turns][0], first[quarter_turns][1], width, height);
  draw_letter (cairo, right_edge, size_px, second[quarter_turns][0], second[quarter_turns][1], width, height);
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Frame first, then what is written on and under it. */
static cairo_surface_t *
draw (SemioFrame *frame, const SemioPictureOverlay *overlay, int quarter_turns)
{
  double size_px = MAX (frame->height_px * TEXT_SHARE, MIN_TEXT_PX);
  gboolean has_caption = overlay != NULL && overlay->caption != NULL;
  int strip_px = has_caption ? (int) (size_px * 2) : 0;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, frame->width_px, frame->height_px + strip_px);
  cairo_surface_t *picture =
      cairo_image_surface_create_for_data ((unsigned char *) g_bytes_get_data (frame->bgra, NULL), CAIRO_FORMAT_RGB24,
                                           frame->width_px, frame->height_px, frame->stride);
  cairo_t *cairo = cairo_create (surface);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_paint (cairo);
  cairo_set_source_surface (cairo, picture, 0, 0);
  cairo_rectangle (cairo, 0, 0, frame->width_px, frame->height_px);
  cairo_fill (cairo);
  if (has_caption)
    {
      g_autoptr (PangoLayout) caption = new_text (cairo, overlay->caption, size_px, PANGO_WEIGHT_NORMAL);
      int text_height;

      draw_sides (cairo, overlay, quarter_turns, size_px, frame->width_px, frame->height_px);
      pango_layout_set_width (caption, (int) ((frame->width_px - size_px) * PANGO_SCALE));
      pango_layout_set_ellipsize (caption, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_size (caption, NULL, &text_height);
      cairo_set_source_rgb (cairo, 1, 1, 1);
      cairo_move_to (cairo, size_px / 2, frame->height_px + (strip_px - text_height) / 2.0);
      pango_cairo_show_layout (cairo, caption);
    }
  cairo_destroy (cairo);
  cairo_surface_destroy (picture);
  return surface;
}

/**
 * semio_picture_export_png:
 * @frame: a frame, in its own size
 * @change: how it is changed for the eye
 * @overlay: (nullable): what is written on it
 * @error: where to say that there was nothing to draw or no memory
 *
 * Returns: (transfer full) (nullable): a PNG file
 */
GBytes *
semio_picture_export_png (SemioFrame *frame, SemioPictureChange change, const SemioPictureOverlay *overlay, GError **error)
{
  g_autoptr (SemioFrame) seen = semio_picture_change_apply (change, frame);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  if (seen->bgra == NULL || seen->width_px <= 0 || seen->height_px <= 0
      || g_bytes_get_size (seen->bgra) < (gsize) seen->stride * (gsize) (seen->height_px - 1) + (gsize) seen->width_px * 4)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The frame has no picture. Try another frame."));
      return NULL;
    }
  surface = draw (seen, overlay, semio_picture_change_clamp (change).quarter_turns);
  status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture could not be drawn: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
