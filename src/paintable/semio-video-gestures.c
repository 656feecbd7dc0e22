/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-video-gestures.h"

#include <math.h>

#define LENS_STEP 0.25
/* A click that trembles moves nothing. */
#define DRAG_BEGIN_PX 4

/* What a gesture that goes on is measured from. */
typedef struct {
  SemioVideoView *view; /* owns the gestures, so it outlives them */
  double x, y; /* where the pointer is */
  double pinch_began; /* zoom */
  double drag_x, drag_y; /* how far the drag was followed */
  gboolean drags;
} SemioVideoGestures;

/* A mouse's wheel zooms, as in a viewer of pictures: there is nothing to scroll. Two fingers move what is zoomed. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, gpointer user_data)
{
  SemioVideoGestures *self = user_data;
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  gboolean with_control = (gtk_event_controller_get_current_event_state (controller) & GDK_CONTROL_MASK) != 0;
  double zoom = semio_video_view_get_zoom (self->view);

  if (semio_video_view_get_lens_shown (self->view))
    semio_video_view_set_lens (self->view, semio_video_view_get_lens (self->view) - dy * LENS_STEP);
  else if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE && !with_control)
    semio_video_view_pan (self->view, -dx, -dy);
  else if (gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE)
    semio_video_view_zoom_about (self->view, zoom * pow (SEMIO_PICTURE_ZOOM_STEP, -dy / 20), self->x, self->y);
  else
    semio_video_view_zoom_about (self->view, zoom * pow (SEMIO_PICTURE_ZOOM_STEP, -dy), self->x, self->y);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  SemioVideoGestures *self = user_data;

  self->pinch_began = semio_video_view_get_zoom (self->view);
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, gpointer user_data)
{
  SemioVideoGestures *self = user_data;
  double x = self->x, y = self->y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  semio_video_view_zoom_about (self->view, self->pinch_began * scale, x, y);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  SemioVideoGestures *self = user_data;

  self->drag_x = self->drag_y = 0;
  self->drags = FALSE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  SemioVideoGestures *self = user_data;

  if (semio_video_view_get_zoom (self->view) <= 1)
    return;
  if (!self->drags && ABS (dx) < DRAG_BEGIN_PX && ABS (dy) < DRAG_BEGIN_PX)
    return;
  if (!self->drags)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drags = TRUE;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view), "grabbing");
  semio_video_view_pan (self->view, dx - self->drag_x, dy - self->drag_y);
  self->drag_x = dx;
  self->drag_y = dy;
}

static void
show_cursor (SemioVideoGestures *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view), semio_video_view_get_zoom (self->view) > 1 ? "grab" : NULL);
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  show_cursor (user_data);
}

static void
zoom_cb (SemioVideoView *view, GParamSpec *pspec, gpointer user_data)
{
  show_cursor (user_data);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, gpointer user_data)
{
  SemioVideoGestures *self = user_data;

  self->x = x;
  self->y = y;
  semio_video_view_set_pointer (self->view, TRUE, x, y);
}

static void
leave_cb (GtkEventControllerMotion *motion, gpointer user_data)
{
  SemioVideoGestures *self = user_data;

  semio_video_view_set_pointer (self->view, FALSE, self->x, self->y);
}

/**
 * semio_video_gestures_add:
 * @view: a view
 *
 * What it makes goes with the view.
 */
void
semio_video_gestures_add (SemioVideoView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  SemioVideoGestures *self = g_new0 (SemioVideoGestures, 1);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->view = view;
  g_object_set_data_full (G_OBJECT (view), "semio-video-gestures", self, g_free);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (view, "notify::zoom", G_CALLBACK (zoom_cb), self);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
}
