/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-picture-fit.h"
#include "semio-side-letters.h"
#include "semio-video-view.h"

G_BEGIN_DECLS

#define N_FRAMINGS 3
/* How large the lens shows a pixel of the source, until the wheel says otherwise. */
#define SEMIO_VIDEO_VIEW_LENS 3.0

struct _SemioVideoView {
  GtkWidget parent_instance;
  SemioVideoPaintable *paintable;
  int source_width_px, source_height_px;
  SemioFraming framing;
  SemioPictureRect framings[N_FRAMINGS];
  SemioPictureRect from, crop; /* where the change of framing began, what is shown now */
  gint64 change_began_us;
  guint tick_id;
  SemioPictureZoom zoom;
  gboolean lens_shown;
  double lens; /* how large it shows a pixel of the source */
  gboolean has_pointer; /* inside the view now */
  double pointer_x, pointer_y; /* where the pointer was last, in the widget's coordinates */
  gboolean mirrored;
  gboolean show_sides;
  SemioSideLetters *letters; /* (nullable) in the font in use */
  char *title;
  GtkWidget *message;
  int view_width_px, view_height_px; /* last told */
  guint size_id;
};

/* Where the whole picture stands, in device pixels, under a crop of the picture as it was recorded; not zoomed. */
SemioPictureRect semio_video_view_fit_crop (SemioVideoView *self, SemioPictureRect crop);
/* The view in device pixels. */
void semio_video_view_get_device_size (SemioVideoView *self, double *width_px, double *height_px);
/* Tells the size to decode for, at once the first time, else when it has rested. */
void semio_video_view_queue_size (SemioVideoView *self);
void semio_video_view_update_accessible (SemioVideoView *self);

G_END_DECLS
