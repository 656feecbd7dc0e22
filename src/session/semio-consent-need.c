/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-consent-need.h"

#include <glib/gi18n-lib.h>

#include "semio-consent-table.h"
#include "semio-study-private.h"

/* Of the sentences below; a new wording is a new version. */
#define TEXT_VERSION 1
#define NS_PER_MINUTE (60 * G_GINT64_CONSTANT (1000000000))

void
semio_consent_need_free (SemioConsentNeed *need)
{
  if (need == NULL)
    return;
  g_free (need->host);
  g_free (need);
}

SemioConsentWhat
semio_consent_need_what (const SemioRunConfig *config, SemioFeatureSet *features)
{
  SemioConsentWhat what = SEMIO_CONSENT_IMAGES;

  if (config->sound == SEMIO_SOUND_SCOPE_NONE)
    return what;
  for (guint i = 0; config->features && config->features[i]; i++)
    {
      int index = semio_feature_set_find (features, config->features[i]);

      if (index >= 0 && semio_feature_set_is_from_sound (features, (guint) index))
        what |= SEMIO_CONSENT_SOUND;
    }
  if (config->kinds & (1u << SEMIO_QUESTION_NARRATIVE))
    what |= SEMIO_CONSENT_SOUND;
  if (g_strcmp0 (config->enhancement, SEMIO_ENHANCEMENT_TRANSCRIPT) == 0)
    what |= SEMIO_CONSENT_TRANSCRIPT;
  return what;
}

/* Keeps of the needs those for which nothing stands. */
static gpointer
read_lacking (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *needs = data;
  g_autoptr (GPtrArray) lacking = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_consent_need_free);

  for (guint i = 0; i < needs->len; i++)
    {
      const SemioConsentNeed *need = needs->pdata[i];
      g_autoptr (GError) local = NULL;
      g_autoptr (SemioConsent) consent = semio_consent_table_find (database, need->host, need->is_plain, &local);
      SemioConsentNeed *copy;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (consent != NULL && (consent->what & need->what) == need->what)
        continue;
      copy = g_memdup2 (need, sizeof *need);
      copy->host = g_strdup (need->host);
      g_ptr_array_add (lacking, copy);
    }
  return g_steal_pointer (&lacking);
}

static void
lacking_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *lacking = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (lacking != NULL)
    g_task_return_pointer (task, lacking, (GDestroyNotify) g_ptr_array_unref);
  else
    semio_study_take_error (task, error);
}

static gboolean
has_host (GPtrArray *needs, const char *host, gboolean is_plain)
{
  for (guint i = 0; i < needs->len; i++)
    {
      const SemioConsentNeed *need = needs->pdata[i];

      if (g_str_equal (need->host, host) && need->is_plain == is_plain)
        return TRUE;
    }
  return FALSE;
}

void
semio_consent_need_list_async (SemioStudy *study, const SemioEndpoint *endpoint, SemioConsentWhat what, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  g_autoptr (GPtrArray) needs = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_consent_need_free);

  g_task_set_source_tag (task, semio_consent_need_list_async);
  for (guint i = 0; endpoint->urls && endpoint->urls[i]; i++)
    {
      SemioBaseUrl url = { NULL };
      GError *error = NULL;

      if (!semio_base_url_parse (endpoint->urls[i], &url, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      if (!url.is_loopback && !has_host (needs, url.host, url.is_plain))
        {
          SemioConsentNeed *need = g_new0 (SemioConsentNeed, 1);

          need->host = g_strdup (url.host);
          need->is_plain = url.is_plain;
          need->what = what;
          g_ptr_array_add (needs, need);
        }
      semio_base_url_clear (&url);
    }
  semio_store_service_read_async (study->store, read_lacking, g_ptr_array_ref (needs), (GDestroyNotify) g_ptr_array_unref,
                                  (GDestroyNotify) g_ptr_array_unref, cancellable, lacking_cb, g_object_ref (task));
}

GPtrArray *
semio_consent_need_list_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
write_consent (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  semio_consent_table_put (database, data, error);
  return NULL;
}

static void
agreed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    semio_study_take_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
semio_consent_need_agree_async (SemioStudy *study, const SemioConsentNeed *need, const SemioPredictPlan *plan,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  SemioConsent *consent;
  GError *error = NULL;

  g_task_set_source_tag (task, semio_consent_need_agree_async);
  if (!semio_study_check_writable (study, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  consent = semio_consent_new (need->host);
  consent->person_id = study->person ? study->person->id : 0;
  consent->plain_http = need->is_plain;
  consent->what = need->what;
  consent->n_patients = plan->n_patients;
  consent->n_recordings = plan->n_recordings;
  consent->bytes = -1;
  consent->text_version = TEXT_VERSION;
  semio_store_service_write_async (study->store, SEMIO_STORE_PRIORITY_EDIT, write_consent, consent,
                                   (GDestroyNotify) semio_consent_free, NULL, cancellable, agreed_cb, g_object_ref (task));
}

gboolean
semio_consent_need_agree_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
add_line (GString *text, char *line)
{
  g_string_append_printf (text, "%s%s", text->len ? "\n" : "", line);
  g_free (line);
}

char *
semio_consent_need_describe (const SemioConsentNeed *need, const SemioPredictPlan *plan)
{
  GString *text = g_string_new (NULL);
  gint64 minutes = (plan->sound_ns + NS_PER_MINUTE - 1) / NS_PER_MINUTE;
  guint frames = (guint) MIN (plan->frames, G_MAXUINT);
  g_autofree char *recordings =
      g_strdup_printf (ngettext ("%u recording", "%u recordings", plan->n_recordings), plan->n_recordings);

  add_line (text, g_strdup_printf (ngettext ("Pictures of %u patient would go to %s.", "Pictures of %u patients would go to %s.",
                                             plan->n_patients),
                                   plan->n_patients, need->host));
  add_line (text,
            g_strdup_printf (/* TRANSLATORS: %s is “3 recordings”. */
                             ngettext ("About %u picture of %s in this run.", "About %u pictures of %s in this run.", frames),
                             frames, recordings));
  if (need->what & SEMIO_CONSENT_SOUND)
    add_line (text,
              g_strdup_printf (ngettext ("About %" G_GINT64_FORMAT " minute of sound, with the voices in it.",
                                         "About %" G_GINT64_FORMAT " minutes of sound, with the voices in it.", (gulong) minutes),
                               minutes));
  if (need->what & SEMIO_CONSENT_TRANSCRIPT)
    add_line (text, g_strdup (_ ("What was said, as text.")));
  add_line (text, g_strdup (_ ("Faces and voices identify people. No file name, pseudonym or date is sent along.")));
  if (need->is_plain)
    add_line (text,
              g_strdup (_ ("The address begins with http: nothing is encrypted, and anyone on the way can see and hear it.")));
  add_line (text, g_strdup (_ ("What that machine keeps or passes on is beyond this program: ask whoever runs it.")));
  return g_string_free (text, FALSE);
}
