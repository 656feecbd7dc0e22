/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "semio-file-choice.h"
#include "semio-import-column-row.h"
#include "semio-progress-dialog.h"
#include "semio-text.h"

#define MAX_NAME_CHARS 120

struct _SemioImportDialog {
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *import_button;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkRevealer *obstacle_revealer;
  GtkLabel *obstacle_label;
  AdwActionRow *file_row;
  AdwComboRow *form_row;
  AdwEntryRow *name_row;
  AdwEntryRow *person_row;
  AdwEntryRow *model_row;
  AdwEntryRow *enhancement_row;
  GtkWidget *answers_card;
  GtkLabel *contents_label;
  GtkLabel *yes_count;
  GtkLabel *no_count;
  GtkLabel *na_count;
  GtkLabel *fail_count;
  GtkLabel *missing_count;
  AdwActionRow *map_row;
  AdwActionRow *create_row;
  GtkSwitch *create_switch;
  AdwExpanderRow *names_row;
  GtkLabel *names_label;
  AdwExpanderRow *recordings_row;
  GtkLabel *recordings_label;
  GtkWidget *remarks_group;
  GtkListBox *remarks_list;
  GtkDropDown *blank_choice;
  GtkListBox *columns_list;

  SemioWindow *window; /* weak */
  SemioImport *import;
  GFile *file;
  GFile *name_map;
  SemioProgressDialog *progress; /* while reading or committing */
  gboolean is_filling; /* the choice of the form is set by the program */
};

G_DEFINE_FINAL_TYPE (SemioImportDialog, semio_import_dialog, ADW_TYPE_WINDOW)

static void
show_error (SemioImportDialog *self, const GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_label_set_text (self->error_label, error->message);
      gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
    }
  else
    gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
}

static char *
get_text (AdwEntryRow *row)
{
  return g_strstrip (semio_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)), -1, MAX_NAME_CHARS));
}

static void
show_count (GtkLabel *label, guint count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);

  gtk_label_set_text (label, text);
}

static void
show_names (AdwExpanderRow *row, GtkLabel *label, const char *const *names, const char *some, const char *none)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;
  g_autofree char *title = NULL;
  g_autofree char *text = n > 0 ? g_strjoinv ("\n", (char **) names) : g_strdup ("");

  title = n > 0 ? g_strdup_printf ("%s (%u)", some, n) : g_strdup (none);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_enable_expansion (row, n > 0);
  gtk_label_set_text (label, text);
}

static void
show_remarks (SemioImportDialog *self)
{
  const char *const *remarks = semio_import_get_remarks (self->import);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->remarks_list))) != NULL)
    gtk_list_box_remove (self->remarks_list, child);
  for (gsize i = 0; remarks != NULL && remarks[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), remarks[i]);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      gtk_list_box_append (self->remarks_list, row);
    }
  gtk_widget_set_visible (self->remarks_group, remarks != NULL && remarks[0] != NULL);
}

/* Companions hold no answers, so there is nothing to count or to ask of blank cells. */
static void
show_contents (SemioImportDialog *self)
{
  const SemioImportForm form = semio_import_get_form (self->import);
  const char *const *contents = semio_import_get_contents (self->import);
  const gboolean has_answers = form < SEMIO_IMPORT_FORM_SIDES;
  g_autofree char *text = g_strjoinv ("\n", (char **) contents);

  gtk_label_set_text (self->contents_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->contents_label), contents[0] != NULL);
  gtk_widget_set_visible (self->answers_card, has_answers);
  gtk_widget_set_visible (GTK_WIDGET (self->blank_choice), has_answers);
  self->is_filling = TRUE;
  adw_combo_row_set_selected (self->form_row, form);
  self->is_filling = FALSE;
}

/* Why nothing can be imported now, in a sentence that says what to do; NULL when it can. */
static const char *
find_obstacle (SemioImportDialog *self)
{
  g_autofree char *name = get_text (self->name_row);
  const char *const *unmatched = semio_import_get_unmatched_names (self->import);
  gboolean creates = unmatched != NULL && unmatched[0] != NULL && gtk_switch_get_active (self->create_switch);

  if (semio_import_get_n_matched (self->import) == 0 && !creates)
    return _ ("No name in the file matches a recording. Choose a name map, or create the recordings that are not here yet.");
  if (name[0] == '\0')
    return _ ("Give the import a name.");
  return NULL;
}

static void
refresh_button (SemioImportDialog *self)
{
  const char *obstacle = find_obstacle (self);

  gtk_widget_set_sensitive (self->import_button, self->progress == NULL && obstacle == NULL);
  gtk_label_set_text (self->obstacle_label, obstacle != NULL ? obstacle : "");
  gtk_revealer_set_reveal_child (self->obstacle_revealer, obstacle != NULL);
}

/* Shows what the import says now, after reading or a change of an option. */
static void
refresh (SemioImportDialog *self)
{
  g_autofree char *subtitle = NULL;
  guint n_rows = semio_import_get_n_rows (self->import);
  guint n_columns = semio_import_get_n_columns (self->import);
  g_autofree char *rows = g_strdup_printf (ngettext ("%u row", "%u rows", n_rows), n_rows);
  g_autofree char *columns = g_strdup_printf (ngettext ("%u column", "%u columns", n_columns), n_columns);
  guint n_matched = semio_import_get_n_matched (self->import);
  g_autofree char *matched = g_strdup_printf (ngettext ("%u recording matched", "%u recordings matched", n_matched), n_matched);

  subtitle = g_strdup_printf ("%s · %s · %s · %s", rows, columns, matched,
                              semio_import_has_segments (self->import) ? _ ("per segment") : _ ("per recording"));
  adw_action_row_set_subtitle (self->file_row, subtitle);
  show_count (self->yes_count, semio_import_get_count (self->import, SEMIO_ANSWER_YES));
  show_count (self->no_count, semio_import_get_count (self->import, SEMIO_ANSWER_NO));
  show_count (self->na_count, semio_import_get_count (self->import, SEMIO_ANSWER_NA)
                                  + semio_import_get_count (self->import, SEMIO_ANSWER_NOT_ASSESSABLE));
  show_count (self->fail_count, semio_import_get_count (self->import, SEMIO_ANSWER_FAIL));
  show_count (self->missing_count, semio_import_get_count (self->import, SEMIO_ANSWER_MISSING));
  show_names (self->names_row, self->names_label, semio_import_get_unmatched_names (self->import),
              _ ("Names that no recording matches"), _ ("Every name matches a recording"));
  show_names (self->recordings_row, self->recordings_label, semio_import_get_unmatched_recordings (self->import),
              _ ("Recordings that the file does not name"), _ ("The file names every recording"));
  show_remarks (self);
  show_contents (self);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->columns_list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    semio_import_column_row_refresh (SEMIO_IMPORT_COLUMN_ROW (row));
  refresh_button (self);
}

static void
name_changed_cb (SemioImportDialog *self)
{
  if (self->import != NULL)
    refresh_button (self);
}

static void
create_changed_cb (SemioImportDialog *self)
{
  if (self->import == NULL)
    return;
  semio_import_set_create (self->import, gtk_switch_get_active (self->create_switch));
  refresh (self);
}

static void
all_blank_changed_cb (SemioImportDialog *self)
{
  guint chosen = gtk_drop_down_get_selected (self->blank_choice);

  /* The first entry says that each column has its own meaning. */
  if (self->import == NULL || chosen == 0 || chosen == GTK_INVALID_LIST_POSITION)
    return;
  semio_import_set_blank (self->import, (SemioBlank) (chosen - 1));
  refresh (self);
}

static void
column_blank_changed_cb (SemioImportDialog *self)
{
  gtk_drop_down_set_selected (self->blank_choice, 0);
  refresh (self);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioImportDialog) self = SEMIO_IMPORT_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = semio_import_commit_finish (SEMIO_IMPORT (source), result, &error);

  g_clear_pointer (&self->progress, semio_progress_dialog_finish);
  if (summary == NULL)
    {
      show_error (self, error);
      refresh_button (self);
      return;
    }
  if (self->window != NULL)
    semio_window_tell (self->window, summary);
  /* A text that is destroyed with the focus in it never hears that the focus left. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
import_clicked_cb (SemioImportDialog *self)
{
  g_autofree char *name = get_text (self->name_row);
  g_autofree char *model = get_text (self->model_row);
  g_autofree char *enhancement = get_text (self->enhancement_row);

  show_error (self, NULL);
  semio_import_set_name (self->import, name);
  if (semio_import_get_kind (self->import) == SEMIO_IMPORT_PREDICTIONS)
    {
      semio_import_set_model (self->import, model[0] != '\0' ? model : NULL);
      semio_import_set_enhancement (self->import, enhancement[0] != '\0' ? enhancement : NULL);
    }
  else
    {
      g_autofree char *person = get_text (self->person_row);

      semio_import_set_person (self->import, person[0] != '\0' ? person : NULL);
    }
  self->progress = semio_progress_dialog_new (GTK_WINDOW (self), _ ("Importing"));
  refresh_button (self);
  semio_import_commit_async (self->import, semio_progress_dialog_update, self->progress,
                             semio_progress_dialog_get_cancellable (self->progress), committed_cb, g_object_ref (self));
}

static void
fill_columns (SemioImportDialog *self)
{
  SemioFeatureSet *set = semio_study_get_feature_set (semio_window_get_study (self->window));
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->columns_list))) != NULL)
    gtk_list_box_remove (self->columns_list, child);
  for (guint i = 0; i < semio_import_get_n_columns (self->import); i++)
    {
      GtkWidget *row = semio_import_column_row_new (self->import, set, i);

      g_signal_connect_object (row, "blank-changed", G_CALLBACK (column_blank_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->columns_list, row);
    }
}

static void
take_import (SemioImportDialog *self, SemioImport *import)
{
  g_set_object (&self->import, import);
  semio_import_set_create (import, gtk_switch_get_active (self->create_switch));
  gtk_drop_down_set_selected (self->blank_choice, 0);
  fill_columns (self);
  refresh (self);
}

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioImportDialog) self = SEMIO_IMPORT_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioImport) import = semio_import_read_finish (result, &error);

  g_clear_pointer (&self->progress, semio_progress_dialog_finish);
  show_error (self, error);
  if (import == NULL || self->window == NULL)
    {
      /* What was read before stands, so its form does too. */
      show_contents (self);
      refresh_button (self);
      return;
    }
  if (self->name_map != NULL)
    {
      g_autofree char *name = g_file_get_parse_name (self->name_map);

      adw_action_row_set_subtitle (self->map_row, name);
    }
  take_import (self, import);
}

static void
reread (SemioImportDialog *self)
{
  self->progress = semio_progress_dialog_new (GTK_WINDOW (self), _ ("Reading the File"));
  refresh_button (self);
  semio_import_read_form_async (semio_window_get_study (self->window), semio_import_get_kind (self->import),
                                (SemioImportForm) adw_combo_row_get_selected (self->form_row), self->file, self->name_map,
                                semio_progress_dialog_get_cancellable (self->progress), reread_cb, g_object_ref (self));
}

static void
form_changed_cb (SemioImportDialog *self)
{
  const guint chosen = adw_combo_row_get_selected (self->form_row);

  if (self->import == NULL || self->is_filling || self->progress != NULL || chosen >= SEMIO_N_IMPORT_FORMS
      || chosen == semio_import_get_form (self->import))
    return;
  reread (self);
}

static void
map_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioImportDialog *self = SEMIO_IMPORT_DIALOG (user_data);

  g_set_object (&self->name_map, G_FILE (g_ptr_array_index (files, 0)));
  reread (self);
}

static void
map_activated_cb (SemioImportDialog *self)
{
  semio_file_choice_show (GTK_WINDOW (self), SEMIO_FILE_CHOICE_TABLE, _ ("Name Map"), NULL, map_chosen_cb, self);
}

static void
semio_import_dialog_dispose (GObject *object)
{
  SemioImportDialog *self = SEMIO_IMPORT_DIALOG (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->import);
  g_clear_object (&self->file);
  g_clear_object (&self->name_map);
  G_OBJECT_CLASS (semio_import_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, obstacle_revealer);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, obstacle_label);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, form_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, person_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, model_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, enhancement_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, answers_card);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, contents_label);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, yes_count);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, no_count);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, na_count);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, fail_count);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, missing_count);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, map_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, create_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, create_switch);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, names_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, names_label);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, recordings_row);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, recordings_label);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, remarks_group);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, remarks_list);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, blank_choice);
  gtk_widget_class_bind_template_child (widget_class, SemioImportDialog, columns_list);
}

static void
semio_import_dialog_class_init (SemioImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_import_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_blank_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, map_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
semio_import_dialog_init (SemioImportDialog *self)
{
  const char *labels[SEMIO_N_IMPORT_FORMS + 1] = { NULL };
  g_autoptr (GtkStringList) forms = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < SEMIO_N_IMPORT_FORMS; i++)
    labels[i] = semio_import_form_get_label ((SemioImportForm) i);
  forms = gtk_string_list_new (labels);
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->form_row, G_LIST_MODEL (forms));
  self->is_filling = FALSE;
  gtk_window_set_default_widget (GTK_WINDOW (self), self->import_button);
}

GtkWidget *
semio_import_dialog_new (SemioWindow *window, SemioImport *import, GFile *file)
{
  SemioImportDialog *self = g_object_new (SEMIO_TYPE_IMPORT_DIALOG, "transient-for", window, NULL);
  gboolean predictions = semio_import_get_kind (import) == SEMIO_IMPORT_PREDICTIONS;
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);
  char *dot = NULL;

  g_set_weak_pointer (&self->window, window);
  g_set_object (&self->file, file);
  adw_window_title_set_title (self->window_title, predictions ? _ ("Import Predictions") : _ ("Import Labels"));
  adw_window_title_set_subtitle (self->window_title, shown);
  gtk_window_set_title (GTK_WINDOW (self), predictions ? _ ("Import Predictions") : _ ("Import Labels"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), shown);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row),
                                 predictions ? _ ("Name of the run") : _ ("Name of the reference set"));
  gtk_widget_set_visible (GTK_WIDGET (self->model_row), predictions);
  gtk_widget_set_visible (GTK_WIDGET (self->enhancement_row), predictions);
  gtk_widget_set_visible (GTK_WIDGET (self->person_row), !predictions);
  dot = strrchr (shown, '.');
  if (dot != NULL && dot != shown)
    *dot = '\0';
  take_import (self, import);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), shown);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->name_row));
  return GTK_WIDGET (self);
}
