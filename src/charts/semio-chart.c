/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-chart-private.h"

#include <math.h>

#define PAD_PX SEMIO_CHART_PAD_PX
#define LINE_PX SEMIO_CHART_LINE_PX
#define SERIES_PX SEMIO_CHART_SERIES_PX
#define ROW_PX 22.0
#define BOX_ROW_PX 38.0
#define MATRIX_ROW_PX 42.0
#define CELL_PX 58.0
#define MAX_CELL_PX 130.0
#define ANSWER_CELL_PX 30.0
#define FIELD_PX 420.0
#define SQUARE_PX 190.0
/* Not smaller than this for the sake of one more side by side. */
#define LEAST_SQUARE_PX 160.0
/* So many side by side where nothing is known of the width. */
#define USUAL_SQUARES 3
#define COUNT_PX 76.0
#define MIN_WIDTH_PX 280.0
/* In a narrow figure the labels of rows are cut sooner than that they leave no room. */
#define MAX_LABEL_SHARE 0.4
#define HEAD_LINE_PX 17.0
/* Between a legend and the first row. */
#define LEGEND_GAP_PX 6.0

char *
semio_chart_format_value (double value)
{
  int hundredths = (int) lround (fabs (value) * 100);

  return g_strdup_printf ("%s%d.%02d", value < 0 && hundredths > 0 ? "−" : "", hundredths / 100, hundredths % 100);
}

/* Measured once: a figure is placed anew with every motion of the pointer. */
static void
measure_words (SemioChart *self)
{
  SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);

  self->label_px = 0;
  for (guint i = 0; i < self->n_rows; i++)
    self->label_px = MAX (self->label_px, semio_chart_measure_text (&style, self->rows[i], FALSE));
  g_free (self->legend_px);
  self->legend_px = g_new0 (double, MAX (self->n_series, 1));
  for (guint i = 0; i < self->n_series; i++)
    self->legend_px[i] = semio_chart_measure_text (&style, self->legend[i], FALSE);
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
  self->legend = g_strdupv ((char **) series);
  self->n_rows = g_strv_length (self->rows);
  self->n_series = g_strv_length (self->series);
  self->high = 1;
  measure_words (self);
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
                        const char *const *series, const SemioFigure *values, const SemioInterval *intervals,
                        const SemioFigure *constants, double low, double high)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_FOREST, title, sentence, measure, rows, series);

  take_values (self, values, low, high);
  self->intervals = g_memdup2 (intervals, sizeof *intervals * self->n_rows * self->n_series);
  if (constants != NULL)
    self->constants = g_memdup2 (constants, sizeof *constants * self->n_rows * self->n_series);
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
                       const guint *counts, const char *const *notes)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_STACK, title, sentence, NULL, rows, parts);

  self->values = g_new0 (SemioFigure, MAX (self->n_rows * self->n_series, 1));
  self->counts = g_memdup2 (counts, sizeof *counts * self->n_rows * self->n_series);
  self->notes = g_new0 (char *, self->n_rows + 1);
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint sum = 0;

      for (guint i = 0; i < self->n_series; i++)
        sum += counts[row * self->n_series + i];
      for (guint i = 0; i < self->n_series; i++)
        self->values[row * self->n_series + i] =
            semio_figure_share (counts[row * self->n_series + i], sum, SEMIO_FIGURE_NO_PAIRS);
      self->notes[row] = notes != NULL ? g_strdup (notes[row]) : g_strdup_printf ("n = %u", sum);
    }
  return self;
}

SemioChart *
semio_chart_new_arrows (const char *title, const char *sentence, const char *measure, const char *const *rows,
                        const char *const *series, const char *from, const char *to, const SemioFigure *values, double low,
                        double high)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_ARROWS, title, sentence, measure, rows, series);

  self->values = g_memdup2 (values, sizeof *values * self->n_rows * self->n_series * 2);
  self->low = low;
  self->high = MAX (high, low + 1e-9);
  self->ends[0] = g_strdup (from);
  self->ends[1] = g_strdup (to);
  return self;
}

SemioChart *
semio_chart_new_confusion (const char *title, const char *sentence, const char *const *rows, const char *const *columns,
                           const guint *counts)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_CONFUSION, title, sentence, NULL, rows, columns);
  guint n = self->n_rows * self->n_series * SEMIO_N_CONFUSION_CELLS;

  self->counts = g_memdup2 (counts, sizeof *counts * n);
  for (guint i = 0; i < n; i++)
    self->has_neither |= i % 3 == 2 && counts[i] > 0;
  return self;
}

/* n: how many rows or series there are. */
static void
take_points (SemioChart *self, guint n, const guint *n_points)
{
  self->first_point = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    self->first_point[i + 1] = self->first_point[i] + n_points[i];
  self->points = g_new0 (SemioChartPoint, MAX (self->first_point[n], 1));
}

static int
compare_doubles (gconstpointer a, gconstpointer b, gpointer user_data)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return (one > other) - (one < other);
}

/* Linear between the two nearest (R's type 7). values: sorted, one at least. */
static double
get_quantile (const double *values, guint n, double share)
{
  double place = share * (n - 1);
  guint below = (guint) floor (place);

  return below + 1 < n ? values[below] + (place - below) * (values[below + 1] - values[below]) : values[below];
}

SemioChart *
semio_chart_new_boxes (const char *title, const char *sentence, const char *measure, const char *const *rows,
                       const double *values, const guint *n_values, double spread, double low, double high)
{
  const char *const one[] = { "", NULL };
  SemioChart *self = chart_new (SEMIO_CHART_KIND_BOXES, title, sentence, measure, rows, one);

  take_points (self, self->n_rows, n_values);
  self->spread = spread;
  self->low = low;
  self->high = MAX (high, low + 1e-9);
  self->quartiles = g_new0 (double, MAX (self->n_rows, 1) * SEMIO_CHART_N_QUARTILES);
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint first = self->first_point[row];
      guint n = n_values[row];
      g_autofree double *sorted = g_memdup2 (values + first, sizeof *values * n);

      for (guint i = 0; i < n; i++)
        self->points[first + i].x = values[first + i];
      if (n > 0)
        g_qsort_with_data (sorted, (int) n, sizeof *sorted, compare_doubles, NULL);
      for (guint i = 0; n > 0 && i < SEMIO_CHART_N_QUARTILES; i++)
        self->quartiles[row * SEMIO_CHART_N_QUARTILES + i] = get_quantile (sorted, n, i / 4.0);
    }
  return self;
}

SemioChart *
semio_chart_new_curves (const char *title, const char *sentence, const char *x_measure, const char *y_measure,
                        const char *const *rows, const char *const *series, const SemioChartPoint *points, const guint *n_points,
                        const SemioFigure *areas, const double *levels)
{
  SemioChart *self = chart_new (SEMIO_CHART_KIND_CURVES, title, sentence, x_measure, rows, series);
  guint n = self->n_rows * self->n_series;

  take_values (self, areas, 0, 1);
  take_points (self, n, n_points);
  for (guint i = 0; i < self->first_point[n]; i++)
    self->points[i] = points[i];
  self->y_measure = g_strdup (y_measure);
  if (levels != NULL)
    self->levels = g_memdup2 (levels, sizeof *levels * n);
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
  g_free (self->constants);
  g_free (self->points);
  g_free (self->first_point);
  g_free (self->levels);
  g_free (self->legend_px);
  g_free (self->quartiles);
  g_free (self->y_measure);
  g_strfreev (self->notes);
  g_free (self->ends[0]);
  g_free (self->ends[1]);
  g_strfreev (self->legend);
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

static double
get_row_px (const SemioChart *self)
{
  switch (self->kind)
    {
    case SEMIO_CHART_KIND_FOREST:
    case SEMIO_CHART_KIND_ARROWS:
      return MAX (ROW_PX, SERIES_PX * self->n_series + 6);
    case SEMIO_CHART_KIND_CONFUSION:
      return MATRIX_ROW_PX;
    case SEMIO_CHART_KIND_BOXES:
      return BOX_ROW_PX;
    case SEMIO_CHART_KIND_HEAT:
    case SEMIO_CHART_KIND_STACK:
    default:
      return ROW_PX;
    }
}

static double
get_label_px (const SemioChart *self, const SemioChartStyle *style)
{
  if (self->kind == SEMIO_CHART_KIND_CURVES)
    return 0;
  /* A screen rounds the places of letters otherwise than this measuring. */
  return self->label_px * style->font_px / SEMIO_CHART_FONT_PX + 3;
}

static double
get_word_px (const SemioChart *self, const SemioChartStyle *style, guint series)
{
  return self->legend_px[series] * style->font_px / SEMIO_CHART_FONT_PX;
}

/* In how many lines the heads of columns of this width are broken: words are not cut, so that it is not only the width. */
static guint
count_head_lines (const SemioChart *self, const SemioChartStyle *style, double column_px)
{
  guint lines = 1;

  for (guint i = 0; i < self->n_series; i++)
    {
      guint needed = (guint) ceil (get_word_px (self, style, i) / MAX (column_px - 4, 1));

      lines = MAX (lines, needed > 1 ? needed + 1 : 1);
    }
  return MIN (lines, SEMIO_CHART_HEAD_LINES);
}

/* Room for the longest head of a column, within reason. */
static double
get_cell_px (const SemioChart *self, const SemioChartStyle *style)
{
  double least = self->kind == SEMIO_CHART_KIND_CONFUSION ? ANSWER_CELL_PX * semio_chart_get_n_answers (self) + 14 : CELL_PX;
  double widest = least;

  /* A long head is broken, so that half of its width is enough. */
  for (guint i = 0; i < self->n_series; i++)
    widest =
        MAX (widest, MIN (get_word_px (self, style, i), MAX_CELL_PX) * (get_word_px (self, style, i) > least ? 0.62 : 1) + 14);
  return MIN (widest, MAX (MAX_CELL_PX, least));
}

guint
semio_chart_get_n_answers (const SemioChart *self)
{
  return self->has_neither ? 3 : 2;
}

static gboolean
has_columns (const SemioChart *self)
{
  return self->kind == SEMIO_CHART_KIND_HEAT || self->kind == SEMIO_CHART_KIND_CONFUSION;
}

gboolean
semio_chart_has_legend (const SemioChart *self)
{
  return !has_columns (self) && self->kind != SEMIO_CHART_KIND_BOXES
         && (self->n_series > 1 || self->kind == SEMIO_CHART_KIND_CURVES);
}

double
semio_chart_get_legend_left (const SemioChart *self, const SemioChartStyle *style, double left, double right)
{
  double widest_px = 0;

  for (guint i = 0; i < self->n_series; i++)
    widest_px = MAX (widest_px, get_word_px (self, style, i));
  widest_px = SEMIO_CHART_LEGEND_MARK_PX + MIN (widest_px, SEMIO_CHART_LEGEND_MAX_PX);
  return widest_px > right - left ? PAD_PX : left;
}

double
semio_chart_step_legend (const SemioChart *self, const SemioChartStyle *style, guint entry, double left, double right, double *x,
                         double *y)
{
  double width_px = SEMIO_CHART_LEGEND_MARK_PX + MIN (get_word_px (self, style, entry), SEMIO_CHART_LEGEND_MAX_PX);
  double begin;

  if (*x > left && *x + width_px > right)
    {
      *x = left;
      *y += LINE_PX;
    }
  begin = *x;
  *x += width_px + SEMIO_CHART_LEGEND_GAP_PX;
  return begin;
}

static double
get_title_px (const SemioChartStyle *style)
{
  return style->without_title ? 0 : LINE_PX;
}

/* Legend above, or heads of columns. */
static double
get_head_px (const SemioChart *self, const SemioChartStyle *style, double left, double right)
{
  double x, y = LINE_PX;

  if (has_columns (self))
    return (count_head_lines (self, style, (right - left) / MAX (self->n_series, 1)) - 1) * HEAD_LINE_PX + LINE_PX
           + (self->kind == SEMIO_CHART_KIND_CONFUSION ? LINE_PX : 0);
  if (!semio_chart_has_legend (self))
    return 0;
  x = left = semio_chart_get_legend_left (self, style, left, right);
  for (guint i = 0; i < self->n_series; i++)
    semio_chart_step_legend (self, style, i, left, right, &x, &y);
  return y + LEGEND_GAP_PX;
}

/* The kinds with a number at the end of each row. */
static double
get_count_px (const SemioChart *self)
{
  return self->kind == SEMIO_CHART_KIND_STACK || self->kind == SEMIO_CHART_KIND_BOXES ? COUNT_PX : 0;
}

/* Beside the words of a row. */
static double
get_answer_px (const SemioChart *self)
{
  return self->kind == SEMIO_CHART_KIND_CONFUSION ? SEMIO_CHART_ANSWER_PX : 0;
}

static double
get_axis_px (const SemioChart *self)
{
  return has_columns (self) ? 0 : LINE_PX * 2;
}

static void
place_across (const SemioChart *self, const SemioChartStyle *style, double width_px, SemioChartPlaces *places)
{
  double label_px = MIN (get_label_px (self, style), width_px * MAX_LABEL_SHARE);

  places->label_right = PAD_PX + label_px;
  places->left = places->label_right + PAD_PX + get_answer_px (self);
  places->right = MAX (width_px - PAD_PX * 2 - get_count_px (self), places->left + 1);
}

/* How many stand side by side: a wide place has more of them, not larger ones. */
static guint
count_squares (const SemioChart *self, const SemioChartPlaces *places)
{
  const double width_px = places != NULL ? places->right - places->left : 0;
  const guint n = MAX ((guint) MAX (width_px / (LEAST_SQUARE_PX + SEMIO_CHART_SQUARE_SIDE_PX), 0), USUAL_SQUARES);

  return CLAMP (self->n_rows, 1, n);
}

SemioChartSquare
semio_chart_get_square (const SemioChart *self, const SemioChartPlaces *places, guint row)
{
  const guint n = count_squares (self, places);
  double cell_px = (places->right - places->left) / n;
  SemioChartSquare square = { .size = MAX (cell_px - SEMIO_CHART_SQUARE_SIDE_PX, 1) };

  square.x = places->left + (row % n) * cell_px + SEMIO_CHART_SQUARE_SIDE_PX - 10;
  square.y = places->top + (guint) (row / n) * (square.size + SEMIO_CHART_SQUARE_HEAD_PX) + LINE_PX;
  return square;
}

guint
semio_chart_count_lines (const SemioChart *self, const SemioChartPlaces *places, double *line_px)
{
  const guint n = count_squares (self, places);

  *line_px = get_row_px (self);
  if (self->kind != SEMIO_CHART_KIND_CURVES)
    return self->n_rows;
  *line_px = semio_chart_get_square (self, places, 0).size + SEMIO_CHART_SQUARE_HEAD_PX;
  return (self->n_rows + n - 1) / n;
}

static double
get_rows_px (const SemioChart *self, const SemioChartPlaces *places)
{
  double line_px;
  const guint lines = semio_chart_count_lines (self, places, &line_px);

  return lines * line_px;
}

double
semio_chart_get_height (SemioChart *self, const SemioChartStyle *style, double width_px)
{
  SemioChartPlaces places = { 0 };

  place_across (self, style, width_px, &places);
  return PAD_PX + get_title_px (style) + get_head_px (self, style, places.left, places.right) + get_rows_px (self, &places)
         + get_axis_px (self) + PAD_PX;
}

void
semio_chart_get_natural_size (SemioChart *self, const SemioChartStyle *style, double *width_px, double *height_px)
{
  double field = has_columns (self)                      ? get_cell_px (self, style) * self->n_series
                 : self->kind == SEMIO_CHART_KIND_CURVES ? (SQUARE_PX + SEMIO_CHART_SQUARE_SIDE_PX) * count_squares (self, NULL)
                                                         : FIELD_PX;

  *width_px = PAD_PX + get_label_px (self, style) + PAD_PX + get_answer_px (self) + field + get_count_px (self) + PAD_PX * 2;
  *width_px = MAX (*width_px, get_label_px (self, style) / MAX_LABEL_SHARE);
  if (!style->without_title)
    *width_px = MAX (*width_px, semio_chart_measure_text (style, self->title, TRUE) + PAD_PX * 2);
  *height_px = semio_chart_get_height (self, style, *width_px);
}

double
semio_chart_get_min_width (SemioChart *self, const SemioChartStyle *style)
{
  double width_px, height_px;

  semio_chart_get_natural_size (self, style, &width_px, &height_px);
  /* What has room for its numbers alone cannot be narrower. */
  return self->kind == SEMIO_CHART_KIND_CONFUSION ? width_px : MIN (width_px, MIN_WIDTH_PX);
}

SemioChartPlaces
semio_chart_place (const SemioChart *self, const SemioChartStyle *style, double width_px, double height_px)
{
  SemioChartPlaces places = { .title_y = PAD_PX + LINE_PX / 2 };

  places.legend_y = places.title_y + get_title_px (style);
  place_across (self, style, width_px, &places);
  places.top = PAD_PX + get_title_px (style) + get_head_px (self, style, places.left, places.right);
  places.heads_y = places.top - 3 - (self->kind == SEMIO_CHART_KIND_CONFUSION ? LINE_PX : 0);
  places.bottom = MAX (height_px - PAD_PX - get_axis_px (self), places.top + 1);
  places.row_px = self->n_rows > 0 ? (places.bottom - places.top) / self->n_rows : 0;
  places.axis_y = places.bottom + LINE_PX / 2 + 2;
  return places;
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
    case SEMIO_CHART_KIND_CONFUSION:
      semio_chart_draw_confusion (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_BOXES:
      semio_chart_draw_boxes (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_CURVES:
      semio_chart_draw_curves (self, style, cr, &places);
      break;
    case SEMIO_CHART_KIND_ARROWS:
    default:
      semio_chart_draw_arrows (self, style, cr, &places);
    }
  cairo_restore (cr);
}
