/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-demo-pose.h"

G_BEGIN_DECLS

#define SEMIO_DEMO_HEAD_WIDTH_PX 38.0
#define SEMIO_DEMO_HEAD_HEIGHT_PX 47.0

/* A point of the head's surface: longitude in degrees (0 the nose, to the patient's left is positive), height from -1
 * (chin) to 1 (crown), and how far it stands off the surface (1 on it). Turned as the head is turned, in the head's own
 * pixels. depth is above 0 where the camera sees it. */
typedef struct {
  double x, y, depth;
} SemioDemoFacePoint;

typedef struct {
  double yaw, pitch; /* degrees */
  double jaw; /* pixels that the chin is lowered */
  double jaw_x; /* pixels that it is shifted */
} SemioDemoHeadTurn;

SemioDemoFacePoint semio_demo_head_map (const SemioDemoHeadTurn *turn, double longitude, double height, double off);
/* Half the width of the head at a height. */
double semio_demo_head_get_width (double height);

/* Head, hair and face. The neck lies under it. */
void semio_demo_head_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose);

/* Brows, eyes, nose and mouth, in the head's own pixels. */
void semio_demo_face_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose, const SemioDemoHeadTurn *turn);

G_END_DECLS
