/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run from the command line against a real server: killed twice on the way and gone on with; consents, keys, the closed door. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "semio-database.h"
#include "semio-run-config.h"
#include "semio-test-cli.h"
#include "semio-test-home.h"
#include "semio-test-server.h"

#define run semio_test_cli_run
#define read_json semio_test_cli_read_json
#define KEPT_S 60
#define KEY "sk-test-4f9c71d0aa"
#define IN_FLIGHT 3
/* Pictures or sound of seconds. */
#define LEAST_STUDY_BYTES (60 * 1000)

typedef struct {
  Fixture cli;
  SemioTestServer *server;
  const char *url;
  char *settings;
} Predict;

typedef struct {
  gint n; /* answers out since the process was started; atomic */
  gint kill_at;
  gint pid; /* atomic */
  SemioTestServer *server;
  const char *study;
  gint64 since_us; /* what was answered before this was on disk when the program was killed */
} Killer;

/* What was asked before over_us and not answered before since_us may be asked again. */
typedef struct {
  gint64 since_us, over_us;
} Kill;

static void
set_up (Predict *test, gconstpointer data)
{
  g_autofree char *first = g_build_filename (semio_test_cli_get_clips (), "cfr.mp4", NULL);
  g_autofree char *second = g_build_filename (semio_test_cli_get_clips (), "no-sound.mp4", NULL);
  g_autoptr (GError) error = NULL;

  semio_test_cli_set_up (&test->cli, data);
  g_assert_cmpint (run (&test->cli, "add", test->cli.study, "--copy", first, second, NULL), ==, 0);
  test->server = semio_test_server_new (NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  test->url = semio_test_server_get_url (test->server);
}

static void
tear_down (Predict *test, gconstpointer data)
{
  semio_test_server_free (test->server);
  semio_test_cli_tear_down (&test->cli, data);
}

/* TRUE for a question of a run. What is asked before each start, to try the server out, is small and not of the study. */
static gboolean
is_of_study (const SemioTestRequest *request)
{
  return request->body != NULL && g_bytes_get_size (request->body) >= LEAST_STUDY_BYTES;
}

static guint
count_answered (Killer *killer)
{
  g_autoptr (GPtrArray) all = semio_test_server_get_requests (killer->server);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < all->len; i++)
    {
      const SemioTestRequest *request = all->pdata[i];

      if (is_of_study (request) && request->done_us != 0 && request->done_us < killer->since_us)
        g_hash_table_add (seen, request->sha256);
    }
  return g_hash_table_size (seen);
}

/* The program has not been told to end: what it was answered comes to the disk, however slow that is. */
static void
wait_kept (Killer *killer)
{
  gint64 end_us = g_get_monotonic_time () + KEPT_S * G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;
  SemioDatabase *study = semio_database_open (killer->study, SEMIO_DATABASE_READ_ONLY, NULL, &error);
  guint n_answered = count_answered (killer);
  gint64 n_kept = 0;

  g_assert_no_error (error);
  while (n_kept < n_answered)
    {
      semio_database_get_int (study, "SELECT count (*) FROM prediction", 0, &n_kept, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_get_monotonic_time (), <, end_us);
      g_usleep (5000);
    }
  semio_database_close (study);
}

static void
kill_cb (const SemioTestRequest *request, gpointer data)
{
  Killer *killer = data;

  if (g_strcmp0 (request->path, "/v1/chat/completions") != 0 || g_atomic_int_add (&killer->n, 1) + 1 != killer->kill_at)
    return;
  killer->since_us = request->done_us;
  wait_kept (killer);
  kill ((pid_t) g_atomic_int_get (&killer->pid), SIGKILL);
}

#define PREDICT                                                                                                                  \
  "predict", test->cli.study, "--run", "m", "--endpoint", test->url, "--features", "arm_flexion,tonic,ictal_vocalization",       \
      "--sound", "segment", "--in-flight", "3"

static Kill
run_killed (Predict *test, Killer *killer, int kill_at)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_atomic_int_set (&killer->n, 0);
  g_atomic_int_set (&killer->pid, G_MAXINT);
  killer->kill_at = kill_at;
  process = semio_test_cli_spawn (&test->cli, PREDICT, NULL);
  g_atomic_int_set (&killer->pid, atoi (g_subprocess_get_identifier (process)));
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (process));
  return (Kill){ killer->since_us, g_get_monotonic_time () };
}

/* Every body that came twice was under way when the program was killed, or answered while all before it came to the disk. */
static void
check_twice (Predict *test, const Kill *kills, guint n_kills)
{
  g_autoptr (GPtrArray) all = semio_test_server_get_requests (test->server);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_twice = 0;

  for (guint i = 0; i < all->len; i++)
    {
      SemioTestRequest *request = all->pdata[i];
      SemioTestRequest *earlier = g_hash_table_lookup (seen, request->sha256);
      gboolean excused = FALSE;

      if (!is_of_study (request))
        continue;
      for (guint k = 0; earlier && k < n_kills; k++)
        excused |= earlier->come_us <= kills[k].over_us && (earlier->done_us == 0 || earlier->done_us >= kills[k].since_us);
      g_assert_true (earlier == NULL || excused);
      n_twice += earlier != NULL;
      g_hash_table_insert (seen, request->sha256, request);
    }
  g_assert_cmpuint (n_twice, <=, n_kills * IN_FLIGHT);
}

/* 8 s and 5 s are one segment each, the second without sound: 3 + 2 questions; so windows of a second make it longer. */
static void
test_killed (Predict *test, gconstpointer data)
{
  Killer killer = { .server = test->server, .study = test->cli.study };
  Kill kills[2];
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *out = g_build_filename (test->cli.folder, "p.csv", NULL);
  gint64 n_questions;
  guint n_requests;

  g_assert_cmpint (run (&test->cli, PREDICT, "--dry-run", "--json", NULL), ==, 0);
  first = read_json (&test->cli);
  n_questions = json_object_get_int_member (first, "questions");
  g_assert_cmpint (n_questions, ==, 5);
  semio_test_server_set_watch (test->server, kill_cb, &killer);
  semio_test_server_set_delay (test->server, 60);
  /* After the canary's four, in the middle of the first fan, then further on. */
  kills[0] = run_killed (test, &killer, 6);
  kills[1] = run_killed (test, &killer, 6);
  g_atomic_int_set (&killer.kill_at, -1);
  g_assert_cmpint (run (&test->cli, PREDICT, "--json", NULL), ==, 0);
  report = read_json (&test->cli);
  g_assert_true (json_object_get_boolean_member (report, "completed"));
  g_assert_cmpint (json_object_get_int_member (report, "answered"), ==, n_questions);
  g_assert_cmpint (json_object_get_int_member (report, "open"), ==, 0);
  check_twice (test, kills, G_N_ELEMENTS (kills));
  n_requests = semio_test_server_get_n_requests (test->server);
  g_assert_cmpint (run (&test->cli, PREDICT, "--dry-run", "--json", NULL), ==, 0);
  again = read_json (&test->cli);
  g_assert_cmpint (json_object_get_int_member (again, "answered"), ==, n_questions);
  g_assert_cmpuint (semio_test_server_get_n_requests (test->server), ==, n_requests);
  g_assert_cmpint (run (&test->cli, "verify", test->cli.study, NULL), ==, 0);
  g_assert_cmpint (run (&test->cli, "export", test->cli.study, "predictions", out, "--run", "m", NULL), ==, 0);
}

static void
test_consent (Predict *test, gconstpointer data)
{
  g_autofree char *batch = g_build_filename (test->cli.folder, "batch", NULL);
  g_autofree char *manifest = g_build_filename (batch, "questions-manifest.json", NULL);
  guint n_before = semio_test_server_get_n_requests (test->server);

  g_assert_cmpint (
      run (&test->cli, "predict", test->cli.study, "--run", "m", "--endpoint", "http://127.0.0.1.evil.example:1", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "127.0.0.1.evil.example:1");
  semio_test_cli_assert_err (&test->cli, "--consent");
  semio_test_cli_assert_err (&test->cli, "2 patients");
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "m", "--endpoint", "ftp://127.0.0.1", NULL), ==, 1);
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--endpoint", test->url, NULL), ==, 2);
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "m", NULL), ==, 2);
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "m", "--baseline", NULL), ==, 2);
  semio_test_cli_assert_err (&test->cli, "no built-in baseline");
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "m", "--endpoint", test->url, "--prompts", "none", NULL),
                   ==, 1);
  semio_test_cli_assert_err (&test->cli, "observable");
  g_assert_cmpint (
      run (&test->cli, "predict", test->cli.study, "--run", "m", "--endpoint", test->url, "--recordings", "R1x9", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "R1x9");
  /* What is written to files is sent to nobody. */
  g_assert_cmpint (run (&test->cli, "batch", "write", test->cli.study, batch, "--run", "b", "--model", "m", NULL), ==, 0);
  g_assert_true (g_file_test (manifest, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (semio_test_server_get_n_requests (test->server), ==, n_before);
}

/* TRUE when a file under a folder has the text. */
static gboolean
tree_has (const char *path, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autofree char *contents = NULL;
  gsize length;
  const char *name;

  if (dir == NULL)
    return g_file_get_contents (path, &contents, &length, NULL) && memmem (contents, length, text, strlen (text)) != NULL;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (tree_has (child, text))
        return TRUE;
    }
  return FALSE;
}

/* The key reaches the server and nothing else: no file, no output, no command line, no environment of the running program. */
static void
test_key (Predict *test, gconstpointer data)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *cmdline_path = NULL;
  g_autofree char *environ_path = NULL;
  guint n_before;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  semio_test_server_set_key (test->server, KEY);
  g_assert_cmpint (run (&test->cli, PREDICT, NULL), ==, 1);
  /* It is in the middle of the questions, after the test of the server, for as long as is looked for the key. */
  n_before = semio_test_server_get_n_requests (test->server);
  semio_test_server_hold (test->server, n_before + 5, G_MAXUINT);
  g_setenv ("SEMIO_API_KEY", KEY, TRUE);
  process = semio_test_cli_spawn (&test->cli, PREDICT, NULL);
  g_unsetenv ("SEMIO_API_KEY");
  while (semio_test_server_get_n_requests (test->server) < n_before + 6)
    g_usleep (5000);
  cmdline_path = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (process));
  environ_path = g_strdup_printf ("/proc/%s/environ", g_subprocess_get_identifier (process));
  g_assert_true (tree_has (cmdline_path, "--in-flight"));
  g_assert_false (tree_has (cmdline_path, KEY));
  g_assert_false (tree_has (environ_path, KEY));
  semio_test_server_let_go (test->server);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_assert_null (strstr (out, KEY));
  g_assert_null (strstr (err, KEY));
  g_assert_false (tree_has (test->cli.folder, KEY));
  g_assert_false (tree_has (g_get_user_data_dir (), KEY));
  g_assert_false (tree_has (g_get_user_cache_dir (), KEY));
  g_assert_false (tree_has (g_get_user_config_dir (), KEY));
}

/* The disk is full in the middle: the run ends with a sentence, what was answered stands, and it goes on later. */
static void
test_full (Predict *test, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (test->cli.study);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (JsonObject) some = NULL;
  g_autoptr (JsonObject) report = NULL;
  gint64 n_kept;

  semio_test_server_set_delay (test->server, 20);
  /* The study and its log each have a little room left. */
  test->cli.file_limit = (guint64) g_file_info_get_size (info) + 24 * 1024;
  g_assert_cmpint (run (&test->cli, PREDICT, "--onset", NULL), ==, 1);
  test->cli.file_limit = 0;
  g_assert_cmpint (run (&test->cli, "verify", test->cli.study, NULL), ==, 0);
  g_assert_cmpint (run (&test->cli, PREDICT, "--onset", "--dry-run", "--json", NULL), ==, 0);
  some = read_json (&test->cli);
  n_kept = json_object_get_int_member (some, "answered");
  g_assert_cmpint (n_kept, <, 10);
  g_assert_cmpint (run (&test->cli, PREDICT, "--onset", "--json", NULL), ==, 0);
  report = read_json (&test->cli);
  g_assert_cmpint (json_object_get_int_member (report, "questions"), ==, 10);
  g_assert_cmpint (json_object_get_int_member (report, "open"), ==, 0);
  g_assert_cmpint (run (&test->cli, "verify", test->cli.study, NULL), ==, 0);
}

/* The settings of a run stand in the study and make the same run elsewhere. */
static void
test_prompts (Predict *test, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;

  g_assert_cmpint (run (&test->cli, PREDICT, "--prompts", "simple", "--onset", "--narrative", "--json", NULL), ==, 0);
  report = read_json (&test->cli);
  /* Two segments, three and two features, each with its onset; a narrative of each recording. */
  g_assert_cmpint (json_object_get_int_member (report, "questions"), ==, 5 * 2 + 2);
  g_assert_cmpint (json_object_get_int_member (report, "open"), ==, 0);
  g_assert_cmpint (run (&test->cli, PREDICT, "--prompts", "definition", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "other settings");
  g_assert_cmpint (run (&test->cli, "verify", test->cli.study, NULL), ==, 0);
}

/* Every value of the protocol can be changed, is kept with the run, and comes back from a file. */
static void
test_protocol (Predict *test, gconstpointer data)
{
  g_autofree char *file = g_build_filename (test->cli.folder, "settings.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (SemioRunConfig) config = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (run (&test->cli, PREDICT, "--rate", "4", "--segment", "3", "--step", "2.5", "--max-frames", "7", "--height",
                        "96", "--quality", "60", "--temperature", "0.5", "--seed", "11", "--max-tokens", "99",
                        "--max-tokens-again", "199", "--frames-with-sound", "--no-schema", "--save-settings", file, NULL),
                   ==, 0);
  g_assert_true (g_file_get_contents (file, &text, NULL, &error));
  config = semio_run_config_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (config->rate_num, ==, 4);
  g_assert_cmpuint (config->rate_den, ==, 1);
  g_assert_cmpint (config->segment_ns, ==, 3 * SEMIO_NS_PER_SECOND);
  g_assert_cmpint (config->step_ns, ==, 5 * SEMIO_NS_PER_SECOND / 2);
  g_assert_cmpuint (config->max_frames, ==, 7);
  g_assert_cmpuint (config->height_px, ==, 96);
  g_assert_cmpuint (config->quality, ==, 60);
  g_assert_cmpfloat (config->temperature, ==, 0.5);
  g_assert_cmpint (config->seed, ==, 11);
  g_assert_cmpuint (config->max_tokens, ==, 99);
  g_assert_cmpuint (config->max_tokens_again, ==, 199);
  g_assert_true (config->frames_with_sound);
  g_assert_false (config->use_schema);
  /* The file goes on with the run as it was begun; without it the published values are others. */
  g_assert_cmpint (
      run (&test->cli, "predict", test->cli.study, "--settings", file, "--endpoint", test->url, "--dry-run", "--json", NULL), ==,
      0);
  report = read_json (&test->cli);
  g_assert_cmpint (json_object_get_int_member (report, "open"), ==, 0);
  g_assert_cmpint (run (&test->cli, PREDICT, NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "other settings");
  g_assert_cmpint (run (&test->cli, PREDICT, "--quality", "101", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "--quality must be");
  g_assert_cmpint (run (&test->cli, PREDICT, "--rate", "0", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "--rate must be");
  g_assert_cmpint (run (&test->cli, PREDICT, "--segment", "0.01", NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "--segment must be");
}

/* What the window saved by name serves the command line, and what the publication used is always there. */
static void
test_settings (Predict *test, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "semioscope", "settings", NULL);
  g_autofree char *broken = g_build_filename (folder, "broken.json", NULL);
  g_autofree char *good = g_build_filename (folder, "two.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (SemioFeatureSet) features = semio_feature_set_new_default ();
  g_autoptr (SemioRunConfig) config = semio_run_config_new_default (features);
  g_autoptr (JsonObject) listed = NULL;
  g_autoptr (JsonObject) planned = NULL;
  JsonArray *all;

  g_clear_pointer (&config->features, g_strfreev);
  config->features = g_strsplit ("tonic,clonic", ",", -1);
  g_free (config->name);
  config->name = g_strdup ("Two only");
  text = semio_run_config_to_json (config);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (good, text, -1, NULL));
  g_assert_cmpint (run (&test->cli, "settings", "--json", NULL), ==, 0);
  listed = read_json (&test->cli);
  all = json_object_get_array_member (listed, "settings");
  g_assert_cmpuint (json_array_get_length (all), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (all, 0), "name"), ==, "As published");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (all, 1), "name"), ==, "Two only");
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "n", "--settings", "Two only", "--endpoint", test->url,
                        "--dry-run", "--json", NULL),
                   ==, 0);
  planned = read_json (&test->cli);
  /* Two recordings shorter than a segment, two features. */
  g_assert_cmpint (json_object_get_int_member (planned, "questions"), ==, 4);
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--run", "n", "--settings", "As published", "--endpoint",
                        test->url, "--dry-run", NULL),
                   ==, 0);
  g_assert_cmpint (run (&test->cli, "predict", test->cli.study, "--settings", "Two only", "--endpoint", test->url, NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "The run has no name.");
  g_assert_cmpint (
      run (&test->cli, "predict", test->cli.study, "--run", "n", "--settings", "Tow only", "--endpoint", test->url, NULL), ==, 1);
  semio_test_cli_assert_err (&test->cli, "As published, Two only");
  /* A file that is none is told and takes nothing else away. */
  g_assert_true (g_file_set_contents (broken, "{", -1, NULL));
  g_assert_cmpint (run (&test->cli, "settings", NULL), ==, 0);
  semio_test_cli_assert_err (&test->cli, "broken.json");
  semio_test_home_remove_tree (folder);
}

#define ADD(path, func) g_test_add (path, Predict, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  semio_test_home_init (&argc, &argv);
  semio_test_cli_init (argc, argv);
  ADD ("/cli/predict/killed", test_killed);
  ADD ("/cli/predict/consent", test_consent);
  ADD ("/cli/predict/key", test_key);
  ADD ("/cli/predict/full", test_full);
  ADD ("/cli/predict/prompts", test_prompts);
  ADD ("/cli/predict/protocol", test_protocol);
  ADD ("/cli/predict/settings", test_settings);
  status = semio_test_home_run ();
  semio_test_cli_clear ();
  return status;
}
