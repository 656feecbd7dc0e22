/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "semio-picture-fit.h"

static const SemioPictureRect whole = { 0, 0, 1, 1 };

static void
test_letterbox (void)
{
  SemioPictureRect fitted = semio_picture_fit (1000, 400, 4.0 / 3, whole);

  g_assert_cmpfloat (fitted.height, ==, 400);
  g_assert_cmpfloat (fitted.width, ==, 533);
  g_assert_cmpfloat (fitted.x, ==, 233);
  g_assert_cmpfloat (fitted.y, ==, 0);

  fitted = semio_picture_fit (400, 1000, 16.0 / 9, whole);
  g_assert_cmpfloat (fitted.width, ==, 400);
  g_assert_cmpfloat (fitted.height, ==, 225);
  g_assert_cmpfloat (fitted.y, ==, 387);
}

/* The crop is seen whole, and no black stands where the picture could be. */
static void
test_crop (void)
{
  for (int i = 0; i < 500; i++)
    {
      double view_width = g_test_rand_int_range (50, 2000), view_height = g_test_rand_int_range (50, 1500);
      double aspect = g_test_rand_double_range (0.5, 2.5);
      SemioPictureRect crop =
          semio_picture_rect_clamp ((SemioPictureRect){ g_test_rand_double_range (0, 1), g_test_rand_double_range (0, 1),
                                                        g_test_rand_double_range (0.1, 1), g_test_rand_double_range (0.1, 1) });
      SemioPictureRect fitted = semio_picture_fit (view_width, view_height, aspect, crop);
      double left = fitted.x + crop.x * fitted.width, right = left + crop.width * fitted.width;
      double top = fitted.y + crop.y * fitted.height, bottom = top + crop.height * fitted.height;

      g_assert_cmpfloat (left, >=, -2);
      g_assert_cmpfloat (right, <=, view_width + 2);
      g_assert_cmpfloat (top, >=, -2);
      g_assert_cmpfloat (bottom, <=, view_height + 2);
      if (fitted.width > view_width)
        g_assert_true (fitted.x <= 0 && fitted.x + fitted.width >= view_width);
      if (fitted.height > view_height)
        g_assert_true (fitted.y <= 0 && fitted.y + fitted.height >= view_height);
      /* Whole pixels, or every frame is scaled by the painter. */
      g_assert_true (fitted.x == floor (fitted.x) && fitted.width == floor (fitted.width));
      g_assert_cmpfloat_with_epsilon (fitted.width / fitted.height, aspect, 0.1);
    }
}

static void
test_bad_crops (void)
{
  const SemioPictureRect bad[] = { { 0, 0, 0, 0 }, { 0, 0, -1, 1 }, { NAN, 0, 1, 1 }, { 0, 0, NAN, 1 } };
  SemioPictureRect outside = semio_picture_rect_clamp ((SemioPictureRect){ 0.9, -3, 0.5, 0.5 });

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      SemioPictureRect rect = semio_picture_rect_clamp (bad[i]);

      g_assert_cmpfloat (rect.width, ==, 1);
      g_assert_cmpfloat (rect.height, ==, 1);
    }
  g_assert_cmpfloat (outside.x, ==, 0.5);
  g_assert_cmpfloat (outside.y, ==, 0);
  g_assert_cmpfloat (semio_picture_fit (0, 0, 1, whole).width, ==, 0);
  g_assert_cmpfloat (semio_picture_fit (100, 100, 0, whole).width, ==, 0);
}

static void
test_size_to_ask_for (void)
{
  SemioPictureRect face = { 0.3, 0, 0.4, 0.5 };
  int width_px, height_px;

  semio_picture_fit_get_size (semio_picture_fit (1280, 720, 16.0 / 9, whole), 1920, 1080, &width_px, &height_px);
  g_assert_cmpint (width_px, ==, 1280);
  g_assert_cmpint (height_px, ==, 720);
  /* Closer than the source has pixels. */
  semio_picture_fit_get_size (semio_picture_fit (1280, 720, 16.0 / 9, face), 1920, 1080, &width_px, &height_px);
  g_assert_cmpint (width_px, ==, 1920);
  g_assert_cmpint (height_px, ==, 1080);
  semio_picture_fit_get_size (semio_picture_fit (1280, 720, 16.0 / 9, face), 0, 0, &width_px, &height_px);
  g_assert_cmpint (height_px, ==, 1440);
}

static void
test_mix (void)
{
  SemioPictureRect face = { 0.3, 0, 0.4, 0.5 };
  SemioPictureRect half = semio_picture_rect_mix (whole, face, 0.5);

  g_assert_cmpfloat_with_epsilon (half.x, 0.15, 1e-9);
  g_assert_cmpfloat_with_epsilon (half.width, 0.7, 1e-9);
  g_assert_cmpfloat_with_epsilon (semio_picture_rect_mix (whole, face, 1).height, 0.5, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-fit/letterbox", test_letterbox);
  g_test_add_func ("/picture-fit/crop", test_crop);
  g_test_add_func ("/picture-fit/bad-crops", test_bad_crops);
  g_test_add_func ("/picture-fit/size-to-ask-for", test_size_to_ask_for);
  g_test_add_func ("/picture-fit/mix", test_mix);
  return g_test_run ();
}
