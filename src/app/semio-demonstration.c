/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-study-tasks.h"

#include <glib/gi18n-lib.h>

#include "semio-demo.h"
#include "semio-progress-dialog.h"

typedef struct {
  SemioWindow *window; /* owned */
  SemioProgressDialog *progress;
} Making;

static void
making_free (Making *making)
{
  semio_progress_dialog_finish (making->progress);
  g_object_unref (making->window);
  g_free (making);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Making, making_free)

static void
open_demonstration (SemioWindow *window, GFile *study)
{
  semio_application_open_study (SEMIO_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))), study, GTK_WINDOW (window));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Making) making = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) study = semio_demo_make_finish (result, &error);

  if (study != NULL)
    open_demonstration (making->window, study);
  else
    semio_window_tell_error (making->window, _ ("The demonstration study could not be made"), error);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) window = SEMIO_WINDOW (user_data);
  GFile *study = G_FILE (source);
  g_autoptr (GFileInfo) info = g_file_query_info_finish (study, result, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (study);
  Making *making = NULL;

  if (info != NULL)
    {
      open_demonstration (window, study);
      return;
    }
  making = g_new0 (Making, 1);
  making->window = g_steal_pointer (&window);
  making->progress = semio_progress_dialog_new (GTK_WINDOW (making->window), _ ("Making the Demonstration Study"));
  semio_demo_make_async (folder, semio_progress_dialog_update, making->progress,
                         semio_progress_dialog_get_cancellable (making->progress), made_cb, making);
}

void
semio_study_tasks_make_demonstration (SemioWindow *window)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "semioscope", "demonstration", SEMIO_DEMO_STUDY_NAME, NULL);
  g_autoptr (GFile) study = g_file_new_for_path (path);

  g_return_if_fail (SEMIO_IS_WINDOW (window));
  g_file_query_info_async (study, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, looked_cb,
                           g_object_ref (window));
}
