/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio predict */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-consent-need.h"
#include "semio-endpoint-list.h"
#include "semio-key.h"
#include "semio-predict.h"
#include "semio-prompts.h"
#include "semio-server-probe.h"

#define KEY_VARIABLE "SEMIO_API_KEY"
#define MAX_IN_FLIGHT_PROBES 2

typedef struct {
  char *run;
  char **urls;
  char *model;
  char *prompts;
  char *enhancement;
  char *features; /* with commas between */
  char *recordings;
  char *settings; /* a file */
  char **consents;
  char *sound;
  int key_descriptor;
  int in_flight;
  gboolean onset;
  gboolean narrative;
  gboolean retry_failed;
  gboolean dry_run;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->run);
  g_strfreev (options->urls);
  g_free (options->model);
  g_free (options->prompts);
  g_free (options->enhancement);
  g_free (options->features);
  g_free (options->recordings);
  g_free (options->settings);
  g_strfreev (options->consents);
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

static char **
split_list (const char *text)
{
  char **parts = g_strsplit (text, ",", -1);

  for (char **part = parts; *part; part++)
    g_strstrip (*part);
  return parts;
}

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

static gboolean
load_settings (Call *call, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (call->options->settings == NULL)
    {
      call->config = semio_run_config_new_default (semio_study_get_feature_set (call->study));
      return TRUE;
    }
  if (!g_file_get_contents (call->options->settings, &text, &length, error))
    return FALSE;
  call->config = semio_run_config_parse (text, (gssize) length, error);
  if (call->config == NULL)
    g_prefix_error (error, "%s: ", call->options->settings);
  return call->config != NULL;
}

/* The configuration: of the file, or the default, with what the options say put over it. */
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
      config->features = split_list (options->features);
    }
  if (options->sound != NULL)
    read_sound (options->sound, &config->sound);
  if (options->onset)
    config->kinds |= 1u << SEMIO_QUESTION_ONSET;
  if (options->narrative)
    config->kinds |= 1u << SEMIO_QUESTION_NARRATIVE;
  return TRUE;
}

static gboolean
find_recordings (Call *call, GError **error)
{
  g_auto (GStrv) names = call->options->recordings ? split_list (call->options->recordings) : NULL;
  GListModel *cases = semio_study_get_cases (call->study);

  if (names == NULL)
    return TRUE;
  call->recordings = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (char **name = names; *name; name++)
    {
      gint64 id = 0;

      for (guint i = 0; id == 0 && i < g_list_model_get_n_items (cases); i++)
        {
          g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

          if (g_strcmp0 (semio_case_get_recording (item)->pseudonym, *name) == 0)
            id = semio_case_get_id (item);
        }
      if (id == 0)
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("The study has no recording “%s”. “semio info” names them."), *name);
          return FALSE;
        }
      g_array_append_val (call->recordings, id);
    }
  return TRUE;
}

static void
make_endpoint (Call *call)
{
  call->endpoint = semio_endpoint_new (call->options->urls[0]);
  g_strfreev (call->endpoint->urls);
  call->endpoint->urls = g_strdupv (call->options->urls);
  g_strfreev (call->config->urls);
  call->config->urls = g_strdupv (call->options->urls);
  if (call->options->in_flight > 0)
    call->endpoint->max_in_flight = (guint) call->options->in_flight;
}

static gboolean
choose_model (Call *call, GError **error)
{
  SemioCli *cli = call->cli;
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) models = NULL;
  g_autofree char *names = NULL;

  semio_server_list_models_async (call->transfer, call->options->urls[0], semio_key_get_text (call->key),
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

static gboolean
has_consent (const Options *options, const char *host)
{
  return options->consents && g_strv_contains ((const char *const *) options->consents, host);
}

/* Keeps the consents that were said on the command line; fails with the sentences of one that is lacking. */
static gboolean
agree (Call *call, GError **error)
{
  SemioCli *cli = call->cli;
  SemioConsentWhat what = semio_consent_need_what (call->config, semio_study_get_feature_set (call->study));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) needs = NULL;

  semio_consent_need_list_async (call->study, call->endpoint, what, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  needs = semio_consent_need_list_finish (call->study, result, error);
  for (guint i = 0; needs && i < needs->len; i++)
    {
      const SemioConsentNeed *need = needs->pdata[i];
      g_autofree char *text = semio_consent_need_describe (need, call->plan);
      g_autoptr (GAsyncResult) agreed = NULL;

      if (!has_consent (call->options, need->host))
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT,
                       _ ("Nothing was sent, because nobody agreed to it yet.\n%s\nTo agree, say --consent %s."), text,
                       need->host);
          return FALSE;
        }
      semio_consent_need_agree_async (call->study, need, call->plan, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
      agreed = semio_cli_wait (cli);
      if (!semio_consent_need_agree_finish (call->study, agreed, error))
        return FALSE;
      semio_cli_print (cli, "%s", text);
    }
  return needs != NULL;
}

/* Addresses that are none, and a closed door, are said before anything else is done. */
static gboolean
check_hosts (Call *call, GError **error)
{
  for (char **text = call->options->urls; *text; text++)
    {
      SemioBaseUrl url = { NULL };
      gboolean good;

      if (!semio_base_url_parse (*text, &url, error))
        return FALSE;
      good = url.is_loopback || !semio_transfer_is_offline ();
      if (!good)
        g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                     _ ("This program is set offline: nothing goes to %s. Change it in the preferences."), url.host);
      semio_base_url_clear (&url);
      if (!good)
        return FALSE;
    }
  return TRUE;
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
    what = g_strdup_printf (_ ("%u of %u questions"), n_asked, progress.n_questions);
  semio_cli_progress (progress.n_questions ? (double) n_asked / progress.n_questions : -1, what, call->cli);
}

static void
problem_cb (SemioPredict *predict, const char *problem, Call *call)
{
  call->n_problems++;
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

  semio_cli_print (call->cli, _ ("Run “%s”: %u of %u questions have an answer, %u were asked without getting one, %u are open."),
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
                   _ ("%u questions on %u recordings of %u patients, %u of them still to be asked: about %" G_GINT64_FORMAT
                      " pictures and %" G_GINT64_FORMAT " s of sound."),
                   plan->n_questions, plan->n_recordings, plan->n_patients, plan->n_open, plan->frames,
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

static void
media_searched_cb (SemioStudy *study, gboolean *searched)
{
  *searched = TRUE;
}

static void
wait_for_media (SemioStudy *study)
{
  gboolean searched = !semio_study_is_finding_media (study);
  gulong handler = g_signal_connect (study, "media-searched", G_CALLBACK (media_searched_cb), &searched);

  while (!searched)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (study, handler);
}

static gboolean
prepare (Call *call, GError **error)
{
  if (!make_config (call, error) || !find_recordings (call, error) || !check_hosts (call, error))
    return FALSE;
  if (call->options->key_descriptor >= 0)
    {
      g_autoptr (GError) local = NULL;

      call->key = semio_key_read_descriptor (call->options->key_descriptor, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  else
    call->key = semio_key_take_environment (KEY_VARIABLE);
  wait_for_media (call->study);
  make_endpoint (call);
  if (!plan (call, error))
    return FALSE;
  return call->options->dry_run || (agree (call, error) && ask_server (call, error));
}

int
semio_cli_predict (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { .key_descriptor = -1 };
  const GOptionEntry options[] = {
    { "run", 0, 0, G_OPTION_ARG_STRING, &given.run, N_ ("Name of the run; the same name goes on with it"), N_ ("NAME") },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.urls, N_ ("Base URL of the server; may be given several times"),
      "URL" },
    { "model", 0, 0, G_OPTION_ARG_STRING, &given.model, N_ ("Model, as the server calls it; its only one when not given"), "M" },
    { "prompts", 0, 0, G_OPTION_ARG_STRING, &given.prompts, N_ ("Prompt set: a name, NAME@VERSION or a file"), N_ ("SET") },
    { "enhance", 0, 0, G_OPTION_ARG_STRING, &given.enhancement, N_ ("Enhancement: none or transcript"), "E" },
    { "features", 0, 0, G_OPTION_ARG_STRING, &given.features, N_ ("Features, with commas between; all when not given"), "F,…" },
    { "recordings", 0, 0, G_OPTION_ARG_STRING, &given.recordings, N_ ("Pseudonyms, with commas between; all when not given"),
      "R,…" },
    { "sound", 0, 0, G_OPTION_ARG_STRING, &given.sound, N_ ("Sound that is sent"), "none|segment|recording" },
    { "onset", 0, 0, G_OPTION_ARG_NONE, &given.onset, N_ ("Ask as well when each feature begins"), NULL },
    { "narrative", 0, 0, G_OPTION_ARG_NONE, &given.narrative, N_ ("Ask as well what happens, in free text"), NULL },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &given.settings, N_ ("Settings of a run, as they were exported"), N_ ("FILE") },
    { "consent", 0, 0, G_OPTION_ARG_STRING_ARRAY, &given.consents, N_ ("Agree that pictures of this study go to this host"),
      N_ ("HOST") },
    { "key-fd", 0, 0, G_OPTION_ARG_INT, &given.key_descriptor,
      N_ ("Descriptor from which the server's key is read; else it is taken from SEMIO_API_KEY"), "N" },
    { "in-flight", 0, 0, G_OPTION_ARG_INT, &given.in_flight, N_ ("Requests at once on each server"), "N" },
    { "retry-failed", 0, 0, G_OPTION_ARG_NONE, &given.retry_failed, N_ ("Ask again what got no usable answer"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run, N_ ("Say what would be sent, and send nothing of the study"), NULL },
    { NULL }
  };
  g_auto (Call) call = { .cli = cli, .options = &given };
  g_autoptr (GSettings) settings = NULL;
  SemioSoundScope scope;
  GError *error = NULL;
  int status =
      semio_cli_parse (cli, "predict STUDY --run NAME --endpoint URL",
                       _ ("Asks a model server about the recordings of a study and keeps its answers."), options, argv, 1, 1);

  if (status >= 0)
    return status;
  if (!given.run && !given.settings)
    return semio_cli_wrong_use (cli, "%s", _ ("--run is missing: the name of the run."));
  if (!given.urls)
    return semio_cli_wrong_use (cli, "%s", _ ("--endpoint is missing: the address of the server, as http://127.0.0.1:8000."));
  if (given.sound && !read_sound (given.sound, &scope))
    return semio_cli_wrong_use (cli, _ ("--sound is “none”, “segment” or “recording”, not “%s”."), given.sound);
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
