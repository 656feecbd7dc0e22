/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-add-files.h"

#include <string.h>

#include "semio-media-finder.h"
#include "semio-text.h"

#define MAX_DEPTH 16
#define MAX_FILES 100000

/* What cameras and recorders name their files. In a folder, what is named otherwise is no video: its labels, notes
 * and studies are not worth a refusal each. */
static const char *const EXTENSIONS[] = { "3gp",  "asf", "avi", "flv", "m2t", "m2ts", "m4v", "mkv",  "mov", "mp4",
                                          "mpeg", "mpg", "mts", "mxf", "ogv", "ts",   "vob", "webm", "wmv", NULL };

void
semio_add_file_free (SemioAddFile *file)
{
  g_object_unref (file->file);
  g_free (file->name);
  g_free (file->stem);
  g_free (file);
}

static gboolean
is_named_like_video (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  const char *dot = strrchr (name, '.');
  g_autofree char *extension = dot ? g_ascii_strdown (dot + 1, -1) : NULL;

  return extension && g_strv_contains (EXTENSIONS, extension);
}

static void
add_one (GPtrArray *found, GHashTable *seen, GHashTable *by_stem, GFile *file)
{
  SemioAddFile *one;
  SemioAddFile *twin;
  g_autoptr (GFileInfo) info = NULL;

  if (!g_hash_table_add (seen, g_object_ref (file)))
    return;
  one = g_new0 (SemioAddFile, 1);
  one->file = g_object_ref (file);
  one->name = g_file_get_basename (file);
  one->stem = semio_text_stem (one->name);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  one->size_bytes = info ? g_file_info_get_size (info) : 0;
  twin = g_hash_table_lookup (by_stem, one->stem);
  /* The same video in two folders is one recording; of two sizes they are two that lay claim to one name. */
  if (twin && twin->size_bytes != one->size_bytes)
    one->is_twin = twin->is_twin = TRUE;
  else if (!twin)
    g_hash_table_insert (by_stem, one->stem, one);
  g_ptr_array_add (found, one);
}

GPtrArray *
semio_add_files_expand (GPtrArray *files, GCancellable *cancellable)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_add_file_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref, NULL);
  g_autoptr (GHashTable) by_stem = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = files->pdata[i];

      if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_DIRECTORY)
        {
          g_autoptr (GPtrArray) inside = semio_media_finder_list_files (file, MAX_DEPTH, MAX_FILES, cancellable);

          for (guint j = 0; j < inside->len; j++)
            if (is_named_like_video (inside->pdata[j]))
              add_one (found, seen, by_stem, inside->pdata[j]);
        }
      else
        add_one (found, seen, by_stem, file);
    }
  return found;
}
