/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-feature-set.h"
#include "semio-picture-zoom.h"
#include "semio-video-paintable.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_VIDEO_VIEW (semio_video_view_get_type ())
G_DECLARE_FINAL_TYPE (SemioVideoView, semio_video_view, SEMIO, VIDEO_VIEW, GtkWidget)

/**
 * SemioVideoView:
 *
 * Shows a #SemioVideoPaintable on black, aspect kept, cut to the framing in use. The letters R and L stand at the
 * picture's edges for the patient's right and left: R on the left of the picture, since the camera faces the patient,
 * exchanged when the recording is mirrored. The picture itself is never flipped.
 *
 * Properties: "framing" (int, #SemioFraming), "mirrored" (boolean), "show-sides" (boolean, default TRUE), "zoom"
 * (double 1–8, readable).
 *
 * The wheel and a pinch zoom about the pointer, a drag or two fingers pan what is zoomed.
 *
 * Signals:
 * - "view-size" (int width_px, int height_px): into how many device pixels the whole frame is to be fitted so that
 *   what is shown of it is sharp: give it to semio_player_set_view_size(). Sent at once the first time, then when the
 *   size has rested for a moment; never larger than the source's size.
 * - "adjusted": the picture is changed for the eye in another way than before.
 */
GtkWidget *semio_video_view_new (void);

/* The view owns one paintable from the start; it never changes. */
SemioVideoPaintable *semio_video_view_get_paintable (SemioVideoView *self);
/* The same as setting the paintable's frame. */
void semio_video_view_set_frame (SemioVideoView *self, SemioFrame *frame);

/* Size of the recording's picture in its own pixels, 0 unknown: it gives the aspect and bounds "view-size". */
void semio_video_view_set_source_size (SemioVideoView *self, int width_px, int height_px);

/* What of the picture a framing shows, in shares of its width and height (0 to 1). The whole is always 0, 0, 1, 1. */
void semio_video_view_set_framing_rect (SemioVideoView *self, SemioFraming framing, const graphene_rect_t *rect);
void semio_video_view_get_framing_rect (SemioVideoView *self, SemioFraming framing, graphene_rect_t *rect);
/* Changes smoothly, at once where animations are off. */
void semio_video_view_set_framing (SemioVideoView *self, SemioFraming framing);
SemioFraming semio_video_view_get_framing (SemioVideoView *self);

void semio_video_view_set_mirrored (SemioVideoView *self, gboolean mirrored);
gboolean semio_video_view_get_mirrored (SemioVideoView *self);
void semio_video_view_set_show_sides (SemioVideoView *self, gboolean show_sides);

/* Says something instead of the picture: "No video for this recording" and what to do. NULL title shows the picture. */
void semio_video_view_set_message (SemioVideoView *self, const char *title, const char *description);
const char *semio_video_view_get_message (SemioVideoView *self);
/* A widget shown under the message, such as a button "Find the Video…"; NULL none. */
void semio_video_view_set_message_action (SemioVideoView *self, GtkWidget *action);

/* What is shown, for assistive technology ("P07 · R031"); the sides and the message are added to it. */
void semio_video_view_set_title (SemioVideoView *self, const char *title);

/* Where the picture stands in the view, in the widget's coordinates; FALSE when there is none. */
gboolean semio_video_view_get_picture_rect (SemioVideoView *self, graphene_rect_t *rect);
/* The size last told by "view-size", 0 before. */
void semio_video_view_get_view_size (SemioVideoView *self, int *width_px, int *height_px);

/* Larger than its framing, 1 to 8, about a point or (semio_video_view_zoom()) the pointer. Another framing or recording
 * begins at 1 again. Frames are asked for so that what is seen is sharp, as far as the source is. */
void semio_video_view_zoom (SemioVideoView *self, double factor);
void semio_video_view_zoom_about (SemioVideoView *self, double factor, double x, double y);
void semio_video_view_reset_zoom (SemioVideoView *self);
double semio_video_view_get_zoom (SemioVideoView *self);
void semio_video_view_pan (SemioVideoView *self, double dx, double dy);

/* A round magnifier at the pointer, 2 to 4 times the recording's own pixels. */
void semio_video_view_set_lens_shown (SemioVideoView *self, gboolean shown);
gboolean semio_video_view_get_lens_shown (SemioVideoView *self);
void semio_video_view_set_lens (SemioVideoView *self, double lens);
double semio_video_view_get_lens (SemioVideoView *self);
/* Where the pointer is; told by the view's own gestures, and by tests. */
void semio_video_view_set_pointer (SemioVideoView *self, gboolean inside, double x, double y);

/* Brightness, contrast, gamma and turning, for the eye alone. */
void semio_video_view_set_change (SemioVideoView *self, SemioPictureChange change);
SemioPictureChange semio_video_view_get_change (SemioVideoView *self);

G_END_DECLS
