/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-feature-set.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-feature-texts.h"
#include "semio-json.h"
#include "semio-model-error.h"
#include "semio-model-resources.h"
#include "semio-text.h"

#define DEFAULT_PATH "/io/github/semioscope/Semioscope/features/default.json"
#define FORMAT_VERSION 1
#define MAX_BYTES (1024 * 1024)
#define MAX_GROUPS 32
#define MAX_FEATURES 500
#define MAX_ID_BYTES 64
#define MAX_LABEL_CHARS 120
#define MAX_DEFINITION_CHARS 4000

struct _SemioFeatureSet {
  gatomicrefcount refs;
  GArray *groups; /* SemioFeatureGroup */
  GArray *features; /* SemioFeature */
  GHashTable *by_id; /* id → index + 1, folded to lower case */
  char *json; /* canonical, with labels as they were read */
};

static const char *const joins[] = { "any", "majority", "onset", NULL };
static const char *const framings[] = { "whole", "body", "face", NULL };
static const char *const sources[] = { "item", "ilae", NULL };

static void
clear_group (gpointer data)
{
  SemioFeatureGroup *group = data;

  g_free (group->id);
  g_free (group->label);
}

static void
clear_feature (gpointer data)
{
  SemioFeature *feature = data;

  g_free (feature->id);
  g_free (feature->label);
  g_free (feature->definition);
}

static gboolean set_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
set_error (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, SEMIO_MODEL_ERROR, SEMIO_MODEL_ERROR_FEATURE_SET, _ ("The feature set cannot be used: %s"), what);
  return FALSE;
}

static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (id[i]) && id[i] != '_' && id[i] != '-')
      return FALSE;
  return length > 0 && length <= MAX_ID_BYTES;
}

/* A text member made safe to show; missing ones are empty. */
static char *
get_clean_text (JsonObject *object, const char *member, gsize max_chars)
{
  return semio_text_clean (semio_json_get_text_or (object, member, ""), -1, max_chars);
}

/* One of the words, by default the first. */
static gboolean
get_word (JsonObject *object, const char *id, const char *member, const char *const *words, int *value, GError **error)
{
  const char *text = semio_json_get_text_or (object, member, NULL);

  *value = 0;
  if (text == NULL)
    return !json_object_has_member (object, member) || set_error (error, _ ("“%s” of “%s” is no text."), member, id);
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *value = i;
        return TRUE;
      }
  return set_error (error, _ ("“%s” of “%s” cannot be “%s”."), member, id, text);
}

static JsonArray *
get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_element_text (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

/* Every feature can be answered yes and no; na is the one further answer a set can ask for. */
static gboolean
read_answers (JsonObject *object, SemioFeature *feature, GError **error)
{
  JsonArray *answers = get_array (object, "answers");
  gboolean has_yes = FALSE, has_no = FALSE;

  if (!json_object_has_member (object, "answers"))
    return TRUE;
  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    {
      const char *answer = get_element_text (answers, i);

      if (g_str_equal (answer, "yes"))
        has_yes = TRUE;
      else if (g_str_equal (answer, "no"))
        has_no = TRUE;
      else if (g_str_equal (answer, "na"))
        feature->takes_na = TRUE;
      else
        return set_error (error, _ ("“%s” is no answer that “%s” can have."), answer, feature->id);
    }
  if (!has_yes || !has_no)
    return set_error (error, _ ("the answers of “%s” must hold yes and no."), feature->id);
  return TRUE;
}

static gboolean
read_qualifiers (JsonObject *object, SemioFeature *feature, GError **error)
{
  JsonArray *qualifiers = get_array (object, "qualifiers");

  if (!json_object_has_member (object, "qualifiers"))
    return TRUE;
  if (qualifiers == NULL)
    return set_error (error, _ ("the qualifiers of “%s” are no list."), feature->id);
  for (guint i = 0; i < json_array_get_length (qualifiers); i++)
    {
      const char *qualifier = get_element_text (qualifiers, i);

      if (!g_str_equal (qualifier, "side"))
        return set_error (error, _ ("“%s” is no qualifier that “%s” can have."), qualifier, feature->id);
      feature->has_side = TRUE;
    }
  return TRUE;
}

static gboolean
read_group (SemioFeatureSet *set, JsonObject *object, GError **error)
{
  const char *id = semio_json_get_text_or (object, "id", "");
  SemioFeatureGroup group = { 0 };
  int framing;

  if (!is_id (id))
    return set_error (error, _ ("“%s” is no name for a group; letters, digits, - and _ make one."), id);
  for (guint i = 0; i < set->groups->len; i++)
    if (g_ascii_strcasecmp (g_array_index (set->groups, SemioFeatureGroup, i).id, id) == 0)
      return set_error (error, _ ("the group “%s” stands twice."), id);
  if (!get_word (object, id, "framing", framings, &framing, error))
    return FALSE;
  group.framing = (SemioFraming) framing;
  group.from_sound = json_object_get_boolean_member_with_default (object, "from_sound", FALSE);
  group.id = g_strdup (id);
  group.label = get_clean_text (object, "label", MAX_LABEL_CHARS);
  g_array_append_val (set->groups, group);
  return TRUE;
}

static gboolean
read_feature (SemioFeatureSet *set, JsonObject *object, GError **error)
{
  const char *id = semio_json_get_text_or (object, "id", "");
  const char *group_id = semio_json_get_text_or (object, "group", "");
  g_autofree char *key = g_ascii_strdown (id, -1);
  SemioFeature *feature;
  int join, source;

  if (!is_id (id))
    return set_error (error, _ ("“%s” is no name for a feature; letters, digits, - and _ make one."), id);
  if (g_hash_table_contains (set->by_id, key))
    return set_error (error, _ ("the feature “%s” stands twice."), id);
  if (!get_word (object, id, "join", joins, &join, error) || !get_word (object, id, "source", sources, &source, error))
    return FALSE;
  g_array_set_size (set->features, set->features->len + 1);
  feature = &g_array_index (set->features, SemioFeature, set->features->len - 1);
  feature->id = g_strdup (id);
  feature->label = get_clean_text (object, "label", MAX_LABEL_CHARS);
  feature->definition = get_clean_text (object, "definition", MAX_DEFINITION_CHARS);
  feature->join = (SemioJoin) join;
  feature->ilae = source == 1;
  g_hash_table_insert (set->by_id, g_steal_pointer (&key), GUINT_TO_POINTER (set->features->len));
  for (feature->group = 0; feature->group < set->groups->len; feature->group++)
    if (g_str_equal (g_array_index (set->groups, SemioFeatureGroup, feature->group).id, group_id))
      return read_answers (object, feature, error) && read_qualifiers (object, feature, error);
  feature->group = 0;
  return set_error (error, _ ("the group “%s” of “%s” is not among the groups."), group_id, id);
}

typedef gboolean (*ReadElementFunc) (SemioFeatureSet *set, JsonObject *object, GError **error);

static gboolean
read_elements (SemioFeatureSet *set, JsonObject *root, const char *member, guint max, ReadElementFunc read, GError **error)
{
  JsonArray *array = get_array (root, member);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0 || n > max)
    return set_error (error, _ ("“%s” must be a list of 1 to %u."), member, max);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return set_error (error, _ ("number %u of “%s” is no object."), i + 1, member);
      if (!read (set, json_node_get_object (node), error))
        return FALSE;
    }
  return TRUE;
}

/* Takes the object. */
static JsonNode *
new_node (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
describe_group (const SemioFeatureGroup *group)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", group->id);
  json_object_set_string_member (object, "label", group->label);
  json_object_set_string_member (object, "framing", framings[group->framing]);
  json_object_set_boolean_member (object, "from_sound", group->from_sound);
  return new_node (object);
}

static JsonNode *
describe_feature (SemioFeatureSet *set, const SemioFeature *feature)
{
  JsonObject *object = json_object_new ();
  JsonArray *answers = json_array_new ();
  JsonArray *qualifiers = json_array_new ();

  json_array_add_string_element (answers, "yes");
  json_array_add_string_element (answers, "no");
  if (feature->takes_na)
    json_array_add_string_element (answers, "na");
  if (feature->has_side)
    json_array_add_string_element (qualifiers, "side");
  json_object_set_string_member (object, "id", feature->id);
  json_object_set_string_member (object, "label", feature->label);
  json_object_set_string_member (object, "definition", feature->definition);
  json_object_set_string_member (object, "group", g_array_index (set->groups, SemioFeatureGroup, feature->group).id);
  json_object_set_string_member (object, "join", joins[feature->join]);
  json_object_set_string_member (object, "source", sources[feature->ilae ? 1 : 0]);
  json_object_set_array_member (object, "answers", answers);
  json_object_set_array_member (object, "qualifiers", qualifiers);
  return new_node (object);
}

static char *
describe (SemioFeatureSet *set)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  JsonArray *groups = json_array_new ();
  JsonArray *features = json_array_new ();

  for (guint i = 0; i < set->groups->len; i++)
    json_array_add_element (groups, describe_group (&g_array_index (set->groups, SemioFeatureGroup, i)));
  for (guint i = 0; i < set->features->len; i++)
    json_array_add_element (features, describe_feature (set, &g_array_index (set->features, SemioFeature, i)));
  json_object_set_int_member (root, "version", FORMAT_VERSION);
  json_object_set_array_member (root, "groups", groups);
  json_object_set_array_member (root, "features", features);
  node = json_node_init_object (json_node_alloc (), root);
  return semio_json_canonical (node);
}

static void
translate_text (char **text)
{
  char *translated = g_strdup (semio_feature_texts_translate (*text));

  g_free (*text);
  *text = translated;
}

/* After the canonical text was made, which holds the labels as they were read. */
static void
translate_labels (SemioFeatureSet *set)
{
  for (guint i = 0; i < set->groups->len; i++)
    translate_text (&g_array_index (set->groups, SemioFeatureGroup, i).label);
  for (guint i = 0; i < set->features->len; i++)
    {
      translate_text (&g_array_index (set->features, SemioFeature, i).label);
      translate_text (&g_array_index (set->features, SemioFeature, i).definition);
    }
}

/**
 * semio_feature_set_new_default:
 *
 * Returns: (transfer full): the twenty features the program comes with
 */
SemioFeatureSet *
semio_feature_set_new_default (void)
{
  /* Asked for by name: the linker would drop a resource that only registers itself from a static library. */
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (semio_model_get_resource (), DEFAULT_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  SemioFeatureSet *set = NULL;
  gsize length;
  const char *json;

  g_assert (bytes != NULL);
  json = g_bytes_get_data (bytes, &length);
  set = semio_feature_set_new_from_json (json, (gssize) length, &error);
  if (set == NULL)
    g_error ("%s", error->message);
  return set;
}

/**
 * semio_feature_set_new_from_json:
 * @json: an object with "version", "groups" and "features"
 * @length: bytes of it, or -1
 * @error: return location for a #SemioModelError or #SemioBaseError
 *
 * A group has "id", "label", "framing" (whole, body, face) and "from_sound"; a feature has "id", "label", "definition",
 * "group", "join" (any, majority, onset), "source" (item, ilae), "answers" (yes, no and perhaps na) and "qualifiers"
 * (side). Ids differ by more than case, because columns of files are found by them in any case.
 *
 * Returns: (transfer full): the set
 */
SemioFeatureSet *
semio_feature_set_new_from_json (const char *json, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = semio_json_parse (json, length, MAX_BYTES, error);
  g_autoptr (SemioFeatureSet) set = NULL;
  JsonObject *root;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_error (error, _ ("it is no object.")), NULL;
  root = json_node_get_object (node);
  if (semio_json_get_int_or (root, "version", 0) != FORMAT_VERSION)
    return set_error (error, _ ("its version is not %d."), FORMAT_VERSION), NULL;
  set = g_new0 (SemioFeatureSet, 1);
  g_atomic_ref_count_init (&set->refs);
  set->groups = g_array_new (FALSE, TRUE, sizeof (SemioFeatureGroup));
  set->features = g_array_new (FALSE, TRUE, sizeof (SemioFeature));
  set->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_set_clear_func (set->groups, clear_group);
  g_array_set_clear_func (set->features, clear_feature);
  if (!read_elements (set, root, "groups", MAX_GROUPS, read_group, error)
      || !read_elements (set, root, "features", MAX_FEATURES, read_feature, error))
    return NULL;
  set->json = describe (set);
  translate_labels (set);
  return g_steal_pointer (&set);
}

char *
semio_feature_set_to_json (SemioFeatureSet *set)
{
  return g_strdup (set->json);
}

SemioFeatureSet *
semio_feature_set_ref (SemioFeatureSet *set)
{
  g_atomic_ref_count_inc (&set->refs);
  return set;
}

void
semio_feature_set_unref (SemioFeatureSet *set)
{
  if (!g_atomic_ref_count_dec (&set->refs))
    return;
  g_array_unref (set->groups);
  g_array_unref (set->features);
  g_hash_table_unref (set->by_id);
  g_free (set->json);
  g_free (set);
}

guint
semio_feature_set_get_n_features (SemioFeatureSet *set)
{
  return set->features->len;
}

const SemioFeature *
semio_feature_set_get (SemioFeatureSet *set, guint index)
{
  g_return_val_if_fail (index < set->features->len, NULL);

  return &g_array_index (set->features, SemioFeature, index);
}

/* In any case: "TONIC" finds "tonic". */
int
semio_feature_set_find (SemioFeatureSet *set, const char *id)
{
  g_autofree char *key = g_ascii_strdown (id, -1);

  return GPOINTER_TO_INT (g_hash_table_lookup (set->by_id, key)) - 1;
}

guint
semio_feature_set_get_n_groups (SemioFeatureSet *set)
{
  return set->groups->len;
}

const SemioFeatureGroup *
semio_feature_set_get_group (SemioFeatureSet *set, guint index)
{
  g_return_val_if_fail (index < set->groups->len, NULL);

  return &g_array_index (set->groups, SemioFeatureGroup, index);
}

gboolean
semio_feature_set_is_from_sound (SemioFeatureSet *set, guint feature)
{
  return semio_feature_set_get_group (set, semio_feature_set_get (set, feature)->group)->from_sound;
}
