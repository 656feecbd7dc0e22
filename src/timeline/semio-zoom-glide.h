/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "semio-axis.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_ZOOM_GLIDE (semio_zoom_glide_get_type ())
G_DECLARE_FINAL_TYPE (SemioZoomGlide, semio_zoom_glide, SEMIO, ZOOM_GLIDE, GObject)

/**
 * SemioZoomGlide:
 *
 * Zooms an axis over a few frames of the screen instead of at once, for wheels that go in notches. Further notches add to what is
 * still to come. Ends where any other change of the view begins; without the desktop's animations all is done at once.
 */
SemioZoomGlide *semio_zoom_glide_new (GtkWidget *widget, SemioAxis *axis);

/* By a factor about a place of the axis. */
void semio_zoom_glide_add (SemioZoomGlide *self, double factor, double x_px);
/* Does what is still to come. */
void semio_zoom_glide_finish (SemioZoomGlide *self);
gboolean semio_zoom_glide_is_running (SemioZoomGlide *self);

G_END_DECLS
