/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-media-message.h"

G_BEGIN_DECLS

/**
 * SemioPlayback:
 *
 * Does what a player in the program asks: one file, exact seeks one at a time with the newest target winning, frames
 * sent under the number that their own time stamp tells.
 */
typedef struct _SemioPlayback SemioPlayback;

SemioPlayback *semio_playback_new (int socket);
void semio_playback_free (SemioPlayback *playback);
/* A command of playing. */
void semio_playback_handle (SemioPlayback *playback, SemioMessage *message);
/* The program has handed a buffer back. */
void semio_playback_release (SemioPlayback *playback, guint32 number);

G_END_DECLS
