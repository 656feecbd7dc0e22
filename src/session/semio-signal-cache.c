/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-signal-cache.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <utime.h>

#include "semio-file-write.h"

/* Part of the name, so that another version of the program keeps its own. */
#define SUFFIX ".signals-1"
#define MAX_FOLDER_BYTES (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)
/* A file that is larger was not written by us. */
#define MAX_FILE_BYTES (G_GINT64_CONSTANT (1024) * 1024 * 1024)

typedef struct {
  char *path;
  gint64 used_s;
  gint64 n_bytes;
} Kept;

static char *
get_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "semioscope", "signals", NULL);
}

char *
semio_signal_cache_get_path (const SemioSha256 *content)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *hash = semio_sha256_to_string (content);
  g_autofree char *name = g_strconcat (hash, SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

SemioSignalSet *
semio_signal_cache_load (const SemioSha256 *content)
{
  g_autofree char *path = semio_signal_cache_get_path (content);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SemioSignalSet *set;
  struct stat about;
  char *data;
  gsize n_bytes;

  if (g_stat (path, &about) != 0 || about.st_size > MAX_FILE_BYTES || !g_file_get_contents (path, &data, &n_bytes, NULL))
    return NULL;
  bytes = g_bytes_new_take (data, n_bytes);
  set = semio_signal_set_from_bytes (bytes, &error);
  if (set)
    utime (path, NULL);
  else
    g_info ("%s: %s", path, error->message);
  return set;
}

static int
compare_used (gconstpointer a, gconstpointer b)
{
  const Kept *left = *(Kept *const *) a, *right = *(Kept *const *) b;

  return (left->used_s > right->used_s) - (left->used_s < right->used_s);
}

static void
kept_free (Kept *kept)
{
  g_free (kept->path);
  g_free (kept);
}

static void
trim (const char *folder)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 n_bytes = 0;
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat about;
      Kept *kept;

      if (g_stat (path, &about) != 0 || !S_ISREG (about.st_mode))
        continue;
      kept = g_new0 (Kept, 1);
      kept->path = g_steal_pointer (&path);
      kept->used_s = about.st_mtime;
      kept->n_bytes = about.st_size;
      n_bytes += kept->n_bytes;
      g_ptr_array_add (files, kept);
    }
  g_ptr_array_sort (files, compare_used);
  for (guint i = 0; i + 1 < files->len && n_bytes > MAX_FOLDER_BYTES; i++)
    {
      const Kept *kept = files->pdata[i];

      g_unlink (kept->path);
      n_bytes -= kept->n_bytes;
    }
}

gboolean
semio_signal_cache_store (const SemioSha256 *content, SemioSignalSet *set, GError **error)
{
  g_autofree char *folder = get_folder ();
  g_autofree char *path = semio_signal_cache_get_path (content);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = semio_signal_set_to_bytes (set);

  g_mkdir_with_parents (folder, 0700);
  if (!semio_file_write (file, bytes, NULL, error))
    return FALSE;
  g_chmod (path, 0600);
  trim (folder);
  return TRUE;
}
