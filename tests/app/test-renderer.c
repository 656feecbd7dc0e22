/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-renderer.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

typedef struct {
  char *root;
  char *devices;
  char *classes;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("semio-renderer-XXXXXX", NULL);
  fixture->devices = g_build_filename (fixture->root, "dri", NULL);
  fixture->classes = g_build_filename (fixture->root, "drm", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  g_free (fixture->root);
  g_free (fixture->devices);
  g_free (fixture->classes);
}

static void
add_node (Fixture *fixture, const char *name, const char *driver)
{
  g_autofree char *node = g_build_filename (fixture->devices, name, NULL);
  g_autofree char *device = g_build_filename (fixture->classes, name, "device", NULL);
  g_autofree char *link = g_build_filename (device, "driver", NULL);
  g_autofree char *target = g_strconcat ("../../../bus/drivers/", driver, NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link);
  gboolean made = FALSE;

  g_assert_cmpint (g_mkdir_with_parents (fixture->devices, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (device, 0700), ==, 0);
  made = g_file_set_contents (node, "", 0, NULL);
  g_assert_true (made);
  made = g_file_make_symbolic_link (link_file, target, NULL, NULL);
  g_assert_true (made);
}

static void
test_no_devices (Fixture *fixture, gconstpointer data)
{
  g_assert_true (semio_renderer_is_software (fixture->devices, fixture->classes));
}

static void
test_only_a_screen (Fixture *fixture, gconstpointer data)
{
  add_node (fixture, "card0", "i915");
  g_assert_true (semio_renderer_is_software (fixture->devices, fixture->classes));
}

static void
test_real (Fixture *fixture, gconstpointer data)
{
  add_node (fixture, "renderD128", "i915");
  g_assert_false (semio_renderer_is_software (fixture->devices, fixture->classes));
}

static void
test_virtual (Fixture *fixture, gconstpointer data)
{
  add_node (fixture, "renderD128", "vgem");
  g_assert_true (semio_renderer_is_software (fixture->devices, fixture->classes));
  add_node (fixture, "renderD129", "amdgpu");
  g_assert_false (semio_renderer_is_software (fixture->devices, fixture->classes));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/renderer/no-devices", Fixture, NULL, set_up, test_no_devices, tear_down);
  g_test_add ("/app/renderer/only-a-screen", Fixture, NULL, set_up, test_only_a_screen, tear_down);
  g_test_add ("/app/renderer/real", Fixture, NULL, set_up, test_real, tear_down);
  g_test_add ("/app/renderer/virtual", Fixture, NULL, set_up, test_virtual, tear_down);
  return g_test_run ();
}
