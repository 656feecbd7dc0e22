/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-file-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/* A file and the folder that it should lie in, as people may read them. */
typedef struct {
  char *name;
  char *folder;
  gboolean has_folder;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->name);
  g_free (place->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
place_init (Place *place, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  place->name = g_filename_display_name (path);
  place->folder = g_filename_display_name (folder);
  place->has_folder = g_file_test (folder, G_FILE_TEST_IS_DIR);
}

/**
 * semio_file_error_describe_read:
 * @path: the file
 * @code: an errno
 *
 * Returns: (transfer full): why it could not be read, and what to do
 */
char *
semio_file_error_describe_read (const char *path, int code)
{
  g_auto (Place) place = { 0 };

  place_init (&place, path);
  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      if (place.has_folder)
        return g_strdup_printf (_ ("“%s” cannot be opened: there is no such file. Check the name."), place.name);
      return g_strdup_printf (_ ("“%s” cannot be opened: there is no folder “%s”. Check the path."), place.name, place.folder);
    case EISDIR:
      return g_strdup_printf (_ ("“%s” cannot be opened: it is a folder. Name a file in it."), place.name);
    case EACCES:
    case EPERM:
      return g_strdup_printf (_ ("“%s” cannot be opened: you have no permission to read it. Ask its owner for it."), place.name);
    default:
      return g_strdup_printf (_ ("“%s” cannot be read: %s. Check the disk or the network, then try again."), place.name,
                              g_strerror (code));
    }
}

/**
 * semio_file_error_describe_write:
 * @path: the file
 * @code: an errno
 *
 * Returns: (transfer full): why it could not be written, and what to do
 */
char *
semio_file_error_describe_write (const char *path, int code)
{
  g_auto (Place) place = { 0 };

  place_init (&place, path);
  switch (code)
    {
    case ENOENT:
    case ENOTDIR:
      if (place.has_folder)
        return g_strdup_printf (_ ("“%s” cannot be written: “%s” takes no files. Choose a folder of your own."), place.name,
                                place.folder);
      return g_strdup_printf (_ ("“%s” cannot be written: there is no folder “%s”. Make the folder first or choose another."),
                              place.name, place.folder);
    case EISDIR:
      return g_strdup_printf (_ ("“%s” cannot be written: it is a folder. Give the name of a file."), place.name);
    case EACCES:
    case EPERM:
    case EROFS:
      return g_strdup_printf (_ ("“%s” cannot be written: you have no permission to write in “%s”. Choose a folder of your own."),
                              place.name, place.folder);
    case ENOSPC:
    case EDQUOT:
      return g_strdup_printf (_ ("“%s” cannot be written: no space is left in “%s”. Make room or choose another folder."),
                              place.name, place.folder);
    default:
      return g_strdup_printf (_ ("“%s” cannot be written: %s. Check the disk or the network, then try again."), place.name,
                              g_strerror (code));
    }
}

/* The errno that stands behind what GIO says; 0 when it says something else. */
static int
to_errno (const GError *error)
{
  if (error == NULL || error->domain != G_IO_ERROR)
    return 0;
  switch (error->code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return ENOENT;
    case G_IO_ERROR_NOT_DIRECTORY:
      return ENOTDIR;
    case G_IO_ERROR_IS_DIRECTORY:
      return EISDIR;
    case G_IO_ERROR_PERMISSION_DENIED:
      return EACCES;
    case G_IO_ERROR_READ_ONLY:
      return EROFS;
    case G_IO_ERROR_NO_SPACE:
      return ENOSPC;
    default:
      return 0;
    }
}

static void
explain (GError **error, GFile *file, char *(*describe) (const char *path, int code))
{
  const int code = error != NULL ? to_errno (*error) : 0;
  g_autofree char *path = g_file_get_path (file);

  if (code == 0 || path == NULL)
    return;
  g_free ((*error)->message);
  (*error)->message = describe (path, code);
}

void
semio_file_error_explain_read (GError **error, GFile *file)
{
  explain (error, file, semio_file_error_describe_read);
}

void
semio_file_error_explain_write (GError **error, GFile *file)
{
  explain (error, file, semio_file_error_describe_write);
}
