/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-settings-file.h"

#include <string.h>

#include "semio-text.h"

#define MAX_NAME_CHARS 80

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *text = NULL;
  gsize length = 0;
  GError *error = NULL;
  SemioRunConfig *config = NULL;

  if (g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error))
    config = semio_run_config_parse (text, (gssize) length, &error);
  if (config != NULL)
    {
      g_task_return_pointer (task, config, (GDestroyNotify) semio_run_config_free);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *name = g_file_get_basename (G_FILE (source));
      g_autofree char *clean = semio_text_clean (name, -1, MAX_NAME_CHARS);

      g_prefix_error (&error, "%s: ", clean);
    }
  g_task_return_error (task, error);
}

void
semio_run_settings_file_read_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_run_settings_file_read_async);
  g_file_load_contents_async (file, cancellable, read_cb, task);
}

SemioRunConfig *
semio_run_settings_file_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
semio_run_settings_file_write_async (GFile *file, const SemioRunConfig *config, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);
  char *json = semio_run_config_to_json (config);
  g_autoptr (GBytes) bytes = g_bytes_new_take (json, strlen (json));

  g_task_set_source_tag (task, semio_run_settings_file_write_async);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, write_cb, task);
}

gboolean
semio_run_settings_file_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
semio_run_settings_file_name (const char *run)
{
  g_autofree char *clean = semio_text_clean (run, -1, MAX_NAME_CHARS);

  return g_strconcat (g_strdelimit (clean, "/\\\n", '-'), ".json", NULL);
}
