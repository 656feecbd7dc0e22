/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-run-config.h"

#include <glib/gi18n-lib.h>

#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-prompt-set-private.h"
#include "semio-run-config-private.h"
#include "semio-text.h"

#define FORMAT_VERSION 1
#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_TEXT_CHARS 1000

static const char *const sound_ids[] = { "none", "segment", "recording", NULL };

/* The numbers of a configuration: where each stands, and what it may be. */
typedef struct {
  const char *member;
  gsize offset;
  gboolean is_wide; /* gint64, else guint */
  gint64 min, max;
} Number;

#define OF(name, wide, min, max)                                                                                                 \
  {                                                                                                                              \
#name, G_STRUCT_OFFSET(SemioRunConfig, name), wide, min, max                                                                 \
  }

static const Number numbers[] = {
  OF (rate_num, FALSE, 1, 1000),
  OF (rate_den, FALSE, 1, 100000),
  OF (segment_ns, TRUE, SEMIO_NS_PER_SECOND / 10, 24 * 3600 * SEMIO_NS_PER_SECOND),
  OF (step_ns, TRUE, SEMIO_NS_PER_SECOND / 10, 24 * 3600 * SEMIO_NS_PER_SECOND),
  OF (max_frames, FALSE, 1, 10000),
  OF (height_px, FALSE, 0, 16384),
  OF (quality, FALSE, 1, 100),
  OF (seed, TRUE, -1, G_MAXINT64),
  OF (max_tokens, FALSE, 1, 1000000),
  OF (max_tokens_again, FALSE, 0, 1000000),
};

static gboolean set_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
set_error (GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, what);
  return FALSE;
}

static gint64
get_number (const SemioRunConfig *config, const Number *number)
{
  return number->is_wide ? G_STRUCT_MEMBER (gint64, config, number->offset)
                         : (gint64) G_STRUCT_MEMBER (guint, config, number->offset);
}

static void
set_number (SemioRunConfig *config, const Number *number, gint64 value)
{
  if (number->is_wide)
    G_STRUCT_MEMBER (gint64, config, number->offset) = value;
  else
    G_STRUCT_MEMBER (guint, config, number->offset) = (guint) value;
}

/* What a configuration is when nothing else was said. */
static SemioRunConfig *
config_new (void)
{
  SemioRunConfig *config = g_new0 (SemioRunConfig, 1);

  config->name = g_strdup ("");
  config->model = g_strdup ("");
  config->urls = g_new0 (char *, 1);
  config->enhancement = g_strdup (SEMIO_ENHANCEMENT_NONE);
  config->features = g_new0 (char *, 1);
  config->kinds = 1u << SEMIO_QUESTION_ANSWER;
  config->rate_num = 2;
  config->rate_den = 1;
  config->segment_ns = 30 * SEMIO_NS_PER_SECOND;
  config->step_ns = 25 * SEMIO_NS_PER_SECOND;
  config->max_frames = 60;
  config->height_px = 448;
  config->quality = 85;
  config->sound = SEMIO_SOUND_SCOPE_SEGMENT;
  config->seed = -1;
  config->max_tokens = 512;
  config->max_tokens_again = 2048;
  config->use_schema = TRUE;
  return config;
}

/**
 * semio_run_config_new_default:
 * @features: the study's set
 *
 * Returns: (transfer full): the protocol of the publication over all features, with the prompt set "observable"; its name,
 *   model and addresses are still empty
 */
SemioRunConfig *
semio_run_config_new_default (SemioFeatureSet *features)
{
  g_autoptr (GPtrArray) sets = semio_prompt_set_list_built_in ();
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  SemioRunConfig *config = config_new ();

  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    g_strv_builder_add (ids, semio_feature_set_get (features, i)->id);
  g_strfreev (config->features);
  config->features = g_strv_builder_end (ids);
  config->prompts = semio_prompt_set_ref (sets->pdata[0]);
  return config;
}

SemioRunConfig *
semio_run_config_copy (const SemioRunConfig *config)
{
  SemioRunConfig *copy = g_memdup2 (config, sizeof *config);

  copy->name = g_strdup (config->name);
  copy->model = g_strdup (config->model);
  copy->urls = g_strdupv (config->urls);
  copy->enhancement = g_strdup (config->enhancement);
  copy->features = g_strdupv (config->features);
  copy->prompts = config->prompts ? semio_prompt_set_ref (config->prompts) : NULL;
  return copy;
}

void
semio_run_config_free (SemioRunConfig *config)
{
  if (config == NULL)
    return;
  g_free (config->name);
  g_free (config->model);
  g_strfreev (config->urls);
  g_free (config->enhancement);
  g_strfreev (config->features);
  g_clear_pointer (&config->prompts, semio_prompt_set_unref);
  g_free (config);
}

static JsonArray *
describe_list (char **texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  return array;
}

static void
describe_prompts (JsonObject *root, SemioPromptSet *prompts)
{
  SemioSha256 hash = semio_prompt_set_get_hash (prompts);
  char text[SEMIO_SHA256_TEXT];
  JsonNode *node = semio_json_parse (semio_prompt_set_get_json (prompts), -1, SEMIO_PROMPT_SET_MAX_BYTES, NULL);

  semio_sha256_format (&hash, text);
  json_object_set_member (root, "prompts", node);
  json_object_set_string_member (root, "prompts_sha256", text);
}

/**
 * semio_run_config_to_json:
 * @config: a configuration
 *
 * Returns: (transfer full): canonical JSON, the same text for the same configuration
 */
char *
semio_run_config_to_json (const SemioRunConfig *config)
{
  JsonObject *root = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), root);
  JsonArray *kinds = json_array_new ();

  json_object_unref (root);
  for (guint i = 0; i < SEMIO_N_QUESTION_KINDS; i++)
    if (config->kinds & (1u << i))
      json_array_add_string_element (kinds, semio_question_kind_to_id ((SemioQuestionKind) i));
  json_object_set_int_member (root, "schema", FORMAT_VERSION);
  json_object_set_string_member (root, "name", config->name ? config->name : "");
  json_object_set_string_member (root, "model", config->model ? config->model : "");
  json_object_set_array_member (root, "urls", describe_list (config->urls));
  json_object_set_string_member (root, "enhancement", config->enhancement ? config->enhancement : SEMIO_ENHANCEMENT_NONE);
  json_object_set_array_member (root, "features", describe_list (config->features));
  json_object_set_array_member (root, "kinds", kinds);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    json_object_set_int_member (root, numbers[i].member, get_number (config, &numbers[i]));
  json_object_set_string_member (root, "sound", sound_ids[config->sound]);
  json_object_set_boolean_member (root, "frames_with_sound", config->frames_with_sound);
  json_object_set_double_member (root, "temperature", config->temperature);
  json_object_set_boolean_member (root, "use_schema", config->use_schema);
  if (config->prompts != NULL)
    describe_prompts (root, config->prompts);
  return semio_json_canonical (node);
}

static gboolean
read_text (JsonObject *root, const char *member, char **text, GError **error)
{
  const char *raw = semio_json_get_text_or (root, member, NULL);

  if (raw == NULL && json_object_has_member (root, member))
    return set_error (error, _ ("“%s” of the run's settings must be text."), member);
  if (raw == NULL)
    return TRUE;
  g_free (*text);
  *text = semio_text_clean (raw, -1, MAX_TEXT_CHARS);
  return TRUE;
}

static gboolean
read_list (JsonObject *root, const char *member, GStrv *texts, GError **error)
{
  JsonNode *node = json_object_get_member (root, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return set_error (error, _ ("“%s” of the run's settings must be a list of texts."), member);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *clean = NULL;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return set_error (error, _ ("“%s” of the run's settings must be a list of texts."), member);
      clean = semio_text_clean (json_node_get_string (element), -1, MAX_TEXT_CHARS);
      g_strv_builder_add (builder, clean);
    }
  g_strfreev (*texts);
  *texts = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_kinds (JsonObject *root, SemioRunConfig *config, GError **error)
{
  g_auto (GStrv) ids = NULL;

  if (!json_object_has_member (root, "kinds"))
    return TRUE;
  if (!read_list (root, "kinds", &ids, error))
    return FALSE;
  config->kinds = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      SemioQuestionKind kind;

      if (!semio_question_kind_from_id (ids[i], &kind))
        return set_error (error, _ ("“%.40s” is no kind of question; “answer”, “onset” and “narrative” are."), ids[i]);
      config->kinds |= 1u << kind;
    }
  return TRUE;
}

static gboolean
check_number (const Number *number, gint64 value, GError **error)
{
  if (value >= number->min && value <= number->max)
    return TRUE;
  return set_error (
      error,
      _ ("“%s” of the run's settings must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT "."),
      number->member, number->min, number->max, value);
}

gboolean
semio_run_config_check_numbers (const SemioRunConfig *config, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!check_number (&numbers[i], get_number (config, &numbers[i]), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_numbers (JsonObject *root, SemioRunConfig *config, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 value;

      if (!json_object_has_member (root, numbers[i].member))
        continue;
      if (!semio_json_get_int (root, numbers[i].member, &value, error) || !check_number (&numbers[i], value, error))
        return FALSE;
      set_number (config, &numbers[i], value);
    }
  return TRUE;
}

static gboolean
read_switch (JsonObject *root, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = json_object_get_member (root, member);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return set_error (error, _ ("“%s” of the run's settings must be true or false."), member);
  *value = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_choices (JsonObject *root, SemioRunConfig *config, GError **error)
{
  const char *sound =
      semio_json_get_text_or (root, "sound", json_object_has_member (root, "sound") ? "" : sound_ids[config->sound]);
  JsonNode *temperature = json_object_get_member (root, "temperature");
  guint i = 0;

  while (sound_ids[i] != NULL && !g_str_equal (sound_ids[i], sound))
    i++;
  if (sound_ids[i] == NULL)
    return set_error (error, _ ("“sound” of the run's settings must be “none”, “segment” or “recording”."));
  config->sound = (SemioSoundScope) i;
  if (temperature != NULL)
    {
      GType type = JSON_NODE_HOLDS_VALUE (temperature) ? json_node_get_value_type (temperature) : G_TYPE_INVALID;

      if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
        return set_error (error, _ ("“temperature” of the run's settings must be a number."));
      config->temperature = json_node_get_double (temperature);
    }
  return read_switch (root, "frames_with_sound", &config->frames_with_sound, error)
         && read_switch (root, "use_schema", &config->use_schema, error);
}

static gboolean
read_prompts (JsonObject *root, SemioRunConfig *config, GError **error)
{
  JsonNode *node = json_object_get_member (root, "prompts");
  const char *noted = semio_json_get_text_or (root, "prompts_sha256", NULL);
  SemioSha256 hash, own;

  if (node == NULL)
    return set_error (error, _ ("The run's settings hold no prompts."));
  config->prompts = semio_prompt_set_read_node (node, error);
  if (config->prompts == NULL)
    return FALSE;
  if (noted == NULL)
    return TRUE;
  own = semio_prompt_set_get_hash (config->prompts);
  if (!semio_sha256_parse (noted, &hash, NULL) || !semio_sha256_equal (&hash, &own))
    return set_error (error, _ ("The prompts in the run's settings are not those that their hash names: a word was changed. "
                                "Take “prompts_sha256” out to use them as they stand."));
  return TRUE;
}

/**
 * semio_run_config_parse:
 * @json: as semio_run_config_to_json() writes it; members that are missing, but for the prompts, stand as in the default
 * @length: bytes of it, or -1
 * @error: return location for a #SemioMllmError or #SemioBaseError that names the member
 *
 * Returns: (transfer full): the configuration
 */
SemioRunConfig *
semio_run_config_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = semio_json_parse (json, length, MAX_BYTES, error);
  g_autoptr (SemioRunConfig) config = NULL;
  JsonObject *root;

  if (node == NULL)
    return NULL;
  root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (root == NULL || semio_json_get_int_or (root, "schema", 0) != FORMAT_VERSION)
    {
      set_error (error, _ ("These are no settings of a run in the format of version %d."), FORMAT_VERSION);
      return NULL;
    }
  config = config_new ();
  if (!read_text (root, "name", &config->name, error) || !read_text (root, "model", &config->model, error)
      || !read_text (root, "enhancement", &config->enhancement, error) || !read_list (root, "urls", &config->urls, error)
      || !read_list (root, "features", &config->features, error) || !read_kinds (root, config, error)
      || !read_numbers (root, config, error) || !read_choices (root, config, error) || !read_prompts (root, config, error))
    return NULL;
  return g_steal_pointer (&config);
}
