/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prompts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-file-error.h"
#include "semio-session-error.h"
#include "semio-text.h"

GFile *
semio_prompts_get_folder (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "semioscope", "prompts", NULL);

  return g_file_new_for_path (path);
}

GPtrArray *
semio_prompts_list (GPtrArray *problems)
{
  g_autoptr (GFile) folder = semio_prompts_get_folder ();
  GPtrArray *sets = semio_prompt_set_list_built_in ();

  if (g_file_query_exists (folder, NULL))
    {
      g_autoptr (GPtrArray) own = semio_prompt_set_list_folder (folder, problems);

      for (guint i = 0; own && i < own->len; i++)
        g_ptr_array_add (sets, semio_prompt_set_ref (own->pdata[i]));
    }
  return sets;
}

static SemioPromptSet *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autofree char *text = NULL;
  gsize length = 0;
  SemioPromptSet *set;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    {
      semio_file_error_explain_read (error, file);
      return NULL;
    }
  set = semio_prompt_set_parse (text, (gssize) length, error);
  if (set == NULL)
    g_prefix_error (error, "%s: ", path);
  return set;
}

/* Of sets with the id the one of that version, or the newest; a user's own goes before the program's of the same version. */
static SemioPromptSet *
pick (GPtrArray *sets, const char *id, gint64 version)
{
  SemioPromptSet *best = NULL;

  for (guint i = 0; i < sets->len; i++)
    {
      SemioPromptSet *set = sets->pdata[i];

      if (!g_str_equal (semio_prompt_set_get_id (set), id)
          || (version > 0 && (gint64) semio_prompt_set_get_version (set) != version))
        continue;
      if (best == NULL || semio_prompt_set_get_version (set) >= semio_prompt_set_get_version (best))
        best = set;
    }
  return best ? semio_prompt_set_ref (best) : NULL;
}

static char *
name_all (GPtrArray *sets)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < sets->len; i++)
    g_string_append_printf (names, "%s%s@%u", names->len ? ", " : "", semio_prompt_set_get_id (sets->pdata[i]),
                            semio_prompt_set_get_version (sets->pdata[i]));
  return g_string_free (names, FALSE);
}

SemioPromptSet *
semio_prompts_find (const char *name, GError **error)
{
  g_autoptr (GPtrArray) sets = NULL;
  g_autofree char *id = g_strdup (name);
  g_autofree char *names = NULL;
  char *at = strrchr (id, '@');
  gint64 version = 0;
  SemioPromptSet *set;

  if (strchr (name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (name, ".json"))
    return read_file (name, error);
  if (at != NULL && semio_text_to_int64 (at + 1, &version, NULL))
    *at = '\0';
  sets = semio_prompts_list (NULL);
  set = pick (sets, id, version);
  if (set != NULL)
    return set;
  names = name_all (sets);
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
               _ ("There is no prompt set “%s”. Say one of these, or the path of a file: %s."), name, names);
  return NULL;
}
