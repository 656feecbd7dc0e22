/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-minimap.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "semio-segments.h"

#define HEIGHT_PX 20
#define BAND_Y_PX 5
#define BAND_PX 10
#define EDGE_PX 12
#define GAP_PX 8
#define LINE_PX 2
#define MIN_WINDOW_PX 6
/* Segments closer than this would be a grey band. */
#define MIN_SEGMENT_PX 4

struct _SemioMinimap {
  SemioTimelineLayer parent_instance;
  SemioAxis *whole; /* the recording over the width */
  SemioTimelineSelection *selection;
  SemioEvent event;
  gint64 end_ns, position_ns;
  PangoLayout *label; /* (nullable) */
  char *sentence; /* (nullable) what assistive technology was told */
  double grab_px; /* from the window's left end to where it was taken */
};

G_DEFINE_FINAL_TYPE (SemioMinimap, semio_minimap, SEMIO_TYPE_TIMELINE_LAYER)

static double
get_playhead_x (SemioMinimap *self, gint64 position_ns)
{
  return floor (semio_axis_time_to_x (self->whole, position_ns));
}

/* Where the window stands, from the left end of the track. */
static void
get_window (SemioMinimap *self, double *left_px, double *width_px)
{
  SemioSpan visible = semio_axis_get_visible (semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self)));

  *left_px = floor (semio_axis_time_to_x (self->whole, visible.begin_ns));
  *width_px = MAX (ceil (semio_axis_time_to_x (self->whole, visible.end_ns)) - *left_px, MIN_WINDOW_PX);
}

static void
append_span (SemioMinimap *self, GtkSnapshot *snapshot, SemioTimelineColor color, SemioSpan span, double y_px, double height_px)
{
  double left_px = floor (semio_axis_time_to_x (self->whole, span.begin_ns));
  double right_px = ceil (semio_axis_time_to_x (self->whole, span.end_ns));

  semio_timeline_layer_append_rect (SEMIO_TIMELINE_LAYER (self), snapshot, color, left_px, y_px, MAX (right_px - left_px, 1),
                                    height_px);
}

static void
append_segments (SemioMinimap *self, GtkSnapshot *snapshot)
{
  guint n = semio_segments_count (self->end_ns);

  if (n == 0 || semio_axis_get_width (self->whole) / n < MIN_SEGMENT_PX)
    return;
  for (guint i = 1; i < n; i++)
    semio_timeline_layer_append_rect (
        SEMIO_TIMELINE_LAYER (self), snapshot, SEMIO_TIMELINE_COLOR_OUTLINE,
        floor (semio_axis_time_to_x (self->whole, semio_segments_get_span (i, self->end_ns).begin_ns)), BAND_Y_PX, 1, BAND_PX);
}

static void
append_window (SemioMinimap *self, GtkSnapshot *snapshot)
{
  const GdkRGBA *color = semio_timeline_layer_get_color (SEMIO_TIMELINE_LAYER (self), SEMIO_TIMELINE_COLOR_ACCENT);
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  const float widths[4] = { LINE_PX, LINE_PX, LINE_PX, LINE_PX };
  GskRoundedRect outline;
  double left_px, width_px;

  get_window (self, &left_px, &width_px);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT ((float) left_px, 2, (float) width_px, HEIGHT_PX - 4), 3);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
append_label (SemioMinimap *self, GtkSnapshot *snapshot)
{
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (self);
  int height_px;

  if (self->label == NULL)
    self->label = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), GTK_WIDGET (self),
                                                      SEMIO_TIMELINE_TEXT_RULER, _ ("Whole recording"));
  pango_layout_set_width (self->label, MAX (semio_timeline_layer_get_track_x (layer) - EDGE_PX - GAP_PX, 1) * PANGO_SCALE);
  pango_layout_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (self->label, NULL, &height_px);
  semio_timeline_layer_append_text (layer, snapshot, self->label, SEMIO_TIMELINE_COLOR_DIM, EDGE_PX,
                                    floor ((HEIGHT_PX - height_px) / 2.0));
}

static void
semio_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioMinimap *self = SEMIO_MINIMAP (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  SemioSpan span;

  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, 0, gtk_widget_get_width (widget), 1);
  append_label (self, snapshot);
  semio_timeline_layer_push_track (layer, snapshot);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, BAND_Y_PX, semio_axis_get_width (self->whole),
                                    BAND_PX);
  if (semio_event_get_span (&self->event, self->end_ns, &span))
    append_span (self, snapshot, SEMIO_TIMELINE_COLOR_EVENT, span, BAND_Y_PX, BAND_PX);
  append_segments (self, snapshot);
  if (semio_timeline_selection_get (self->selection, &span))
    append_span (self, snapshot, SEMIO_TIMELINE_COLOR_ACCENT, span, BAND_Y_PX + BAND_PX / 2 - 1, 3);
  append_window (self, snapshot);
  if (self->position_ns >= 0)
    semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_PLAYHEAD, get_playhead_x (self, self->position_ns), 0,
                                      LINE_PX, HEIGHT_PX);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
semio_minimap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT_PX : 0;
}

static void
semio_minimap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  semio_axis_set_width (SEMIO_MINIMAP (widget)->whole, width - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (widget)));
}

/* The lanes show what begins at a place of the strip. */
static void
move_window (SemioMinimap *self, double left_px)
{
  SemioAxis *axis = semio_timeline_layer_get_axis (SEMIO_TIMELINE_LAYER (self));
  gint64 length_ns = semio_span_get_length (semio_axis_get_visible (axis));
  gint64 begin_ns = CLAMP (semio_axis_x_to_time (self->whole, left_px), 0, MAX (semio_axis_get_duration (axis) - length_ns, 0));

  semio_axis_fit (axis, begin_ns, begin_ns + length_ns);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  SemioMinimap *self = SEMIO_MINIMAP (user_data);
  double track_x = x - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (self)), left_px, width_px;

  /* The timeline below would take it for a seek. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  get_window (self, &left_px, &width_px);
  self->grab_px = track_x - left_px;
  if (track_x >= left_px && track_x < left_px + width_px)
    return;
  self->grab_px = width_px / 2;
  move_window (self, track_x - self->grab_px);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  SemioMinimap *self = SEMIO_MINIMAP (user_data);
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    move_window (self, x + offset_x - semio_timeline_layer_get_track_x (SEMIO_TIMELINE_LAYER (self)) - self->grab_px);
}

/* What the window shows to those who see it. */
static void
semio_minimap_axis_changed (SemioTimelineLayer *layer)
{
  SemioMinimap *self = SEMIO_MINIMAP (layer);
  SemioAxis *axis = semio_timeline_layer_get_axis (layer);
  SemioSpan visible = semio_axis_get_visible (axis);
  g_autofree char *begin = semio_time_format (MAX (visible.begin_ns, 0), 1);
  g_autofree char *end = semio_time_format (MIN (visible.end_ns, semio_axis_get_duration (axis)), 1);
  g_autofree char *whole = semio_time_format (semio_axis_get_duration (axis), 1);
  /* Translators: which part of the recording the timeline shows, "Shown: 0:10.0 to 0:40.0 of 2:00.0". */
  g_autofree char *sentence = g_strdup_printf (_ ("Shown: %s to %s of %s"), begin, end, whole);

  if (g_strcmp0 (sentence, self->sentence) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  g_free (self->sentence);
  self->sentence = g_steal_pointer (&sentence);
}

static void
semio_minimap_dispose (GObject *object)
{
  SemioMinimap *self = SEMIO_MINIMAP (object);

  g_clear_object (&self->label);
  g_clear_object (&self->selection);
  g_clear_object (&self->whole);
  g_clear_pointer (&self->sentence, g_free);

  G_OBJECT_CLASS (semio_minimap_parent_class)->dispose (object);
}

static void
semio_minimap_class_init (SemioMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_minimap_dispose;
  widget_class->snapshot = semio_minimap_snapshot;
  widget_class->measure = semio_minimap_measure;
  widget_class->size_allocate = semio_minimap_size_allocate;
  SEMIO_TIMELINE_LAYER_CLASS (klass)->axis_changed = semio_minimap_axis_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
semio_minimap_init (SemioMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->event = (SemioEvent) SEMIO_EVENT_INIT;
  self->position_ns = -1;
  self->whole = semio_axis_new ();
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Whole recording"), -1);
}

/**
 * semio_minimap_new:
 * @axis: what the lanes show
 * @style: how it looks
 * @selection: what is selected
 *
 * Returns: (transfer floating): a strip of an unknown recording
 */
GtkWidget *
semio_minimap_new (SemioAxis *axis, SemioTimelineStyle *style, SemioTimelineSelection *selection)
{
  SemioMinimap *self = g_object_new (SEMIO_TYPE_MINIMAP, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * semio_minimap_set_event:
 * @self: a strip
 * @event: (nullable): the event, NULL for none
 * @end_ns: where the recording ends
 */
void
semio_minimap_set_event (SemioMinimap *self, const SemioEvent *event, gint64 end_ns)
{
  self->event = event != NULL ? *event : (SemioEvent) SEMIO_EVENT_INIT;
  self->end_ns = end_ns;
  semio_axis_set_duration (self->whole, end_ns);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_minimap_set_position:
 * @self: a strip
 * @position_ns: of the playhead, negative for none
 *
 * Painted anew only when it moves by a pixel.
 */
void
semio_minimap_set_position (SemioMinimap *self, gint64 position_ns)
{
  gint64 before_ns = self->position_ns;

  self->position_ns = position_ns;
  if (before_ns < 0 || position_ns < 0 || get_playhead_x (self, before_ns) != get_playhead_x (self, position_ns))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_minimap_reset:
 * @self: a strip
 *
 * Drops what was laid out before.
 */
void
semio_minimap_reset (SemioMinimap *self)
{
  g_clear_object (&self->label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
