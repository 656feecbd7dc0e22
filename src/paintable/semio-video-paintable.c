/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-paintable.h"

struct _SemioVideoPaintable {
  GObject parent_instance;
  SemioFrame *frame; /* as it came */
  SemioFrame *shown; /* as it is painted: changed or the same */
  GdkTexture *texture;
  SemioPictureChange change;
  gboolean painted; /* this frame was handed to a snapshot */
  guint64 n_painted;
  gint64 painted_frame;
};

static void semio_video_paintable_iface_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SemioVideoPaintable, semio_video_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, semio_video_paintable_iface_init))

static GdkTexture *
new_texture (SemioFrame *frame)
{
  if (frame == NULL || frame->bgra == NULL || frame->width_px <= 0 || frame->height_px <= 0)
    return NULL;
  /* A buffer that is too small for its size would be read past its end. */
  if (frame->stride < frame->width_px * 4)
    return NULL;
  if (g_bytes_get_size (frame->bgra) < (gsize) frame->stride * (gsize) (frame->height_px - 1) + (gsize) frame->width_px * 4)
    return NULL;
  return gdk_memory_texture_new (frame->width_px, frame->height_px, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, frame->bgra,
                                 (gsize) frame->stride);
}

static void
semio_video_paintable_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  SemioVideoPaintable *self = SEMIO_VIDEO_PAINTABLE (paintable);

  if (self->texture == NULL)
    return;
  if (!self->painted)
    {
      self->painted = TRUE;
      self->n_painted++;
    }
  self->painted_frame = self->frame->frame;
  gtk_snapshot_append_texture (GTK_SNAPSHOT (snapshot), self->texture, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
}

static GdkPaintable *
semio_video_paintable_get_current_image (GdkPaintable *paintable)
{
  SemioVideoPaintable *self = SEMIO_VIDEO_PAINTABLE (paintable);

  if (self->texture != NULL)
    return GDK_PAINTABLE (g_object_ref (self->texture));
  return gdk_paintable_new_empty (0, 0);
}

static int
semio_video_paintable_get_intrinsic_width (GdkPaintable *paintable)
{
  SemioVideoPaintable *self = SEMIO_VIDEO_PAINTABLE (paintable);

  return self->texture != NULL ? self->shown->width_px : 0;
}

static int
semio_video_paintable_get_intrinsic_height (GdkPaintable *paintable)
{
  SemioVideoPaintable *self = SEMIO_VIDEO_PAINTABLE (paintable);

  return self->texture != NULL ? self->shown->height_px : 0;
}

static void
semio_video_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = semio_video_paintable_snapshot;
  iface->get_current_image = semio_video_paintable_get_current_image;
  iface->get_intrinsic_width = semio_video_paintable_get_intrinsic_width;
  iface->get_intrinsic_height = semio_video_paintable_get_intrinsic_height;
}

static void
semio_video_paintable_dispose (GObject *object)
{
  SemioVideoPaintable *self = SEMIO_VIDEO_PAINTABLE (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, semio_frame_unref);
  g_clear_pointer (&self->shown, semio_frame_unref);

  G_OBJECT_CLASS (semio_video_paintable_parent_class)->dispose (object);
}

static void
semio_video_paintable_class_init (SemioVideoPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_video_paintable_dispose;
}

static void
semio_video_paintable_init (SemioVideoPaintable *self)
{
  self->painted_frame = -1;
  self->change = SEMIO_PICTURE_CHANGE_NONE;
}

/**
 * semio_video_paintable_new:
 *
 * Returns: (transfer full): a paintable that shows nothing yet
 */
SemioVideoPaintable *
semio_video_paintable_new (void)
{
  return g_object_new (SEMIO_TYPE_VIDEO_PAINTABLE, NULL);
}

/* Makes the texture of the frame and the change in use. */
static void
show (SemioVideoPaintable *self)
{
  int width_px = semio_video_paintable_get_intrinsic_width (GDK_PAINTABLE (self));
  int height_px = semio_video_paintable_get_intrinsic_height (GDK_PAINTABLE (self));
  gboolean resized;

  g_clear_object (&self->texture);
  g_clear_pointer (&self->shown, semio_frame_unref);
  if (self->frame != NULL)
    self->shown = semio_picture_change_apply (self->change, self->frame);
  self->texture = new_texture (self->shown);

  resized = width_px != semio_video_paintable_get_intrinsic_width (GDK_PAINTABLE (self))
            || height_px != semio_video_paintable_get_intrinsic_height (GDK_PAINTABLE (self));
  if (resized)
    gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/**
 * semio_video_paintable_set_frame:
 * @self: a paintable
 * @frame: (nullable): what to show from now on
 *
 * The pixels are not copied unless they are changed. A frame whose buffer is smaller than it claims shows nothing.
 */
void
semio_video_paintable_set_frame (SemioVideoPaintable *self, SemioFrame *frame)
{
  g_return_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self));

  if (self->frame == frame)
    return;
  g_clear_pointer (&self->frame, semio_frame_unref);
  if (frame != NULL)
    self->frame = semio_frame_ref (frame);
  self->painted = FALSE;
  show (self);
}

/**
 * semio_video_paintable_set_change:
 * @self: a paintable
 * @change: what is done to every frame from now on, also to the one that is shown
 */
void
semio_video_paintable_set_change (SemioVideoPaintable *self, SemioPictureChange change)
{
  g_return_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self));

  change = semio_picture_change_clamp (change);
  if (semio_picture_change_equal (self->change, change))
    return;
  self->change = change;
  show (self);
}

/**
 * semio_video_paintable_get_change:
 * @self: a paintable
 *
 * Returns: what is done to every frame
 */
SemioPictureChange
semio_video_paintable_get_change (SemioVideoPaintable *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self), SEMIO_PICTURE_CHANGE_NONE);

  return self->change;
}

/**
 * semio_video_paintable_get_frame:
 * @self: a paintable
 *
 * Returns: (transfer none) (nullable): the frame that is shown
 */
SemioFrame *
semio_video_paintable_get_frame (SemioVideoPaintable *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self), NULL);

  return self->frame;
}

/**
 * semio_video_paintable_get_texture:
 * @self: a paintable
 *
 * Returns: (transfer none) (nullable): the texture of the frame that is shown
 */
GdkTexture *
semio_video_paintable_get_texture (SemioVideoPaintable *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self), NULL);

  return self->texture;
}

/**
 * semio_video_paintable_get_n_painted:
 * @self: a paintable
 *
 * Returns: how many of the frames it was given were handed to a snapshot
 */
guint64
semio_video_paintable_get_n_painted (SemioVideoPaintable *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self), 0);

  return self->n_painted;
}

/**
 * semio_video_paintable_get_painted_frame:
 * @self: a paintable
 *
 * Returns: index of the frame that was snapshotted last, -1 when none was
 */
gint64
semio_video_paintable_get_painted_frame (SemioVideoPaintable *self)
{
  g_return_val_if_fail (SEMIO_IS_VIDEO_PAINTABLE (self), -1);

  return self->painted_frame;
}
