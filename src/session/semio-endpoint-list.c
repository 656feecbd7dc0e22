/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-endpoint-list.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "semio-config.h"
#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-transfer.h"

#define VERSION 1
#define MAX_BYTES (1024 * 1024)

static char *
list_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "semioscope", "endpoints.json", NULL);
}

static gboolean
read_endpoints (JsonNode *node, GPtrArray *endpoints, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *member = object ? json_object_get_member (object, "endpoints") : NULL;
  JsonArray *array = member && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;

  if (array == NULL || semio_json_get_int_or (object, "version", 0) != VERSION)
    {
      g_set_error_literal (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("it is not a list that this version wrote"));
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      SemioEndpoint *endpoint = semio_endpoint_from_json (json_array_get_element (array, i), error);

      if (endpoint == NULL)
        return FALSE;
      g_ptr_array_add (endpoints, endpoint);
    }
  return TRUE;
}

GPtrArray *
semio_endpoint_list_load (GError **error)
{
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_endpoint_free);
  g_autofree char *path = list_path ();
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;
  gsize length = 0;

  if (g_file_get_contents (path, &text, &length, &local))
    node = semio_json_parse (text, (gssize) length, MAX_BYTES, &local);
  else if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&endpoints);
  if (node != NULL && read_endpoints (node, endpoints, &local))
    return g_steal_pointer (&endpoints);
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID,
               _ ("The list of model servers in %s cannot be read: %s. Mend the file, or move it away to begin anew."), path,
               local->message);
  return NULL;
}

gboolean
semio_endpoint_list_save (GPtrArray *endpoints, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autofree char *path = list_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  json_object_set_int_member (object, "version", VERSION);
  json_object_set_array_member (object, "endpoints", array);
  for (guint i = 0; i < endpoints->len; i++)
    json_array_add_element (array, semio_endpoint_to_json (endpoints->pdata[i]));
  text = semio_json_canonical (node);
  /* Which servers someone uses is nobody else's business. */
  g_mkdir_with_parents (folder, S_IRWXU);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   S_IRUSR | S_IWUSR, error);
}

static void
offline_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  semio_transfer_set_offline (g_settings_get_boolean (settings, key));
}

GSettings *
semio_offline_follow_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source ? g_settings_schema_source_lookup (source, SEMIO_APPLICATION_ID, TRUE) : NULL;
  GSettings *settings;

  /* Run from a build folder there may be no settings; the door then stands as it was made. */
  if (schema == NULL)
    return NULL;
  settings = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect (settings, "changed::offline", G_CALLBACK (offline_changed_cb), NULL);
  offline_changed_cb (settings, "offline", NULL);
  return settings;
}
