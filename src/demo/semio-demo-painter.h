/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "semio-choreography.h"

G_BEGIN_DECLS

/**
 * SemioDemoPainter:
 *
 * Draws the frames of one choreography. What never moves is drawn once. For one thread.
 */
typedef struct _SemioDemoPainter SemioDemoPainter;

SemioDemoPainter *semio_demo_painter_new (const SemioChoreography *choreography);
void semio_demo_painter_free (SemioDemoPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioDemoPainter, semio_demo_painter_free)

#define SEMIO_DEMO_STRIDE_BYTES (SEMIO_DEMO_WIDTH_PX * 4)
#define SEMIO_DEMO_FRAME_BYTES (SEMIO_DEMO_STRIDE_BYTES * SEMIO_DEMO_HEIGHT_PX)

/* Draws a frame (from 0) as BGRx, SEMIO_DEMO_FRAME_BYTES of it. */
void semio_demo_painter_draw (SemioDemoPainter *self, guint frame, guint8 *pixels);

G_END_DECLS
