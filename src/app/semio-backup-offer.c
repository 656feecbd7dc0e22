/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-backup-offer.h"

#include <glib/gi18n-lib.h>

#include "semio-file-choice.h"
#include "semio-study-copy.h"

#define OFFER_KEY "semio-backup-offer"

/* A damaged study and what may stand for it. */
typedef struct {
  SemioWindow *window; /* weak */
  GFile *file;
  char *heading;
  GError *error; /* of opening */
  GFile *backup; /* (nullable): until one was found */
  GFile *target; /* (nullable): where its copy goes */
} Offer;

static void
offer_free (Offer *offer)
{
  g_clear_weak_pointer (&offer->window);
  g_object_unref (offer->file);
  g_free (offer->heading);
  g_clear_error (&offer->error);
  g_clear_object (&offer->backup);
  g_clear_object (&offer->target);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = semio_study_restore_backup_finish (result, &error);

  if (offer->window == NULL)
    return;
  if (done)
    semio_application_open_study (SEMIO_APPLICATION (gtk_window_get_application (GTK_WINDOW (offer->window))), offer->target,
                                  GTK_WINDOW (offer->window));
  else
    semio_window_tell_error (offer->window, _ ("The backup could not be copied"), error);
}

static void
place_chosen_cb (GPtrArray *files, gpointer user_data)
{
  Offer *offer = g_object_steal_data (G_OBJECT (user_data), OFFER_KEY);

  if (offer == NULL)
    return;
  offer->target = semio_file_choice_name_study (g_ptr_array_index (files, 0));
  semio_study_restore_backup_async (offer->backup, offer->target, NULL, restored_cb, offer);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Offer *offer = user_data;
  SemioWindow *window = offer->window;
  g_autofree char *base = g_file_get_basename (offer->file);
  g_autofree char *title = g_filename_display_name (base);
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "copy"))
    {
      offer_free (offer);
      return;
    }
  if (g_str_has_suffix (title, ".semio"))
    title[strlen (title) - strlen (".semio")] = '\0';
  /* TRANSLATORS: The suggested name for a copy of a backup; %s is the name of the damaged study. */
  name = g_strdup_printf (_ ("%s (backup).semio"), title);
  /* The chooser says nothing when it is cancelled: the offer then goes with the window. */
  g_object_set_data_full (G_OBJECT (window), OFFER_KEY, offer, (GDestroyNotify) offer_free);
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_NEW_STUDY, _ ("Copy the Backup"), name, place_chosen_cb, window);
}

static void
ask (Offer *offer, gint64 made_us)
{
  g_autofree char *base = g_file_get_basename (offer->file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_local (made_us / G_USEC_PER_SEC);
  /* TRANSLATORS: The date and time of a backup, as g_date_time_format() takes it. */
  g_autofree char *date = g_date_time_format (made, _ ("%e %B %Y, %H:%M"));
  /* TRANSLATORS: First a file's name, then the date of a backup. */
  g_autofree char *body = g_strdup_printf (_ ("“%s” is damaged. A backup of %s is good. Open a copy of it? "
                                              "The damaged file stays as it is."),
                                           shown, g_strstrip (date));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (offer->window), offer->heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"), "copy", _ ("_Open a Copy…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), offer);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  gint64 made_us = 0;

  offer->backup = semio_study_find_backup_finish (result, &made_us, NULL);
  if (offer->window == NULL)
    return;
  if (offer->backup != NULL)
    ask (g_steal_pointer (&offer), made_us);
  else
    semio_window_tell_error (offer->window, offer->heading, offer->error);
}

void
semio_backup_offer (SemioWindow *window, GFile *file, const char *heading, const GError *error)
{
  Offer *offer = NULL;

  g_return_if_fail (SEMIO_IS_WINDOW (window));
  if (error == NULL || !semio_study_is_damage (error))
    {
      semio_window_tell_error (window, heading, error);
      return;
    }
  offer = g_new0 (Offer, 1);
  g_set_weak_pointer (&offer->window, window);
  offer->file = g_object_ref (file);
  offer->heading = g_strdup (heading);
  offer->error = g_error_copy (error);
  semio_study_find_backup_async (file, NULL, found_cb, offer);
}
