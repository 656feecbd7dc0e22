/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-head.h"

#include <math.h>

#include "semio-demo-ink.h"

#define N_OUTLINE 28
#define N_HAIRLINE 19

double
semio_demo_head_get_width (double height)
{
  double v = MIN (fabs (height), 0.9999);

  if (height > 0)
    return SEMIO_DEMO_HEAD_WIDTH_PX * pow (1 - pow (v, 2.5), 0.5);
  return SEMIO_DEMO_HEAD_WIDTH_PX * pow (1 - pow (v, 3.0), 0.56) * (1 - 0.20 * v);
}

SemioDemoFacePoint
semio_demo_head_map (const SemioDemoHeadTurn *turn, double longitude, double height, double off)
{
  double angle = (longitude + turn->yaw) * G_PI / 180, low = CLAMP (-height * 1.4 - 0.2, 0, 1);
  SemioDemoFacePoint point;

  point.depth = cos (angle);
  height += turn->pitch / 75 * point.depth;
  point.x = semio_demo_head_get_width (CLAMP (height, -1, 1)) * off * sin (angle) + turn->jaw_x * low * point.depth;
  point.y = -height * SEMIO_DEMO_HEAD_HEIGHT_PX + turn->jaw * low;
  return point;
}

static void
outline_path (cairo_t *cr, const SemioDemoHeadTurn *turn)
{
  double points[N_OUTLINE * 2];

  for (guint i = 0; i < N_OUTLINE; i++)
    {
      double angle = i * 2 * G_PI / N_OUTLINE, height = -cos (angle), side = sin (angle) < 0 ? -1 : 1;
      double low = CLAMP (-height * 1.4 - 0.2, 0, 1);
      /* The chin stands forward, so it leads when the head is turned. */
      double lead = low * low * sin (turn->yaw * G_PI / 180) * 9;
      double back = side * sin (turn->yaw * G_PI / 180) < 0 ? 1 + 0.10 * fabs (sin (turn->yaw * G_PI / 180)) * (1 - low) : 1;

      points[2 * i] = side * semio_demo_head_get_width (height) * back + lead + turn->jaw_x * low;
      points[2 * i + 1] = -height * SEMIO_DEMO_HEAD_HEIGHT_PX + turn->jaw * low;
    }
  semio_ink_smooth_path (cr, points, N_OUTLINE, TRUE);
}

static void
draw_ear (cairo_t *cr, const SemioDemoLook *look, const SemioDemoHeadTurn *turn, double side)
{
  SemioDemoFacePoint root = semio_demo_head_map (turn, side * 88, 0.02, 1.0);
  SemioDemoFacePoint rim = semio_demo_head_map (turn, side * 104, 0.02, 1.16);
  double width = MAX (3.2, fabs (rim.x - root.x) * 0.5 + 5 * MAX (0, root.depth + 0.25));
  double x = root.x + side * 2.2 * (1 - fabs (root.depth));

  if (root.depth < -0.45)
    return;
  cairo_save (cr);
  cairo_translate (cr, x, root.y + 1);
  cairo_scale (cr, MIN (width, 8), 11);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  semio_ink_set (cr, semio_ink_shade (look->skin, -0.10), 1);
  cairo_fill (cr);
  semio_ink_spot (cr, x + side * 0.6, root.y + 1, MIN (width, 8) * 0.6, 7,
                  semio_ink_mix (look->skin, semio_ink_hex (0x7a2d20), 0.5), 0.55);
}

/* How far down the hair reaches at a longitude. */
static double
get_hairline (const SemioDemoLook *look, double longitude)
{
  double a = fabs (longitude);
  double front = look->hair_style == SEMIO_DEMO_HAIR_CROPPED ? 0.66 : 0.58;
  double height = front - 0.08 * exp (-pow ((a - 52) / 12, 2)) + 0.07 * sin ((longitude + 24) / 17) * exp (-pow (a / 46, 2));

  if (a > 58)
    height -= CLAMP ((a - 58) / 20, 0, 1) * (look->hair_style == SEMIO_DEMO_HAIR_CROPPED ? 0.42 : 0.50);
  if (a > 100)
    height -= CLAMP ((a - 100) / 20, 0, 1) * 0.75;
  return height;
}

static void
hair_path (cairo_t *cr, const SemioDemoLook *look, const SemioDemoHeadTurn *turn, double grow)
{
  double points[(N_HAIRLINE + 18) * 2];
  guint n = 0;

  for (guint i = 0; i < N_HAIRLINE; i++)
    {
      double angle = -90 + 180.0 * i / (N_HAIRLINE - 1), longitude = angle - turn->yaw;
      double height = get_hairline (look, longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude);
      SemioDemoFacePoint point = semio_demo_head_map (turn, longitude, height, 1.0);

      points[n++] = point.x + (i == 0 ? -grow : i == N_HAIRLINE - 1 ? grow : 0);
      points[n++] = point.y;
    }
  for (guint i = 0; i < 18; i++)
    {
      double start = -points[2 * N_HAIRLINE - 1] / SEMIO_DEMO_HEAD_HEIGHT_PX, end = -points[1] / SEMIO_DEMO_HEAD_HEIGHT_PX;
      double share = (i + 1) / 19.0, side = share < 0.5 ? 1 : -1;
      double from = asin (CLAMP (share < 0.5 ? start : end, -1, 1)), turned = fabs (share - 0.5) * 2;
      double height = sin (from * turned + G_PI / 2 * (1 - turned));

      points[n++] = side * (semio_demo_head_get_width (MIN (height, 0.999)) + grow) * (height > 0.998 ? 0.2 : 1);
      points[n++] = -height * (SEMIO_DEMO_HEAD_HEIGHT_PX + grow * 1.3);
    }
  semio_ink_smooth_path (cr, points, n / 2, TRUE);
}

static void
draw_hair (cairo_t *cr, const SemioDemoLook *look, const SemioDemoHeadTurn *turn)
{
  double grow = look->hair_style == SEMIO_DEMO_HAIR_CROPPED ? 0.8 : 3.0;
  cairo_pattern_t *shine = cairo_pattern_create_radial (-10, -46, 2, 0, -26, 46);

  semio_ink_add_stop (shine, 0, semio_ink_shade (look->hair, 0.24), 1);
  semio_ink_add_stop (shine, 0.5, look->hair, 1);
  semio_ink_add_stop (shine, 1, semio_ink_shade (look->hair, -0.45), 1);
  /* The shadow that hair throws on the forehead. */
  cairo_save (cr);
  cairo_translate (cr, 0.5, 2.2);
  hair_path (cr, look, turn, 0);
  semio_ink_set (cr, semio_ink_mix (look->skin, semio_ink_hex (0x2a0f08), 0.75), 0.30);
  cairo_fill (cr);
  cairo_restore (cr);
  hair_path (cr, look, turn, grow);
  cairo_set_source (cr, shine);
  cairo_fill (cr);
  cairo_pattern_destroy (shine);
  if (look->hair_style == SEMIO_DEMO_HAIR_CROPPED)
    return;
  cairo_save (cr);
  hair_path (cr, look, turn, grow);
  cairo_clip (cr);
  for (int i = -9; i <= 9; i++)
    {
      double base = i * 9.5 + 4;
      SemioDemoFacePoint root = semio_demo_head_map (turn, base * 0.4 + 8, 0.99, 1.0);
      SemioDemoFacePoint middle = semio_demo_head_map (turn, base * 1.1, 0.82, 1.02);
      SemioDemoFacePoint tip = semio_demo_head_map (turn, base * 1.3 - 4, get_hairline (look, base * 1.3) + 0.03, 1.0);
      double strand[] = { root.x, root.y - 2, middle.x, middle.y, tip.x, tip.y };

      if (tip.depth > 0.05)
        semio_ink_line (cr, strand, 3, 1.1, semio_ink_shade (look->hair, i % 2 ? 0.22 : -0.4), 0.42);
    }
  cairo_restore (cr);
}

/* Long hair lies spread on the pillow, under the head. */
static void
draw_spread_hair (cairo_t *cr, const SemioDemoLook *look, double yaw)
{
  double s = -yaw * 0.22;
  const double outline[] = { -30 + s, -40, 0 + s, -54, 32 + s,  -42, 47 + s,  -14, 51 + s,  16, 46 + s,  44, 34 + s,  52,
                             28 + s,  30,  0 + s, 10,  -28 + s, 30,  -36 + s, 54,  -47 + s, 42, -52 + s, 14, -46 + s, -16 };

  semio_ink_smooth_path (cr, outline, G_N_ELEMENTS (outline) / 2, TRUE);
  semio_ink_set (cr, semio_ink_shade (look->hair, -0.18), 1);
  cairo_fill (cr);
  for (int i = 0; i < 14; i++)
    {
      double side = i % 2 ? 1 : -1, k = i / 2;
      double strand[] = { side * (20 + k) + s,       -34 + k * 3, side * (40 + k * 0.8) + s, -8 + k * 5,
                          side * (44 - k * 2.2) + s, 26 + k * 4 };

      semio_ink_line (cr, strand, 3, 1.3, semio_ink_shade (look->hair, i % 4 < 2 ? 0.16 : -0.3), 0.6);
    }
}

static void
draw_skin (cairo_t *cr, const SemioDemoLook *look, const SemioDemoHeadTurn *turn)
{
  double lit = turn->yaw * 0.2;
  cairo_pattern_t *skin = cairo_pattern_create_radial (-9 + lit, -14, 4, 2 + lit * 0.5, 2, 56);
  SemioDemoColor blush = semio_ink_mix (look->skin, semio_ink_hex (0xc2503e), 0.55);

  semio_ink_add_stop (skin, 0, semio_ink_shade (look->skin, 0.16), 1);
  semio_ink_add_stop (skin, 0.5, look->skin, 1);
  semio_ink_add_stop (skin, 0.86, semio_ink_mix (semio_ink_shade (look->skin, -0.20), semio_ink_hex (0x8f4630), 0.12), 1);
  semio_ink_add_stop (skin, 1, semio_ink_shade (look->skin, -0.34), 1);
  outline_path (cr, turn);
  cairo_set_source (cr, skin);
  cairo_fill (cr);
  cairo_pattern_destroy (skin);
  cairo_save (cr);
  outline_path (cr, turn);
  cairo_clip (cr);
  for (int side = -1; side <= 1; side += 2)
    {
      SemioDemoFacePoint cheek = semio_demo_head_map (turn, side * 38, -0.24, 1),
                         socket = semio_demo_head_map (turn, side * 25, 0.13, 1);

      if (cheek.depth > 0)
        semio_ink_spot (cr, cheek.x, cheek.y, 13 * cheek.depth, 10, blush, 0.30);
      if (socket.depth > 0)
        semio_ink_spot (cr, socket.x, socket.y, 13 * socket.depth, 9, semio_ink_mix (look->skin, semio_ink_hex (0x5a2a20), 0.6),
                        0.34);
    }
  if (look->beard)
    {
      SemioDemoFacePoint chin = semio_demo_head_map (turn, 0, -0.86, 1);

      semio_ink_spot (cr, chin.x, chin.y, 30, 18, look->hair, 0.60);
      for (int side = -1; side <= 1; side += 2)
        {
          SemioDemoFacePoint jaw = semio_demo_head_map (turn, side * 62, -0.5, 1);

          semio_ink_spot (cr, jaw.x, jaw.y, 13, 22, look->hair, 0.55);
        }
    }
  cairo_restore (cr);
}

void
semio_demo_head_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  SemioDemoHeadTurn turn = { pose->v[SEMIO_CHANNEL_HEAD_YAW], pose->v[SEMIO_CHANNEL_HEAD_PITCH],
                             pose->v[SEMIO_CHANNEL_MOUTH_OPEN] * 7, pose->v[SEMIO_CHANNEL_JAW_X] };
  SemioDemoPoint at = semio_demo_pose_project (pose->head);
  double scale = semio_demo_pose_get_scale (pose->head.z);

  turn.yaw = CLAMP (turn.yaw, -75, 75);
  cairo_save (cr);
  cairo_translate (cr, at.x, at.y);
  cairo_rotate (cr, pose->head_angle);
  cairo_scale (cr, scale, scale);
  if (look->hair_style == SEMIO_DEMO_HAIR_LONG)
    draw_spread_hair (cr, look, turn.yaw);
  if (fabs (turn.yaw) < 14)
    {
      draw_ear (cr, look, &turn, -1);
      draw_ear (cr, look, &turn, 1);
    }
  draw_skin (cr, look, &turn);
  semio_demo_face_draw (cr, look, pose, &turn);
  draw_hair (cr, look, &turn);
  /* A turned head shows the ear of the other side, with hair behind it. */
  if (fabs (turn.yaw) >= 14)
    draw_ear (cr, look, &turn, turn.yaw > 0 ? -1 : 1);
  cairo_restore (cr);
}
