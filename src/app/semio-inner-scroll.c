/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-inner-scroll.h"

#define STEP_PX 60

static gboolean
move (GtkAdjustment *adjustment, double by_px)
{
  double before = gtk_adjustment_get_value (adjustment);

  gtk_adjustment_set_value (adjustment, before + by_px);
  return gtk_adjustment_get_value (adjustment) != before;
}

/* A scrolled window keeps every turn of the wheel for itself, also where it cannot scroll up or down. */
static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  GtkWidget *self = user_data;
  GtkWidget *page = gtk_widget_get_ancestor (gtk_widget_get_parent (self), GTK_TYPE_SCROLLED_WINDOW);
  double by_px = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL ? dy * STEP_PX : dy;

  if (dy == 0 || page == NULL
      || (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller)) & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if (!move (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self)), by_px))
    move (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page)), by_px);
  return GDK_EVENT_STOP;
}

GtkWidget *
semio_inner_scroll_new (GtkWidget *child, int max_height_px)
{
  GtkWidget *self = gtk_scrolled_window_new ();
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self), GTK_POLICY_AUTOMATIC,
                                  max_height_px > 0 ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  if (max_height_px > 0)
    gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self), max_height_px);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self), child);
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (self, wheel);
  return self;
}
