/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-choreography.h"

G_BEGIN_DECLS

/* Told after each frame that was drawn; called in the encoding thread. */
typedef void (*SemioDemoFrameFunc) (guint n_frames, gpointer user_data);

/* Draws, sounds and writes one recording: H.264 and AAC into .mp4, VP8 and Vorbis into .webm. Blocks until the file is whole; a
 * file that did not become whole is deleted. */
gboolean semio_demo_encode (const SemioChoreography *choreography, GFile *file, SemioDemoFrameFunc told, gpointer user_data,
                            GCancellable *cancellable, GError **error);

G_END_DECLS
