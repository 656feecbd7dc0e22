/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-transcribe.h"

#include <glib/gi18n-lib.h>

#include "semio-consent-need.h"
#include "semio-predict-media.h"
#include "semio-study-private.h"
#include "semio-transcript-table.h"
#include "semio-transcription.h"

/* Hosted services refuse longer ones: ten minutes are 19 MB. */
#define MAX_PART_NS (600 * SEMIO_NS_PER_SECOND)
#define MAX_IN_FLIGHT 1

typedef struct {
  SemioEndpoint *endpoint;
  SemioKey *key;
  char *model;
  char *host;
  GPtrArray *recordings; /* of SemioRecording */
  guint next;
  SemioRunConfig *config; /* says nothing of sound; media need one */
  SemioMediaWorker *worker;
  SemioTransfer *transfer;
  SemioTranscript *transcript; /* of the recording in work */
  gint64 at_ns; /* where its next part begins */
  SemioTranscribeResult *result;
  SemioProgressFunc progress;
  gpointer progress_data;
} Work;

static void next_recording (GTask *task);
static void next_part (GTask *task);

void
semio_transcribe_result_free (SemioTranscribeResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->problems);
  g_free (result);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  semio_endpoint_free (work->endpoint);
  g_clear_pointer (&work->key, semio_key_unref);
  g_free (work->model);
  g_free (work->host);
  g_ptr_array_unref (work->recordings);
  semio_run_config_free (work->config);
  g_object_unref (work->worker);
  g_object_unref (work->transfer);
  g_clear_pointer (&work->transcript, semio_transcript_free);
  g_clear_pointer (&work->result, semio_transcribe_result_free);
  g_free (work);
}

static const SemioRecording *
get_current (const Work *work)
{
  return work->recordings->pdata[work->next - 1];
}

/* Leaves the recording with a sentence; TRUE when all of it must end. Takes the error. */
static gboolean
give_up (GTask *task, GError *error)
{
  Work *work = g_task_get_task_data (task);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return TRUE;
    }
  work->result->n_failed++;
  g_ptr_array_add (work->result->problems, g_strdup_printf ("%s: %s", get_current (work)->pseudonym, error->message));
  g_error_free (error);
  return FALSE;
}

typedef struct {
  SemioUuid actor;
  gint64 recording_id;
  SemioTranscript *transcript;
  char *host;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  semio_transcript_free (keep->transcript);
  g_free (keep->host);
  g_free (keep);
}

static gpointer
write_transcript (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Keep *keep = data;
  const SemioUuid *actor = semio_uuid_is_nil (&keep->actor) ? NULL : &keep->actor;

  semio_transcript_table_put (database, actor, keep->recording_id, keep->transcript, keep->host, error);
  return NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    {
      /* A study that cannot be written to takes none of the others either. */
      semio_study_take_error (task, error);
      return;
    }
  work->result->n_made++;
  next_recording (task);
}

static void
keep_transcript (GTask *task)
{
  SemioStudy *study = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  Keep *keep = g_new0 (Keep, 1);

  keep->actor = semio_study_get_actor (study);
  keep->recording_id = get_current (work)->id;
  keep->transcript = g_steal_pointer (&work->transcript);
  keep->host = g_strdup (work->host);
  semio_store_service_write_async (study->store, SEMIO_STORE_PRIORITY_IMPORT, write_transcript, keep, keep_free, NULL, NULL,
                                   kept_cb, g_object_ref (task));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioTranscript) part = semio_transcription_ask_finish (SEMIO_TRANSFER (source), result, &error);

  if (part == NULL)
    {
      if (!give_up (task, error))
        next_recording (task);
      return;
    }
  if (work->transcript == NULL)
    {
      work->transcript = semio_transcript_new (work->model);
      work->transcript->language = g_strdup (part->language);
    }
  for (guint i = 0; i < part->lines->len; i++)
    {
      const SemioTranscriptLine *line = &g_array_index (part->lines, SemioTranscriptLine, i);

      semio_transcript_add (work->transcript, line->span, line->text);
    }
  work->at_ns += MAX_PART_NS;
  if (work->at_ns < get_current (work)->duration_ns)
    next_part (task);
  else
    keep_transcript (task);
}

static void
sound_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioSegmentMedia) media = semio_predict_media_load_finish (SEMIO_STUDY (source), result, &error);

  if (media == NULL)
    {
      if (!give_up (task, error))
        next_recording (task);
      return;
    }
  semio_transcription_ask_async (work->transfer, work->endpoint->urls[0], semio_key_get_text (work->key), work->model, media->wav,
                                 media->sound_span, work->endpoint->timeout_s, g_task_get_cancellable (task), asked_cb,
                                 g_object_ref (task));
}

static void
next_part (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  SemioMediaWish wish = { .recording_id = get_current (work)->id, .with_sound = TRUE };

  wish.span.begin_ns = work->at_ns;
  wish.span.end_ns = MIN (work->at_ns + MAX_PART_NS, get_current (work)->duration_ns);
  semio_predict_media_load_async (g_task_get_source_object (task), work->worker, work->config, &wish,
                                  g_task_get_cancellable (task), sound_cb, g_object_ref (task));
}

static gpointer
read_standing (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Work *work = data;

  return semio_transcript_table_find (database, get_current (work)->id, work->model, error);
}

static void
standing_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioTranscript) standing = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (error != NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  if (standing != NULL)
    {
      work->result->n_standing++;
      next_recording (task);
      return;
    }
  work->at_ns = 0;
  g_clear_pointer (&work->transcript, semio_transcript_free);
  next_part (task);
}

static void
next_recording (GTask *task)
{
  SemioStudy *study = g_task_get_source_object (task);
  Work *work = g_task_get_task_data (task);
  const SemioRecording *recording = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  while (recording == NULL && work->next < work->recordings->len)
    {
      recording = work->recordings->pdata[work->next++];
      if (recording->has_media && recording->sound == SEMIO_SOUND_PRESENT)
        break;
      work->result->n_without_sound++;
      recording = NULL;
    }
  if (work->progress)
    work->progress ((double) (work->next - (recording ? 1 : 0)) / MAX (work->recordings->len, 1), _ ("Writing down what is said"),
                    work->progress_data);
  if (recording == NULL)
    g_task_return_pointer (task, g_steal_pointer (&work->result), (GDestroyNotify) semio_transcribe_result_free);
  else
    semio_store_service_read_async (study->store, read_standing, work, NULL, (GDestroyNotify) semio_transcript_free,
                                    g_task_get_cancellable (task), standing_cb, g_object_ref (task));
}

static void
consents_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) needs = semio_consent_need_list_finish (SEMIO_STUDY (source), result, &error);

  if (needs == NULL)
    g_task_return_error (task, error);
  else if (needs->len > 0)
    g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_CONSENT,
                             _ ("Nobody agreed that sound of this study goes to %s. Nothing was sent."),
                             ((const SemioConsentNeed *) needs->pdata[0])->host);
  else
    next_recording (task);
}

static GPtrArray *
list_recordings (SemioStudy *study, GArray *chosen)
{
  GPtrArray *recordings = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_recording_unref);
  GListModel *cases = semio_study_get_cases (study);

  for (guint i = 0; i < g_list_model_get_n_items (cases); i++)
    {
      g_autoptr (SemioCase) item = g_list_model_get_item (cases, i);
      gboolean wanted = chosen == NULL;

      for (guint c = 0; !wanted && c < chosen->len; c++)
        wanted = g_array_index (chosen, gint64, c) == semio_case_get_id (item);
      if (wanted)
        g_ptr_array_add (recordings, semio_recording_ref ((SemioRecording *) semio_case_get_recording (item)));
    }
  return recordings;
}

void
semio_transcribe_async (SemioStudy *study, const SemioEndpoint *endpoint, SemioKey *key, const char *model, GArray *recordings,
                        SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);
  SemioBaseUrl url = { NULL };
  GError *error = NULL;

  g_task_set_source_tag (task, semio_transcribe_async);
  work->endpoint = semio_endpoint_copy (endpoint);
  work->key = key ? semio_key_ref (key) : NULL;
  work->model = g_strdup (model);
  work->recordings = list_recordings (study, recordings);
  work->config = semio_run_config_new_default (study->features);
  work->worker = semio_media_worker_new ();
  work->transfer = semio_transfer_new (MAX_IN_FLIGHT);
  work->result = g_new0 (SemioTranscribeResult, 1);
  work->result->problems = g_ptr_array_new_with_free_func (g_free);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, work_free);
  if (!semio_study_check_writable (study, &error) || !semio_base_url_parse (endpoint->urls[0], &url, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  work->host = g_strdup (url.host);
  semio_base_url_clear (&url);
  semio_consent_need_list_async (study, endpoint, SEMIO_CONSENT_SOUND, cancellable, consents_cb, g_object_ref (task));
}

SemioTranscribeResult *
semio_transcribe_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
read_newest (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  return semio_transcript_table_find (database, *(const gint64 *) data, NULL, error);
}

static void
newest_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioTranscript *transcript = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);

  if (error != NULL)
    semio_study_take_error (task, error);
  else
    g_task_return_pointer (task, transcript, (GDestroyNotify) semio_transcript_free);
}

void
semio_transcript_load_async (SemioStudy *study, gint64 recording_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (study, cancellable, callback, user_data);

  g_task_set_source_tag (task, semio_transcript_load_async);
  semio_store_service_read_async (study->store, read_newest, g_memdup2 (&recording_id, sizeof recording_id), g_free,
                                  (GDestroyNotify) semio_transcript_free, cancellable, newest_cb, task);
}

SemioTranscript *
semio_transcript_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
