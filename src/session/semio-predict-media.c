/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-predict-media.h"

#include <glib/gi18n-lib.h>

#include "semio-recording-table.h"
#include "semio-source.h"
#include "semio-study-private.h"
#include "semio-transcript-table.h"

#define NS_PER_S G_GINT64_CONSTANT (1000000000)

typedef struct {
  SemioMediaWorker *worker;
  SemioMediaWish wish;
  SemioSampleOptions options;
  gboolean with_transcript;
  GFile *file;
  SemioFrameIndex *index;
  SemioSegmentMedia *media;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->worker);
  g_clear_object (&load->file);
  g_clear_pointer (&load->index, semio_frame_index_unref);
  g_clear_pointer (&load->media, semio_segment_media_unref);
  g_free (load);
}

void
semio_predict_media_get_rate (const SemioRunConfig *config, SemioSpan span, guint *rate_num, guint *rate_den)
{
  gint64 length_ns = semio_span_get_length (span);
  gint64 whole_s = (length_ns + NS_PER_S - 1) / NS_PER_S;
  /* The first picture stands at the beginning, so a part of 30 s looked at twice a second has 60. */
  gint64 step_ns = NS_PER_S * config->rate_den / MAX (config->rate_num, 1);

  *rate_num = config->rate_num;
  *rate_den = config->rate_den;
  if (config->max_frames > 0 && (length_ns + step_ns - 1) / MAX (step_ns, 1) > (gint64) config->max_frames)
    {
      *rate_num = config->max_frames;
      *rate_den = (guint) MAX (whole_s, 1);
    }
}

static void
return_media (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&load->media), (GDestroyNotify) semio_segment_media_unref);
}

static void
sound_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->media->wav = semio_media_worker_sound_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  load->media->sound_span = load->wish.span;
  if (load->media->wav == NULL)
    g_task_return_error (task, error);
  else
    return_media (task);
}

static void
read_sound (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  if (!load->wish.with_sound)
    {
      return_media (task);
      return;
    }
  semio_media_worker_sound_async (load->worker, load->file, load->index, load->wish.span, g_task_get_cancellable (task), sound_cb,
                                  g_object_ref (task));
}

static void
sampled (gint64 frame, gint64 time_ns, guint width_px, guint height_px, GBytes *jpeg, gpointer user_data)
{
  Load *load = g_task_get_task_data (user_data);

  semio_segment_media_add_frame (load->media, frame, time_ns, width_px, height_px, jpeg);
}

static void
frames_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (semio_media_worker_sample_finish (SEMIO_MEDIA_WORKER (source), result, &error) < 0)
    g_task_return_error (task, error);
  else
    read_sound (task);
}

/* The transcript that goes along; without one there is nothing to enhance with. */
static gboolean
read_transcript (SemioDatabase *database, Load *load, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SemioTranscript) transcript = semio_transcript_table_find (database, load->wish.recording_id, NULL, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (transcript == NULL)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                           _ ("There is no transcript of this recording. Make one first, with “semio transcribe”."));
      return FALSE;
    }
  load->media->transcript = semio_transcript_to_text (transcript, load->wish.span);
  return TRUE;
}

static gpointer
read_records (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  Load *load = data;
  g_autoptr (GBytes) bytes = semio_recording_table_get_frame_index (database, load->wish.recording_id, error);

  if (bytes == NULL || (load->with_transcript && !read_transcript (database, load, error)))
    return NULL;
  return semio_frame_index_from_bytes (bytes, error);
}

/* The recording's own pixels, whatever it is read from. */
static void
source_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SemioCopy) found = semio_source_find_finish (result, &error);

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_set_object (&load->file, found->file);
  semio_frame_index_unref (load->index);
  load->index = semio_frame_index_ref (found->index);
  if (load->wish.with_frames)
    semio_media_worker_sample_async (load->worker, load->file, load->index, &load->options, sampled, task,
                                     g_task_get_cancellable (task), frames_cb, g_object_ref (task));
  else
    read_sound (task);
}

static void
index_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->index = semio_store_service_read_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (load->index == NULL)
    g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                             _ ("The study knows no frames of this recording. Add its video to the study first."));
  else
    {
      SemioCase *found = semio_study_find_case (g_task_get_source_object (task), load->wish.recording_id);

      if (found == NULL)
        g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                                 _ ("The recording is no longer in the study."));
      else
        semio_source_find_async (&semio_case_get_recording (found)->content, load->file, load->index, SEMIO_SOURCE_EXACT, NULL,
                                 NULL, g_task_get_cancellable (task), source_cb, g_object_ref (task));
    }
}

void
semio_predict_media_load_async (SemioStudy *study, SemioMediaWorker *worker, const SemioRunConfig *config,
                                const SemioMediaWish *wish, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (study, cancellable, callback, user_data);
  GFile *file = semio_study_get_media_file (study, wish->recording_id);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, semio_predict_media_load_async);
  load->worker = g_object_ref (worker);
  load->wish = *wish;
  load->options.span = wish->span;
  load->options.height_px = config->height_px;
  load->options.quality = config->quality;
  semio_predict_media_get_rate (config, wish->span, &load->options.rate_num, &load->options.rate_den);
  load->media = semio_segment_media_new (wish->span);
  g_task_set_task_data (task, load, load_free);
  if (file == NULL)
    {
      SemioCase *missing = semio_study_find_case (study, wish->recording_id);

      g_task_return_new_error (task, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                               _ ("The video of %s was not found. Put it beside the study, or say where it is with “Locate…”."),
                               missing ? semio_case_get_title (missing) : "?");
      return;
    }
  load->file = g_object_ref (file);
  load->with_transcript = wish->with_sound && g_strcmp0 (config->enhancement, SEMIO_ENHANCEMENT_TRANSCRIPT) == 0;
  semio_store_service_read_async (study->store, read_records, load, NULL, (GDestroyNotify) semio_frame_index_unref, cancellable,
                                  index_cb, g_object_ref (task));
}

SemioSegmentMedia *
semio_predict_media_load_finish (SemioStudy *study, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
