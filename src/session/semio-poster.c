/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-poster.h"

#include <cairo.h>
#include <glib/gi18n-lib.h>

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
semio_poster_encode (const SemioFrame *frame, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  gsize length;
  const guchar *pixels = g_bytes_get_data (frame->bgra, &length);
  cairo_surface_t *surface;
  cairo_status_t status;

  if (frame->width_px <= 0 || frame->height_px <= 0 || frame->stride < frame->width_px * 4
      || length < (gsize) frame->stride * (gsize) (frame->height_px - 1) + (gsize) frame->width_px * 4)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The frame holds fewer pixels than it says."));
      return NULL;
    }
  /* Cairo reads ARGB32 as native words, which are B, G, R, A in memory on the machines this runs on. */
  surface = cairo_image_surface_create_for_data ((guchar *) pixels, CAIRO_FORMAT_ARGB32, frame->width_px, frame->height_px,
                                                 frame->stride);
  status = cairo_surface_write_to_png_stream (surface, append_cb, png);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture could not be written: %s."),
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}

gint64
semio_poster_choose_frame (gint64 n_frames)
{
  return n_frames / 4;
}
