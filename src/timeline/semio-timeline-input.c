/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-timeline-input.h"

#include <math.h>

#include "semio-prediction.h"
#include "semio-zoom-glide.h"

/* Less than this is a click by an unsteady hand. */
#define DRAG_THRESHOLD_PX 4
#define WHEEL_ZOOM 1.25
#define SMOOTH_ZOOM 1.006
/* This near to an end of the selection the pointer takes it. */
#define EDGE_GRAB_PX 5
/* One notch of the wheel moves by this share of the width. */
#define WHEEL_PAN_SHARE 0.1

typedef enum {
  DRAG_NONE,
  DRAG_SEEK,
  DRAG_SELECT,
} DragKind;

struct _SemioTimelineInput {
  GObject parent_instance;
  GtkWidget *timeline; /* owns this object */
  SemioAxis *axis;
  SemioTimelineStyle *style;
  GtkWidget *area; /* where lanes are seen */
  SemioTimelineList *list;
  SemioHoverLayer *hover;
  SemioTimelineSelection *selection;
  SemioZoomGlide *glide;
  double pointer_x; /* in the widget's coordinates */
  DragKind drag;
  gboolean moved;
  gint64 anchor_ns; /* the end of the selection that stays */
  double pinch_scale;
};

enum {
  SIGNAL_SEEK,
  SIGNAL_ACTIVATE_CELL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemioTimelineInput, semio_timeline_input, G_TYPE_OBJECT)

static double
to_track (SemioTimelineInput *self, double x)
{
  return x - semio_timeline_style_get_label_width (self->style);
}

static void
emit_seek (SemioTimelineInput *self, double x, gboolean final)
{
  double width_px = semio_axis_get_width (self->axis);

  g_signal_emit (self, signals[SIGNAL_SEEK], 0, semio_axis_x_to_time (self->axis, CLAMP (to_track (self, x), 0, width_px)),
                 final);
}

/* The lane under a point of the timeline, and the point in that lane's coordinates. */
static SemioTimelineLane *
find_lane (SemioTimelineInput *self, double x, double y, double *lane_x, double *lane_y)
{
  double list_x, list_y, view_x, view_y;
  SemioTimelineLane *lane;

  if (!gtk_widget_translate_coordinates (self->timeline, self->area, x, y, &view_x, &view_y)
      || !gtk_widget_contains (self->area, view_x, view_y))
    return NULL;
  if (!gtk_widget_translate_coordinates (self->timeline, GTK_WIDGET (self->list), x, y, &list_x, &list_y))
    return NULL;
  lane = semio_timeline_list_get_lane_at (self->list, list_y);
  if (lane == NULL
      || !gtk_widget_translate_coordinates (GTK_WIDGET (self->list), GTK_WIDGET (lane), list_x, list_y, lane_x, lane_y))
    return NULL;
  return lane;
}

static void
activate_at (SemioTimelineInput *self, double x, double y)
{
  double lane_x, lane_y;
  SemioTimelineLane *lane = find_lane (self, x, y, &lane_x, &lane_y);
  SemioLaneHit hit;
  int run, segment;

  if (lane == NULL)
    return;
  hit = semio_timeline_lane_hit (lane, lane_x, lane_y);
  run = hit.run != NULL ? (int) hit.run->run : -1;
  segment = hit.answer != NULL ? hit.answer->segment : SEMIO_SEGMENT_WHOLE;
  g_signal_emit (self, signals[SIGNAL_ACTIVATE_CELL], 0, (int) semio_timeline_lane_get_lane (lane)->feature, run, segment);
}

/* The end of the selection under a point of the ruler, as the time of the other end; FALSE for none. */
static gboolean
find_edge (SemioTimelineInput *self, double x, double y, gint64 *other_ns)
{
  double begin_px, end_px, track_x = to_track (self, x);
  SemioSpan span;

  if (y > semio_timeline_style_get_ruler_height (self->style) || !semio_timeline_selection_get (self->selection, &span))
    return FALSE;
  begin_px = fabs (semio_axis_time_to_x (self->axis, span.begin_ns) - track_x);
  end_px = fabs (semio_axis_time_to_x (self->axis, span.end_ns) - track_x);
  if (MIN (begin_px, end_px) > EDGE_GRAB_PX)
    return FALSE;
  *other_ns = end_px <= begin_px ? span.begin_ns : span.end_ns;
  return TRUE;
}

static gint64
get_time (SemioTimelineInput *self, double x)
{
  return semio_axis_x_to_time (self->axis, CLAMP (to_track (self, x), 0, semio_axis_get_width (self->axis)));
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  self->moved = FALSE;
  self->drag = DRAG_NONE;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (to_track (self, x) < 0)
    return;
  if (find_edge (self, x, y, &self->anchor_ns))
    self->drag = DRAG_SELECT;
  else if ((state & GDK_SHIFT_MASK) != 0)
    {
      self->drag = DRAG_SELECT;
      self->anchor_ns = get_time (self, x);
    }
  else
    {
      /* Until the pointer moves it rests. */
      self->drag = DRAG_SEEK;
      emit_seek (self, x, TRUE);
    }
}

static void
drag_update_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  double x, y;

  if (fabs (offset_x) > DRAG_THRESHOLD_PX || fabs (offset_y) > DRAG_THRESHOLD_PX)
    self->moved = TRUE;
  if (self->drag == DRAG_NONE || !self->moved || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  semio_hover_layer_set_x (self->hover, CLAMP (to_track (self, x + offset_x), 0, semio_axis_get_width (self->axis)));
  if (self->drag == DRAG_SELECT)
    semio_timeline_selection_set (self->selection, self->anchor_ns, get_time (self, x + offset_x));
  else
    emit_seek (self, x + offset_x, FALSE);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double offset_x, double offset_y, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  DragKind drag = self->drag;
  double x, y;

  self->drag = DRAG_NONE;
  if (!gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (drag == DRAG_SELECT)
    {
      if (!self->moved)
        semio_timeline_selection_extend (self->selection, get_time (self, x));
      return;
    }
  if (drag == DRAG_SEEK && self->moved)
    emit_seek (self, x + offset_x, TRUE);
  if (!self->moved)
    activate_at (self, x, y);
}

static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  SEMIO_TIMELINE_INPUT (user_data)->drag = DRAG_NONE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  double lane_x, lane_y;
  SemioTimelineLane *lane;
  SemioSpan span;

  if (n_press != 2 || to_track (self, x) < 0)
    return;
  lane = find_lane (self, x, y, &lane_x, &lane_y);
  if (lane != NULL && semio_timeline_lane_get_span_at (lane, lane_x, lane_y, &span))
    semio_timeline_selection_set (self->selection, span.begin_ns, span.end_ns);
}

static void
update_cursor (SemioTimelineInput *self, double x, double y)
{
  gint64 other_ns;

  gtk_widget_set_cursor_from_name (self->timeline, find_edge (self, x, y, &other_ns) ? "col-resize" : NULL);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);

  double view_x, view_y;

  self->pointer_x = x;
  /* The strip below the lanes has another scale. */
  if (gtk_widget_translate_coordinates (self->timeline, self->area, x, y, &view_x, &view_y)
      && view_y >= gtk_widget_get_height (self->area))
    {
      semio_hover_layer_set_x (self->hover, -1);
      return;
    }
  semio_hover_layer_set_x (self->hover, to_track (self, x));
  if (self->drag == DRAG_NONE)
    update_cursor (self, x, y);
}

static void
leave_cb (GtkEventControllerMotion *controller, gpointer user_data)
{
  semio_hover_layer_set_x (SEMIO_TIMELINE_INPUT (user_data)->hover, -1);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  gboolean smooth = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;
  double step_px = smooth ? 1 : WHEEL_PAN_SHARE * semio_axis_get_width (self->axis);

  if ((state & GDK_CONTROL_MASK) != 0)
    {
      double x = MAX (to_track (self, self->pointer_x), 0);

      /* A touchpad is smooth by itself. */
      if (smooth)
        semio_axis_zoom (self->axis, pow (SMOOTH_ZOOM, -dy), x);
      else
        semio_zoom_glide_add (self->glide, pow (WHEEL_ZOOM, -dy), x);
      return TRUE;
    }
  if ((state & GDK_SHIFT_MASK) != 0)
    {
      semio_axis_pan (self->axis, (dx + dy) * step_px);
      return TRUE;
    }
  /* A touchpad moved mostly sideways pans; the rest is left to the lanes, which scroll up and down. */
  if (fabs (dx) > fabs (dy))
    {
      semio_axis_pan (self->axis, dx * step_px);
      return TRUE;
    }
  return FALSE;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  SEMIO_TIMELINE_INPUT (user_data)->pinch_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, gpointer user_data)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (user_data);
  double x = self->pointer_x, y;

  if (scale <= 0 || self->pinch_scale <= 0)
    return;
  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  semio_axis_zoom (self->axis, scale / self->pinch_scale, MAX (to_track (self, x), 0));
  self->pinch_scale = scale;
}

static void
semio_timeline_input_dispose (GObject *object)
{
  SemioTimelineInput *self = SEMIO_TIMELINE_INPUT (object);

  g_clear_object (&self->axis);
  g_clear_object (&self->style);
  g_clear_object (&self->glide);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (semio_timeline_input_parent_class)->dispose (object);
}

static void
semio_timeline_input_class_init (SemioTimelineInputClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_timeline_input_dispose;

  signals[SIGNAL_SEEK] = g_signal_new ("seek", SEMIO_TYPE_TIMELINE_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                       G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[SIGNAL_ACTIVATE_CELL] = g_signal_new ("activate-cell", SEMIO_TYPE_TIMELINE_INPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_INT, G_TYPE_INT);
}

static void
semio_timeline_input_init (SemioTimelineInput *self)
{
  self->pinch_scale = 1;
}

static void
add_pointer (SemioTimelineInput *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  g_signal_connect_object (drag, "cancel", G_CALLBACK (drag_cancel_cb), self, 0);
  gtk_widget_add_controller (self->timeline, GTK_EVENT_CONTROLLER (drag));

  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (self->timeline, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (drag, click);

  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, 0);
  gtk_widget_add_controller (self->timeline, motion);
}

static void
add_zoom (SemioTimelineInput *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  /* Before the scrolled window, which would take Ctrl and Shift for its own. */
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, 0);
  gtk_widget_add_controller (self->timeline, scroll);

  g_signal_connect_object (pinch, "begin", G_CALLBACK (pinch_begin_cb), self, 0);
  g_signal_connect_object (pinch, "scale-changed", G_CALLBACK (pinch_cb), self, 0);
  gtk_widget_add_controller (self->timeline, GTK_EVENT_CONTROLLER (pinch));
}

/**
 * semio_timeline_input_new:
 * @timeline: the widget that is pointed at
 * @axis: what is visible
 * @style: how it looks
 * @area: where its lanes are seen, a descendant of the widget
 * @list: its lanes, inside the area
 * @hover: the line under the pointer
 * @selection: what the pointer selects
 *
 * Returns: (transfer full): an object to be dropped with the widget
 */
SemioTimelineInput *
semio_timeline_input_new (GtkWidget *timeline, SemioAxis *axis, SemioTimelineStyle *style, GtkWidget *area,
                          SemioTimelineList *list, SemioHoverLayer *hover, SemioTimelineSelection *selection)
{
  SemioTimelineInput *self = g_object_new (SEMIO_TYPE_TIMELINE_INPUT, NULL);

  self->timeline = timeline;
  self->axis = g_object_ref (axis);
  self->style = g_object_ref (style);
  self->glide = semio_zoom_glide_new (timeline, axis);
  self->area = area;
  self->list = list;
  self->hover = hover;
  self->selection = g_object_ref (selection);
  add_pointer (self);
  add_zoom (self);
  return self;
}

/**
 * semio_timeline_input_is_dragging:
 * @self: an input
 *
 * Returns: whether the pointer is down on the track
 */
gboolean
semio_timeline_input_is_dragging (SemioTimelineInput *self)
{
  return self->drag != DRAG_NONE;
}
