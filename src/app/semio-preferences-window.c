/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-preferences-window.h"

#include <glib/gi18n-lib.h>

#include "semio-copy-cache.h"
#include "semio-file-choice.h"

struct _SemioPreferencesWindow {
  AdwPreferencesWindow parent_instance;

  GtkListBox *folder_list;
  AdwEntryRow *pattern_row;
  AdwActionRow *example_row;
  GtkSwitch *copy_switch;
  GtkSwitch *hardware_switch;
  GtkSwitch *offline_switch;
  AdwActionRow *cache_row;
  GtkWidget *cache_button;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (SemioPreferencesWindow, semio_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
remove_folder_cb (SemioPreferencesWindow *self, GtkWidget *button)
{
  const char *uri = g_object_get_data (G_OBJECT (button), "uri");
  g_auto (GStrv) uris = g_settings_get_strv (self->settings, "media-folders");
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) left = NULL;

  for (gsize i = 0; uris[i] != NULL; i++)
    {
      if (!g_str_equal (uris[i], uri))
        g_strv_builder_add (kept, uris[i]);
    }
  left = g_strv_builder_end (kept);
  g_settings_set_strv (self->settings, "media-folders", (const char *const *) left);
}

static GtkWidget *
create_folder_row (SemioPreferencesWindow *self, const char *uri)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (uri);
  g_autofree char *name = g_file_get_parse_name (folder);
  g_autofree char *label = g_strdup_printf (_ ("Do not look in %s any more"), name);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (remove), "uri", g_strdup (uri), g_free);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_folder_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

static void
refresh_folders (SemioPreferencesWindow *self)
{
  g_auto (GStrv) uris = g_settings_get_strv (self->settings, "media-folders");
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->folder_list))) != NULL)
    gtk_list_box_remove (self->folder_list, child);
  for (gsize i = 0; uris[i] != NULL; i++)
    gtk_list_box_append (self->folder_list, create_folder_row (self, uris[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->folder_list), uris[0] != NULL);
}

static void
folder_chosen_cb (GPtrArray *files, gpointer user_data)
{
  SemioPreferencesWindow *self = SEMIO_PREFERENCES_WINDOW (user_data);
  g_auto (GStrv) uris = g_settings_get_strv (self->settings, "media-folders");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, 0));
  g_auto (GStrv) all = NULL;

  if (g_strv_contains ((const char *const *) uris, uri))
    return;
  g_strv_builder_addv (builder, (const char **) uris);
  g_strv_builder_add (builder, uri);
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "media-folders", (const char *const *) all);
}

static void
add_folder_cb (SemioPreferencesWindow *self)
{
  semio_file_choice_show (GTK_WINDOW (self), SEMIO_FILE_CHOICE_FOLDER, _ ("Folder of Videos"), NULL, folder_chosen_cb, self);
}

/* Shows at once what the pattern reads from a name, or what is wrong with it; a wrong one is not kept. */
static void
pattern_changed_cb (SemioPreferencesWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->pattern_row));
  const char *example = "P07@2024-03-11.mp4";
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *patient = NULL;
  g_autofree char *subtitle = NULL;

  if (self->settings == NULL)
    return;
  regex = g_regex_new (text, 0, 0, &error);
  if (regex != NULL && g_regex_get_capture_count (regex) == 0)
    subtitle = g_strdup (_ ("The pattern needs a group in parentheses: what it matches is the patient"));
  else if (regex == NULL)
    subtitle = g_strdup (error->message);
  if (subtitle != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->pattern_row), "error");
      adw_action_row_set_subtitle (self->example_row, subtitle);
      return;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->pattern_row), "error");
  g_settings_set_string (self->settings, "patient-pattern", text);
  if (g_regex_match (regex, example, 0, &match))
    patient = g_match_info_fetch (match, 1);
  /* TRANSLATORS: an example of a file's name and what the pattern takes for the patient in it. */
  subtitle = patient != NULL && patient[0] != '\0' ? g_strdup_printf (_ ("%s → patient %s"), example, patient)
                                                   : g_strdup_printf (_ ("%s → no patient"), example);
  adw_action_row_set_subtitle (self->example_row, subtitle);
}

static void
reset_pattern_cb (SemioPreferencesWindow *self)
{
  g_autofree char *pattern = NULL;

  g_settings_reset (self->settings, "patient-pattern");
  pattern = g_settings_get_string (self->settings, "patient-pattern");
  gtk_editable_set_text (GTK_EDITABLE (self->pattern_row), pattern);
}

/* Sizes are looked up in a thread: a folder of many copies may lie on a slow disk. */
static void
measure_thread (GTask *task, gpointer source, gpointer empty, GCancellable *cancellable)
{
  if (GPOINTER_TO_INT (empty))
    semio_copy_cache_empty ();
  g_task_return_int (task, (gssize) semio_copy_cache_get_n_bytes ());
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SemioPreferencesWindow *self = SEMIO_PREFERENCES_WINDOW (source);
  gssize n_bytes = g_task_propagate_int (G_TASK (result), NULL);
  g_autofree char *size = g_format_size ((guint64) MAX (n_bytes, 0));
  /* TRANSLATORS: how much room copies of videos take. */
  g_autofree char *subtitle = n_bytes > 0
                                  ? g_strdup_printf (_ ("%s in the cache folder. What is needed is made again by itself."), size)
                                  : g_strdup (_ ("There are none."));

  adw_action_row_set_subtitle (self->cache_row, subtitle);
  gtk_widget_set_sensitive (self->cache_button, n_bytes > 0);
}

static void
measure_cache (SemioPreferencesWindow *self, gboolean empty)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, measured_cb, NULL);

  gtk_widget_set_sensitive (self->cache_button, FALSE);
  g_task_set_task_data (task, GINT_TO_POINTER (empty), NULL);
  g_task_run_in_thread (task, measure_thread);
}

static void
empty_cache_cb (SemioPreferencesWindow *self)
{
  measure_cache (self, TRUE);
}

static void
semio_preferences_window_dispose (GObject *object)
{
  SemioPreferencesWindow *self = SEMIO_PREFERENCES_WINDOW (object);

  g_clear_object (&self->settings);
  G_OBJECT_CLASS (semio_preferences_window_parent_class)->dispose (object);
}

static void
semio_preferences_window_class_init (SemioPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_preferences_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, folder_list);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, pattern_row);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, example_row);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, copy_switch);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, hardware_switch);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, offline_switch);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, cache_row);
  gtk_widget_class_bind_template_child (widget_class, SemioPreferencesWindow, cache_button);
  gtk_widget_class_bind_template_callback (widget_class, add_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cache_cb);
  gtk_widget_class_bind_template_callback (widget_class, pattern_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_pattern_cb);
}

static void
semio_preferences_window_init (SemioPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
semio_preferences_window_new (GSettings *settings)
{
  SemioPreferencesWindow *self = g_object_new (SEMIO_TYPE_PREFERENCES_WINDOW, NULL);
  g_autofree char *pattern = g_settings_get_string (settings, "patient-pattern");

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::media-folders", G_CALLBACK (refresh_folders), self, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "copy-videos", self->copy_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hardware-decoding", self->hardware_switch, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "offline", self->offline_switch, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_editable_set_text (GTK_EDITABLE (self->pattern_row), pattern);
  refresh_folders (self);
  measure_cache (self, FALSE);
  return GTK_WIDGET (self);
}
