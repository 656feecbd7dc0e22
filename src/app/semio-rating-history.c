/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-history.h"

#include <glib/gi18n-lib.h>

struct _SemioRatingHistory {
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkBox *list;
  SemioRatingController *controller;
};

G_DEFINE_FINAL_TYPE (SemioRatingHistory, semio_rating_history, GTK_TYPE_POPOVER)

static char *
describe_marks (SemioMarks marks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < SEMIO_N_MARKS; i++)
    if ((marks & (1 << i)) != 0)
      g_string_append_printf (text, "%s⚑ %s", text->len > 0 ? ", " : "", semio_mark_get_label ((SemioMarks) (1 << i)));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* "3 (60 %), does not support its answer, ⚑ wrong side" */
static char *
describe_judgement (const SemioRating *rating)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *marks = describe_marks (rating->marks);

  if (rating->withdrawn)
    return g_strdup (_ ("cleared"));
  if (rating->score > 0)
    g_string_append_printf (text, "%d (%d %%)", rating->score, semio_rating_score_to_percent (rating->score));
  else if (rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    g_string_append_printf (text, _ ("cannot judge: %s"), semio_cannot_judge_get_label (rating->cannot_judge));
  else
    g_string_append (text, _ ("no score"));
  if (rating->supports == SEMIO_SUPPORTS_YES)
    g_string_append (text, _ (", supports its answer"));
  else if (rating->supports == SEMIO_SUPPORTS_NO)
    g_string_append (text, _ (", does not support its answer"));
  if (*marks != '\0')
    g_string_append_printf (text, ", %s", marks);
  if (rating->comment != NULL && *rating->comment != '\0')
    g_string_append_printf (text, "\n“%s”", rating->comment);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
build_row (const SemioRating *rating)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (rating->utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time_text = g_date_time_format (local, "%x %X");
  g_autofree char *judgement = describe_judgement (rating);
  GtkWidget *when = gtk_label_new (time_text);
  GtkWidget *what = gtk_label_new (judgement);
  GtkWidget *state = gtk_label_new (rating->current ? _ ("current") : _ ("superseded"));

  gtk_label_set_xalign (GTK_LABEL (when), 0);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (what), 40);
  gtk_widget_set_hexpand (what, TRUE);
  gtk_widget_set_valign (when, GTK_ALIGN_START);
  gtk_widget_set_valign (state, GTK_ALIGN_START);
  gtk_widget_add_css_class (when, "quiet");
  gtk_widget_add_css_class (when, "numeric");
  gtk_widget_add_css_class (state, rating->current ? "saved" : "quiet");
  gtk_box_append (GTK_BOX (row), when);
  gtk_box_append (GTK_BOX (row), what);
  gtk_box_append (GTK_BOX (row), state);
  return row;
}

static void
show_history (SemioRatingHistory *self)
{
  guint item = 0;
  SemioReview *review = semio_rating_controller_get_target (self->controller, &item);
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  if (review == NULL)
    return;
  what = semio_rating_controller_describe (self->controller, review, item);
  /* TRANSLATORS: "%s" is "Tonic · A" */
  title = g_strdup_printf (_ ("Your ratings of %s"), what);
  gtk_label_set_text (self->title, title);
  history = semio_review_get_history (review, item);
  for (guint i = 0; history != NULL && i < history->len; i++)
    gtk_box_append (self->list, build_row (g_ptr_array_index (history, i)));
  if (history == NULL || history->len == 0)
    gtk_box_append (self->list, gtk_label_new (_ ("None yet.")));
}

static void
changed_cb (SemioRatingHistory *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_history (self);
}

static void
semio_rating_history_map (GtkWidget *widget)
{
  show_history (SEMIO_RATING_HISTORY (widget));
  GTK_WIDGET_CLASS (semio_rating_history_parent_class)->map (widget);
}

static void
semio_rating_history_dispose (GObject *object)
{
  g_clear_object (&SEMIO_RATING_HISTORY (object)->controller);
  G_OBJECT_CLASS (semio_rating_history_parent_class)->dispose (object);
}

static void
semio_rating_history_class_init (SemioRatingHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_rating_history_dispose;
  GTK_WIDGET_CLASS (klass)->map = semio_rating_history_map;
}

static void
semio_rating_history_init (SemioRatingHistory *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_add_css_class (box, "rating-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
}

GtkWidget *
semio_rating_history_new (SemioRatingController *controller)
{
  SemioRatingHistory *self = g_object_new (SEMIO_TYPE_RATING_HISTORY, NULL);

  self->controller = g_object_ref (controller);
  g_signal_connect_object (controller, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
