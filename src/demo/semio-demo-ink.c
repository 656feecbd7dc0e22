/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-ink.h"

#include <math.h>

SemioDemoColor
semio_ink_hex (guint32 rgb)
{
  return (SemioDemoColor){ (double) (rgb >> 16 & 0xff) / 255, (double) (rgb >> 8 & 0xff) / 255, (double) (rgb & 0xff) / 255 };
}

SemioDemoColor
semio_ink_mix (SemioDemoColor a, SemioDemoColor b, double share)
{
  return (SemioDemoColor){ a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share, a.b + (b.b - a.b) * share };
}

SemioDemoColor
semio_ink_shade (SemioDemoColor color, double share)
{
  SemioDemoColor end = share < 0 ? (SemioDemoColor){ 0.03, 0.02, 0.04 } : (SemioDemoColor){ 1, 1, 1 };

  return semio_ink_mix (color, end, fabs (share));
}

void
semio_ink_set (cairo_t *cr, SemioDemoColor color, double alpha)
{
  cairo_set_source_rgba (cr, color.r, color.g, color.b, alpha);
}

void
semio_ink_add_stop (cairo_pattern_t *pattern, double offset, SemioDemoColor color, double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, offset, color.r, color.g, color.b, alpha);
}

void
semio_ink_limb_path (cairo_t *cr, double ax, double ay, double a_radius, double bx, double by, double b_radius)
{
  double distance = hypot (bx - ax, by - ay), angle, spread;

  cairo_new_sub_path (cr);
  if (distance <= fabs (a_radius - b_radius) + 0.01)
    {
      cairo_arc (cr, a_radius > b_radius ? ax : bx, a_radius > b_radius ? ay : by, MAX (a_radius, b_radius), 0, 2 * G_PI);
      cairo_close_path (cr);
      return;
    }
  angle = atan2 (by - ay, bx - ax);
  spread = acos ((a_radius - b_radius) / distance);
  cairo_arc (cr, ax, ay, a_radius, angle + spread, angle - spread + 2 * G_PI);
  cairo_arc (cr, bx, by, b_radius, angle - spread, angle + spread);
  cairo_close_path (cr);
}

void
semio_ink_smooth_path (cairo_t *cr, const double *points, guint n_points, gboolean closed)
{
  guint n_curves = closed ? n_points : n_points - 1;

  cairo_move_to (cr, points[0], points[1]);
  for (guint i = 0; i < n_curves; i++)
    {
      guint before = closed ? (i + n_points - 1) % n_points : (i > 0 ? i - 1 : 0);
      guint here = i, next = (i + 1) % n_points;
      guint after = closed ? (i + 2) % n_points : MIN (i + 2, n_points - 1);
      const double *p = points + 2 * before, *q = points + 2 * here, *r = points + 2 * next, *s = points + 2 * after;

      cairo_curve_to (cr, q[0] + (r[0] - p[0]) / 6, q[1] + (r[1] - p[1]) / 6, r[0] - (s[0] - q[0]) / 6, r[1] - (s[1] - q[1]) / 6,
                      r[0], r[1]);
    }
  if (closed)
    cairo_close_path (cr);
}

void
semio_ink_box_path (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

void
semio_ink_spot (cairo_t *cr, double x, double y, double x_radius, double y_radius, SemioDemoColor color, double alpha)
{
  cairo_pattern_t *pattern;

  if (alpha <= 0.005 || x_radius < 0.3 || y_radius < 0.3)
    return;
  pattern = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);
  semio_ink_add_stop (pattern, 0, color, alpha);
  semio_ink_add_stop (pattern, 0.5, color, alpha * 0.5);
  semio_ink_add_stop (pattern, 1, color, 0);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, x_radius, y_radius);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, -1, -1, 2, 2);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

void
semio_ink_line (cairo_t *cr, const double *points, guint n_points, double width, SemioDemoColor color, double alpha)
{
  semio_ink_smooth_path (cr, points, n_points, FALSE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, width);
  semio_ink_set (cr, color, alpha);
  cairo_stroke (cr);
}
