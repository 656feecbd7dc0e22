/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "semio-demo-pose.h"

G_BEGIN_DECLS

/* A cell is two pixels wide and high. */
#define SEMIO_RELIEF_WIDTH 320
#define SEMIO_RELIEF_HEIGHT 240

/**
 * SemioDemoRelief:
 *
 * How high everything under the camera stands. The colours are drawn flat with cairo; from the heights follow the light
 * on rounded limbs, the folds of cloth, soft shadows and the dark of creases, laid over the colours at the end.
 */
typedef struct _SemioDemoRelief SemioDemoRelief;

SemioDemoRelief *semio_demo_relief_new (guint32 seed);
void semio_demo_relief_free (SemioDemoRelief *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioDemoRelief, semio_demo_relief_free)

/* Until this call heights are of the room; afterwards a frame starts from them. */
void semio_demo_relief_freeze (SemioDemoRelief *self);
void semio_demo_relief_start_frame (SemioDemoRelief *self);

/* A floor or a top: everything inside the box to this height, with edges that round off over soft_px. */
void semio_demo_relief_add_box (SemioDemoRelief *self, double x, double y, double width, double height, double z, double soft_px);
/* A cushion: highest in the middle. */
void semio_demo_relief_add_cushion (SemioDemoRelief *self, double x, double y, double width, double height, double z,
                                    double bulge);
/* Hollows what stands there. */
void semio_demo_relief_press (SemioDemoRelief *self, double x, double y, double radius, double depth);
void semio_demo_relief_add_limb (SemioDemoRelief *self, SemioDemoPoint a, double a_radius, SemioDemoPoint b, double b_radius);
/* An ellipsoid whose middle is at the point; angle turns it in the picture. */
void semio_demo_relief_add_ball (SemioDemoRelief *self, SemioDemoPoint at, double x_radius, double y_radius, double z_radius,
                                 double angle);
/* Fine folds on what is between two heights' boxes: cloth of the gown. */
void semio_demo_relief_add_folds (SemioDemoRelief *self, double x, double y, double width, double height, double dx, double dy,
                                  double size);
/* Lays a blanket over what was added so far, from its upper edge (given at the bed's left and right) downwards. */
void semio_demo_relief_add_blanket (SemioDemoRelief *self, double left_px, double right_px, double left_edge_px,
                                    double right_edge_px, double shift_px);
double semio_demo_relief_get_height (SemioDemoRelief *self, double x, double y);
/* Rounds off what was added so far inside the box, as cloth does that is drawn over a body. */
void semio_demo_relief_drape (SemioDemoRelief *self, double x, double y, double width, double height);
/* Computes the light. Left of left_px and right of right_px the frame is as the room. */
void semio_demo_relief_light (SemioDemoRelief *self, double left_px, double right_px);
/* The light of a row of pixels, 256 where nothing darkens or brightens. */
void semio_demo_relief_get_row (SemioDemoRelief *self, guint row, guint16 shades[SEMIO_DEMO_WIDTH_PX]);

G_END_DECLS
