/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A rectangle in shares of the picture (0 to 1) or in pixels. */
typedef struct {
  double x, y, width, height;
} SemioPictureRect;

/* Cut to what lies inside the picture; the whole when nothing of it does. */
SemioPictureRect semio_picture_rect_clamp (SemioPictureRect rect);
/* Between two, share from 0 to 1. */
SemioPictureRect semio_picture_rect_mix (SemioPictureRect from, SemioPictureRect to, double share);

/* Where the whole picture stands so that its crop is as large as the view allows, in the middle, aspect kept, and the
 * view is filled with what lies around the crop as far as the picture reaches. Sizes in device pixels; whole pixels come
 * out, so that a picture of that size is painted without scaling. */
SemioPictureRect semio_picture_fit (double view_width_px, double view_height_px, double aspect, SemioPictureRect crop);

/* The size to ask of the decoder for a view: that of the fitted picture, never above the source's (0 unknown). */
void semio_picture_fit_get_size (SemioPictureRect fitted, int source_width_px, int source_height_px, int *width_px,
                                 int *height_px);

/* The same aspect with no more pixels than a helper hands over without delay. */
void semio_picture_fit_cap_size (int *width_px, int *height_px);

G_END_DECLS
