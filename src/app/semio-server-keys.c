/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-server-keys.h"

/* The application owns them, so they go with it. */
static GHashTable *
get_held (void)
{
  GApplication *application = g_application_get_default ();
  GHashTable *held = NULL;

  if (application == NULL)
    return NULL;
  held = g_object_get_data (G_OBJECT (application), "semio-server-keys");
  if (held == NULL)
    {
      held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) semio_key_unref);
      g_object_set_data_full (G_OBJECT (application), "semio-server-keys", held, (GDestroyNotify) g_hash_table_unref);
    }
  return held;
}

void
semio_server_keys_hold (const SemioEndpoint *endpoint, SemioKey *key)
{
  GHashTable *held = get_held ();

  if (held == NULL)
    return;
  if (key != NULL)
    g_hash_table_insert (held, g_strdup (endpoint->id), semio_key_ref (key));
  else
    g_hash_table_remove (held, endpoint->id);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* Without a keyring the server may still answer, and says itself when it wants a key. */
  g_task_return_pointer (task, semio_key_load_finish (result, NULL), (GDestroyNotify) semio_key_unref);
}

void
semio_server_keys_find_async (const SemioEndpoint *endpoint, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  GHashTable *held = get_held ();
  SemioKey *key = held != NULL ? g_hash_table_lookup (held, endpoint->id) : NULL;

  g_task_set_source_tag (task, semio_server_keys_find_async);
  if (key == NULL)
    {
      semio_key_load_async (endpoint, NULL, loaded_cb, task);
      return;
    }
  g_task_return_pointer (task, semio_key_ref (key), (GDestroyNotify) semio_key_unref);
  g_object_unref (task);
}

SemioKey *
semio_server_keys_find_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
