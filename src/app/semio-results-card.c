/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-card.h"

#include <glib/gi18n-lib.h>

#include "semio-chart-view.h"
#include "semio-inner-scroll.h"
#include "semio-table-label.h"

/* A table longer than this scrolls in itself. */
#define MAX_TABLE_PX 420

struct _SemioResultsCard {
  AdwBin parent_instance;

  SemioResultsPartKind kind;
  SemioResultsPart *part; /* (nullable) */
  GtkWidget *sentence, *missing, *export_button, *copy_button;
  GtkBox *box;
  GtkWidget *content; /* (nullable): what was put there */
  GtkWidget *chart; /* (nullable): made when it is first needed */
  GtkWidget *table; /* (nullable): scrolls the label */
  GtkWidget *label; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SemioResultsCard, semio_results_card, ADW_TYPE_BIN)

enum { SIGNAL_EXPORT, SIGNAL_COPY, SIGNAL_MARK_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
export_cb (SemioResultsCard *self)
{
  g_signal_emit (self, signals[SIGNAL_EXPORT], 0);
}

static void
copy_cb (SemioResultsCard *self)
{
  g_signal_emit (self, signals[SIGNAL_COPY], 0);
}

static void
mark_activated_cb (SemioResultsCard *self, guint mark)
{
  g_signal_emit (self, signals[SIGNAL_MARK_ACTIVATED], 0, mark);
}

static void
semio_results_card_dispose (GObject *object)
{
  g_clear_pointer (&SEMIO_RESULTS_CARD (object)->part, semio_results_part_free);
  G_OBJECT_CLASS (semio_results_card_parent_class)->dispose (object);
}

static void
semio_results_card_class_init (SemioResultsCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_results_card_dispose;
  signals[SIGNAL_EXPORT] =
      g_signal_new ("export", SEMIO_TYPE_RESULTS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COPY] = g_signal_new ("copy", SEMIO_TYPE_RESULTS_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
semio_results_card_init (SemioResultsCard *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "results-card");
  self->sentence = create_text ();
  self->missing = create_text ();
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

static GtkWidget *
create_button (const char *icon, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  return button;
}

GtkWidget *
semio_results_card_new (SemioResultsPartKind kind)
{
  SemioResultsCard *self = g_object_new (SEMIO_TYPE_RESULTS_CARD, NULL);
  const char *heading = semio_results_part_get_heading (kind);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *label = gtk_label_new (heading);
  g_autofree char *save = g_strdup_printf (_ ("Save “%s”"), heading);
  g_autofree char *copy = g_strdup_printf (_ ("Copy “%s”"), heading);

  self->kind = kind;
  gtk_widget_add_css_class (label, "heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), label);
  self->copy_button = create_button ("edit-copy-symbolic", copy);
  g_signal_connect_object (self->copy_button, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->copy_button);
  self->export_button = create_button ("document-save-symbolic", save);
  g_signal_connect_object (self->export_button, "clicked", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->export_button);
  gtk_box_append (self->box, line);
  gtk_box_append (self->box, self->sentence);
  gtk_box_append (self->box, self->missing);
  return GTK_WIDGET (self);
}

SemioResultsPartKind
semio_results_card_get_kind (SemioResultsCard *self)
{
  g_return_val_if_fail (SEMIO_IS_RESULTS_CARD (self), SEMIO_RESULTS_PART_TABLE);
  return self->kind;
}

void
semio_results_card_set_content (SemioResultsCard *self, GtkWidget *content)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  g_return_if_fail (self->content == NULL);
  self->content = content;
  gtk_box_append (self->box, content);
}

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
show_chart (SemioResultsCard *self, SemioChart *chart)
{
  if (self->chart == NULL && chart != NULL)
    {
      self->chart = semio_chart_view_new ();
      /* The others get lower with their width, which what scrolls sideways cannot. */
      gtk_box_append (self->box,
                      self->kind == SEMIO_RESULTS_PART_CONFUSION ? semio_inner_scroll_new (self->chart, 0) : self->chart);
      g_signal_connect_object (self->chart, "mark-activated", G_CALLBACK (mark_activated_cb), self, G_CONNECT_SWAPPED);
    }
  if (self->chart == NULL)
    return;
  gtk_widget_set_visible (self->chart, chart != NULL);
  semio_chart_view_set_chart (SEMIO_CHART_VIEW (self->chart), chart);
}

static void
show_table (SemioResultsCard *self, const SemioTextTable *table)
{
  if (self->table == NULL && table != NULL)
    {
      self->label = semio_table_label_new ();
      self->table = semio_inner_scroll_new (self->label, MAX_TABLE_PX);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      semio_results_part_get_heading (self->kind), -1);
      gtk_box_append (self->box, self->table);
    }
  if (self->table == NULL)
    return;
  gtk_widget_set_visible (self->table, table != NULL);
  if (table != NULL)
    semio_table_label_set_table (GTK_LABEL (self->label), table);
}

/* In place of figure and table the reason, with what to do about it where there is something. */
static void
show_missing (SemioResultsCard *self, const char *why, const char *advice)
{
  g_autofree char *text = why != NULL && advice != NULL ? g_strconcat (why, " ", advice, NULL) : g_strdup (why);

  set_text (self->missing, text);
  gtk_widget_set_visible (self->export_button, why == NULL);
  gtk_widget_set_visible (self->copy_button, why == NULL);
  if (self->content != NULL)
    gtk_widget_set_visible (self->content, why == NULL);
}

void
semio_results_card_take_part (SemioResultsCard *self, SemioResultsPart *part)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  g_clear_pointer (&self->part, semio_results_part_free);
  self->part = part;
  set_text (self->sentence, part->why == NULL ? semio_results_part_get_sentence (part) : NULL);
  show_chart (self, part->chart);
  if (self->content == NULL)
    show_table (self, part->table);
  show_missing (self, part->why, part->advice);
}

const SemioResultsPart *
semio_results_card_get_part (SemioResultsCard *self)
{
  g_return_val_if_fail (SEMIO_IS_RESULTS_CARD (self), NULL);
  return self->part;
}

void
semio_results_card_set_missing (SemioResultsCard *self, const char *why)
{
  g_return_if_fail (SEMIO_IS_RESULTS_CARD (self));
  show_missing (self, why, NULL);
}
