/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-feature-row.h"

#include <glib/gi18n-lib.h>

#include "semio-feature-chip.h"
#include "semio-tooltip.h"

/* With more runs than this side by side the chips show signs alone. */
#define MAX_WORDED_RUNS 3

struct _SemioFeatureRow {
  GtkListBoxRow parent_instance;

  GtkLabel *label;
  GtkLabel *reference_label;
  GtkBox *chips;
  GtkBox *slot;

  guint feature;
  char *title;
  SemioReview *review;
};

G_DEFINE_FINAL_TYPE (SemioFeatureRow, semio_feature_row, GTK_TYPE_LIST_BOX_ROW)

enum { SIGNAL_CHOOSE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
chip_clicked_cb (SemioFeatureRow *self, GtkWidget *chip)
{
  guint run = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "run"));

  g_signal_emit (self, signals[SIGNAL_CHOOSE], 0, run);
}

static void
refresh_reference (SemioFeatureRow *self)
{
  SemioLabel label = { 0 };
  g_autofree char *text = NULL;
  gboolean shown = semio_review_has_reference (self->review) && semio_review_is_reference_revealed (self->review);

  gtk_widget_set_visible (GTK_WIDGET (self->reference_label), shown);
  if (!shown)
    {
      gtk_label_set_text (self->reference_label, "");
      return;
    }
  label = semio_review_get_label (self->review, self->feature);
  /* TRANSLATORS: the reference's answer, short: "ref yes" */
  text = g_strdup_printf (_ ("ref %s"), semio_answer_get_label (label.answer));
  gtk_label_set_text (self->reference_label, text);
}

/* The row in a sentence: "Tonic. A: yes, rated 3. B: yes, not rated." */
static void
refresh_name (SemioFeatureRow *self, GString *sentence)
{
  const char *reference = gtk_label_get_text (self->reference_label);

  if (*reference != '\0')
    g_string_append_printf (sentence, " %s.", reference);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence->str, -1);
}

static void
semio_feature_row_dispose (GObject *object)
{
  g_clear_object (&SEMIO_FEATURE_ROW (object)->review);
  G_OBJECT_CLASS (semio_feature_row_parent_class)->dispose (object);
}

static void
semio_feature_row_finalize (GObject *object)
{
  g_free (SEMIO_FEATURE_ROW (object)->title);
  G_OBJECT_CLASS (semio_feature_row_parent_class)->finalize (object);
}

static void
semio_feature_row_class_init (SemioFeatureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_feature_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_feature_row_finalize;
  signals[SIGNAL_CHOOSE] =
      g_signal_new ("choose", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-feature-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureRow, label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureRow, reference_label);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureRow, chips);
  gtk_widget_class_bind_template_child (widget_class, SemioFeatureRow, slot);
}

static void
semio_feature_row_init (SemioFeatureRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_feature_row_new (guint feature, const char *label, const char *definition)
{
  SemioFeatureRow *self = g_object_new (SEMIO_TYPE_FEATURE_ROW, NULL);

  self->feature = feature;
  self->title = g_strdup (label);
  gtk_label_set_text (self->label, label);
  semio_tooltip_set (GTK_WIDGET (self->label), definition);
  return GTK_WIDGET (self);
}

guint
semio_feature_row_get_feature (SemioFeatureRow *self)
{
  return self->feature;
}

void
semio_feature_row_set_review (SemioFeatureRow *self, SemioReview *review, GPtrArray *columns)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  guint n_runs = review != NULL ? semio_review_get_n_runs (review) : 0;

  g_set_object (&self->review, review);
  for (guint run = 0; run < n_runs; run++)
    {
      if (child == NULL)
        {
          child = semio_feature_chip_new ();
          g_object_set_data (G_OBJECT (child), "run", GUINT_TO_POINTER (run));
          g_signal_connect_object (child, "clicked", G_CALLBACK (chip_clicked_cb), self, G_CONNECT_SWAPPED);
          gtk_box_append (self->chips, child);
          gtk_size_group_add_widget (g_ptr_array_index (columns, run), child);
        }
      child = gtk_widget_get_next_sibling (child);
    }
  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (self->chips, child);
      child = next;
    }
  if (review != NULL)
    semio_feature_row_refresh (self, -1);
}

void
semio_feature_row_refresh (SemioFeatureRow *self, int selected_run)
{
  g_autoptr (GString) sentence = g_string_new (self->title);
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips));
  guint n_runs = self->review != NULL ? semio_review_get_n_runs (self->review) : 0;

  if (self->review == NULL)
    return;
  refresh_reference (self);
  g_string_append_c (sentence, '.');
  for (guint run = 0; run < n_runs && chip != NULL; run++)
    {
      int item = semio_review_find_item (self->review, self->feature, run);
      const SemioItem *what = item >= 0 ? semio_review_get_item (self->review, (guint) item) : NULL;
      const char *label = semio_review_get_run_label (self->review, run);

      semio_feature_chip_show (SEMIO_FEATURE_CHIP (chip), what, self->title, label, (int) run == selected_run,
                               n_runs > MAX_WORDED_RUNS);
      g_string_append_printf (sentence, " %s: %s", label,
                              semio_answer_get_label (what != NULL ? what->answer : SEMIO_ANSWER_MISSING));
      if (what != NULL && what->rating != NULL && what->rating->score > 0)
        g_string_append_printf (sentence, _ (", rated %d"), what->rating->score);
      g_string_append_c (sentence, '.');
      chip = gtk_widget_get_next_sibling (chip);
    }
  refresh_name (self, sentence);
}

void
semio_feature_row_set_detail (SemioFeatureRow *self, GtkWidget *detail)
{
  GtkWidget *held = gtk_widget_get_first_child (GTK_WIDGET (self->slot));

  if (held == detail)
    return;
  if (held != NULL)
    gtk_box_remove (self->slot, held);
  if (detail != NULL)
    gtk_box_append (self->slot, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->slot), detail != NULL);
  if (detail != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "open");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "open");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, detail != NULL, -1);
}
