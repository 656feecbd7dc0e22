/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-view-private.h"

#define MIN_LENS 2.0
#define MAX_LENS 4.0

static void
take_zoom (SemioVideoView *self, SemioPictureZoom zoom)
{
  gboolean differs = ABS (zoom.factor - self->zoom.factor) > 1e-9;

  self->zoom = zoom;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!differs)
    return;
  semio_video_view_queue_size (self);
  g_object_notify (G_OBJECT (self), "zoom");
}

/**
 * semio_video_view_zoom_about:
 * @self: a view
 * @factor: how much larger than its framing the picture is shown; brought to 1 to 8
 * @x: the point that stays, in the widget's coordinates
 * @y: the point that stays, in the widget's coordinates
 */
void
semio_video_view_zoom_about (SemioVideoView *self, double factor, double x, double y)
{
  double width_px, height_px, scale;

  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  if (gtk_widget_get_visible (self->message))
    return;
  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  semio_video_view_get_device_size (self, &width_px, &height_px);
  take_zoom (self, semio_picture_zoom_about (self->zoom, width_px, height_px,
                                             semio_video_view_fit_crop (self, self->framings[self->framing]), factor, x * scale,
                                             y * scale));
}

/**
 * semio_video_view_zoom:
 * @self: a view
 * @factor: how much larger than its framing the picture is shown; brought to 1 to 8
 *
 * About the pointer while it is in the view, else about the middle.
 */
void
semio_video_view_zoom (SemioVideoView *self, double factor)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  if (self->has_pointer)
    semio_video_view_zoom_about (self, factor, self->pointer_x, self->pointer_y);
  else
    semio_video_view_zoom_about (self, factor, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                                 gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

/**
 * semio_video_view_reset_zoom:
 * @self: a view
 */
void
semio_video_view_reset_zoom (SemioVideoView *self)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  take_zoom (self, (SemioPictureZoom){ 1, 0.5, 0.5 });
}

/**
 * semio_video_view_get_zoom:
 * @self: a view
 *
 * Returns: 1 to 8
 */
double
semio_video_view_get_zoom (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), 1);

  return self->zoom.factor;
}

/**
 * semio_video_view_pan:
 * @self: a view
 * @dx: how far the picture moves to the right, in the widget's coordinates
 * @dy: how far the picture moves down, in the widget's coordinates
 *
 * Does nothing while the picture is not zoomed.
 */
void
semio_video_view_pan (SemioVideoView *self, double dx, double dy)
{
  double width_px, height_px, scale;

  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  semio_video_view_get_device_size (self, &width_px, &height_px);
  take_zoom (self,
             semio_picture_zoom_pan (self->zoom, width_px, height_px,
                                     semio_video_view_fit_crop (self, self->framings[self->framing]), dx * scale, dy * scale));
}

/**
 * semio_video_view_set_pointer:
 * @self: a view
 * @inside: whether the pointer is in the view
 * @x: where it is, in the widget's coordinates
 * @y: where it is, in the widget's coordinates
 */
void
semio_video_view_set_pointer (SemioVideoView *self, gboolean inside, double x, double y)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  self->has_pointer = !!inside;
  self->pointer_x = x;
  self->pointer_y = y;
  if (self->lens_shown)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_video_view_set_lens_shown:
 * @self: a view
 * @shown: whether a magnifier stands at the pointer
 */
void
semio_video_view_set_lens_shown (SemioVideoView *self, gboolean shown)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  shown = !!shown;
  if (self->lens_shown == shown)
    return;
  self->lens_shown = shown;
  semio_video_view_queue_size (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_video_view_get_lens_shown:
 * @self: a view
 *
 * Returns: whether the magnifier is shown
 */
gboolean
semio_video_view_get_lens_shown (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), FALSE);

  return self->lens_shown;
}

/**
 * semio_video_view_set_lens:
 * @self: a view
 * @lens: how large the magnifier shows a pixel of the recording; brought to 2 to 4
 */
void
semio_video_view_set_lens (SemioVideoView *self, double lens)
{
  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  self->lens = CLAMP (lens, MIN_LENS, MAX_LENS);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_video_view_get_lens:
 * @self: a view
 *
 * Returns: how large the magnifier shows a pixel of the recording
 */
double
semio_video_view_get_lens (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), SEMIO_VIDEO_VIEW_LENS);

  return self->lens;
}

/**
 * semio_video_view_set_change:
 * @self: a view
 * @change: what is done to the picture on the way to the eye
 */
void
semio_video_view_set_change (SemioVideoView *self, SemioPictureChange change)
{
  SemioPictureChange before;

  g_return_if_fail (SEMIO_IS_VIDEO_VIEW (self));

  before = semio_video_paintable_get_change (self->paintable);
  semio_video_paintable_set_change (self->paintable, change);
  if (semio_picture_change_equal (before, semio_video_paintable_get_change (self->paintable)))
    return;
  if (before.quarter_turns != semio_video_paintable_get_change (self->paintable).quarter_turns)
    {
      semio_video_view_reset_zoom (self);
      semio_video_view_queue_size (self);
      semio_video_view_update_accessible (self);
    }
  g_signal_emit_by_name (self, "adjusted");
}

/**
 * semio_video_view_get_change:
 * @self: a view
 *
 * Returns: what is done to the picture on the way to the eye
 */
SemioPictureChange
semio_video_view_get_change (SemioVideoView *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_VIEW (self), SEMIO_PICTURE_CHANGE_NONE);

  return semio_video_paintable_get_change (self->paintable);
}
