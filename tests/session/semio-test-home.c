/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-test-home.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static char *home;

void
semio_test_home_init (int *argc, char ***argv)
{
  static const char *const folders[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" };

  home = g_dir_make_tmp ("semio-home-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (home, folders[i], NULL);

      g_setenv (folders[i], path, TRUE);
    }
  g_test_init (argc, argv, NULL);
  g_assert_nonnull (home);
}

void
semio_test_home_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      semio_test_home_remove_tree (child);
    }
  g_remove (path);
}

int
semio_test_home_run (void)
{
  int status = g_test_run ();

  semio_test_home_remove_tree (home);
  g_clear_pointer (&home, g_free);
  return status;
}

char *
semio_test_home_make_clips (const char *program)
{
  g_autofree char *path = g_canonicalize_filename (program, NULL);
  g_autofree char *folder = g_build_filename (g_test_get_dir (G_TEST_BUILT), "media", "clips", NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  /* GStreamer keeps what it has loaded until the process ends: that is no leak of ours. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, path, folder, NULL);
  g_assert_no_error (error);
  done = g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return g_steal_pointer (&folder);
}
