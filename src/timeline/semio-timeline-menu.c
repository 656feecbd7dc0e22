/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of a timeline: what to zoom to, and which lanes of sound and picture are shown. */
#include <glib/gi18n-lib.h>

#include "semio-timeline-private.h"

static void
fit_event_cb (GSimpleAction *action, GVariant *target, gpointer timeline)
{
  semio_timeline_fit_event (timeline);
}

static void
fit_whole_cb (GSimpleAction *action, GVariant *target, gpointer timeline)
{
  semio_timeline_fit_whole (timeline);
}

static void
fit_selection_cb (GSimpleAction *action, GVariant *target, gpointer timeline)
{
  semio_timeline_fit_selection (timeline);
}

static void
fit_segment_cb (GSimpleAction *action, GVariant *target, gpointer timeline)
{
  semio_timeline_fit_segment (timeline);
}

static void
clear_cb (GSimpleAction *action, GVariant *target, gpointer timeline)
{
  semio_timeline_clear_selection (timeline);
}

static void
show_lane_cb (GSimpleAction *action, GVariant *state, gpointer timeline)
{
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    if (SEMIO_TIMELINE (timeline)->lane_actions[i] == action)
      semio_timeline_set_signal_shown (timeline, (SemioSignalLaneKind) i, g_variant_get_boolean (state));
  g_signal_emit_by_name (timeline, "signals-shown");
}

static GMenuModel *
create_model (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) zoom = g_menu_new ();
  g_autoptr (GMenu) lanes = g_menu_new ();

  g_menu_append (zoom, _ ("Zoom to the Event"), "timeline.fit-event");
  g_menu_append (zoom, _ ("Zoom to the Whole Recording"), "timeline.fit-whole");
  g_menu_append (zoom, _ ("Zoom to the Selection"), "timeline.fit-selection");
  g_menu_append (zoom, _ ("Zoom to the Segment"), "timeline.fit-segment");
  g_menu_append (zoom, _ ("Drop the Selection"), "timeline.clear-selection");
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("timeline.%s", semio_signal_lane_kind_get_name ((SemioSignalLaneKind) i));

      g_menu_append (lanes, semio_signal_lane_kind_get_label ((SemioSignalLaneKind) i), name);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (zoom));
  g_menu_append_section (menu, _ ("Lanes"), G_MENU_MODEL (lanes));
  return G_MENU_MODEL (menu);
}

static void
add_actions (SemioTimeline *self)
{
  static const GActionEntry entries[] = {
    { .name = "fit-event", .activate = fit_event_cb },         { .name = "fit-whole", .activate = fit_whole_cb },
    { .name = "fit-selection", .activate = fit_selection_cb }, { .name = "fit-segment", .activate = fit_segment_cb },
    { .name = "clear-selection", .activate = clear_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < SEMIO_SIGNAL_LANE_N_KINDS; i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (semio_signal_lane_kind_get_name ((SemioSignalLaneKind) i),
                                                                       NULL, g_variant_new_boolean (self->signal_shown[i]));

      g_signal_connect_object (action, "change-state", G_CALLBACK (show_lane_cb), self, 0);
      self->lane_actions[i] = action;
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "timeline", G_ACTION_GROUP (group));
}

/**
 * semio_timeline_show_menu:
 * @self: a timeline
 * @x: where it points to
 * @y: where it points to
 */
void
semio_timeline_show_menu (SemioTimeline *self, double x, double y)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = create_model ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
secondary_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer timeline)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  semio_timeline_show_menu (timeline, x, y);
}

/**
 * semio_timeline_add_menu:
 * @self: a timeline
 *
 * Once, when it is made.
 */
void
semio_timeline_add_menu (SemioTimeline *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  add_actions (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
