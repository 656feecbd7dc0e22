/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-file-choice.h"

#include <glib/gi18n-lib.h>

typedef struct {
  SemioFilesChosenFunc chosen;
  gpointer user_data;
  GtkFileChooserNative *chooser;
  GtkWindow *parent; /* weak */
} Choice;

static void
choice_free (Choice *choice)
{
  g_clear_weak_pointer (&choice->parent);
  g_clear_object (&choice->chooser);
  g_free (choice);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (response == GTK_RESPONSE_ACCEPT && choice->parent != NULL)
    {
      list = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = 0; i < g_list_model_get_n_items (list); i++)
        g_ptr_array_add (files, g_list_model_get_item (list, i));
    }
  gtk_native_dialog_hide (dialog);
  if (files->len > 0)
    choice->chosen (files, choice->user_data);
  choice_free (choice);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns, const char *mime_type)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns != NULL && patterns[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, patterns[i]);
  if (mime_type != NULL)
    gtk_file_filter_add_mime_type (filter, mime_type);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_filters (GtkFileChooser *chooser, SemioFileChoice choice)
{
  const char *const study[] = { "semio", NULL };
  const char *const video[] = { "mp4", "mov", "m4v", "mkv", "webm", "ts", "m2ts", "mts", "avi", NULL };
  const char *const table[] = { "csv", "tsv", NULL };
  const char *const results[] = { "csv", "json", "tex", "html", "tsv", NULL };
  const char *const settings[] = { "json", NULL };
  const char *const figure[] = { "svg", "pdf", "png", NULL };
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  if (choice == SEMIO_FILE_CHOICE_FOLDER)
    return;
  if (choice == SEMIO_FILE_CHOICE_VIDEOS)
    add_filter (chooser, _ ("Videos"), video, "video/*");
  else if (choice == SEMIO_FILE_CHOICE_TABLE || choice == SEMIO_FILE_CHOICE_NEW_TABLE)
    add_filter (chooser, _ ("Tables (CSV)"), table, "text/csv");
  else if (choice == SEMIO_FILE_CHOICE_NEW_RESULTS)
    add_filter (chooser, _ ("Tables (CSV, JSON, LaTeX, HTML)"), results, NULL);
  else if (choice == SEMIO_FILE_CHOICE_NEW_FIGURE)
    add_filter (chooser, _ ("Figures (SVG, PDF, PNG)"), figure, NULL);
  else if (choice == SEMIO_FILE_CHOICE_SETTINGS || choice == SEMIO_FILE_CHOICE_NEW_SETTINGS)
    add_filter (chooser, _ ("Settings of a run (JSON)"), settings, NULL);
  else
    add_filter (chooser, _ ("Semioscope studies"), study, NULL);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

void
semio_file_choice_show (GtkWindow *parent, SemioFileChoice choice, const char *title, const char *name,
                        SemioFilesChosenFunc chosen, gpointer user_data)
{
  gboolean saves = choice == SEMIO_FILE_CHOICE_NEW_STUDY || choice >= SEMIO_FILE_CHOICE_NEW_TABLE;
  GtkFileChooserAction action = saves ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;
  Choice *state = g_new0 (Choice, 1);

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (chosen != NULL);
  if (choice == SEMIO_FILE_CHOICE_FOLDER)
    action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
  state->chosen = chosen;
  state->user_data = user_data;
  g_set_weak_pointer (&state->parent, parent);
  state->chooser = gtk_file_chooser_native_new (title, parent, action, saves ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (state->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (state->chooser), choice == SEMIO_FILE_CHOICE_VIDEOS);
  add_filters (GTK_FILE_CHOOSER (state->chooser), choice);
  if (saves && name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (state->chooser), name);
  g_signal_connect (state->chooser, "response", G_CALLBACK (response_cb), state);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (state->chooser));
}

GFile *
semio_file_choice_name_study (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = NULL;

  if (g_str_has_suffix (base, ".semio"))
    return g_object_ref (file);
  name = g_strconcat (base, ".semio", NULL);
  return g_file_get_child (folder, name);
}
