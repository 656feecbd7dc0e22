/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-prompt-trial.h"

#include <glib/gi18n-lib.h>

#include "semio-chat-request.h"
#include "semio-consent-need.h"
#include "semio-key.h"
#include "semio-predict-media.h"
#include "semio-predict-salt.h"
#include "semio-study-private.h"
#include "semio-verdict.h"

/* As long as a run waits for half an answer. */
#define STALL_S 60

/* Owned by its task. */
typedef struct {
  SemioRunConfig *config;
  SemioEndpoint *endpoint;
  SemioKey *key;
  SemioMediaWish wish;
  SemioQuestionKind kind;
  guint feature;
  SemioMediaWorker *worker;
  SemioTransfer *transfer;
  SemioReplyDomain domain;
  char *host;
} Trial;

static void
trial_free (gpointer data)
{
  Trial *trial = data;

  semio_run_config_free (trial->config);
  semio_endpoint_free (trial->endpoint);
  g_clear_pointer (&trial->key, semio_key_unref);
  g_clear_object (&trial->worker);
  g_clear_object (&trial->transfer);
  g_free (trial->host);
  g_free (trial);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SemioResponse) response = semio_transfer_send_finish (SEMIO_TRANSFER (source), result, &error);
  g_autoptr (SemioModelReply) reply = semio_model_reply_new ();
  GError *stop = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (semio_verdict_read (response, error, trial->host, &trial->domain, reply, &stop) == SEMIO_VERDICT_STOP)
    g_task_return_error (task, stop);
  else
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) semio_model_reply_free);
}

static void
send_question (GTask *task, SemioSegmentMedia *media)
{
  SemioStudy *study = g_task_get_source_object (task);
  Trial *trial = g_task_get_task_data (task);
  const SemioFeature *feature =
      trial->feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (study->features, trial->feature);
  const char *text = semio_prompt_set_get_question (trial->config->prompts, trial->kind, feature ? feature->id : NULL);
  g_autofree char *salt = semio_predict_make_salt (semio_study_get_uuid (study));
  g_autoptr (SemioChatPrefix) prefix = semio_chat_prefix_new (trial->config, &trial->endpoint->dialect, media,
                                                              trial->wish.with_frames, trial->wish.with_sound, salt);
  g_autoptr (GBytes) tail = semio_chat_tail_new (prefix, trial->kind, feature, text, trial->config->max_tokens);
  GBytes *const parts[] = { semio_chat_prefix_get_bytes (prefix), tail, NULL };
  SemioBaseUrl url = { NULL };
  g_autofree char *address = NULL;
  SemioRequest request = { .method = "POST", .content_type = "application/json", .parts = parts };
  GError *error = NULL;

  if (!semio_base_url_parse (trial->endpoint->urls[0], &url, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  address = g_strconcat (url.url, "/v1/chat/completions", NULL);
  trial->host = g_strdup (url.host);
  semio_base_url_clear (&url);
  trial->domain.kind = trial->kind;
  trial->domain.takes_na = feature && feature->takes_na;
  trial->domain.span = trial->wish.span;
  trial->transfer = semio_transfer_new (1);
  request.url = address;
  request.key = semio_key_get_text (trial->key);
  request.max_bytes = SEMIO_REPLY_MAX_BYTES;
  request.timeout_s = trial->endpoint->timeout_s;
  request.stall_s = STALL_S;
  semio_transfer_send_async (trial->transfer, &request, g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

static void
media_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SemioSegmentMedia) media = semio_predict_media_load_finish (SEMIO_STUDY (source), result, &error);

  if (media != NULL)
    send_question (task, media);
  else
    g_task_return_error (task, error);
}

static void
consents_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Trial *trial = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) needs = semio_consent_need_list_finish (SEMIO_STUDY (source), result, &error);

  if (needs != NULL && needs->len > 0)
    error = g_error_new (SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT,
                         _ ("Nobody agreed yet that pictures of this study go to %s: begin a run with this server, and agree "
                            "there. Nothing was sent."),
                         ((SemioConsentNeed *) needs->pdata[0])->host);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  trial->worker = semio_media_worker_new ();
  semio_predict_media_load_async (SEMIO_STUDY (source), trial->worker, trial->config, &trial->wish, g_task_get_cancellable (task),
                                  media_cb, g_object_ref (task));
}

/* What the question is shown. FALSE when it cannot be put. */
static gboolean
choose_media (SemioStudy *study, Trial *trial, gint64 recording_id, guint segment, GError **error)
{
  const SemioFeature *feature =
      trial->feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (study->features, trial->feature);
  gboolean by_ear = feature != NULL && semio_feature_set_is_from_sound (study->features, trial->feature);
  SemioCase *found = semio_study_find_case (study, recording_id);
  const SemioRecording *recording = found != NULL ? semio_case_get_recording (found) : NULL;

  if (recording == NULL || !recording->has_media)
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                         _ ("The recording has no video: choose another one."));
  else if (semio_prompt_set_get_question (trial->config->prompts, trial->kind, feature ? feature->id : NULL) == NULL)
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                         _ ("The prompt set does not ask this: choose another question, or write its words first."));
  else if (by_ear && recording->sound != SEMIO_SOUND_PRESENT)
    g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                         _ ("This is judged by ear, and the recording has no sound: choose another one."));
  else
    {
      trial->wish.recording_id = recording_id;
      trial->wish.span = semio_run_config_get_segment (trial->config, segment, recording->duration_ns);
      trial->wish.with_frames = !by_ear || trial->config->frames_with_sound;
      trial->wish.with_sound = by_ear && trial->endpoint->dialect.sound != SEMIO_SOUND_PART_NONE;
      return TRUE;
    }
  return FALSE;
}

void
semio_prompt_trial_async (SemioStudy *study, const SemioRunConfig *config, const SemioEndpoint *endpoint, const char *key,
                          gint64 recording_id, guint segment, SemioQuestionKind kind, guint feature, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  Trial *trial = g_new0 (Trial, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_prompt_trial_async);
  trial->config = semio_run_config_copy (config);
  trial->endpoint = semio_endpoint_copy (endpoint);
  trial->key = semio_key_new (key);
  trial->kind = kind;
  trial->feature = feature;
  g_task_set_task_data (task, trial, trial_free);
  if (choose_media (study, trial, recording_id, segment, &error))
    semio_consent_need_list_async (study, trial->endpoint,
                                   SEMIO_CONSENT_IMAGES | (trial->wish.with_sound ? SEMIO_CONSENT_SOUND : 0), cancellable,
                                   consents_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

SemioModelReply *
semio_prompt_trial_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
