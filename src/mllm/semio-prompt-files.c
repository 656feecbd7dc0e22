/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where prompt sets lie: within the program and in a folder of the user's. */
#include "semio-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-file-error.h"
#include "semio-file-write.h"
#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-prompt-resources.h"
#include "semio-prompt-set-private.h"

#define RESOURCE_FOLDER "/io/github/semioscope/Semioscope/prompts/"
#define SCHEMA_NAME "schema.json"

static SemioPromptSet *
load_built_in (const char *id)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, id, ".json", NULL);
  /* Asked for by name: the linker would drop a resource that only registers itself from a static library. */
  g_autoptr (GBytes) bytes = g_resource_lookup_data (semio_prompt_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  SemioPromptSet *set;
  gsize length;
  const char *json;

  g_assert (bytes != NULL);
  json = g_bytes_get_data (bytes, &length);
  set = semio_prompt_set_parse (json, (gssize) length, &error);
  if (set == NULL)
    g_error ("%s: %s", path, error->message);
  return set;
}

/**
 * semio_prompt_set_list_built_in:
 *
 * Returns: (transfer full) (element-type SemioPromptSet): "observable", which is the default, "simple" and "definition"
 */
GPtrArray *
semio_prompt_set_list_built_in (void)
{
  static const char *const ids[] = { "observable", "simple", "definition" };
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_prompt_set_unref);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_ptr_array_add (sets, load_built_in (ids[i]));
  return sets;
}

static int
compare_sets (gconstpointer a, gconstpointer b)
{
  SemioPromptSet *one = *(SemioPromptSet *const *) a;
  SemioPromptSet *other = *(SemioPromptSet *const *) b;
  int order = g_utf8_collate (semio_prompt_set_get_name (one), semio_prompt_set_get_name (other));

  if (order == 0)
    order = g_strcmp0 (semio_prompt_set_get_id (one), semio_prompt_set_get_id (other));
  if (order == 0)
    order = (int) semio_prompt_set_get_version (one) - (int) semio_prompt_set_get_version (other);
  return order;
}

static SemioPromptSet *
load_file (GFile *file, GFileInfo *info, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (g_file_info_get_size (info) > SEMIO_PROMPT_SET_MAX_BYTES)
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("It is larger than %d bytes, which no prompt set is."),
                   SEMIO_PROMPT_SET_MAX_BYTES);
      return NULL;
    }
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    {
      semio_file_error_explain_read (error, file);
      return NULL;
    }
  return semio_prompt_set_parse (text, (gssize) length, error);
}

static gboolean
is_candidate (GFileInfo *info)
{
  const char *name = g_file_info_get_name (info);

  return g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && g_str_has_suffix (name, ".json") && name[0] != '.'
         && !g_str_equal (name, SCHEMA_NAME);
}

static void
add_problem (GPtrArray *problems, const char *where, const GError *error)
{
  if (problems != NULL)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %s", where, error->message));
}

/**
 * semio_prompt_set_list_folder:
 * @folder: where a user keeps prompt sets
 * @problems: (nullable) (element-type utf8): gets a sentence for each file that cannot be read
 *
 * Returns: (transfer full) (element-type SemioPromptSet): those of the folder, by name then version; none when it is not there
 */
GPtrArray *
semio_prompt_set_list_folder (GFile *folder, GPtrArray *problems)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_prompt_set_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) files =
      g_file_enumerate_children (folder, "standard::name,standard::type,standard::size", G_FILE_QUERY_INFO_NONE, NULL, &error);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, &error) && info != NULL)
    {
      g_autoptr (GError) file_error = NULL;
      SemioPromptSet *set = is_candidate (info) ? load_file (file, info, &file_error) : NULL;

      if (set != NULL)
        g_ptr_array_add (sets, set);
      else if (file_error != NULL)
        add_problem (problems, g_file_info_get_name (info), file_error);
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    add_problem (problems, g_file_peek_path (folder) ? g_file_peek_path (folder) : "", error);
  g_ptr_array_sort (sets, compare_sets);
  return sets;
}

/* Whether the file holds this very set; FALSE with an error when it holds anything else. */
static gboolean
holds_same (GFile *file, SemioPromptSet *set, gboolean *same, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (SemioPromptSet) standing = NULL;
  g_autoptr (GError) read_error = NULL;

  *same = FALSE;
  if (!g_file_load_contents (file, NULL, &text, &length, NULL, &read_error))
    {
      if (g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&read_error));
      semio_file_error_explain_read (error, file);
      return FALSE;
    }
  standing = semio_prompt_set_parse (text, (gssize) length, NULL);
  *same = standing != NULL && g_str_equal (semio_prompt_set_get_json (standing), semio_prompt_set_get_json (set));
  if (*same)
    return TRUE;
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID,
               _ ("“%s” stands there with other words. Save these as a further version, or under another name."),
               g_file_peek_path (file));
  return FALSE;
}

/**
 * semio_prompt_set_save:
 * @set: a prompt set
 * @folder: where a user keeps prompt sets; made when it is not there
 * @error: return location for a #SemioMllmError or a #GIOError
 *
 * Returns: whether ID-VERSION.json stands there with these words
 */
gboolean
semio_prompt_set_save (SemioPromptSet *set, GFile *folder, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.json", semio_prompt_set_get_id (set), semio_prompt_set_get_version (set));
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) make_error = NULL;
  char *text;
  gboolean same;

  if (!g_file_make_directory_with_parents (folder, NULL, &make_error)
      && !g_error_matches (make_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&make_error));
      semio_file_error_explain_write (error, folder);
      return FALSE;
    }
  if (!holds_same (file, set, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  node = semio_json_parse (semio_prompt_set_get_json (set), -1, SEMIO_PROMPT_SET_MAX_BYTES, error);
  if (node == NULL)
    return FALSE;
  /* People read and change these files. */
  text = json_to_string (node, TRUE);
  bytes = g_bytes_new_take (text, strlen (text));
  return semio_file_write (file, bytes, NULL, error);
}
