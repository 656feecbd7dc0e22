/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-hash-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "semio-file-error.h"
#include "semio-span.h"

/* Past this the file is written anew with the newest line of each content. */
#define MAX_BYTES (4 * 1024 * 1024)

struct _SemioHashCache {
  GMutex mutex;
  char *path;
  GHashTable *by_stamp; /* SemioFileStamp → SemioSha256 */
  GHashTable *paths; /* hash text → path */
};

static guint
stamp_hash (gconstpointer key)
{
  const SemioFileStamp *stamp = key;

  return (guint) (stamp->inode * 31 + stamp->device * 7 + (guint64) stamp->mtime_ns + (guint64) stamp->size_bytes * 13);
}

static gboolean
stamp_equal (gconstpointer a, gconstpointer b)
{
  return semio_file_stamp_equal (a, b);
}

gboolean
semio_file_stamp_equal (const SemioFileStamp *a, const SemioFileStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size_bytes == b->size_bytes && a->mtime_ns == b->mtime_ns;
}

gboolean
semio_file_stamp_read (GFile *file, SemioFileStamp *stamp, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  struct stat info;

  if (!path)
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("“%s” does not lie in a folder of this machine. Copy it to a local folder first."), uri);
      return FALSE;
    }
  if (stat (path, &info) != 0)
    {
      const int code = errno;
      g_autofree char *message = semio_file_error_describe_read (path, code);

      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), message);
      return FALSE;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("“%s” is not a file. Choose a video file."), path);
      return FALSE;
    }
  stamp->device = info.st_dev;
  stamp->inode = info.st_ino;
  stamp->size_bytes = info.st_size;
  stamp->mtime_ns = info.st_mtim.tv_sec * SEMIO_NS_PER_SECOND + info.st_mtim.tv_nsec;
  return TRUE;
}

static void
remember (SemioHashCache *cache, const SemioFileStamp *stamp, const SemioSha256 *hash, const char *path)
{
  g_hash_table_replace (cache->by_stamp, g_memdup2 (stamp, sizeof *stamp), g_memdup2 (hash, sizeof *hash));
  if (path)
    g_hash_table_replace (cache->paths, semio_sha256_to_string (hash), g_strdup (path));
}

/* "hash device inode size mtime path", the path escaped. Lines that cannot be read are passed over: it is a cache. */
static void
read_line (SemioHashCache *cache, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 6);
  SemioFileStamp stamp;
  SemioSha256 hash;
  guint64 numbers[4];

  if (g_strv_length (parts) != 6 || !semio_sha256_parse (parts[0], &hash, NULL))
    return;
  for (int i = 0; i < 4; i++)
    if (!g_ascii_string_to_unsigned (parts[i + 1], 10, 0, G_MAXINT64, &numbers[i], NULL))
      return;
  stamp.device = numbers[0];
  stamp.inode = numbers[1];
  stamp.size_bytes = (gint64) numbers[2];
  stamp.mtime_ns = (gint64) numbers[3];
  {
    g_autofree char *path = g_uri_unescape_string (parts[5], NULL);

    remember (cache, &stamp, &hash, path);
  }
}

static void
load (SemioHashCache *cache)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (cache->path, &text, &length, NULL))
    return;
  {
    g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

    for (guint i = 0; lines[i]; i++)
      read_line (cache, lines[i]);
  }
  /* A cache that grew this large is mostly about files that are gone; it starts anew. */
  if (length > MAX_BYTES)
    g_unlink (cache->path);
}

SemioHashCache *
semio_hash_cache_new (void)
{
  SemioHashCache *cache = g_new0 (SemioHashCache, 1);
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "semioscope", NULL);

  g_mutex_init (&cache->mutex);
  cache->by_stamp = g_hash_table_new_full (stamp_hash, stamp_equal, g_free, g_free);
  cache->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  cache->path = g_build_filename (folder, "hashes", NULL);
  g_mkdir_with_parents (folder, 0700);
  load (cache);
  return cache;
}

void
semio_hash_cache_free (SemioHashCache *cache)
{
  g_hash_table_unref (cache->by_stamp);
  g_hash_table_unref (cache->paths);
  g_free (cache->path);
  g_mutex_clear (&cache->mutex);
  g_free (cache);
}

gboolean
semio_hash_cache_lookup (SemioHashCache *cache, const SemioFileStamp *stamp, SemioSha256 *hash)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->mutex);
  const SemioSha256 *found = g_hash_table_lookup (cache->by_stamp, stamp);

  if (found)
    *hash = *found;
  return found != NULL;
}

GFile *
semio_hash_cache_lookup_file (SemioHashCache *cache, const SemioSha256 *hash)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->mutex);
  g_autofree char *text = semio_sha256_to_string (hash);
  const char *path = g_hash_table_lookup (cache->paths, text);

  return path ? g_file_new_for_path (path) : NULL;
}

void
semio_hash_cache_store (SemioHashCache *cache, const SemioFileStamp *stamp, const SemioSha256 *hash, GFile *file)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&cache->mutex);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *text = semio_sha256_to_string (hash);
  g_autofree char *escaped = g_uri_escape_string (path ? path : "", "/", FALSE);
  g_autofree char *line =
      g_strdup_printf ("%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s\n", text,
                       stamp->device, stamp->inode, stamp->size_bytes, stamp->mtime_ns, escaped);
  int fd = open (cache->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  remember (cache, stamp, hash, path);
  if (fd >= 0)
    {
      /* One write keeps the lines of several processes whole; one that fails costs a later hash, nothing else. */
      if (write (fd, line, strlen (line)) < 0)
        g_debug ("The hash cache could not be written: %s", g_strerror (errno));
      close (fd);
    }
}

gboolean
semio_hash_cache_hash_file (SemioHashCache *cache, GFile *file, SemioProgressFunc progress, gpointer progress_data,
                            GCancellable *cancellable, SemioSha256 *hash, SemioFileStamp *stamp, GError **error)
{
  SemioFileStamp after;

  if (!semio_file_stamp_read (file, stamp, error))
    return FALSE;
  if (semio_hash_cache_lookup (cache, stamp, hash))
    return TRUE;
  if (!semio_sha256_of_file (file, progress, progress_data, cancellable, hash, error)
      || !semio_file_stamp_read (file, &after, error))
    return FALSE;
  if (!semio_file_stamp_equal (stamp, &after))
    {
      g_autofree char *name = g_file_get_basename (file);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _ ("“%s” was changed while it was read. Wait until it has been copied, then add it again."), name);
      return FALSE;
    }
  semio_hash_cache_store (cache, stamp, hash, file);
  return TRUE;
}
