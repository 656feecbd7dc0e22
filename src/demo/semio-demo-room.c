/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-room.h"

#include <math.h>

#include "semio-demo-ink.h"

#define TILE_PX 92

/* Where monitor and bedside table stand; the one is at the side where the other is not. */
static double
get_monitor_x (const SemioDemoLook *look)
{
  return look->table_left ? 506 : 22;
}

static double
get_table_x (const SemioDemoLook *look)
{
  return look->table_left ? 34 : 512;
}

static void
draw_floor (cairo_t *cr)
{
  for (int row = -1; row < 7; row++)
    for (int column = -1; column < 8; column++)
      {
        guint hash = (guint) (row * 31 + column * 17 + 100) * 2654435761u;
        double vary = ((hash >> 20) % 100) / 100.0;
        double x = column * TILE_PX + 14, y = row * TILE_PX + 22;
        SemioDemoColor tile = semio_ink_mix (semio_ink_hex (0x8d9a9d), semio_ink_hex (0x9aa5a6), vary);
        cairo_pattern_t *sheen = cairo_pattern_create_linear (x, y, x + TILE_PX, y + TILE_PX);

        semio_ink_add_stop (sheen, 0, semio_ink_shade (tile, 0.10), 1);
        semio_ink_add_stop (sheen, 1, semio_ink_shade (tile, -0.06), 1);
        cairo_rectangle (cr, x, y, TILE_PX, TILE_PX);
        cairo_set_source (cr, sheen);
        cairo_fill (cr);
        cairo_pattern_destroy (sheen);
        for (int i = 0; i < 26; i++)
          {
            guint speck = (hash + (guint) i * 40503u) * 2246822519u;

            cairo_arc (cr, x + (speck >> 8) % TILE_PX, y + (speck >> 17) % TILE_PX, 0.5 + (speck % 3) * 0.3, 0, 2 * G_PI);
            semio_ink_set (cr, speck & 64 ? semio_ink_hex (0xffffff) : semio_ink_hex (0x4d585c), 0.10);
            cairo_fill (cr);
          }
      }
  cairo_set_line_width (cr, 1.6);
  semio_ink_set (cr, semio_ink_hex (0x5f6b70), 0.7);
  for (int i = 0; i < 8; i++)
    {
      cairo_move_to (cr, i * TILE_PX + 14, 0);
      cairo_line_to (cr, i * TILE_PX + 14, 480);
      cairo_move_to (cr, 0, i * TILE_PX + 22);
      cairo_line_to (cr, 640, i * TILE_PX + 22);
    }
  cairo_stroke (cr);
}

static void
draw_mattress (cairo_t *cr)
{
  static const double creases[][8] = {
    { 190, 150, 205, 190, 200, 240, 188, 300 }, { 452, 140, 440, 200, 446, 260, 455, 310 },
    { 196, 40, 214, 66, 216, 96, 206, 130 },    { 446, 34, 428, 66, 430, 100, 440, 132 },
    { 210, 310, 204, 350, 212, 400, 206, 460 }, { 430, 300, 440, 350, 432, 390, 440, 470 },
  };
  cairo_pattern_t *cloth = cairo_pattern_create_linear (SEMIO_DEMO_BED_LEFT_PX, 0, SEMIO_DEMO_BED_RIGHT_PX, 0);

  semio_ink_box_path (cr, 166, -14, 308, 520, 16);
  semio_ink_set (cr, semio_ink_hex (0x6d777c), 1);
  cairo_fill (cr);
  semio_ink_add_stop (cloth, 0, semio_ink_hex (0xc9d0d4), 1);
  semio_ink_add_stop (cloth, 0.06, semio_ink_hex (0xe9edef), 1);
  semio_ink_add_stop (cloth, 0.5, semio_ink_hex (0xf2f4f4), 1);
  semio_ink_add_stop (cloth, 0.94, semio_ink_hex (0xe4e9eb), 1);
  semio_ink_add_stop (cloth, 1, semio_ink_hex (0xc2cacf), 1);
  semio_ink_box_path (cr, SEMIO_DEMO_BED_LEFT_PX, 10, SEMIO_DEMO_BED_RIGHT_PX - SEMIO_DEMO_BED_LEFT_PX, 520, 14);
  cairo_set_source (cr, cloth);
  cairo_fill (cr);
  cairo_pattern_destroy (cloth);
  for (guint i = 0; i < G_N_ELEMENTS (creases); i++)
    {
      semio_ink_line (cr, creases[i], 4, 3, semio_ink_hex (0xb4bec6), 0.35);
      cairo_save (cr);
      cairo_translate (cr, 2, 1);
      semio_ink_line (cr, creases[i], 4, 1.5, semio_ink_hex (0xffffff), 0.7);
      cairo_restore (cr);
    }
  /* The headboard. */
  semio_ink_box_path (cr, 172, -18, 296, 30, 9);
  semio_ink_set (cr, semio_ink_hex (0xb08d68), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, 176, -18, 288, 24, 7);
  semio_ink_set (cr, semio_ink_hex (0xc7a47d), 1);
  cairo_fill (cr);
}

static void
draw_pillow (cairo_t *cr)
{
  static const double creases[][6] = {
    { 240, 48, 256, 58, 268, 74 },    { 400, 46, 386, 58, 374, 76 }, { 238, 120, 256, 112, 270, 100 },
    { 402, 120, 386, 112, 370, 102 }, { 296, 28, 300, 36, 298, 44 }, { 344, 28, 340, 38, 343, 46 },
  };
  static const double outline[] = { 226, 30, 320, 22, 414, 30, 422, 82, 416, 136, 320, 142, 224, 136, 218, 82 };
  cairo_pattern_t *cloth = cairo_pattern_create_radial (300, 66, 12, 320, 84, 116);

  semio_ink_add_stop (cloth, 0, semio_ink_hex (0xffffff), 1);
  semio_ink_add_stop (cloth, 0.7, semio_ink_hex (0xf6f7f9), 1);
  semio_ink_add_stop (cloth, 1, semio_ink_hex (0xd9dfe6), 1);
  semio_ink_smooth_path (cr, outline, 8, TRUE);
  cairo_set_source (cr, cloth);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (cloth);
  semio_ink_set (cr, semio_ink_hex (0xb9c3cd), 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  for (guint i = 0; i < G_N_ELEMENTS (creases); i++)
    semio_ink_line (cr, creases[i], 3, 2.2, semio_ink_hex (0xc3ccd6), 0.55);
}

static void
draw_head_box (cairo_t *cr)
{
  semio_ink_box_path (cr, 466, 58, 20, 34, 4);
  semio_ink_set (cr, semio_ink_hex (0xe5e7e4), 1);
  cairo_fill (cr);
  for (guint i = 0; i < 10; i++)
    {
      cairo_arc (cr, 472 + (i % 2) * 8, 65 + (i / 2) * 5, 1.3, 0, 2 * G_PI);
      semio_ink_set (cr, semio_ink_hex (0x53605f), 1);
      cairo_fill (cr);
    }
}

static void
draw_table (cairo_t *cr, double x)
{
  cairo_pattern_t *wood = cairo_pattern_create_linear (x, 24, x + 100, 130);

  semio_ink_add_stop (wood, 0, semio_ink_hex (0xd8b48c), 1);
  semio_ink_add_stop (wood, 1, semio_ink_hex (0xb68f66), 1);
  semio_ink_box_path (cr, x, 20, 98, 116, 6);
  cairo_set_source (cr, wood);
  cairo_fill (cr);
  cairo_pattern_destroy (wood);
  for (guint i = 0; i < 6; i++)
    {
      double grain[] = { x + 4, 34 + i * 18, x + 36, 30 + i * 18 + (i % 3) * 3, x + 68, 37 + i * 18, x + 94, 33 + i * 18 };

      semio_ink_line (cr, grain, 4, 1, semio_ink_hex (0x8e6b47), 0.35);
    }
  /* A glass of water, a paper box, a telephone. */
  cairo_arc (cr, x + 28, 48, 12, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_hex (0xe9f4f7), 0.9);
  cairo_fill (cr);
  cairo_arc (cr, x + 28, 48, 9, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_hex (0x9fc7d6), 0.9);
  cairo_fill (cr);
  semio_ink_spot (cr, x + 25, 45, 4, 3, semio_ink_hex (0xffffff), 0.9);
  semio_ink_box_path (cr, x + 50, 34, 38, 24, 3);
  semio_ink_set (cr, semio_ink_hex (0x7d9fc4), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x + 58, 42, 22, 8, 4);
  semio_ink_set (cr, semio_ink_hex (0xf7f7f5), 1);
  cairo_fill (cr);
  cairo_save (cr);
  cairo_translate (cr, x + 40, 96);
  cairo_rotate (cr, -0.3);
  semio_ink_box_path (cr, -12, -22, 24, 44, 4);
  semio_ink_set (cr, semio_ink_hex (0x23282d), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, -10, -18, 20, 35, 2);
  semio_ink_set (cr, semio_ink_hex (0x3d4a57), 1);
  cairo_fill (cr);
  cairo_restore (cr);
  semio_ink_box_path (cr, x + 62, 76, 26, 46, 2);
  semio_ink_set (cr, semio_ink_hex (0xa8483f), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x + 67, 84, 16, 10, 1);
  semio_ink_set (cr, semio_ink_hex (0xf0e0c0), 1);
  cairo_fill (cr);
}

static void
draw_monitor (cairo_t *cr, double x)
{
  semio_ink_box_path (cr, x, 26, 112, 80, 8);
  semio_ink_set (cr, semio_ink_hex (0x353c42), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x + 2, 27, 108, 6, 3);
  semio_ink_set (cr, semio_ink_hex (0x59636b), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x + 7, 36, 98, 62, 3);
  semio_ink_set (cr, semio_ink_hex (0x10161a), 1);
  cairo_fill (cr);
  /* Its trolley. */
  semio_ink_box_path (cr, x + 44, 106, 24, 18, 4);
  semio_ink_set (cr, semio_ink_hex (0x4c555b), 1);
  cairo_fill (cr);
}

static void
draw_stand (cairo_t *cr, double x, double y)
{
  for (guint i = 0; i < 5; i++)
    {
      double angle = 0.5 + i * 2 * G_PI / 5, leg[] = { x, y, x + 26 * cos (angle), y + 26 * sin (angle) };

      semio_ink_line (cr, leg, 2, 5, semio_ink_hex (0x596369), 1);
      semio_ink_line (cr, leg, 2, 2.4, semio_ink_hex (0x9aa5ab), 1);
      cairo_arc (cr, leg[2], leg[3], 4, 0, 2 * G_PI);
      semio_ink_set (cr, semio_ink_hex (0x2d3337), 1);
      cairo_fill (cr);
    }
  cairo_arc (cr, x, y, 6, 0, 2 * G_PI);
  semio_ink_set (cr, semio_ink_hex (0xc6ced2), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x - 4, y - 30, 20, 28, 7);
  semio_ink_set (cr, semio_ink_hex (0xdfeaf0), 0.85);
  cairo_fill (cr);
  semio_ink_box_path (cr, x - 1, y - 24, 14, 12, 3);
  semio_ink_set (cr, semio_ink_hex (0x6aa0c8), 0.8);
  cairo_fill (cr);
}

static void
draw_slippers (cairo_t *cr, double x)
{
  for (guint i = 0; i < 2; i++)
    {
      cairo_save (cr);
      cairo_translate (cr, x + i * 24, 420 + i * 7);
      cairo_rotate (cr, 0.15 - 0.2 * i);
      semio_ink_box_path (cr, -9, -20, 18, 42, 9);
      semio_ink_set (cr, semio_ink_hex (0x5d4f6e), 1);
      cairo_fill (cr);
      semio_ink_box_path (cr, -7, -17, 14, 17, 7);
      semio_ink_set (cr, semio_ink_hex (0x83739a), 1);
      cairo_fill (cr);
      semio_ink_box_path (cr, -6, 2, 12, 17, 6);
      semio_ink_set (cr, semio_ink_hex (0x3d3348), 1);
      cairo_fill (cr);
      cairo_restore (cr);
    }
}

void
semio_demo_room_draw (cairo_t *cr, const SemioDemoLook *look)
{
  draw_floor (cr);
  draw_slippers (cr, look->table_left ? 86 : 90);
  draw_stand (cr, look->table_left ? 120 : 118, 226);
  draw_table (cr, get_table_x (look));
  draw_monitor (cr, get_monitor_x (look));
  draw_mattress (cr);
  draw_pillow (cr);
  draw_head_box (cr);
}

void
semio_demo_room_add_relief (SemioDemoRelief *relief, const SemioDemoLook *look)
{
  double table = get_table_x (look), monitor = get_monitor_x (look);

  semio_demo_relief_add_box (relief, 166, -30, 308, 560, -12, 10);
  semio_demo_relief_add_box (relief, SEMIO_DEMO_BED_LEFT_PX, 8, SEMIO_DEMO_BED_RIGHT_PX - SEMIO_DEMO_BED_LEFT_PX, 560, 2, 14);
  semio_demo_relief_add_folds (relief, SEMIO_DEMO_BED_LEFT_PX + 4, 16, 280, 464, 0, 0, 0.55);
  semio_demo_relief_add_box (relief, 172, -30, 296, 42, 16, 10);
  semio_demo_relief_add_cushion (relief, 216, 20, 208, 124, 4, 17);
  semio_demo_relief_press (relief, 320, 88, 66, 8);
  semio_demo_relief_add_box (relief, table, 20, 98, 116, -6, 5);
  semio_demo_relief_add_box (relief, table + 50, 34, 38, 24, 2, 3);
  semio_demo_relief_add_box (relief, table + 62, 76, 26, 46, -2, 2);
  semio_demo_relief_add_ball (relief, (SemioDemoPoint){ table + 28, 48, -6 }, 12, 12, 12, 0);
  semio_demo_relief_add_box (relief, monitor, 26, 112, 80, 0, 6);
}

/* One heart beat's trace, from 0 to 1 of the beat: small wave, spike, broad wave. */
static double
get_trace (double beat)
{
  beat -= floor (beat);
  return 0.13 * exp (-pow ((beat - 0.14) / 0.03, 2)) - 0.14 * exp (-pow ((beat - 0.235) / 0.012, 2))
         + 1.0 * exp (-pow ((beat - 0.26) / 0.013, 2)) - 0.24 * exp (-pow ((beat - 0.29) / 0.014, 2))
         + 0.24 * exp (-pow ((beat - 0.50) / 0.055, 2));
}

void
semio_demo_room_draw_monitor (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose)
{
  double x = get_monitor_x (look) + 10, pulse = pose->v[SEMIO_CHANNEL_PULSE];
  double sweep = pose->time_s / 3.2, head = (sweep - floor (sweep)) * 92;
  /* Shaking shows in the trace as it does on a real monitor. */
  double shake = CLAMP ((pulse - 115) / 60, 0, 0.35);

  cairo_set_line_width (cr, 1.3);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint part = 0; part < 2; part++)
    {
      for (double px = part ? head + 5 : 0; px <= (part ? 92 : head); px += 1.5)
        {
          double ago = (head - px) / 92 * 3.2 + (part ? 3.2 : 0);
          double y = get_trace (pose->beats - ago * pulse / 60) + shake * sin (px * 2.3 + floor (sweep) * 3) * 0.5;

          cairo_line_to (cr, x + px, 62 - 18 * y);
        }
      cairo_set_source_rgba (cr, 0.36, 0.93, 0.52, part ? 0.55 : 0.95);
      cairo_stroke (cr);
    }
  for (double px = 0; px <= head; px += 3)
    cairo_line_to (cr, x + px,
                   84 - 5 * sin ((pose->time_s - (head - px) / 92 * 3.2) * 1.6) * pose->v[SEMIO_CHANNEL_BREATH_DEPTH]);
  cairo_set_source_rgba (cr, 0.42, 0.74, 0.98, 0.8);
  cairo_stroke (cr);
  cairo_arc (cr, x + 88, 41, 2.2, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0.95, 0.3, 0.3, pose->beats - floor (pose->beats) < 0.3 ? 1 : 0.25);
  cairo_fill (cr);
}

static void
draw_rail (cairo_t *cr, double x)
{
  static const double posts[] = { 176, 236, 296 };

  for (guint i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      semio_ink_box_path (cr, x - 5, posts[i], 10, 12, 3);
      semio_ink_set (cr, semio_ink_hex (0x77838a), 1);
      cairo_fill (cr);
    }
  semio_ink_box_path (cr, x - 4.5, 160, 9, 164, 4.5);
  semio_ink_set (cr, semio_ink_hex (0xaab6bc), 1);
  cairo_fill (cr);
  semio_ink_box_path (cr, x - 2.5, 164, 2.6, 156, 1.3);
  semio_ink_set (cr, semio_ink_hex (0xf2f6f8), 0.9);
  cairo_fill (cr);
}

void
semio_demo_room_draw_rails (cairo_t *cr)
{
  draw_rail (cr, 168);
  draw_rail (cr, 472);
}

void
semio_demo_room_draw_leads (cairo_t *cr, const SemioDemoPose *pose)
{
  static const guint32 colors[] = { 0xb64b3f, 0x3f6fae, 0x3f8a5a, 0xc29a3a, 0x7b5a9a, 0xd6d6d6 };
  double x = pose->head.x + 40 * sin (pose->head_angle), y = pose->head.y - 40 * cos (pose->head_angle);

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      double points[] = { x + 8 + i * 2.2, y,   (x + 420) / 2, MIN (y, 46) - 20 + i * 2.2, 420, 30 + i * 2.0, 452,
                          58 + i * 2.4,    470, 66 + i * 2.6 };

      semio_ink_line (cr, points, 5, 1.3, semio_ink_hex (colors[i]), 0.9);
    }
}
