/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define PAD_PX 12.0
#define LINE_PX 20.0
#define ROW_PX 22.0
#define SERIES_PX 9.0
#define CELL_PX 58.0
#define MAX_CELL_PX 130.0
#define FIELD_PX 420.0
#define COUNT_PX 64.0
#define MARK_REACH_PX 8.0

char *
semio_chart_format_value (double value)
{
  int hundredths = (int) lround (fabs (value) * 100);

  return g_strdup_printf ("%s%d.%02d", value < 0 && hundredths > 0 ? "−" : "", hundredths / 100, hundredths % 100);
}

static SemioChart *
chart_new (SemioChartKind kind, const char *title, const char *sentence, const char *measure, const char *const *rows,
           const char *const *series)
{
  SemioChart *self = g_new0 (SemioChart, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->title = g_strdup (title);
  self->sentence = g_strdup (sentence);
  self->measure = g_strdup (measure);
  self->rows = g_strdupv ((char **) rows);
  self->series = g_strdupv ((char **) series);
  self->n_rows = g_strv_length (self->rows);
  self->n_series = g_strv_length (self->series);
  self->high = 1;
  return self;
}

static void
take_values (SemioChart *self, const SemioFigure *values, double low, double high)
{
  self->values = g_memdup2 (values, sizeof *values * self->n_rows * self->n_series);
  self->low = low;
  self->high = MAX (high, low + 1e-9);
}

SemioChart *
semio_chart_new_forest (const char *title, const char *sentence, const char *measure, const char *const *rows,
                        const char *const *series, const SemioFigure *values, const SemioInterval *intervals, double low,
                        double high)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_FOREST, title, sentence, measure, rows, series);

  take_values (self, values, low, high);
  self->intervals = g_memdup2 (intervals, sizeof *intervals * self->n_rows * self->n_series);
  return self;
}

SemioChart *
semio_chart_new_heat (const char *title, const char *sentence, const char *measure, const char *const *rows,
                      const char *const *columns, const SemioFigure *values, double low, double high)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_HEAT, title, sentence, measure, rows, columns);

  take_values (self, values, low, high);
  return self;
}

SemioChart *
semio_chart_new_stack (const char *title, const char *sentence, const char *const *rows, const char *const *parts,
                       const double *shares, const guint *n)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_STACK, title, sentence, NULL, rows, parts);

  self->values = g_new (SemioFigure, MAX (self->n_rows * self->n_series, 1));
  for (guint i = 0; i < self->n_rows * self->n_series; i++)
    self->values[i] = n[i / self->n_series] > 0 ? semio_figure_new (shares[i]) : semio_figure_missing (SEMIO_FIGURE_NO_PAIRS);
  self->counts = g_memdup2 (n, sizeof *n * self->n_rows);
  return self;
}

SemioChart *
semio_chart_new_arrows (const char *title, const char *sentence, const char *measure, const char *const *rows, const char *from,
                        const char *to, const SemioFigure *values, double low, double high)
{
  const char *const ends[] = { from, to, NULL };
  SemioChart *self = chart_new (SEMIO_CHART_KIND_ARROWS, title, sentence, measure, rows, ends);

  take_values (self, values, low, high);
  return self;
}

SemioChart *
semio_chart_ref (SemioChart *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
semio_chart_unref (SemioChart *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->title);
  g_free (self->sentence);
  g_free (self->measure);
  g_strfreev (self->rows);
  g_strfreev (self->series);
  g_free (self->values);
  g_free (self->intervals);
  g_free (self->counts);
  g_free (self);
}

const char *
semio_chart_get_title (SemioChart *self)
{
  return self->title;
}

const char *
semio_chart_get_sentence (SemioChart *self)
{
  return self->sentence;
}

guint
semio_chart_get_n_marks (SemioChart *self)
{
  return self->n_rows * self->n_series;
}

static double
get_row_px (const SemioChart *self)
{
  return self->kind == SEMIO_CHART_KIND_FOREST ? MAX (ROW_PX, SERIES_PX * self->n_series + 6) : ROW_PX;
}

static double
get_label_px (const SemioChart *self, const SemioChartStyle *style)
{
  double widest = 0;

  for (guint i = 0; i < self->n_rows; i++)
    widest = MAX (widest, semio_chart_measure_text (style, self->rows[i], FALSE));
  /* A screen rounds the places of letters otherwise than this measuring. */
  return widest + 3;
}

/* Room for the longest head of a column, within reason. */
static double
get_cell_px (const SemioChart *self, const SemioChartStyle *style)
{
  double widest = CELL_PX;

  for (guint i = 0; i < self->n_series; i++)
    widest = MAX (widest, semio_chart_measure_text (style, self->series[i], FALSE) + 14);
  return MIN (widest, MAX_CELL_PX);
}

/* Legend above, or heads of columns. */
static double
get_head_px (const SemioChart *self)
{
  return self->kind == SEMIO_CHART_KIND_HEAT ? LINE_PX : self->n_series > 1 ? LINE_PX : 0;
}

static gboolean
has_axis (const SemioChart *self)
{
  return self->kind != SEMIO_CHART_KIND_HEAT;
}

void
semio_chart_get_natural_size (SemioChart *self, const SemioChartStyle *style, double *width_px, double *height_px)
{
  double field = self->kind == SEMIO_CHART_KIND_HEAT ? get_cell_px (self, style) * self->n_series : FIELD_PX;

  if (self->kind == SEMIO_CHART_KIND_STACK)
    field += COUNT_PX;
  *width_px = PAD_PX + get_label_px (self, style) + PAD_PX + field + PAD_PX * 2;
  *width_px = MAX (*width_px, semio_chart_measure_text (style, self->title, TRUE) + PAD_PX * 2);
  *height_px = PAD_PX + LINE_PX + get_head_px (self) + get_row_px (self) * self->n_rows + PAD_PX;
  if (has_axis (self))
    *height_px += LINE_PX * 2;
}

SemioChartPlaces
semio_chart_place (const SemioChart *self, const SemioChartStyle *style, double width_px, double height_px)
{
  SemioChartPlaces places = { .title_y = PAD_PX + LINE_PX / 2 };
  double label_px = MIN (get_label_px (self, style), width_px / 2.5);

  places.legend_y = places.title_y + LINE_PX;
  places.label_right = PAD_PX + label_px;
  places.left = places.label_right + PAD_PX;
  places.right = MAX (width_px - PAD_PX * 2 - (self->kind == SEMIO_CHART_KIND_STACK ? COUNT_PX : 0), places.left + 1);
  places.top = PAD_PX + LINE_PX + get_head_px (self);
  places.bottom = MAX (height_px - PAD_PX - (has_axis (self) ? LINE_PX * 2 : 0), places.top + 1);
  places.row_px = self->n_rows > 0 ? (places.bottom - places.top) / self->n_rows : 0;
  places.axis_y = places.bottom + LINE_PX / 2 + 2;
  return places;
}

double
semio_chart_value_to_x (const SemioChart *self, const SemioChartPlaces *places, double value)
{
  double share = CLAMP ((value - self->low) / (self->high - self->low), 0, 1);

  return places->left + share * (places->right - places->left);
}

double
semio_chart_get_part_begin (const SemioChart *self, guint row, guint series)
{
  double begin = 0;

  for (guint i = 0; i < series; i++)
    begin += self->values[row * self->n_series + i].value;
  return begin;
}

void
semio_chart_get_mark_place (const SemioChart *self, const SemioChartPlaces *places, guint row, guint series, double *x, double *y)
{
  const SemioFigure *value = &self->values[row * self->n_series + series];
  double middle = places->top + (row + 0.5) * places->row_px;

  *y = middle;
  if (self->kind == SEMIO_CHART_KIND_HEAT)
    *x = places->left + (series + 0.5) * (places->right - places->left) / self->n_series;
  else if (self->kind == SEMIO_CHART_KIND_STACK)
    *x = semio_chart_value_to_x (self, places, semio_chart_get_part_begin (self, row, series) + value->value / 2);
  else
    *x = semio_chart_value_to_x (self, places, value->value);
  if (self->kind == SEMIO_CHART_KIND_FOREST)
    *y = middle + (series - (self->n_series - 1) / 2.0) * MIN (SERIES_PX, places->row_px / MAX (self->n_series, 1));
}

/* TRUE when a point lies on the mark. */
static gboolean
hits (const SemioChart *self, const SemioChartPlaces *places, guint row, guint series, double x, double y)
{
  double at_x, at_y, half_x = MARK_REACH_PX, half_y = MARK_REACH_PX;

  semio_chart_get_mark_place (self, places, row, series, &at_x, &at_y);
  if (self->kind == SEMIO_CHART_KIND_HEAT)
    {
      half_x = (places->right - places->left) / self->n_series / 2;
      half_y = places->row_px / 2;
    }
  else if (self->kind == SEMIO_CHART_KIND_STACK)
    {
      half_x = self->values[row * self->n_series + series].value * (places->right - places->left) / 2;
      half_y = places->row_px / 2;
    }
  else if (self->kind == SEMIO_CHART_KIND_FOREST)
    half_y = MIN (MARK_REACH_PX, SERIES_PX / 2);
  return fabs (x - at_x) <= half_x && fabs (y - at_y) <= half_y;
}

int
semio_chart_find_mark (SemioChart *self, const SemioChartStyle *style, double width_px, double height_px, double x, double y)
{
  SemioChartPlaces places = semio_chart_place (self, style, width_px, height_px);

  if (y < places.top || y > places.bottom)
    return -1;
  for (guint row = 0; row < self->n_rows; row++)
    for (guint series = 0; series < self->n_series; series++)
      if (hits (self, &places, row, series, x, y))
        return (int) (row * self->n_series + series);
  return -1;
}

char *
semio_chart_describe_mark (SemioChart *self, guint mark)
{
  guint row = mark / MAX (self->n_series, 1);
  guint series = mark % MAX (self->n_series, 1);
  const SemioFigure *figure = &self->values[mark];
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  g_return_val_if_fail (mark < semio_chart_get_n_marks (self), NULL);

  if (figure->state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("%s, %s: %s", self->rows[row], self->series[series], semio_figure_state_describe (figure->state));
  value = semio_chart_format_value (figure->value);
  if (self->kind == SEMIO_CHART_KIND_STACK)
    return g_strdup_printf ("%s, %s: %d %%", self->rows[row], self->series[series], (int) lround (figure->value * 100));
  if (!self->intervals || self->intervals[mark].state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("%s, %s: %s %s", self->rows[row], self->series[series], self->measure, value);
  low = semio_chart_format_value (self->intervals[mark].low);
  high = semio_chart_format_value (self->intervals[mark].high);
  /* Translators: feature, run, measure, value and the ends of its interval. */
  return g_strdup_printf (_ ("%s, %s: %s %s, %s to %s"), self->rows[row], self->series[series], self->measure, value, low, high);
}

void
semio_chart_draw (SemioChart *self, const SemioChartStyle *style, cairo_t *cr, double width_px, double height_px)
{
  SemioChartPlaces places = semio_chart_place (self, style, width_px, height_px);

  cairo_save (cr);
  semio_color_set (cr, style->background);
  cairo_rectangle (cr, 0, 0, width_px, height_px);
  cairo_fill (cr);
  semio_chart_draw_frame (self, style, cr, &places, width_px);
  switch (self->kind)
    {
    case SEMIO_CHART_KIND_FOREST:
      semio_chart_draw_forest (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_HEAT:
      semio_chart_draw_heat (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_STACK:
      semio_chart_draw_stack (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_ARROWS:
    default:
      semio_chart_draw_arrows (self, style, cr, &places);
    }
  cairo_restore (cr);
}
