/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio predict */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "semio-cli-commands.h"
#include "semio-cli-protocol.h"
#include "semio-cli-server.h"
#include "semio-endpoint-list.h"
#include "semio-predict.h"
#include "semio-prompts.h"
#include "semio-run-settings.h"
#include "semio-server-probe.h"

#define MAX_IN_FLIGHT_PROBES 2
/* The rest stands in the study, with each answer. */
#define MAX_TOLD_PROBLEMS 20

typedef struct {
  char *run;
  char *model;
  char *prompts;
  char *enhancement;
  char *features; /* with commas between */
  char *recordings;
  char *settings; /* a name or a file */
  char *sound;
  SemioCliServer server;
  SemioCliProtocol protocol;
  gboolean onset;
  gboolean narrative;
  gboolean retry_failed;
  gboolean dry_run;
  gboolean baseline; /* asked for, and refused: there is none */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->run);
  g_free (options->model);
  g_free (options->prompts);
  g_free (options->enhancement);
  g_free (options->features);
  g_free (options->recordings);
  g_free (options->settings);
  semio_cli_server_clear (&options->server);
  semio_cli_protocol_clear (&options->protocol);
  g_free (options->sound);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What one call works on. */
typedef struct {
  SemioCli *cli;
  const Options *options;
  SemioStudy *study; /* (nullable) */
  SemioTransfer *transfer;
  SemioEndpoint *endpoint;
  SemioKey *key;
  SemioRunConfig *config;
  GArray *recordings; /* (nullable): of gint64 */
  SemioPredictPlan *plan;
  guint n_problems;
} Call;

static void
call_clear (Call *call)
{
  g_clear_object (&call->transfer);
  g_clear_pointer (&call->endpoint, semio_endpoint_free);
  g_clear_pointer (&call->key, semio_key_unref);
  g_clear_pointer (&call->config, semio_run_config_free);
  g_clear_pointer (&call->recordings, g_array_unref);
  g_clear_pointer (&call->plan, semio_predict_plan_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static gboolean
read_sound (const char *text, SemioSoundScope *scope)
{
  static const char *const ids[] = { "none", "segment", "recording" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_str_equal (text, ids[i]))
      {
        *scope = (SemioSoundScope) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_text (char **member, const char *text)
{
  if (text != NULL)
    {
      g_free (*member);
      *member = g_strdup (text);
    }
  return text != NULL;
}

static SemioRunConfig *
read_settings (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  SemioRunConfig *config;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  config = semio_run_config_parse (text, (gssize) length, error);
  if (config == NULL)
    g_prefix_error (error, "%s: ", path);
  return config;
}

/* A path is one by its look, or since the file is there; every other word is a name. */
static gboolean
load_settings (Call *call, GError **error)
{
  const char *wanted = call->options->settings;
  SemioFeatureSet *features = semio_study_get_feature_set (call->study);

  if (wanted == NULL)
    call->config = semio_run_config_new_default (features);
  else if (strchr (wanted, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (wanted, ".json")
           || g_file_test (wanted, G_FILE_TEST_IS_REGULAR))
    call->config = read_settings (wanted, error);
  else
    {
      call->config = semio_run_settings_find (wanted, features, error);
      /* What settings are called is not what the run is called. */
      if (call->config != NULL)
        g_clear_pointer (&call->config->name, g_free);
      if (call->config != NULL)
        call->config->name = g_strdup ("");
    }
  return call->config != NULL;
}

/* The configuration: of the settings, or the default, with what the options say put over it. */
static gboolean
make_config (Call *call, GError **error)
{
  const Options *options = call->options;
  SemioRunConfig *config;

  if (!load_settings (call, error))
    return FALSE;
  config = call->config;
  set_text (&config->name, options->run);
  set_text (&config->model, options->model);
  set_text (&config->enhancement, options->enhancement);
  if (options->prompts != NULL)
    {
      SemioPromptSet *prompts = semio_prompts_find (options->prompts, error);

      if (prompts == NULL)
        return FALSE;
      g_clear_pointer (&config->prompts, semio_prompt_set_unref);
      config->prompts = prompts;
    }
  if (options->features != NULL)
    {
      g_strfreev (config->features);
      config->features = semio_cli_server_split (options->features);
    }
  if (options->sound != NULL)
    read_sound (options->sound, &config->sound);
  if (options->onset)
    config->kinds |= 1u << SEMIO_QUESTION_ONSET;
  if (options->narrative)
    config->kinds |= 1u << SEMIO_QUESTION_NARRATIVE;
  return semio_cli_protocol_apply (&options->protocol, config, error);
}

static gboolean
choose_model (Call *call, GError **error)
{
  SemioCli *cli = call->cli;
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) models = NULL;
  g_autofree char *names = NULL;

  semio_server_list_models_async (call->transfer, call->endpoint->urls[0], semio_key_get_text (call->key),
                                  semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  models = semio_server_list_models_finish (call->transfer, result, error);
  if (models == NULL)
    return FALSE;
  if (g_strv_length (models) == 1)
    return set_text (&call->config->model, models[0]);
  names = g_strjoinv (", ", models);
  g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
               _ ("Say with --model which of the server's models is asked: %s."), names);
  return FALSE;
}

/* Asks the server which model it serves when none was said, and what it takes. Nothing of the study is in it, but the key
 * may be: so it comes after the consent. */
static gboolean
ask_server (Call *call, GError **error)
{
  SemioCli *cli = call->cli;
  g_autoptr (GAsyncResult) result = NULL;

  call->transfer = semio_transfer_new (MAX_IN_FLIGHT_PROBES);
  if ((call->config->model == NULL || call->config->model[0] == '\0') && !choose_model (call, error))
    return FALSE;
  call->endpoint->model = g_strdup (call->config->model);
  semio_server_probe_async (call->transfer, call->endpoint, semio_key_get_text (call->key), semio_cli_get_cancellable (cli),
                            semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  return semio_server_probe_finish (call->transfer, result, &call->endpoint->dialect, error);
}

static void
changed_cb (SemioPredict *predict, Call *call)
{
  SemioPredictProgress progress = semio_predict_get_progress (predict);
  const char *waiting = semio_predict_get_waiting (predict);
  guint n_asked = progress.n_questions - progress.n_open;
  g_autofree char *what = NULL;

  if (semio_predict_get_state (predict) == SEMIO_PREDICT_WAITING && waiting)
    what = g_strdup (waiting);
  else
    what = g_strdup_printf (ngettext ("%u of %u question", "%u of %u questions", progress.n_questions), n_asked,
                            progress.n_questions);
  semio_cli_progress (progress.n_questions ? (double) n_asked / progress.n_questions : -1, what, call->cli);
}

static void
problem_cb (SemioPredict *predict, const char *problem, Call *call)
{
  if (++call->n_problems <= MAX_TOLD_PROBLEMS)
    semio_cli_remark (call->cli, "%s", problem);
}

static void
add_tokens (JsonObject *object, const char *member, gint64 tokens)
{
  if (tokens >= 0)
    json_object_set_int_member (object, member, tokens);
  else
    json_object_set_null_member (object, member);
}

static void
report (Call *call, SemioPredictProgress progress, gboolean completed)
{
  JsonObject *object = json_object_new ();

  if (call->n_problems > MAX_TOLD_PROBLEMS)
    semio_cli_remark (call->cli,
                      ngettext ("And %u more like these.", "And %u more like these.", call->n_problems - MAX_TOLD_PROBLEMS),
                      call->n_problems - MAX_TOLD_PROBLEMS);
  semio_cli_print (call->cli,
                   ngettext ("Run “%s”: %u of %u question has an answer; asked without getting one: %u; open: %u.",
                             "Run “%s”: %u of %u questions have an answer; asked without getting one: %u; open: %u.",
                             progress.n_questions),
                   call->config->name, progress.n_answered, progress.n_questions, progress.n_failed, progress.n_open);
  if (progress.prompt_tokens >= 0 && progress.cached_tokens >= 0)
    semio_cli_print (call->cli,
                     _ ("%" G_GINT64_FORMAT " tokens were read, %" G_GINT64_FORMAT " of them from the server's cache."),
                     progress.prompt_tokens, progress.cached_tokens);
  else if (progress.prompt_tokens >= 0)
    semio_cli_print (call->cli,
                     _ ("%" G_GINT64_FORMAT " tokens were read; how many from its cache the server did not tell (unknown)."),
                     progress.prompt_tokens);
  json_object_set_string_member (object, "run", call->config->name);
  json_object_set_boolean_member (object, "completed", completed);
  json_object_set_int_member (object, "questions", progress.n_questions);
  json_object_set_int_member (object, "answered", progress.n_answered);
  json_object_set_int_member (object, "failed", progress.n_failed);
  json_object_set_int_member (object, "open", progress.n_open);
  add_tokens (object, "prompt_tokens", progress.prompt_tokens);
  add_tokens (object, "cached_tokens", progress.cached_tokens);
  add_tokens (object, "completion_tokens", progress.completion_tokens);
  semio_cli_print_json (call->cli, object);
}

static void
tell_scope (Call *call)
{
  const SemioPredictPlan *plan = call->plan;

  semio_cli_print (call->cli,
                   _ ("Recordings: %u, patients: %u, questions: %u, still to be asked: %u, with about %" G_GINT64_FORMAT
                      " pictures and %" G_GINT64_FORMAT " s of sound."),
                   plan->n_recordings, plan->n_patients, plan->n_questions, plan->n_open, plan->frames,
                   plan->sound_ns / G_GINT64_CONSTANT (1000000000));
  if (plan->n_without_video > 0)
    semio_cli_remark (call->cli,
                      ngettext ("%u recording has no video and is left out.", "%u recordings have no video and are left out.",
                                plan->n_without_video),
                      plan->n_without_video);
  if (plan->n_without_sound > 0)
    semio_cli_remark (call->cli,
                      ngettext ("%u recording has no sound: what is judged by ear is not asked there.",
                                "%u recordings have no sound: what is judged by ear is not asked there.", plan->n_without_sound),
                      plan->n_without_sound);
}

static gboolean
plan (Call *call, GError **error)
{
  g_autoptr (SemioPredict) predict = semio_predict_new (call->study, call->config, call->endpoint, NULL, call->recordings);
  g_autoptr (GAsyncResult) result = NULL;

  semio_predict_set_retry_failed (predict, call->options->retry_failed);
  semio_predict_plan_async (predict, semio_cli_get_cancellable (call->cli), semio_cli_ready_cb, call->cli);
  result = semio_cli_wait (call->cli);
  call->plan = semio_predict_plan_finish (predict, result, error);
  if (call->plan == NULL)
    return FALSE;
  tell_scope (call);
  if (call->options->dry_run)
    report (call, semio_predict_get_progress (predict), FALSE);
  return TRUE;
}

static int
run (Call *call)
{
  g_autoptr (SemioPredict) predict =
      semio_predict_new (call->study, call->config, call->endpoint, semio_key_get_text (call->key), call->recordings);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gboolean completed;

  semio_predict_set_retry_failed (predict, call->options->retry_failed);
  g_signal_connect (predict, "changed", G_CALLBACK (changed_cb), call);
  g_signal_connect (predict, "problem", G_CALLBACK (problem_cb), call);
  semio_predict_run_async (predict, semio_cli_get_cancellable (call->cli), semio_cli_ready_cb, call->cli);
  result = semio_cli_wait (call->cli);
  completed = semio_predict_run_finish (predict, result, &error);
  g_signal_handlers_disconnect_by_data (predict, call);
  report (call, semio_predict_get_progress (predict), completed);
  return completed ? SEMIO_CLI_DONE : semio_cli_fail (call->cli, error);
}

static gboolean
prepare (Call *call, GError **error)
{
  const Options *options = call->options;
  g_autoptr (GError) local = NULL;
  SemioConsentWhat what;

  call->endpoint = semio_cli_server_make_endpoint (&options->server, error);
  if (call->endpoint == NULL || !make_config (call, error) || !semio_cli_server_take_key (&options->server, &call->key, error))
    return FALSE;
  g_strfreev (call->config->urls);
  call->config->urls = g_strdupv (call->endpoint->urls);
  if (!semio_cli_protocol_save (&options->protocol, call->config, error))
    return FALSE;
  call->recordings = semio_cli_server_find_recordings (call->study, options->recordings, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  semio_cli_server_wait_for_media (call->study);
  if (!plan (call, error))
    return FALSE;
  what = semio_consent_need_what (call->config, semio_study_get_feature_set (call->study));
  return options->dry_run
         || (semio_cli_server_agree (call->cli, &options->server, call->study, call->endpoint, what, call->plan, error)
             && ask_server (call, error));
}

/* What a run asks, the same for a server and for a batch. */
#define RUN_OPTIONS(given)                                                                                                            \
  { "run", 0, 0, G_OPTION_ARG_STRING, &(given).run, N_ ("Name of the run; the same name goes on with it"), N_ ("NAME") },             \
      { "model", 0, 0, G_OPTION_ARG_STRING, &(given).model, N_ ("Model, as the server calls it; its only one when not given"), "M" }, \
      { "prompts", 0, 0, G_OPTION_ARG_STRING, &(given).prompts, N_ ("Prompt set: a name, NAME@VERSION or a file"), N_ ("SET") },      \
      { "enhance", 0, 0, G_OPTION_ARG_STRING, &(given).enhancement, N_ ("Enhancement: none or transcript"), "E" },                    \
      { "features", 0, 0, G_OPTION_ARG_STRING, &(given).features, N_ ("Features, with commas between; all when not given"), "F,…" },  \
      { "recordings", 0, 0, G_OPTION_ARG_STRING, &(given).recordings, N_ ("Pseudonyms, with commas between; all when not given"),     \
        "R,…" },                                                                                                                      \
      { "sound", 0, 0, G_OPTION_ARG_STRING, &(given).sound, N_ ("Sound that is sent"), "none|segment|recording" },                    \
      { "onset", 0, 0, G_OPTION_ARG_NONE, &(given).onset, N_ ("Ask as well when each feature begins"), NULL },                        \
      { "narrative", 0, 0, G_OPTION_ARG_NONE, &(given).narrative, N_ ("Ask as well what happens, in free text"), NULL },              \
      { "settings",      0, 0, G_OPTION_ARG_FILENAME, &(given).settings, N_ ("Saved settings by name, or a file of them"),            \
        N_ ("NAME|FILE") },                                                                                                           \
  {                                                                                                                                   \
    "retry-failed", 0, 0, G_OPTION_ARG_NONE, &(given).retry_failed, N_ ("Ask again what got no usable answer"), NULL                  \
  }

/* Gives -1 to go on, otherwise the exit status. */
static int
check_options (SemioCli *cli, const Options *given)
{
  SemioSoundScope scope;

  if (given->baseline)
    return semio_cli_wrong_use (
        cli, "%s",
        _ ("--baseline: this version has no built-in baseline. Ask a model server with --endpoint, or bring the "
           "answers of a baseline of your own in with “semio import predictions”."));
  if (!given->run && !given->settings)
    return semio_cli_wrong_use (cli, "%s", _ ("--run is missing: the name of the run."));
  if (given->sound && !read_sound (given->sound, &scope))
    return semio_cli_wrong_use (cli, _ ("--sound is “none”, “segment” or “recording”, not “%s”."), given->sound);
  return -1;
}

int
semio_cli_predict (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { .server = SEMIO_CLI_SERVER_INIT, .protocol = SEMIO_CLI_PROTOCOL_INIT };
  const GOptionEntry options[] = { RUN_OPTIONS (given),
                                   SEMIO_CLI_PROTOCOL_OPTIONS (given.protocol),
                                   SEMIO_CLI_SERVER_OPTIONS (given.server),
                                   { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run,
                                     N_ ("Say what would be sent, and send nothing of the study"), NULL },
                                   { "baseline", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &given.baseline, NULL, NULL },
                                   { NULL } };
  g_auto (Call) call = { .cli = cli, .options = &given };
  g_autoptr (GSettings) settings = NULL;
  GError *error = NULL;
  int status =
      semio_cli_parse (cli, "predict STUDY --run NAME --endpoint URL",
                       _ ("Asks a model server about the recordings of a study and keeps its answers."), options, argv, 1, 1);

  if (status >= 0)
    return status;
  status = check_options (cli, &given);
  if (status >= 0)
    return status;
  if (!given.server.urls)
    return semio_cli_wrong_use (cli, "%s", _ ("--endpoint is missing: the address of the server, as http://127.0.0.1:8000."));
  settings = semio_offline_follow_settings ();
  call.study = semio_cli_open (cli, (*argv)[1]);
  if (!call.study)
    return SEMIO_CLI_FAILED;
  if (!prepare (&call, &error))
    status = semio_cli_fail (cli, error);
  else
    status = given.dry_run ? SEMIO_CLI_DONE : run (&call);
  return semio_cli_close (cli, call.study, status);
}

static int
write_batch (Call *call, GFile *folder, gint64 max_bytes)
{
  g_autoptr (SemioPredict) predict = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  JsonObject *object = json_object_new ();
  GError *error = NULL;
  int n_files;

  predict = semio_predict_new (call->study, call->config, call->endpoint, NULL, call->recordings);
  semio_predict_set_retry_failed (predict, call->options->retry_failed);
  g_signal_connect (predict, "changed", G_CALLBACK (changed_cb), call);
  g_signal_connect (predict, "problem", G_CALLBACK (problem_cb), call);
  semio_predict_write_batch_async (predict, folder, (guint64) max_bytes, semio_cli_get_cancellable (call->cli),
                                   semio_cli_ready_cb, call->cli);
  result = semio_cli_wait (call->cli);
  n_files = semio_predict_write_batch_finish (predict, result, &error);
  g_signal_handlers_disconnect_by_data (predict, call);
  if (n_files < 0)
    {
      json_object_unref (object);
      return semio_cli_fail (call->cli, error);
    }
  semio_cli_print (call->cli,
                   ngettext ("Wrote %u questions into %d file. Faces and voices stand in it: carry it as such.",
                             "Wrote %u questions into %d files. Faces and voices stand in them: carry them as such.",
                             (gulong) n_files),
                   call->plan->n_open, n_files);
  json_object_set_int_member (object, "questions", call->plan->n_open);
  json_object_set_int_member (object, "files", n_files);
  semio_cli_print_json (call->cli, object);
  return SEMIO_CLI_DONE;
}

/* No server is spoken to; what is known of it is what most take. */
static gboolean
prepare_batch (Call *call, GError **error)
{
  const char *const nowhere[] = { "https://batch.invalid", NULL };
  g_autoptr (GError) local = NULL;

  call->endpoint = semio_endpoint_new ("batch");
  g_strfreev (call->endpoint->urls);
  call->endpoint->urls = g_strdupv ((char **) nowhere);
  if (!make_config (call, error))
    return FALSE;
  g_strfreev (call->config->urls);
  call->config->urls = g_strdupv ((char **) nowhere);
  if (!semio_cli_protocol_save (&call->options->protocol, call->config, error))
    return FALSE;
  call->recordings = semio_cli_server_find_recordings (call->study, call->options->recordings, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  semio_cli_server_wait_for_media (call->study);
  return plan (call, error);
}

int
semio_cli_batch_write (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { .server = SEMIO_CLI_SERVER_INIT, .protocol = SEMIO_CLI_PROTOCOL_INIT };
  gint64 max_bytes = 0;
  const GOptionEntry options[] = { RUN_OPTIONS (given),
                                   SEMIO_CLI_PROTOCOL_OPTIONS (given.protocol),
                                   { "max-bytes", 0, 0, G_OPTION_ARG_INT64, &max_bytes,
                                     N_ ("Largest size of a file; 200,000,000 when not given, as hosted services take"), "N" },
                                   { NULL } };
  g_auto (Call) call = { .cli = cli, .options = &given };
  g_autoptr (GFile) folder = NULL;
  GError *error = NULL;
  int status = semio_cli_parse (cli, "batch write STUDY --run NAME --model M OUTDIR",
                                _ ("Writes the questions of a run into files for a batch service."), options, argv, 2, 2);

  if (status >= 0)
    return status;
  status = check_options (cli, &given);
  if (status >= 0)
    return status;
  if (!given.model && !given.settings)
    return semio_cli_wrong_use (cli, "%s", _ ("--model is missing: the name of the model that the batch service serves."));
  if (max_bytes < 0)
    return semio_cli_wrong_use (cli, "%s", _ ("--max-bytes is a number of bytes."));
  folder = g_file_new_for_commandline_arg ((*argv)[2]);
  if (!g_file_query_exists (folder, NULL) && !g_file_make_directory_with_parents (folder, NULL, &error))
    return semio_cli_fail (cli, error);
  call.study = semio_cli_open (cli, (*argv)[1]);
  if (!call.study)
    return SEMIO_CLI_FAILED;
  if (prepare_batch (&call, &error))
    status = write_batch (&call, folder, max_bytes);
  else
    status = semio_cli_fail (cli, error);
  return semio_cli_close (cli, call.study, status);
}
