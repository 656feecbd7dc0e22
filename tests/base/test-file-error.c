/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-file-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static void
assert_says (char *taken, const char *what)
{
  g_autofree char *text = taken;

  if (!strstr (text, what))
    g_error ("“%s” does not say “%s”", text, what);
  g_assert_true (g_str_has_suffix (text, "."));
}

static void
test_sentences (void)
{
  g_autofree char *folder = g_dir_make_tmp ("semio-error-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "x.csv", NULL);
  g_autofree char *deep = g_build_filename (folder, "none", "x.csv", NULL);
  g_autofree char *none = g_build_filename (folder, "none", NULL);

  assert_says (semio_file_error_describe_read (file, ENOENT), "there is no such file");
  assert_says (semio_file_error_describe_read (file, ENOENT), file);
  assert_says (semio_file_error_describe_read (deep, ENOENT), "there is no folder");
  assert_says (semio_file_error_describe_read (deep, ENOENT), none);
  assert_says (semio_file_error_describe_read (folder, EISDIR), "it is a folder");
  assert_says (semio_file_error_describe_read (file, EACCES), "no permission to read");
  assert_says (semio_file_error_describe_read (file, EIO), g_strerror (EIO));
  assert_says (semio_file_error_describe_write (deep, ENOENT), "Make the folder first");
  assert_says (semio_file_error_describe_write (file, ENOENT), "takes no files");
  assert_says (semio_file_error_describe_write (folder, EISDIR), "Give the name of a file");
  assert_says (semio_file_error_describe_write (file, EROFS), folder);
  assert_says (semio_file_error_describe_write (file, ENOSPC), "no space");
  assert_says (semio_file_error_describe_write (file, EIO), g_strerror (EIO));
  g_rmdir (folder);
}

/* Only what is about the file itself gets other words. */
static void
test_explain (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);

  g_assert_null (stream);
  semio_file_error_explain_read (&error, file);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "there is no folder “/nowhere/at”"));
  g_clear_error (&error);
  g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped");
  semio_file_error_explain_write (&error, file);
  g_assert_cmpstr (error->message, ==, "Stopped");
  semio_file_error_explain_write (NULL, file);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/file-error/sentences", test_sentences);
  g_test_add_func ("/base/file-error/explain", test_explain);
  return g_test_run ();
}
