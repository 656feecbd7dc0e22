/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-picture-change.h"

/* Every pixel another value; rows end in bytes that are no picture. */
static SemioFrame *
new_frame (int width_px, int height_px)
{
  SemioFrame *frame = g_new0 (SemioFrame, 1);
  int stride = width_px * 4 + 8;
  guint8 *pixels = g_malloc0 ((gsize) stride * (gsize) height_px);

  for (int y = 0; y < height_px; y++)
    for (int x = 0; x < width_px; x++)
      {
        guint8 *pixel = pixels + y * stride + x * 4;

        pixel[0] = (guint8) (10 * x);
        pixel[1] = (guint8) (10 * y);
        pixel[2] = 128;
        pixel[3] = 255;
      }
  g_atomic_ref_count_init (&frame->refs);
  frame->frame = 42;
  frame->time_ns = 1400;
  frame->verified = TRUE;
  frame->width_px = width_px;
  frame->height_px = height_px;
  frame->stride = stride;
  frame->bgra = g_bytes_new_take (pixels, (gsize) stride * (gsize) height_px);
  return frame;
}

static const guint8 *
pixel_at (SemioFrame *frame, int x, int y)
{
  return (const guint8 *) g_bytes_get_data (frame->bgra, NULL) + y * frame->stride + x * 4;
}

static void
test_none_is_the_same_frame (void)
{
  g_autoptr (SemioFrame) frame = new_frame (4, 3);
  g_autoptr (SemioFrame) same = semio_picture_change_apply (SEMIO_PICTURE_CHANGE_NONE, frame);
  guint8 table[256];

  g_assert_true (same == frame);
  semio_picture_change_fill_table (SEMIO_PICTURE_CHANGE_NONE, table);
  for (int i = 0; i < 256; i++)
    g_assert_cmpuint (table[i], ==, i);
}

/* Brighter is brighter everywhere, and nothing is ever turned upside down. */
static void
test_tables_rise (void)
{
  for (int brightness = -100; brightness <= 100; brightness += 50)
    for (int contrast = -100; contrast <= 100; contrast += 50)
      for (int gamma = SEMIO_PICTURE_GAMMA_MIN; gamma <= SEMIO_PICTURE_GAMMA_MAX; gamma += 90)
        {
          guint8 table[256];

          semio_picture_change_fill_table ((SemioPictureChange){ brightness, contrast, gamma, 0 }, table);
          for (int i = 1; i < 256; i++)
            g_assert_cmpuint (table[i], >=, table[i - 1]);
        }
}

static void
test_dark_room (void)
{
  guint8 table[256];

  /* 2.0: the square root, so a quarter of the light becomes a half; black and white stay. */
  semio_picture_change_fill_table ((SemioPictureChange){ 0, 0, 200, 0 }, table);
  g_assert_cmpuint (table[0], ==, 0);
  g_assert_cmpuint (table[64], ==, 128);
  g_assert_cmpuint (table[255], ==, 255);
  semio_picture_change_fill_table ((SemioPictureChange){ 100, 0, 100, 0 }, table);
  g_assert_cmpuint (table[0], ==, 128);
  semio_picture_change_fill_table ((SemioPictureChange){ 0, -100, 100, 0 }, table);
  g_assert_cmpuint (table[0], ==, table[255]);
}

static void
test_frame_keeps_its_number (void)
{
  g_autoptr (SemioFrame) frame = new_frame (4, 3);
  g_autoptr (SemioFrame) brighter = semio_picture_change_apply ((SemioPictureChange){ 50, 0, 100, 0 }, frame);

  g_assert_cmpint (brighter->frame, ==, 42);
  g_assert_cmpint (brighter->time_ns, ==, 1400);
  g_assert_true (brighter->verified);
  g_assert_cmpuint (pixel_at (brighter, 2, 1)[0], ==, 20 + 64);
  g_assert_cmpuint (pixel_at (brighter, 2, 1)[3], ==, 255);
  /* The frame itself is what it was. */
  g_assert_cmpuint (pixel_at (frame, 2, 1)[0], ==, 20);
}

/* Clockwise: what was at the top left is at the top right, then the bottom right, then the bottom left. */
static void
test_turns (void)
{
  static const int corners[4][2] = { { 0, 0 }, { 2, 0 }, { 3, 2 }, { 0, 3 } };
  g_autoptr (SemioFrame) frame = new_frame (4, 3);

  for (int turns = 1; turns < 4; turns++)
    {
      g_autoptr (SemioFrame) turned = semio_picture_change_apply ((SemioPictureChange){ 0, 0, 100, turns }, frame);

      g_assert_cmpint (turned->width_px, ==, turns % 2 != 0 ? 3 : 4);
      g_assert_cmpint (turned->height_px, ==, turns % 2 != 0 ? 4 : 3);
      g_assert_cmpuint (pixel_at (turned, corners[turns][0], corners[turns][1])[0], ==, 0);
      g_assert_cmpuint (pixel_at (turned, corners[turns][0], corners[turns][1])[1], ==, 0);
    }
  g_assert_cmpint (semio_picture_change_clamp ((SemioPictureChange){ 0, 0, 100, -1 }).quarter_turns, ==, 3);
}

/* A part goes where its pixels go: four turns are none. */
static void
test_turned_parts (void)
{
  SemioPictureRect face = { 0.3, 0, 0.4, 0.5 };
  SemioPictureRect turned = semio_picture_change_turn ((SemioPictureChange){ 0, 0, 100, 1 }, face);

  g_assert_cmpfloat_with_epsilon (turned.x, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.y, 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.width, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.height, 0.4, 1e-9);
  turned = semio_picture_change_turn ((SemioPictureChange){ 0, 0, 100, 3 }, turned);
  g_assert_cmpfloat_with_epsilon (turned.x, face.x, 1e-9);
  g_assert_cmpfloat_with_epsilon (turned.y, face.y, 1e-9);
}

static void
test_kept (void)
{
  SemioPictureChange change = { -20, 35, 180, 3 };
  g_autoptr (GVariant) kept = g_variant_ref_sink (semio_picture_change_to_variant (change));
  g_autoptr (GVariant) wild = g_variant_ref_sink (g_variant_new ("(iiii)", 9999, -9999, 0, 7));
  g_autoptr (GVariant) other = g_variant_ref_sink (g_variant_new_string ("bright"));

  g_assert_true (semio_picture_change_equal (semio_picture_change_from_variant (kept), change));
  g_assert_true (semio_picture_change_is_none (semio_picture_change_from_variant (other)));
  g_assert_true (semio_picture_change_is_none (semio_picture_change_from_variant (NULL)));
  change = semio_picture_change_from_variant (wild);
  g_assert_cmpint (change.brightness, ==, 100);
  g_assert_cmpint (change.contrast, ==, -100);
  g_assert_cmpint (change.gamma_percent, ==, SEMIO_PICTURE_GAMMA_MIN);
  g_assert_cmpint (change.quarter_turns, ==, 3);
}

/* A frame that claims more than its buffer holds is not read. */
static void
test_short_buffer (void)
{
  g_autoptr (SemioFrame) frame = new_frame (4, 3);
  g_autoptr (SemioFrame) same = NULL;

  frame->height_px = 4000;
  same = semio_picture_change_apply ((SemioPictureChange){ 50, 0, 100, 1 }, frame);
  g_assert_true (same == frame);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-change/none-is-the-same-frame", test_none_is_the_same_frame);
  g_test_add_func ("/picture-change/tables-rise", test_tables_rise);
  g_test_add_func ("/picture-change/dark-room", test_dark_room);
  g_test_add_func ("/picture-change/frame-keeps-its-number", test_frame_keeps_its_number);
  g_test_add_func ("/picture-change/turns", test_turns);
  g_test_add_func ("/picture-change/turned-parts", test_turned_parts);
  g_test_add_func ("/picture-change/kept", test_kept);
  g_test_add_func ("/picture-change/short-buffer", test_short_buffer);
  return g_test_run ();
}
