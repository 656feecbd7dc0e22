/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-results-dialog.h"

#include <glib/gi18n-lib.h>

struct _SemioResultsDialog {
  AdwWindow parent_instance;

  SemioWindow *window; /* the parent, which outlives its dialog */
  GtkListBox *list;
  GArray *keys; /* of SemioItemKey, by row */
};

G_DEFINE_FINAL_TYPE (SemioResultsDialog, semio_results_dialog, ADW_TYPE_WINDOW)

static void
activated_cb (SemioResultsDialog *self, GtkListBoxRow *row)
{
  SemioItemKey key = g_array_index (self->keys, SemioItemKey, (guint) gtk_list_box_row_get_index (row));
  SemioWindow *window = self->window;

  gtk_window_destroy (GTK_WINDOW (self));
  if (key.run_id != 0)
    semio_window_open_item (window, &key);
  else
    semio_window_open_case (window, key.recording_id);
}

static gboolean
close_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
semio_results_dialog_finalize (GObject *object)
{
  g_array_unref (SEMIO_RESULTS_DIALOG (object)->keys);
  G_OBJECT_CLASS (semio_results_dialog_parent_class)->finalize (object);
}

static void
semio_results_dialog_class_init (SemioResultsDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = semio_results_dialog_finalize;
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, close_cb, NULL);
}

static void
semio_results_dialog_init (SemioResultsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->keys = g_array_new (FALSE, FALSE, sizeof (SemioItemKey));
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "results-recordings");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Recordings"), -1);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 480);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

SemioResultsDialog *
semio_results_dialog_new (SemioWindow *window, const char *title)
{
  SemioResultsDialog *self = g_object_new (SEMIO_TYPE_RESULTS_DIALOG, "transient-for", window, "title", title, NULL);

  self->window = window;
  return self;
}

void
semio_results_dialog_add (SemioResultsDialog *self, const SemioItemKey *key, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  SemioCase *item;

  g_return_if_fail (SEMIO_IS_RESULTS_DIALOG (self));
  item = semio_study_find_case (semio_window_get_study (self->window), key->recording_id);
  if (item == NULL)
    return;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), semio_case_get_title (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->list, row);
  g_array_append_vals (self->keys, key, 1);
}

guint
semio_results_dialog_get_n_rows (SemioResultsDialog *self)
{
  g_return_val_if_fail (SEMIO_IS_RESULTS_DIALOG (self), 0);
  return self->keys->len;
}
