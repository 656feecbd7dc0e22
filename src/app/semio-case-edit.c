/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-case-edit.h"

#include <glib/gi18n-lib.h>

#include "semio-text.h"

#define MAX_TEXT_CHARS 80

typedef struct {
  SemioWindow *window; /* owned */
  GtkEditable *entry; /* lives with its dialog */
  gint64 recording_id;
  gboolean of_patient;
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->window);
  g_free (edit);
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) window = SEMIO_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    semio_window_tell_error (window, _ ("The recording could not be changed"), error);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Edit *edit = user_data;
  SemioStudy *study = semio_window_get_study (edit->window);
  g_autofree char *text = semio_text_clean (gtk_editable_get_text (edit->entry), -1, MAX_TEXT_CHARS);

  g_strstrip (text);
  if (!g_str_equal (response, "change") || study == NULL || text[0] == '\0')
    return;
  if (edit->of_patient)
    semio_study_set_patient_async (study, edit->recording_id, text, edited_cb, g_object_ref (edit->window));
  else
    semio_study_set_pseudonym_async (study, edit->recording_id, text, edited_cb, g_object_ref (edit->window));
}

static void
text_changed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "change", g_strstrip (text)[0] != '\0');
}

static void
ask (SemioWindow *window, gint64 recording_id, gboolean of_patient, const char *heading, const char *body, const char *text)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), heading, body);
  GtkWidget *entry = gtk_entry_new ();
  Edit *edit = g_new0 (Edit, 1);

  edit->window = g_object_ref (window);
  edit->entry = GTK_EDITABLE (entry);
  edit->recording_id = recording_id;
  edit->of_patient = of_patient;
  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "change", _ ("C_hange"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "change", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "change");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_changed_cb), dialog, 0);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), edit, edit_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

void
semio_case_edit_pseudonym (SemioWindow *window, gint64 recording_id)
{
  SemioCase *item = semio_study_find_case (semio_window_get_study (window), recording_id);

  if (item != NULL)
    ask (window, recording_id, FALSE, _ ("Pseudonym of the Recording"),
         _ ("The name under which the recording is shown. It should not tell who the patient is."),
         semio_case_get_recording (item)->pseudonym);
}

void
semio_case_edit_patient (SemioWindow *window, gint64 recording_id)
{
  SemioCase *item = semio_study_find_case (semio_window_get_study (window), recording_id);

  if (item != NULL)
    ask (window, recording_id, TRUE, _ ("Patient of the Recording"),
         _ ("Recordings of the same patient carry the same name, which should be a pseudonym."),
         semio_case_get_recording (item)->patient);
}

void
semio_case_edit_mirrored (SemioWindow *window, gint64 recording_id)
{
  SemioStudy *study = semio_window_get_study (window);
  SemioCase *item = semio_study_find_case (study, recording_id);

  if (item != NULL)
    semio_study_set_mirrored_async (study, recording_id, !semio_case_get_recording (item)->mirrored, edited_cb,
                                    g_object_ref (window));
}
