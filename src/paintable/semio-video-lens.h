/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-picture-fit.h"

G_BEGIN_DECLS

/* Draws a round magnifier of a picture. All in the widget's pixels: the point under the lens, where the whole picture
 * stands, and how large the whole picture is inside the lens. */
void semio_video_lens_append (GtkSnapshot *snapshot, GdkPaintable *paintable, graphene_point_t point, SemioPictureRect picture,
                              double width_px, double height_px, double view_width_px, double view_height_px);

G_END_DECLS
