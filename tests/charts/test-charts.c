/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: what a mark says and where it stands, what is missing, files that are the same twice. */
#include <math.h>
#include <string.h>

#include "semio-chart-private.h"

static const char *const rows[] = { "Tonic", "Clonic", "Figure-4 posture", NULL };
static const char *const runs[] = { "A", "B", NULL };

/* The mark of the forest that has no number: nothing stands at its place, and 0 least of all. */
#define MISSING 3

static SemioChart *
make_forest (void)
{
  const SemioFigure values[] = { { 0.5, 0 }, { 0.25, 0 }, { 0.9, 0 }, { 0, SEMIO_FIGURE_NO_POSITIVES }, { 0.1, 0 }, { 1, 0 } };
  SemioInterval intervals[6] = { { 0.4, 0.6, 0 } };

  intervals[1] = semio_interval_missing (SEMIO_FIGURE_NEEDS_PATIENTS);
  return semio_chart_new_forest ("F1 per feature", "Which run is better at which feature.", "F1", rows, runs, values, intervals,
                                 NULL, 0, 1);
}

static void
test_describe (void)
{
  g_autoptr (SemioChart) chart = make_forest ();
  g_autofree char *known = semio_chart_describe_mark (chart, 0);
  g_autofree char *plain = semio_chart_describe_mark (chart, 1);
  g_autofree char *missing = semio_chart_describe_mark (chart, 3);

  g_assert_cmpuint (semio_chart_get_n_marks (chart), ==, 6);
  g_assert_cmpstr (known, ==, "Tonic, A: F1 0.50, 0.40 to 0.60");
  g_assert_cmpstr (plain, ==, "Tonic, B: F1 0.25");
  g_assert_cmpstr (missing, ==, "Clonic, B: the reference never says yes");
}

static SemioChart *
make_confusion (void)
{
  const char *const one[] = { "A", NULL };
  /* The last row was never scored. */
  const guint counts[] = { 20, 5, 3, 6, 50, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0 };

  return semio_chart_new_confusion ("Answers", "s", rows, one, counts);
}

static SemioChart *
make_boxes (void)
{
  const double values[] = { 1, 2, 3, 4, 5, 4, 2 };
  const guint n[] = { 6, 1, 0 };

  return semio_chart_new_boxes ("Scores", "s", "score", rows, values, n, 0.2, 1, 5);
}

static SemioChart *
make_curves (void)
{
  const char *const one[] = { "Tonic", NULL };
  const SemioChartPoint points[] = { { 0, 0 }, { 0.25, 0.75 }, { 1, 1 } };
  const guint n[] = { 3, 0 };
  const SemioFigure areas[] = { { 0.75, 0 }, { 0, SEMIO_FIGURE_NO_SCORES } };

  return semio_chart_new_curves ("ROC", "s", "called yes of no", "called yes of yes", one, runs, points, n, areas, NULL);
}

static void
assert_described (SemioChart *chart, guint mark, const char *expected)
{
  g_autofree char *text = semio_chart_describe_mark (chart, mark);

  g_assert_cmpstr (text, ==, expected);
}

/* What every value, answer or threshold says, and that no box stands over nothing. */
static void
test_points (void)
{
  const SemioFigure ends[12] = { { 0.2, 0 }, { 0.4, 0 }, { 0.3, 0 }, { 0, SEMIO_FIGURE_NEVER_SAID } };
  g_autoptr (SemioChart) arrows = semio_chart_new_arrows ("Arrows", "s", "F1", rows, runs, "plain", "enhanced", ends, 0, 1);
  g_autoptr (SemioChart) confusion = make_confusion ();
  g_autoptr (SemioChart) boxes = make_boxes ();
  g_autoptr (SemioChart) curves = make_curves ();

  g_assert_cmpuint (semio_chart_get_n_marks (arrows), ==, 12);
  assert_described (arrows, 2, "Tonic, B: plain F1 0.30");
  assert_described (arrows, 3, "Tonic, B: enhanced: no answer says yes");
  g_assert_cmpuint (semio_chart_get_n_marks (confusion), ==, 18);
  assert_described (confusion, 0, "Tonic, A: reference yes, answered yes: 20");
  assert_described (confusion, 2, "Tonic, A: reference yes, answered neither: 3");
  assert_described (confusion, 3, "Tonic, A: reference no, answered yes: 6");
  assert_described (confusion, 10, "Clonic, A: reference no, answered no: 4");
  g_assert_cmpuint (semio_chart_get_n_marks (boxes), ==, 7);
  assert_described (boxes, 5, "Tonic: score 4.00");
  assert_described (boxes, 6, "Clonic: score 2.00");
  g_assert_cmpuint (semio_chart_get_n_marks (curves), ==, 3);
  assert_described (curves, 1, "Tonic, A: called yes of no 0.25, called yes of yes 0.75");
}

/* Every mark that is there is found somewhere, and no cell of a matrix without recordings is. */
static void
test_find_points (void)
{
  SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  SemioChart *charts[] = { make_confusion (), make_boxes (), make_curves () };

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      guint n_marks = semio_chart_get_n_marks (charts[i]);
      g_autofree gboolean *found = g_new0 (gboolean, n_marks);
      double width, height;

      semio_chart_get_natural_size (charts[i], &style, &width, &height);
      for (int y = 0; y < (int) height; y += 2)
        for (int x = 0; x < (int) width; x += 2)
          {
            int mark = semio_chart_find_mark (charts[i], &style, width, height, x, y);

            if (mark >= 0)
              found[mark] = TRUE;
          }
      for (guint mark = 0; mark < n_marks; mark++)
        {
          g_autofree char *text = semio_chart_describe_mark (charts[i], mark);

          g_assert_true (found[mark] != g_str_has_suffix (text, ": 0"));
        }
      semio_chart_unref (charts[i]);
    }
}

/* A million judgements are a figure still: not all are drawn, and the box is of all of them. */
static void
test_million (void)
{
  const guint n[] = { 1000000, 0, 0 };
  g_autofree double *values = g_new (double, n[0]);
  g_autoptr (SemioChart) chart = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < n[0]; i++)
    values[i] = 1 + i % 5;
  chart = semio_chart_new_boxes ("Scores", "s", "score", rows, values, n, 0.2, 1, 5);
  g_assert_cmpuint (semio_chart_get_n_marks (chart), ==, n[0]);
  assert_described (chart, n[0] - 1, "Tonic: score 5.00");
  bytes = semio_chart_render (chart, SEMIO_CHART_SVG, SEMIO_CHART_LIGHT, 600, 200, NULL);
  g_assert_nonnull (bytes);
  /* Each point takes some hundred bytes. */
  g_assert_cmpuint (g_bytes_get_size (bytes), <, 4 * 1000 * 1000);
}

/* A narrow figure gets the lines that its legend needs; words that are said elsewhere take no room. */
static void
test_size (void)
{
  const char *const many[] = { "A rather long name of a run", "Another rather long name", "A third rather long name", "D", NULL };
  SemioFigure values[12] = { { 0.5, 0 } };
  SemioInterval intervals[12] = { { 0.4, 0.6, 0 } };
  g_autoptr (SemioChart) chart = semio_chart_new_forest ("Title", "s", "F1", rows, many, values, intervals, NULL, 0, 1);
  SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  double wide = semio_chart_get_height (chart, &style, 1200);
  const char *const labels[] = { "A label that is longer than the field beside it is wide", NULL };
  const char *const one[] = { "A", NULL };
  g_autoptr (SemioChart) heat = semio_chart_new_heat ("Heat", "s", "F1", labels, one, values, 0, 1);
  double width, height;

  g_assert_cmpfloat (semio_chart_get_height (chart, &style, 400), >, wide);
  /* Its own width leaves every label whole, also beside a narrow field. */
  semio_chart_get_natural_size (heat, &style, &width, &height);
  g_assert_cmpfloat (width * 0.4, >=, semio_chart_measure_text (&style, labels[0], FALSE));
  style.without_title = TRUE;
  g_assert_cmpfloat (semio_chart_get_height (chart, &style, 1200), <, wide);
}

/* TRUE when the pixels around a place are not all of the background. */
static gboolean
is_drawn (cairo_surface_t *surface, double x, double y, SemioColor background)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 pixel;

  memcpy (&pixel, data + (int) y * stride + (int) x * 4, sizeof pixel);
  return abs ((int) ((pixel >> 16) & 255) - (int) lround (background.red * 255)) > 20
         || abs ((int) (pixel & 255) - (int) lround (background.blue * 255)) > 20;
}

/* Wherever a mark is found, something is drawn at its middle. */
static void
test_hit (void)
{
  const SemioChartLook looks[] = { SEMIO_CHART_LIGHT, SEMIO_CHART_DARK, SEMIO_CHART_GREY };
  g_autoptr (SemioChart) chart = make_forest ();

  for (guint l = 0; l < G_N_ELEMENTS (looks); l++)
    {
      SemioChartStyle style = semio_chart_style_get (looks[l]);
      double width, height;
      cairo_surface_t *surface;
      cairo_t *cr;
      guint found[6] = { 0 };
      g_autofree int *marks = NULL;

      semio_chart_get_natural_size (chart, &style, &width, &height);
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) width, (int) height);
      cr = cairo_create (surface);
      semio_chart_draw (chart, &style, cr, width, height);
      cairo_surface_flush (surface);
      marks = g_new (int, (int) width *(int) height);
      for (int i = 0; i < (int) width * (int) height; i++)
        {
          marks[i] = semio_chart_find_mark (chart, &style, width, height, i % (int) width, i / (int) width);
          g_assert_true (marks[i] < 6);
          if (marks[i] >= 0)
            found[marks[i]]++;
        }
      for (guint m = 0; m < 6; m++)
        if (m == MISSING)
          g_assert_cmpuint (found[m], ==, 0);
        else
          g_assert_cmpuint (found[m], >, 20);
      /* Row 0, A at 0.5: the middle of the field, which is found by asking for it. */
      for (int y = 1; y < (int) height; y++)
        for (int x = 1; x < (int) width - 8; x++)
          if (marks[y * (int) width + x] == 0 && marks[y * (int) width + x - 1] != 0 && marks[(y - 1) * (int) width + x] != 0)
            g_assert_true (is_drawn (surface, x + 8, y + 4, style.background));
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_files (void)
{
  const SemioChartFormat formats[] = { SEMIO_CHART_SVG, SEMIO_CHART_PDF, SEMIO_CHART_PNG };
  const char *const heads[] = { "<?xml", "%PDF", "\211PNG" };
  SemioChartFormat format;

  for (guint f = 0; f < G_N_ELEMENTS (formats); f++)
    {
      g_autoptr (SemioChart) chart = make_forest ();
      g_autoptr (SemioChart) again = make_forest ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) one = semio_chart_render (chart, formats[f], SEMIO_CHART_LIGHT, 500, 200, &error);
      g_autoptr (GBytes) other = semio_chart_render (again, formats[f], SEMIO_CHART_LIGHT, 500, 200, &error);

      g_assert_no_error (error);
      g_assert_cmpmem (heads[f], strlen (heads[f]), g_bytes_get_data (one, NULL), strlen (heads[f]));
      g_assert_true (g_bytes_equal (one, other));
    }
  g_assert_true (semio_chart_format_from_name ("Figure.PDF", &format));
  g_assert_cmpint (format, ==, SEMIO_CHART_PDF);
  g_assert_false (semio_chart_format_from_name ("figure.gif", &format));
}

static double
get_luminance (SemioColor color)
{
  const double parts[3] = { color.red, color.green, color.blue };
  const double weights[3] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4));
  return sum;
}

static double
get_contrast (SemioColor one, SemioColor other)
{
  double a = get_luminance (one), b = get_luminance (other);

  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

/* Words are read on every ground, marks are seen on it; the steps of a scale only get darker. */
static void
test_contrast (void)
{
  const SemioChartLook looks[] = { SEMIO_CHART_LIGHT, SEMIO_CHART_DARK, SEMIO_CHART_GREY };

  for (guint l = 0; l < G_N_ELEMENTS (looks); l++)
    {
      SemioChartStyle style = semio_chart_style_get (looks[l]);

      g_assert_cmpfloat (get_contrast (style.text, style.background), >=, 7);
      g_assert_cmpfloat (get_contrast (style.dim, style.background), >=, 4.5);
      for (guint i = 0; i < SEMIO_N_SERIES_COLORS; i++)
        {
          g_assert_cmpfloat (get_contrast (style.series[i], style.background), >=, 1.9);
          g_assert_cmpfloat (get_contrast (semio_color_contrast (style.series[i]), style.series[i]), >=, 4.5);
        }
      /* Printed in grey, no step of a scale looks like another. */
      g_assert_cmpfloat (get_luminance (style.steps[0]), >, get_luminance (style.steps[1]) * 1.3);
      g_assert_cmpfloat (get_luminance (style.steps[1]), >, get_luminance (style.steps[2]) * 1.3);
    }
}

/* All kinds, in much too little room and with nothing in them. */
static void
test_small (void)
{
  const char *const none[] = { NULL };
  const char *const one[] = { "Crop", NULL };
  const double shares[] = { 0.2, 0.8, 0, 0, 0.5, 0.5 };
  const guint n[] = { 5, 0, 2 };
  const guint parts[] = { 1, 4, 0, 0, 1, 1 };
  const SemioFigure values[6] = { { 0.2, 0 }, { 0.4, 0 }, { 0, SEMIO_FIGURE_NO_PAIRS }, { 0.1, 0 }, { 1, 0 }, { 0, 0 } };
  SemioChart *charts[] = {
    make_forest (),
    semio_chart_new_heat ("Heat", "s", "F1", rows, runs, values, 0, 1),
    semio_chart_new_stack ("Stack", "s", rows, runs, parts, NULL),
    semio_chart_new_arrows ("Arrows", "s", "F1", rows, one, "plain", "enhanced", values, 0, 1),
    semio_chart_new_heat ("Empty", "s", "F1", none, none, values, 0, 1),
    make_confusion (),
    make_boxes (),
    make_curves (),
    semio_chart_new_confusion ("Empty", "s", none, none, n),
    semio_chart_new_boxes ("Empty", "s", "score", none, shares, n, 0, 1, 5),
    semio_chart_new_curves ("Empty", "s", "x", "y", none, none, NULL, n, values, shares),
  };

  for (guint i = 0; i < G_N_ELEMENTS (charts); i++)
    {
      SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
      g_autoptr (GBytes) bytes = semio_chart_render (charts[i], SEMIO_CHART_PNG, SEMIO_CHART_LIGHT, 40, 20, NULL);

      g_assert_nonnull (bytes);
      g_assert_cmpint (semio_chart_find_mark (charts[i], &style, 40, 20, -5, -5), ==, -1);
      semio_chart_unref (charts[i]);
    }
}

/* What a mark of a series looks like, as pixels. (transfer full) */
static GBytes *
paint_mark (const SemioChartStyle *style, guint series)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 24, 24);
  cairo_t *cr = cairo_create (surface);
  GBytes *bytes;

  semio_color_set (cr, style->background);
  cairo_paint (cr);
  semio_color_set (cr, style->series[series % SEMIO_N_SERIES_COLORS]);
  semio_chart_draw_mark (cr, series, 12, 12, 8);
  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface) * 24);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return bytes;
}

/* More runs than colours: no two look the same. */
static void
test_many_series (void)
{
  const SemioChartLook looks[] = { SEMIO_CHART_LIGHT, SEMIO_CHART_DARK, SEMIO_CHART_GREY };

  for (guint look = 0; look < G_N_ELEMENTS (looks); look++)
    for (guint one = 0; one < 24; one++)
      for (guint other = one + 1; other < 24; other++)
        {
          SemioChartStyle style = semio_chart_style_get (looks[look]);
          g_autoptr (GBytes) a = paint_mark (&style, one);
          g_autoptr (GBytes) b = paint_mark (&style, other);

          g_assert_false (g_bytes_equal (a, b));
        }
}

/* In a narrow place an axis has fewer numbers, and a long name stands under the labels of the rows rather than cut. */
static void
test_narrow (void)
{
  const char *const names[] = { "InternVL3.5-38B, pose overlay", "B", NULL };
  const guint parts[] = { 1, 4, 0, 0, 1, 1 };
  const SemioFigure values[6] = { { 0.2, 0 }, { 0.4, 0 }, { 0.1, 0 }, { 0.1, 0 }, { 1, 0 }, { 0, 0 } };
  SemioInterval intervals[6] = { { 0.4, 0.6, 0 } };
  g_autoptr (SemioChart) stack = semio_chart_new_stack ("Stack", "s", rows, runs, parts, NULL);
  g_autoptr (SemioChart) forest = semio_chart_new_forest ("F1", "s", "F1", rows, names, values, intervals, NULL, 0, 1);
  const SemioChartStyle style = semio_chart_style_get (SEMIO_CHART_LIGHT);
  SemioChartPlaces places = semio_chart_place (stack, &style, 300, 200);

  g_assert_cmpuint (semio_chart_get_tick_step (stack, &style, &places), ==, 5);
  places = semio_chart_place (stack, &style, 800, 200);
  g_assert_cmpuint (semio_chart_get_tick_step (stack, &style, &places), ==, 1);
  places = semio_chart_place (forest, &style, 300, 200);
  g_assert_cmpfloat (semio_chart_get_legend_left (forest, &style, places.left, places.right), <, places.left);
  places = semio_chart_place (forest, &style, 800, 200);
  g_assert_cmpfloat (semio_chart_get_legend_left (forest, &style, places.left, places.right), ==, places.left);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/describe", test_describe);
  g_test_add_func ("/charts/points", test_points);
  g_test_add_func ("/charts/find-points", test_find_points);
  g_test_add_func ("/charts/size", test_size);
  g_test_add_func ("/charts/million", test_million);
  g_test_add_func ("/charts/hit", test_hit);
  g_test_add_func ("/charts/files", test_files);
  g_test_add_func ("/charts/contrast", test_contrast);
  g_test_add_func ("/charts/small", test_small);
  g_test_add_func ("/charts/many-series", test_many_series);
  g_test_add_func ("/charts/narrow", test_narrow);
  return g_test_run ();
}
