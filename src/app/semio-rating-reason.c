/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-reason.h"

#include <glib/gi18n-lib.h>

#include "semio-key-map.h"

#define N_REASONS (SEMIO_N_CANNOT_JUDGE - 1)

struct _SemioRatingReason {
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkButton *buttons[N_REASONS];
  SemioRatingController *controller;
};

G_DEFINE_FINAL_TYPE (SemioRatingReason, semio_rating_reason, GTK_TYPE_POPOVER)

static void
choose (SemioRatingReason *self, int index)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  semio_rating_controller_cannot_judge (self->controller, (SemioCannotJudge) (index + 1));
}

static void
clicked_cb (SemioRatingReason *self, GtkButton *button)
{
  for (int i = 0; i < N_REASONS; i++)
    if (self->buttons[i] == button)
      choose (self, i);
}

static gboolean
key_pressed_cb (SemioRatingReason *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  int digit = semio_key_map_get_digit (keycode);

  if (digit >= 1 && digit <= N_REASONS)
    {
      choose (self, digit - 1);
      return GDK_EVENT_STOP;
    }
  if (gdk_keyval_to_lower (keyval) == GDK_KEY_x)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
semio_rating_reason_map (GtkWidget *widget)
{
  SemioRatingReason *self = SEMIO_RATING_REASON (widget);
  SemioReview *review = semio_rating_controller_get_review (self->controller);
  int item = semio_rating_controller_get_selected (self->controller);
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;

  if (review != NULL && item >= 0)
    {
      what = semio_rating_controller_describe (self->controller, review, (guint) item);
      /* TRANSLATORS: "%s" is "Tonic · A" */
      title = g_strdup_printf (_ ("Why can %s not be judged?"), what);
      gtk_label_set_text (self->title, title);
    }
  GTK_WIDGET_CLASS (semio_rating_reason_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[0]));
}

static void
semio_rating_reason_dispose (GObject *object)
{
  g_clear_object (&SEMIO_RATING_REASON (object)->controller);
  G_OBJECT_CLASS (semio_rating_reason_parent_class)->dispose (object);
}

static void
semio_rating_reason_class_init (SemioRatingReasonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_rating_reason_dispose;
  GTK_WIDGET_CLASS (klass)->map = semio_rating_reason_map;
}

static void
semio_rating_reason_init (SemioRatingReason *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->title), 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  for (int i = 0; i < N_REASONS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d   %s", i + 1, semio_cannot_judge_get_label ((SemioCannotJudge) (i + 1)));

      self->buttons[i] = GTK_BUTTON (gtk_button_new_with_label (label));
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (self->buttons[i])), 0);
      gtk_widget_add_css_class (GTK_WIDGET (self->buttons[i]), "flat");
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->buttons[i]));
    }
  gtk_widget_add_css_class (box, "rating-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
semio_rating_reason_new (SemioRatingController *controller)
{
  SemioRatingReason *self = g_object_new (SEMIO_TYPE_RATING_REASON, NULL);

  self->controller = g_object_ref (controller);
  return GTK_WIDGET (self);
}
