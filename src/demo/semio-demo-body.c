/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-body.h"

#include <math.h>

#include "semio-demo-head.h"
#include "semio-demo-ink.h"
#include "semio-demo-room.h"

#define BLANKET_EDGE_PX 316.0
#define SLEEVE_SHARE 0.80

/* Where the sleeve ends. */
static SemioDemoPoint
get_cuff (const SemioDemoArm *arm)
{
  return (SemioDemoPoint){ arm->shoulder.x + SLEEVE_SHARE * (arm->elbow.x - arm->shoulder.x),
                           arm->shoulder.y + SLEEVE_SHARE * (arm->elbow.y - arm->shoulder.y),
                           arm->shoulder.z + SLEEVE_SHARE * (arm->elbow.z - arm->shoulder.z) };
}

void
semio_demo_body_add_trunk_relief (SemioDemoRelief *relief, const SemioDemoPose *pose)
{
  SemioDemoPoint chest = semio_demo_pose_get_trunk_point (pose, 0, 212), belly = semio_demo_pose_get_trunk_point (pose, 0, 290);
  SemioDemoPoint pelvis = semio_demo_pose_get_trunk_point (pose, 0, 352), neck = semio_demo_pose_get_trunk_point (pose, 0, 138);
  double angle = pose->v[SEMIO_CHANNEL_TRUNK_LEAN] * G_PI / 180;

  chest.z = 2 + pose->v[SEMIO_CHANNEL_TRUNK_ARCH] * 16;
  belly.z = 0 + pose->v[SEMIO_CHANNEL_TRUNK_ARCH] * 26;
  pelvis.z = 0 + pose->v[SEMIO_CHANNEL_PELVIS_LIFT];
  neck.z = 10;
  semio_demo_relief_add_ball (relief, chest, 88, 66, 33 + 4 * pose->breath, angle);
  semio_demo_relief_add_ball (relief, belly, 72, 78, 27 + 6 * pose->breath, angle);
  semio_demo_relief_add_ball (relief, pelvis, 72, 60, 30, 0);
  semio_demo_relief_add_limb (relief, neck, 18, (SemioDemoPoint){ neck.x, neck.y + 22, 4 }, 22);
  for (guint side = 0; side < 2; side++)
    {
      const SemioDemoArm *arm = &pose->arms[side];
      SemioDemoPoint inner = semio_demo_pose_get_trunk_point (pose, side == SEMIO_DEMO_LEFT ? 40 : -40, 176);

      inner.z = 12;
      semio_demo_relief_add_limb (relief, inner, 24, arm->shoulder, 23);
      semio_demo_relief_add_limb (relief, arm->shoulder, 24, get_cuff (arm), 20);
    }
  semio_demo_relief_drape (relief, MIN (210, pose->arms[1].elbow.x - 20), 110,
                           MAX (430, pose->arms[0].elbow.x + 20) - MIN (210, pose->arms[1].elbow.x - 20), 330);
  for (guint side = 0; side < 2; side++)
    {
      const SemioDemoLeg *leg = &pose->legs[side];

      semio_demo_relief_add_limb (relief, leg->hip, 33, leg->knee, 23);
      semio_demo_relief_add_limb (relief, leg->knee, 23, leg->ankle, 16);
    }
  semio_demo_relief_add_folds (relief, 236, 150, 168, 230, pose->v[SEMIO_CHANNEL_TRUNK_X], pose->v[SEMIO_CHANNEL_TRUNK_Y], 1.5);
}

static SemioDemoPoint
get_hand_end (const SemioDemoArm *arm, double grip)
{
  double length = (26 - 10 * grip) * arm->hand_scale;

  return (SemioDemoPoint){ arm->wrist.x + length * cos (arm->hand_angle), arm->wrist.y + length * sin (arm->hand_angle),
                           arm->wrist.z };
}

void
semio_demo_body_add_limb_relief (SemioDemoRelief *relief, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  SemioDemoPoint head = pose->head, hair = pose->head;

  head.z = 22;
  if (look->hair_style == SEMIO_DEMO_HAIR_LONG)
    {
      hair.z = 14;
      semio_demo_relief_add_ball (relief, hair, 50, 54, 10, pose->head_angle);
    }
  semio_demo_relief_add_ball (relief, head, 39, 49, 34, pose->head_angle);
  for (guint side = 0; side < 2; side++)
    {
      const SemioDemoArm *arm = &pose->arms[side];
      double grip = pose->v[side == SEMIO_DEMO_LEFT ? SEMIO_CHANNEL_LEFT_GRIP : SEMIO_CHANNEL_RIGHT_GRIP];

      semio_demo_relief_add_limb (relief, get_cuff (arm), 17, arm->elbow, 15);
      semio_demo_relief_add_limb (relief, arm->elbow, 15, arm->wrist, 10);
      semio_demo_relief_add_limb (relief, arm->wrist, 10, get_hand_end (arm, grip), 8);
    }
}

void
semio_demo_body_draw_hand (cairo_t *cr, SemioDemoColor skin, double grip, double sign)
{
  SemioDemoColor line = semio_ink_mix (skin, semio_ink_hex (0x4a1c10), 0.62),
                 warm = semio_ink_mix (skin, semio_ink_hex (0xc4604a), 0.18);
  const double thumb[] = { 1, -sign * 5, 8, -sign * (12 - 5 * grip), 15 - 3 * grip, -sign * (13.5 - 9 * grip) };
  double reach = 1 - 0.62 * CLAMP (grip, 0, 1);

  for (guint pass = 0; pass < 2; pass++)
    for (int i = 0; i < 4; i++)
      {
        static const double lengths[] = { 15.5, 17.5, 16.5, 12.5 };
        double y = (-6.2 + i * 4.1) * sign, spread = (i - 1.5) * 0.10 * (1 - grip) * sign;
        double length = lengths[i] * reach;
        const double finger[] = { 10, y, 12 + length * 0.55, y + spread * length * 0.6, 12 + length, y + spread * length * 1.4 };

        semio_ink_line (cr, finger, 3, pass ? 4.3 : 5.6, pass ? warm : line, pass ? 1 : 0.85);
      }
  semio_ink_line (cr, thumb, 3, 6.4, line, 0.8);
  semio_ink_line (cr, thumb, 3, 5.2, skin, 1);
  semio_ink_limb_path (cr, 0, 0, 8.4, 6, 0.4 * sign, 9.0);
  semio_ink_set (cr, skin, 1);
  cairo_fill (cr);
  for (int i = 0; i < 4; i++)
    semio_ink_spot (cr, 13, (-6.2 + i * 4.1) * sign, 2.6, 1.9, warm, 0.7);
}

static void
fill_limb (cairo_t *cr, SemioDemoPoint a, double a_radius, SemioDemoPoint b, double b_radius, SemioDemoColor from,
           SemioDemoColor to)
{
  cairo_pattern_t *pattern;
  double scale_a = semio_demo_pose_get_scale (a.z), scale_b = semio_demo_pose_get_scale (b.z);

  a = semio_demo_pose_project (a);
  b = semio_demo_pose_project (b);
  pattern = cairo_pattern_create_linear (a.x, a.y, b.x, b.y);
  semio_ink_add_stop (pattern, 0, from, 1);
  semio_ink_add_stop (pattern, 1, to, 1);
  semio_ink_limb_path (cr, a.x, a.y, a_radius * scale_a, b.x, b.y, b_radius * scale_b);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

void
semio_demo_body_draw_arm (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, guint side)
{
  const SemioDemoArm *arm = &pose->arms[side];
  SemioDemoColor warm = semio_ink_mix (look->skin, semio_ink_hex (0xb8604c), 0.10);
  double sign = side == SEMIO_DEMO_LEFT ? 1 : -1;
  SemioDemoPoint cuff = get_cuff (arm);
  SemioDemoPoint wrist = semio_demo_pose_project (arm->wrist), a, b;
  double scale = semio_demo_pose_get_scale (arm->wrist.z), angle;

  cairo_save (cr);
  cairo_translate (cr, wrist.x, wrist.y);
  cairo_rotate (cr, arm->hand_angle);
  cairo_scale (cr, scale * arm->hand_scale, scale);
  semio_demo_body_draw_hand (
      cr, warm, CLAMP (pose->v[side == SEMIO_DEMO_LEFT ? SEMIO_CHANNEL_LEFT_GRIP : SEMIO_CHANNEL_RIGHT_GRIP], 0, 1), -sign);
  cairo_restore (cr);
  fill_limb (cr, arm->elbow, 15.5, arm->wrist, 9.2, look->skin, warm);
  fill_limb (cr, cuff, 16.5, arm->elbow, 15.5, look->skin, look->skin);
  fill_limb (cr, arm->shoulder, 26, cuff, 23, look->gown, semio_ink_shade (look->gown, -0.04));
  /* The hem of the sleeve, and its shadow on the arm. */
  a = semio_demo_pose_project (cuff);
  b = semio_demo_pose_project (arm->elbow);
  angle = hypot (b.x - a.x, b.y - a.y) > 0.5 ? atan2 (b.y - a.y, b.x - a.x) : G_PI / 2;
  cairo_save (cr);
  cairo_translate (cr, a.x, a.y);
  cairo_rotate (cr, angle);
  cairo_arc (cr, 0, 0, 23.0 * semio_demo_pose_get_scale (cuff.z), -0.95, 0.95);
  cairo_set_line_width (cr, 2.4);
  semio_ink_set (cr, semio_ink_shade (look->gown, -0.34), 0.75);
  cairo_stroke (cr);
  for (int i = 0; i < 3; i++)
    {
      const double fold[] = { -34 + i * 5, -15 + i * 12, -14 + i * 2, -11 + i * 10, 8 - i * 3, -13 + i * 12 };

      semio_ink_line (cr, fold, 3, 1.5, semio_ink_shade (look->gown, -0.45), 0.28);
    }
  cairo_restore (cr);
}

void
semio_demo_body_draw_legs (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  for (guint side = 0; side < 2; side++)
    {
      const SemioDemoLeg *leg = &pose->legs[side];
      SemioDemoPoint knee = semio_demo_pose_project (leg->knee);
      double scale = semio_demo_pose_get_scale (leg->knee.z);

      fill_limb (cr, leg->knee, 23, leg->ankle, 15, look->skin, look->skin);
      fill_limb (cr, leg->hip, 33, leg->knee, 23.5, look->skin, look->skin);
      semio_ink_spot (cr, knee.x, knee.y, 18 * scale, 14 * scale, semio_ink_mix (look->skin, semio_ink_hex (0xb8604c), 0.4), 0.4);
    }
}

/* A point of the gown, where the camera sees it. */
static void
put (const SemioDemoPose *pose, double x, double y, double *points)
{
  SemioDemoPoint point = semio_demo_pose_project (semio_demo_pose_get_trunk_point (pose, x, y));

  points[0] = point.x;
  points[1] = point.y;
}

static void
draw_neck (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  SemioDemoPoint base = semio_demo_pose_get_trunk_point (pose, 0, 164), head = pose->head;
  SemioDemoColor dark = semio_ink_mix (semio_ink_shade (look->skin, -0.22), semio_ink_hex (0x8f4630), 0.12);

  base.z = 22;
  head.y += 24;
  head.x -= 8 * sin (pose->v[SEMIO_CHANNEL_HEAD_YAW] * G_PI / 180);
  fill_limb (cr, head, 21, base, 25, dark, look->skin);
}

static void
gown_path (cairo_t *cr, const SemioDemoPose *pose)
{
  static const double outline[][2] = { { -20, 143 }, { -52, 150 }, { -86, 166 }, { -86, 200 }, { -70, 234 }, { -64, 290 },
                                       { -72, 345 }, { -76, 408 }, { 0, 420 },   { 76, 408 },  { 72, 345 },  { 64, 290 },
                                       { 70, 234 },  { 86, 200 },  { 86, 166 },  { 52, 150 },  { 20, 143 },  { 0, 168 } };
  double points[2 * G_N_ELEMENTS (outline)];
  double breath = 1 + 0.018 * pose->breath;

  for (guint i = 0; i < G_N_ELEMENTS (outline); i++)
    put (pose, outline[i][0] * (outline[i][1] < 300 ? breath : 1), outline[i][1], points + 2 * i);
  semio_ink_smooth_path (cr, points, G_N_ELEMENTS (outline), TRUE);
}

static void
draw_print (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  SemioDemoColor ink = semio_ink_shade (look->gown, -0.42);

  cairo_save (cr);
  gown_path (cr, pose);
  cairo_clip (cr);
  for (int row = 0; row < 14; row++)
    for (int column = -4; column <= 4; column++)
      {
        double at[2];

        put (pose, column * 17 + (row % 2) * 8.5, 172 + row * 17, at);
        cairo_new_sub_path (cr);
        cairo_arc (cr, at[0], at[1], 1.5, 0, 2 * G_PI);
      }
  semio_ink_set (cr, ink, 0.34);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_gown_folds (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  static const double folds[][6] = {
    { -66, 206, -40, 216, -22, 240 }, { 66, 206, 40, 216, 22, 240 },    { -62, 232, -44, 262, -40, 306 },
    { 62, 232, 46, 262, 42, 306 },    { -14, 178, -10, 230, -16, 300 }, { 18, 184, 22, 240, 14, 310 },
    { -50, 158, -34, 172, -22, 190 }, { 50, 158, 34, 172, 22, 190 },    { -60, 290, -20, 300, 10, 296 },
    { 60, 318, 24, 326, -12, 320 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      double points[6];

      for (guint k = 0; k < 3; k++)
        put (pose, folds[i][2 * k], folds[i][2 * k + 1], points + 2 * k);
      semio_ink_line (cr, points, 3, 6, semio_ink_shade (look->gown, -0.40), 0.10);
      semio_ink_line (cr, points, 3, 1.6, semio_ink_shade (look->gown, -0.45), 0.16);
      cairo_save (cr);
      cairo_translate (cr, 2.4, 1.2);
      semio_ink_line (cr, points, 3, 2.4, semio_ink_shade (look->gown, 0.6), 0.20);
      cairo_restore (cr);
    }
}

void
semio_demo_body_draw_trunk (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  static const double neckline[][2] = { { -20, 143 }, { -11, 158 }, { 0, 167 }, { 11, 158 }, { 20, 143 } };
  double top[2], bottom[2], points[10];
  cairo_pattern_t *cloth;

  draw_neck (cr, look, pose);
  put (pose, -80, 150, top);
  put (pose, 70, 400, bottom);
  cloth = cairo_pattern_create_linear (top[0], top[1], bottom[0], bottom[1]);
  semio_ink_add_stop (cloth, 0, semio_ink_shade (look->gown, 0.10), 1);
  semio_ink_add_stop (cloth, 0.5, look->gown, 1);
  semio_ink_add_stop (cloth, 1, semio_ink_shade (look->gown, -0.14), 1);
  gown_path (cr, pose);
  cairo_set_source (cr, cloth);
  cairo_fill (cr);
  cairo_pattern_destroy (cloth);
  draw_print (cr, look, pose);
  draw_gown_folds (cr, look, pose);
  for (guint i = 0; i < 5; i++)
    put (pose, neckline[i][0], neckline[i][1], points + 2 * i);
  semio_ink_line (cr, points, 5, 4, semio_ink_shade (look->gown, -0.30), 1);
  semio_ink_line (cr, points, 5, 1.8, semio_ink_shade (look->gown, 0.35), 1);
}

void
semio_demo_body_get_blanket_edge (const SemioDemoPose *pose, double *left_px, double *right_px)
{
  double middle = BLANKET_EDGE_PX + pose->v[SEMIO_CHANNEL_BLANKET] - 2 * pose->breath, skew = pose->v[SEMIO_CHANNEL_BLANKET_SKEW];

  *left_px = middle - skew;
  *right_px = middle + skew;
}

/* A line across the blanket; what is higher looks nearer to the head end, as cloth does that is pulled over a body. */
static void
across_path (cairo_t *cr, SemioDemoRelief *relief, double left_px, double right_px, double y_left, double y_right, gboolean back)
{
  double points[2 * 15];

  for (guint i = 0; i < 15; i++)
    {
      double share = back ? 1 - i / 14.0 : i / 14.0, x = left_px + share * (right_px - left_px);
      double y = y_left + share * (y_right - y_left) + 5 * sin (share * 9 + 1);

      points[2 * i] = x;
      points[2 * i + 1] = y - 0.16 * semio_demo_relief_get_height (relief, x, MIN (y, 476));
    }
  if (back)
    for (guint i = 0; i < 15; i++)
      cairo_line_to (cr, points[2 * i], points[2 * i + 1]);
  else
    semio_ink_smooth_path (cr, points, 15, FALSE);
}

void
semio_demo_body_draw_blanket (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, SemioDemoRelief *relief)
{
  double left = SEMIO_DEMO_BED_LEFT_PX - 6, right = SEMIO_DEMO_BED_RIGHT_PX + 6, y_left, y_right;
  cairo_pattern_t *wool = cairo_pattern_create_linear (left, 0, right, 0);

  semio_demo_body_get_blanket_edge (pose, &y_left, &y_right);
  semio_ink_add_stop (wool, 0, semio_ink_shade (look->blanket, -0.16), 1);
  semio_ink_add_stop (wool, 0.5, semio_ink_shade (look->blanket, 0.05), 1);
  semio_ink_add_stop (wool, 1, semio_ink_shade (look->blanket, -0.18), 1);
  across_path (cr, relief, left, right, y_left + 4, y_right + 4, FALSE);
  cairo_line_to (cr, right, 481);
  cairo_line_to (cr, left, 481);
  cairo_close_path (cr);
  cairo_set_source (cr, wool);
  cairo_fill (cr);
  cairo_pattern_destroy (wool);
  /* Bands woven into the wool show how it lies. */
  for (int i = 0; i < 8; i++)
    {
      double at = 48 + i * 24;

      if (MIN (y_left, y_right) + at > 500)
        break;
      across_path (cr, relief, left, right, y_left + at, y_right + at, FALSE);
      cairo_set_line_width (cr, i % 3 == 0 ? 5 : 1.6);
      semio_ink_set (cr, semio_ink_shade (look->blanket, i % 3 == 0 ? 0.30 : -0.25), 0.42);
      cairo_stroke (cr);
    }
  /* The sheet, turned down over the edge. */
  across_path (cr, relief, left, right, y_left, y_right, FALSE);
  across_path (cr, relief, left, right, y_left + 25, y_right + 25, TRUE);
  cairo_close_path (cr);
  semio_ink_set (cr, semio_ink_hex (0xf3f5f6), 1);
  cairo_fill (cr);
  across_path (cr, relief, left, right, y_left + 20, y_right + 20, FALSE);
  cairo_set_line_width (cr, 1.2);
  semio_ink_set (cr, semio_ink_hex (0xb7c3cc), 0.9);
  cairo_stroke (cr);
}
