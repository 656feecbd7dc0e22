/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <utime.h>

#include "semio-file-write.h"
#include "semio-media-error.h"

/* The numbers are part of the name, so that another version of the program keeps its own. */
static const char *const kinds[] = { "remux-1", "proxy-1" };
#define SUFFIX_FILE ".mov"
#define SUFFIX_INDEX ".index"
#define SUFFIX_PART ".part"
/* The file of an index begins with the size of its copy, so that a copy that was cut is known. */
#define HEAD_BYTES 8
/* What must be left on the disk for everything else. */
#define SPARE_BYTES (G_GINT64_CONSTANT (256) * 1024 * 1024)
/* Copies unused for longest go beyond this. */
#define MAX_FOLDER_BYTES (G_GINT64_CONSTANT (32) * 1024 * 1024 * 1024)
#define MAX_TRIES 20

SemioCopy *
semio_copy_new (GFile *file, SemioFrameIndex *index)
{
  SemioCopy *copy = g_new0 (SemioCopy, 1);

  copy->file = g_object_ref (file);
  copy->index = semio_frame_index_ref (index);
  return copy;
}

void
semio_copy_free (SemioCopy *copy)
{
  g_object_unref (copy->file);
  semio_frame_index_unref (copy->index);
  g_free (copy);
}

char *
semio_copy_cache_get_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "semioscope", "copies", NULL);
}

static char *
get_path (const SemioSha256 *content, SemioMediaCopyKind kind, const char *suffix)
{
  g_autofree char *folder = semio_copy_cache_get_folder ();
  g_autofree char *hash = semio_sha256_to_string (content);
  g_autofree char *name = g_strconcat (hash, ".", kinds[kind], suffix, NULL);

  return g_build_filename (folder, name, NULL);
}

gboolean
semio_copy_cache_has (const SemioSha256 *content, SemioMediaCopyKind kind)
{
  g_autofree char *path = get_path (content, kind, SUFFIX_FILE);
  g_autofree char *index = get_path (content, kind, SUFFIX_INDEX);

  return g_access (path, R_OK) == 0 && g_access (index, R_OK) == 0;
}

void
semio_copy_cache_remove (const SemioSha256 *content, SemioMediaCopyKind kind)
{
  g_autofree char *path = get_path (content, kind, SUFFIX_FILE);
  g_autofree char *index = get_path (content, kind, SUFFIX_INDEX);

  g_unlink (path);
  g_unlink (index);
}

static gboolean
has_same_frames (SemioFrameIndex *copy, SemioFrameIndex *index)
{
  gint64 n_frames = semio_frame_index_get_n_frames (index);

  if (semio_frame_index_get_n_frames (copy) != n_frames)
    return FALSE;
  for (gint64 i = 0; i < n_frames; i++)
    if (semio_frame_index_get_time_ns (copy, i) != semio_frame_index_get_time_ns (index, i))
      return FALSE;
  return TRUE;
}

/* The index of a copy of this size; NULL when it is not one. */
static SemioFrameIndex *
read_index (const char *path, gint64 n_copy_bytes)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) blob = NULL;
  guint64 size = 0;
  gsize n_bytes;
  char *data;

  if (!g_file_get_contents (path, &data, &n_bytes, NULL))
    return NULL;
  bytes = g_bytes_new_take (data, n_bytes);
  if (n_bytes <= HEAD_BYTES)
    return NULL;
  memcpy (&size, data, HEAD_BYTES);
  if (GUINT64_FROM_LE (size) != (guint64) n_copy_bytes)
    return NULL;
  blob = g_bytes_new_from_bytes (bytes, HEAD_BYTES, n_bytes - HEAD_BYTES);
  return semio_frame_index_from_bytes (blob, NULL);
}

SemioCopy *
semio_copy_cache_load (const SemioSha256 *content, SemioMediaCopyKind kind, SemioFrameIndex *index)
{
  g_autofree char *path = get_path (content, kind, SUFFIX_FILE);
  g_autofree char *index_path = get_path (content, kind, SUFFIX_INDEX);
  g_autoptr (SemioFrameIndex) copy = NULL;
  g_autoptr (GFile) file = NULL;
  struct stat about;

  if (g_lstat (path, &about) != 0)
    return NULL;
  copy = S_ISREG (about.st_mode) ? read_index (index_path, about.st_size) : NULL;
  if (!copy || !has_same_frames (copy, index))
    {
      g_info ("%s cannot be used and is thrown away.", path);
      semio_copy_cache_remove (content, kind);
      return NULL;
    }
  /* Used now, so that others go before it. */
  utime (path, NULL);
  file = g_file_new_for_path (path);
  return semio_copy_new (file, copy);
}

static gboolean
check_room (const char *folder, gint64 n_bytes, GError **error)
{
  struct statvfs about;
  g_autofree char *needed = NULL;
  g_autofree char *left = NULL;
  gint64 n_left;

  if (statvfs (folder, &about) != 0)
    return TRUE;
  n_left = (gint64) MIN ((guint64) about.f_bavail * about.f_frsize, (guint64) G_MAXINT64);
  if (n_left >= SPARE_BYTES && n_left - SPARE_BYTES >= n_bytes)
    return TRUE;
  needed = g_format_size ((guint64) MAX (n_bytes, 0));
  left = g_format_size ((guint64) n_left);
  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE,
               _ ("The disk has no room for a copy of about %s: %s are left. Free some space and try again."), needed, left);
  return FALSE;
}

/* Opens a file for as long as nobody else has it. A file that was renamed or swept between opening and locking is another. */
static int
open_locked (const char *path, GError **error)
{
  for (int i = 0; i < MAX_TRIES; i++)
    {
      int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      struct stat opened, standing;

      if (fd < 0)
        break;
      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          close (fd);
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, _ ("This copy is being made already."));
          return -1;
        }
      if (fstat (fd, &opened) == 0 && g_lstat (path, &standing) == 0 && opened.st_ino == standing.st_ino
          && opened.st_dev == standing.st_dev)
        return fd;
      close (fd);
    }
  g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE,
               _ ("A copy cannot be written into your cache folder: %s. See that it is yours to write."), g_strerror (errno));
  return -1;
}

int
semio_copy_cache_begin (const SemioSha256 *content, SemioMediaCopyKind kind, gint64 n_bytes, GError **error)
{
  g_autofree char *folder = semio_copy_cache_get_folder ();
  g_autofree char *path = get_path (content, kind, SUFFIX_PART);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  g_chmod (folder, 0700);
  fd = open_locked (path, error);
  if (fd < 0)
    return -1;
  if (ftruncate (fd, 0) == 0 && check_room (folder, n_bytes, error))
    return fd;
  semio_copy_cache_abandon (content, kind, fd);
  return -1;
}

void
semio_copy_cache_abandon (const SemioSha256 *content, SemioMediaCopyKind kind, int fd)
{
  g_autofree char *path = get_path (content, kind, SUFFIX_PART);

  g_unlink (path);
  close (fd);
}

static gboolean
write_index (const SemioSha256 *content, SemioMediaCopyKind kind, gint64 n_copy_bytes, SemioFrameIndex *index, GError **error)
{
  g_autofree char *path = get_path (content, kind, SUFFIX_INDEX);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) blob = semio_frame_index_to_bytes (index);
  guint64 size = GUINT64_TO_LE ((guint64) n_copy_bytes);
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (all, (const guint8 *) &size, HEAD_BYTES);
  g_byte_array_append (all, g_bytes_get_data (blob, NULL), (guint) g_bytes_get_size (blob));
  bytes = g_byte_array_free_to_bytes (all);
  if (!semio_file_write (file, bytes, NULL, error))
    return FALSE;
  g_chmod (path, 0600);
  return TRUE;
}

/* One file of the folder. */
typedef struct {
  char *path;
  gint64 used_s;
  gint64 n_bytes;
} Kept;

static void
kept_free (Kept *kept)
{
  g_free (kept->path);
  g_free (kept);
}

static int
compare_used (gconstpointer a, gconstpointer b)
{
  const Kept *left = *(Kept *const *) a, *right = *(Kept *const *) b;

  return (left->used_s > right->used_s) - (left->used_s < right->used_s);
}

/* The files of the folder with this ending, the one unused for longest first. */
static GPtrArray *
list_files (const char *suffix)
{
  g_autofree char *folder = semio_copy_cache_get_folder ();
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat about;
      Kept *kept;

      if (!g_str_has_suffix (name, suffix) || g_lstat (path, &about) != 0 || !S_ISREG (about.st_mode))
        continue;
      kept = g_new0 (Kept, 1);
      kept->path = g_steal_pointer (&path);
      kept->used_s = about.st_mtime;
      kept->n_bytes = about.st_size;
      g_ptr_array_add (files, kept);
    }
  g_ptr_array_sort (files, compare_used);
  return files;
}

static void
remove_file (const Kept *kept)
{
  g_autofree char *stem = g_strndup (kept->path, strlen (kept->path) - strlen (SUFFIX_FILE));
  g_autofree char *index = g_strconcat (stem, SUFFIX_INDEX, NULL);

  g_unlink (kept->path);
  g_unlink (index);
}

gint64
semio_copy_cache_get_n_bytes (void)
{
  g_autoptr (GPtrArray) files = list_files ("");
  gint64 n_bytes = 0;

  for (guint i = 0; i < files->len; i++)
    n_bytes += ((Kept *) files->pdata[i])->n_bytes;
  return n_bytes;
}

static void
trim (void)
{
  g_autoptr (GPtrArray) files = list_files (SUFFIX_FILE);
  gint64 n_bytes = semio_copy_cache_get_n_bytes ();

  for (guint i = 0; i + 1 < files->len && n_bytes > MAX_FOLDER_BYTES; i++)
    {
      n_bytes -= ((Kept *) files->pdata[i])->n_bytes;
      remove_file (files->pdata[i]);
    }
}

void
semio_copy_cache_empty (void)
{
  g_autoptr (GPtrArray) files = list_files (SUFFIX_FILE);
  g_autoptr (GPtrArray) indexes = list_files (SUFFIX_INDEX);

  for (guint i = 0; i < files->len; i++)
    remove_file (files->pdata[i]);
  for (guint i = 0; i < indexes->len; i++)
    g_unlink (((Kept *) indexes->pdata[i])->path);
  semio_copy_cache_sweep ();
}

void
semio_copy_cache_sweep (void)
{
  g_autoptr (GPtrArray) parts = list_files (SUFFIX_PART);

  for (guint i = 0; i < parts->len; i++)
    {
      const Kept *part = parts->pdata[i];
      int fd = g_open (part->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0);

      if (fd < 0)
        continue;
      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        g_unlink (part->path);
      close (fd);
    }
}

SemioCopy *
semio_copy_cache_finish (const SemioSha256 *content, SemioMediaCopyKind kind, int fd, SemioFrameIndex *index, GError **error)
{
  g_autofree char *part = get_path (content, kind, SUFFIX_PART);
  g_autofree char *path = get_path (content, kind, SUFFIX_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  struct stat about;

  if (fstat (fd, &about) != 0 || fsync (fd) != 0)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE, _ ("The copy could not be kept: %s."),
                   g_strerror (errno));
      semio_copy_cache_abandon (content, kind, fd);
      return NULL;
    }
  if (!write_index (content, kind, about.st_size, index, error))
    {
      semio_copy_cache_abandon (content, kind, fd);
      return NULL;
    }
  if (g_rename (part, path) != 0)
    {
      g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_NO_SPACE, _ ("The copy could not be kept: %s."),
                   g_strerror (errno));
      semio_copy_cache_abandon (content, kind, fd);
      return NULL;
    }
  close (fd);
  trim ();
  return semio_copy_new (file, index);
}
