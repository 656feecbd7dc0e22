/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-demo-pose.h"
#include "semio-demo-relief.h"

G_BEGIN_DECLS

#define SEMIO_DEMO_BED_LEFT_PX 176.0
#define SEMIO_DEMO_BED_RIGHT_PX 464.0

/* What never moves: floor, bed, pillow, furniture. */
void semio_demo_room_draw (cairo_t *cr, const SemioDemoLook *look);
/* The same as heights. */
void semio_demo_room_add_relief (SemioDemoRelief *relief, const SemioDemoLook *look);
/* The trace on the monitor, and its numbers' bars. */
void semio_demo_room_draw_monitor (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose);
/* The leads of the electrodes run from the head to the head box. */
void semio_demo_room_draw_leads (cairo_t *cr, const SemioDemoPose *pose);
/* The bed's rails, over which the patient's arms may hang. */
void semio_demo_room_draw_rails (cairo_t *cr);

G_END_DECLS
