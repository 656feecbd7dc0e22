/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-cli.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "semio-test-home.h"

static char *program;
static char *clips;

void
semio_test_cli_init (int argc, char **argv)
{
  g_assert_cmpint (argc, ==, 3);
  program = g_canonicalize_filename (argv[1], NULL);
  clips = semio_test_home_make_clips (argv[2]);
}

void
semio_test_cli_clear (void)
{
  g_clear_pointer (&clips, g_free);
  g_clear_pointer (&program, g_free);
}

const char *
semio_test_cli_get_clips (void)
{
  return clips;
}

/* In the child, before the program: a write beyond the limit fails as on a full disk, instead of ending it. */
static void
limit_files_cb (gpointer user_data)
{
  const guint64 *bytes = user_data;
  const struct rlimit limit = { *bytes, *bytes };

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}

static GSubprocess *
spawn (Fixture *fixture, va_list args)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE | (fixture->out_path ? 0 : G_SUBPROCESS_FLAGS_STDOUT_PIPE));
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, program);
  for (char *arg = va_arg (args, char *); arg; arg = va_arg (args, char *))
    g_ptr_array_add (argv, arg);
  g_ptr_array_add (argv, NULL);
  if (fixture->out_path)
    g_subprocess_launcher_set_stdout_file_path (launcher, fixture->out_path);
  if (fixture->file_limit > 0)
    g_subprocess_launcher_set_child_setup (launcher, limit_files_cb, &fixture->file_limit, NULL);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "HOME", fixture->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", g_get_user_cache_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", fixture->locale ? fixture->locale : "C.UTF-8", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

GSubprocess *
semio_test_cli_spawn (Fixture *fixture, ...)
{
  GSubprocess *process;
  va_list args;

  va_start (args, fixture);
  process = spawn (fixture, args);
  va_end (args);
  return process;
}

int
semio_test_cli_run (Fixture *fixture, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;
  va_list args;

  va_start (args, fixture);
  process = spawn (fixture, args);
  va_end (args);
  g_clear_pointer (&fixture->out, g_free);
  g_clear_pointer (&fixture->err, g_free);
  done = g_subprocess_communicate_utf8 (process, NULL, NULL, &fixture->out, &fixture->err, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

JsonObject *
semio_test_cli_read_json (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (fixture->out, &error);
  JsonObject *object;

  g_assert_no_error (error);
  g_assert_nonnull (node);
  object = json_node_dup_object (node);
  g_assert_cmpint (json_object_get_int_member (object, "schema"), ==, 1);
  return object;
}

char *
semio_test_cli_put (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_has (const char *where, const char *text)
{
  if (!strstr (where, text))
    g_error ("“%s” does not stand in “%s”", text, where);
}

void
semio_test_cli_assert_err (Fixture *fixture, const char *text)
{
  assert_has (fixture->err, text);
}

void
semio_test_cli_assert_out (Fixture *fixture, const char *text)
{
  assert_has (fixture->out, text);
}

void
semio_test_cli_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("semio-cli-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->study = g_build_filename (fixture->folder, "Study.semio", NULL);
  fixture->locale = g_strdup (data);
  g_assert_cmpint (semio_test_cli_run (fixture, "new", fixture->study, NULL), ==, 0);
}

void
semio_test_cli_tear_down (Fixture *fixture, gconstpointer data)
{
  semio_test_home_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->study);
  g_free (fixture->locale);
  g_free (fixture->out);
  g_free (fixture->err);
}
