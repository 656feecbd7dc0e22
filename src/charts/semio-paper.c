/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-chart-private.h"
#include "semio-paper-private.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#define FOOT_PT 28.0
/* So much of what follows a heading stands on the same page. */
#define KEEP_PT 90.0
/* Heading and caption of a figure. */
#define CAPTION_PT 72.0
/* Words of a figure are not printed smaller for the sake of one page. */
#define LEAST_CHART_SCALE 0.6
#define MAX_CHART_SCALE 0.8
/* The PDF says its own time even where the study has none. */
#define FALLBACK_DATE "2000-01-01T00:00:00Z"

static const struct {
  double size_pt, before_pt, after_pt;
  gboolean bold, keeps;
} fonts[] = {
  [SEMIO_PAPER_TITLE] = { 20, 0, 8, TRUE, TRUE },       [SEMIO_PAPER_HEADING] = { 14, 20, 6, TRUE, TRUE },
  [SEMIO_PAPER_SUBHEADING] = { 11, 12, 4, TRUE, TRUE }, [SEMIO_PAPER_TEXT] = { 9.5, 0, 6, FALSE, FALSE },
  [SEMIO_PAPER_NOTE] = { 8, 0, 6, FALSE, FALSE },       [SEMIO_PAPER_BOLD] = { 9.5, 4, 2, TRUE, TRUE },
};

static cairo_status_t
write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

SemioPaper *
semio_paper_new (const char *title, gint64 utc_us, SemioChartLook look)
{
  SemioPaper *self = g_new0 (SemioPaper, 1);
  g_autoptr (GDateTime) time = utc_us > 0 ? g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC) : NULL;
  g_autofree char *date = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup (FALLBACK_DATE);

  self->title = g_strdup (title);
  self->style = semio_chart_style_get (look);
  self->style.without_title = TRUE;
  self->bytes = g_byte_array_new ();
  self->surface = cairo_pdf_surface_create_for_stream (write_cb, self->bytes, SEMIO_PAPER_WIDTH_PT, SEMIO_PAPER_HEIGHT_PT);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (self->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
  self->cr = cairo_create (self->surface);
  self->y = SEMIO_PAPER_MARGIN_PT;
  self->n_pages = 1;
  return self;
}

PangoLayout *
semio_paper_make_layout (SemioPaper *self, const char *text, double size_pt, gboolean bold, double width_pt)
{
  PangoLayout *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *font = pango_font_description_new ();

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72);
  pango_font_description_set_family (font, self->style.family);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, size_pt * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (width_pt > 0)
    pango_layout_set_width (layout, (int) (width_pt * PANGO_SCALE));
  pango_font_description_free (font);
  return layout;
}

static void
draw_foot (SemioPaper *self)
{
  double y = SEMIO_PAPER_HEIGHT_PT - SEMIO_PAPER_MARGIN_PT + FOOT_PT / 2;
  SemioChartStyle small = self->style;
  g_autofree char *number = g_strdup_printf ("%u", self->n_pages);

  small.font_px = 8;
  semio_color_set (self->cr, small.dim);
  semio_chart_draw_text (self->cr, &small, self->title, SEMIO_PAPER_MARGIN_PT, y, 0, SEMIO_PAPER_TEXT_PT - 40, FALSE);
  semio_chart_draw_text (self->cr, &small, number, SEMIO_PAPER_WIDTH_PT - SEMIO_PAPER_MARGIN_PT, y, 1, 0, FALSE);
}

void
semio_paper_new_page (SemioPaper *self)
{
  draw_foot (self);
  cairo_show_page (self->cr);
  self->n_pages++;
  self->y = SEMIO_PAPER_MARGIN_PT;
}

double
semio_paper_get_room (const SemioPaper *self)
{
  return SEMIO_PAPER_HEIGHT_PT - SEMIO_PAPER_MARGIN_PT - self->y;
}

void
semio_paper_break_page (SemioPaper *self)
{
  if (self->y > SEMIO_PAPER_MARGIN_PT)
    semio_paper_new_page (self);
}

static void
add_outline (SemioPaper *self, const char *text)
{
  g_autofree char *place = g_strdup_printf ("page=%u", self->n_pages);

  cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, text, place, 0);
}

void
semio_paper_add (SemioPaper *self, SemioPaperFont font, const char *text)
{
  g_autoptr (PangoLayout) layout =
      semio_paper_make_layout (self, text, fonts[font].size_pt, fonts[font].bold, SEMIO_PAPER_TEXT_PT);
  PangoLayoutIter *lines;

  if (self->y > SEMIO_PAPER_MARGIN_PT)
    self->y += fonts[font].before_pt;
  /* A heading at the foot of a page would be parted from what it names. */
  if (fonts[font].keeps && semio_paper_get_room (self) < KEEP_PT)
    semio_paper_new_page (self);
  if (font == SEMIO_PAPER_HEADING)
    add_outline (self, text);
  lines = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle place;
      double height;

      pango_layout_iter_get_line_extents (lines, NULL, &place);
      height = (double) place.height / PANGO_SCALE;
      if (height > semio_paper_get_room (self))
        semio_paper_new_page (self);
      semio_color_set (self->cr, font == SEMIO_PAPER_NOTE ? self->style.dim : self->style.text);
      cairo_move_to (self->cr, SEMIO_PAPER_MARGIN_PT + (double) place.x / PANGO_SCALE,
                     self->y + (double) (pango_layout_iter_get_baseline (lines) - place.y) / PANGO_SCALE);
      pango_cairo_show_layout_line (self->cr, pango_layout_iter_get_line_readonly (lines));
      self->y += height * 1.08;
  } while (pango_layout_iter_next_line (lines));
  pango_layout_iter_free (lines);
  self->y += fonts[font].after_pt;
}

/* A figure at the size that it is printed at. */
typedef struct {
  SemioChart *chart;
  double width, height; /* as it draws itself */
  double scale;
  gboolean goes_on; /* over several pages: on one its words would be too small */
} Printed;

/* Type of a figure is somewhat larger than that of a page. */
static Printed
measure_chart (SemioPaper *self, SemioChart *chart)
{
  const double most = SEMIO_PAPER_HEIGHT_PT - 2 * SEMIO_PAPER_MARGIN_PT - CAPTION_PT;
  Printed printed = { .chart = chart };
  double wide;

  semio_chart_get_natural_size (chart, &self->style, &printed.width, &printed.height);
  wide = MIN (SEMIO_PAPER_TEXT_PT / printed.width, MAX_CHART_SCALE);
  printed.scale = MIN (wide, most / printed.height);
  printed.goes_on = printed.scale < MIN (wide, LEAST_CHART_SCALE);
  if (printed.goes_on)
    printed.scale = wide;
  return printed;
}

void
semio_paper_keep_with_chart (SemioPaper *self, SemioChart *chart)
{
  const Printed printed = measure_chart (self, chart);

  if (printed.goes_on || printed.height * printed.scale + CAPTION_PT > semio_paper_get_room (self))
    semio_paper_break_page (self);
}

/* What of a figure lies between two heights. */
static void
add_strip (SemioPaper *self, const Printed *printed, double from, double to)
{
  cairo_save (self->cr);
  cairo_translate (self->cr, SEMIO_PAPER_MARGIN_PT, self->y - from * printed->scale);
  cairo_scale (self->cr, printed->scale, printed->scale);
  cairo_rectangle (self->cr, 0, from, printed->width, to - from);
  cairo_clip (self->cr);
  semio_chart_draw (printed->chart, &self->style, self->cr, printed->width, printed->height);
  cairo_restore (self->cr);
  self->y += (to - from) * printed->scale;
}

/* As many lines as a page has room for; each page has the legend above and the axis below. */
static void
add_pages (SemioPaper *self, const Printed *printed)
{
  const SemioChartPlaces places = semio_chart_place (printed->chart, &self->style, printed->width, printed->height);
  double line_px;
  const guint n_lines = semio_chart_count_lines (printed->chart, &places, &line_px);
  const double around = places.top + printed->height - places.bottom;

  for (guint first = 0; first < n_lines;)
    {
      const double room = semio_paper_get_room (self) / printed->scale - around;
      const guint n = MIN ((guint) MAX (room / line_px, 0), n_lines - first);

      if (n == 0 && self->y > SEMIO_PAPER_MARGIN_PT)
        {
          semio_paper_new_page (self);
          continue;
        }
      add_strip (self, printed, 0, places.top);
      add_strip (self, printed, places.top + first * line_px, places.top + (first + MAX (n, 1)) * line_px);
      add_strip (self, printed, places.bottom, printed->height);
      first += MAX (n, 1);
      if (first < n_lines)
        semio_paper_new_page (self);
    }
}

void
semio_paper_add_chart (SemioPaper *self, SemioChart *chart)
{
  const Printed printed = measure_chart (self, chart);

  if (printed.goes_on)
    add_pages (self, &printed);
  else
    {
      if (printed.height * printed.scale > semio_paper_get_room (self))
        semio_paper_break_page (self);
      add_strip (self, &printed, 0, printed.height);
    }
  self->y += 6;
}

guint
semio_paper_get_n_pages (SemioPaper *self)
{
  return self->n_pages;
}

static void
close_surface (SemioPaper *self)
{
  cairo_destroy (self->cr);
  cairo_surface_finish (self->surface);
  self->cr = NULL;
}

GBytes *
semio_paper_finish (SemioPaper *self, GError **error)
{
  cairo_status_t status;
  GBytes *bytes = NULL;

  draw_foot (self);
  cairo_show_page (self->cr);
  status = cairo_status (self->cr);
  close_surface (self);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The report could not be drawn: %s. Leave something out."),
                 cairo_status_to_string (status));
  semio_paper_free (self);
  return bytes;
}

void
semio_paper_free (SemioPaper *self)
{
  if (self == NULL)
    return;
  if (self->cr != NULL)
    close_surface (self);
  cairo_surface_destroy (self->surface);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self->title);
  g_free (self);
}
