/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-picture-fit.h"

G_BEGIN_DECLS

#define SEMIO_PICTURE_ZOOM_MAX 8.0
/* One key press or notch of a wheel. */
#define SEMIO_PICTURE_ZOOM_STEP 1.25

/* How much larger than its framing the picture is shown, and which point of it stands in the middle of the view. */
typedef struct {
  double factor; /* 1 to SEMIO_PICTURE_ZOOM_MAX */
  double x, y; /* in shares of the picture; of no meaning while the factor is 1 */
} SemioPictureZoom;

/* Where the whole picture stands when a fitted one is zoomed; without black where the picture could fill the view. */
SemioPictureRect semio_picture_zoom_apply (SemioPictureZoom zoom, double view_width_px, double view_height_px,
                                           SemioPictureRect fitted);
/* Another factor; what stands under a point of the view (pixels) stays there as far as the edges allow. */
SemioPictureZoom semio_picture_zoom_about (SemioPictureZoom zoom, double view_width_px, double view_height_px,
                                           SemioPictureRect fitted, double factor, double x_px, double y_px);
/* The picture follows a hand that moved by so many pixels. */
SemioPictureZoom semio_picture_zoom_pan (SemioPictureZoom zoom, double view_width_px, double view_height_px,
                                         SemioPictureRect fitted, double dx_px, double dy_px);

G_END_DECLS
