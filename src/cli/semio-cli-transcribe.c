/* SPDX-License-Identifier: GPL-3.0-or-later */
/* semio transcribe */
#include <glib/gi18n-lib.h>

#include "semio-cli-commands.h"
#include "semio-cli-server.h"
#include "semio-endpoint-list.h"
#include "semio-transcribe.h"

typedef struct {
  SemioCliServer server;
  char *model;
  char *recordings;
} Options;

static void
options_clear (Options *options)
{
  semio_cli_server_clear (&options->server);
  g_free (options->model);
  g_free (options->recordings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What a person agrees to: the sound of these recordings. */
static SemioPredictPlan
make_plan (SemioStudy *study, GArray *recordings)
{
  g_autoptr (GHashTable) patients = g_hash_table_new (g_int64_hash, g_int64_equal);
  GListModel *cases = semio_study_get_cases (study);
  SemioPredictPlan plan = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      const SemioRecording *recording = semio_case_get_recording (item);
      gboolean wanted = recordings == NULL;

      for (guint r = 0; !wanted && r < recordings->len; r++)
        wanted = g_array_index (recordings, gint64, r) == recording->id;
      if (!wanted || recording->sound != SEMIO_SOUND_PRESENT)
        continue;
      plan.n_recordings++;
      plan.sound_ns += recording->duration_ns;
      if (recording->patient_id == 0 || g_hash_table_add (patients, (gpointer) &recording->patient_id))
        plan.n_patients++;
    }
  return plan;
}

static int
report (SemioCli *cli, const SemioTranscribeResult *result)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < result->problems->len; i++)
    semio_cli_remark (cli, "%s", (const char *) result->problems->pdata[i]);
  semio_cli_print (cli, _ ("Transcripts made: %u; there already: %u; recordings without sound: %u; failed: %u."), result->n_made,
                   result->n_standing, result->n_without_sound, result->n_failed);
  json_object_set_int_member (object, "made", result->n_made);
  json_object_set_int_member (object, "standing", result->n_standing);
  json_object_set_int_member (object, "without_sound", result->n_without_sound);
  json_object_set_int_member (object, "failed", result->n_failed);
  semio_cli_print_json (cli, object);
  return result->n_failed > 0 ? SEMIO_CLI_FAILED : SEMIO_CLI_DONE;
}

static int
transcribe (SemioCli *cli, const Options *options, SemioStudy *study)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioEndpoint) endpoint = semio_cli_server_make_endpoint (&options->server, &local);
  g_autoptr (GArray) recordings = local ? NULL : semio_cli_server_find_recordings (study, options->recordings, &local);
  g_autoptr (SemioKey) key = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (SemioTranscribeResult) result = NULL;
  SemioPredictPlan plan = { 0 };

  if (local == NULL && semio_cli_server_take_key (&options->server, &key, &local))
    {
      semio_cli_server_wait_for_media (study);
      plan = make_plan (study, recordings);
      semio_cli_server_agree (cli, &options->server, study, endpoint, SEMIO_CONSENT_SOUND, &plan, &local);
    }
  if (local == NULL)
    {
      semio_transcribe_async (study, endpoint, key, options->model, recordings, semio_cli_progress, cli,
                              semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
      ready = semio_cli_wait (cli);
      result = semio_transcribe_finish (study, ready, &local);
    }
  return result ? report (cli, result) : semio_cli_fail (cli, g_steal_pointer (&local));
}

int
semio_cli_transcribe (SemioCli *cli, char ***argv)
{
  g_auto (Options) given = { .server = SEMIO_CLI_SERVER_INIT };
  const GOptionEntry options[] = { SEMIO_CLI_SERVER_OPTIONS (given.server),
                                   { "model", 0, 0, G_OPTION_ARG_STRING, &given.model, N_ ("Model, as the server calls it"),
                                     "M" },
                                   { "recordings", 0, 0, G_OPTION_ARG_STRING, &given.recordings,
                                     N_ ("Pseudonyms, with commas between; all when not given"), "R,…" },
                                   { NULL } };
  g_autoptr (GSettings) settings = NULL;
  SemioStudy *study;
  int status = semio_cli_parse (cli, "transcribe STUDY --endpoint URL --model M",
                                _ ("Keeps what is said in recordings, as a server writes it down."), options, argv, 1, 1);

  if (status >= 0)
    return status;
  if (!given.server.urls)
    return semio_cli_wrong_use (cli, "%s", _ ("--endpoint is missing: the address of the server, as http://127.0.0.1:8000."));
  if (!given.model)
    return semio_cli_wrong_use (cli, "%s", _ ("--model is missing: the name of the model that transcribes."));
  settings = semio_offline_follow_settings ();
  study = semio_cli_open (cli, (*argv)[1]);
  if (!study)
    return SEMIO_CLI_FAILED;
  status = transcribe (cli, &given, study);
  return semio_cli_close (cli, study, status);
}
