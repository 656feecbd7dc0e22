/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-window-actions.h"

#include <glib/gi18n-lib.h>

#include "semio-case-edit.h"
#include "semio-file-choice.h"
#include "semio-person-dialog.h"
#include "semio-study-tasks.h"

/* What an action needs to be of use. */
typedef enum {
  NEEDS_NOTHING,
  NEEDS_STUDY,
  NEEDS_WRITING,
} Needs;

static void
open_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioWindow *window = SEMIO_WINDOW (user_data);

  semio_application_open_study (SEMIO_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))),
                                g_ptr_array_index (files, 0), GTK_WINDOW (window));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_STUDY, _ ("Open a Study"), NULL, open_chosen_cb, window);
}

static void
new_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioWindow *window = SEMIO_WINDOW (user_data);
  g_autoptr (GFile) named = semio_file_choice_name_study (g_ptr_array_index (files, 0));

  if (!semio_window_is_empty (window))
    {
      window = semio_window_new (SEMIO_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
      gtk_window_present (GTK_WINDOW (window));
    }
  semio_window_create (window, named);
}

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_NEW_STUDY, _ ("New Study"), _ ("Study.semio"), new_chosen_cb,
                          window);
}

static void
demo_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_study_tasks_make_demonstration (SEMIO_WINDOW (window));
}

static void
add_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_add (SEMIO_WINDOW (user_data), files);
}

static void
add_recordings_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_VIDEOS, _ ("Add Recordings"), NULL, add_chosen_cb, window);
}

static void
add_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_FOLDER, _ ("Add a Folder of Recordings"), NULL, add_chosen_cb,
                          window);
}

static void
locate_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_locate (SEMIO_WINDOW (user_data), g_ptr_array_index (files, 0));
}

static void
locate_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_FOLDER, _ ("Where Are the Videos?"), NULL, locate_chosen_cb,
                          window);
}

static void
labels_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_import (SEMIO_WINDOW (user_data), SEMIO_IMPORT_REFERENCE, g_ptr_array_index (files, 0));
}

static void
import_labels_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_TABLE, _ ("Import Labels"), NULL, labels_chosen_cb, window);
}

static void
predictions_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_import (SEMIO_WINDOW (user_data), SEMIO_IMPORT_PREDICTIONS, g_ptr_array_index (files, 0));
}

static void
import_predictions_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_TABLE, _ ("Import Predictions"), NULL, predictions_chosen_cb,
                          window);
}

static void
ratings_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_export (SEMIO_WINDOW (user_data), "ratings", g_ptr_array_index (files, 0));
}

static void
export_ratings_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_NEW_TABLE, _ ("Export Ratings"), "ratings.csv",
                          ratings_chosen_cb, window);
}

static void
answers_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_export (SEMIO_WINDOW (user_data), "predictions", g_ptr_array_index (files, 0));
}

static void
export_predictions_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_NEW_TABLE, _ ("Export Predictions"), "predictions.csv",
                          answers_chosen_cb, window);
}

static void
copy_chosen_cb (GPtrArray *files, gpointer user_data)
{
  g_autoptr (GFile) named = semio_file_choice_name_study (g_ptr_array_index (files, 0));

  semio_study_tasks_save_copy (SEMIO_WINDOW (user_data), named);
}

static void
save_copy_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  /* TRANSLATORS: The suggested name of a copy; %s is the title of the study. */
  g_autofree char *name =
      g_strdup_printf (_ ("%s (copy).semio"), semio_study_get_title (semio_window_get_study (SEMIO_WINDOW (window))));

  g_strdelimit (name, "/", '-');
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_NEW_STUDY, _ ("Save a Copy"), name, copy_chosen_cb, window);
}

static void
merge_chosen_cb (GPtrArray *files, gpointer user_data)
{
  semio_study_tasks_merge (SEMIO_WINDOW (user_data), g_ptr_array_index (files, 0));
}

static void
merge_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_file_choice_show (GTK_WINDOW (window), SEMIO_FILE_CHOICE_STUDY, _ ("Merge Another Copy of This Study"), NULL,
                          merge_chosen_cb, window);
}

static void
verify_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_study_tasks_verify (SEMIO_WINDOW (window));
}

static void
person_chosen_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioWindow *window = SEMIO_WINDOW (user_data);
  GPtrArray *persons = semio_study_get_persons (semio_window_get_study (window));
  const char *uuid = g_variant_get_string (parameter, NULL);

  for (guint i = 0; persons != NULL && i < persons->len; i++)
    {
      SemioPerson *person = g_ptr_array_index (persons, i);
      char text[SEMIO_UUID_TEXT];

      semio_uuid_format (&person->uuid, text);
      if (g_str_equal (text, uuid))
        {
          semio_window_choose_person (window, person);
          return;
        }
    }
}

static void
add_person_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (semio_person_dialog_new (SEMIO_WINDOW (window), TRUE)));
}

static void
reference_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioWindow) window = SEMIO_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (!semio_study_edit_finish (SEMIO_STUDY (source), result, &error))
    semio_window_tell_error (window, _ ("The reference could not be changed"), error);
}

static void
reference_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_study_set_current_reference_async (semio_window_get_study (SEMIO_WINDOW (window)), g_variant_get_int64 (parameter),
                                           reference_set_cb, g_object_ref (window));
}

static void
open_case_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_window_open_case (SEMIO_WINDOW (window), g_variant_get_int64 (parameter));
}

static void
rename_case_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_case_edit_pseudonym (SEMIO_WINDOW (window), g_variant_get_int64 (parameter));
}

static void
set_patient_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_case_edit_patient (SEMIO_WINDOW (window), g_variant_get_int64 (parameter));
}

static void
mirror_case_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_case_edit_mirrored (SEMIO_WINDOW (window), g_variant_get_int64 (parameter));
}

static void
rate_next_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_window_rate_next (SEMIO_WINDOW (window));
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_window_focus_search (SEMIO_WINDOW (window));
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_window_show_page (SEMIO_WINDOW (window), "cases");
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  semio_window_show_page (SEMIO_WINDOW (window), g_variant_get_string (parameter, NULL));
}

/* Once the overview is made, the window's own action of this name takes the place of this one. */
static void
show_keys_cb (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/semioscope/Semioscope/help-overlay.ui");
  GObject *overview = gtk_builder_get_object (builder, "help_overlay");

  gtk_application_window_set_help_overlay (GTK_APPLICATION_WINDOW (window), GTK_SHORTCUTS_WINDOW (overview));
  gtk_window_present (GTK_WINDOW (overview));
}

static const struct {
  GActionEntry entry;
  Needs needs;
} actions[] = {
  { { .name = "open", .activate = open_cb }, NEEDS_NOTHING },
  { { .name = "new", .activate = new_cb }, NEEDS_NOTHING },
  { { .name = "demo", .activate = demo_cb }, NEEDS_NOTHING },
  { { .name = "add-recordings", .activate = add_recordings_cb }, NEEDS_WRITING },
  { { .name = "add-folder", .activate = add_folder_cb }, NEEDS_WRITING },
  { { .name = "locate", .activate = locate_cb }, NEEDS_STUDY },
  { { .name = "import-labels", .activate = import_labels_cb }, NEEDS_WRITING },
  { { .name = "import-predictions", .activate = import_predictions_cb }, NEEDS_WRITING },
  { { .name = "export-ratings", .activate = export_ratings_cb }, NEEDS_STUDY },
  { { .name = "export-predictions", .activate = export_predictions_cb }, NEEDS_STUDY },
  { { .name = "save-copy", .activate = save_copy_cb }, NEEDS_STUDY },
  { { .name = "merge", .activate = merge_cb }, NEEDS_WRITING },
  { { .name = "verify", .activate = verify_cb }, NEEDS_STUDY },
  { { .name = "person", .activate = person_chosen_cb, .parameter_type = "s", .state = "''" }, NEEDS_STUDY },
  { { .name = "add-person", .activate = add_person_cb }, NEEDS_WRITING },
  { { .name = "reference", .activate = reference_cb, .parameter_type = "x", .state = "int64 0" }, NEEDS_WRITING },
  { { .name = "open-case", .activate = open_case_cb, .parameter_type = "x" }, NEEDS_STUDY },
  { { .name = "rename-case", .activate = rename_case_cb, .parameter_type = "x" }, NEEDS_WRITING },
  { { .name = "set-patient", .activate = set_patient_cb, .parameter_type = "x" }, NEEDS_WRITING },
  { { .name = "mirror-case", .activate = mirror_case_cb, .parameter_type = "x" }, NEEDS_WRITING },
  { { .name = "rate-next", .activate = rate_next_cb }, NEEDS_STUDY },
  { { .name = "search", .activate = search_cb }, NEEDS_STUDY },
  { { .name = "back", .activate = back_cb }, NEEDS_STUDY },
  { { .name = "show-help-overlay", .activate = show_keys_cb }, NEEDS_NOTHING },
  { { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" }, NEEDS_STUDY },
};

void
semio_window_actions_install (SemioWindow *window)
{
  g_return_if_fail (SEMIO_IS_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_add_action_entries (G_ACTION_MAP (window), &actions[i].entry, 1, window);
}

/* The choices of the menus show what holds now. */
static void
update_states (SemioWindow *window, SemioStudy *study)
{
  GAction *person_action = g_action_map_lookup_action (G_ACTION_MAP (window), "person");
  GAction *reference_action = g_action_map_lookup_action (G_ACTION_MAP (window), "reference");
  const SemioPerson *person = semio_study_get_person (study);
  GPtrArray *sets = semio_study_get_reference_sets (study);
  char uuid[SEMIO_UUID_TEXT] = "";
  gint64 current = 0;

  if (person != NULL)
    semio_uuid_format (&person->uuid, uuid);
  for (guint i = 0; sets != NULL && i < sets->len; i++)
    {
      const SemioReferenceSet *set = g_ptr_array_index (sets, i);

      if (set->current)
        current = set->id;
    }
  g_simple_action_set_state (G_SIMPLE_ACTION (person_action), g_variant_new_string (uuid));
  g_simple_action_set_state (G_SIMPLE_ACTION (reference_action), g_variant_new_int64 (current));
}

void
semio_window_actions_update (SemioWindow *window)
{
  SemioStudy *study = NULL;
  gboolean writes = FALSE;

  g_return_if_fail (SEMIO_IS_WINDOW (window));
  study = semio_window_get_study (window);
  writes = study != NULL && !semio_study_is_read_only (study);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), actions[i].entry.name);
      gboolean enabled = actions[i].needs == NEEDS_NOTHING || (actions[i].needs == NEEDS_STUDY && study != NULL)
                         || (actions[i].needs == NEEDS_WRITING && writes);

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
  if (study != NULL)
    update_states (window, study);
}
