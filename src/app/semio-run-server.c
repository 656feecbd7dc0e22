/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-run-server.h"

#include "semio-predict-plan.h"

SemioEndpoint *
semio_run_server_find (GPtrArray *endpoints, const SemioRunConfig *config)
{
  SemioEndpoint *endpoint;

  for (guint i = 0; endpoints && i < endpoints->len; i++)
    {
      const SemioEndpoint *kept = endpoints->pdata[i];

      if (kept->urls && kept->urls[0] && g_strcmp0 (kept->urls[0], config->urls[0]) == 0)
        return semio_endpoint_copy (kept);
    }
  endpoint = semio_endpoint_new (config->urls[0]);
  g_strfreev (endpoint->urls);
  endpoint->urls = g_strdupv (config->urls);
  return endpoint;
}

SemioRunConfig *
semio_run_server_read_config (const SemioRun *run, GPtrArray *endpoints)
{
  SemioRunConfig *config = run->settings ? semio_run_config_parse (run->settings, -1, NULL) : NULL;
  g_autoptr (SemioEndpoint) endpoint = config != NULL ? semio_run_server_find (endpoints, config) : NULL;

  if (config != NULL && endpoint->dialect.sound == SEMIO_SOUND_PART_NONE)
    config->sound = SEMIO_SOUND_SCOPE_NONE;
  return config;
}

guint
semio_run_server_count_questions (SemioStudy *study, const SemioRun *run, GPtrArray *endpoints)
{
  g_autoptr (SemioRunConfig) config = semio_run_server_read_config (run, endpoints);
  g_autoptr (GPtrArray) recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  g_autoptr (SemioPredictPlan) plan = NULL;
  GListModel *cases = semio_study_get_cases (study);

  if (config == NULL)
    return 0;
  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      g_ptr_array_add (recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (item)));
    }
  plan = semio_predict_plan_new (config, semio_study_get_feature_set (study), recordings, NULL);
  return plan->n_questions;
}
