/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-samples.h"

#include <glib/gi18n-lib.h>

#include "semio-media-error.h"
#include "semio-media-worker-private.h"
#include "semio-sample-plan.h"
#include "semio-shared-memory.h"

#define MAX_JPEG_BYTES ((gsize) 64 * 1024 * 1024)
#define MAX_WAV_BYTES ((gsize) 1024 * 1024 * 1024)
#define MAX_SIDE_PX 16384

/* The pictures that a request waits for. */
typedef struct {
  GArray *frames;
  guint n_told;
  SemioSampleFunc sampled;
  gpointer sampled_data;
} Sampling;

static void
sampling_free (gpointer data)
{
  Sampling *sampling = data;

  g_array_unref (sampling->frames);
  g_free (sampling);
}

static SemioMediaAnswer
refuse (GError **error)
{
  g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("another picture than was asked for"));
  return SEMIO_MEDIA_ANSWER_NONSENSE;
}

static SemioMediaAnswer
take_sample (SemioMediaRequest *request, Sampling *sampling, SemioMessage *message, GError **error)
{
  guint32 width_px, height_px, n_bytes;
  g_autoptr (GBytes) jpeg = NULL;
  gint64 frame;

  g_variant_get (message->body, "(xuuu)", &frame, &width_px, &height_px, &n_bytes);
  if (sampling->n_told >= sampling->frames->len || frame != g_array_index (sampling->frames, gint64, sampling->n_told)
      || width_px < 1 || width_px > MAX_SIDE_PX || height_px < 1 || height_px > MAX_SIDE_PX)
    return refuse (error);
  jpeg = semio_shared_memory_read (message->fds[0], MAX_JPEG_BYTES, error);
  if (!jpeg)
    return SEMIO_MEDIA_ANSWER_NONSENSE;
  if (g_bytes_get_size (jpeg) != n_bytes)
    return refuse (error);
  sampling->n_told++;
  sampling->sampled (frame, semio_frame_index_get_time_ns (request->index, frame), width_px, height_px, jpeg,
                     sampling->sampled_data);
  return SEMIO_MEDIA_ANSWER_MORE;
}

static SemioMediaAnswer
answer_sample (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  Sampling *sampling = request->data;
  guint32 n;

  if (message->type == SEMIO_MESSAGE_SAMPLED)
    return take_sample (request, sampling, message, error);
  if (message->type != SEMIO_MESSAGE_SAMPLED_ALL)
    return SEMIO_MEDIA_ANSWER_OTHER;
  g_variant_get (message->body, "(u)", &n);
  if (n != sampling->n_told || n != sampling->frames->len)
    return refuse (error);
  request->result = GSIZE_TO_POINTER ((gsize) n);
  return SEMIO_MEDIA_ANSWER_LAST;
}

/**
 * semio_media_worker_sample_async:
 * @file: a file of this machine
 * @index: the frame index of exactly this file
 * @options: what is wanted
 * @sampled: told of every picture
 *
 * Samples a part of a recording. Fails with #SemioMediaError, the file's name in the message.
 */
void
semio_media_worker_sample_async (SemioMediaWorker *self, GFile *file, SemioFrameIndex *index, const SemioSampleOptions *options,
                                 SemioSampleFunc sampled, gpointer sampled_data, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request;
  Sampling *sampling;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL && sampled != NULL);
  g_return_if_fail (options->rate_num > 0 && options->rate_den > 0);

  request = semio_media_request_new (self, SEMIO_MESSAGE_SAMPLE, file,
                                     g_variant_new ("(xxuuuu)", options->span.begin_ns, options->span.end_ns, options->rate_num,
                                                    options->rate_den, options->height_px, options->quality),
                                     cancellable, callback, user_data);
  g_task_set_source_tag (request->task, semio_media_worker_sample_async);
  sampling = g_new0 (Sampling, 1);
  sampling->frames = semio_sample_plan_new (index, options->span, options->rate_num, options->rate_den);
  sampling->sampled = sampled;
  sampling->sampled_data = sampled_data;
  request->index = semio_frame_index_ref (index);
  request->data = sampling;
  request->data_free = sampling_free;
  request->answer = answer_sample;
  semio_media_request_start (request);
}

gint64
semio_media_worker_sample_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  GError *reason = NULL;
  gsize n;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  n = GPOINTER_TO_SIZE (g_task_propagate_pointer (G_TASK (result), &reason));
  if (!reason)
    return (gint64) n;
  g_propagate_error (error, reason);
  return -1;
}

static SemioMediaAnswer
answer_sound (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  if (message->type != SEMIO_MESSAGE_SAMPLED_SOUND)
    return SEMIO_MEDIA_ANSWER_OTHER;
  request->result = semio_shared_memory_read (message->fds[0], MAX_WAV_BYTES, error);
  request->result_free = (GDestroyNotify) g_bytes_unref;
  return request->result ? SEMIO_MEDIA_ANSWER_LAST : SEMIO_MEDIA_ANSWER_NONSENSE;
}

/**
 * semio_media_worker_sound_async:
 * @file: a file of this machine
 * @index: the frame index of exactly this file
 * @span: the part of the recording
 *
 * Cuts out sound. Fails with #SemioMediaError, the file's name in the message.
 */
void
semio_media_worker_sound_async (SemioMediaWorker *self, GFile *file, SemioFrameIndex *index, SemioSpan span,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL);

  request = semio_media_request_new (self, SEMIO_MESSAGE_SAMPLE_SOUND, file, g_variant_new ("(xx)", span.begin_ns, span.end_ns),
                                     cancellable, callback, user_data);
  g_task_set_source_tag (request->task, semio_media_worker_sound_async);
  request->index = semio_frame_index_ref (index);
  request->answer = answer_sound;
  semio_media_request_start (request);
}

GBytes *
semio_media_worker_sound_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
