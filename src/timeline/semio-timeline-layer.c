/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-layer.h"

typedef struct {
  SemioAxis *axis;
  SemioTimelineStyle *style;
  gulong changed_id;
} SemioTimelineLayerPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SemioTimelineLayer, semio_timeline_layer, GTK_TYPE_WIDGET)

static SemioTimelineLayerPrivate *
get_private (SemioTimelineLayer *self)
{
  return semio_timeline_layer_get_instance_private (self);
}

static void
axis_changed_cb (SemioTimelineLayer *self)
{
  SemioTimelineLayerClass *klass = SEMIO_TIMELINE_LAYER_GET_CLASS (self);

  if (klass->axis_changed != NULL)
    klass->axis_changed (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
semio_timeline_layer_dispose (GObject *object)
{
  SemioTimelineLayerPrivate *priv = get_private (SEMIO_TIMELINE_LAYER (object));

  if (priv->axis != NULL)
    g_clear_signal_handler (&priv->changed_id, priv->axis);
  g_clear_object (&priv->axis);
  g_clear_object (&priv->style);

  G_OBJECT_CLASS (semio_timeline_layer_parent_class)->dispose (object);
}

static void
semio_timeline_layer_class_init (SemioTimelineLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_timeline_layer_dispose;
}

static void
semio_timeline_layer_init (SemioTimelineLayer *self)
{
}

/**
 * semio_timeline_layer_set_shared:
 * @self: a layer
 * @axis: what is visible
 * @style: how it looks
 *
 * Once, when the layer is made.
 */
void
semio_timeline_layer_set_shared (SemioTimelineLayer *self, SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioTimelineLayerPrivate *priv = get_private (self);

  g_return_if_fail (priv->axis == NULL);

  priv->axis = g_object_ref (axis);
  priv->style = g_object_ref (style);
  priv->changed_id = g_signal_connect_swapped (axis, "changed", G_CALLBACK (axis_changed_cb), self);
}

/**
 * semio_timeline_layer_get_axis:
 * @self: a layer
 *
 * Returns: (transfer none): the axis
 */
SemioAxis *
semio_timeline_layer_get_axis (SemioTimelineLayer *self)
{
  return get_private (self)->axis;
}

/**
 * semio_timeline_layer_get_style:
 * @self: a layer
 *
 * Returns: (transfer none): the style
 */
SemioTimelineStyle *
semio_timeline_layer_get_style (SemioTimelineLayer *self)
{
  return get_private (self)->style;
}

/**
 * semio_timeline_layer_get_color:
 * @self: a layer
 * @color: which
 *
 * Returns: (transfer none): as the theme has it now
 */
const GdkRGBA *
semio_timeline_layer_get_color (SemioTimelineLayer *self, SemioTimelineColor color)
{
  return semio_timeline_style_get_color (get_private (self)->style, color);
}

/**
 * semio_timeline_layer_get_track_x:
 * @self: a layer
 *
 * Returns: where the track begins, in the layer's coordinates
 */
int
semio_timeline_layer_get_track_x (SemioTimelineLayer *self)
{
  return semio_timeline_style_get_label_width (get_private (self)->style);
}

/**
 * semio_timeline_layer_append_rect:
 * @self: a layer
 * @snapshot: to paint on
 * @color: which
 * @x: left
 * @y: top
 * @width: in pixels
 * @height: in pixels
 */
void
semio_timeline_layer_append_rect (SemioTimelineLayer *self, GtkSnapshot *snapshot, SemioTimelineColor color, double x, double y,
                                  double width, double height)
{
  if (width <= 0 || height <= 0)
    return;
  gtk_snapshot_append_color (snapshot, semio_timeline_layer_get_color (self, color),
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/**
 * semio_timeline_layer_append_text:
 * @self: a layer
 * @snapshot: to paint on
 * @layout: what to write
 * @color: which
 * @x: left
 * @y: top
 */
void
semio_timeline_layer_append_text (SemioTimelineLayer *self, GtkSnapshot *snapshot, PangoLayout *layout, SemioTimelineColor color,
                                  double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, semio_timeline_layer_get_color (self, color));
  gtk_snapshot_restore (snapshot);
}

/**
 * semio_timeline_layer_push_track:
 * @self: a layer
 * @snapshot: to paint on
 *
 * Clips to the track and moves the origin to its left end, so that x is the axis' x. Ended by gtk_snapshot_restore()
 * and gtk_snapshot_pop().
 */
void
semio_timeline_layer_push_track (SemioTimelineLayer *self, GtkSnapshot *snapshot)
{
  float track_x = (float) semio_timeline_layer_get_track_x (self);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - track_x;

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (track_x, 0, MAX (width, 0), (float) gtk_widget_get_height (GTK_WIDGET (self))));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (track_x, 0));
}

/**
 * semio_timeline_layer_draw_text:
 * @self: a layer
 * @cr: to draw on
 * @layout: what to write
 * @color: which
 * @x: left
 * @y: top
 */
void
semio_timeline_layer_draw_text (SemioTimelineLayer *self, cairo_t *cr, PangoLayout *layout, SemioTimelineColor color, double x,
                                double y)
{
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (self, color));
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

/**
 * semio_timeline_layer_append_drawing:
 * @self: a layer
 * @snapshot: to paint on
 *
 * Returns: (transfer full): a drawing that is cut to the track and whose x is the axis' x
 */
cairo_t *
semio_timeline_layer_append_drawing (SemioTimelineLayer *self, GtkSnapshot *snapshot)
{
  float track_x = (float) semio_timeline_layer_get_track_x (self);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - track_x;
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (track_x, 0, MAX (width, 0), (float) gtk_widget_get_height (GTK_WIDGET (self))));

  cairo_translate (cr, track_x, 0);
  return cr;
}
