/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-panel.h"

#include <glib/gi18n-lib.h>

#include "semio-feature-explanation.h"
#include "semio-feature-row.h"
#include "semio-tooltip.h"

struct _SemioFeaturePanel {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *summary_label;
  GtkBox *run_labels;
  GtkScrolledWindow *scroller;
  GtkBox *groups;

  GtkWidget *detail; /* one for all rows, kept here while no row holds it */
  SemioFeatureExplanation *explanation;
  SemioSeenBox *seen_box;
  SemioRatingBox *rating_box;
  GPtrArray *columns; /* of GtkSizeGroup, one a run */
  GPtrArray *rows; /* of SemioFeatureRow by feature, owned by their lists */
  SemioFeatureSet *features;
  SemioRatingController *controller;
  SemioReview *review;
  int open; /* feature whose row holds the detail, −1 none */
  gboolean scrolls_to_seen; /* not to the open row, but to what the model saw, below in it */
  guint scroll_id; /* tick that brings the open row into view once it is laid out */
  guint scroll_frames;
  gboolean had_message;
};

G_DEFINE_FINAL_TYPE (SemioFeaturePanel, semio_feature_panel, GTK_TYPE_WIDGET)

enum { SIGNAL_CHOOSE, SIGNAL_SEGMENT_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
row_activated_cb (SemioFeaturePanel *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0, semio_feature_row_get_feature (SEMIO_FEATURE_ROW (row)), -1);
}

static void
row_choose_cb (SemioFeaturePanel *self, guint run, SemioFeatureRow *row)
{
  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0, semio_feature_row_get_feature (row), (int) run);
}

static void
segment_chosen_cb (SemioFeaturePanel *self, int segment)
{
  g_signal_emit (self, signals[SIGNAL_SEGMENT_CHOSEN], 0, segment);
}

static SemioFeatureRow *
get_row (SemioFeaturePanel *self, int feature)
{
  return feature >= 0 && feature < (int) self->rows->len ? g_ptr_array_index (self->rows, (guint) feature) : NULL;
}

static void
show_summary (SemioFeaturePanel *self)
{
  SemioReview *review = self->review;
  guint n_features = self->features != NULL ? semio_feature_set_get_n_features (self->features) : 0;
  guint n_ratable = 0;
  guint n_open = 0;
  g_autofree char *features = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;

  for (guint i = 0; review != NULL && i < semio_review_get_n_items (review); i++)
    {
      const SemioItem *item = semio_review_get_item (review, i);

      n_ratable += semio_item_is_ratable (item);
      n_open += semio_item_is_ratable (item) && !semio_item_is_rated (item);
    }
  features = g_strdup_printf (ngettext ("%u feature", "%u features", n_features), n_features);
  if (n_ratable == 0)
    text = g_strdup (_ ("no explanations to rate"));
  else if (n_open == 0)
    /* TRANSLATORS: of the explanations of a case, when none is left to rate */
    text = g_strdup_printf (ngettext ("%u rated", "all %u rated", n_ratable), n_ratable);
  else
    /* TRANSLATORS: "31 of 40 to rate" */
    text = g_strdup_printf (_ ("%u of %u to rate"), n_open, n_ratable);
  tooltip = g_strdup_printf ("%s · %s", features, text);
  gtk_label_set_text (self->summary_label, text);
  semio_tooltip_set (GTK_WIDGET (self->summary_label), tooltip);
}

/* A long name is cut in the column; the label is the letter while names are hidden. */
static void
set_run_tooltip (GtkWidget *label, const SemioRun *run, const char *name)
{
  g_autofree char *text =
      run->notice != NULL && *run->notice != '\0' ? g_strdup_printf ("%s\n%s", name, run->notice) : g_strdup (name);

  semio_tooltip_set (label, text);
}

static void
show_runs (SemioFeaturePanel *self, SemioReview *review)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->run_labels));
  guint n_runs = review != NULL ? semio_review_get_n_runs (review) : 0;

  for (guint run = 0; run < n_runs; run++)
    {
      const SemioRun *what = semio_review_get_run (review, run);

      if (self->columns->len <= run)
        g_ptr_array_add (self->columns, gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL));
      if (child == NULL)
        {
          child = gtk_label_new (NULL);
          gtk_label_set_max_width_chars (GTK_LABEL (child), 8);
          gtk_widget_add_css_class (child, "quiet");
          gtk_widget_add_css_class (child, "run-column");
          gtk_size_group_add_widget (g_ptr_array_index (self->columns, run), child);
          gtk_box_append (self->run_labels, child);
        }
      gtk_label_set_text (GTK_LABEL (child), semio_review_get_run_label (review, run));
      /* An ellipsis is wider than a letter: a letter is never cut. */
      gtk_label_set_ellipsize (GTK_LABEL (child),
                               semio_review_are_runs_revealed (review) ? PANGO_ELLIPSIZE_START : PANGO_ELLIPSIZE_NONE);
      set_run_tooltip (child, what, semio_review_get_run_label (review, run));
      child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->run_labels, child);
      child = next;
    }
}

/* Rows grow and shrink when another opens: where they stand is known a frame or two later. */
static gboolean
scroll_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  SemioFeaturePanel *self = SEMIO_FEATURE_PANEL (widget);
  GtkWidget *target = self->scrolls_to_seen ? GTK_WIDGET (self->seen_box) : GTK_WIDGET (get_row (self, self->open));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t bounds;

  if (target != NULL && gtk_widget_compute_bounds (target, GTK_WIDGET (self->groups), &bounds))
    {
      double margin_px = 40;
      double page_px = gtk_adjustment_get_page_size (adjustment);
      double top_px = MAX (bounds.origin.y - margin_px, 0);
      double bottom_px = bounds.origin.y + bounds.size.height + margin_px;

      if (bottom_px - top_px > page_px)
        {
          top_px = bounds.origin.y;
          bottom_px = MIN (bounds.origin.y + bounds.size.height, top_px + page_px);
        }
      gtk_adjustment_clamp_page (adjustment, top_px, bottom_px);
    }
  if (++self->scroll_frames < 3)
    return G_SOURCE_CONTINUE;
  self->scroll_id = 0;
  return G_SOURCE_REMOVE;
}

static void
scroll_soon (SemioFeaturePanel *self, gboolean to_seen)
{
  self->scroll_frames = 0;
  self->scrolls_to_seen = to_seen;
  if (self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_cb, NULL, NULL);
}

static void
scroll_to_open (SemioFeaturePanel *self)
{
  scroll_soon (self, FALSE);
}

static void
seen_opened_cb (SemioFeaturePanel *self)
{
  scroll_soon (self, TRUE);
}

/* Only one feature is open; its row holds the detail. */
static void
open_feature (SemioFeaturePanel *self, int feature, int run)
{
  SemioFeatureRow *before = get_row (self, self->open);
  SemioFeatureRow *after = get_row (self, feature);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean keeps_focus = focus != NULL && gtk_widget_is_ancestor (focus, self->detail);

  if (before != NULL && before != after)
    {
      semio_feature_row_set_detail (before, NULL);
      semio_feature_row_refresh (before, -1);
    }
  self->open = after != NULL ? feature : -1;
  if (after == NULL)
    return;
  semio_feature_row_set_detail (after, self->detail);
  semio_feature_row_refresh (after, run);
  /* Who works by Tab stays on the same control of the next feature. */
  if (keeps_focus && gtk_root_get_focus (root) != focus)
    gtk_widget_grab_focus (focus);
}

static void
selected_cb (SemioFeaturePanel *self)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);
  int feature = item != NULL ? (int) item->key.feature : -1;
  gboolean moved = feature != self->open;

  open_feature (self, feature, item != NULL ? (int) item->run : -1);
  if (item != NULL)
    semio_feature_explanation_refresh (self->explanation, self->controller);
  semio_seen_box_refresh (self->seen_box);
  if (moved)
    scroll_to_open (self);
}

/* A message takes room of its own: what it pushed out of view comes back. */
static void
changed_cb (SemioFeaturePanel *self)
{
  gboolean has_message = semio_rating_controller_get_message (self->controller) != NULL;

  if (has_message && !self->had_message)
    scroll_to_open (self);
  self->had_message = has_message;
}

static void
semio_feature_panel_dispose (GObject *object)
{
  SemioFeaturePanel *self = SEMIO_FEATURE_PANEL (object);

  if (self->scroll_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->scroll_id);
  self->scroll_id = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->detail);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  g_clear_object (&self->review);
  g_clear_object (&self->controller);
  G_OBJECT_CLASS (semio_feature_panel_parent_class)->dispose (object);
}

static void
semio_feature_panel_class_init (SemioFeaturePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_feature_panel_dispose;
  signals[SIGNAL_CHOOSE] =
      g_signal_new ("choose", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[SIGNAL_SEGMENT_CHOSEN] =
      g_signal_new ("segment-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-feature-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioFeaturePanel, box);
  gtk_widget_class_bind_template_child (widget_class, SemioFeaturePanel, summary_label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeaturePanel, run_labels);
  gtk_widget_class_bind_template_child (widget_class, SemioFeaturePanel, scroller);
  gtk_widget_class_bind_template_child (widget_class, SemioFeaturePanel, groups);
}

static void
semio_feature_panel_init (SemioFeaturePanel *self)
{
  self->open = -1;
  self->rows = g_ptr_array_new ();
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_feature_panel_new (SemioRatingController *controller)
{
  SemioFeaturePanel *self = g_object_new (SEMIO_TYPE_FEATURE_PANEL, NULL);

  self->controller = g_object_ref (controller);
  self->detail = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  self->explanation = SEMIO_FEATURE_EXPLANATION (semio_feature_explanation_new ());
  self->seen_box = SEMIO_SEEN_BOX (semio_seen_box_new (controller));
  self->rating_box = SEMIO_RATING_BOX (semio_rating_box_new (controller));
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->explanation));
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->rating_box));
  gtk_box_append (GTK_BOX (self->detail), GTK_WIDGET (self->seen_box));
  g_signal_connect_object (self->explanation, "segment-chosen", G_CALLBACK (segment_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->seen_box, "opened", G_CALLBACK (seen_opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static GtkListBox *
build_group (SemioFeaturePanel *self, const char *label)
{
  GtkWidget *heading = gtk_label_new (label);
  GtkWidget *list = gtk_list_box_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "group-heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->groups, heading);
  gtk_box_append (self->groups, list);
  return GTK_LIST_BOX (list);
}

void
semio_feature_panel_set_features (SemioFeaturePanel *self, SemioFeatureSet *features)
{
  GtkWidget *child = NULL;

  if (self->features == features)
    return;
  open_feature (self, -1, -1);
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  g_clear_pointer (&self->features, semio_feature_set_unref);
  if (features == NULL)
    return;

  self->features = semio_feature_set_ref (features);
  g_ptr_array_set_size (self->rows, (int) semio_feature_set_get_n_features (features));
  for (guint group = 0; group < semio_feature_set_get_n_groups (features); group++)
    {
      GtkListBox *list = build_group (self, semio_feature_set_get_group (features, group)->label);

      for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
        {
          const SemioFeature *feature = semio_feature_set_get (features, i);
          GtkWidget *row = NULL;

          if (feature->group != group)
            continue;
          row = semio_feature_row_new (i, feature->label, feature->definition);
          g_signal_connect_object (row, "choose", G_CALLBACK (row_choose_cb), self, G_CONNECT_SWAPPED);
          gtk_list_box_append (list, row);
          self->rows->pdata[i] = row;
        }
    }
}

void
semio_feature_panel_set_review (SemioFeaturePanel *self, SemioReview *review)
{
  g_set_object (&self->review, review);
  open_feature (self, -1, -1);
  show_runs (self, review);
  for (guint i = 0; i < self->rows->len; i++)
    semio_feature_row_set_review (g_ptr_array_index (self->rows, i), review, self->columns);
  show_summary (self);
}

void
semio_feature_panel_refresh (SemioFeaturePanel *self, int feature)
{
  const SemioItem *item = semio_rating_controller_get_selected_item (self->controller);

  for (int i = 0; i < (int) self->rows->len; i++)
    if (feature < 0 || feature == i)
      semio_feature_row_refresh (g_ptr_array_index (self->rows, (guint) i),
                                 item != NULL && (int) item->key.feature == i ? (int) item->run : -1);
  if (feature < 0)
    show_runs (self, self->review);
  if (item != NULL && (feature < 0 || feature == (int) item->key.feature))
    {
      semio_feature_explanation_refresh (self->explanation, self->controller);
      semio_seen_box_refresh (self->seen_box);
    }
  show_summary (self);
}

SemioRatingBox *
semio_feature_panel_get_rating_box (SemioFeaturePanel *self)
{
  return self->rating_box;
}

SemioSeenBox *
semio_feature_panel_get_seen_box (SemioFeaturePanel *self)
{
  return self->seen_box;
}
