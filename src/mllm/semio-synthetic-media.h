/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures and sound that show nothing of anybody, drawn here, with which servers are tried out. */

#define SEMIO_SYNTHETIC_CODE_DIGITS 4
#define SEMIO_SYNTHETIC_GLYPH_WIDTH 5
#define SEMIO_SYNTHETIC_GLYPH_HEIGHT 7
/* Pixels of one dot of a digit, and of the margin around the code. */
#define SEMIO_SYNTHETIC_DOT_PX 16
#define SEMIO_SYNTHETIC_MARGIN_PX 32
/* From one digit's left edge to the next one's. */
#define SEMIO_SYNTHETIC_ADVANCE_PX ((SEMIO_SYNTHETIC_GLYPH_WIDTH + 1) * SEMIO_SYNTHETIC_DOT_PX)

/* Rows of a digit from the top, five bits each, the leftmost dot the highest. */
const guint8 *semio_synthetic_get_glyph (guint digit);
/* A PNG with a code of digits in black on white. shade makes pictures of one code differ as frames of a segment do. */
GBytes *semio_synthetic_make_picture (const char *code, guint8 shade);
/* A WAV of a low tone, half a second, 16 kHz, mono, 16 bits. */
GBytes *semio_synthetic_make_sound (void);

G_END_DECLS
