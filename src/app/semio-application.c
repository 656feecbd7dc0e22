/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-application.h"

#include "semio-config.h"

#include <glib/gi18n-lib.h>

#include "semio-app-resources.h"
#include "semio-endpoint-list.h"
#include "semio-preferences-window.h"
#include "semio-prompts-window.h"
#include "semio-window.h"

struct _SemioApplication {
  AdwApplication parent_instance;

  GSettings *settings;
  GSettings *offline; /* keeps the door closed while the settings say so */
};

G_DEFINE_FINAL_TYPE (SemioApplication, semio_application, ADW_TYPE_APPLICATION)

static const struct {
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.new-window", { "<Control>n" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.open", { "<Control>o" } },
  { "win.new", { "<Control><Shift>n" } },
  { "win.search", { "<Control>f" } },
  { "win.add-recordings", { "<Control><Shift>a" } },
  { "win.show-page('cases')", { "<Alt>1" } },
  { "win.show-page('review')", { "<Alt>2" } },
  { "win.show-page('runs')", { "<Alt>3" } },
  { "win.show-page('results')", { "<Alt>4" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
  { "window.close", { "<Control>w" } },
};

/* The window that shows a file. */
static SemioWindow *
find_window (SemioApplication *self, GFile *file)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    {
      if (SEMIO_IS_WINDOW (link->data) && semio_window_shows (SEMIO_WINDOW (link->data), file))
        return SEMIO_WINDOW (link->data);
    }
  return NULL;
}

/* The study window used last; dialogs of their own do not count. */
static GtkWindow *
get_front_window (SemioApplication *self)
{
  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL; link = link->next)
    {
      if (SEMIO_IS_WINDOW (link->data))
        return GTK_WINDOW (link->data);
    }
  return NULL;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Every window waits for its pending writes; the process ends with the last of them. */
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (GTK_WINDOW (link->data));
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (GTK_WINDOW (semio_window_new (SEMIO_APPLICATION (user_data))));
}

static void
prompts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (semio_prompts_window_new (parent)));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioApplication *self = SEMIO_APPLICATION (user_data);
  GtkWidget *preferences = semio_preferences_window_new (self->settings);

  gtk_window_set_transient_for (GTK_WINDOW (preferences), gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *developers[] = { _ ("The authors of Semioscope"), NULL };

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)), "application-name", "Semioscope",
                         "application-icon", SEMIO_APPLICATION_ID, "version", SEMIO_VERSION, "developer-name",
                         _ ("The authors of Semioscope"), "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("Review seizure videos beside what models answered, and rate how faithful their explanations are.\n\n"
                            "Semioscope is a tool for research and teaching. It is no medical device and makes no diagnosis."),
                         NULL);
}

/* Actions of the window are reached by name from anywhere on the bus. */
static void
window_action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  SemioApplication *self = SEMIO_APPLICATION (user_data);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);

  if (!SEMIO_IS_WINDOW (window))
    window = GTK_WINDOW (semio_window_new (self));
  gtk_window_present (window);
  gtk_widget_activate_action_variant (GTK_WIDGET (window), name, parameter);
}

static void
semio_application_startup (GApplication *application)
{
  SemioApplication *self = SEMIO_APPLICATION (application);
  const GActionEntry entries[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "about", .activate = about_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "prompts", .activate = prompts_cb },
    { .name = "new-window", .activate = new_window_cb },
    { .name = "open", .activate = window_action_cb },
    { .name = "new", .activate = window_action_cb },
    { .name = "demo", .activate = window_action_cb },
  };

  G_APPLICATION_CLASS (semio_application_parent_class)->startup (application);
  self->settings = g_settings_new (SEMIO_APPLICATION_ID);
  self->offline = semio_offline_follow_settings ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].keys);
  gtk_window_set_default_icon_name (SEMIO_APPLICATION_ID);
}

static void
semio_application_activate (GApplication *application)
{
  SemioApplication *self = SEMIO_APPLICATION (application);
  GtkWindow *window = get_front_window (self);

  if (window == NULL)
    window = GTK_WINDOW (semio_window_new (self));
  gtk_window_present (window);
}

static void
semio_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  SemioApplication *self = SEMIO_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    semio_application_open_study (self, files[i], get_front_window (self));
}

static void
semio_application_finalize (GObject *object)
{
  SemioApplication *self = SEMIO_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->offline);
  G_OBJECT_CLASS (semio_application_parent_class)->finalize (object);
}

static void
semio_application_class_init (SemioApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = semio_application_finalize;
  application_class->startup = semio_application_startup;
  application_class->activate = semio_application_activate;
  application_class->open = semio_application_open;
}

static void
semio_application_init (SemioApplication *self)
{
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[STUDY…]"));
  g_application_set_option_context_summary (G_APPLICATION (self), _ ("Review of seizure videos."));
}

SemioApplication *
semio_application_new (void)
{
  /* The templates are registered here rather than by a constructor, which the linker drops from a static library. */
  semio_app_register_resource ();
  return g_object_new (SEMIO_TYPE_APPLICATION, "application-id", SEMIO_APPLICATION_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/semioscope/Semioscope", NULL);
}

GSettings *
semio_application_get_settings (SemioApplication *self)
{
  g_return_val_if_fail (SEMIO_IS_APPLICATION (self), NULL);
  return self->settings;
}

void
semio_application_open_study (SemioApplication *self, GFile *file, GtkWindow *window)
{
  SemioWindow *target = NULL;

  g_return_if_fail (SEMIO_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));
  target = find_window (self, file);
  if (target == NULL)
    {
      if (SEMIO_IS_WINDOW (window) && semio_window_is_empty (SEMIO_WINDOW (window)))
        target = SEMIO_WINDOW (window);
      else
        target = semio_window_new (self);
      semio_window_open (target, file);
    }
  gtk_window_present (GTK_WINDOW (target));
}
