/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-demo-pose.h"
#include "semio-demo-relief.h"

G_BEGIN_DECLS

/* Heights of what lies under the blanket: legs, pelvis, trunk. */
void semio_demo_body_add_trunk_relief (SemioDemoRelief *relief, const SemioDemoPose *pose);
/* Heights of what lies on it: arms and head. */
void semio_demo_body_add_limb_relief (SemioDemoRelief *relief, const SemioDemoLook *look, const SemioDemoPose *pose);

void semio_demo_body_draw_legs (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose);
void semio_demo_body_draw_trunk (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose);
void semio_demo_body_draw_arm (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, guint side);
/* A hand at the origin that points to the right; sign 1 has its thumb above (towards negative y). */
void semio_demo_body_draw_hand (cairo_t *cr, SemioDemoColor skin, double grip, double sign);

/* The upper edge of the blanket at the bed's left and right. */
void semio_demo_body_get_blanket_edge (const SemioDemoPose *pose, double *left_px, double *right_px);
void semio_demo_body_draw_blanket (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, SemioDemoRelief *relief);

G_END_DECLS
