/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-comment.h"

#include <glib/gi18n-lib.h>

struct _SemioRatingComment {
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkTextView *view;

  SemioRatingController *controller;
  SemioReview *review; /* the item the comment is on, while open */
  guint item;
  gboolean is_showing; /* the text is being set from the item */
};

G_DEFINE_FINAL_TYPE (SemioRatingComment, semio_rating_comment, GTK_TYPE_POPOVER)

static char *
get_text (SemioRatingComment *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter begin, end;

  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &begin, &end, FALSE));
}

static const char *
get_kept (SemioRatingComment *self)
{
  const SemioItem *item = semio_review_get_item (self->review, self->item);
  gboolean stands = item->rating != NULL && !item->rating->withdrawn;

  return stands && item->rating->comment != NULL ? item->rating->comment : "";
}

static void
text_changed_cb (SemioRatingComment *self)
{
  g_autofree char *text = NULL;

  if (self->is_showing || self->review == NULL)
    return;
  text = get_text (self);
  semio_study_set_draft (semio_rating_controller_get_study (self->controller), self->review, self->item, text);
}

/* Leaving the field makes one entry of what was typed, or none when nothing is new. */
static void
leave (SemioRatingComment *self)
{
  g_autofree char *text = NULL;

  if (self->review == NULL)
    return;
  text = get_text (self);
  if (g_strcmp0 (text, get_kept (self)) != 0)
    semio_rating_controller_set_comment (self->controller, self->review, self->item, *text != '\0' ? text : NULL);
  else
    semio_study_set_draft (semio_rating_controller_get_study (self->controller), self->review, self->item, NULL);
  g_clear_object (&self->review);
}

static gboolean
key_pressed_cb (SemioRatingComment *self, guint keyval, guint keycode, GdkModifierType state, GtkEventControllerKey *keys)
{
  gboolean is_enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (keyval != GDK_KEY_Escape && !(is_enter && (state & GDK_CONTROL_MASK) != 0))
    return GDK_EVENT_PROPAGATE;
  gtk_popover_popdown (GTK_POPOVER (self));
  return GDK_EVENT_STOP;
}

static void
semio_rating_comment_map (GtkWidget *widget)
{
  SemioRatingComment *self = SEMIO_RATING_COMMENT (widget);
  SemioReview *review = semio_rating_controller_get_target (self->controller, &self->item);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const SemioItem *item = NULL;
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;

  g_set_object (&self->review, review);
  if (review != NULL)
    {
      item = semio_review_get_item (review, self->item);
      what = semio_rating_controller_describe (self->controller, review, self->item);
      /* TRANSLATORS: "%s" is "Tonic · A" */
      title = g_strdup_printf (_ ("Comment on %s"), what);
      gtk_label_set_text (self->title, title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      self->is_showing = TRUE;
      gtk_text_buffer_set_text (buffer, item->draft != NULL ? item->draft : get_kept (self), -1);
      self->is_showing = FALSE;
    }
  GTK_WIDGET_CLASS (semio_rating_comment_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
semio_rating_comment_unmap (GtkWidget *widget)
{
  leave (SEMIO_RATING_COMMENT (widget));
  GTK_WIDGET_CLASS (semio_rating_comment_parent_class)->unmap (widget);
}

static void
semio_rating_comment_dispose (GObject *object)
{
  SemioRatingComment *self = SEMIO_RATING_COMMENT (object);

  g_clear_object (&self->review);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (semio_rating_comment_parent_class)->dispose (object);
}

static void
semio_rating_comment_class_init (SemioRatingCommentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_rating_comment_dispose;
  GTK_WIDGET_CLASS (klass)->map = semio_rating_comment_map;
  GTK_WIDGET_CLASS (klass)->unmap = semio_rating_comment_unmap;
}

static void
semio_rating_comment_init (SemioRatingComment *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *hint = gtk_label_new (_ ("Kept as you type; Esc closes and saves it with your rating."));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 6);
  gtk_text_view_set_bottom_margin (self->view, 6);
  gtk_text_view_set_left_margin (self->view, 8);
  gtk_text_view_set_right_margin (self->view, 8);
  gtk_widget_set_size_request (scroller, 340, 96);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "quiet");
  gtk_widget_add_css_class (hint, "small");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_add_css_class (box, "rating-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
semio_rating_comment_new (SemioRatingController *controller)
{
  SemioRatingComment *self = g_object_new (SEMIO_TYPE_RATING_COMMENT, NULL);

  self->controller = g_object_ref (controller);
  return GTK_WIDGET (self);
}
