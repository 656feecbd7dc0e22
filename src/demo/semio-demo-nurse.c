/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-nurse.h"

#include <math.h>

#include "semio-demo-body.h"
#include "semio-demo-ink.h"

#define SHOULDER_PX 50.0

gboolean
semio_demo_nurse_is_visible (const SemioDemoPose *pose)
{
  double x = pose->v[SEMIO_CHANNEL_NURSE_X];

  return x > -130 && x < 770;
}

/* The nurse's own axes: x is where the nurse faces, y to the nurse's left as the camera sees it. */
static SemioDemoPoint
place (const SemioDemoPose *pose, double forward, double across, double z)
{
  double angle = G_PI + pose->v[SEMIO_CHANNEL_NURSE_TURN] * G_PI / 180;
  double sway = pose->v[SEMIO_CHANNEL_NURSE_STEP] * 3 * sin (pose->steps * G_PI);

  across += sway;
  return (SemioDemoPoint){ pose->v[SEMIO_CHANNEL_NURSE_X] + forward * cos (angle) - across * sin (angle),
                           pose->v[SEMIO_CHANNEL_NURSE_Y] + forward * sin (angle) + across * cos (angle), z };
}

/* Where the hands are, in the nurse's axes: they swing with the steps and reach out over the bed. */
static void
place_arm (const SemioDemoPose *pose, double side, double elbow[2], double hand[2])
{
  double reach = pose->v[SEMIO_CHANNEL_NURSE_REACH] * (side > 0 ? 1 : 0.55);
  double swing = pose->v[SEMIO_CHANNEL_NURSE_STEP] * sin (pose->steps * G_PI) * side;

  hand[0] = 26 + 26 * swing + 74 * reach;
  hand[1] = side * (SHOULDER_PX - 2 - 22 * reach);
  elbow[0] = 8 + 14 * swing + 34 * reach;
  elbow[1] = side * (SHOULDER_PX + 12 - 8 * reach);
}

void
semio_demo_nurse_add_relief (SemioDemoRelief *relief, const SemioDemoPose *pose)
{
  double angle = G_PI + pose->v[SEMIO_CHANNEL_NURSE_TURN] * G_PI / 180;

  semio_demo_relief_add_ball (relief, place (pose, 0, 0, 6), 36, 62, 30, angle);
  for (int side = -1; side <= 1; side += 2)
    {
      double elbow[2], hand[2];

      place_arm (pose, side, elbow, hand);
      semio_demo_relief_add_limb (relief, place (pose, 0, side * SHOULDER_PX, 20), 19, place (pose, elbow[0], elbow[1], 26), 15);
      semio_demo_relief_add_limb (relief, place (pose, elbow[0], elbow[1], 26), 14, place (pose, hand[0], hand[1], 36), 10);
    }
  semio_demo_relief_add_ball (relief, place (pose, 12, 0, 40), 33, 30, 30, angle);
}

static void
draw_shoes (cairo_t *cr, const SemioDemoPose *pose)
{
  double step = pose->v[SEMIO_CHANNEL_NURSE_STEP] * 26 * sin (pose->steps * G_PI);

  for (int side = -1; side <= 1; side += 2)
    {
      semio_ink_box_path (cr, 10 + side * step - 14, side * 16 - 8, 40, 16, 8);
      semio_ink_set (cr, semio_ink_hex (0xe7e9ea), 1);
      cairo_fill (cr);
    }
}

static void
draw_arm (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, double side)
{
  double elbow[2], hand[2], sleeve[2];
  SemioDemoColor dark = semio_ink_shade (look->scrubs, -0.35);

  place_arm (pose, side, elbow, hand);
  sleeve[0] = elbow[0] * 0.85;
  sleeve[1] = side * SHOULDER_PX + (elbow[1] - side * SHOULDER_PX) * 0.85;
  cairo_save (cr);
  cairo_translate (cr, hand[0], hand[1]);
  cairo_rotate (cr, -side * 0.15);
  cairo_scale (cr, 1.1, 1.1);
  semio_demo_body_draw_hand (cr, look->nurse_skin, 0.25, side);
  cairo_restore (cr);
  semio_ink_limb_path (cr, elbow[0], elbow[1], 13.5, hand[0], hand[1], 10);
  semio_ink_set (cr, look->nurse_skin, 1);
  cairo_fill (cr);
  semio_ink_limb_path (cr, 0, side * (SHOULDER_PX - 4), 22, sleeve[0], sleeve[1], 17.5);
  semio_ink_set (cr, look->scrubs, 1);
  cairo_fill (cr);
  cairo_arc (cr, sleeve[0], sleeve[1], 17, -0.9 + side * 0.25, 0.9 + side * 0.25);
  cairo_set_line_width (cr, 2.2);
  semio_ink_set (cr, dark, 0.7);
  cairo_stroke (cr);
}

static void
draw_shoulders (cairo_t *cr, const SemioDemoLook *look)
{
  static const double outline[] = { 26,  -22, 22,  -48, 2, -62, -20, -56, -32, -28, -34, 0,
                                    -32, 28,  -20, 56,  2, 62,  22,  48,  26,  22,  30,  0 };
  static const double seams[][6] = { { 20, -30, -4, -36, -26, -30 }, { 20, 30, -4, 36, -26, 30 }, { -30, -14, -22, 0, -30, 14 } };
  static const double tube[] = { 30, -14, 12, -25, -10, -24, -18, 0, -10, 24, 12, 25, 34, 12 };
  cairo_pattern_t *cloth = cairo_pattern_create_radial (-6, -14, 6, 0, 0, 66);

  semio_ink_add_stop (cloth, 0, semio_ink_shade (look->scrubs, 0.16), 1);
  semio_ink_add_stop (cloth, 0.7, look->scrubs, 1);
  semio_ink_add_stop (cloth, 1, semio_ink_shade (look->scrubs, -0.30), 1);
  semio_ink_smooth_path (cr, outline, 12, TRUE);
  cairo_set_source (cr, cloth);
  cairo_fill (cr);
  cairo_pattern_destroy (cloth);
  for (guint i = 0; i < G_N_ELEMENTS (seams); i++)
    semio_ink_line (cr, seams[i], 3, 1.8, semio_ink_shade (look->scrubs, -0.45), 0.4);
  /* Stethoscope and badge. */
  semio_ink_line (cr, tube, 7, 3.2, semio_ink_hex (0x20262c), 1);
  semio_ink_line (cr, tube, 7, 1, semio_ink_hex (0x6c7883), 0.9);
  cairo_save (cr);
  cairo_translate (cr, 24, 27);
  cairo_rotate (cr, 0.25);
  semio_ink_box_path (cr, -4, -6, 8, 12, 1.5);
  semio_ink_set (cr, semio_ink_hex (0xf6f7f7), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, -1.5, -4, 4, 8, 1);
  semio_ink_set (cr, semio_ink_hex (0x4f79b5), 1);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_head (cairo_t *cr, const SemioDemoLook *look)
{
  static const double hair[] = { 22, -12, 12, -25, -6, -29, -24, -21, -31, 0, -24, 21, -6, 29, 12, 25, 22, 12, 17, 0 };
  cairo_pattern_t *shine = cairo_pattern_create_radial (-8, -10, 2, -4, 0, 32);

  semio_ink_spot (cr, -2, 3, 44, 42, semio_ink_hex (0x0b1412), 0.40);
  /* Neck and face as far as they show under the hair: forehead, nose, ears. */
  semio_ink_limb_path (cr, 2, 0, 27, 12, 0, 22);
  semio_ink_set (cr, look->nurse_skin, 1);
  cairo_fill (cr);
  semio_ink_limb_path (cr, 26, 0, 7, 36, 0, 4);
  semio_ink_set (cr, semio_ink_shade (look->nurse_skin, 0.06), 1);
  cairo_fill (cr);
  for (int side = -1; side <= 1; side += 2)
    {
      semio_ink_limb_path (cr, -2, side * 28, 4, 5, side * 28, 4);
      semio_ink_set (cr, semio_ink_shade (look->nurse_skin, -0.12), 1);
      cairo_fill (cr);
    }
  semio_ink_add_stop (shine, 0, semio_ink_shade (look->nurse_hair, 0.30), 1);
  semio_ink_add_stop (shine, 0.55, look->nurse_hair, 1);
  semio_ink_add_stop (shine, 1, semio_ink_shade (look->nurse_hair, -0.40), 1);
  semio_ink_smooth_path (cr, hair, 10, TRUE);
  cairo_set_source (cr, shine);
  cairo_fill (cr);
  cairo_arc (cr, -32, 0, 13, 0, 2 * G_PI);
  cairo_set_source (cr, shine);
  cairo_fill (cr);
  cairo_pattern_destroy (shine);
  for (int i = -4; i <= 4; i++)
    {
      const double strand[] = { 17 - ABS (i) * 1.2, i * 3.4, -4, i * 5.6, -26, i * 2.2 };

      semio_ink_line (cr, strand, 3, 1.1, semio_ink_shade (look->nurse_hair, i % 2 ? 0.30 : -0.4), 0.40);
    }
  cairo_arc (cr, -32, 0, 9, 0.6, 4.2);
  cairo_set_line_width (cr, 1.2);
  semio_ink_set (cr, semio_ink_shade (look->nurse_hair, 0.3), 0.45);
  cairo_stroke (cr);
}

void
semio_demo_nurse_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  SemioDemoPoint at = place (pose, 0, 0, 0);

  cairo_save (cr);
  cairo_translate (cr, at.x, at.y);
  cairo_rotate (cr, G_PI + pose->v[SEMIO_CHANNEL_NURSE_TURN] * G_PI / 180);
  draw_shoes (cr, pose);
  semio_ink_spot (cr, -4, 0, 62, 84, semio_ink_hex (0x0b1412), 0.35);
  draw_arm (cr, look, pose, -1);
  draw_arm (cr, look, pose, 1);
  draw_shoulders (cr, look);
  cairo_translate (cr, 10, 0);
  draw_head (cr, look);
  cairo_restore (cr);
}
