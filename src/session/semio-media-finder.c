/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-finder.h"

/* A study that lies in a home folder must not make the program walk through all of it. */
#define MAX_DEPTH 6
#define MAX_FILES 50000

struct _SemioMediaFinder {
  gatomicrefcount refs;
  GMutex mutex;
  SemioHashCache *cache;
  GPtrArray *folders;
  GHashTable *by_size; /* gint64 → GPtrArray of GFile, made at the first question */
};

SemioMediaFinder *
semio_media_finder_new (SemioHashCache *cache, GPtrArray *folders)
{
  SemioMediaFinder *finder = g_new0 (SemioMediaFinder, 1);

  g_atomic_ref_count_init (&finder->refs);
  g_mutex_init (&finder->mutex);
  finder->cache = cache;
  finder->folders = g_ptr_array_ref (folders);
  return finder;
}

SemioMediaFinder *
semio_media_finder_ref (SemioMediaFinder *finder)
{
  g_atomic_ref_count_inc (&finder->refs);
  return finder;
}

void
semio_media_finder_unref (SemioMediaFinder *finder)
{
  if (!g_atomic_ref_count_dec (&finder->refs))
    return;
  g_ptr_array_unref (finder->folders);
  g_clear_pointer (&finder->by_size, g_hash_table_unref);
  g_mutex_clear (&finder->mutex);
  g_free (finder);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  GFile *x = *(GFile *const *) a;
  GFile *y = *(GFile *const *) b;

  return g_strcmp0 (g_file_peek_path (x), g_file_peek_path (y));
}

static void
list_into (GPtrArray *files, GFile *folder, guint depth, guint max_files, GCancellable *cancellable)
{
  g_autoptr (GFileEnumerator) children = NULL;

  children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
  while (children && files->len < max_files)
    {
      GFileInfo *info;
      GFile *child;

      if (!g_file_enumerator_iterate (children, &info, &child, cancellable, NULL) || !info)
        return;
      if (g_file_info_get_is_hidden (info))
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          if (depth > 0)
            list_into (files, child, depth - 1, max_files, cancellable);
        }
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR
               || g_file_info_get_file_type (info) == G_FILE_TYPE_SYMBOLIC_LINK)
        g_ptr_array_add (files, g_object_ref (child));
    }
}

GPtrArray *
semio_media_finder_list_files (GFile *folder, guint max_depth, guint max_files, GCancellable *cancellable)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  list_into (files, folder, max_depth, max_files, cancellable);
  g_ptr_array_sort (files, compare_paths);
  return files;
}

static void
index_folders (SemioMediaFinder *finder, GCancellable *cancellable)
{
  finder->by_size = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < finder->folders->len; i++)
    {
      g_autoptr (GPtrArray) files = semio_media_finder_list_files (finder->folders->pdata[i], MAX_DEPTH, MAX_FILES, cancellable);

      for (guint j = 0; j < files->len; j++)
        {
          SemioFileStamp stamp;
          GPtrArray *same;

          if (!semio_file_stamp_read (files->pdata[j], &stamp, NULL))
            continue;
          same = g_hash_table_lookup (finder->by_size, &stamp.size_bytes);
          if (!same)
            {
              same = g_ptr_array_new_with_free_func (g_object_unref);
              g_hash_table_insert (finder->by_size, g_memdup2 (&stamp.size_bytes, sizeof stamp.size_bytes), same);
            }
          g_ptr_array_add (same, g_object_ref (files->pdata[j]));
        }
    }
}

/* Files of this size, as found at the first question. */
static GPtrArray *
get_candidates (SemioMediaFinder *finder, gint64 size_bytes, GCancellable *cancellable)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&finder->mutex);
  GPtrArray *same;

  if (!finder->by_size)
    index_folders (finder, cancellable);
  same = g_hash_table_lookup (finder->by_size, &size_bytes);
  return same ? g_ptr_array_ref (same) : NULL;
}

static gboolean
is_known_to_hold (SemioMediaFinder *finder, GFile *file, const SemioRecording *recording)
{
  SemioFileStamp stamp;
  SemioSha256 hash;

  return semio_file_stamp_read (file, &stamp, NULL) && stamp.size_bytes == recording->size_bytes
         && semio_hash_cache_lookup (finder->cache, &stamp, &hash) && semio_sha256_equal (&hash, &recording->content);
}

GFile *
semio_media_finder_check (SemioMediaFinder *finder, const SemioRecording *recording, GFile *found)
{
  g_autoptr (GFile) last = NULL;

  if (!recording->has_media)
    return NULL;
  if (found && is_known_to_hold (finder, found, recording))
    return g_object_ref (found);
  last = semio_hash_cache_lookup_file (finder->cache, &recording->content);
  return last && is_known_to_hold (finder, last, recording) ? g_steal_pointer (&last) : NULL;
}

GFile *
semio_media_finder_find_known (SemioMediaFinder *finder, const SemioRecording *recording)
{
  g_autoptr (GFile) last = semio_media_finder_check (finder, recording, NULL);
  g_autoptr (GPtrArray) same = NULL;

  if (last || !recording->has_media)
    return g_steal_pointer (&last);
  same = get_candidates (finder, recording->size_bytes, NULL);
  for (guint i = 0; same && i < same->len; i++)
    if (is_known_to_hold (finder, same->pdata[i], recording))
      return g_object_ref (same->pdata[i]);
  return NULL;
}

GFile *
semio_media_finder_find (SemioMediaFinder *finder, const SemioRecording *recording, SemioProgressFunc progress,
                         gpointer progress_data, GCancellable *cancellable)
{
  g_autoptr (GFile) known = semio_media_finder_find_known (finder, recording);
  g_autoptr (GPtrArray) same = NULL;

  if (known || !recording->has_media)
    return g_steal_pointer (&known);
  same = get_candidates (finder, recording->size_bytes, cancellable);
  for (guint i = 0; same && i < same->len; i++)
    {
      SemioFileStamp stamp;
      SemioSha256 hash;

      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (semio_hash_cache_hash_file (finder->cache, same->pdata[i], progress, progress_data, cancellable, &hash, &stamp, NULL)
          && semio_sha256_equal (&hash, &recording->content))
        return g_object_ref (same->pdata[i]);
    }
  return NULL;
}
