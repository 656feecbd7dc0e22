/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-snapshot.h"

#include <glib/gi18n-lib.h>

#include "semio-media-worker.h"
#include "semio-picture-export.h"
#include "semio-review-page-private.h"
#include "semio-source.h"

/* A frame on its way into a file. */
typedef struct {
  SemioReviewPage *page;
  GFile *video;
  SemioFrameIndex *index;
  gint64 number;
  SemioRecording *recording;
  SemioPictureChange change;
  gboolean deinterlaced;
  GtkWidget *overlay_check;
  gboolean has_overlay;
  GFile *file; /* where it goes */
  SemioMediaWorker *worker;
  SemioFrame *frame;
} Snapshot;

static void
snapshot_free (Snapshot *self)
{
  g_clear_object (&self->page);
  g_clear_object (&self->video);
  g_clear_pointer (&self->index, semio_frame_index_unref);
  g_clear_pointer (&self->recording, semio_recording_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->frame, semio_frame_unref);
  g_free (self);
}

/**
 * semio_view_snapshot_format_time:
 * @frame: a frame
 *
 * Returns: (transfer full): its time and number, to be put into a text
 */
char *
semio_view_snapshot_format_time (const SemioFrame *frame)
{
  g_autofree char *time = semio_time_format (frame->time_ns, 3);

  return g_strdup_printf ("%s f %" G_GINT64_FORMAT, time, frame->frame);
}

/**
 * semio_view_snapshot_make_name:
 * @pseudonym: of the recording
 * @time_ns: of the frame
 * @frame: number of the frame
 *
 * Returns: (transfer full): a name for a file
 */
char *
semio_view_snapshot_make_name (const char *pseudonym, gint64 time_ns, gint64 frame)
{
  g_autofree char *time = semio_time_format (time_ns, 3);
  char *name = NULL;

  g_strdelimit (time, ":", '-');
  name = g_strdup_printf ("%s %s f%" G_GINT64_FORMAT ".png", pseudonym, time, frame);
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  return name;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Snapshot *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    text = g_strdup_printf (_ ("Frame saved as “%s”."), name);
  else
    text = g_strdup_printf (_ ("“%s” could not be written: %s"), name, error->message);
  semio_review_page_show_toast (self->page, text);
  snapshot_free (self);
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Snapshot *self = data;
  g_autofree char *time = semio_view_snapshot_format_time (self->frame);
  g_autofree char *caption = g_strdup_printf ("%s · %s", self->recording->pseudonym, time);
  SemioPictureOverlay overlay = { caption, C_ ("side of the patient", "R"), C_ ("side of the patient", "L"),
                                  self->recording->mirrored };
  GError *error = NULL;
  GBytes *png = semio_picture_export_png (self->frame, self->change, self->has_overlay ? &overlay : NULL, &error);

  if (png == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, png, (GDestroyNotify) g_bytes_unref);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Snapshot *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = g_task_propagate_pointer (G_TASK (result), &error);

  if (png == NULL)
    {
      semio_review_page_show_toast (self->page, error->message);
      snapshot_free (self);
      return;
    }
  g_file_replace_contents_bytes_async (self->file, png, NULL, FALSE, G_FILE_CREATE_NONE, NULL, written_cb, self);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Snapshot *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  self->frame = semio_media_worker_frame_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  if (self->frame == NULL || self->frame->frame != self->number || !self->frame->verified)
    {
      semio_review_page_show_toast (
          self->page, error != NULL ? error->message : _ ("The frame could not be verified, so nothing was saved. Try another."));
      snapshot_free (self);
      return;
    }
  task = g_task_new (NULL, NULL, drawn_cb, self);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, draw_in_thread);
}

/* The frame is taken from the original, or from its packets put together, never from a copy that was encoded anew. */
static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Snapshot *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (found == NULL)
    {
      semio_review_page_show_toast (self->page, error->message);
      snapshot_free (self);
      return;
    }
  self->worker = semio_media_worker_new ();
  semio_media_worker_set_deinterlaced (self->worker, self->deinterlaced);
  semio_media_worker_frame_async (self->worker, found->file, found->index, self->number, 0, 0, NULL, decoded_cb, self);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Snapshot *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      self->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      semio_source_find_async (&self->recording->content, self->video, self->index, SEMIO_SOURCE_EXACT, NULL, NULL, NULL,
                               found_cb, self);
    }
  else
    snapshot_free (self);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
choose_file (Snapshot *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->page));
  GtkFileChooserNative *dialog = NULL;
  g_autofree char *name = semio_view_snapshot_make_name (self->recording->pseudonym,
                                                         semio_frame_index_get_time_ns (self->index, self->number), self->number);

  dialog = gtk_file_chooser_native_new (_ ("Save Frame"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
agreed_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Snapshot *self = user_data;

  self->has_overlay = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->overlay_check));
  if (g_strcmp0 (response, "save") == 0)
    choose_file (self);
  else
    snapshot_free (self);
}

/**
 * semio_view_snapshot_show:
 * @page: where it was asked for
 * @file: the video
 * @index: its frame index
 * @frame: number of the frame
 * @recording: the recording
 * @change: how the picture is changed for the eye: it is saved as it is seen
 * @deinterlaced: whether it is seen without combs
 */
void
semio_view_snapshot_show (SemioReviewPage *page, GFile *file, SemioFrameIndex *index, gint64 frame,
                          const SemioRecording *recording, SemioPictureChange change, gboolean deinterlaced)
{
  Snapshot *self = g_new0 (Snapshot, 1);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *dialog = NULL;
  gboolean as_recorded = semio_picture_change_is_none (change) && !deinterlaced;
  g_autofree char *body = NULL;

  self->page = g_object_ref (page);
  self->video = g_object_ref (file);
  self->index = semio_frame_index_ref (index);
  self->number = frame;
  self->recording = semio_recording_copy (recording);
  self->change = change;
  self->deinterlaced = deinterlaced;

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Save This Frame?"), NULL);
  body = g_strdup_printf ("%s%s%s",
                          _ ("The picture shows the patient. A face identifies a person, whatever the file is called: "
                             "keep it where the video may be kept."),
                          as_recorded ? "" : "\n\n", as_recorded ? "" : _ ("It is saved as changed as you see it."));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  self->overlay_check = gtk_check_button_new_with_mnemonic (_ ("_Write pseudonym, time, frame, R and L on it"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->overlay_check), TRUE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), self->overlay_check);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "save", _ ("_Save…"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (agreed_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
  /* Enter saves; the check stands first in the order of the focus and would only be switched by it. */
  if (gtk_window_get_default_widget (GTK_WINDOW (dialog)) != NULL)
    gtk_widget_grab_focus (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
}
