/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-hover-layer.h"

#include <math.h>

#define CHIP_PADDING_PX 5
#define CHIP_TOP_PX 2

struct _SemioHoverLayer {
  SemioTimelineLayer parent_instance;
  double x_px; /* negative: hidden */
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (SemioHoverLayer, semio_hover_layer, SEMIO_TYPE_TIMELINE_LAYER)

/* As fine as the view is: whole seconds when a pixel is longer than a tenth. */
static char *
format_time (SemioAxis *axis, double x_px)
{
  SemioSpan visible = semio_axis_get_visible (axis);
  double ns_per_px = (double) semio_span_get_length (visible) / semio_axis_get_width (axis);
  int decimals = ns_per_px > 1e8 ? 1 : ns_per_px > 1e7 ? 2 : 3;

  return semio_time_format (semio_axis_x_to_time (axis, x_px), decimals);
}

static void
append_chip (SemioHoverLayer *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  g_autofree char *text = format_time (axis, self->x_px);
  double chip_x, chip_width;
  int width_px, height_px;

  if (self->layout == NULL)
    self->layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                       SEMIO_TIMELINE_TEXT_RULER, "");
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, &width_px, &height_px);
  chip_width = width_px + 2 * CHIP_PADDING_PX;
  chip_x = floor (CLAMP (self->x_px - chip_width / 2, 0, MAX (semio_axis_get_width (axis) - chip_width, 0)));
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GROUND, chip_x, CHIP_TOP_PX, chip_width, height_px + 2);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, chip_x, CHIP_TOP_PX, chip_width, height_px + 2);
  semio_timeline_layer_append_text (layer, snapshot, self->layout, SEMIO_TIMELINE_COLOR_TEXT, chip_x + CHIP_PADDING_PX,
                                    CHIP_TOP_PX + 1);
}

static void
semio_hover_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioHoverLayer *self = SEMIO_HOVER_LAYER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);

  if (self->x_px < 0)
    return;
  semio_timeline_layer_push_track (layer, snapshot);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_HOVER, floor (self->x_px), 0, 1,
                                    gtk_widget_get_height (widget));
  append_chip (self, snapshot);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_hover_layer_dispose (GObject *object)
{
  g_clear_object (&SEMIO_HOVER_LAYER (object)->layout);

  G_OBJECT_CLASS (semio_hover_layer_parent_class)->dispose (object);
}

static void
semio_hover_layer_class_init (SemioHoverLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_hover_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = semio_hover_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
semio_hover_layer_init (SemioHoverLayer *self)
{
  self->x_px = -1;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * semio_hover_layer_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a layer without a line
 */
GtkWidget *
semio_hover_layer_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioHoverLayer *self = g_object_new (SEMIO_TYPE_HOVER_LAYER, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_hover_layer_set_x:
 * @self: a layer
 * @x_px: from the left end of the track, negative for none
 */
void
semio_hover_layer_set_x (SemioHoverLayer *self, double x_px)
{
  x_px = x_px < 0 ? -1 : x_px;
  if (self->x_px == x_px)
    return;
  self->x_px = x_px;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_hover_layer_reset:
 * @self: a layer
 *
 * Drops what was laid out in the font before.
 */
void
semio_hover_layer_reset (SemioHoverLayer *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
