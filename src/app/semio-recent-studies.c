/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-recent-studies.h"

#define KEY "recent-studies"
#define MAX_RECENT 8

GPtrArray *
semio_recent_studies_list (GSettings *settings)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) uris = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), files);
  uris = g_settings_get_strv (settings, KEY);
  for (gsize i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  return files;
}

static void
store (GSettings *settings, GFile *first, GFile *left_out)
{
  g_autoptr (GPtrArray) files = semio_recent_studies_list (settings);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uris = NULL;
  guint n = 0;

  if (first != NULL)
    {
      g_autofree char *uri = g_file_get_uri (first);

      g_strv_builder_add (builder, uri);
      n++;
    }
  for (guint i = 0; i < files->len && n < MAX_RECENT; i++)
    {
      GFile *file = g_ptr_array_index (files, i);
      g_autofree char *uri = g_file_get_uri (file);

      if (g_file_equal (file, left_out))
        continue;
      g_strv_builder_add (builder, uri);
      n++;
    }
  uris = g_strv_builder_end (builder);
  g_settings_set_strv (settings, KEY, (const char *const *) uris);
}

void
semio_recent_studies_add (GSettings *settings, GFile *file)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_FILE (file));
  store (settings, file, file);
}

void
semio_recent_studies_remove (GSettings *settings, GFile *file)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_FILE (file));
  store (settings, NULL, file);
}
