/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-header.h"

#include <math.h>

#define EDGE_PX 12
#define ARROW_PX 7
#define ARROW_GAP_PX 7

struct _SemioTimelineHeader {
  SemioTimelineLayer parent_instance;
  char *label;
  gboolean expanded;
  PangoLayout *layout;
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimelineHeader, semio_timeline_header, SEMIO_TYPE_TIMELINE_LAYER)

static void
append_arrow (SemioTimelineHeader *self, GtkSnapshot *snapshot, double x, double middle)
{
  double half = ARROW_PX / 2.0;
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT ((float) x - 1, (float) (middle - half - 1), ARROW_PX + 2, ARROW_PX + 2));

  gdk_cairo_set_source_rgba (cr, semio_timeline_layer_get_color (SEMIO_TIMELINE_LAYER (self), SEMIO_TIMELINE_COLOR_DIM));
  cairo_set_line_width (cr, 1.5);
  if (self->expanded)
    {
      cairo_move_to (cr, x, middle - half / 2);
      cairo_line_to (cr, x + half, middle + half / 2);
      cairo_line_to (cr, x + ARROW_PX, middle - half / 2);
    }
  else
    {
      cairo_move_to (cr, x + half / 2, middle - half);
      cairo_line_to (cr, x + half * 1.5, middle);
      cairo_line_to (cr, x + half / 2, middle + half);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
semio_timeline_header_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SemioTimelineHeader *self = SEMIO_TIMELINE_HEADER (widget);
  SemioTimelineLayer *layer = SEMIO_TIMELINE_LAYER (widget);
  int width_px = gtk_widget_get_width (widget), height_px = gtk_widget_get_height (widget), text_px;
  gboolean focused = gtk_widget_has_visible_focus (widget);

  if (self->layout == NULL)
    {
      g_autofree char *heading = g_utf8_strup (self->label != NULL ? self->label : "", -1);

      self->layout = semio_timeline_style_create_layout (semio_timeline_layer_get_style (layer), widget,
                                                         SEMIO_TIMELINE_TEXT_HEADER, heading);
    }
  semio_timeline_layer_append_rect (layer, snapshot, focused ? SEMIO_TIMELINE_COLOR_SELECTED : SEMIO_TIMELINE_COLOR_HEADER, 0, 0,
                                    width_px, height_px);
  semio_timeline_layer_append_rect (layer, snapshot, SEMIO_TIMELINE_COLOR_GRID, 0, height_px - 1, width_px, 1);
  append_arrow (self, snapshot, EDGE_PX, floor (height_px / 2.0));
  pango_layout_get_pixel_size (self->layout, NULL, &text_px);
  semio_timeline_layer_append_text (layer, snapshot, self->layout, SEMIO_TIMELINE_COLOR_DIM, EDGE_PX + ARROW_PX + ARROW_GAP_PX,
                                    floor ((height_px - text_px) / 2.0));
}

static void
semio_timeline_header_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  GtkStateFlags changed = previous ^ gtk_widget_get_state_flags (widget);

  GTK_WIDGET_CLASS (semio_timeline_header_parent_class)->state_flags_changed (widget, previous);
  if ((changed & (GTK_STATE_FLAG_FOCUSED | GTK_STATE_FLAG_FOCUS_VISIBLE)) != 0)
    gtk_widget_queue_draw (widget);
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  /* The timeline below would take it for a seek. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  if (gtk_widget_contains (GTK_WIDGET (user_data), x, y))
    g_signal_emit (user_data, signals[SIGNAL_ACTIVATE], 0);
}

static void
semio_timeline_header_dispose (GObject *object)
{
  g_clear_object (&SEMIO_TIMELINE_HEADER (object)->layout);

  G_OBJECT_CLASS (semio_timeline_header_parent_class)->dispose (object);
}

static void
semio_timeline_header_finalize (GObject *object)
{
  g_clear_pointer (&SEMIO_TIMELINE_HEADER (object)->label, g_free);

  G_OBJECT_CLASS (semio_timeline_header_parent_class)->finalize (object);
}

static void
semio_timeline_header_class_init (SemioTimelineHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_timeline_header_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_timeline_header_finalize;
  widget_class->snapshot = semio_timeline_header_snapshot;
  widget_class->state_flags_changed = semio_timeline_header_state_flags_changed;

  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", SEMIO_TYPE_TIMELINE_HEADER, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Return, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_KP_Enter, 0, "activate", NULL);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_space, 0, "activate", NULL);
  gtk_widget_class_set_css_name (widget_class, "semioheading");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
}

static void
semio_timeline_header_init (SemioTimelineHeader *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->expanded = TRUE;
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
}

/**
 * semio_timeline_header_new:
 * @axis: what is visible
 * @style: how it looks
 *
 * Returns: (transfer floating): a heading without text
 */
GtkWidget *
semio_timeline_header_new (SemioAxis *axis, SemioTimelineStyle *style)
{
  SemioTimelineHeader *self = g_object_new (SEMIO_TYPE_TIMELINE_HEADER, NULL);

  semio_timeline_layer_set_shared (SEMIO_TIMELINE_LAYER (self), axis, style);
  return GTK_WIDGET (self);
}

/**
 * semio_timeline_header_set_label:
 * @self: a heading
 * @label: name of the group
 */
void
semio_timeline_header_set_label (SemioTimelineHeader *self, const char *label)
{
  if (g_strcmp0 (self->label, label) == 0)
    return;
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  semio_timeline_header_reset (self);
}

/**
 * semio_timeline_header_set_expanded:
 * @self: a heading
 * @expanded: whether the group's lanes are shown
 */
void
semio_timeline_header_set_expanded (SemioTimelineHeader *self, gboolean expanded)
{
  self->expanded = expanded;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, expanded, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * semio_timeline_header_reset:
 * @self: a heading
 *
 * Drops what was laid out in the font before.
 */
void
semio_timeline_header_reset (SemioTimelineHeader *self)
{
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
