/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-endpoint.h"

#include <glib/gi18n-lib.h>

#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-text.h"
#include "semio-uuid.h"

#define DEFAULT_IN_FLIGHT 8
#define MAX_IN_FLIGHT 256
#define DEFAULT_TIMEOUT_S 600
#define MAX_TIMEOUT_S 86400
#define MAX_URLS 64
#define MAX_NAME_CHARS 200

/**
 * semio_endpoint_new:
 * @name: what a person calls it
 *
 * Returns: (transfer full): a new endpoint with an id of its own, no address, and what most servers accept
 */
SemioEndpoint *
semio_endpoint_new (const char *name)
{
  SemioEndpoint *endpoint = g_new0 (SemioEndpoint, 1);
  SemioUuid id = semio_uuid_new ();

  endpoint->id = semio_uuid_to_string (&id);
  endpoint->name = g_strdup (name);
  endpoint->urls = g_new0 (char *, 1);
  semio_dialect_init (&endpoint->dialect);
  endpoint->max_in_flight = DEFAULT_IN_FLIGHT;
  endpoint->timeout_s = DEFAULT_TIMEOUT_S;
  return endpoint;
}

/**
 * semio_endpoint_copy:
 * @endpoint: an endpoint
 *
 * Returns: (transfer full): one with the same id and members
 */
SemioEndpoint *
semio_endpoint_copy (const SemioEndpoint *endpoint)
{
  SemioEndpoint *copy = g_memdup2 (endpoint, sizeof *endpoint);

  copy->id = g_strdup (endpoint->id);
  copy->name = g_strdup (endpoint->name);
  copy->urls = g_strdupv (endpoint->urls);
  copy->model = g_strdup (endpoint->model);
  return copy;
}

/**
 * semio_endpoint_free:
 * @endpoint: (nullable): an endpoint
 *
 * Frees it.
 */
void
semio_endpoint_free (SemioEndpoint *endpoint)
{
  if (endpoint == NULL)
    return;
  g_free (endpoint->id);
  g_free (endpoint->name);
  g_strfreev (endpoint->urls);
  g_free (endpoint->model);
  g_free (endpoint);
}

/**
 * semio_endpoint_to_json:
 * @endpoint: an endpoint
 *
 * Returns: (transfer full): an object for the settings file; a key is never in it
 */
JsonNode *
semio_endpoint_to_json (const SemioEndpoint *endpoint)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *urls = json_array_new ();

  for (guint i = 0; endpoint->urls != NULL && endpoint->urls[i] != NULL; i++)
    json_array_add_string_element (urls, endpoint->urls[i]);
  json_object_set_string_member (object, "id", endpoint->id);
  json_object_set_string_member (object, "name", endpoint->name);
  json_object_set_array_member (object, "urls", urls);
  if (endpoint->model != NULL)
    json_object_set_string_member (object, "model", endpoint->model);
  json_object_set_member (object, "dialect", semio_dialect_to_json (&endpoint->dialect));
  json_object_set_boolean_member (object, "dialect_probed", endpoint->dialect_probed);
  json_object_set_int_member (object, "max_in_flight", endpoint->max_in_flight);
  json_object_set_int_member (object, "timeout_s", endpoint->timeout_s);
  json_node_set_object (node, object);
  return node;
}

static gboolean
read_urls (JsonObject *object, SemioEndpoint *endpoint, GError **error)
{
  JsonNode *member = json_object_get_member (object, "urls");
  JsonArray *array = member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;
  g_autoptr (GStrvBuilder) urls = g_strv_builder_new ();

  if (array == NULL || json_array_get_length (array) > MAX_URLS)
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID,
                   _ ("“urls” of a server must be a list of at most %d addresses."), MAX_URLS);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      SemioBaseUrl url = { 0 };

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        {
          g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("“urls” of a server must hold addresses as text."));
          return FALSE;
        }
      if (!semio_base_url_parse (json_node_get_string (element), &url, error))
        return FALSE;
      g_strv_builder_add (urls, url.url);
      semio_base_url_clear (&url);
    }
  g_strfreev (endpoint->urls);
  endpoint->urls = g_strv_builder_end (urls);
  return TRUE;
}

static gboolean
read_boolean (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/**
 * semio_endpoint_from_json:
 * @node: what semio_endpoint_to_json() made, or a person changed
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the endpoint, or %NULL with a sentence that names the member
 */
SemioEndpoint *
semio_endpoint_from_json (JsonNode *node, GError **error)
{
  g_autoptr (SemioEndpoint) endpoint = NULL;
  JsonObject *object;
  const char *id;
  const char *name;
  const char *model;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("A server must be a JSON object."));
      return NULL;
    }
  object = json_node_get_object (node);
  id = semio_json_get_text (object, "id", error);
  name = id != NULL ? semio_json_get_text (object, "name", error) : NULL;
  if (name == NULL)
    return NULL;
  if (!g_uuid_string_is_valid (id))
    {
      g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("“id” of a server must be a UUID."));
      return NULL;
    }
  endpoint = semio_endpoint_new (NULL);
  g_free (endpoint->id);
  endpoint->id = g_strdup (id);
  endpoint->name = semio_text_clean (name, -1, MAX_NAME_CHARS);
  model = semio_json_get_text_or (object, "model", NULL);
  endpoint->model = model != NULL ? semio_text_clean (model, -1, MAX_NAME_CHARS) : NULL;
  if (!read_urls (object, endpoint, error)
      || (json_object_has_member (object, "dialect")
          && !semio_dialect_from_json (&endpoint->dialect, json_object_get_member (object, "dialect"), error)))
    return NULL;
  endpoint->dialect_probed = read_boolean (object, "dialect_probed");
  endpoint->max_in_flight = (guint) CLAMP (semio_json_get_int_or (object, "max_in_flight", DEFAULT_IN_FLIGHT), 1, MAX_IN_FLIGHT);
  endpoint->timeout_s = (guint) CLAMP (semio_json_get_int_or (object, "timeout_s", DEFAULT_TIMEOUT_S), 1, MAX_TIMEOUT_S);
  return g_steal_pointer (&endpoint);
}
