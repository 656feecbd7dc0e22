/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-event-layer.h"

#include <math.h>

#define DASH_PX 4
#define DASH_GAP_PX 3

struct _SemioEventLayer {
  SemioTimelineLayer parent_instance;
  SemioEventLayerPart part;
  SemioEvent event;
  gint64 end_ns; /* of the recording */
};

G_DEFINE_FINAL_TYPE (SemioEventLayer, semio_event_layer, SEMIO_TYPE_TIMELINE_LAYER)

static void
append_line (SemioEventLayer *self, GtkSnapshot *snapshot, gint64 time_ns)
{
  static const double dashes[] = { DASH_PX, DASH_GAP_PX };
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  double x = semio_axis_time_to_pixel (semio_timeline_layer_get_axis (layer), time_ns);
  int height_px = gtk_widget_get_height (GTK_WIDGET (self));
  cairo_t *cr;

  if (x < -1 || x > gtk_widget_get_width (GTK_WIDGET (self)))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) x, 0, 1, (float) height_px));
  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (layer, SEMIO_TIMELINE_COLOR_EVENT));
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x + 0.5, 0);
  cairo_line_to (cr, x + 0.5, height_px);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
semio_event_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioEventLayer *self = SEMIO_EVENT_LAYER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  SemioSpan span;
  double begin_px, end_px;

  if (!semio_event_get_span (&self->event, self->end_ns, &span))
    return;
  begin_px = floor (MAX (semio_axis_time_to_x (axis, span.begin_ns), 0));
  end_px = floor (MIN (semio_axis_time_to_x (axis, span.end_ns), semio_axis_get_width (axis)));
  semio_timeline_layer_push_track (layer, snapshot);
  if (self->part == SEMIO_EVENT_LAYER_GROUND)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_EVENT_GROUND, begin_px, 0, end_px - begin_px,
                                      gtk_widget_get_height (widget));
  else
    {
      append_line (self, snapshot, span.begin_ns);
      /* Where the offset is not known the tint runs on without a line. */
      if (self->event.offset_ns != SEMIO_TIME_NONE)
        append_line (self, snapshot, span.end_ns);
    }
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_event_layer_class_init (SemioEventLayerClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = semio_event_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
semio_event_layer_init (SemioEventLayer *self)
{
  self->event = (SemioEvent) SEMIO_EVENT_INIT;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * semio_event_layer_new:
 * @axis: what is visible
 * @style: how it looks
 * @part: which part of the event it paints
 *
 * Returns: (transfer floating): a layer without an event
 */
GtkWidget *
semio_event_layer_new (SemioAxis *axis, SemioTimelineStyle *style, SemioEventLayerPart part)
{
  SemioEventLayer *self = g_object_new (SEMIO_TYPE_EVENT_LAYER, NULL);

  self->part = part;
  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_event_layer_set_event:
 * @self: a layer
 * @event: (nullable): the event, NULL for none
 * @end_ns: where the recording ends
 */
void
semio_event_layer_set_event (SemioEventLayer *self, const SemioEvent *event, gint64 end_ns)
{
  self->event = event != NULL ? *event : (SemioEvent) SEMIO_EVENT_INIT;
  self->end_ns = end_ns;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
