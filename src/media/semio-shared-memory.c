/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-shared-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIZE_SEALS (F_SEAL_SHRINK | F_SEAL_GROW)

static void
set_error (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
}

int
semio_shared_memory_new (const char *name, gsize n_bytes, gpointer *mapping, GError **error)
{
  int fd = memfd_create (name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gpointer data = NULL;

  if (fd < 0)
    {
      set_error (error, "Shared memory cannot be made");
      return -1;
    }
  if (ftruncate (fd, (off_t) n_bytes) != 0 || fcntl (fd, F_ADD_SEALS, SIZE_SEALS | F_SEAL_SEAL) != 0)
    {
      set_error (error, "Shared memory cannot be given its size");
      close (fd);
      return -1;
    }
  if (!mapping)
    return fd;
  data = mmap (NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    {
      set_error (error, "Shared memory cannot be mapped");
      close (fd);
      return -1;
    }
  *mapping = data;
  return fd;
}

int
semio_shared_memory_new_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  gsize n_bytes = g_bytes_get_size (bytes);
  gpointer mapping = NULL;
  int fd = semio_shared_memory_new (name, MAX (n_bytes, 1), &mapping, error);

  if (fd < 0)
    return -1;
  if (n_bytes > 0)
    memcpy (mapping, g_bytes_get_data (bytes, NULL), n_bytes);
  munmap (mapping, MAX (n_bytes, 1));
  return fd;
}

gpointer
semio_shared_memory_map (int fd, gsize min_bytes, gsize max_bytes, gsize *n_bytes, GError **error)
{
  int seals = fcntl (fd, F_GET_SEALS);
  struct stat about;
  gpointer mapping;

  if (seals < 0 || (seals & SIZE_SEALS) != SIZE_SEALS || fstat (fd, &about) != 0 || about.st_size <= 0
      || (guint64) about.st_size < min_bytes || (guint64) about.st_size > max_bytes)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Shared memory is not of the size or kind agreed.");
      return NULL;
    }
  mapping = mmap (NULL, (gsize) about.st_size, PROT_READ, MAP_SHARED, fd, 0);
  if (mapping == MAP_FAILED)
    {
      set_error (error, "Shared memory cannot be mapped");
      return NULL;
    }
  *n_bytes = (gsize) about.st_size;
  return mapping;
}

GBytes *
semio_shared_memory_read (int fd, gsize max_bytes, GError **error)
{
  gsize n_bytes = 0;
  gpointer mapping = semio_shared_memory_map (fd, 1, max_bytes, &n_bytes, error);
  GBytes *bytes;

  if (!mapping)
    return NULL;
  bytes = g_bytes_new (mapping, n_bytes);
  munmap (mapping, n_bytes);
  return bytes;
}
