/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-selection-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LINE_PX 2
#define CHIP_PADDING_PX 6
#define CHIP_TOP_PX 2

struct _SemioSelectionLayer {
  SemioTimelineLayer parent_instance;
  SemioTimelineSelection *selection;
  PangoLayout *layout; /* (nullable) its length */
};

G_DEFINE_FINAL_TYPE (SemioSelectionLayer, semio_selection_layer, SEMIO_TYPE_TIMELINE_LAYER)

/* In the middle of what is seen of it, inside the track. */
static void
append_chip (SemioSelectionLayer *self, GtkSnapshot *snapshot, double left_px, double right_px)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  double track_px = semio_axis_get_width (semio_timeline_layer_get_axis (layer)), width_px, x;
  int text_px, height_px;

  if (self->layout == NULL)
    {
      g_autofree char *text = semio_timeline_selection_describe (self->selection);

      self->layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                         SEMIO_TIMELINE_TEXT_RULER, text);
    }
  pango_layout_get_pixel_size (self->layout, &text_px, &height_px);
  width_px = text_px + 2 * CHIP_PADDING_PX;
  x = floor (CLAMP ((left_px + right_px - width_px) / 2, 0, MAX (track_px - width_px, 0)));
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_ACCENT, x, CHIP_TOP_PX, width_px, height_px + 2);
  semio_timeline_layer_append_text (layer, snapshot, self->layout, SEMIO_TIMELINE_COLOR_ON_ACCENT, x + CHIP_PADDING_PX,
                                    CHIP_TOP_PX + 1);
}

static void
semio_selection_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioSelectionLayer *self = SEMIO_SELECTION_LAYER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  double begin_px, end_px, left_px, right_px;
  int height_px = gtk_widget_get_height (widget);
  SemioSpan span;

  if (!semio_timeline_selection_get (self->selection, &span))
    return;
  begin_px = semio_axis_time_to_pixel (axis, span.begin_ns);
  end_px = MAX (semio_axis_time_to_pixel (axis, span.end_ns), begin_px + 1);
  left_px = MAX (begin_px, 0);
  right_px = MIN (end_px, semio_axis_get_width (axis));
  if (right_px <= left_px)
    return;
  semio_timeline_layer_push_track (layer, snapshot);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_SELECTED, left_px, 0, right_px - left_px, height_px);
  if (begin_px >= 0)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_ACCENT, begin_px - LINE_PX / 2, 0, LINE_PX,
                                      height_px);
  if (end_px <= semio_axis_get_width (axis))
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_ACCENT, end_px - LINE_PX / 2, 0, LINE_PX, height_px);
  append_chip (self, snapshot, left_px, right_px);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_selection_layer_dispose (GObject *object)
{
  SemioSelectionLayer *self = SEMIO_SELECTION_LAYER (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (semio_selection_layer_parent_class)->dispose (object);
}

static void
semio_selection_layer_class_init (SemioSelectionLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_selection_layer_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = semio_selection_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_selection_layer_init (SemioSelectionLayer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

static void
selection_changed_cb (SemioSelectionLayer *self)
{
  g_autofree char *length = semio_timeline_selection_describe (self->selection);
  g_autofree char *begin = NULL, *end = NULL, *sentence = NULL;
  SemioSpan span;

  if (semio_timeline_selection_get (self->selection, &span))
    {
      begin = semio_time_format (span.begin_ns, 3);
      end = semio_time_format (span.end_ns, 3);
      sentence = g_strdup_printf (_ ("Selection from %s to %s, %s"), begin, end, length);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence != NULL ? sentence : _ ("Nothing selected"), -1);
  semio_selection_layer_reset (self);
}

/**
 * semio_selection_layer_new:
 * @axis: what is visible
 * @style: how it looks
 * @selection: what is painted
 *
 * Returns: (transfer floating): a layer that follows the selection
 */
GtkWidget *
semio_selection_layer_new (SemioAxis *axis, SemioTimelineStyle *style, SemioTimelineSelection *selection)
{
  SemioSelectionLayer *self = g_object_new (SEMIO_TYPE_SELECTION_LAYER, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  selection_changed_cb (self);
  return GTK_WIDGET (self);
}

/**
 * semio_selection_layer_reset:
 * @self: a layer
 *
 * Drops what was laid out in the font before.
 */
void
semio_selection_layer_reset (SemioSelectionLayer *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
