/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-choice.h"

#define KEY "run-recordings"

static char *
name_choice (SemioStudy *study, const char *run)
{
  char uuid[SEMIO_UUID_TEXT];

  semio_uuid_format (semio_study_get_uuid (study), uuid);
  return g_strconcat (uuid, "/", run, NULL);
}

void
semio_run_choice_keep (GSettings *settings, SemioStudy *study, const char *run, GArray *ids)
{
  g_autoptr (GVariant) old = g_settings_get_value (settings, KEY);
  g_autofree char *name = name_choice (study, run);
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{sax}"));
  GVariantIter iter;
  const char *key = NULL;
  GVariant *value = NULL;

  g_variant_iter_init (&iter, old);
  while (g_variant_iter_loop (&iter, "{&s@ax}", &key, &value))
    if (!g_str_equal (key, name))
      g_variant_builder_add (builder, "{s@ax}", key, value);
  if (ids != NULL)
    g_variant_builder_add (builder, "{s@ax}", name,
                           g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64)));
  g_settings_set_value (settings, KEY, g_variant_builder_end (builder));
}

GArray *
semio_run_choice_find (GSettings *settings, SemioStudy *study, const char *run)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, KEY);
  g_autofree char *name = name_choice (study, run);
  g_autoptr (GVariant) value = g_variant_lookup_value (all, name, G_VARIANT_TYPE ("ax"));
  GArray *ids = NULL;
  gsize n = 0;
  const gint64 *data = value != NULL ? g_variant_get_fixed_array (value, &n, sizeof (gint64)) : NULL;

  if (value == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (n > 0)
    g_array_append_vals (ids, data, (guint) n);
  return ids;
}
