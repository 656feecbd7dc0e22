/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-head.h"

#include <math.h>

#include "semio-demo-ink.h"

#define N_LID 7

/* What one eye needs, so that its parts share one shape. */
typedef struct {
  double side; /* 1 the patient's left */
  double open; /* 0 shut to 1 */
  double squeeze; /* 0 to 1: the lids are pressed together */
  double upper[N_LID * 2], lower[N_LID * 2];
  SemioDemoFacePoint middle;
} Eye;

static SemioDemoColor
get_shadow (const SemioDemoLook *look)
{
  return semio_ink_mix (look->skin, semio_ink_hex (0x3a140c), 0.72);
}

static void
place_eye (Eye *eye, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn)
{
  double pull = pose->v[SEMIO_CHANNEL_MOUTH_PULL] * eye->side;
  double twitch = pose->v[eye->side > 0 ? SEMIO_CHANNEL_TWITCH_LEFT : SEMIO_CHANNEL_TWITCH_RIGHT];

  eye->open = pose->v[eye->side > 0 ? SEMIO_CHANNEL_EYE_LEFT : SEMIO_CHANNEL_EYE_RIGHT];
  eye->squeeze = CLAMP (twitch, 0, 1) * 0.9 + MAX (0, pull) * 0.35;
  eye->open *= 1 - 0.75 * MIN (1, eye->squeeze);
  eye->squeeze = MAX (eye->squeeze, eye->open < 0.15 ? MAX (0, -pose->v[SEMIO_CHANNEL_BROW]) : 0);
  eye->middle = semio_demo_head_map (turn, eye->side * 25, 0.105, 1);
  for (guint i = 0; i < N_LID; i++)
    {
      double share = i / (N_LID - 1.0) * 2 - 1, bow = 1 - share * share, longitude = eye->side * 25 + share * 13;
      SemioDemoFacePoint top = semio_demo_head_map (turn, longitude, 0.085 + bow * (0.098 * eye->open - 0.012), 1);
      SemioDemoFacePoint bottom = semio_demo_head_map (turn, longitude, 0.085 - bow * (0.042 + 0.006 * eye->open), 1);

      eye->upper[2 * i] = top.x;
      eye->upper[2 * i + 1] = top.y;
      eye->lower[2 * i] = bottom.x;
      eye->lower[2 * i + 1] = bottom.y;
    }
}

static void
eye_path (cairo_t *cr, const Eye *eye)
{
  double points[N_LID * 4 - 4];
  guint n = 0;

  for (guint i = 0; i < N_LID; i++)
    {
      points[n++] = eye->upper[2 * i];
      points[n++] = eye->upper[2 * i + 1];
    }
  for (guint i = N_LID - 2; i > 0; i--)
    {
      points[n++] = eye->lower[2 * i];
      points[n++] = eye->lower[2 * i + 1];
    }
  semio_ink_smooth_path (cr, points, n / 2, TRUE);
}

static void
draw_eyeball (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn, const Eye *eye)
{
  SemioDemoFacePoint iris = semio_demo_head_map (turn, eye->side * 25 + pose->v[SEMIO_CHANNEL_GAZE_X] * 9.5,
                                                 0.108 + pose->v[SEMIO_CHANNEL_GAZE_Y] * 0.07, 1);
  double narrow = MAX (0.35, iris.depth);

  cairo_save (cr);
  eye_path (cr, eye);
  semio_ink_set (cr, semio_ink_hex (0xf4f0ea), 1);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  cairo_save (cr);
  cairo_translate (cr, iris.x, iris.y);
  cairo_scale (cr, narrow, 1);
  cairo_arc (cr, 0, 0, 3.7, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_shade (look->iris, -0.35), 1);
  cairo_fill (cr);
  cairo_arc (cr, 0, 0, 3.0, 0, 2 * G_PI);
  semio_ink_set (cr, look->iris, 1);
  cairo_fill (cr);
  cairo_arc (cr, 0, 0, 1.7, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_hex (0x0a0808), 1);
  cairo_fill (cr);
  cairo_restore (cr);
  /* The upper lid's shadow on the eyeball. */
  semio_ink_line (cr, eye->upper, N_LID, 2.6, semio_ink_hex (0x2b1a16), 0.28);
  cairo_restore (cr);
  cairo_arc (cr, iris.x - 1.2 * narrow, iris.y - 1.4, 0.85, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_hex (0xffffff), eye->open > 0.3 ? 0.95 : 0);
  cairo_fill (cr);
}

static void
draw_eye (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn, double side)
{
  Eye eye = { .side = side };
  SemioDemoColor shadow = get_shadow (look);

  place_eye (&eye, pose, turn);
  if (eye.middle.depth < 0.08)
    return;
  if (eye.open > 0.12)
    {
      draw_eyeball (cr, look, pose, turn, &eye);
      semio_ink_line (cr, eye.upper, N_LID, 1.7, semio_ink_hex (0x1d110d), 0.95);
      semio_ink_line (cr, eye.lower, N_LID, 0.8, shadow, 0.7);
    }
  else
    {
      eye_path (cr, &eye);
      semio_ink_set (cr, semio_ink_shade (look->skin, -0.06), 1);
      cairo_fill (cr);
      semio_ink_line (cr, eye.lower, N_LID, 1.7, semio_ink_hex (0x23130e), 0.92);
    }
  /* The fold above the lid, and the folds of lids pressed together. */
  cairo_save (cr);
  cairo_translate (cr, 0, -2.2 - 1.6 * (1 - eye.open));
  semio_ink_line (cr, eye.upper, N_LID, 0.9, shadow, 0.55);
  cairo_restore (cr);
  for (int i = -1; i <= 1 && eye.squeeze > 0.05; i++)
    {
      SemioDemoFacePoint a = semio_demo_head_map (turn, side * 40, 0.085 + i * 0.02, 1);
      SemioDemoFacePoint b = semio_demo_head_map (turn, side * 50, 0.085 + i * 0.085, 1);
      double fold[] = { a.x, a.y, b.x, b.y };

      if (b.depth > 0)
        semio_ink_line (cr, fold, 2, 0.9, shadow, 0.75 * MIN (1, eye.squeeze));
    }
}

static void
draw_brow (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn, double side)
{
  double twitch = pose->v[side > 0 ? SEMIO_CHANNEL_TWITCH_LEFT : SEMIO_CHANNEL_TWITCH_RIGHT];
  double raise = pose->v[SEMIO_CHANNEL_BROW] * 0.055 - 0.04 * CLAMP (twitch, 0, 1);
  double knit = MAX (0, -pose->v[SEMIO_CHANNEL_BROW]);
  double points[8];

  for (guint i = 0; i < 4; i++)
    {
      static const double longitudes[] = { 11, 20, 31, 42 }, heights[] = { 0.275, 0.315, 0.315, 0.265 };
      SemioDemoFacePoint point = semio_demo_head_map (turn, side * (longitudes[i] - knit * (i == 0 ? 3 : 0)),
                                                      heights[i] + raise - knit * (i == 0 ? 0.045 : 0), 1.01);

      if (point.depth < 0.02)
        return;
      points[2 * i] = point.x;
      points[2 * i + 1] = point.y;
    }
  semio_ink_line (cr, points, 4, 2.7, semio_ink_shade (look->hair, -0.2), 0.80);
  semio_ink_line (cr, points, 3, 3.2, semio_ink_shade (look->hair, -0.2), 0.35);
}

static void
draw_nose (cairo_t *cr, const SemioDemoLook *look, const SemioDemoHeadTurn *turn)
{
  SemioDemoColor shadow = get_shadow (look);
  double turned = sin (turn->yaw * G_PI / 180), dark = turned > 0.1 ? 1 : turned < -0.1 ? -1 : 1;
  SemioDemoFacePoint root = semio_demo_head_map (turn, 0, 0.20, 1.03), tip = semio_demo_head_map (turn, 0, -0.165, 1.30);
  SemioDemoFacePoint left = semio_demo_head_map (turn, 13, -0.20, 1.06), right = semio_demo_head_map (turn, -13, -0.20, 1.06);
  SemioDemoFacePoint base = semio_demo_head_map (turn, 0, -0.255, 1.14);
  const double outline[] = { root.x - 2.4, root.y,     right.x,    right.y - 2, right.x + 1, right.y + 2,  base.x,
                             base.y,       left.x - 1, left.y + 2, left.x,      left.y - 2,  root.x + 2.4, root.y };
  SemioDemoFacePoint wing = dark > 0 ? left : right;
  const double side_line[] = { root.x + dark * 3,    root.y + 1, (root.x + tip.x) / 2 + dark * 4.2,
                               (root.y + tip.y) / 2, wing.x,     wing.y };

  semio_ink_smooth_path (cr, outline, 7, TRUE);
  semio_ink_set (cr, semio_ink_shade (look->skin, 0.07), 0.55);
  cairo_fill (cr);
  if (fabs (turned) > 0.4)
    {
      /* Past a certain turn the tip stands before the cheek. */
      const double profile[] = { root.x,      root.y, tip.x,        tip.y - 1,           tip.x - turned * 1.5,
                                 tip.y + 3.5, base.x, base.y + 0.5, root.x - turned * 8, tip.y };

      semio_ink_smooth_path (cr, profile, 5, TRUE);
      semio_ink_set (cr, semio_ink_shade (look->skin, 0.03), 1);
      cairo_fill (cr);
    }
  semio_ink_line (cr, side_line, 3, 2.4, shadow, 0.22);
  semio_ink_spot (cr, tip.x - 1, tip.y - 2, 4.5, 4.5, semio_ink_hex (0xffffff), 0.36);
  semio_ink_spot (cr, base.x, base.y + 2.5, 8, 3, shadow, 0.42);
  for (int side = -1; side <= 1; side += 2)
    {
      SemioDemoFacePoint nostril = semio_demo_head_map (turn, side * 6.5, -0.232, 1.13);
      SemioDemoFacePoint rim = side > 0 ? left : right;
      const double curve[] = { rim.x, rim.y - 3.5, rim.x + side * 0.8, rim.y, rim.x - side * 1.5, rim.y + 2 };

      if (nostril.depth < 0.1)
        continue;
      cairo_save (cr);
      cairo_translate (cr, nostril.x, nostril.y);
      cairo_scale (cr, 1.9 * nostril.depth + 0.2, 1.15);
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      semio_ink_set (cr, semio_ink_hex (0x2d0f0a), 0.8);
      cairo_fill (cr);
      semio_ink_line (cr, curve, 3, 0.9, shadow, 0.6);
    }
}

/* The corners of the mouth and the middles of its lips, in the order right, left, upper, lower. */
static void
place_mouth (const SemioDemoPose *pose, const SemioDemoHeadTurn *turn, SemioDemoFacePoint corners[4])
{
  const double *v = pose->v;
  double pull = v[SEMIO_CHANNEL_MOUTH_PULL], open = CLAMP (v[SEMIO_CHANNEL_MOUTH_OPEN], 0, 1.2);
  double purse = v[SEMIO_CHANNEL_MOUTH_PURSE];
  double left = MAX (0, pull) + 0.8 * v[SEMIO_CHANNEL_TWITCH_LEFT], right = MAX (0, -pull) + 0.8 * v[SEMIO_CHANNEL_TWITCH_RIGHT];
  double width = 21 - 8 * purse - 3 * open;
  double drag = (left - right) * 5;

  corners[0] = semio_demo_head_map (turn, -width - 12 * right + 0.6 * drag * (left > right),
                                    -0.475 + 0.03 * right - 0.02 * left + 0.02 * open, 1.02);
  corners[1] = semio_demo_head_map (turn, width + 12 * left + 0.6 * drag * (right > left),
                                    -0.475 + 0.03 * left - 0.02 * right + 0.02 * open, 1.02);
  corners[2] = semio_demo_head_map (turn, drag, -0.445 + 0.02 * open, 1.10);
  corners[3] = semio_demo_head_map (turn, drag, -0.505 - 0.13 * open, 1.08);
}

static void
draw_mouth (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn)
{
  SemioDemoColor lips = semio_ink_mix (look->skin, semio_ink_hex (0xa2403c), 0.55), shadow = get_shadow (look);
  double open = CLAMP (pose->v[SEMIO_CHANNEL_MOUTH_OPEN], 0, 1.2), purse = pose->v[SEMIO_CHANNEL_MOUTH_PURSE];
  double thick = 2.6 + 1.6 * purse;
  SemioDemoFacePoint c[4];

  place_mouth (pose, turn, c);
  if (c[2].depth < 0.05)
    return;
  {
    const double upper_lip[] = { c[0].x,     c[0].y,         c[2].x - 4, c[2].y - thick, c[2].x, c[2].y - thick + 0.9,
                                 c[2].x + 4, c[2].y - thick, c[1].x,     c[1].y,         c[2].x, c[2].y + 1.2 };
    const double lower_lip[] = {
      c[0].x, c[0].y, c[3].x, c[3].y - 1.2, c[1].x, c[1].y, c[3].x + 5, c[3].y + thick * 0.9, c[3].x - 5, c[3].y + thick * 0.9
    };
    const double gap[] = { c[0].x, c[0].y, c[2].x, c[2].y + 0.4, c[1].x, c[1].y, c[3].x, c[3].y };
    const double seam[] = { c[0].x, c[0].y, (c[2].x + c[3].x) / 2, (c[2].y + c[3].y) / 2 - 0.4, c[1].x, c[1].y };

    semio_ink_spot (cr, c[3].x, c[3].y + thick + 3.5, 9, 3.4, shadow, 0.36);
    if (open > 0.06)
      {
        semio_ink_smooth_path (cr, gap, 4, TRUE);
        semio_ink_set (cr, semio_ink_hex (0x31090a), 1);
        cairo_fill_preserve (cr);
        cairo_save (cr);
        cairo_clip (cr);
        semio_ink_spot (cr, c[3].x, c[3].y + 0.5, 8, 5, semio_ink_hex (0xb4545a), 0.9);
        cairo_rectangle (cr, c[2].x - 7, c[2].y - 1, 14, 1.4 + 1.8 * open);
        semio_ink_set (cr, semio_ink_hex (0xefe9df), 0.95);
        cairo_fill (cr);
        cairo_restore (cr);
      }
    semio_ink_smooth_path (cr, upper_lip, 6, TRUE);
    semio_ink_set (cr, semio_ink_shade (lips, -0.10), 1);
    cairo_fill (cr);
    semio_ink_smooth_path (cr, lower_lip, 5, TRUE);
    semio_ink_set (cr, semio_ink_shade (lips, 0.06), 1);
    cairo_fill (cr);
    semio_ink_spot (cr, c[3].x - 1, c[3].y + thick * 0.4, 4.5, 1.6, semio_ink_hex (0xffffff), 0.30);
    if (open <= 0.06)
      semio_ink_line (cr, seam, 3, 1.1, semio_ink_hex (0x4d1812), 0.9);
  }
}

/* From nose to the corner of the mouth; deep on the side that is pulled. */
static void
draw_cheek_folds (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn)
{
  for (int side = -1; side <= 1; side += 2)
    {
      double pull = MAX (0, pose->v[SEMIO_CHANNEL_MOUTH_PULL] * side)
                    + CLAMP (pose->v[side > 0 ? SEMIO_CHANNEL_TWITCH_LEFT : SEMIO_CHANNEL_TWITCH_RIGHT], 0, 1);
      SemioDemoFacePoint a = semio_demo_head_map (turn, side * 17, -0.21, 1.03),
                         b = semio_demo_head_map (turn, side * (27 + 6 * pull), -0.33, 1.02);
      SemioDemoFacePoint c = semio_demo_head_map (turn, side * (29 + 11 * pull), -0.47 + 0.05 * pull, 1.0);
      const double fold[] = { a.x, a.y, b.x, b.y, c.x, c.y };

      if (b.depth > 0.1)
        semio_ink_line (cr, fold, 3, 1.1 + 0.9 * pull, get_shadow (look), 0.22 + 0.45 * MIN (1, pull));
    }
}

void
semio_demo_face_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn)
{
  double knit = MAX (0, -pose->v[SEMIO_CHANNEL_BROW]);

  draw_cheek_folds (cr, look, pose, turn);
  draw_mouth (cr, look, pose, turn);
  for (int side = -1; side <= 1; side += 2)
    {
      draw_eye (cr, look, pose, turn, side);
      draw_brow (cr, look, pose, turn, side);
    }
  draw_nose (cr, look, turn);
  for (int side = -1; side <= 1 && knit > 0.2; side += 2)
    {
      SemioDemoFacePoint a = semio_demo_head_map (turn, side * 3.5, 0.34, 1), b = semio_demo_head_map (turn, side * 4, 0.23, 1);
      const double fold[] = { a.x, a.y, b.x, b.y };

      semio_ink_line (cr, fold, 2, 1, get_shadow (look), 0.55 * knit);
    }
}
