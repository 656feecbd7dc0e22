/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame.h"

G_BEGIN_DECLS

/* Widest poster that is kept in a study. */
#define SEMIO_POSTER_WIDTH_PX 256
#define SEMIO_POSTER_HEIGHT_PX 192

/* A frame as PNG bytes. */
GBytes *semio_poster_encode (const SemioFrame *frame, GError **error);
/* The frame that stands for a recording: a quarter in, past what cameras show while they are set up. */
gint64 semio_poster_choose_frame (gint64 n_frames);

G_END_DECLS
