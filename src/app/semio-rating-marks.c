/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-marks.h"

#include <glib/gi18n-lib.h>

#include "semio-key-map.h"

struct _SemioRatingMarks {
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkCheckButton *checks[SEMIO_N_MARKS];

  SemioRatingController *controller;
  SemioReview *review; /* the item the marks are of, while open */
  guint item;
  gboolean is_showing; /* checks are being set from the item */
};

G_DEFINE_FINAL_TYPE (SemioRatingMarks, semio_rating_marks, GTK_TYPE_POPOVER)

static void
show_marks (SemioRatingMarks *self)
{
  const SemioItem *item = NULL;
  SemioMarks marks = 0;

  if (self->review == NULL || semio_rating_controller_is_busy (self->controller))
    return;
  item = semio_review_get_item (self->review, self->item);
  if (item->rating != NULL && !item->rating->withdrawn)
    marks = item->rating->marks;
  self->is_showing = TRUE;
  for (int i = 0; i < SEMIO_N_MARKS; i++)
    gtk_check_button_set_active (self->checks[i], (marks & (1 << i)) != 0);
  self->is_showing = FALSE;
}

static void
toggled_cb (SemioRatingMarks *self, GtkCheckButton *check)
{
  if (self->is_showing || self->review == NULL)
    return;
  for (int i = 0; i < SEMIO_N_MARKS; i++)
    if (self->checks[i] == check)
      semio_rating_controller_toggle_mark (self->controller, self->review, self->item, (SemioMarks) (1 << i));
}

static gboolean
key_pressed_cb (SemioRatingMarks *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  int digit = semio_key_map_get_digit (keycode);

  if (digit >= 1 && digit <= SEMIO_N_MARKS)
    {
      gtk_check_button_set_active (self->checks[digit - 1], !gtk_check_button_get_active (self->checks[digit - 1]));
      return GDK_EVENT_STOP;
    }
  if (gdk_keyval_to_lower (keyval) == GDK_KEY_e)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
semio_rating_marks_map (GtkWidget *widget)
{
  SemioRatingMarks *self = SEMIO_RATING_MARKS (widget);
  SemioReview *review = semio_rating_controller_get_target (self->controller, &self->item);
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;

  g_set_object (&self->review, review);
  if (review != NULL)
    {
      what = semio_rating_controller_describe (self->controller, review, self->item);
      /* TRANSLATORS: "%s" is "Tonic · A" */
      title = g_strdup_printf (_ ("Errors in %s"), what);
      gtk_label_set_text (self->title, title);
      show_marks (self);
    }
  GTK_WIDGET_CLASS (semio_rating_marks_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->checks[0]));
}

static void
semio_rating_marks_dispose (GObject *object)
{
  SemioRatingMarks *self = SEMIO_RATING_MARKS (object);

  g_clear_object (&self->review);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (semio_rating_marks_parent_class)->dispose (object);
}

static void
semio_rating_marks_class_init (SemioRatingMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_rating_marks_dispose;
  GTK_WIDGET_CLASS (klass)->map = semio_rating_marks_map;
}

static void
semio_rating_marks_init (SemioRatingMarks *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->title), 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  for (int i = 0; i < SEMIO_N_MARKS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d   %s", i + 1, semio_mark_get_label ((SemioMarks) (1 << i)));

      self->checks[i] = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (label));
      g_signal_connect_object (self->checks[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->checks[i]));
    }
  gtk_widget_add_css_class (box, "rating-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
semio_rating_marks_new (SemioRatingController *controller)
{
  SemioRatingMarks *self = g_object_new (SEMIO_TYPE_RATING_MARKS, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "changed", G_CALLBACK (show_marks), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
