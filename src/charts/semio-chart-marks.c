/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks of figures: where they stand, which one is meant, what each says. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-chart-private.h"

#define MARK_REACH_PX 8.0
#define POINT_REACH_PX 5.0
/* Fractions of the golden ratio lie apart evenly, however many there are. */
#define GOLDEN 0.6180339887498949
/* The share of a row's height in which its points lie. */
#define BAND 0.62
#define MAX_POINTS 3000

guint
semio_chart_get_n_marks (SemioChart *self)
{
  switch (self->kind)
    {
    case SEMIO_CHART_KIND_CONFUSION:
      return self->n_rows * self->n_series * SEMIO_N_CONFUSION_CELLS;
    case SEMIO_CHART_KIND_BOXES:
      return self->first_point[self->n_rows];
    case SEMIO_CHART_KIND_CURVES:
      return self->first_point[self->n_rows * self->n_series];
    case SEMIO_CHART_KIND_ARROWS:
      return self->n_rows * self->n_series * 2;
    case SEMIO_CHART_KIND_FOREST:
    case SEMIO_CHART_KIND_HEAT:
    case SEMIO_CHART_KIND_STACK:
    default:
      return self->n_rows * self->n_series;
    }
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

guint
semio_chart_get_point_row (const SemioChart *self, guint point)
{
  guint row = 0;

  while (point >= self->first_point[row + 1])
    row++;
  return row;
}

guint
semio_chart_get_point_step (const SemioChart *self, guint row)
{
  return (self->first_point[row + 1] - self->first_point[row]) / MAX_POINTS + 1;
}

/* FALSE for points that are left out of the drawing. */
static gboolean
is_drawn (const SemioChart *self, guint point)
{
  guint row = semio_chart_get_point_row (self, point);

  return (point - self->first_point[row]) % semio_chart_get_point_step (self, row) == 0;
}

static void
get_confusion_place (const SemioChart *self, const SemioChartPlaces *places, guint mark, double *x, double *y)
{
  guint matrix = mark / SEMIO_N_CONFUSION_CELLS;
  guint cell = mark % SEMIO_N_CONFUSION_CELLS;
  double column_px = (places->right - places->left) / self->n_series;
  double cell_px = (column_px - 8) / semio_chart_get_n_answers (self);

  *x = places->left + (matrix % self->n_series) * column_px + 4 + (cell % 3 + 0.5) * cell_px;
  *y = places->top + (matrix / self->n_series + (cell < 3 ? 0.28 : 0.72)) * places->row_px;
}

static void
get_point_place (const SemioChart *self, const SemioChartPlaces *places, guint point, double *x, double *y)
{
  guint row = semio_chart_get_point_row (self, point);
  double across = fmod ((point - self->first_point[row] + 1) * GOLDEN, 1) - 0.5;
  double along = fmod ((point - self->first_point[row] + 1) * GOLDEN * GOLDEN, 1) - 0.5;

  *x = semio_chart_value_to_x (self, places, self->points[point].x + along * 2 * self->spread);
  *y = places->top + (row + 0.5 + across * BAND) * places->row_px;
}

void
semio_chart_get_mark_place (const SemioChart *self, const SemioChartPlaces *places, guint mark, double *x, double *y)
{
  guint place = self->kind == SEMIO_CHART_KIND_ARROWS ? mark / 2 : mark;
  guint row = place / self->n_series;
  guint series = place % self->n_series;
  double middle = places->top + (row + 0.5) * places->row_px;
  SemioChartSquare square;

  *y = middle;
  switch (self->kind)
    {
    case SEMIO_CHART_KIND_CONFUSION:
      get_confusion_place (self, places, mark, x, y);
      break;
    case SEMIO_CHART_KIND_BOXES:
      get_point_place (self, places, mark, x, y);
      break;
    case SEMIO_CHART_KIND_CURVES:
      square = semio_chart_get_square (self, places, semio_chart_get_point_row (self, mark) / self->n_series);
      *x = square.x + self->points[mark].x * square.size;
      *y = square.y + (1 - self->points[mark].y) * square.size;
      break;
    case SEMIO_CHART_KIND_HEAT:
      *x = places->left + (series + 0.5) * (places->right - places->left) / self->n_series;
      break;
    case SEMIO_CHART_KIND_STACK:
      *x = semio_chart_value_to_x (self, places, semio_chart_get_part_begin (self, row, series) + self->values[mark].value / 2);
      break;
    case SEMIO_CHART_KIND_FOREST:
    case SEMIO_CHART_KIND_ARROWS:
    default:
      *x = semio_chart_value_to_x (self, places, self->values[mark].value);
      *y = middle + (series - (self->n_series - 1) / 2.0) * MIN (SEMIO_CHART_SERIES_PX, places->row_px / self->n_series);
    }
}

/* Half of the room in which a mark is meant. */
static void
get_reach (const SemioChart *self, const SemioChartPlaces *places, guint mark, double *half_x, double *half_y)
{
  double column_px = (places->right - places->left) / self->n_series;

  *half_x = *half_y = MARK_REACH_PX;
  switch (self->kind)
    {
    case SEMIO_CHART_KIND_HEAT:
      *half_x = column_px / 2;
      *half_y = places->row_px / 2;
      break;
    case SEMIO_CHART_KIND_STACK:
      *half_x = self->values[mark].value * (places->right - places->left) / 2;
      *half_y = places->row_px / 2;
      break;
    case SEMIO_CHART_KIND_FOREST:
    case SEMIO_CHART_KIND_ARROWS:
    default:
      *half_y = MIN (MARK_REACH_PX, SEMIO_CHART_SERIES_PX / 2);
      break;
    case SEMIO_CHART_KIND_CONFUSION:
      *half_x = (column_px - 8) / semio_chart_get_n_answers (self) / 2;
      *half_y = places->row_px * 0.22;
      break;
    case SEMIO_CHART_KIND_BOXES:
    case SEMIO_CHART_KIND_CURVES:
      *half_x = *half_y = POINT_REACH_PX;
    }
}

/* Whether there is anything to point at. */
static gboolean
is_shown (const SemioChart *self, guint mark)
{
  if (self->kind == SEMIO_CHART_KIND_CONFUSION)
    return self->counts[mark] > 0;
  if (self->kind == SEMIO_CHART_KIND_BOXES)
    return is_drawn (self, mark);
  if (self->kind == SEMIO_CHART_KIND_CURVES || self->kind == SEMIO_CHART_KIND_HEAT)
    return TRUE;
  return self->values[mark].state == SEMIO_FIGURE_KNOWN;
}

int
semio_chart_find_mark (SemioChart *self, const SemioChartStyle *style, double width_px, double height_px, double x, double y)
{
  SemioChartPlaces places = semio_chart_place (self, style, width_px, height_px);
  guint n_marks = semio_chart_get_n_marks (self);
  double nearest = G_MAXDOUBLE;
  int found = -1;

  if (y < places.top - MARK_REACH_PX || y > places.bottom + MARK_REACH_PX)
    return -1;
  for (guint mark = 0; mark < n_marks; mark++)
    {
      double at_x, at_y, half_x, half_y, distance;

      if (!is_shown (self, mark))
        continue;
      semio_chart_get_mark_place (self, &places, mark, &at_x, &at_y);
      get_reach (self, &places, mark, &half_x, &half_y);
      distance = hypot (x - at_x, y - at_y);
      if (fabs (x - at_x) > half_x || fabs (y - at_y) > half_y || distance >= nearest)
        continue;
      nearest = distance;
      found = (int) mark;
    }
  return found;
}

static char *
describe_confusion (const SemioChart *self, guint mark)
{
  static const char *const answers[] = { N_ ("yes"), N_ ("no"), N_ ("neither") };
  guint matrix = mark / SEMIO_N_CONFUSION_CELLS;
  guint cell = mark % SEMIO_N_CONFUSION_CELLS;

  /* Translators: feature, run, the reference's answer, the run's answer, how many recordings. */
  return g_strdup_printf (_ ("%s, %s: reference %s, answered %s: %u"), self->rows[matrix / self->n_series],
                          self->series[matrix % self->n_series], _ (answers[cell / 3]), _ (answers[cell % 3]),
                          self->counts[mark]);
}

static char *
describe_point (const SemioChart *self, guint mark)
{
  guint row = semio_chart_get_point_row (self, mark);
  g_autofree char *x = semio_chart_format_value (self->points[mark].x);
  g_autofree char *y = semio_chart_format_value (self->points[mark].y);

  if (self->kind == SEMIO_CHART_KIND_BOXES)
    return g_strdup_printf ("%s: %s %s", self->rows[row], self->measure, x);
  return g_strdup_printf ("%s, %s: %s %s, %s %s", self->rows[row / self->n_series], self->series[row % self->n_series],
                          self->measure, x, self->y_measure, y);
}

/* "Tonic, pose overlay: plain F1 0.50". */
static char *
describe_end (const SemioChart *self, guint mark)
{
  guint row = mark / 2 / self->n_series;
  guint series = mark / 2 % self->n_series;
  g_autofree char *value = semio_chart_format_value (self->values[mark].value);

  if (self->values[mark].state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("%s, %s: %s: %s", self->rows[row], self->series[series], self->ends[mark % 2],
                            semio_figure_state_describe (self->values[mark].state));
  return g_strdup_printf ("%s, %s: %s %s %s", self->rows[row], self->series[series], self->ends[mark % 2], self->measure, value);
}

char *
semio_chart_describe_mark (SemioChart *self, guint mark)
{
  guint row = mark / MAX (self->n_series, 1);
  guint series = mark % MAX (self->n_series, 1);
  const SemioFigure *figure;
  g_autofree char *value = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  g_return_val_if_fail (mark < semio_chart_get_n_marks (self), NULL);

  if (self->kind == SEMIO_CHART_KIND_CONFUSION)
    return describe_confusion (self, mark);
  if (self->kind == SEMIO_CHART_KIND_BOXES || self->kind == SEMIO_CHART_KIND_CURVES)
    return describe_point (self, mark);
  if (self->kind == SEMIO_CHART_KIND_ARROWS)
    return describe_end (self, mark);
  figure = &self->values[mark];
  if (figure->state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("%s, %s: %s", self->rows[row], self->series[series], semio_figure_state_describe (figure->state));
  value = semio_chart_format_value (figure->value);
  if (self->kind == SEMIO_CHART_KIND_STACK)
    return g_strdup_printf ("%s, %s: %u, %d %%", self->rows[row], self->series[series], self->counts[mark],
                            (int) lround (figure->value * 100));
  if (!self->intervals || self->intervals[mark].state != SEMIO_FIGURE_KNOWN)
    return g_strdup_printf ("%s, %s: %s %s", self->rows[row], self->series[series], self->measure, value);
  low = semio_chart_format_value (self->intervals[mark].low);
  high = semio_chart_format_value (self->intervals[mark].high);
  /* Translators: feature, run, measure, value and the ends of its interval. */
  return g_strdup_printf (_ ("%s, %s: %s %s, %s to %s"), self->rows[row], self->series[series], self->measure, value, low, high);
}

SemioChartValue
semio_chart_read_mark (SemioChart *self, guint mark)
{
  static const char *const cells[SEMIO_N_CONFUSION_CELLS] = { "yes, yes", "yes, no", "yes, neither",
                                                              "no, yes",  "no, no",  "no, neither" };
  SemioChartValue read = { .measure = self->measure != NULL ? self->measure : "",
                           .interval = semio_interval_missing (SEMIO_FIGURE_NOT_DRAWN) };

  g_return_val_if_fail (mark < semio_chart_get_n_marks (self), read);
  if (self->kind == SEMIO_CHART_KIND_BOXES || self->kind == SEMIO_CHART_KIND_CURVES)
    {
      guint row = semio_chart_get_point_row (self, mark);
      gboolean is_curve = self->kind == SEMIO_CHART_KIND_CURVES;

      read.row = self->rows[is_curve ? row / self->n_series : row];
      read.series = is_curve ? self->series[row % self->n_series] : "";
      read.value = semio_figure_new (is_curve ? self->points[mark].y : self->points[mark].x);
      return read;
    }
  if (self->kind == SEMIO_CHART_KIND_CONFUSION)
    {
      read.measure = cells[mark % SEMIO_N_CONFUSION_CELLS];
      read.value = semio_figure_new (self->counts[mark]);
      mark /= SEMIO_N_CONFUSION_CELLS;
    }
  else if (self->kind == SEMIO_CHART_KIND_ARROWS)
    {
      read.measure = self->ends[mark % 2];
      read.value = self->values[mark];
      mark /= 2;
    }
  else
    read.value = self->values[mark];
  read.row = self->rows[mark / self->n_series];
  read.series = self->series[mark % self->n_series];
  if (self->intervals != NULL)
    read.interval = self->intervals[mark];
  return read;
}
