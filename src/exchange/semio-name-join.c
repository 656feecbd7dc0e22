/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-name-join.h"

#include <string.h>

/* Recordings by stem: an array of indices each, because two recordings can have one name. */
static void
add_index (GHashTable *table, const char *stem, gsize length, guint index)
{
  g_autofree char *key = g_strndup (stem, length);
  GArray *indices = g_hash_table_lookup (table, key);

  if (indices == NULL)
    {
      indices = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (table, g_steal_pointer (&key), indices);
    }
  g_array_append_val (indices, index);
}

/* Length of the stem without a trailing part number such as "_1"; 0 when it has none. */
static gsize
get_part_base (const char *stem)
{
  gsize length = strlen (stem);
  gsize base = length;

  while (base > 0 && g_ascii_isdigit (stem[base - 1]))
    base--;
  if (base == length || base < 2 || stem[base - 1] != '_')
    return 0;
  return base - 1;
}

static void
set_candidates (SemioNameMatch *match, const GArray *indices)
{
  if (indices == NULL)
    return;
  match->candidates = g_renew (guint, match->candidates, match->n_candidates + indices->len);
  for (guint i = 0; i < indices->len; i++)
    match->candidates[match->n_candidates++] = g_array_index (indices, guint, i);
}

/* The recording without the part number that the name has, and recordings with one that the name has not. */
static void
suggest (SemioNameMatch *match, const char *stem, GHashTable *by_stem, GHashTable *by_base)
{
  gsize base = get_part_base (stem);

  if (base > 0)
    {
      g_autofree char *shorter = g_strndup (stem, base);

      set_candidates (match, g_hash_table_lookup (by_stem, shorter));
    }
  set_candidates (match, g_hash_table_lookup (by_base, stem));
}

static void
match_name (SemioNameMatch *match, const char *stem, GHashTable *by_stem, GHashTable *by_base)
{
  GArray *indices = g_hash_table_lookup (by_stem, stem);

  match->recording = -1;
  if (indices != NULL && indices->len == 1)
    {
      match->state = SEMIO_NAME_MATCHED;
      match->recording = (int) g_array_index (indices, guint, 0);
    }
  else if (indices != NULL)
    {
      match->state = SEMIO_NAME_AMBIGUOUS;
      set_candidates (match, indices);
    }
  else
    suggest (match, stem, by_stem, by_base);
}

/* Two names of the file that mean one recording: neither is taken. */
static void
refuse_shared (SemioNameJoin *join, const char *const *names)
{
  g_autofree int *first = g_new (int, MAX (join->n_recordings, 1));
  g_autofree gboolean *shared = g_new0 (gboolean, MAX (join->n_recordings, 1));

  for (guint i = 0; i < join->n_recordings; i++)
    first[i] = -1;
  for (guint i = 0; i < join->n_names; i++)
    {
      int recording = join->names[i].recording;

      if (recording < 0)
        continue;
      if (first[recording] < 0)
        first[recording] = (int) i;
      else if (!g_str_equal (names[first[recording]], names[i]))
        shared[recording] = TRUE;
    }
  for (guint i = 0; i < join->n_names; i++)
    {
      SemioNameMatch *match = &join->names[i];

      if (match->recording < 0 || !shared[match->recording])
        continue;
      match->state = SEMIO_NAME_AMBIGUOUS;
      match->candidates = g_new (guint, 1);
      match->candidates[0] = (guint) match->recording;
      match->n_candidates = 1;
      match->recording = -1;
    }
}

static void
count_states (SemioNameJoin *join)
{
  for (guint i = 0; i < join->n_names; i++)
    switch (join->names[i].state)
      {
      case SEMIO_NAME_MATCHED:
        join->used[join->names[i].recording] = TRUE;
        join->n_matched++;
        break;
      case SEMIO_NAME_AMBIGUOUS:
        join->n_ambiguous++;
        break;
      case SEMIO_NAME_UNMATCHED:
      default:
        join->n_unmatched++;
        break;
      }
}

/**
 * semio_name_join:
 * @names: (array length=n_names): stems of a file's names
 * @n_names: how many
 * @recordings: (array length=n_recordings): stems of the recordings' names; an empty one matches nothing
 * @n_recordings: how many
 * @map: (nullable): which names stand for others
 *
 * Nothing is guessed: a name that two recordings have, and different names that mean one recording, are ambiguous; a
 * name that no recording has is unmatched, with those recordings as candidates whose name differs by a trailing part
 * number alone ("…sz_v1_1" and "…sz_v1").
 *
 * Returns: (transfer full): what joins what
 */
SemioNameJoin *
semio_name_join (const char *const *names, guint n_names, const char *const *recordings, guint n_recordings, SemioNameMap *map)
{
  SemioNameJoin *join = g_new0 (SemioNameJoin, 1);
  g_autoptr (GHashTable) by_stem = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) by_base = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);

  for (guint i = 0; i < n_recordings; i++)
    {
      gsize base = recordings[i] != NULL ? get_part_base (recordings[i]) : 0;

      if (recordings[i] != NULL && *recordings[i] != '\0')
        add_index (by_stem, recordings[i], strlen (recordings[i]), i);
      if (base > 0)
        add_index (by_base, recordings[i], base, i);
    }
  join->n_names = n_names;
  join->names = g_new0 (SemioNameMatch, MAX (n_names, 1));
  join->n_recordings = n_recordings;
  join->used = g_new0 (gboolean, MAX (n_recordings, 1));
  for (guint i = 0; i < n_names; i++)
    {
      const char *mapped = map != NULL ? semio_name_map_lookup (map, names[i]) : NULL;

      match_name (&join->names[i], mapped != NULL ? mapped : names[i], by_stem, by_base);
    }
  refuse_shared (join, names);
  count_states (join);
  return join;
}

void
semio_name_join_free (SemioNameJoin *join)
{
  for (guint i = 0; i < join->n_names; i++)
    g_free (join->names[i].candidates);
  g_free (join->names);
  g_free (join->used);
  g_free (join);
}
