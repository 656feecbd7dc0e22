/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-cli-server.h"

#include <glib/gi18n-lib.h>

#include "semio-transfer.h"

#define KEY_VARIABLE "SEMIO_API_KEY"

void
semio_cli_server_clear (SemioCliServer *server)
{
  g_strfreev (server->urls);
  g_strfreev (server->consents);
}

char **
semio_cli_server_split (const char *text)
{
  char **parts = g_strsplit (text, ",", -1);

  for (char **part = parts; *part; part++)
    g_strstrip (*part);
  return parts;
}

static gboolean
check_host (const char *text, GError **error)
{
  SemioBaseUrl url = { NULL };
  gboolean good;

  if (!semio_base_url_parse (text, &url, error))
    return FALSE;
  good = url.is_loopback || !semio_transfer_is_offline ();
  if (!good)
    g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                 _ ("This program is set offline: nothing goes to %s. Change it in the preferences."), url.host);
  semio_base_url_clear (&url);
  return good;
}

SemioEndpoint *
semio_cli_server_make_endpoint (const SemioCliServer *server, GError **error)
{
  SemioEndpoint *endpoint;

  for (char **url = server->urls; *url; url++)
    if (!check_host (*url, error))
      return NULL;
  endpoint = semio_endpoint_new (server->urls[0]);
  g_strfreev (endpoint->urls);
  endpoint->urls = g_strdupv (server->urls);
  if (server->in_flight > 0)
    endpoint->max_in_flight = (guint) server->in_flight;
  return endpoint;
}

gboolean
semio_cli_server_take_key (const SemioCliServer *server, SemioKey **key, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (server->key_descriptor < 0)
    *key = semio_key_take_environment (KEY_VARIABLE);
  else
    *key = semio_key_read_descriptor (server->key_descriptor, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
has_consent (const SemioCliServer *server, const char *host)
{
  return server->consents && g_strv_contains ((const char *const *) server->consents, host);
}

gboolean
semio_cli_server_agree (SemioCli *cli, const SemioCliServer *server, SemioStudy *study, const SemioEndpoint *endpoint,
                        SemioConsentWhat what, const SemioPredictPlan *plan, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) needs = NULL;

  semio_consent_need_list_async (study, endpoint, what, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
  result = semio_cli_wait (cli);
  needs = semio_consent_need_list_finish (study, result, error);
  for (guint i = 0; needs && i < needs->len; i++)
    {
      const SemioConsentNeed *need = needs->pdata[i];
      g_autofree char *text = semio_consent_need_describe (need, plan);
      g_autoptr (GAsyncResult) agreed = NULL;

      if (!has_consent (server, need->host))
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT,
                       _ ("Nothing was sent, because nobody agreed to it yet.\n%s\nTo agree, say --consent %s."), text,
                       need->host);
          return FALSE;
        }
      semio_consent_need_agree_async (study, need, plan, semio_cli_get_cancellable (cli), semio_cli_ready_cb, cli);
      agreed = semio_cli_wait (cli);
      if (!semio_consent_need_agree_finish (study, agreed, error))
        return FALSE;
      semio_cli_print (cli, "%s", text);
    }
  return needs != NULL;
}

static gint64
find_recording (SemioStudy *study, const char *pseudonym)
{
  GListModel *cases = semio_study_get_cases (study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);

      if (g_strcmp0 (semio_case_get_recording (item)->pseudonym, pseudonym) == 0)
        return semio_case_get_id (item);
    }
  return 0;
}

GArray *
semio_cli_server_find_recordings (SemioStudy *study, const char *names, GError **error)
{
  g_auto (GStrv) parts = names ? semio_cli_server_split (names) : NULL;
  g_autoptr (GArray) ids = NULL;

  if (parts == NULL)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (char **name = parts; *name; name++)
    {
      gint64 id = find_recording (study, *name);

      if (id == 0)
        {
          g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                       _ ("The study has no recording “%s”. “semio info” names them."), *name);
          return NULL;
        }
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static void
media_searched_cb (SemioStudy *study, gboolean *searched)
{
  *searched = TRUE;
}

void
semio_cli_server_wait_for_media (SemioStudy *study)
{
  gboolean searched = !semio_study_is_finding_media (study);
  gulong handler = g_signal_connect (study, "media-searched", G_CALLBACK (media_searched_cb), &searched);

  while (!searched)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (study, handler);
}
