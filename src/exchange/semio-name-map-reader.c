/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-name-map-reader.h"

#include <glib/gi18n-lib.h>

#include "semio-csv-reader.h"
#include "semio-text.h"

struct _SemioNameMap {
  gatomicrefcount refs;
  GHashTable *stems; /* old stem → new stem */
};

static int
find_column (SemioCsvTable *table, const char *name)
{
  for (guint i = 0; i < semio_csv_table_get_n_columns (table); i++)
    {
      g_autofree char *title = g_strstrip (g_ascii_strdown (semio_csv_table_get_cell (table, 0, i), -1));

      if (g_str_equal (title, name))
        return (int) i;
    }
  return -1;
}

static gboolean
read_row (SemioNameMap *map, SemioCsvTable *table, guint row, guint old_column, guint new_column, GError **error)
{
  g_autofree char *old_stem = semio_text_stem (semio_csv_table_get_cell (table, row, old_column));
  g_autofree char *new_stem = semio_text_stem (semio_csv_table_get_cell (table, row, new_column));
  const char *known;

  if (*old_stem == '\0' && *new_stem == '\0')
    return TRUE;
  if (*old_stem == '\0' || *new_stem == '\0')
    return semio_csv_table_fail (table, row, *old_stem == '\0' ? old_column : new_column, error,
                                 _ ("the name is missing. Each row needs an old and a new name."));
  known = g_hash_table_lookup (map->stems, old_stem);
  if (known != NULL && !g_str_equal (known, new_stem))
    return semio_csv_table_fail (table, row, old_column, error, _ ("“%s” stands for two names, “%s” and “%s”. Keep one of them."),
                                 old_stem, known, new_stem);
  g_hash_table_insert (map->stems, g_steal_pointer (&old_stem), g_steal_pointer (&new_stem));
  return TRUE;
}

/**
 * semio_name_map_read:
 * @bytes: a CSV file with the columns "old" and "new", in any case; others are left alone
 * @name: what errors call the file
 * @error: return location for a #SemioExchangeError that names file, line and column
 *
 * Names are taken as stems: folders, extension and case do not matter.
 *
 * Returns: (transfer full): the map
 */
SemioNameMap *
semio_name_map_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (SemioCsvTable) table =
      semio_csv_check_separator (bytes, name, error) ? semio_csv_read (bytes, name, NULL, error) : NULL;
  g_autoptr (SemioNameMap) map = NULL;
  int old_column, new_column;

  if (table == NULL)
    return NULL;
  old_column = find_column (table, "old");
  new_column = find_column (table, "new");
  if (old_column < 0 || new_column < 0)
    {
      semio_csv_table_fail (table, 0, 0, error, _ ("a name map needs the columns “old” and “new”; “%s” is missing."),
                            old_column < 0 ? "old" : "new");
      return NULL;
    }
  map = g_new0 (SemioNameMap, 1);
  g_atomic_ref_count_init (&map->refs);
  map->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint row = 1; row < semio_csv_table_get_n_rows (table); row++)
    if (!read_row (map, table, row, (guint) old_column, (guint) new_column, error))
      return NULL;
  return g_steal_pointer (&map);
}

SemioNameMap *
semio_name_map_ref (SemioNameMap *map)
{
  g_atomic_ref_count_inc (&map->refs);
  return map;
}

void
semio_name_map_unref (SemioNameMap *map)
{
  if (!g_atomic_ref_count_dec (&map->refs))
    return;
  g_hash_table_unref (map->stems);
  g_free (map);
}

guint
semio_name_map_get_n_names (SemioNameMap *map)
{
  return g_hash_table_size (map->stems);
}

const char *
semio_name_map_lookup (SemioNameMap *map, const char *stem)
{
  return g_hash_table_lookup (map->stems, stem);
}
