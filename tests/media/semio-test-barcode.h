/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Draws a number (16 bits) as a row of black and white cells with parity into the lower quarter of a luma plane. */
void semio_test_barcode_draw (guint8 *luma, int width_px, int height_px, int stride, guint16 number);
/* Reads it back from BGRA pixels of any size; -1 when there is none or the parity is wrong. */
int semio_test_barcode_read (const guint8 *bgra, int width_px, int height_px, int stride);

G_END_DECLS
