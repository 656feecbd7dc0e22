/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How figures look that show every value, every answer or every threshold. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-chart-private.h"

#define POINT_PX 4.5
#define BOX_SHARE 0.7 /* of a row's height */
#define LABEL_PX 32.0
#define N_TICKS 5
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
draw_square (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  for (guint i = 0; i <= N_TICKS; i++)
    {
      double y = places->bottom - (places->bottom - places->top) * i / N_TICKS;
      g_autofree char *text = semio_chart_format_value ((double) i / N_TICKS);

      semio_color_set (cr, style->grid);
      semio_chart_draw_line (cr, places->left, y, places->right, y, 1);
      semio_color_set (cr, style->dim);
      semio_chart_draw_text (cr, style, text, places->left - 6, y, 1, 0, FALSE);
    }
  cairo_save (cr);
  cairo_translate (cr, places->left - LABEL_PX - 10, (places->top + places->bottom) / 2);
  cairo_rotate (cr, -G_PI / 2);
  semio_chart_draw_text (cr, style, self->y_measure, 0, 0, 0.5, 0, FALSE);
  cairo_restore (cr);
}

/* What needs no model: one score for all. */
static void
draw_level (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint series)
{
  static const double dash[] = { 2, 3 };
  double from = places->bottom;
  double to = places->top;

  if (self->levels != NULL)
    from = to = places->bottom - self->levels[series] * (places->bottom - places->top);
  semio_color_set (cr, style->dim);
  cairo_set_dash (cr, dash, 2, 0);
  semio_chart_draw_line (cr, places->left, from, places->right, to, 1);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_curve (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places, guint series)
{
  guint n = self->first_point[series + 1] - self->first_point[series];

  semio_color_set (cr, semio_chart_get_series_color (self, style, series));
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      double x, y;

      semio_chart_get_mark_place (self, places, self->first_point[series] + i, &x, &y);
      cairo_line_to (cr, x, y);
    }
  semio_chart_set_dash (cr, series);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = 0; n <= MAX_CURVE_MARKS && i < n; i++)
    {
      double x, y;

      semio_chart_get_mark_place (self, places, self->first_point[series] + i, &x, &y);
      semio_chart_draw_mark (cr, series, x, y, POINT_PX);
    }
}

void
semio_chart_draw_curves (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, const SemioChartPlaces *places)
{
  draw_square (self, style, cr, places);
  for (guint series = 0; series < self->n_series; series++)
    if (self->first_point[series + 1] > self->first_point[series])
      {
        draw_level (self, style, cr, places, series);
        draw_curve (self, style, cr, places, series);
      }
}
