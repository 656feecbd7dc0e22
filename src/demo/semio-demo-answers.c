/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-answers.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "semio-demo-error.h"
#include "semio-demo-resources.h"

#define RESOURCE_FOLDER "/io/github/semioscope/Semioscope/demo/"
#define SEPARATOR ": "

struct _SemioDemoAnswers {
  JsonNode *root;
  const char *name;
  JsonObject *recordings;
};

void
semio_demo_answers_free (SemioDemoAnswers *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

/* “yes: The left arm …”, or an answer alone. */
static gboolean
split (const char *text, SemioAnswer *answer, const char **explanation)
{
  const char *separator = strstr (text, SEPARATOR);
  g_autofree char *word = separator ? g_strndup (text, (gsize) (separator - text)) : g_strdup (text);

  *explanation = separator ? separator + strlen (SEPARATOR) : NULL;
  return semio_answer_from_text (word, answer) && *answer != SEMIO_ANSWER_MISSING;
}

static gboolean
check_segment (const char *recording, guint segment, JsonNode *node, GError **error)
{
  JsonObjectIter iter;
  const char *feature;
  JsonNode *cell;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &feature, &cell))
        {
          const char *text = JSON_NODE_HOLDS_VALUE (cell) ? json_node_get_string (cell) : NULL, *explanation;
          SemioAnswer answer;

          if (text && split (text, &answer, &explanation))
            continue;
          g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_CHOREOGRAPHY,
                       _ ("The sample answer to “%s” in segment %u of %s does not begin with an answer."), feature, segment + 1,
                       recording);
          return FALSE;
        }
      return TRUE;
    }
  g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_CHOREOGRAPHY, _ ("Segment %u of %s is no object of sample answers."),
               segment + 1, recording);
  return FALSE;
}

static gboolean
check (SemioDemoAnswers *self, GError **error)
{
  JsonObjectIter iter;
  const char *recording;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, self->recordings);
  while (json_object_iter_next_ordered (&iter, &recording, &node))
    {
      JsonArray *segments = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      if (!segments)
        {
          g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_CHOREOGRAPHY, _ ("%s has no list of segments."), recording);
          return FALSE;
        }
      for (guint i = 0; i < json_array_get_length (segments); i++)
        if (!check_segment (recording, i, json_array_get_element (segments, i), error))
          return FALSE;
    }
  return TRUE;
}

SemioDemoAnswers *
semio_demo_answers_new_from_json (const char *json, gssize length, GError **error)
{
  g_autoptr (SemioDemoAnswers) self = g_new0 (SemioDemoAnswers, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObject *root = NULL;

  if (!json_parser_load_from_data (parser, json, length, error))
    return NULL;
  self->root = json_parser_steal_root (parser);
  if (self->root && JSON_NODE_HOLDS_OBJECT (self->root))
    root = json_node_get_object (self->root);
  if (!root || !json_object_has_member (root, "name") || !json_object_has_member (root, "recordings"))
    {
      g_set_error (error, SEMIO_DEMO_ERROR, SEMIO_DEMO_ERROR_CHOREOGRAPHY, _ ("Sample answers need a name and recordings."));
      return NULL;
    }
  self->name = json_object_get_string_member (root, "name");
  self->recordings = json_object_get_object_member (root, "recordings");
  return check (self, error) ? g_steal_pointer (&self) : NULL;
}

SemioDemoAnswers *
semio_demo_answers_load (guint run, GError **error)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_FOLDER "answers-%u.json", run + 1);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (semio_demo_resources_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (!bytes)
    return NULL;
  return semio_demo_answers_new_from_json (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

const char *
semio_demo_answers_get_name (SemioDemoAnswers *self)
{
  return self->name;
}

guint
semio_demo_answers_get_n_segments (SemioDemoAnswers *self, const char *recording)
{
  if (!json_object_has_member (self->recordings, recording))
    return 0;
  return json_array_get_length (json_object_get_array_member (self->recordings, recording));
}

gboolean
semio_demo_answers_get (SemioDemoAnswers *self, const char *recording, guint segment, const char *feature, SemioAnswer *answer,
                        const char **explanation)
{
  JsonObject *object;

  if (segment >= semio_demo_answers_get_n_segments (self, recording))
    return FALSE;
  object = json_array_get_object_element (json_object_get_array_member (self->recordings, recording), segment);
  if (!json_object_has_member (object, feature))
    return FALSE;
  return split (json_object_get_string_member (object, feature), answer, explanation);
}
