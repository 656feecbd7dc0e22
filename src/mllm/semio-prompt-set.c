/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-prompt-set.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-json.h"
#include "semio-mllm-error.h"
#include "semio-prompt-set-private.h"
#include "semio-text.h"

#define FORMAT_VERSION 1
#define MAX_ID_BYTES 64
#define MAX_NAME_CHARS 120
#define MAX_ABOUT_CHARS 1000
#define MAX_TEXT_CHARS 16000
#define MAX_QUESTIONS 500
#define MAX_VERSION 1000000

typedef struct {
  gboolean takes_na;
  char *texts[2]; /* of SEMIO_QUESTION_ANSWER and SEMIO_QUESTION_ONSET; NULL when it is not asked */
} Question;

struct _SemioPromptSet {
  gatomicrefcount refs;
  char *id;
  char *name;
  guint version;
  char *about;
  char *system;
  char *instructions;
  char *narrative; /* (nullable) */
  GHashTable *questions; /* feature id → Question */
  char *json;
  SemioSha256 hash;
};

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->texts[0]);
  g_free (question->texts[1]);
  g_free (question);
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
  g_set_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID, _ ("The prompt set cannot be used: %s"), what);
  return FALSE;
}

static gboolean
is_id (const char *id)
{
  gsize length = strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_-");

  return length > 0 && length <= MAX_ID_BYTES && id[length] == '\0';
}

/* A text of the file, safe and without blanks around it; what says where it stands. */
static gboolean
read_text (JsonObject *object, const char *member, const char *what, gsize max_chars, gboolean may_lack, char **text,
           GError **error)
{
  const char *raw = semio_json_get_text_or (object, member, NULL);
  g_autofree char *clean = NULL;

  if (may_lack && !json_object_has_member (object, member))
    return TRUE;
  if (raw == NULL)
    return set_error (error, _ ("%s is missing or no text."), what);
  clean = g_strstrip (semio_text_clean (raw, -1, G_MAXSIZE));
  if (clean[0] == '\0')
    return set_error (error, _ ("%s is empty."), what);
  if ((gsize) g_utf8_strlen (clean, -1) > max_chars)
    return set_error (error, _ ("%s has more than %" G_GSIZE_FORMAT " characters."), what, max_chars);
  *text = g_steal_pointer (&clean);
  return TRUE;
}

static gboolean
check_members (JsonObject *object, const char *const *known, const char *what, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      return set_error (error, _ ("%s has a member “%.40s”, which is none of a prompt set's."), what, (const char *) l->data);
  return TRUE;
}

static gboolean
read_answers (JsonObject *object, const char *what, Question *question, GError **error)
{
  JsonNode *node = json_object_get_member (object, "answers");
  JsonArray *answers = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = answers ? json_array_get_length (answers) : 0;
  guint seen = 0;
  static const char *const words[] = { "yes", "no", "na" };

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (answers, i);
      const char *word = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        if (g_strcmp0 (word, words[k]) == 0)
          seen |= 1u << k;
    }
  if ((seen & 3) != 3 || n != (seen == 3 ? 2u : 3u))
    return set_error (error, _ ("“answers” of %s must be [\"yes\", \"no\"] or [\"yes\", \"no\", \"na\"]."), what);
  question->takes_na = seen == 7;
  return TRUE;
}

static gboolean
read_question (SemioPromptSet *set, const char *id, JsonNode *node, GError **error)
{
  static const char *const known[] = { "answers", "answer", "onset", NULL };
  g_autofree char *what = g_strdup_printf (_ ("the question on “%.64s”"), id);
  Question *question;
  JsonObject *object;

  if (!is_id (id))
    return set_error (error, _ ("“%.80s” is no name of a feature; small letters, digits, - and _ make one."), id);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_error (error, _ ("%s is no object."), what);
  object = json_node_get_object (node);
  question = g_new0 (Question, 1);
  g_hash_table_insert (set->questions, g_strdup (id), question);
  return check_members (object, known, what, error) && read_answers (object, what, question, error)
         && read_text (object, "answer", what, MAX_TEXT_CHARS, FALSE, &question->texts[0], error)
         && read_text (object, "onset", what, MAX_TEXT_CHARS, TRUE, &question->texts[1], error);
}

static gboolean
read_questions (SemioPromptSet *set, JsonObject *root, GError **error)
{
  JsonNode *node = json_object_get_member (root, "questions");
  g_autoptr (GList) ids = NULL;
  JsonObject *questions;
  guint n;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return set_error (error, _ ("“questions” is missing or no object."));
  questions = json_node_get_object (node);
  n = json_object_get_size (questions);
  if (n == 0 || n > MAX_QUESTIONS)
    return set_error (error, _ ("“questions” must have 1 to %d features."), MAX_QUESTIONS);
  ids = json_object_get_members (questions);
  for (GList *l = ids; l != NULL; l = l->next)
    if (!read_question (set, l->data, json_object_get_member (questions, l->data), error))
      return FALSE;
  return TRUE;
}

static JsonObject *
describe_question (const Question *question)
{
  JsonObject *object = json_object_new ();
  JsonArray *answers = json_array_new ();

  json_array_add_string_element (answers, "yes");
  json_array_add_string_element (answers, "no");
  if (question->takes_na)
    json_array_add_string_element (answers, "na");
  json_object_set_array_member (object, "answers", answers);
  json_object_set_string_member (object, "answer", question->texts[0]);
  if (question->texts[1] != NULL)
    json_object_set_string_member (object, "onset", question->texts[1]);
  return object;
}

static JsonNode *
describe (SemioPromptSet *set)
{
  JsonObject *root = json_object_new ();
  JsonObject *questions = json_object_new ();
  GHashTableIter iter;
  gpointer id, question;
  JsonNode *node;

  g_hash_table_iter_init (&iter, set->questions);
  while (g_hash_table_iter_next (&iter, &id, &question))
    json_object_set_object_member (questions, id, describe_question (question));
  json_object_set_int_member (root, "schema", FORMAT_VERSION);
  json_object_set_string_member (root, "id", set->id);
  json_object_set_string_member (root, "name", set->name);
  json_object_set_int_member (root, "version", set->version);
  json_object_set_string_member (root, "about", set->about);
  json_object_set_string_member (root, "system", set->system);
  json_object_set_string_member (root, "instructions", set->instructions);
  if (set->narrative != NULL)
    json_object_set_string_member (root, "narrative", set->narrative);
  json_object_set_object_member (root, "questions", questions);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, root);
  return node;
}

static gboolean
read_root (SemioPromptSet *set, JsonObject *root, GError **error)
{
  static const char *const known[] = { "$schema", "schema",       "id",        "name",      "version", "about",
                                       "system",  "instructions", "narrative", "questions", NULL };
  const char *id = semio_json_get_text_or (root, "id", "");
  gint64 version = semio_json_get_int_or (root, "version", 0);

  if (semio_json_get_int_or (root, "schema", 0) != FORMAT_VERSION)
    return set_error (error, _ ("“schema” must be %d, the version of the format."), FORMAT_VERSION);
  if (!is_id (id))
    return set_error (error, _ ("“id” must be a name of small letters, digits, - and _, not “%.80s”."), id);
  if (version < 1 || version > MAX_VERSION)
    return set_error (error, _ ("“version” must be a whole number from 1 to %d."), MAX_VERSION);
  set->id = g_strdup (id);
  set->version = (guint) version;
  return check_members (root, known, _ ("the file"), error)
         && read_text (root, "name", _ ("“name”"), MAX_NAME_CHARS, FALSE, &set->name, error)
         && read_text (root, "about", _ ("“about”"), MAX_ABOUT_CHARS, FALSE, &set->about, error)
         && read_text (root, "system", _ ("“system”"), MAX_TEXT_CHARS, FALSE, &set->system, error)
         && read_text (root, "instructions", _ ("“instructions”"), MAX_TEXT_CHARS, FALSE, &set->instructions, error)
         && read_text (root, "narrative", _ ("“narrative”"), MAX_TEXT_CHARS, TRUE, &set->narrative, error)
         && read_questions (set, root, error);
}

SemioPromptSet *
semio_prompt_set_read_node (JsonNode *node, GError **error)
{
  g_autoptr (SemioPromptSet) set = g_new0 (SemioPromptSet, 1);
  g_autoptr (JsonNode) described = NULL;

  g_atomic_ref_count_init (&set->refs);
  set->questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, question_free);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      set_error (error, _ ("it is no object."));
      return NULL;
    }
  if (!read_root (set, json_node_get_object (node), error))
    return NULL;
  described = describe (set);
  set->json = semio_json_canonical (described);
  set->hash = semio_sha256_of_text (set->json);
  return g_steal_pointer (&set);
}

/**
 * semio_prompt_set_parse:
 * @json: a file of docs/prompts.md
 * @length: bytes of it, or -1
 * @error: return location for a #SemioMllmError or #SemioBaseError that names the member and what it should be
 *
 * Returns: (transfer full): the set
 */
SemioPromptSet *
semio_prompt_set_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = semio_json_parse (json, length, SEMIO_PROMPT_SET_MAX_BYTES, error);

  return node != NULL ? semio_prompt_set_read_node (node, error) : NULL;
}

SemioPromptSet *
semio_prompt_set_ref (SemioPromptSet *set)
{
  g_atomic_ref_count_inc (&set->refs);
  return set;
}

void
semio_prompt_set_unref (SemioPromptSet *set)
{
  if (!g_atomic_ref_count_dec (&set->refs))
    return;
  g_free (set->id);
  g_free (set->name);
  g_free (set->about);
  g_free (set->system);
  g_free (set->instructions);
  g_free (set->narrative);
  g_free (set->json);
  g_hash_table_unref (set->questions);
  g_free (set);
}

const char *
semio_prompt_set_get_id (SemioPromptSet *set)
{
  return set->id;
}

const char *
semio_prompt_set_get_name (SemioPromptSet *set)
{
  return set->name;
}

guint
semio_prompt_set_get_version (SemioPromptSet *set)
{
  return set->version;
}

const char *
semio_prompt_set_get_about (SemioPromptSet *set)
{
  return set->about;
}

const char *
semio_prompt_set_get_json (SemioPromptSet *set)
{
  return set->json;
}

SemioSha256
semio_prompt_set_get_hash (SemioPromptSet *set)
{
  return set->hash;
}

const char *
semio_prompt_set_get_system (SemioPromptSet *set)
{
  return set->system;
}

const char *
semio_prompt_set_get_instructions (SemioPromptSet *set)
{
  return set->instructions;
}

/**
 * semio_prompt_set_get_question:
 * @set: a prompt set
 * @kind: what is asked
 * @feature: (nullable): id of a feature; not used for a narrative
 *
 * Returns: (nullable) (transfer none): the words of the question, or %NULL when the set does not ask this
 */
const char *
semio_prompt_set_get_question (SemioPromptSet *set, SemioQuestionKind kind, const char *feature)
{
  const Question *question;

  if (kind == SEMIO_QUESTION_NARRATIVE)
    return set->narrative;
  if (feature == NULL)
    return NULL;
  question = g_hash_table_lookup (set->questions, feature);
  return question != NULL ? question->texts[kind == SEMIO_QUESTION_ONSET ? 1 : 0] : NULL;
}

gboolean
semio_prompt_set_takes_na (SemioPromptSet *set, const char *feature)
{
  const Question *question = g_hash_table_lookup (set->questions, feature);

  return question != NULL && question->takes_na;
}

char **
semio_prompt_set_list_lacking (SemioPromptSet *set, SemioFeatureSet *features)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const char *id = semio_feature_set_get (features, i)->id;

      if (!g_hash_table_contains (set->questions, id))
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/* The set as an object that may be changed. */
static JsonNode *
describe_next (SemioPromptSet *set)
{
  JsonNode *node = describe (set);

  json_object_set_int_member (json_node_get_object (node), "version", (gint64) set->version + 1);
  return node;
}

/**
 * semio_prompt_set_with_question:
 * @set: a prompt set
 * @kind: what is asked
 * @feature: (nullable): id of a feature; not used for a narrative
 * @text: the new words
 * @error: return location for a #SemioMllmError
 *
 * Returns: (transfer full): the next version with this question changed, or added as one answered yes or no
 */
SemioPromptSet *
semio_prompt_set_with_question (SemioPromptSet *set, SemioQuestionKind kind, const char *feature, const char *text,
                                GError **error)
{
  g_autoptr (JsonNode) node = describe_next (set);
  JsonObject *root = json_node_get_object (node);
  JsonObject *questions = json_object_get_object_member (root, "questions");
  JsonObject *question;

  if (kind == SEMIO_QUESTION_NARRATIVE)
    {
      json_object_set_string_member (root, "narrative", text);
      return semio_prompt_set_read_node (node, error);
    }
  g_return_val_if_fail (feature != NULL, NULL);
  if (!json_object_has_member (questions, feature))
    {
      JsonArray *answers = json_array_new ();

      json_array_add_string_element (answers, "yes");
      json_array_add_string_element (answers, "no");
      question = json_object_new ();
      json_object_set_array_member (question, "answers", answers);
      json_object_set_object_member (questions, feature, question);
    }
  question = json_object_get_object_member (questions, feature);
  json_object_set_string_member (question, semio_question_kind_to_id (kind), text);
  return semio_prompt_set_read_node (node, error);
}

/**
 * semio_prompt_set_with_member:
 * @set: a prompt set
 * @member: "system", "instructions", "name" or "about"
 * @text: the new words
 * @error: return location for a #SemioMllmError
 *
 * Returns: (transfer full): the next version with this text changed
 */
SemioPromptSet *
semio_prompt_set_with_member (SemioPromptSet *set, const char *member, const char *text, GError **error)
{
  static const char *const members[] = { "system", "instructions", "name", "about", NULL };
  g_autoptr (JsonNode) node = describe_next (set);

  g_return_val_if_fail (g_strv_contains (members, member), NULL);

  json_object_set_string_member (json_node_get_object (node), member, text);
  return semio_prompt_set_read_node (node, error);
}

SemioPromptSet *
semio_prompt_set_copy_as (SemioPromptSet *set, const char *id, const char *name, GError **error)
{
  g_autoptr (JsonNode) node = describe (set);
  JsonObject *root = json_node_get_object (node);

  json_object_set_string_member (root, "id", id);
  json_object_set_string_member (root, "name", name);
  json_object_set_int_member (root, "version", 1);
  return semio_prompt_set_read_node (node, error);
}
