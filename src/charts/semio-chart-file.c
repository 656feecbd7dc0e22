/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures as files. */
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-chart.h"

#define PNG_SCALE 2
/* A fixed date, so that the same figure gives the same bytes. */
#define PDF_DATE "2000-01-01T00:00:00Z"

gboolean
semio_chart_format_from_name (const char *file_name, SemioChartFormat *format)
{
  static const char *const endings[] = { ".svg", ".pdf", ".png" };
  g_autofree char *lower = g_ascii_strdown (file_name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        *format = (SemioChartFormat) i;
        return TRUE;
      }
  return FALSE;
}

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (SemioChartFormat format, GByteArray *bytes, double width_px, double height_px)
{
  cairo_surface_t *surface;

  if (format == SEMIO_CHART_PNG)
    return cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width_px * PNG_SCALE), (int) (height_px * PNG_SCALE));
  if (format == SEMIO_CHART_SVG)
    return cairo_svg_surface_create_for_stream (write_cb, bytes, width_px, height_px);
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, width_px, height_px);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, PDF_DATE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, PDF_DATE);
  return surface;
}

static gboolean
number_cb (const GMatchInfo *info, GString *result, gpointer numbers)
{
  g_autofree char *id = g_match_info_fetch (info, 0);
  gpointer number = g_hash_table_lookup (numbers, id);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (id), number);
    }
  g_string_append_printf (result, "surface%u", GPOINTER_TO_UINT (number));
  return FALSE;
}

/* Surfaces are numbered through the whole life of a process; counted from one in each file, the same figure is the same. */
static void
renumber (GByteArray *bytes)
{
  g_autoptr (GRegex) id = g_regex_new ("surface[0-9]+", 0, 0, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = g_regex_replace_eval (id, (const char *) bytes->data, bytes->len, 0, 0, number_cb, numbers, NULL);

  if (text == NULL)
    return;
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

GBytes *
semio_chart_render (SemioChart *chart, SemioChartFormat format, SemioChartLook look, double width_px, double height_px,
                    GError **error)
{
  SemioChartStyle style = semio_chart_style_get (look);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = make_surface (format, bytes, width_px, height_px);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  if (format == SEMIO_CHART_PNG)
    cairo_scale (cr, PNG_SCALE, PNG_SCALE);
  if (format == SEMIO_CHART_PDF)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, semio_chart_get_title (chart));
  semio_chart_draw (chart, &style, cr, width_px, height_px);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && format == SEMIO_CHART_PNG)
    status = cairo_surface_write_to_png_stream (surface, write_cb, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS && format == SEMIO_CHART_SVG)
    renumber (bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The figure “%s” could not be drawn: %s. Choose a smaller size."),
               semio_chart_get_title (chart), cairo_status_to_string (status));
  return NULL;
}
