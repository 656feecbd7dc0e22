/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cell-painter.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define RADIUS_PX 3
/* How far the control points of a quarter of a circle stand from its ends, in radii. */
#define QUARTER 0.5523
#define WORD_INSET_PX 5
#define HATCH_STEP_PX 6
#define BAR_PX 5
#define BAR_CAP_PX 9
#define CAP_PX 2
/* Below this a cell has square corners: round ones would hardly be seen, and cost most of its drawing. */
#define MIN_ROUNDED_PX 10
/* Cells drawn by one command: many, since each costs; not all, so that a small part is drawn anew by few of them. */
#define CELLS_PER_COMMAND 32

typedef enum {
  SHAPE_FILLED,
  SHAPE_OUTLINED,
  SHAPE_DOTTED,
  SHAPE_HATCHED,
  SHAPE_DASH,
  N_SHAPES,
} Shape;

static const SemioTimelineColor shape_colors[N_SHAPES] = {
  [SHAPE_FILLED] = SEMIO_TIMELINE_COLOR_ACCENT, [SHAPE_OUTLINED] = SEMIO_TIMELINE_COLOR_OUTLINE,
  [SHAPE_DOTTED] = SEMIO_TIMELINE_COLOR_DIM,    [SHAPE_HATCHED] = SEMIO_TIMELINE_COLOR_OUTLINE,
  [SHAPE_DASH] = SEMIO_TIMELINE_COLOR_GRID,
};

static Shape
get_shape (SemioAnswer answer)
{
  switch (answer)
    {
    case SEMIO_ANSWER_YES:
      return SHAPE_FILLED;
    case SEMIO_ANSWER_NO:
      return SHAPE_OUTLINED;
    case SEMIO_ANSWER_NA:
    case SEMIO_ANSWER_NOT_ASSESSABLE:
      return SHAPE_DOTTED;
    case SEMIO_ANSWER_FAIL:
      return SHAPE_HATCHED;
    case SEMIO_ANSWER_MISSING:
    default:
      return SHAPE_DASH;
    }
}

static SemioTimelineColor
get_word_color (SemioAnswer answer)
{
  return answer == SEMIO_ANSWER_YES    ? SEMIO_TIMELINE_COLOR_ON_ACCENT
         : answer == SEMIO_ANSWER_FAIL ? SEMIO_TIMELINE_COLOR_TEXT
                                       : SEMIO_TIMELINE_COLOR_DIM;
}

static void
add_rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  double right = x + width, bottom = y + height, handle = radius * (1 - QUARTER);

  cairo_new_sub_path (cr);
  cairo_move_to (cr, x + radius, y);
  cairo_line_to (cr, right - radius, y);
  cairo_curve_to (cr, right - handle, y, right, y + handle, right, y + radius);
  cairo_line_to (cr, right, bottom - radius);
  cairo_curve_to (cr, right, bottom - handle, right - handle, bottom, right - radius, bottom);
  cairo_line_to (cr, x + radius, bottom);
  cairo_curve_to (cr, x + handle, bottom, x, bottom - handle, x, bottom - radius);
  cairo_line_to (cr, x, y + radius);
  cairo_curve_to (cr, x, y + handle, x + handle, y, x + radius, y);
  cairo_close_path (cr);
}

static void
add_outlined (cairo_t *cr, const SemioLaneItem *item)
{
  /* The ring between two shapes by the rule of even and odd. */
  if (item->width_px < MIN_ROUNDED_PX)
    {
      cairo_rectangle (cr, item->x_px, item->y_px, item->width_px, item->height_px);
      if (item->width_px > 2)
        cairo_rectangle (cr, item->x_px + 1, item->y_px + 1, item->width_px - 2, item->height_px - 2);
      return;
    }
  add_rounded (cr, item->x_px, item->y_px, item->width_px, item->height_px, RADIUS_PX);
  add_rounded (cr, item->x_px + 1, item->y_px + 1, item->width_px - 2, item->height_px - 2, RADIUS_PX - 1);
}

/* Hatched where no word stands, so that the word can be read. */
static void
add_hatched (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item)
{
  double top = item->y_px + 1, height = item->height_px - 2, left, right;
  int word_px, height_px;

  semio_timeline_style_get_word (semio_timeline_layer_get_style (layer), item->answer, &word_px, &height_px);
  left = MAX (item->x_px, 0) + 2 * WORD_INSET_PX + word_px;
  right = MIN (item->x_px + item->width_px, semio_axis_get_width (semio_timeline_layer_get_axis (layer)));
  if (left > item->x_px + item->width_px)
    left = MAX (item->x_px, 0);
  for (double x = left; x < right; x += HATCH_STEP_PX)
    {
      double reach = MIN (height, right - x);

      cairo_move_to (cr, x, top);
      cairo_line_to (cr, x + reach, top + reach);
    }
}

static void
add_shape (SemioTimelineLayer *layer, cairo_t *cr, Shape shape, const SemioLaneItem *item)
{
  switch (shape)
    {
    case SHAPE_FILLED:
      if (item->width_px < MIN_ROUNDED_PX)
        cairo_rectangle (cr, item->x_px, item->y_px, item->width_px, item->height_px);
      else
        add_rounded (cr, item->x_px, item->y_px, item->width_px, item->height_px, RADIUS_PX);
      break;
    case SHAPE_OUTLINED:
      add_outlined (cr, item);
      break;
    case SHAPE_DOTTED:
      cairo_rectangle (cr, item->x_px + 0.5, item->y_px + 0.5, MAX (item->width_px - 1, 0.5), item->height_px - 1);
      break;
    case SHAPE_HATCHED:
      add_hatched (layer, cr, item);
      break;
    case SHAPE_DASH:
    default:
      cairo_rectangle (cr, item->x_px, item->y_px + floor (item->height_px / 2), item->width_px, 1);
      break;
    }
}

static void
draw_path (cairo_t *cr, Shape shape)
{
  static const double dots[] = { 1.5, 2.5 };

  if (shape != SHAPE_DOTTED && shape != SHAPE_HATCHED)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, shape == SHAPE_DOTTED ? 1 : 1.5);
  cairo_set_dash (cr, dots, shape == SHAPE_DOTTED ? G_N_ELEMENTS (dots) : 0, 0);
  cairo_stroke (cr);
}

/* All cells of one shape by one command; cells beside each other do not overlap, so the rule of even and odd holds. */
static void
draw_shape (SemioTimelineLayer *layer, cairo_t *cr, Shape shape, const SemioLaneItem *items, guint n)
{
  guint n_added = 0;

  for (guint i = 0; i < n; i++)
    {
      if (items[i].kind != SEMIO_LANE_ITEM_ANSWER || get_shape (items[i].answer) != shape)
        continue;
      add_shape (layer, cr, shape, &items[i]);
      n_added++;
    }
  if (n_added == 0)
    return;
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, shape_colors[shape]));
  draw_path (cr, shape);
  if (shape != SHAPE_HATCHED)
    return;
  for (guint i = 0; i < n; i++)
    {
      if (items[i].kind == SEMIO_LANE_ITEM_ANSWER && get_shape (items[i].answer) == SHAPE_HATCHED)
        add_outlined (cr, &items[i]);
    }
  cairo_fill (cr);
}

/* A word stands at the cell's left end; of a cell that begins before the view, at the left end of what is seen. */
static void
draw_word (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item)
{
  int width_px, height_px;
  PangoLayout *word = semio_timeline_style_get_word (semio_timeline_layer_get_style (layer), item->answer, &width_px, &height_px);
  double x = MAX (item->x_px, 0) + WORD_INSET_PX;

  if (item->answer == SEMIO_ANSWER_MISSING || x + width_px + WORD_INSET_PX > item->x_px + item->width_px)
    return;
  semio_timeline_layer_draw_text (layer, cr, word, get_word_color (item->answer), x,
                                  item->y_px + floor ((item->height_px - height_px) / 2));
}

/* Solid, closed by a cap at each end whose time is known. */
static void
draw_bar (SemioTimelineLayer *layer, cairo_t *cr, const SemioLane *lane, const SemioLaneItem *item)
{
  double view_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));
  double left = MAX (item->x_px, 0), right = MIN (item->x_px + item->width_px, view_px);
  double middle = item->y_px + floor (item->height_px / 2);
  double cap_y = middle - floor (BAR_CAP_PX / 2.0);

  cairo_rectangle (cr, left, middle - floor (BAR_PX / 2.0), MAX (right - left, 0), BAR_PX);
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_REFERENCE));
  cairo_fill (cr);
  if (lane->reference_begin_ns != SEMIO_TIME_NONE)
    cairo_rectangle (cr, item->x_px, cap_y, CAP_PX, BAR_CAP_PX);
  if (lane->reference_end_ns != SEMIO_TIME_NONE)
    cairo_rectangle (cr, item->x_px + item->width_px - CAP_PX, cap_y, CAP_PX, BAR_CAP_PX);
  cairo_fill (cr);
}

/* A yes is a bar with its word behind it, before it where there is no room; anything else is the word alone. */
static void
draw_reference (SemioTimelineLayer *layer, cairo_t *cr, const SemioLane *lane, const SemioLaneItem *item)
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
      draw_bar (layer, cr, lane, item);
      if (right + WORD_INSET_PX + word_px <= view_px)
        word_x = right + WORD_INSET_PX;
      else if (left - WORD_INSET_PX - word_px >= 0)
        word_x = left - WORD_INSET_PX - word_px;
      else
        {
          /* The bar fills the view: the word stands on it, on a ground of its own. */
          cairo_rectangle (cr, word_x - 3, item->y_px, word_px + 6, item->height_px);
          gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_GROUND));
          cairo_fill (cr);
        }
    }
  semio_timeline_layer_draw_text (layer, cr, word, SEMIO_TIMELINE_COLOR_REFERENCE, word_x,
                                  item->y_px + floor ((item->height_px - word_height_px) / 2));
}

/* A ground with the scores on it, at the left end of what is seen of it. */
static void
draw_judgement (SemioTimelineLayer *layer, cairo_t *cr, const SemioLane *lane, const SemioLaneItem *item)
{
  const SemioLanePerson *person = g_ptr_array_index (lane->persons, item->run);
  const SemioLaneJudgement *judgement = &g_array_index (person->judgements, SemioLaneJudgement, item->first);
  PangoLayout *word = semio_timeline_style_get_text (semio_timeline_layer_get_style (layer), GTK_WIDGET (layer), judgement->word);
  double x = MAX (item->x_px, 0) + WORD_INSET_PX;
  int width_px, height_px;

  add_rounded (cr, item->x_px, item->y_px, item->width_px, item->height_px, MIN (RADIUS_PX, item->width_px / 2));
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_JUDGEMENT));
  cairo_fill (cr);
  pango_layout_get_pixel_size (word, &width_px, &height_px);
  if (x + width_px + WORD_INSET_PX > item->x_px + item->width_px)
    return;
  semio_timeline_layer_draw_text (layer, cr, word, SEMIO_TIMELINE_COLOR_TEXT, x,
                                  item->y_px + floor ((item->height_px - height_px) / 2));
}

/**
 * semio_cell_painter_draw:
 * @layer: whose style is used
 * @cr: to draw on
 * @lane: whose items they are
 * @items: (element-type SemioLaneItem): from semio_lane_layout_prepare()
 */
void
semio_cell_painter_draw (SemioTimelineLayer *layer, cairo_t *cr, const SemioLane *lane, const GArray *items)
{
  const SemioLaneItem *all = (const SemioLaneItem *) (void *) items->data;

  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  for (guint first = 0; first < items->len; first += CELLS_PER_COMMAND)
    {
      guint n = MIN (items->len - first, CELLS_PER_COMMAND);

      for (guint shape = 0; shape < N_SHAPES; shape++)
        draw_shape (layer, cr, (Shape) shape, all + first, n);
    }
  for (guint i = 0; i < items->len; i++)
    {
      if (all[i].kind == SEMIO_LANE_ITEM_ANSWER)
        draw_word (layer, cr, &all[i]);
      else if (all[i].kind == SEMIO_LANE_ITEM_JUDGEMENT)
        draw_judgement (layer, cr, lane, &all[i]);
      else
        draw_reference (layer, cr, lane, &all[i]);
    }
}

/**
 * semio_cell_painter_draw_selection:
 * @layer: whose style is used
 * @cr: to draw on
 * @item: the cell in hand
 */
void
semio_cell_painter_draw_selection (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item)
{
  add_rounded (cr, item->x_px - 1, item->y_px - 1, item->width_px + 2, item->height_px + 2,
               MIN (RADIUS_PX + 1, item->width_px / 2));
  add_rounded (cr, item->x_px + 1, item->y_px + 1, item->width_px - 2, item->height_px - 2,
               CLAMP (item->width_px / 2 - 1, 0, RADIUS_PX - 1));
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_TEXT));
  cairo_fill (cr);
}

/**
 * semio_cell_painter_draw_cursor:
 * @layer: whose style is used
 * @cr: to draw on
 * @item: the cell that the keyboard stands on
 *
 * Dashed, so that it differs from the cell in hand also without colours.
 */
void
semio_cell_painter_draw_cursor (SemioTimelineLayer *layer, cairo_t *cr, const SemioLaneItem *item)
{
  static const double dashes[] = { 4, 2 };

  cairo_rectangle (cr, item->x_px - 1, item->y_px - 1, item->width_px + 2, item->height_px + 2);
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_TEXT));
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
}
