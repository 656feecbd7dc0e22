/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-zoom.h"

#define VIEW_WIDTH 800
#define VIEW_HEIGHT 450

static const SemioPictureZoom none = { 1, 0.5, 0.5 };
static const SemioPictureRect fitted = { 0, 0, 800, 450 };

static SemioPictureRect
apply (SemioPictureZoom zoom)
{
  return semio_picture_zoom_apply (zoom, VIEW_WIDTH, VIEW_HEIGHT, fitted);
}

static SemioPictureZoom
about (SemioPictureZoom zoom, double factor, double x, double y)
{
  return semio_picture_zoom_about (zoom, VIEW_WIDTH, VIEW_HEIGHT, fitted, factor, x, y);
}

/* What is under the pointer stays under it, however one got there. */
static void
test_point_stays (void)
{
  SemioPictureZoom zoom = none;
  double factors[] = { 1.25, 2, 5, 8, 3, 1.5 };

  for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      SemioPictureRect picture;

      zoom = about (zoom, factors[i], 200, 100);
      picture = apply (zoom);
      g_assert_cmpfloat_with_epsilon ((200 - picture.x) / picture.width, 0.25, 0.004);
      g_assert_cmpfloat_with_epsilon ((100 - picture.y) / picture.height, 100.0 / 450, 0.004);
      g_assert_cmpfloat (picture.x, <=, 0);
      g_assert_cmpfloat (picture.x + picture.width, >=, VIEW_WIDTH);
    }
}

static void
test_range (void)
{
  g_assert_cmpfloat (about (none, 50, 1, 1).factor, ==, SEMIO_PICTURE_ZOOM_MAX);
  g_assert_cmpfloat (about (none, 0.1, 1, 1).factor, ==, 1);
  /* A wheel that goes up and down again lands on the framing. */
  g_assert_cmpfloat (about (about (none, 1.25, 10, 10), 1.25 / 1.25 + 0.0001, 10, 10).factor, ==, 1);
  g_assert_cmpfloat (apply (about (none, 1, 10, 10)).width, ==, 800);
}

static void
test_pan (void)
{
  SemioPictureZoom zoom = about (none, 2, 400, 225);
  SemioPictureRect picture = apply (zoom), moved;

  zoom = semio_picture_zoom_pan (zoom, VIEW_WIDTH, VIEW_HEIGHT, fitted, 100, -40);
  moved = apply (zoom);
  g_assert_cmpfloat_with_epsilon (moved.x - picture.x, 100, 1);
  g_assert_cmpfloat_with_epsilon (moved.y - picture.y, -40, 1);
  /* At the edge it stands, and the way back begins at once. */
  zoom = semio_picture_zoom_pan (zoom, VIEW_WIDTH, VIEW_HEIGHT, fitted, 1e5, 0);
  g_assert_cmpfloat (apply (zoom).x, ==, 0);
  zoom = semio_picture_zoom_pan (zoom, VIEW_WIDTH, VIEW_HEIGHT, fitted, -10, 0);
  g_assert_cmpfloat_with_epsilon (apply (zoom).x, -10, 1);
  /* What is not zoomed does not move. */
  zoom = semio_picture_zoom_pan (none, VIEW_WIDTH, VIEW_HEIGHT, fitted, 50, 50);
  g_assert_cmpfloat (apply (zoom).x, ==, 0);
}

/* Higher than wide in a wide view: black stays beside it until it fills the view. */
static void
test_narrow_picture (void)
{
  SemioPictureRect narrow = { 300, 0, 200, 450 };
  SemioPictureZoom zoom = semio_picture_zoom_about (none, VIEW_WIDTH, VIEW_HEIGHT, narrow, 2, 310, 100);
  SemioPictureRect picture = semio_picture_zoom_apply (zoom, VIEW_WIDTH, VIEW_HEIGHT, narrow);

  g_assert_cmpfloat (picture.x, ==, 200);
  g_assert_cmpfloat (picture.width, ==, 400);
  g_assert_cmpfloat_with_epsilon ((100 - picture.y) / picture.height, 100.0 / 450, 0.004);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-zoom/point-stays", test_point_stays);
  g_test_add_func ("/picture-zoom/range", test_range);
  g_test_add_func ("/picture-zoom/pan", test_pan);
  g_test_add_func ("/picture-zoom/narrow-picture", test_narrow_picture);
  return g_test_run ();
}
