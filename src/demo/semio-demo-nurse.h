/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-demo-pose.h"
#include "semio-demo-relief.h"

G_BEGIN_DECLS

gboolean semio_demo_nurse_is_visible (const SemioDemoPose *pose);
void semio_demo_nurse_add_relief (SemioDemoRelief *relief, const SemioDemoPose *pose);
/* From above: hair, shoulders in scrubs, arms and hands, shoes that step. */
void semio_demo_nurse_draw (cairo_t *cr, const SemioDemoLook *look, const SemioDemoPose *pose);

G_END_DECLS
