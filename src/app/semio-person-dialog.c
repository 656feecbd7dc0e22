/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-person-dialog.h"

#include <glib/gi18n-lib.h>

#include "semio-text.h"

#define MAX_NAME_CHARS 80

struct _SemioPersonDialog {
  AdwWindow parent_instance;

  GtkWidget *known;
  GtkListBox *list;
  AdwEntryRow *name_row;
  AdwComboRow *role_row;
  GtkLabel *error_label;
  GtkWidget *add_button;

  SemioWindow *window; /* weak */
  gboolean adding;
};

G_DEFINE_FINAL_TYPE (SemioPersonDialog, semio_person_dialog, ADW_TYPE_WINDOW)

enum { SIGNAL_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
choose (SemioPersonDialog *self, SemioPerson *person)
{
  if (self->window == NULL)
    return;
  semio_window_choose_person (self->window, person);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
  /* A text that is destroyed with the focus in it never hears that the focus left. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
row_activated_cb (SemioPersonDialog *self, GtkListBoxRow *row)
{
  choose (self, g_object_get_data (G_OBJECT (row), "person"));
}

static void
name_changed_cb (SemioPersonDialog *self)
{
  g_autofree char *name = semio_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), -1, MAX_NAME_CHARS);

  g_strstrip (name);
  gtk_widget_set_sensitive (self->add_button, name[0] != '\0');
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioPersonDialog) self = SEMIO_PERSON_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPerson) person = semio_study_add_person_finish (SEMIO_STUDY (source), result, &error);

  self->adding = FALSE;
  if (person != NULL)
    {
      choose (self, person);
      return;
    }
  gtk_label_set_text (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
add_clicked_cb (SemioPersonDialog *self)
{
  g_autofree char *name = semio_text_clean (gtk_editable_get_text (GTK_EDITABLE (self->name_row)), -1, MAX_NAME_CHARS);
  SemioStudy *study = self->window != NULL ? semio_window_get_study (self->window) : NULL;

  g_strstrip (name);
  if (self->adding || study == NULL || name[0] == '\0')
    return;
  self->adding = TRUE;
  semio_study_add_person_async (study, name, (SemioRole) adw_combo_row_get_selected (self->role_row), added_cb,
                                g_object_ref (self));
}

static void
semio_person_dialog_dispose (GObject *object)
{
  g_clear_weak_pointer (&SEMIO_PERSON_DIALOG (object)->window);
  G_OBJECT_CLASS (semio_person_dialog_parent_class)->dispose (object);
}

static void
semio_person_dialog_class_init (SemioPersonDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_person_dialog_dispose;
  signals[SIGNAL_CHOSEN] =
      g_signal_new ("chosen", SEMIO_TYPE_PERSON_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-person-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, known);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, list);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, role_row);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, SemioPersonDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
semio_person_dialog_init (SemioPersonDialog *self)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint role = 0; role < SEMIO_N_ROLES; role++)
    gtk_string_list_append (roles, semio_role_get_label ((SemioRole) role));
  adw_combo_row_set_model (self->role_row, G_LIST_MODEL (roles));
  gtk_window_set_default_widget (GTK_WINDOW (self), self->add_button);
}

static void
add_person_row (SemioPersonDialog *self, SemioPerson *person)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), person->name != NULL ? person->name : _ ("Nameless"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), semio_role_get_label (person->role));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "person", semio_person_ref (person), (GDestroyNotify) semio_person_unref);
  gtk_list_box_append (self->list, row);
}

SemioPersonDialog *
semio_person_dialog_new (SemioWindow *window, gboolean adds)
{
  SemioPersonDialog *self = g_object_new (SEMIO_TYPE_PERSON_DIALOG, "transient-for", window, NULL);
  GPtrArray *persons = semio_study_get_persons (semio_window_get_study (window));

  g_set_weak_pointer (&self->window, window);
  for (guint i = 0; persons != NULL && i < persons->len; i++)
    add_person_row (self, g_ptr_array_index (persons, i));
  gtk_widget_set_visible (self->known, persons != NULL && persons->len > 0 && !adds);
  return self;
}
