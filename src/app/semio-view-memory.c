/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-view-memory.h"

#define MEMORY_TYPE "a(s(iiii))"
#define MAX_RECORDINGS 200

/**
 * semio_view_memory_find:
 * @kept: what the settings keep
 * @recording: identity of a recording
 *
 * Returns: how its picture was changed, none when nothing is kept
 */
SemioPictureChange
semio_view_memory_find (GVariant *kept, const SemioUuid *recording)
{
  g_autofree char *wanted = semio_uuid_to_string (recording);

  for (gsize i = 0; i < g_variant_n_children (kept); i++)
    {
      g_autoptr (GVariant) change = NULL;
      const char *name = NULL;

      g_variant_get_child (kept, i, "(&s@(iiii))", &name, &change);
      if (g_strcmp0 (name, wanted) == 0)
        return semio_picture_change_from_variant (change);
    }
  return SEMIO_PICTURE_CHANGE_NONE;
}

/**
 * semio_view_memory_put:
 * @kept: what the settings keep
 * @recording: identity of a recording
 * @change: how its picture is changed from now on
 *
 * Returns: (transfer floating): what the settings are to keep
 */
GVariant *
semio_view_memory_put (GVariant *kept, const SemioUuid *recording, SemioPictureChange change)
{
  g_autofree char *wanted = semio_uuid_to_string (recording);
  GVariantBuilder builder;
  guint n = 0;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (MEMORY_TYPE));
  if (!semio_picture_change_is_none (change))
    {
      g_variant_builder_add (&builder, "(s@(iiii))", wanted, semio_picture_change_to_variant (change));
      n++;
    }
  for (gsize i = 0; i < g_variant_n_children (kept) && n < MAX_RECORDINGS; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (kept, i);
      const char *name = NULL;

      g_variant_get_child (child, 0, "&s", &name);
      if (g_strcmp0 (name, wanted) == 0)
        continue;
      g_variant_builder_add_value (&builder, child);
      n++;
    }
  return g_variant_builder_end (&builder);
}

/**
 * semio_view_memory_has:
 * @kept: what the settings keep
 * @recording: identity of a recording
 *
 * Returns: whether it is marked
 */
gboolean
semio_view_memory_has (const char *const *kept, const SemioUuid *recording)
{
  g_autofree char *wanted = semio_uuid_to_string (recording);

  return g_strv_contains (kept, wanted);
}

/**
 * semio_view_memory_mark:
 * @kept: what the settings keep
 * @recording: identity of a recording
 * @marked: whether it is marked from now on
 *
 * Returns: (transfer full): what the settings are to keep
 */
char **
semio_view_memory_mark (const char *const *kept, const SemioUuid *recording, gboolean marked)
{
  g_autofree char *wanted = semio_uuid_to_string (recording);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  if (marked)
    {
      g_strv_builder_add (builder, wanted);
      n++;
    }
  for (gsize i = 0; kept[i] != NULL && n < MAX_RECORDINGS; i++)
    {
      if (g_str_equal (kept[i], wanted))
        continue;
      g_strv_builder_add (builder, kept[i]);
      n++;
    }
  return g_strv_builder_end (builder);
}
