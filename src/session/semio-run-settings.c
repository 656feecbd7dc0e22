/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-settings.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "semio-file-error.h"
#include "semio-session-error.h"
#include "semio-text.h"

#define SUFFIX ".json"
#define MAX_NAME_CHARS 80
#define MAX_FILES 500

/* One file of the folder. */
typedef struct {
  char *path;
  SemioRunConfig *config;
} Saved;

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_clear_pointer (&saved->config, semio_run_config_free);
  g_free (saved->path);
  g_free (saved);
}

char *
semio_run_settings_clean_name (const char *name)
{
  g_autofree char *clean = semio_text_clean (name, -1, MAX_NAME_CHARS);

  return g_strdup (g_strstrip (g_strdelimit (clean, "\n\t", ' ')));
}

const char *
semio_run_settings_get_label (const char *name)
{
  return g_str_equal (name, SEMIO_RUN_SETTINGS_PUBLISHED) ? _ ("As published") : name;
}

GFile *
semio_run_settings_get_folder (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "semioscope", "settings", NULL);

  return g_file_new_for_path (path);
}

/* ---- Reading ---- */

/* A file that was exported and put here is called as it says; one that says nothing, as it is called. */
static char *
name_settings (const SemioRunConfig *config, const char *file_name)
{
  g_autofree char *name = semio_run_settings_clean_name (config->name);
  g_autofree char *stem = NULL;

  if (name[0] != '\0')
    return g_steal_pointer (&name);
  stem = g_strndup (file_name, strlen (file_name) - strlen (SUFFIX));
  return semio_run_settings_clean_name (stem);
}

static Saved *
read_file (const char *folder, const char *file_name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  gsize length = 0;
  SemioRunConfig *config;
  char *name;
  Saved *saved;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, error))
    {
      semio_file_error_explain_read (error, file);
      return NULL;
    }
  config = semio_run_config_parse (text, (gssize) length, error);
  if (config == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  name = name_settings (config, file_name);
  g_free (config->name);
  config->name = name;
  saved = g_new0 (Saved, 1);
  saved->path = g_steal_pointer (&path);
  saved->config = config;
  return saved;
}

static Saved *
find_saved (GPtrArray *all, const char *name)
{
  for (guint i = 0; i < all->len; i++)
    if (g_str_equal (((Saved *) all->pdata[i])->config->name, name))
      return all->pdata[i];
  return NULL;
}

static gint
compare_saved (gconstpointer a, gconstpointer b)
{
  const Saved *one = *(Saved *const *) a;
  const Saved *other = *(Saved *const *) b;
  int order = g_utf8_collate (one->config->name, other->config->name);

  return order != 0 ? order : strcmp (one->path, other->path);
}

static void
add_problem (GPtrArray *problems, char *text)
{
  if (problems != NULL)
    g_ptr_array_add (problems, text);
  else
    g_free (text);
}

/* Two files may say the same name when a person put one there: the first counts, the other is told. */
static void
drop_doubles (GPtrArray *all, GPtrArray *problems)
{
  for (guint i = 1; i < all->len;)
    {
      const Saved *before = all->pdata[i - 1];
      const Saved *saved = all->pdata[i];

      if (!g_str_equal (before->config->name, saved->config->name)
          && !g_str_equal (saved->config->name, SEMIO_RUN_SETTINGS_PUBLISHED))
        {
          i++;
          continue;
        }
      add_problem (problems, g_strdup_printf (_ ("%s: other settings are called “%s” as well. Change the name in this file."),
                                              saved->path, saved->config->name));
      g_ptr_array_remove_index (all, i);
    }
}

static GPtrArray *
list_saved (GPtrArray *problems)
{
  g_autoptr (GFile) folder = semio_run_settings_get_folder ();
  const char *path = g_file_peek_path (folder);
  GPtrArray *all = g_ptr_array_new_with_free_func (saved_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && all->len < MAX_FILES && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      Saved *saved;

      if (!g_str_has_suffix (name, SUFFIX) || name[0] == '.')
        continue;
      saved = read_file (path, name, &error);
      if (saved != NULL)
        g_ptr_array_add (all, saved);
      else
        add_problem (problems, g_strdup (error->message));
    }
  g_ptr_array_sort (all, compare_saved);
  drop_doubles (all, problems);
  return all;
}

GPtrArray *
semio_run_settings_list (GPtrArray *problems)
{
  g_autoptr (GPtrArray) all = list_saved (problems);
  GPtrArray *configs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_run_config_free);

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (configs, g_steal_pointer (&((Saved *) all->pdata[i])->config));
  return configs;
}

static void
set_not_found (GPtrArray *all, const char *name, GError **error)
{
  GString *names = g_string_new (SEMIO_RUN_SETTINGS_PUBLISHED);

  for (guint i = 0; i < all->len; i++)
    g_string_append_printf (names, ", %s", ((Saved *) all->pdata[i])->config->name);
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
               _ ("There are no settings “%s”. Say one of these, or the path of a file: %s."), name, names->str);
  g_string_free (names, TRUE);
}

SemioRunConfig *
semio_run_settings_find (const char *name, SemioFeatureSet *features, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  Saved *saved;

  if (g_str_equal (name, SEMIO_RUN_SETTINGS_PUBLISHED))
    return semio_run_config_new_default (features);
  all = list_saved (NULL);
  saved = find_saved (all, name);
  if (saved == NULL)
    {
      set_not_found (all, name, error);
      return NULL;
    }
  return g_steal_pointer (&saved->config);
}

/* ---- Writing ---- */

static gboolean
check_name (const char *name, GError **error)
{
  if (name[0] != '\0' && !g_str_equal (name, SEMIO_RUN_SETTINGS_PUBLISHED)
      && !g_str_equal (name, semio_run_settings_get_label (SEMIO_RUN_SETTINGS_PUBLISHED)))
    return TRUE;
  if (name[0] == '\0')
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED, _ ("The settings need a name."));
  else
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                 _ ("“%s” stays what the publication used. Choose another name."), name);
  return FALSE;
}

/* A name of a file that tells the settings apart for who looks into the folder; the name within is what counts. */
static char *
find_path (const char *folder, const char *name)
{
  g_autofree char *stem = g_strdelimit (g_strdup (name), "/\\:", '-');
  char *path = NULL;

  if (stem[0] == '.')
    stem[0] = '-';
  for (guint i = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *number = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *file_name = g_strconcat (stem, number, SUFFIX, NULL);

      g_free (path);
      path = g_build_filename (folder, file_name, NULL);
    }
  return path;
}

static gboolean
write_file (const SemioRunConfig *config, const char *name, const char *path, GError **error)
{
  g_autoptr (SemioRunConfig) named = semio_run_config_copy (config);
  g_autofree char *json = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) local = NULL;

  g_free (named->name);
  named->name = g_strdup (name);
  json = semio_run_config_to_json (named);
  /* Which servers someone uses is nobody else's business. */
  g_mkdir_with_parents (folder, S_IRWXU);
  if (g_file_set_contents_full (path, json, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, S_IRUSR | S_IWUSR,
                                &local))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The settings could not be saved: %s"), local->message);
  return FALSE;
}

static gboolean
set_duplicate (const char *name, GError **error)
{
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_DUPLICATE,
               _ ("There are settings “%s” already. Choose another name."), name);
  return FALSE;
}

gboolean
semio_run_settings_save (const SemioRunConfig *config, const char *name, gboolean replace, GError **error)
{
  g_autofree char *clean = semio_run_settings_clean_name (name);
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char *path = NULL;
  const Saved *there;

  if (!check_name (clean, error))
    return FALSE;
  all = list_saved (NULL);
  there = find_saved (all, clean);
  if (there != NULL && !replace)
    return set_duplicate (clean, error);
  if (there != NULL)
    return write_file (config, clean, there->path, error);
  {
    g_autoptr (GFile) folder = semio_run_settings_get_folder ();

    path = find_path (g_file_peek_path (folder), clean);
  }
  return write_file (config, clean, path, error);
}

static gboolean
remove_file (const char *path, GError **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("%s could not be deleted: %s"), path, g_strerror (errno));
  return FALSE;
}

gboolean
semio_run_settings_rename (const char *name, const char *new_name, GError **error)
{
  g_autofree char *clean = semio_run_settings_clean_name (new_name);
  g_autoptr (GPtrArray) all = list_saved (NULL);
  const Saved *there = find_saved (all, name);

  if (there == NULL)
    {
      set_not_found (all, name, error);
      return FALSE;
    }
  if (g_str_equal (clean, name))
    return TRUE;
  return semio_run_settings_save (there->config, clean, FALSE, error) && remove_file (there->path, error);
}

gboolean
semio_run_settings_delete (const char *name, GError **error)
{
  g_autoptr (GPtrArray) all = list_saved (NULL);
  const Saved *there = find_saved (all, name);

  if (there != NULL)
    return remove_file (there->path, error);
  set_not_found (all, name, error);
  return FALSE;
}
