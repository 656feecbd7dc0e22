/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How each kind of figure looks. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-chart-private.h"

#define PAD_PX SEMIO_CHART_PAD_PX
#define MARK_PX 8.0
#define HEAD_PX 6.0
#define N_TICKS 5
/* Between two numbers at an axis. */
#define TICK_GAP_PX 3.0

void
semio_chart_draw_line (cairo_t *cr, double x1, double y1, double x2, double y2, double width)
{
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

SemioColor
semio_chart_get_series_color (const SemioChart *self, const SemioChartStyle *style, guint series)
{
  double share = self->n_series > 1 ? (double) series / (self->n_series - 1) : 1;

  /* Parts of a stack are steps of one scale, so they go from one end of it to the other, by what is neither in the middle. */
  if (self->kind == SEMIO_CHART_KIND_STACK)
    return share < 0.5 ? semio_color_mix (style->steps[0], style->steps[1], share * 2)
                       : semio_color_mix (style->steps[1], style->steps[2], share * 2 - 1);
  return style->series[series % SEMIO_N_SERIES_COLORS];
}

static void
draw_legend (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  const double left = semio_chart_get_legend_left (self, style, places->left, places->right);
  double x = left;
  double y = places->legend_y;

  for (guint i = 0; i < self->n_series; i++)
    {
      double begin = semio_chart_step_legend (self, style, i, left, places->right, &x, &y);
      double room_px = places->right - begin - SEMIO_CHART_LEGEND_MARK_PX;

      semio_color_set (cr, semio_chart_get_series_color (self, style, i));
      if (self->kind == SEMIO_CHART_KIND_STACK)
        {
          cairo_rectangle (cr, begin, y - 5, 10, 10);
          cairo_fill (cr);
        }
      else if (self->kind == SEMIO_CHART_KIND_CURVES)
        {
          semio_chart_set_dash (cr, i);
          semio_chart_draw_line (cr, begin - 2, y, begin + 12, y, 2);
          cairo_set_dash (cr, NULL, 0, 0);
        }
      else
        semio_chart_draw_mark (cr, i, begin + 5, y, MARK_PX);
      semio_color_set (cr, style->text);
      semio_chart_draw_text (cr, style, self->legend[i], begin + SEMIO_CHART_LEGEND_MARK_PX, y, 0,
                             CLAMP (room_px, 1, SEMIO_CHART_LEGEND_MAX_PX), FALSE);
    }
}

/* Where what is counted in whole steps has its lines: at the steps; all else in as many equal parts. */
static guint
count_ticks (const SemioChart *self)
{
  return self->spread > 0 ? (guint) (floor (self->high) - ceil (self->low)) : N_TICKS;
}

static double
get_tick (const SemioChart *self, guint tick)
{
  return self->spread > 0 ? ceil (self->low) + tick : self->low + (self->high - self->low) * tick / N_TICKS;
}

static char *
format_tick (const SemioChart *self, double value)
{
  if (self->kind == SEMIO_CHART_KIND_STACK)
    return g_strdup_printf ("%d %%", (int) lround (value * 100));
  return self->spread > 0 ? g_strdup_printf ("%d", (int) lround (value)) : semio_chart_format_value (value);
}

guint
semio_chart_get_tick_step (const SemioChart *self, const SemioChartStyle *style, const SemioChartPlaces *places)
{
  const guint n = MAX (count_ticks (self), 1);
  const double apart_px = (places->right - places->left) / n;
  double widest_px = 0;

  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *text = format_tick (self, get_tick (self, i));

      widest_px = MAX (widest_px, semio_chart_measure_text (style, text, FALSE));
    }
  for (guint step = 1; step < n; step++)
    if (n % step == 0 && apart_px * step >= widest_px + TICK_GAP_PX)
      return step;
  return n;
}

static void
draw_axis (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  const guint step = semio_chart_get_tick_step (self, style, places);

  for (guint i = 0; i <= count_ticks (self); i++)
    {
      double x = semio_chart_value_to_x (self, places, get_tick (self, i));
      g_autofree char *text = format_tick (self, get_tick (self, i));

      semio_color_set (cr, style->grid);
      semio_chart_draw_line (cr, x, places->top, x, places->bottom, 1);
      semio_color_set (cr, style->dim);
      if (i % step == 0)
        semio_chart_draw_text (cr, style, text, x, places->axis_y, 0.5, 0, FALSE);
    }
  if (self->measure != NULL)
    semio_chart_draw_text (cr, style, self->measure, (places->left + places->right) / 2, places->axis_y + 18, 0.5, 0, FALSE);
}

static void
draw_columns (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  double width = (places->right - places->left) / MAX (self->n_series, 1);

  semio_color_set (cr, style->dim);
  for (guint i = 0; i < self->n_series; i++)
    semio_chart_draw_lines (cr, style, self->series[i], places->left + (i + 0.5) * width, places->heads_y, width - 4,
                            SEMIO_CHART_HEAD_LINES);
}

void
semio_chart_draw_frame (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places,
                        double width_px)
{
  semio_color_set (cr, style->text);
  if (!style->without_title)
    semio_chart_draw_text (cr, style, self->title, PAD_PX, places->title_y, 0, width_px - PAD_PX * 2, TRUE);
  if (self->n_rows == 0)
    {
      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, _ ("There is nothing to show."), places->left, places->top + 10, 0, 0, FALSE);
      return;
    }
  if (self->kind == SEMIO_CHART_KIND_HEAT || self->kind == SEMIO_CHART_KIND_CONFUSION)
    draw_columns (self, style, cr, places);
  else if (self->kind != SEMIO_CHART_KIND_CURVES)
    draw_axis (self, style, cr, places);
  if (semio_chart_has_legend (self))
    draw_legend (self, style, cr, places);
  semio_color_set (cr, style->text);
  for (guint row = 0; self->kind != SEMIO_CHART_KIND_CURVES && row < self->n_rows; row++)
    semio_chart_draw_text (cr, style, self->rows[row], places->label_right, places->top + (row + 0.5) * places->row_px, 1,
                           places->label_right - PAD_PX, FALSE);
}

/* Why there is no mark, where it would stand. */
static void
draw_reason (cairo_t *cr, const SemioChartStyle *style, const SemioChartPlaces *places, SemioFigureState state, double y)
{
  semio_color_set (cr, style->dim);
  semio_chart_draw_text (cr, style, semio_figure_state_describe (state), places->left + 4, y, 0, places->right - places->left - 8,
                         FALSE);
}

/* What the best constant answer has, as high as its mark's band: those of all series of a row make one line when they agree. */
static void
draw_constant (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint mark, double y)
{
  static const double dash[] = { 2, 2 };
  double half = MIN (SEMIO_CHART_SERIES_PX, places->row_px / self->n_series) / 2;
  double x;

  if (self->constants == NULL || self->constants[mark].state != SEMIO_FIGURE_KNOWN)
    return;
  x = semio_chart_value_to_x (self, places, self->constants[mark].value);
  semio_color_set (cr, style->dim);
  cairo_set_dash (cr, dash, 2, 0);
  semio_chart_draw_line (cr, x, y - half, x, y + half, 1.5);
  cairo_set_dash (cr, NULL, 0, 0);
}

void
semio_chart_draw_forest (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint row = 0; row < self->n_rows; row++)
    for (guint series = 0; series < self->n_series; series++)
      {
        guint mark = row * self->n_series + series;
        const SemioInterval *interval = &self->intervals[mark];
        double x, y;

        semio_chart_get_mark_place (self, places, mark, &x, &y);
        draw_constant (self, style, cr, places, mark, y);
        if (self->values[mark].state != SEMIO_FIGURE_KNOWN)
          {
            /* Several reasons in one row would lie over one another. */
            if (self->n_series == 1)
              draw_reason (cr, style, places, self->values[mark].state, y);
            continue;
          }
        semio_color_set (cr, semio_chart_get_series_color (self, style, series));
        if (interval->state == SEMIO_FIGURE_KNOWN)
          semio_chart_draw_line (cr, semio_chart_value_to_x (self, places, interval->low), y,
                                 semio_chart_value_to_x (self, places, interval->high), y, 1.5);
        semio_chart_draw_mark (cr, series, x, y, MARK_PX);
      }
}

void
semio_chart_draw_heat (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  double width = (places->right - places->left) / MAX (self->n_series, 1);

  for (guint row = 0; row < self->n_rows; row++)
    for (guint series = 0; series < self->n_series; series++)
      {
        const SemioFigure *value = &self->values[row * self->n_series + series];
        double share = CLAMP ((value->value - self->low) / (self->high - self->low), 0, 1);
        SemioColor color = semio_color_mix (style->background, style->fill, 0.08 + 0.92 * share);
        g_autofree char *text = semio_chart_format_value (value->value);
        double x, y;

        semio_chart_get_mark_place (self, places, row * self->n_series + series, &x, &y);
        if (value->state == SEMIO_FIGURE_KNOWN)
          {
            semio_color_set (cr, color);
            cairo_rectangle (cr, x - width / 2 + 1, y - places->row_px / 2 + 1, width - 2, places->row_px - 2);
            cairo_fill (cr);
            semio_color_set (cr, semio_color_contrast (color));
            semio_chart_draw_text (cr, style, text, x, y, 0.5, width - 4, FALSE);
            continue;
          }
        semio_color_set (cr, style->grid);
        cairo_set_line_width (cr, 1);
        cairo_rectangle (cr, x - width / 2 + 1.5, y - places->row_px / 2 + 1.5, width - 3, places->row_px - 3);
        cairo_stroke (cr);
        semio_color_set (cr, style->dim);
        semio_chart_draw_text (cr, style, "–", x, y, 0.5, 0, FALSE);
      }
}

void
semio_chart_draw_stack (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint row = 0; row < self->n_rows; row++)
    {
      double y = places->top + (row + 0.5) * places->row_px;

      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, self->notes[row], places->right + PAD_PX, y, 0, 0, FALSE);
      if (self->values[row * self->n_series].state != SEMIO_FIGURE_KNOWN)
        {
          draw_reason (cr, style, places, SEMIO_FIGURE_NO_PAIRS, y);
          continue;
        }
      for (guint series = 0; series < self->n_series; series++)
        {
          double begin = semio_chart_get_part_begin (self, row, series);
          double share = self->values[row * self->n_series + series].value;
          double x1 = semio_chart_value_to_x (self, places, begin);
          double x2 = semio_chart_value_to_x (self, places, begin + share);
          SemioColor color = semio_chart_get_series_color (self, style, series);
          g_autofree char *text = g_strdup_printf ("%u", self->counts[row * self->n_series + series]);

          semio_color_set (cr, color);
          cairo_rectangle (cr, x1, y - places->row_px / 2 + 3, x2 - x1, places->row_px - 6);
          cairo_fill (cr);
          semio_color_set (cr, semio_color_contrast (color));
          if (x2 - x1 > 22)
            semio_chart_draw_text (cr, style, text, (x1 + x2) / 2, y, 0.5, 0, FALSE);
        }
    }
}

static void
draw_arrow (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint pair)
{
  const SemioFigure *from = &self->values[pair * 2];
  const SemioFigure *to = &self->values[pair * 2 + 1];
  double x1, x2, y, direction;

  semio_chart_get_mark_place (self, places, pair * 2, &x1, &y);
  semio_chart_get_mark_place (self, places, pair * 2 + 1, &x2, &y);
  if (from->state != SEMIO_FIGURE_KNOWN || to->state != SEMIO_FIGURE_KNOWN)
    {
      if (self->n_series == 1)
        draw_reason (cr, style, places, from->state != SEMIO_FIGURE_KNOWN ? from->state : to->state, y);
      return;
    }
  semio_color_set (cr, semio_chart_get_series_color (self, style, pair % self->n_series));
  semio_chart_draw_line (cr, x1, y, x2, y, 1.5);
  semio_chart_draw_mark (cr, pair % self->n_series, x1, y, MARK_PX * 0.7);
  direction = x2 >= x1 ? 1 : -1;
  cairo_move_to (cr, x2 + direction * HEAD_PX / 2, y);
  cairo_line_to (cr, x2 - direction * HEAD_PX, y - HEAD_PX * 0.7);
  cairo_line_to (cr, x2 - direction * HEAD_PX, y + HEAD_PX * 0.7);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
semio_chart_draw_arrows (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint pair = 0; pair < self->n_rows * self->n_series; pair++)
    draw_arrow (self, style, cr, places, pair);
}
