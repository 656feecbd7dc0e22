/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-segment-media.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_SEEN_STRIP (semio_seen_strip_get_type ())
G_DECLARE_FINAL_TYPE (SemioSeenStrip, semio_seen_strip, SEMIO, SEEN_STRIP, GtkWidget)

/**
 * SemioSeenStrip:
 *
 * The pictures that were sent to a model, side by side with their times. One of them at a time takes the focus by Tab;
 * arrows, Home and End go to the others.
 *
 * Signals: "seek" (gint64): a picture was chosen, to be shown where it stands in the recording.
 */
GtkWidget *semio_seen_strip_new (void);

/**
 * semio_seen_strip_set_pictures:
 * @times: (nullable) (element-type gint64): when each is shown, in order; NULL clears the strip
 * @media: (nullable): the pictures; without them the times stand alone
 *
 * The pictures are decoded on a thread, small, and come when they are ready.
 */
void semio_seen_strip_set_pictures (SemioSeenStrip *self, GArray *times, SemioSegmentMedia *media);
/* Marks the picture that a model saw last at a time of the recording, none when none was before it. */
void semio_seen_strip_set_time (SemioSeenStrip *self, gint64 time_ns);
/* While the focus is on a picture: takes it to the next (1) or the one before (-1). FALSE when it is elsewhere. */
gboolean semio_seen_strip_move (SemioSeenStrip *self, int direction);
/* On the marked picture, else the first; FALSE when there is none. */
gboolean semio_seen_strip_take_focus (SemioSeenStrip *self);

G_END_DECLS
