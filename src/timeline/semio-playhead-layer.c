/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-playhead-layer.h"

#include <math.h>

#define LINE_PX 2
#define HANDLE_WIDTH_PX 12
#define HANDLE_HEIGHT_PX 8

struct _SemioPlayheadLayer {
  SemioTimelineLayer parent_instance;
  gint64 position_ns;
};

G_DEFINE_FINAL_TYPE (SemioPlayheadLayer, semio_playhead_layer, SEMIO_TYPE_TIMELINE_LAYER)

static double
get_x (SemioPlayheadLayer *self, gint64 position_ns)
{
  return round (semio_axis_time_to_x (semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self)), position_ns));
}

static void
append_handle (SemioPlayheadLayer *self, GtkSnapshot *snapshot, double x)
{
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) x - HANDLE_WIDTH_PX / 2, 0, HANDLE_WIDTH_PX, HANDLE_HEIGHT_PX));

  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (SEMIO_TIMELINE_LAYER (self), SEMIO_TIMELINE_COLOR_PLAYHEAD));
  cairo_move_to (cr, x - HANDLE_WIDTH_PX / 2.0, 0);
  cairo_line_to (cr, x + HANDLE_WIDTH_PX / 2.0, 0);
  cairo_line_to (cr, x, HANDLE_HEIGHT_PX);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
semio_playhead_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioPlayheadLayer *self = SEMIO_PLAYHEAD_LAYER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  double width_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer));
  double x;

  if (self->position_ns < 0)
    return;
  x = get_x (self, self->position_ns);
  if (x < -HANDLE_WIDTH_PX || x > width_px + HANDLE_WIDTH_PX)
    return;
  semio_timeline_layer_push_track (layer, snapshot);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_PLAYHEAD, x - LINE_PX / 2, 0, LINE_PX,
                                    gtk_widget_get_height (widget));
  append_handle (self, snapshot, x);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_playhead_layer_class_init (SemioPlayheadLayerClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = semio_playhead_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
semio_playhead_layer_init (SemioPlayheadLayer *self)
{
  self->position_ns = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * semio_playhead_layer_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a layer without a playhead yet
 */
GtkWidget *
semio_playhead_layer_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioPlayheadLayer *self = g_object_new (SEMIO_TYPE_PLAYHEAD_LAYER, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_playhead_layer_set_position:
 * @self: a layer
 * @position_ns: negative for none
 *
 * Painted anew only when it moves by a pixel.
 */
void
semio_playhead_layer_set_position (SemioPlayheadLayer *self, gint64 position_ns)
{
  gint64 before_ns = self->position_ns;

  self->position_ns = position_ns;
  if (before_ns < 0 || position_ns < 0 || get_x (self, before_ns) != get_x (self, position_ns))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_playhead_layer_get_position:
 * @self: a layer
 *
 * Returns: in ns, negative for none
 */
gint64
semio_playhead_layer_get_position (SemioPlayheadLayer *self)
{
  return self->position_ns;
}
