/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-rating-box.h"

#include <glib/gi18n-lib.h>

#include "semio-rating-comment.h"
#include "semio-rating-history.h"
#include "semio-rating-marks.h"
#include "semio-rating-reason.h"
#include "semio-timing.h"
#include "semio-tooltip.h"
#include "semio-wrap-layout.h"

#define N_SCORES 5

struct _SemioRatingBox {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkBox *scale;
  GtkLabel *anchor_label;
  GtkLabel *saved_label;
  GtkWidget *target_box;
  GtkLabel *target_label;
  GtkLabel *target_saved_label;
  GtkBox *buttons;
  GtkButton *supports_button;
  GtkLabel *supports_label;
  GtkMenuButton *marks_button;
  GtkLabel *marks_label;
  GtkMenuButton *comment_button;
  GtkLabel *comment_label;
  GtkMenuButton *reason_button;
  GtkLabel *reason_label;
  GtkMenuButton *history_button;
  GtkWidget *message_box;
  GtkLabel *message_label;
  GtkWidget *person_button;
  GtkToggleButton *scores[N_SCORES];

  SemioRatingController *controller;
  GtkWidget *focus; /* (nullable) weak: who had it before a popover opened */
  gboolean focus_was_visible;
  guint restore_id;
};

G_DEFINE_FINAL_TYPE (SemioRatingBox, semio_rating_box, GTK_TYPE_WIDGET)

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (widget), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (widget), name);
}

static void
set_name (gpointer widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Announcements are label changes: only a real change is one. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static const SemioRating *
get_standing (const SemioItem *item)
{
  return item != NULL && item->rating != NULL && !item->rating->withdrawn ? item->rating : NULL;
}

static void
score_clicked_cb (SemioRatingBox *self, GtkToggleButton *button)
{
  for (int i = 0; i < N_SCORES; i++)
    if (self->scores[i] == button)
      semio_rating_controller_rate (self->controller, i + 1, FALSE);
}

static GtkToggleButton *
build_score (SemioRatingBox *self, int score)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *digit = g_strdup_printf ("%d", score);
  g_autofree char *percent = g_strdup_printf (_ ("%d %%"), semio_rating_score_to_percent (score));
  /* TRANSLATORS: name of a button: score, percent, the words of the anchor */
  g_autofree char *name = g_strdup_printf (_ ("Rate %d, %s: %s"), score, percent, semio_rating_get_anchor (score));
  GtkWidget *digit_label = gtk_label_new (digit);
  GtkWidget *percent_label = gtk_label_new (percent);

  gtk_widget_add_css_class (digit_label, "score-digit");
  gtk_widget_add_css_class (percent_label, "score-percent");
  gtk_box_append (GTK_BOX (box), digit_label);
  gtk_box_append (GTK_BOX (box), percent_label);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "score-button");
  gtk_widget_set_focus_on_click (button, FALSE);
  semio_tooltip_set (button, semio_rating_get_anchor (score));
  set_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (score_clicked_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (button);
}

static void
refresh_scale (SemioRatingBox *self, const SemioItem *item)
{
  const SemioRating *rating = get_standing (item);
  int score = rating != NULL ? rating->score : 0;
  g_autofree char *text = NULL;

  for (int i = 0; i < N_SCORES; i++)
    gtk_toggle_button_set_active (self->scores[i], i + 1 == score);
  if (item != NULL && item->has_conflict)
    text = g_strdup (_ ("Two ratings of yours stand here. Rating again settles it."));
  else if (score > 0)
    text = g_strdup_printf ("%d — %s", score, semio_rating_get_anchor (score));
  else if (rating != NULL && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET)
    text = g_strdup_printf (_ ("Cannot judge: %s"), semio_cannot_judge_get_label (rating->cannot_judge));
  else if (item != NULL && !semio_item_is_ratable (item))
    text = g_strdup (_ ("Nothing to rate: no explanation was given."));
  else
    text = g_strdup (_ ("1 to 5 rates and goes on; with Shift it stays."));
  set_text (self->anchor_label, text);
  set_class (self->anchor_label, "quiet", rating == NULL);
}

static void
refresh_supports (SemioRatingBox *self, const SemioRating *rating)
{
  SemioSupports supports = rating != NULL ? rating->supports : SEMIO_SUPPORTS_UNSET;
  const char *text = _ ("Supports?");
  const char *name = _ ("Does it support its answer? Not said");

  if (supports == SEMIO_SUPPORTS_YES)
    {
      text = _ ("✓ Supports");
      name = _ ("It supports its answer");
    }
  else if (supports == SEMIO_SUPPORTS_NO)
    {
      text = _ ("✗ Does not");
      name = _ ("It does not support its answer");
    }
  set_text (self->supports_label, text);
  set_class (self->supports_button, "chosen", supports == SEMIO_SUPPORTS_YES);
  set_class (self->supports_button, "against", supports == SEMIO_SUPPORTS_NO);
  semio_tooltip_set (GTK_WIDGET (self->supports_button), _ ("Does the explanation support its answer? (S)"));
  set_name (self->supports_button, name);
}

static void
refresh_marks (SemioRatingBox *self, const SemioRating *rating)
{
  SemioMarks marks = rating != NULL ? rating->marks : 0;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  guint n_marks = 0;

  for (int i = 0; i < SEMIO_N_MARKS; i++)
    if ((marks & (1 << i)) != 0)
      {
        g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", semio_mark_get_label ((SemioMarks) (1 << i)));
        n_marks++;
      }
  if (n_marks == 1)
    text = g_strdup_printf ("⚑ %s", all->str);
  else if (n_marks > 1)
    text = g_strdup_printf (ngettext ("⚑ %u error", "⚑ %u errors", n_marks), n_marks);
  else
    text = g_strdup (_ ("Errors"));
  name = n_marks > 0 ? g_strdup_printf (_ ("Error marks: %s"), all->str) : g_strdup (_ ("Error marks: none"));
  set_text (self->marks_label, text);
  set_class (self->marks_button, "flagged", n_marks > 0);
  semio_tooltip_set (GTK_WIDGET (self->marks_button), name);
  set_name (self->marks_button, name);
}

static void
refresh_comment (SemioRatingBox *self, const SemioItem *item, const SemioRating *rating)
{
  const char *text = _ ("Comment");
  const char *comment = rating != NULL ? rating->comment : NULL;
  g_autofree char *name = NULL;
  gboolean has_draft = item != NULL && item->draft != NULL && *item->draft != '\0';
  gboolean has_comment = comment != NULL && *comment != '\0';

  if (has_draft)
    text = _ ("Draft…");
  else if (has_comment)
    text = _ ("✎ Comment");
  if (has_draft)
    name = g_strdup_printf (_ ("Unfinished comment: %s"), item->draft);
  else
    name = has_comment ? g_strdup_printf (_ ("Comment: %s"), comment) : g_strdup (_ ("Comment: none"));
  set_text (self->comment_label, text);
  set_class (self->comment_button, "chosen", has_comment && !has_draft);
  set_class (self->comment_button, "flagged", has_draft);
  semio_tooltip_set (GTK_WIDGET (self->comment_button), name);
  set_name (self->comment_button, name);
}

static void
refresh_reason (SemioRatingBox *self, const SemioRating *rating)
{
  gboolean unsure = rating != NULL && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET;
  g_autofree char *name = NULL;

  if (unsure)
    name = g_strdup_printf (_ ("Cannot judge: %s"), semio_cannot_judge_get_label (rating->cannot_judge));
  else
    name = g_strdup (_ ("Cannot judge, with a reason"));
  set_class (self->reason_button, "chosen", unsure);
  semio_tooltip_set (GTK_WIDGET (self->reason_button), name);
  set_name (self->reason_button, name);
}

/* The tick stands where the judgement is that it speaks of. */
static void
refresh_target (SemioRatingBox *self)
{
  gboolean elsewhere = semio_rating_controller_is_target_elsewhere (self->controller);
  const char *tick = _ ("✓ Saved");
  const SemioItem *selected = semio_rating_controller_get_selected_item (self->controller);
  gboolean is_saved = !semio_rating_controller_is_busy (self->controller) && get_standing (selected) != NULL;
  guint item = 0;
  SemioReview *review = semio_rating_controller_get_target (self->controller, &item);
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  if (is_saved && *gtk_label_get_text (self->saved_label) == '\0')
    semio_timing_mark_painted (GTK_WIDGET (self), "rating tick painted");
  set_text (self->saved_label, is_saved ? tick : "");
  gtk_widget_set_visible (self->target_box, elsewhere);
  if (!elsewhere || review == NULL)
    return;
  what = semio_rating_controller_describe (self->controller, review, item);
  /* TRANSLATORS: keys and what they act on: "S, E, C and H are still for Tonic · A" */
  text = g_strdup_printf (_ ("S, E, C and H are still for %s"), what);
  set_text (self->target_label, text);
  set_text (self->target_saved_label, semio_rating_controller_is_saved (self->controller) ? tick : "");
}

static void
refresh_message (SemioRatingBox *self)
{
  const char *obstacle = semio_rating_controller_get_obstacle (self->controller);
  const char *message = semio_rating_controller_get_message (self->controller);
  SemioStudy *study = semio_rating_controller_get_study (self->controller);
  const char *text = message != NULL ? message : obstacle;
  gboolean nobody = study != NULL && !semio_study_is_read_only (study) && semio_study_get_person (study) == NULL;

  gtk_widget_set_visible (self->message_box, text != NULL);
  gtk_widget_set_visible (self->person_button, nobody);
  set_text (self->message_label, text != NULL ? text : "");
}

static void
refresh (SemioRatingBox *self)
{
  const SemioItem *selected = semio_rating_controller_get_selected_item (self->controller);
  const SemioItem *target = semio_rating_controller_get_target_item (self->controller);
  const SemioRating *rating = get_standing (target);
  gboolean free = semio_rating_controller_get_obstacle (self->controller) == NULL;

  refresh_scale (self, selected);
  refresh_supports (self, rating);
  refresh_marks (self, rating);
  refresh_comment (self, target, rating);
  refresh_reason (self, get_standing (selected));
  refresh_target (self);
  refresh_message (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), free && selected != NULL && semio_item_is_ratable (selected));
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), free && target != NULL);
}

static gboolean
restore_focus_cb (gpointer user_data)
{
  SemioRatingBox *self = SEMIO_RATING_BOX (user_data);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->restore_id = 0;
  if (!GTK_IS_WINDOW (root))
    return G_SOURCE_REMOVE;
  gtk_window_set_focus (GTK_WINDOW (root), self->focus != NULL && gtk_widget_get_mapped (self->focus) ? self->focus : NULL);
  gtk_window_set_focus_visible (GTK_WINDOW (root), self->focus_was_visible && self->focus != NULL);
  return G_SOURCE_REMOVE;
}

/* A popover that a key opened gives the focus back: left on its button, it would take Space and Enter from the page. Who
 * came there by Tab stays there. */
static void
popover_visible_cb (SemioRatingBox *self, GParamSpec *pspec, GtkWidget *popover)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  if (gtk_widget_get_visible (popover))
    {
      self->focus_was_visible = gtk_window_get_focus_visible (GTK_WINDOW (root));
      g_set_weak_pointer (&self->focus, gtk_window_get_focus (GTK_WINDOW (root)));
    }
  else if (self->restore_id == 0)
    self->restore_id = g_idle_add (restore_focus_cb, self);
}

static void
add_popover (SemioRatingBox *self, GtkMenuButton *button, GtkWidget *popover)
{
  gtk_menu_button_set_popover (button, popover);
  g_signal_connect_object (popover, "notify::visible", G_CALLBACK (popover_visible_cb), self, G_CONNECT_SWAPPED);
}

static void
semio_rating_box_dispose (GObject *object)
{
  SemioRatingBox *self = SEMIO_RATING_BOX (object);

  g_clear_handle_id (&self->restore_id, g_source_remove);
  g_clear_weak_pointer (&self->focus);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (semio_rating_box_parent_class)->dispose (object);
}

static void
semio_rating_box_class_init (SemioRatingBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_rating_box_dispose;
  g_type_ensure (SEMIO_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-rating-box.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, box);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, scale);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, anchor_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, saved_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, target_box);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, target_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, target_saved_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, buttons);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, supports_button);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, supports_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, marks_button);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, marks_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, comment_button);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, comment_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, reason_button);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, reason_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, history_button);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, message_box);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, message_label);
  gtk_widget_class_bind_template_child (widget_class, SemioRatingBox, person_button);
}

static void
semio_rating_box_init (SemioRatingBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int i = 0; i < N_SCORES; i++)
    {
      self->scores[i] = build_score (self, i + 1);
      gtk_box_append (self->scale, GTK_WIDGET (self->scores[i]));
    }
}

GtkWidget *
semio_rating_box_new (SemioRatingController *controller)
{
  SemioRatingBox *self = g_object_new (SEMIO_TYPE_RATING_BOX, NULL);

  self->controller = g_object_ref (controller);
  add_popover (self, self->marks_button, semio_rating_marks_new (controller));
  add_popover (self, self->comment_button, semio_rating_comment_new (controller));
  add_popover (self, self->reason_button, semio_rating_reason_new (controller));
  add_popover (self, self->history_button, semio_rating_history_new (controller));
  g_signal_connect_object (controller, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return GTK_WIDGET (self);
}

static void
open_menu (SemioRatingBox *self, GtkMenuButton *button)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (button)) && gtk_widget_get_mapped (GTK_WIDGET (button)))
    gtk_menu_button_popup (button);
}

void
semio_rating_box_open_marks (SemioRatingBox *self)
{
  open_menu (self, self->marks_button);
}

void
semio_rating_box_open_comment (SemioRatingBox *self)
{
  open_menu (self, self->comment_button);
}

void
semio_rating_box_open_reason (SemioRatingBox *self)
{
  open_menu (self, self->reason_button);
}

void
semio_rating_box_open_history (SemioRatingBox *self)
{
  open_menu (self, self->history_button);
}

void
semio_rating_box_close_all (SemioRatingBox *self)
{
  gtk_menu_button_popdown (self->marks_button);
  gtk_menu_button_popdown (self->comment_button);
  gtk_menu_button_popdown (self->reason_button);
  gtk_menu_button_popdown (self->history_button);
}
