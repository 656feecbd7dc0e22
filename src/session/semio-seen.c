/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-seen.h"

#include <glib/gi18n-lib.h>

#include "semio-chat-request.h"
#include "semio-live-table.h"
#include "semio-predict-media.h"
#include "semio-predict-salt.h"
#include "semio-sent-table.h"
#include "semio-study-private.h"

typedef struct {
  gint64 run_id;
  SemioQuestionKey key;
  char *group;
  SemioRunConfig *config;
  SemioSentSegment *sent;
  SemioModelReply *reply;
  SemioModelReply *onset, *narrative; /* (nullable): asked beside it */
  SemioMediaWorker *worker;
  SemioSeen *seen;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->group);
  semio_run_config_free (load->config);
  g_clear_pointer (&load->sent, semio_sent_segment_free);
  g_clear_pointer (&load->reply, semio_model_reply_free);
  g_clear_pointer (&load->onset, semio_model_reply_free);
  g_clear_pointer (&load->narrative, semio_model_reply_free);
  g_clear_pointer (&load->seen, semio_seen_free);
  g_clear_object (&load->worker);
  g_free (load);
}

void
semio_seen_free (SemioSeen *seen)
{
  if (seen == NULL)
    return;
  g_array_unref (seen->times);
  g_clear_pointer (&seen->media, semio_segment_media_unref);
  g_clear_pointer (&seen->reply, semio_model_reply_free);
  g_clear_pointer (&seen->onset, semio_model_reply_free);
  g_clear_pointer (&seen->narrative, semio_model_reply_free);
  g_free (seen->question);
  g_free (seen->instructions);
  g_free (seen->host);
  g_free (seen->prompts);
  g_free (seen);
}

static gpointer
read_records (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autoptr (GError) local = NULL;

  load->sent = semio_sent_table_find (database, load->run_id, load->key.recording_id, load->key.segment, load->group, &local);
  if (local == NULL)
    load->reply = semio_live_table_get_reply (database, load->run_id, load->key.recording_id, load->key.kind, load->key.feature,
                                              load->key.segment, -1, &local);
  if (local == NULL && load->key.kind == SEMIO_QUESTION_ANSWER)
    load->onset = semio_live_table_get_reply (database, load->run_id, load->key.recording_id, SEMIO_QUESTION_ONSET,
                                              load->key.feature, load->key.segment, -1, &local);
  if (local == NULL && load->key.kind == SEMIO_QUESTION_ANSWER)
    load->narrative = semio_live_table_get_reply (database, load->run_id, load->key.recording_id, SEMIO_QUESTION_NARRATIVE,
                                                  SEMIO_FEATURE_NONE, SEMIO_SEGMENT_WHOLE, -1, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* What can be told without the video. */
static SemioSeen *
make_seen (const Load *load, SemioFeatureSet *features)
{
  SemioSeen *seen = g_new0 (SemioSeen, 1);
  const SemioRunConfig *config = load->config;
  const char *feature = load->key.feature == SEMIO_FEATURE_NONE ? NULL : semio_feature_set_get (features, load->key.feature)->id;

  seen->state = SEMIO_SEEN_UNKNOWN;
  seen->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < load->sent->pictures->len; i++)
    g_array_append_val (seen->times, g_array_index (load->sent->pictures, SemioSentPicture, i).time_ns);
  seen->has_sound = load->sent->has_sound;
  seen->has_transcript = load->sent->has_transcript;
  seen->question = g_strdup (semio_prompt_set_get_question (config->prompts, load->key.kind, feature));
  seen->instructions = g_strjoin ("\n\n", semio_prompt_set_get_system (config->prompts),
                                  semio_prompt_set_get_instructions (config->prompts), NULL);
  seen->prompts = g_strdup_printf (_ ("%s, version %u"), semio_prompt_set_get_name (config->prompts),
                                   semio_prompt_set_get_version (config->prompts));
  seen->host = g_strdup (load->reply && load->reply->host ? load->reply->host : load->sent->host);
  seen->utc_us = load->sent->utc_us;
  seen->reply = load->reply ? semio_model_reply_copy (load->reply) : NULL;
  seen->onset = load->onset ? semio_model_reply_copy (load->onset) : NULL;
  seen->narrative = load->narrative ? semio_model_reply_copy (load->narrative) : NULL;
  return seen;
}

static gboolean
is_same (const Load *load, SemioStudy *study, SemioSegmentMedia *media)
{
  g_autofree char *salt = semio_predict_make_salt (semio_study_get_uuid (study));
  gboolean with_frames = load->sent->pictures->len > 0;
  gboolean with_sound = load->sent->has_sound || load->sent->has_transcript;
  /* How a server takes sound and schemas is not science and not kept with the run: each way is tried. */
  static const SemioSoundPart parts[] = { SEMIO_SOUND_PART_INPUT_AUDIO, SEMIO_SOUND_PART_AUDIO_URL, SEMIO_SOUND_PART_NONE };

  for (guint i = 0; i < G_N_ELEMENTS (parts) * 4; i++)
    {
      SemioDialect dialect;
      g_autoptr (SemioChatPrefix) prefix = NULL;
      SemioSha256 hash;

      semio_dialect_init (&dialect);
      dialect.sound = parts[i / 4];
      dialect.cache_salt = (i & 1) != 0;
      dialect.schema = (i & 2) ? SEMIO_SCHEMA_NONE : SEMIO_SCHEMA_RESPONSE_FORMAT;
      prefix = semio_chat_prefix_new (load->config, &dialect, media, with_frames, with_sound, salt);
      hash = semio_chat_prefix_get_hash (prefix);
      if (semio_sha256_equal (&hash, &load->sent->prefix))
        return TRUE;
      if (!with_sound && i / 4 > 0)
        break;
    }
  return FALSE;
}

static void
media_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  SemioStudy *study = SEMIO_STUDY (source);
  g_autoptr (GError) error = NULL;
  SemioSegmentMedia *media = semio_predict_media_load_finish (study, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (media != NULL)
    {
      load->seen->media = media;
      load->seen->state = is_same (load, study, media) ? SEMIO_SEEN_SAME : SEMIO_SEEN_DIFFERENT;
    }
  g_task_return_pointer (task, g_steal_pointer (&load->seen), (GDestroyNotify) semio_seen_free);
}

static void
records_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  SemioStudy *study = g_task_get_source_object (task);
  SemioCase *found = semio_study_find_case (study, load->key.recording_id);
  SemioMediaWish wish = { .recording_id = load->key.recording_id };
  guint num, den;
  GError *error = NULL;

  semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    {
      semio_study_take_error (task, error);
      return;
    }
  if (load->sent == NULL || found == NULL)
    {
      g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                               _ ("What the model was shown is not known: nothing of it stands in the study."));
      return;
    }
  load->seen = make_seen (load, study->features);
  wish.span =
      load->key.segment == SEMIO_SEGMENT_WHOLE
          ? (SemioSpan){ 0, semio_case_get_recording (found)->duration_ns }
          : semio_run_config_get_segment (load->config, (guint) load->key.segment, semio_case_get_recording (found)->duration_ns);
  load->seen->span = wish.span;
  semio_predict_media_get_rate (load->config, wish.span, &num, &den);
  load->seen->pictures_per_second = (double) num / den;
  wish.with_frames = load->sent->pictures->len > 0;
  wish.with_sound = load->sent->has_sound || load->sent->has_transcript;
  load->worker = semio_media_worker_new ();
  semio_predict_media_load_async (study, load->worker, load->config, &wish, g_task_get_cancellable (task), media_cb,
                                  g_object_ref (task));
}

static const char *
find_group (SemioStudy *study, const SemioQuestionKey *key)
{
  if (key->kind == SEMIO_QUESTION_NARRATIVE)
    return "narrative";
  return semio_feature_set_is_from_sound (study->features, key->feature) ? "sound" : "frames";
}

void
semio_seen_load_async (SemioStudy *study, gint64 run_id, const SemioQuestionKey *key, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  GPtrArray *runs = semio_study_get_runs (study);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, semio_seen_load_async);
  g_task_set_task_data (task, load, load_free);
  load->run_id = run_id;
  load->key = *key;
  load->group = g_strdup (find_group (study, key));
  for (guint i = 0; i < runs->len && load->config == NULL; i++)
    {
      const SemioRun *run = runs->pdata[i];

      if (run->id == run_id && run->settings)
        load->config = semio_run_config_parse (run->settings, -1, NULL);
    }
  if (load->config == NULL)
    {
      g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                               _ ("What the model was shown is not known: its answers were imported from a file."));
      return;
    }
  semio_store_service_read_async (study->store, read_records, load, NULL, NULL, cancellable, records_cb, g_object_ref (task));
}

SemioSeen *
semio_seen_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
