/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEMIO_TYPE_VIDEO_MESSAGE (semio_video_message_get_type ())
G_DECLARE_FINAL_TYPE (SemioVideoMessage, semio_video_message, SEMIO, VIDEO_MESSAGE, GtkWidget)

/**
 * SemioVideoMessage:
 *
 * What stands in place of the picture when there is none: a line, why, and perhaps something to do. White, since the
 * ground of a picture is black in every theme. Invisible while it has no title.
 */
GtkWidget *semio_video_message_new (void);

void semio_video_message_set_text (SemioVideoMessage *self, const char *title, const char *description);
/* (nullable): the title, NULL when there is no message. */
const char *semio_video_message_get_title (SemioVideoMessage *self);
/* A widget under the text, NULL none. */
void semio_video_message_set_action (SemioVideoMessage *self, GtkWidget *action);

G_END_DECLS
