/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of a study from the welcome page to closing, over a real study. */
#include "semio-window.h"

#include <glib/gstdio.h>

#include "semio-recent-studies.h"
#include "semio-report-dialog.h"

#define LIMIT_S 20

typedef struct {
  char *folder;
  GFile *file;
  SemioApplication *application;
} Fixture;

typedef gboolean (*Condition) (gpointer data);

/* Runs the main loop until something holds; a test that waits for what never comes fails here. */
static void
wait_until (Condition condition, gpointer data)
{
  gint64 end_us = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static gboolean
has_study (gpointer window)
{
  return semio_window_get_study (SEMIO_WINDOW (window)) != NULL;
}

static gboolean
is_empty (gpointer window)
{
  return semio_window_is_empty (SEMIO_WINDOW (window));
}

static gboolean
has_person (gpointer window)
{
  return semio_study_get_person (semio_window_get_study (SEMIO_WINDOW (window))) != NULL;
}

static gboolean
has_no_windows (gpointer application)
{
  return gtk_application_get_windows (GTK_APPLICATION (application)) == NULL;
}

/* One application serves all tests: a process has one. */
static SemioApplication *
get_application (void)
{
  static SemioApplication *application = NULL;
  g_autoptr (GError) error = NULL;
  gboolean registered = FALSE;

  if (application != NULL)
    return application;
  application = semio_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  registered = g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (registered);
  return application;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("semio-window-XXXXXX", NULL);
  fixture->file = g_file_new_build_filename (fixture->folder, "First.semio", NULL);
  fixture->application = get_application ();
}

/* Dialogs belong to their window, not to the application. */
static GtkWindow *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    {
      if (g_type_is_a (G_OBJECT_TYPE (link->data), type))
        return link->data;
    }
  return NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_object_unref (fixture->file);
}

static SemioWindow *
make_study (Fixture *fixture)
{
  SemioWindow *window = semio_window_new (fixture->application);

  gtk_window_present (GTK_WINDOW (window));
  semio_window_create (window, fixture->file);
  wait_until (has_study, window);
  return window;
}

static void
close_all (Fixture *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->application), "quit", NULL);
  wait_until (has_no_windows, fixture->application);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  SemioWindow *window = make_study (fixture);
  g_autoptr (GPtrArray) recent = NULL;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "First");
  g_assert_cmpstr (semio_window_get_page (window), ==, "cases");
  g_assert_true (semio_window_shows (window, fixture->file));
  recent = semio_recent_studies_list (semio_application_get_settings (fixture->application));
  g_assert_cmpuint (recent->len, >=, 1);
  g_assert_true (g_file_equal (g_ptr_array_index (recent, 0), fixture->file));
  close_all (fixture);
}

/* Opening what is open raises its window rather than opening it twice. */
static void
test_open_twice (Fixture *fixture, gconstpointer data)
{
  SemioWindow *window = make_study (fixture);

  semio_application_open_study (fixture->application, fixture->file, GTK_WINDOW (window));
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (fixture->application))), ==, 1);
  close_all (fixture);
}

/* What cannot be opened is told, and the window is a welcome page again. */
static void
test_open_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) missing = g_file_new_build_filename (fixture->folder, "Missing.semio", NULL);
  SemioWindow *window = semio_window_new (fixture->application);
  GtkWindow *dialog = NULL;

  gtk_window_present (GTK_WINDOW (window));
  semio_window_open (window, missing);
  g_assert_false (semio_window_is_empty (window));
  wait_until (is_empty, window);
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_cmpint (strlen (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog))), >, 10);
  close_all (fixture);
}

static void
person_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPerson) person = semio_study_add_person_finish (SEMIO_STUDY (source), result, &error);

  g_assert_no_error (error);
  semio_window_choose_person (SEMIO_WINDOW (user_data), person);
}

/* Who rates is remembered for the study on this machine. */
static void
test_person (Fixture *fixture, gconstpointer data)
{
  SemioWindow *window = make_study (fixture);
  SemioWindow *again = NULL;

  g_assert_null (semio_study_get_person (semio_window_get_study (window)));
  semio_study_add_person_async (semio_window_get_study (window), "Rater 1", SEMIO_ROLE_EPILEPTOLOGIST, person_added_cb, window);
  wait_until (has_person, window);
  again = semio_window_new (fixture->application);
  gtk_window_present (GTK_WINDOW (again));
  gtk_window_close (GTK_WINDOW (window));
  while (g_list_length (gtk_application_get_windows (GTK_APPLICATION (fixture->application))) > 1)
    g_main_context_iteration (NULL, TRUE);
  semio_window_open (again, fixture->file);
  wait_until (has_study, again);
  g_assert_nonnull (semio_study_get_person (semio_window_get_study (again)));
  g_assert_cmpstr (semio_study_get_person (semio_window_get_study (again))->name, ==, "Rater 1");
  close_all (fixture);
}

/* Without a study the actions that need one are off; a study that is there turns them on. */
static void
test_actions (Fixture *fixture, gconstpointer data)
{
  SemioWindow *window = semio_window_new (fixture->application);
  GActionGroup *actions = G_ACTION_GROUP (window);

  g_assert_true (g_action_group_get_action_enabled (actions, "open"));
  g_assert_false (g_action_group_get_action_enabled (actions, "add-recordings"));
  g_assert_false (g_action_group_get_action_enabled (actions, "verify"));
  gtk_window_present (GTK_WINDOW (window));
  semio_window_create (window, fixture->file);
  wait_until (has_study, window);
  g_assert_true (g_action_group_get_action_enabled (actions, "add-recordings"));
  g_assert_true (g_action_group_get_action_enabled (actions, "verify"));
  close_all (fixture);
}

static gboolean
shows_report (gpointer nothing)
{
  return find_window (SEMIO_TYPE_REPORT_DIALOG) != NULL;
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  SemioWindow *window = make_study (fixture);

  g_action_group_activate_action (G_ACTION_GROUP (window), "verify", NULL);
  wait_until (shows_report, NULL);
  close_all (fixture);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/app/window/create", Fixture, NULL, set_up, test_create, tear_down);
  g_test_add ("/app/window/open-twice", Fixture, NULL, set_up, test_open_twice, tear_down);
  g_test_add ("/app/window/open-nothing", Fixture, NULL, set_up, test_open_nothing, tear_down);
  g_test_add ("/app/window/person", Fixture, NULL, set_up, test_person, tear_down);
  g_test_add ("/app/window/actions", Fixture, NULL, set_up, test_actions, tear_down);
  g_test_add ("/app/window/verify", Fixture, NULL, set_up, test_verify, tear_down);
  return g_test_run ();
}
