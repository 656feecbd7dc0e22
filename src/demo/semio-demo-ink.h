/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-demo-pose.h"

G_BEGIN_DECLS

/* Small strokes of drawing that every part of the picture is made from. */

SemioDemoColor semio_ink_hex (guint32 rgb);
/* Between two colours. */
SemioDemoColor semio_ink_mix (SemioDemoColor a, SemioDemoColor b, double share);
/* Towards black (below 0) or white (above 0). */
SemioDemoColor semio_ink_shade (SemioDemoColor color, double share);
void semio_ink_set (cairo_t *cr, SemioDemoColor color, double alpha);
void semio_ink_add_stop (cairo_pattern_t *pattern, double offset, SemioDemoColor color, double alpha);

/* Path around two circles and what lies between them. */
void semio_ink_limb_path (cairo_t *cr, double ax, double ay, double a_radius, double bx, double by, double b_radius);
/* Path through points: pairs x, y; smooth at each. */
void semio_ink_smooth_path (cairo_t *cr, const double *points, guint n_points, gboolean closed);
/* Path of a box with round corners. */
void semio_ink_box_path (cairo_t *cr, double x, double y, double width, double height, double radius);
/* A soft spot. */
void semio_ink_spot (cairo_t *cr, double x, double y, double x_radius, double y_radius, SemioDemoColor color, double alpha);
/* A line with round ends. */
void semio_ink_line (cairo_t *cr, const double *points, guint n_points, double width, SemioDemoColor color, double alpha);

G_END_DECLS
