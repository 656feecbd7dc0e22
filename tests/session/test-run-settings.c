/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of runs that a user keeps by name: saved, found, renamed, deleted; what is wrong is told and loses nothing. */
#include <glib/gstdio.h>
#include <string.h>

#include "semio-run-settings.h"
#include "semio-session-error.h"
#include "semio-test-home.h"

typedef struct {
  SemioFeatureSet *features;
  SemioRunConfig *config;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->features = semio_feature_set_new_default ();
  fixture->config = semio_run_config_new_default (fixture->features);
  fixture->config->temperature = 0.7;
  g_free (fixture->config->name);
  fixture->config->name = g_strdup ("Run 7");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = semio_run_settings_get_folder ();

  semio_run_config_free (fixture->config);
  semio_feature_set_unref (fixture->features);
  semio_test_home_remove_tree (g_file_peek_path (folder));
}

static void
save (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;

  semio_run_settings_save (fixture->config, name, FALSE, &error);
  g_assert_no_error (error);
}

/* The names there are, with bars between. */
static char *
list_names (void)
{
  g_autoptr (GPtrArray) all = semio_run_settings_list (NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (names, ((SemioRunConfig *) all->pdata[i])->name);
  g_ptr_array_add (names, NULL);
  return g_strjoinv ("|", (char **) names->pdata);
}

static void
assert_names (const char *expected)
{
  g_autofree char *names = list_names ();

  g_assert_cmpstr (names, ==, expected);
}

static char *
get_path (const char *file_name)
{
  g_autoptr (GFile) folder = semio_run_settings_get_folder ();

  return g_build_filename (g_file_peek_path (folder), file_name, NULL);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRunConfig) published = semio_run_settings_find (SEMIO_RUN_SETTINGS_PUBLISHED, fixture->features, &error);
  g_autoptr (SemioRunConfig) found = NULL;
  g_autofree char *path = NULL;
  GStatBuf info;

  g_assert_no_error (error);
  g_assert_cmpfloat (published->temperature, ==, 0);
  assert_names ("");
  save (fixture, "Warm");
  save (fixture, " Cold/b: ../c\n");
  assert_names ("Cold/b: ../c|Warm");
  found = semio_run_settings_find ("Warm", fixture->features, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (found->temperature, ==, 0.7);
  /* One of a run, one by hand: the same file. */
  {
    g_autofree char *expected = NULL;
    g_autofree char *text = semio_run_config_to_json (found);

    g_free (fixture->config->name);
    fixture->config->name = g_strdup ("Warm");
    expected = semio_run_config_to_json (fixture->config);
    g_assert_cmpstr (text, ==, expected);
  }
  path = get_path ("Warm.json");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioRunConfig) found = NULL;

  save (fixture, "One");
  save (fixture, "Two");
  g_assert_false (semio_run_settings_save (fixture->config, "One", FALSE, &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_DUPLICATE);
  g_assert_nonnull (strstr (error->message, "One"));
  g_clear_error (&error);
  fixture->config->temperature = 1;
  g_assert_true (semio_run_settings_save (fixture->config, "One", TRUE, &error));
  found = semio_run_settings_find ("One", fixture->features, &error);
  g_assert_cmpfloat (found->temperature, ==, 1);
  g_assert_false (semio_run_settings_rename ("One", "Two", &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_DUPLICATE);
  g_clear_error (&error);
  assert_names ("One|Two");
  g_assert_true (semio_run_settings_rename ("One", "Three", &error));
  assert_names ("Three|Two");
  g_assert_true (semio_run_settings_rename ("Three", "Three", &error));
  g_assert_true (semio_run_settings_delete ("Two", &error));
  assert_names ("Three");
  g_assert_false (semio_run_settings_delete ("Two", &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "Three"));
  g_clear_error (&error);
  g_assert_null (semio_run_settings_find ("Two", fixture->features, &error));
  g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "As published, Three"));
}

/* What the publication used cannot be overwritten, and nothing is kept without a name. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "", "  \n", "As published", " As published " };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (semio_run_settings_save (fixture->config, names[i], TRUE, &error));
      g_assert_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED);
    }
  assert_names ("");
}

/* Files that somebody put there count when they are settings; the others are told and left alone. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *json = semio_run_config_to_json (fixture->config);
  g_autofree char *exported = get_path ("exported.json");
  g_autofree char *again = get_path ("exported again.json");
  g_autofree char *broken = get_path ("broken.json");
  g_autofree char *readme = get_path ("README.txt");

  save (fixture, "Mine");
  g_assert_true (g_file_set_contents (exported, json, -1, NULL));
  g_assert_true (g_file_set_contents (again, json, -1, NULL));
  g_assert_true (g_file_set_contents (broken, "{\"schema\":1,\"name\":[[[", -1, NULL));
  g_assert_true (g_file_set_contents (readme, "nothing", -1, NULL));
  all = semio_run_settings_list (problems);
  assert_names ("Mine|Run 7");
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_nonnull (strstr (problems->pdata[0], "broken.json"));
  g_assert_nonnull (strstr (problems->pdata[1], "exported.json"));
  g_assert_nonnull (strstr (problems->pdata[1], "“Run 7”"));
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (all->len, ==, 2);
}

/* A folder that takes nothing is told, and what stands is not harmed. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) folder = semio_run_settings_get_folder ();
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_path_get_dirname (g_file_peek_path (folder));

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (folder), "a file", -1, NULL));
  g_assert_false (semio_run_settings_save (fixture->config, "Lost", FALSE, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "The settings could not be saved: "));
  assert_names ("");
  g_assert_cmpint (g_unlink (g_file_peek_path (folder)), ==, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  semio_test_home_init (&argc, &argv);
  ADD ("/session/run-settings/kept", test_kept);
  ADD ("/session/run-settings/changed", test_changed);
  ADD ("/session/run-settings/names", test_names);
  ADD ("/session/run-settings/files", test_files);
  ADD ("/session/run-settings/unwritable", test_unwritable);
  return semio_test_home_run ();
}
