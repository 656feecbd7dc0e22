/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-file-write.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->folder = g_dir_make_tmp ("semio-write-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "out.csv", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_object_unref (fixture->file);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, expected);
}

static void
write_text (GFile *file, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  gboolean written = semio_file_write (file, bytes, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (written);
}

static void
test_replace (Fixture *fixture, gconstpointer unused)
{
  struct stat status;

  write_text (fixture->file, "first");
  assert_contents (fixture->path, "first");
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  write_text (fixture->file, "");
  write_text (fixture->file, "second");
  assert_contents (fixture->path, "second");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

/* What went wrong leaves the old file and nothing beside it. */
static void
test_cancelled (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  write_text (fixture->file, "old");
  g_cancellable_cancel (cancellable);
  g_assert_false (semio_file_write (fixture->file, bytes, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_contents (fixture->path, "old");
  g_assert_cmpuint (count_entries (fixture->folder), ==, 1);
}

static void
test_link (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr (GFile) link_file = g_file_new_for_path (link_path);

  write_text (fixture->file, "old");
  g_assert_cmpint (symlink ("out.csv", link_path), ==, 0);
  write_text (link_file, "new");
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_contents (fixture->path, "new");
  g_unlink (link_path);
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "absent", "out.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (semio_file_write (file, bytes, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "out.csv"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/file-write/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/base/file-write/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/base/file-write/link", Fixture, NULL, set_up, test_link, tear_down);
  g_test_add ("/base/file-write/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  return g_test_run ();
}
