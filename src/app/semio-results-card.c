/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-card.h"

#include <glib/gi18n-lib.h>

#include "semio-chart-view.h"

struct _SemioResultsCard {
  AdwBin parent_instance;

  GtkWidget *sentence, *missing, *export_button;
  GtkBox *box;
  GtkWidget *content; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SemioResultsCard, semio_results_card, ADW_TYPE_BIN)

enum { SIGNAL_EXPORT, SIGNAL_MARK_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
export_cb (SemioResultsCard *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

static void
mark_activated_cb (SemioResultsCard *self, guint mark)
{
  g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, mark);
}

static void
semio_results_card_class_init (SemioResultsCardClass *klass)
{
  signals[SIGNAL_EXPORT] =
      g_signal_new ("export", SEMIO_TYPE_RESULTS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MARK_ACTIVATED] = g_signal_new ("mark-activated", SEMIO_TYPE_RESULTS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static GtkWidget *
create_text (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
semio_results_card_init (SemioResultsCard *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "results-card");
  self->sentence = create_text ();
  self->missing = create_text ();
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
semio_results_card_new (const char *heading, const char *export_tooltip)
{
  SemioResultsCard *self = g_object_new (SEMIO_TYPE_RESULTS_CARD, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (heading);

  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  self->export_button = gtk_button_new_from_icon_name ("document-save-symbolic");
  gtk_widget_add_css_class (self->export_button, "flat");
  gtk_widget_set_tooltip_text (self->export_button, export_tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->export_button), GTK_ACCESSIBLE_PROPERTY_LABEL, export_tooltip, -1);
  g_signal_connect_object (self->export_button, "clicked", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->export_button);
  gtk_box_append (self->box, line);
  gtk_box_append (self->box, self->sentence);
  gtk_box_append (self->box, self->missing);
  return GTK_WIDGET (self);
}

void
semio_results_card_set_sentence (SemioResultsCard *self, const char *sentence)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->sentence, sentence != NULL && *sentence != '\0');
}

void
semio_results_card_set_content (SemioResultsCard *self, GtkWidget *content)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  if (self->content != NULL)
    gtk_box_remove (self->box, self->content);
  self->content = content;
  if (content != NULL)
    gtk_box_append (self->box, content);
}

void
semio_results_card_set_chart (SemioResultsCard *self, SemioChart *chart, const char *why)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  if (self->content == NULL)
    {
      semio_results_card_set_content (self, semio_chart_view_new ());
      g_signal_connect_object (self->content, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
    }
  semio_chart_view_set_chart (SEMIO_CHART_VIEW (self->content), chart);
  semio_results_card_set_sentence (self, chart != NULL ? semio_chart_get_sentence (chart) : NULL);
  semio_results_card_set_missing (self, chart != NULL ? NULL : why);
}

void
semio_results_card_set_missing (SemioResultsCard *self, const char *why)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  gtk_label_set_text (GTK_LABEL (self->missing), why != NULL ? why : "");
  gtk_widget_set_visible (self->missing, why != NULL);
  gtk_widget_set_visible (self->export_button, why == NULL);
  if (self->content != NULL)
    gtk_widget_set_visible (self->content, why == NULL);
}
