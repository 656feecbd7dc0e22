/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-log.h"

#include <glib/gi18n-lib.h>

#define MAX_LINES 200

struct _SemioRunLog {
  AdwBin parent_instance;

  GtkListBox *list;
  GtkLabel *rest;
  guint n_lines;
  guint n_dropped;
};

G_DEFINE_FINAL_TYPE (SemioRunLog, semio_run_log, ADW_TYPE_BIN)

static const char *
get_icon (SemioRunEventKind kind)
{
  switch (kind)
    {
    case SEMIO_RUN_EVENT_REPAIRED:
      return "emblem-synchronizing-symbolic";
    case SEMIO_RUN_EVENT_FAILED:
      return "dialog-warning-symbolic";
    case SEMIO_RUN_EVENT_STOPPED:
      return "dialog-error-symbolic";
    case SEMIO_RUN_EVENT_NOTE:
    default:
      return "dialog-information-symbolic";
    }
}

static const char *
get_css_class (SemioRunEventKind kind)
{
  return kind == SEMIO_RUN_EVENT_STOPPED ? "error" : kind == SEMIO_RUN_EVENT_FAILED ? "warning" : "dim-label";
}

static void
show_rest (SemioRunLog *self)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u older line is not shown.", "%u older lines are not shown.", self->n_dropped), self->n_dropped);

  gtk_label_set_text (self->rest, text);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), self->n_dropped > 0);
}

static void
semio_run_log_class_init (SemioRunLogClass *klass)
{
}

static void
semio_run_log_init (SemioRunLog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *empty = gtk_label_new (_ ("Nothing went wrong."));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (empty, "dim-label");
  gtk_widget_add_css_class (empty, "run-log-empty");
  gtk_list_box_set_placeholder (self->list, empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What happened"), -1);
  self->rest = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->rest, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->rest), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->rest), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rest));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
semio_run_log_new (void)
{
  return g_object_new (SEMIO_TYPE_RUN_LOG, NULL);
}

void
semio_run_log_clear (SemioRunLog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  self->n_lines = self->n_dropped = 0;
  show_rest (self);
}

static GtkWidget *
build_line (const SemioRunEvent *event)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon (event->kind));
  GtkWidget *label = gtk_label_new (event->text);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (event->utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  /* TRANSLATORS: date and time of an event, as g_date_time_format() takes it. */
  g_autofree char *when = local != NULL ? g_date_time_format (local, _ ("%x, %H:%M:%S")) : NULL;
  GtkWidget *time = gtk_label_new (when);

  gtk_widget_add_css_class (icon, get_css_class (event->kind));
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_width_chars (GTK_LABEL (label), 20);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), time);
  gtk_widget_add_css_class (row, "run-log-line");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  return row;
}

void
semio_run_log_add (SemioRunLog *self, const SemioRunEvent *event)
{
  gtk_list_box_prepend (self->list, build_line (event));
  if (++self->n_lines > MAX_LINES)
    {
      gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MAX_LINES)));
      self->n_lines = MAX_LINES;
      self->n_dropped++;
      show_rest (self);
    }
}
