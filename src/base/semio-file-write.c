/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-file-write.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-file-error.h"

#define WRITE_BYTES (1024 * 1024)

static gboolean
set_errno_error (GError **error, int saved_errno, const char *path)
{
  g_autofree char *message = semio_file_error_describe_write (path, saved_errno);

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), message);
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *contents, const char *path, GCancellable *cancellable, GError **error)
{
  gsize length, done = 0;
  const char *data = g_bytes_get_data (contents, &length);

  while (done < length)
    {
      gssize n;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      n = write (fd, data + done, MIN (length - done, WRITE_BYTES));
      if (n > 0)
        done += (gsize) n;
      else if (errno != EINTR)
        return set_errno_error (error, errno, path);
    }
  if (fsync (fd) != 0)
    return set_errno_error (error, errno, path);
  return TRUE;
}

/* A rename is kept over a power cut only when the folder is synced too; some file systems cannot, which is no error. */
static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int saved_errno;

  if (fd < 0)
    return set_errno_error (error, errno, folder);
  saved_errno = fsync (fd) == 0 ? 0 : errno;
  close (fd);
  if (saved_errno != 0 && saved_errno != EINVAL && saved_errno != ENOTSUP)
    return set_errno_error (error, saved_errno, folder);
  return TRUE;
}

static gboolean
replace_file (int fd, const char *temporary, const char *path, GBytes *contents, GCancellable *cancellable, GError **error)
{
  gboolean written;
  struct stat old;

  /* A file that stood there keeps its permissions; failing to keep them must not stop the saving. */
  if (g_stat (path, &old) == 0 && fchmod (fd, old.st_mode & 07777) != 0)
    g_debug ("The permissions of %s could not be kept.", path);
  written = write_all (fd, contents, path, cancellable, error);
  if (close (fd) != 0 && written)
    written = set_errno_error (error, errno, path);
  if (written && g_rename (temporary, path) != 0)
    written = set_errno_error (error, errno, path);
  if (!written)
    g_unlink (temporary);
  return written;
}

/**
 * semio_file_write:
 * @file: a local file, new or to be replaced
 * @contents: all of it
 * @cancellable: (nullable): asked between writes
 * @error: return location for a #GIOErrorEnum
 *
 * Writes beside the target, syncs file and folder, renames: whatever happens, either the old or the whole new file
 * stands there. Blocks.
 *
 * Returns: whether the new file stands there for good
 */
gboolean
semio_file_write (GFile *file, GBytes *contents, GCancellable *cancellable, GError **error)
{
  g_autofree char *given = g_file_get_path (file);
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;
  g_autofree char *temporary = NULL;
  int fd;

  if (given == NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("“%s” is no local file. Choose a folder of this computer."),
                   uri);
      return FALSE;
    }
  /* A symbolic link stays a link: what it points to is replaced. */
  path = realpath (given, NULL);
  if (path == NULL)
    path = g_strdup (given);
  folder = g_path_get_dirname (path);
  base = g_path_get_basename (path);
  temporary = g_strdup_printf ("%s/.%.200s.XXXXXX", folder, base);
  fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    return set_errno_error (error, errno, path);
  if (!replace_file (fd, temporary, path, contents, cancellable, error))
    return FALSE;
  return sync_folder (folder, error);
}
