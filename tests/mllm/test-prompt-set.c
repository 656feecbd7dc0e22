/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prompt-set.h"

#include <string.h>

#include "semio-mllm-error.h"

/* Where the set of short questions stands among those that come with the program. */
#define SIMPLE 1

static const SemioQuestionKind feature_kinds[] = { SEMIO_QUESTION_ANSWER, SEMIO_QUESTION_ONSET };

/* Words that a lay observer does not have, and none of which the set "observable" may put to a model. */
static const char *const jargon[] = {
  "tonic",    "clonic",   "ictal",      "automatism", "semiolog",  "dystoni",       "myoclon",     "version",  "versive",
  "aura",     "focal",    "bilateral",  "unilateral", "lateral",   "hemisphere",    "epilep",      "seizure",  "functional",
  "flexion",  "flexed",   "extension",  "extended",   "ocular",    "oroalimentary", "proximal",    "distal",   "supine",
  "cortex",   "cortical", "EEG",        "ILAE",       "generalis", "generaliz",     "conjugate",   "pelvi",    "asynchron",
  "postur",   "vocaliz",  "responsive", "facial",     "paroxysm",  "stereotyp",     "hypermotor",  "atonic",   "spasm",
  "figure-4", "figure4",  "nystagm",    "cyano",      "apnoea",    "apnea",         "contraction", "syndrome", "dissociat",
};

static SemioPromptSet *
get_built_in (guint index)
{
  g_autoptr (GPtrArray) sets = semio_prompt_set_list_built_in ();

  return semio_prompt_set_ref (sets->pdata[index]);
}

/* All twenty features, answers and onset times, a narrative; the answers are those of the feature set; no two alike. */
static void
test_built_in (void)
{
  static const char *const ids[] = { "observable", "simple", "definition" };
  static const guint versions[] = { 2, 3, 2 };
  g_autoptr (GPtrArray) sets = semio_prompt_set_list_built_in ();
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  g_assert_cmpuint (sets->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < sets->len; i++)
    {
      SemioPromptSet *set = sets->pdata[i];
      g_auto (GStrv) lacking = semio_prompt_set_list_lacking (set, features);
      g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpstr (semio_prompt_set_get_id (set), ==, ids[i]);
      g_assert_cmpuint (semio_prompt_set_get_version (set), ==, versions[i]);
      g_assert_cmpuint (g_strv_length (lacking), ==, 0);
      g_assert_nonnull (semio_prompt_set_get_question (set, SEMIO_QUESTION_NARRATIVE, NULL));
      for (guint k = 0; k < semio_feature_set_get_n_features (features); k++)
        {
          const SemioFeature *feature = semio_feature_set_get (features, k);

          g_assert_cmpint (semio_prompt_set_takes_na (set, feature->id), ==, feature->takes_na);
          for (guint q = 0; q < G_N_ELEMENTS (feature_kinds); q++)
            {
              const char *text = semio_prompt_set_get_question (set, feature_kinds[q], feature->id);

              g_assert_nonnull (text);
              g_assert_true (g_hash_table_add (texts, (gpointer) text));
            }
        }
      for (guint k = 0; k < i; k++)
        {
          SemioSha256 one = semio_prompt_set_get_hash (set);
          SemioSha256 other = semio_prompt_set_get_hash (sets->pdata[k]);

          g_assert_false (semio_sha256_equal (&one, &other));
        }
    }
}

/* What every set tells a model, whichever it is. */
static void
test_shared_words (void)
{
  static const char *const told[] = { "the patient's own left and right",
                                      "never an instruction",
                                      "Answer only from what is shown",
                                      "\"answer\"",
                                      "\"justification\"",
                                      "faster than once a second",
                                      "time stamp" };
  static const char *const fast[] = { "pelvic_thrusting",     "clonic", "face_twitching", "eye_blinking", "full_body_shaking",
                                      "asynchronous_movement" };
  g_autoptr (GPtrArray) sets = semio_prompt_set_list_built_in ();

  for (guint i = 0; i < sets->len; i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (told); k++)
        g_assert_nonnull (strstr (semio_prompt_set_get_instructions (sets->pdata[i]), told[k]));
      /* The set of short questions leaves it to the instructions, which stand right before each. */
      for (guint k = 0; i != SIMPLE && k < G_N_ELEMENTS (fast); k++)
        {
          const char *text = semio_prompt_set_get_question (sets->pdata[i], SEMIO_QUESTION_ANSWER, fast[k]);

          g_assert_true (strstr (text, "too far apart") || strstr (text, "two a second") || strstr (text, "two frames a second"));
        }
    }
}

/* One question that names the feature, then the answers that are allowed, and nothing else. */
static void
test_short_questions (void)
{
  g_autoptr (SemioPromptSet) set = get_built_in (SIMPLE);
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    {
      const SemioFeature *feature = semio_feature_set_get (features, i);
      const char *text = semio_prompt_set_get_question (set, SEMIO_QUESTION_ANSWER, feature->id);
      const char *end = strchr (text, '?');
      const char *answers = feature->takes_na ? "? Answer \"yes\", \"no\", or \"na\" when nobody speaks to the patient."
                                              : "? Answer \"yes\" or \"no\".";

      g_assert_nonnull (end);
      g_assert_cmpstr (end, ==, answers);
      g_assert_cmpint (end - text, <=, 60);
      g_assert_null (memchr (text, '.', (gsize) (end - text)));
    }
}

static void
assert_plain (const char *text)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (jargon); i++)
    {
      g_autofree char *word = g_utf8_strdown (jargon[i], -1);

      if (strstr (folded, word) != NULL)
        g_error ("“%s” stands in: %s", jargon[i], text);
    }
}

static void
test_plain_words (void)
{
  g_autoptr (SemioPromptSet) set = get_built_in (0);
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();

  assert_plain (semio_prompt_set_get_system (set));
  assert_plain (semio_prompt_set_get_instructions (set));
  assert_plain (semio_prompt_set_get_question (set, SEMIO_QUESTION_NARRATIVE, NULL));
  for (guint i = 0; i < semio_feature_set_get_n_features (features); i++)
    for (guint q = 0; q < G_N_ELEMENTS (feature_kinds); q++)
      {
        const char *text = semio_prompt_set_get_question (set, feature_kinds[q], semio_feature_set_get (features, i)->id);

        assert_plain (text);
        /* Every question says what does not count, or which picture is meant. */
        g_assert_cmpuint (strlen (text), >, 100);
      }
}

/* The same words give the same hash however the file is laid out; another word gives another. */
static void
test_hash (void)
{
  g_autoptr (SemioPromptSet) set = get_built_in (0);
  const char *json = semio_prompt_set_get_json (set);
  g_autoptr (SemioPromptSet) again = semio_prompt_set_parse (json, -1, NULL);
  g_autofree char *spaced = g_strdup_printf (" \n%s\n", json);
  g_autoptr (SemioPromptSet) other = semio_prompt_set_parse (spaced, -1, NULL);
  g_autoptr (SemioPromptSet) next = NULL;
  g_autoptr (SemioPromptSet) renamed = NULL;
  g_autoptr (GError) error = NULL;
  SemioSha256 one = semio_prompt_set_get_hash (set);
  SemioSha256 two = semio_prompt_set_get_hash (again);
  SemioSha256 three = semio_prompt_set_get_hash (other);
  SemioSha256 four;

  g_assert_true (semio_sha256_equal (&one, &two));
  g_assert_true (semio_sha256_equal (&one, &three));
  g_assert_cmpstr (semio_prompt_set_get_json (again), ==, json);
  next = semio_prompt_set_with_question (set, SEMIO_QUESTION_ONSET, "tonic", "When?", &error);
  g_assert_no_error (error);
  four = semio_prompt_set_get_hash (next);
  g_assert_false (semio_sha256_equal (&one, &four));
  g_assert_cmpuint (semio_prompt_set_get_version (next), ==, 3);
  g_assert_cmpstr (semio_prompt_set_get_question (next, SEMIO_QUESTION_ONSET, "tonic"), ==, "When?");
  g_assert_cmpstr (semio_prompt_set_get_question (next, SEMIO_QUESTION_ANSWER, "tonic"), ==,
                   semio_prompt_set_get_question (set, SEMIO_QUESTION_ANSWER, "tonic"));
  g_assert_true (semio_prompt_set_takes_na (next, "verbal_responsiveness"));
  renamed = semio_prompt_set_copy_as (next, "own-words", "Own words", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (semio_prompt_set_get_id (renamed), ==, "own-words");
  g_assert_cmpuint (semio_prompt_set_get_version (renamed), ==, 1);
}

static void
test_changes (void)
{
  g_autoptr (SemioPromptSet) set = get_built_in (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioPromptSet) added =
      semio_prompt_set_with_question (set, SEMIO_QUESTION_ANSWER, "hand_wiping", "Wiping?", &error);
  g_autoptr (SemioPromptSet) told = NULL;
  SemioPromptSet *bad;

  g_assert_no_error (error);
  g_assert_cmpstr (semio_prompt_set_get_question (added, SEMIO_QUESTION_ANSWER, "hand_wiping"), ==, "Wiping?");
  g_assert_null (semio_prompt_set_get_question (added, SEMIO_QUESTION_ONSET, "hand_wiping"));
  g_assert_null (semio_prompt_set_get_question (set, SEMIO_QUESTION_ANSWER, "hand_wiping"));
  told = semio_prompt_set_with_member (added, "system", "  You look.\r\n", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (semio_prompt_set_get_system (told), ==, "You look.");
  g_assert_cmpuint (semio_prompt_set_get_version (told), ==, semio_prompt_set_get_version (set) + 2);
  bad = semio_prompt_set_with_member (set, "name", " \n", &error);
  g_assert_null (bad);
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“name”"));
  g_clear_error (&error);
  bad = semio_prompt_set_copy_as (set, "../etc", "Out", &error);
  g_assert_null (bad);
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
}

static const struct {
  const char *json;
  const char *named; /* stands in the sentence */
} bad_files[] = {
  { "[]", "no object" },
  { "{\"schema\":2}", "“schema”" },
  { "{\"schema\":1,\"id\":\"A b\"}", "“id”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":0}", "“version”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"question\":{}}", "“question”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"name\":3}", "“name”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"name\":\"n\",\"about\":\"x\",\"system\":\"s\",\"instructions\":\"i\"}",
    "“questions”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"name\":\"n\",\"about\":\"x\",\"system\":\"s\",\"instructions\":\"i\","
    "\"questions\":"
    "{\"tonic\":{\"answer\":\"?\"}}}",
    "“tonic”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"name\":\"n\",\"about\":\"x\",\"system\":\"s\",\"instructions\":\"i\","
    "\"questions\":"
    "{\"tonic\":{\"answer\":\"?\",\"answers\":[\"yes\",\"no\",\"maybe\"]}}}",
    "“tonic”" },
  { "{\"schema\":1,\"id\":\"a\",\"version\":1,\"name\":\"n\",\"about\":\"x\",\"system\":\"s\",\"instructions\":\"i\","
    "\"questions\":"
    "{\"tonic\":{\"answer\":\"?\",\"answers\":[\"yes\",\"no\"],\"oneset\":\"?\"}}}",
    "“oneset”" },
  { "{\"schema\":1,", "JSON" },
};

static void
test_bad_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_files); i++)
    {
      g_autoptr (GError) error = NULL;
      SemioPromptSet *set = semio_prompt_set_parse (bad_files[i].json, -1, &error);

      g_assert_null (set);
      g_assert_nonnull (error);
      if (strstr (error->message, bad_files[i].named) == NULL)
        g_error ("%s: %s", bad_files[i].json, error->message);
    }
}

static void
test_folder (void)
{
  g_autofree char *path = g_dir_make_tmp ("semio-prompts-XXXXXX", NULL);
  g_autofree char *bad_path = g_build_filename (path, "prompts", "bad.json", NULL);
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_child (root, "prompts");
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) none = semio_prompt_set_list_folder (folder, problems);
  g_autoptr (SemioPromptSet) set = get_built_in (2);
  g_autoptr (SemioPromptSet) own = semio_prompt_set_copy_as (set, "own", "Own", NULL);
  g_autoptr (SemioPromptSet) next = semio_prompt_set_with_member (own, "about", "Better.", NULL);
  g_autoptr (SemioPromptSet) clash = semio_prompt_set_copy_as (next, "own", "Own", NULL);
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (problems->len, ==, 0);
  saved = semio_prompt_set_save (next, folder, &error) && semio_prompt_set_save (own, folder, &error)
          && semio_prompt_set_save (own, folder, &error);
  g_assert_no_error (error);
  g_assert_true (saved);
  saved = semio_prompt_set_save (clash, folder, &error);
  g_assert_false (saved);
  g_assert_error (error, SEMIO_MLLM_ERROR, SEMIO_MLLM_ERROR_INVALID);
  saved = g_file_set_contents (bad_path, "{", -1, NULL);
  g_assert_true (saved);
  sets = semio_prompt_set_list_folder (folder, problems);
  g_assert_cmpuint (sets->len, ==, 2);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problems->pdata[0], "bad.json"));
  g_assert_cmpuint (semio_prompt_set_get_version (sets->pdata[0]), ==, 1);
  g_assert_cmpuint (semio_prompt_set_get_version (sets->pdata[1]), ==, 2);
  g_assert_cmpstr (semio_prompt_set_get_json (sets->pdata[0]), ==, semio_prompt_set_get_json (own));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mllm/prompt-set/built-in", test_built_in);
  g_test_add_func ("/mllm/prompt-set/shared-words", test_shared_words);
  g_test_add_func ("/mllm/prompt-set/short-questions", test_short_questions);
  g_test_add_func ("/mllm/prompt-set/plain-words", test_plain_words);
  g_test_add_func ("/mllm/prompt-set/hash", test_hash);
  g_test_add_func ("/mllm/prompt-set/changes", test_changes);
  g_test_add_func ("/mllm/prompt-set/bad-files", test_bad_files);
  g_test_add_func ("/mllm/prompt-set/folder", test_folder);
  return g_test_run ();
}
