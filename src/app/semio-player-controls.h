/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-player.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_PLAYER_CONTROLS (semio_player_controls_get_type ())
G_DECLARE_FINAL_TYPE (SemioPlayerControls, semio_player_controls, SEMIO, PLAYER_CONTROLS, GtkWidget)

/**
 * SemioPlayerControls:
 *
 * The row over the picture: step, play, time and number of the frame that is shown, speed, framing, volume. Its buttons
 * are the page's actions ("review.…"); it follows the player's state.
 */
GtkWidget *semio_player_controls_new (void);

void semio_player_controls_set_player (SemioPlayerControls *self, SemioPlayer *player);
/* The frame that is shown; −1 none. */
void semio_player_controls_set_frame (SemioPlayerControls *self, gint64 frame, gint64 time_ns, gint64 n_frames);
/* Leaves out what a narrow picture has no room for. */
void semio_player_controls_set_narrow (SemioPlayerControls *self, gboolean narrow);

/* "0.5×", "2×". */
char *semio_player_controls_format_speed (double speed);

/* What is done to the picture stands behind a button that is there while there is something. */
void semio_player_controls_set_picture_popover (SemioPlayerControls *self, GtkWidget *popover);
void semio_player_controls_open_picture (SemioPlayerControls *self);

G_END_DECLS
