/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How figures look that show every value, every answer or every threshold. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-chart-private.h"

#define POINT_PX 4.5
#define BOX_SHARE 0.7 /* of a row's height */
#define N_TICKS 2
#define AREA_PX 15.0
/* From so many points on marks of a curve would be a band. */
#define MAX_CURVE_MARKS 40

void
semio_chart_set_dash (cairo_t *cr, guint series)
{
  static const double dashes[][4] = { { 0, 0, 0, 0 }, { 7, 3, 7, 3 },   { 2, 2, 2, 2 },
                                      { 8, 3, 2, 3 }, { 12, 4, 12, 4 }, { 4, 6, 4, 6 } };
  guint kind = series % G_N_ELEMENTS (dashes);

  cairo_set_dash (cr, kind == 0 ? NULL : dashes[kind], kind == 0 ? 0 : 4, 0);
}

/* ---- Confusion matrices ---- */

static void
draw_answer_cell (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint mark)
{
  const guint *line = self->counts + mark - mark % 3;
  guint cell = mark % SEMIO_N_CONFUSION_CELLS;
  gboolean is_right = cell == 0 || cell == 4;
  double share = (double) self->counts[mark] / MAX (line[0] + line[1] + line[2], 1);
  SemioColor color = semio_color_mix (style->background, is_right ? style->fill : style->series[1], 0.06 + 0.84 * share);
  double width = (places->right - places->left) / self->n_series;
  double cell_px = (width - 8) / semio_chart_get_n_answers (self);
  double height = places->row_px * 0.44;
  g_autofree char *text = g_strdup_printf ("%u", self->counts[mark]);
  double x, y;

  semio_chart_get_mark_place (self, places, mark, &x, &y);
  semio_color_set (cr, color);
  cairo_rectangle (cr, x - cell_px / 2 + 1, y - height / 2 + 1, cell_px - 2, height - 2);
  cairo_fill (cr);
  semio_color_set (cr, semio_color_contrast (color));
  /* What is right is told by weight as well as by colour. */
  semio_chart_draw_text (cr, style, text, x, y, 0.5, cell_px - 2, is_right);
}

/* "yes", "no" and, where it occurs, "neither" over the cells of each run, beside the lines of each feature. */
static void
draw_answer_heads (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  const char *const heads[] = { _ ("yes"), _ ("no"), "–" };

  semio_color_set (cr, style->dim);
  for (guint mark = 0; self->n_rows > 0 && mark < self->n_series * SEMIO_N_CONFUSION_CELLS; mark++)
    {
      double x, y;

      if (mark % SEMIO_N_CONFUSION_CELLS >= semio_chart_get_n_answers (self))
        continue;
      semio_chart_get_mark_place (self, places, mark, &x, &y);
      semio_chart_draw_text (cr, style, heads[mark % SEMIO_N_CONFUSION_CELLS], x, places->top - SEMIO_CHART_LINE_PX / 2, 0.5, 0,
                             FALSE);
    }
  for (guint row = 0; row < self->n_rows; row++)
    for (guint line = 0; line < 2; line++)
      semio_chart_draw_text (cr, style, heads[line], places->left - 4,
                             places->top + (row + (line == 0 ? 0.28 : 0.72)) * places->row_px, 1, 0, FALSE);
}

void
semio_chart_draw_confusion (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  double width = (places->right - places->left) / MAX (self->n_series, 1);

  draw_answer_heads (self, style, cr, places);
  for (guint matrix = 0; matrix < self->n_rows * self->n_series; matrix++)
    {
      guint sum = 0;

      for (guint cell = 0; cell < SEMIO_N_CONFUSION_CELLS; cell++)
        sum += self->counts[matrix * SEMIO_N_CONFUSION_CELLS + cell];
      for (guint cell = 0; sum > 0 && cell < SEMIO_N_CONFUSION_CELLS; cell++)
        if (cell % 3 < semio_chart_get_n_answers (self))
          draw_answer_cell (self, style, cr, places, matrix * SEMIO_N_CONFUSION_CELLS + cell);
      if (sum > 0)
        continue;
      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, semio_figure_state_describe (SEMIO_FIGURE_NO_PAIRS),
                             places->left + (matrix % self->n_series + 0.5) * width,
                             places->top + (matrix / self->n_series + 0.5) * places->row_px, 0.5, width - 8, FALSE);
    }
}

/* ---- Boxes ---- */

static void
draw_box (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint row)
{
  const double *quartiles = self->quartiles + (gsize) row * SEMIO_CHART_N_QUARTILES;
  double y = places->top + (row + 0.5) * places->row_px;
  double half = places->row_px * BOX_SHARE / 2;
  double x[SEMIO_CHART_N_QUARTILES];

  for (guint i = 0; i < SEMIO_CHART_N_QUARTILES; i++)
    x[i] = semio_chart_value_to_x (self, places, quartiles[i]);
  semio_color_set (cr, semio_color_mix (style->background, style->dim, 0.18));
  cairo_rectangle (cr, x[1], y - half, x[3] - x[1], half * 2);
  cairo_fill (cr);
  semio_color_set (cr, style->dim);
  semio_chart_draw_line (cr, x[0], y, x[1], y, 1);
  semio_chart_draw_line (cr, x[3], y, x[4], y, 1);
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, x[1], y - half, x[3] - x[1], half * 2);
  cairo_stroke (cr);
}

/* The points lie over the box, the median over the points. */
static void
draw_median (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint row)
{
  double y = places->top + (row + 0.5) * places->row_px;
  double half = places->row_px * BOX_SHARE / 2;
  double x = semio_chart_value_to_x (self, places, self->quartiles[(gsize) row * SEMIO_CHART_N_QUARTILES + 2]);

  semio_color_set (cr, style->text);
  semio_chart_draw_line (cr, x, y - half, x, y + half, 2.5);
}

static void
draw_points (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint row)
{
  SemioColor color = style->series[0];

  /* Where they lie upon one another they darken. */
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.55);
  for (guint i = self->first_point[row]; i < self->first_point[row + 1]; i += semio_chart_get_point_step (self, row))
    {
      double x, y;

      semio_chart_get_mark_place (self, places, i, &x, &y);
      semio_chart_draw_mark (cr, 0, x, y, POINT_PX);
    }
}

void
semio_chart_draw_boxes (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint n = self->first_point[row + 1] - self->first_point[row];
      double y = places->top + (row + 0.5) * places->row_px;
      guint drawn = n / semio_chart_get_point_step (self, row);
      g_autofree char *count = drawn == n ? g_strdup_printf ("n = %u", n) : g_strdup_printf (_ ("n = %u, %u drawn"), n, drawn);

      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, count, places->right + SEMIO_CHART_PAD_PX, y, 0, 0, FALSE);
      if (n == 0)
        semio_chart_draw_text (cr, style, semio_figure_state_describe (SEMIO_FIGURE_NO_PAIRS), places->left + 4, y, 0, 0, FALSE);
      if (n >= SEMIO_CHART_MIN_BOX)
        draw_box (self, style, cr, places, row);
      draw_points (self, style, cr, places, row);
      if (n >= SEMIO_CHART_MIN_BOX)
        draw_median (self, style, cr, places, row);
    }
}

/* ---- Curves ---- */

static void
draw_square (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartSquare *square, guint row)
{
  for (guint i = 0; i <= N_TICKS; i++)
    {
      double share = (double) i / N_TICKS;
      g_autofree char *text = i == 0 ? g_strdup ("0") : i == N_TICKS ? g_strdup ("1") : semio_chart_format_value (share);

      semio_color_set (cr, style->grid);
      semio_chart_draw_line (cr, square->x, square->y + share * square->size, square->x + square->size,
                             square->y + share * square->size, 1);
      semio_chart_draw_line (cr, square->x + share * square->size, square->y, square->x + share * square->size,
                             square->y + square->size, 1);
      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, text, square->x - 4, square->y + (1 - share) * square->size, 1, 0, FALSE);
      semio_chart_draw_text (cr, style, text, square->x + share * square->size, square->y + square->size + 10, 0.5, 0, FALSE);
    }
  semio_color_set (cr, style->text);
  semio_chart_draw_text (cr, style, self->rows[row], square->x, square->y - SEMIO_CHART_LINE_PX / 2, 0, square->size, FALSE);
}

/* What needs no model: one score for all. */
static void
draw_level (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartSquare *square, guint curve)
{
  static const double dash[] = { 2, 3 };
  double from = self->levels != NULL ? self->levels[curve] : 0;
  double to = self->levels != NULL ? self->levels[curve] : 1;

  semio_color_set (cr, style->dim);
  cairo_set_dash (cr, dash, 2, 0);
  semio_chart_draw_line (cr, square->x, square->y + (1 - from) * square->size, square->x + square->size,
                         square->y + (1 - to) * square->size, 1);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_curve (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint curve)
{
  guint n = self->first_point[curve + 1] - self->first_point[curve];

  semio_color_set (cr, semio_chart_get_series_color (self, style, curve % self->n_series));
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      double x, y;

      semio_chart_get_mark_place (self, places, self->first_point[curve] + i, &x, &y);
      cairo_line_to (cr, x, y);
    }
  semio_chart_set_dash (cr, curve % self->n_series);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = 0; n <= MAX_CURVE_MARKS && i < n; i++)
    {
      double x, y;

      semio_chart_get_mark_place (self, places, self->first_point[curve] + i, &x, &y);
      semio_chart_draw_mark (cr, curve % self->n_series, x, y, POINT_PX);
    }
}

/* The area of each run's curve, or why there is none, in the corner where curves are not. */
static void
draw_areas (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartSquare *square, guint row)
{
  gboolean on_left = self->levels != NULL;

  for (guint series = 0; series < self->n_series; series++)
    {
      const SemioFigure *area = &self->values[row * self->n_series + series];
      double y = square->y + square->size - 10 - (self->n_series - 1 - series) * AREA_PX;
      g_autofree char *value = semio_chart_format_value (area->value);

      semio_color_set (cr, semio_chart_get_series_color (self, style, series));
      semio_chart_draw_mark (cr, series, on_left ? square->x + 8 : square->x + square->size - 8, y, POINT_PX + 2);
      semio_color_set (cr, style->text);
      semio_chart_draw_text (cr, style, area->state == SEMIO_FIGURE_KNOWN ? value : semio_figure_state_describe (area->state),
                             on_left ? square->x + 16 : square->x + square->size - 16, y, on_left ? 0 : 1, square->size - 24,
                             FALSE);
    }
}

void
semio_chart_draw_curves (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint row = 0; row < self->n_rows; row++)
    {
      SemioChartSquare square = semio_chart_get_square (self, places, row);

      draw_square (self, style, cr, &square, row);
      for (guint curve = row * self->n_series; curve < (row + 1) * self->n_series; curve++)
        if (self->first_point[curve + 1] > self->first_point[curve])
          {
            draw_level (self, style, cr, &square, curve);
            draw_curve (self, style, cr, places, curve);
          }
      draw_areas (self, style, cr, &square, row);
    }
  if (self->n_rows == 0)
    return;
  semio_color_set (cr, style->dim);
  semio_chart_draw_text (cr, style, self->measure, (places->left + places->right) / 2, places->axis_y + 4, 0.5, 0, FALSE);
  cairo_save (cr);
  cairo_translate (cr, places->left - 10, (places->top + places->bottom) / 2);
  cairo_rotate (cr, -G_PI / 2);
  semio_chart_draw_text (cr, style, self->y_measure, 0, 0, 0.5, places->bottom - places->top, FALSE);
  cairo_restore (cr);
}
