/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio settings */
#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "semio-cli-commands.h"
#include "semio-run-settings.h"

static void
print_row (const SemioRunConfig *config)
{
  guint n_features = g_strv_length (config->features);
  g_autofree char *features = g_strdup_printf (ngettext ("%u feature", "%u features", n_features), n_features);
  const char *model = config->model[0] != '\0' ? config->model : "–";

  fprintf (stdout, "%s\t%s\t%s@%u\t%s\n", config->name, model, semio_prompt_set_get_id (config->prompts),
           semio_prompt_set_get_version (config->prompts), features);
}

static JsonNode *
row_to_json (const SemioRunConfig *config)
{
  g_autofree char *text = semio_run_config_to_json (config);

  return json_from_string (text, NULL);
}

int
semio_cli_settings (SemioCli *cli, char ***argv)
{
  int status = semio_cli_parse (cli, "settings", _ ("Lists the settings of runs that are kept by name."), NULL, argv, 0, 0);
  g_autoptr (SemioFeatureSet) features = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GPtrArray) saved = NULL;
  JsonObject *object;
  JsonArray *array;

  if (status >= 0)
    return status;
  features = semio_feature_set_new_default ();
  problems = g_ptr_array_new_with_free_func (g_free);
  saved = semio_run_settings_list (problems);
  g_ptr_array_insert (saved, 0, semio_run_settings_find (SEMIO_RUN_SETTINGS_PUBLISHED, features, NULL));
  {
    SemioRunConfig *published = saved->pdata[0];

    g_free (published->name);
    published->name = g_strdup (SEMIO_RUN_SETTINGS_PUBLISHED);
  }
  object = json_object_new ();
  array = json_array_new ();
  for (guint i = 0; i < saved->len; i++)
    {
      if (semio_cli_is_json (cli))
        json_array_add_element (array, row_to_json (saved->pdata[i]));
      else
        print_row (saved->pdata[i]);
    }
  for (guint i = 0; i < problems->len; i++)
    semio_cli_remark (cli, "%s", (const char *) problems->pdata[i]);
  json_object_set_array_member (object, "settings", array);
  semio_cli_print_json (cli, object);
  return SEMIO_CLI_DONE;
}
