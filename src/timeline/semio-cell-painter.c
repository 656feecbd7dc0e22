/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cell-painter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define RADIUS_PX 3
#define WORD_INSET_PX 5
#define HATCH_STEP_PX 6
#define BAR_PX 5
#define BAR_CAP_PX 9
#define CAP_PX 2
/* Below this a cell is a plain bar: its outline would be all there is of it. */
#define MIN_OUTLINED_PX 4

static graphene_rect_t
get_rect (const SemioLaneItem *item)
{
  return GRAPHENE_RECT_INIT ((float) item->x_px, (float) item->y_px, (float) item->width_px, (float) item->height_px);
}

static void
append_outline (GtkSnapshot *snapshot, const graphene_rect_t *rect, const GdkRGBA *color, float width_px, float radius_px)
{
  const float widths[4] = { width_px, width_px, width_px, width_px };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, rect, radius_px);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_filled (GtkSnapshot *snapshot, const graphene_rect_t *rect, const GdkRGBA *color)
{
  GskRoundedRect clip;

  if (rect->size.width <= MIN_OUTLINED_PX)
    {
      gtk_snapshot_append_color (snapshot, color, rect);
      return;
    }
  gsk_rounded_rect_init_from_rect (&clip, rect, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, color, rect);
  gtk_snapshot_pop (snapshot);
}

/* A word stands at the cell's left end; of a cell that begins before the view, at the left end of what is seen. */
static void
append_word (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item, SemioTimelineColor color)
{
  int width_px, height_px;
  PangoLayout *word = semio_timeline_style_get_word (semio_timeline_layer_get_style (layer), item->answer, &width_px, &height_px);
  double x = MAX (item->x_px, 0) + WORD_INSET_PX;

  if (x + width_px + WORD_INSET_PX > item->x_px + item->width_px)
    return;
  semio_timeline_layer_append_text (layer, snapshot, word, color, x, item->y_px + floor ((item->height_px - height_px) / 2));
}

static void
append_dotted (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  static const double dots[] = { 1.5, 2.5 };
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, rect);

  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_DIM));
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_rectangle (cr, rect->origin.x + 0.5, rect->origin.y + 0.5, rect->size.width - 1, rect->size.height - 1);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Hatched where no word stands, so that the word can be read. */
static void
append_hatched (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item)
{
  graphene_rect_t rect = get_rect (item);
  double left, right, bottom = item->y_px + item->height_px;
  int word_px, height_px;
  cairo_t *cr;

  semio_timeline_style_get_word (semio_timeline_layer_get_style (layer), item->answer, &word_px, &height_px);
  left = MAX (item->x_px, 0) + 2 * WORD_INSET_PX + word_px;
  right = MIN (item->x_px + item->width_px, semio_axis_get_width (semio_timeline_layer_get_axis (layer)));
  if (left > item->x_px + item->width_px)
    left = MAX (item->x_px, 0);

  append_outline (snapshot, &rect, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_OUTLINE), 1, RADIUS_PX);
  if (right - left < 2)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) left, (float) item->y_px + 1, (float) (right - left - 1),
                                                                 (float) item->height_px - 2));
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_OUTLINE));
  cairo_set_line_width (cr, 1.5);
  for (double x = left - item->height_px; x < right; x += HATCH_STEP_PX)
    {
      cairo_move_to (cr, x, item->y_px);
      cairo_line_to (cr, x + item->height_px, bottom);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/**
 * semio_cell_painter_append_answer:
 * @layer: whose style is used
 * @snapshot: to paint on
 * @item: an answer
 */
void
semio_cell_painter_append_answer (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item)
{
  graphene_rect_t rect = get_rect (item);

  switch (item->answer)
    {
    case SEMIO_ANSWER_YES:
      append_filled (snapshot, &rect, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_ACCENT));
      append_word (layer, snapshot, item, SEMIO_TIMELINE_COLOR_ON_ACCENT);
      break;
    case SEMIO_ANSWER_NO:
      append_outline (snapshot, &rect, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_OUTLINE), 1,
                      rect.size.width <= MIN_OUTLINED_PX ? 0 : RADIUS_PX);
      append_word (layer, snapshot, item, SEMIO_TIMELINE_COLOR_DIM);
      break;
    case SEMIO_ANSWER_NA:
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      append_dotted (layer, snapshot, &rect);
      append_word (layer, snapshot, item, SEMIO_TIMELINE_COLOR_DIM);
      break;
    case SEMIO_ANSWER_FAIL:
      append_hatched (layer, snapshot, item);
      append_word (layer, snapshot, item, SEMIO_TIMELINE_COLOR_TEXT);
      break;
    case SEMIO_ANSWER_MISSING:
    default:
      semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, item->x_px,
                                        item->y_px + floor (item->height_px / 2), item->width_px, 1);
      break;
    }
}

/* Solid, closed by a cap at each end whose time is known. */
static void
append_bar (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLane *lane, const SemioLaneItem *item)
{
  double view_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));
  double left = MAX (item->x_px, 0), right = MIN (item->x_px + item->width_px, view_px);
  double middle = item->y_px + floor (item->height_px / 2);
  double cap_y = middle - floor (BAR_CAP_PX / 2.0);

  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_REFERENCE, left, middle - floor (BAR_PX / 2.0),
                                    right - left, BAR_PX);
  if (lane->reference_begin_ns != SEMIO_TIME_NONE)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_REFERENCE, item->x_px, cap_y, CAP_PX, BAR_CAP_PX);
  if (lane->reference_end_ns != SEMIO_TIME_NONE)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_REFERENCE, item->x_px + item->width_px - CAP_PX,
                                      cap_y, CAP_PX, BAR_CAP_PX);
}

/**
 * semio_cell_painter_append_reference:
 * @layer: whose style is used
 * @snapshot: to paint on
 * @lane: whose reference it is
 * @item: the reference
 *
 * A yes is a bar with its word behind it, before it where there is no room; anything else is the word alone.
 */
void
semio_cell_painter_append_reference (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLane *lane,
                                     const SemioLaneItem *item)
{
  SemioTimelineStyle *style = semio_timeline_layer_get_style (layer);
  double view_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));
  double left = MAX (item->x_px, 0), right = MIN (item->x_px + item->width_px, view_px), word_x;
  g_autofree char *text = g_strdup_printf (_ ("reference %s"), semio_answer_get_label (item->answer));
  g_autoptr (PangoLayout) word = semio_timeline_style_create_layout (style, GTK_WIDGET (layer), SEMIO_TIMELINE_TEXT_WORD, text);
  int word_px, word_height_px;

  pango_layout_get_pixel_size (word, &word_px, &word_height_px);
  word_x = left + WORD_INSET_PX;
  if (item->answer == SEMIO_ANSWER_YES)
    {
      append_bar (layer, snapshot, lane, item);
      if (right + WORD_INSET_PX + word_px <= view_px)
        word_x = right + WORD_INSET_PX;
      else if (left - WORD_INSET_PX - word_px >= 0)
        word_x = left - WORD_INSET_PX - word_px;
      else
        /* The bar fills the view: the word stands on it, on a ground of its own. */
        semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GROUND, word_x - 3, item->y_px, word_px + 6,
                                          item->height_px);
    }
  semio_timeline_layer_append_text (layer, snapshot, word, SEMIO_TIMELINE_COLOR_REFERENCE, word_x,
                                    item->y_px + floor ((item->height_px - word_height_px) / 2));
}

/**
 * semio_cell_painter_append_selection:
 * @layer: whose style is used
 * @snapshot: to paint on
 * @item: the cell in hand
 */
void
semio_cell_painter_append_selection (SemioTimelineLayer *layer, GtkSnapshot *snapshot, const SemioLaneItem *item)
{
  graphene_rect_t rect = get_rect (item);

  graphene_rect_inset (&rect, -1, -1);
  append_outline (snapshot, &rect, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_TEXT), 2, RADIUS_PX + 1);
}
