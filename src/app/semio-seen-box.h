/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-rating-controller.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_SEEN_BOX (semio_seen_box_get_type ())
G_DECLARE_FINAL_TYPE (SemioSeenBox, semio_seen_box, SEMIO, SEEN_BOX, GtkWidget)

/**
 * SemioSeenBox:
 *
 * What the model saw when it gave the explanation in hand: the pictures, the sound, the question, its reply. Folded away until
 * it is asked for; loaded in the background, and what was under way for another explanation is given up.
 *
 * While the names of runs are hidden it says nothing by which a run could be told.
 *
 * Signals: "seek" (gint64) to a picture, "play" (gint64, gint64) of the sound as sent, "opened" (somebody asked for it and it
 * is there, with its whole height).
 */
GtkWidget *semio_seen_box_new (SemioRatingController *controller);

/* Opens it and takes the focus there, or folds it away. */
void semio_seen_box_toggle (SemioSeenBox *self);
/* Another item or segment is in hand, or names were revealed or hidden. */
void semio_seen_box_refresh (SemioSeenBox *self);
/* The frame that is shown. */
void semio_seen_box_set_time (SemioSeenBox *self, gint64 time_ns);
/* While the focus is on a picture: the next or the one before. */
gboolean semio_seen_box_move (SemioSeenBox *self, int direction);

G_END_DECLS
