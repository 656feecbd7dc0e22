/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-progress-dialog.h"

#include <glib/gi18n-lib.h>

#include "semio-progress.h"

/* Shorter operations end before a dialog would be read. */
#define SHOW_AFTER_MS 300

struct _SemioProgressDialog {
  AdwWindow parent_instance;

  GtkLabel *heading;
  GtkLabel *what;
  GtkLabel *time_left;
  GtkProgressBar *bar;
  GtkButton *cancel;

  GCancellable *cancellable;
  SemioTimeLeft left;
  guint show_id;
};

G_DEFINE_FINAL_TYPE (SemioProgressDialog, semio_progress_dialog, ADW_TYPE_WINDOW)

static gboolean
show_cb (gpointer user_data)
{
  SemioProgressDialog *self = SEMIO_PROGRESS_DIALOG (user_data);

  self->show_id = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
cancel_clicked_cb (SemioProgressDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), FALSE);
  gtk_label_set_text (self->what, _ ("Stopping…"));
  g_cancellable_cancel (self->cancellable);
}

/* Closing the dialog means cancelling; it goes away when the operation has ended. */
static gboolean
semio_progress_dialog_close_request (GtkWindow *window)
{
  cancel_clicked_cb (SEMIO_PROGRESS_DIALOG (window));
  return TRUE;
}

static void
semio_progress_dialog_dispose (GObject *object)
{
  SemioProgressDialog *self = SEMIO_PROGRESS_DIALOG (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (semio_progress_dialog_parent_class)->dispose (object);
}

static void
semio_progress_dialog_class_init (SemioProgressDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_progress_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = semio_progress_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-progress-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioProgressDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, SemioProgressDialog, what);
  gtk_widget_class_bind_template_child (widget_class, SemioProgressDialog, time_left);
  gtk_widget_class_bind_template_child (widget_class, SemioProgressDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, SemioProgressDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
semio_progress_dialog_init (SemioProgressDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  semio_time_left_start (&self->left);
}

SemioProgressDialog *
semio_progress_dialog_new (GtkWindow *parent, const char *heading)
{
  SemioProgressDialog *self = g_object_new (SEMIO_TYPE_PROGRESS_DIALOG, "transient-for", parent, "title", heading, NULL);

  gtk_label_set_text (self->heading, heading);
  self->show_id = g_timeout_add (SHOW_AFTER_MS, show_cb, self);
  return g_object_ref (self);
}

GCancellable *
semio_progress_dialog_get_cancellable (SemioProgressDialog *self)
{
  g_return_val_if_fail (SEMIO_IS_PROGRESS_DIALOG (self), NULL);
  return self->cancellable;
}

void
semio_progress_dialog_update (double fraction, const char *what, gpointer dialog)
{
  SemioProgressDialog *self = SEMIO_PROGRESS_DIALOG (dialog);
  g_autofree char *left = NULL;

  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (what != NULL)
    gtk_label_set_text (self->what, what);
  if (fraction < 0)
    {
      gtk_progress_bar_pulse (self->bar);
      return;
    }
  gtk_progress_bar_set_fraction (self->bar, CLAMP (fraction, 0, 1));
  semio_time_left_update (&self->left, fraction);
  left = semio_time_left_to_text (&self->left);
  gtk_label_set_text (self->time_left, left != NULL ? left : "");
}

void
semio_progress_dialog_finish (SemioProgressDialog *self)
{
  g_return_if_fail (SEMIO_IS_PROGRESS_DIALOG (self));
  g_clear_handle_id (&self->show_id, g_source_remove);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}
