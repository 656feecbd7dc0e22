/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-welcome-page.h"

#include <glib/gi18n-lib.h>

#include "semio-recent-studies.h"

struct _SemioWelcomePage {
  AdwBin parent_instance;

  GtkListBox *recent_list;
  GtkWidget *recent_group;

  GSettings *settings;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SemioWelcomePage, semio_welcome_page, ADW_TYPE_BIN)

enum { SIGNAL_OPEN_RECENT, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
row_activated_cb (SemioWelcomePage *self, GtkListBoxRow *row)
{
  GFile *file = g_object_get_data (G_OBJECT (row), "file");

  g_signal_emit (self, signals[SIGNAL_OPEN_RECENT], 0, file);
}

static void
remove_clicked_cb (SemioWelcomePage *self, GtkWidget *button)
{
  GFile *file = g_object_get_data (G_OBJECT (button), "file");

  semio_recent_studies_remove (self->settings, file);
}

/* The folder a study lies in, for people: the home folder as “~”. */
static char *
describe_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) home = g_file_new_for_path (g_get_home_dir ());
  g_autofree char *relative = NULL;

  if (folder == NULL)
    return g_file_get_parse_name (file);
  if (g_file_equal (folder, home))
    /* A word: GTK 4.8 warns of a text that is shorter than the “…” of a label that may be cut. */
    return g_strdup (_ ("Home folder"));
  relative = g_file_get_relative_path (home, folder);
  return relative != NULL ? g_strconcat ("~/", relative, NULL) : g_file_get_parse_name (folder);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = ADW_ACTION_ROW (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);
  g_autofree char *folder = NULL;
  g_autofree char *subtitle = NULL;

  if (info != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  folder = describe_folder (G_FILE (source));
  /* TRANSLATORS: %s is the folder in which a study lay that is not there any more. */
  subtitle = g_strdup_printf (_ ("Not found in %s"), folder);
  adw_action_row_set_subtitle (row, subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row), "recent-missing");
}

static GtkWidget *
create_row (SemioWelcomePage *self, GFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *folder = describe_folder (file);
  g_autofree char *name = NULL;
  g_autofree char *remove_label = NULL;

  name = g_filename_display_name (base);
  if (g_str_has_suffix (name, ".semio"))
    name[strlen (name) - strlen (".semio")] = '\0';
  remove_label = g_strdup_printf (_ ("Remove %s from the list"), name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "file", g_object_ref (file), g_object_unref);

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, remove_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, remove_label, -1);
  g_object_set_data_full (G_OBJECT (remove), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (remove_clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable,
                           queried_cb, g_object_ref (row));
  return row;
}

static void
refresh (SemioWelcomePage *self)
{
  g_autoptr (GPtrArray) files = semio_recent_studies_list (self->settings);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, child);
  for (guint i = 0; i < files->len; i++)
    gtk_list_box_append (self->recent_list, create_row (self, g_ptr_array_index (files, i)));
  gtk_widget_set_visible (self->recent_group, files->len > 0);
}

static void
semio_welcome_page_dispose (GObject *object)
{
  SemioWelcomePage *self = SEMIO_WELCOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (semio_welcome_page_parent_class)->dispose (object);
}

static void
semio_welcome_page_finalize (GObject *object)
{
  g_clear_object (&SEMIO_WELCOME_PAGE (object)->cancellable);
  G_OBJECT_CLASS (semio_welcome_page_parent_class)->finalize (object);
}

static void
semio_welcome_page_class_init (SemioWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = semio_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_welcome_page_finalize;
  signals[SIGNAL_OPEN_RECENT] =
      g_signal_new ("open-recent", SEMIO_TYPE_WELCOME_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/semioscope/Semioscope/ui/semio-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SemioWelcomePage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, SemioWelcomePage, recent_group);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
semio_welcome_page_init (SemioWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

void
semio_welcome_page_set_settings (SemioWelcomePage *self, GSettings *settings)
{
  g_return_if_fail (SEMIO_IS_WELCOME_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::recent-studies", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
