/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-media-worker.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "semio-media-error.h"
#include "semio-media-worker-private.h"

/* A helper that works tells how far it is several times a second; this long without a word means that it hangs. */
#define PATIENCE_MS 10000

struct _SemioMediaWorker {
  GObject parent_instance;

  GMainContext *context;
  SemioHelperProcess *process;
  GQueue requests; /* SemioMediaRequest; the first is the one being worked on when active */
  gboolean active;
  guint64 serial;
  GSource *next_source;
  gboolean deinterlaced;
};

G_DEFINE_FINAL_TYPE (SemioMediaWorker, semio_media_worker, G_TYPE_OBJECT)

static void start_next (SemioMediaWorker *self);

static void
request_free (SemioMediaRequest *request)
{
  if (request->cancel_source)
    g_source_destroy (request->cancel_source);
  g_clear_pointer (&request->cancel_source, g_source_unref);
  g_clear_object (&request->task);
  g_clear_object (&request->file);
  g_clear_pointer (&request->file_name, g_free);
  g_clear_pointer (&request->index, semio_frame_index_unref);
  g_clear_pointer (&request->body, g_variant_unref);
  if (request->out_fd >= 0)
    close (request->out_fd);
  if (request->data_free)
    request->data_free (request->data);
  g_free (request);
}

static gboolean
next_cb (gpointer user_data)
{
  SemioMediaWorker *self = user_data;

  g_clear_pointer (&self->next_source, g_source_unref);
  start_next (self);
  return G_SOURCE_REMOVE;
}

/* The next request starts from the main loop and not from within the answer to the last. */
static void
schedule_next (SemioMediaWorker *self)
{
  if (self->next_source || self->active || g_queue_is_empty (&self->requests))
    return;
  self->next_source = g_idle_source_new ();
  g_source_set_priority (self->next_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->next_source, next_cb, self, NULL);
  g_source_attach (self->next_source, self->context);
}

/* Takes the request that is being worked on off the queue. */
static SemioMediaRequest *
end_active (SemioMediaWorker *self)
{
  self->active = FALSE;
  if (self->process)
    semio_helper_process_expect (self->process, FALSE, FALSE);
  return g_queue_pop_head (&self->requests);
}

static void
fail_active (SemioMediaWorker *self, GError *error)
{
  SemioMediaRequest *request = end_active (self);

  g_task_return_error (request->task, error);
  request_free (request);
  schedule_next (self);
}

static void
stop_process (SemioMediaWorker *self)
{
  if (self->process)
    semio_helper_process_stop (self->process);
  g_clear_object (&self->process);
}

/* An answer that cannot be true: its sender is not trusted with anything more. */
static void
fail_with_nonsense (SemioMediaWorker *self, const GError *reason)
{
  SemioMediaRequest *request = g_queue_peek_head (&self->requests);

  stop_process (self);
  fail_active (self, g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER,
                                  _ ("%s: The video process gave an answer that cannot be used (%s)."), request->file_name,
                                  reason->message));
}

/* What answers a probe. */
static SemioMediaAnswer
answer_probe (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  SemioProbe *probe;

  if (message->type != SEMIO_MESSAGE_PROBED)
    return SEMIO_MEDIA_ANSWER_OTHER;
  probe = semio_helper_process_take_probe (message, error);
  if (!probe)
    return SEMIO_MEDIA_ANSWER_NONSENSE;
  request->result = probe;
  request->result_free = (GDestroyNotify) semio_probe_unref;
  return SEMIO_MEDIA_ANSWER_LAST;
}

static SemioMediaAnswer
answer_frame (SemioMediaRequest *request, SemioHelperProcess *process, SemioMessage *message, GError **error)
{
  SemioFrame *frame;

  if (message->type != SEMIO_MESSAGE_PICTURE)
    return SEMIO_MEDIA_ANSWER_OTHER;
  frame = semio_helper_process_take_picture (process, message, request->index, error);
  if (frame && frame->frame != request->frame)
    {
      semio_frame_unref (frame);
      g_set_error_literal (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("another frame than was asked for"));
      return SEMIO_MEDIA_ANSWER_NONSENSE;
    }
  if (!frame)
    return SEMIO_MEDIA_ANSWER_NONSENSE;
  request->result = frame;
  request->result_free = (GDestroyNotify) semio_frame_unref;
  return SEMIO_MEDIA_ANSWER_LAST;
}

static void
take_answer (SemioMediaWorker *self, SemioMediaRequest *request, SemioMessage *message)
{
  g_autoptr (GError) error = NULL;
  SemioMediaAnswer answer = request->answer (request, self->process, message, &error);

  if (answer == SEMIO_MEDIA_ANSWER_NONSENSE)
    fail_with_nonsense (self, error);
  else if (answer == SEMIO_MEDIA_ANSWER_LAST)
    {
      end_active (self);
      g_task_return_pointer (request->task, request->result, request->result_free);
      request_free (request);
      schedule_next (self);
    }
}

static void
message_cb (SemioHelperProcess *process, SemioMessage *message, gpointer user_data)
{
  g_autoptr (SemioMediaWorker) self = g_object_ref (SEMIO_MEDIA_WORKER (user_data));
  SemioMediaRequest *request = g_queue_peek_head (&self->requests);
  double fraction;

  if (!self->active || message->serial != self->serial)
    return;
  if (message->type == SEMIO_MESSAGE_PROGRESS)
    {
      g_variant_get (message->body, "(d)", &fraction);
      if (request->progress)
        request->progress (fraction >= 0.0 && fraction <= 1.0 ? fraction : -1.0, _ ("Reading the video"), request->progress_data);
    }
  else if (message->type == SEMIO_MESSAGE_ERROR)
    fail_active (self, semio_helper_process_take_error (message, request->file_name));
  else
    take_answer (self, request, message);
}

static void
gone_cb (SemioHelperProcess *process, guint why, gpointer user_data)
{
  g_autoptr (SemioMediaWorker) self = g_object_ref (SEMIO_MEDIA_WORKER (user_data));
  SemioMediaRequest *request = g_queue_peek_head (&self->requests);
  g_autofree char *sentence = NULL;

  g_clear_object (&self->process);
  if (!self->active)
    return;
  if (why == SEMIO_HELPER_GONE_HUNG)
    sentence = g_strdup_printf (
        _ ("%s: The video process did not answer any more and was stopped. The file may be damaged; copy or export it again."),
        request->file_name);
  else if (why == SEMIO_HELPER_GONE_NONSENSE)
    sentence = g_strdup_printf (
        _ ("%s: The video process gave an answer that cannot be used. The file may be damaged; copy or export it again."),
        request->file_name);
  else
    sentence = g_strdup_printf (
        _ ("%s: The video process stopped while it read this file. The file may be damaged; copy or export it again."),
        request->file_name);
  fail_active (self, g_error_new_literal (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, sentence));
}

static gboolean
ensure_process (SemioMediaWorker *self, GError **error)
{
  if (self->process)
    return TRUE;
  self->process = semio_helper_process_new (error);
  if (!self->process)
    return FALSE;
  semio_helper_process_set_patience_ms (self->process, PATIENCE_MS);
  g_signal_connect_object (self->process, "message", G_CALLBACK (message_cb), self, 0);
  g_signal_connect_object (self->process, "gone", G_CALLBACK (gone_cb), self, 0);
  return TRUE;
}

static gboolean
send_request (SemioMediaWorker *self, SemioMediaRequest *request, GError **error)
{
  int fds[3] = { semio_helper_process_open_file (request->file, error), -1, request->out_fd };
  int n_fds = request->out_fd >= 0 ? 3 : request->index ? 2 : 1;
  gboolean sent = FALSE;

  if (fds[0] < 0)
    return FALSE;
  if (request->index)
    fds[1] = semio_helper_process_share_index (request->index, error);
  if (n_fds == 1 || fds[1] >= 0)
    {
      sent = semio_helper_process_send (self->process, request->type, ++self->serial, request->body, fds, n_fds);
      if (!sent)
        g_set_error (error, SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_HELPER, _ ("%s: The video process cannot be reached."),
                     request->file_name);
    }
  close (fds[0]);
  if (fds[1] >= 0)
    close (fds[1]);
  return sent;
}

static void
start_next (SemioMediaWorker *self)
{
  SemioMediaRequest *request = g_queue_peek_head (&self->requests);
  GError *error = NULL;

  if (self->active || !request)
    return;
  self->active = TRUE;
  if (!ensure_process (self, &error) || !send_request (self, request, &error))
    {
      fail_active (self, error);
      return;
    }
  semio_helper_process_expect (self->process, TRUE, FALSE);
}

/* The helper may be deep in a decoder that knows nothing of cancelling, so it is stopped; the next request starts another. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  SemioMediaRequest *request = user_data;
  g_autoptr (SemioMediaWorker) self = g_object_ref (g_task_get_source_object (request->task));

  if (self->active && g_queue_peek_head (&self->requests) == request)
    {
      self->active = FALSE;
      stop_process (self);
    }
  g_queue_remove (&self->requests, request);
  g_task_return_error_if_cancelled (request->task);
  request_free (request);
  schedule_next (self);
  return G_SOURCE_REMOVE;
}

SemioMediaRequest *
semio_media_request_new (SemioMediaWorker *self, SemioMessageType type, GFile *file, GVariant *body, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request = g_new0 (SemioMediaRequest, 1);

  request->type = type;
  request->task = g_task_new (self, cancellable, callback, user_data);
  request->file = g_object_ref (file);
  request->file_name = g_file_get_basename (file);
  request->body = body ? g_variant_ref_sink (body) : NULL;
  request->out_fd = -1;
  return request;
}

void
semio_media_request_refuse (SemioMediaRequest *request, GError *error)
{
  g_task_return_error (request->task, error);
  request_free (request);
}

/* The task holds the worker, so a worker lives until its last answer. */
void
semio_media_request_start (SemioMediaRequest *request)
{
  SemioMediaWorker *self = g_task_get_source_object (request->task);
  GCancellable *cancellable = g_task_get_cancellable (request->task);

  if (g_task_return_error_if_cancelled (request->task))
    {
      request_free (request);
      return;
    }
  g_queue_push_tail (&self->requests, request);
  if (cancellable)
    {
      request->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancel_source, G_SOURCE_FUNC (cancelled_cb), request, NULL);
      g_source_attach (request->cancel_source, self->context);
    }
  schedule_next (self);
}

/**
 * semio_media_worker_probe_async:
 * @file: a file of this machine
 * @progress: (nullable): told the share read
 *
 * Reads the whole of a file. Fails with #SemioMediaError, the file's name in the message.
 */
void
semio_media_worker_probe_async (SemioMediaWorker *self, GFile *file, SemioProgressFunc progress, gpointer progress_data,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));

  request = semio_media_request_new (self, SEMIO_MESSAGE_PROBE, file, NULL, cancellable, callback, user_data);
  g_task_set_source_tag (request->task, semio_media_worker_probe_async);
  request->answer = answer_probe;
  request->progress = progress;
  request->progress_data = progress_data;
  semio_media_request_start (request);
}

SemioProbe *
semio_media_worker_probe_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * semio_media_worker_set_deinterlaced:
 * @self: a worker
 * @deinterlaced: whether the combs of interlaced frames are taken away, as semio_player_set_deinterlaced() does
 *
 * For the frames that are asked for from now on; at first they come as they are.
 */
void
semio_media_worker_set_deinterlaced (SemioMediaWorker *self, gboolean deinterlaced)
{
  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));

  self->deinterlaced = deinterlaced;
}

/**
 * semio_media_worker_frame_async:
 * @index: the frame index of exactly this file
 * @frame: from 0
 * @max_width_px: largest width, 0 for any
 * @max_height_px: largest height, 0 for any
 *
 * Decodes one frame. What comes back is that frame and no other, or %SEMIO_MEDIA_ERROR_NOT_VERIFIED.
 */
void
semio_media_worker_frame_async (SemioMediaWorker *self, GFile *file, SemioFrameIndex *index, gint64 frame, int max_width_px,
                                int max_height_px, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SemioMediaRequest *request;

  g_return_if_fail (SEMIO_IS_MEDIA_WORKER (self));
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (index != NULL);

  request = semio_media_request_new (
      self, SEMIO_MESSAGE_FRAME, file,
      g_variant_new ("(xuub)", frame, (guint32) MAX (max_width_px, 0), (guint32) MAX (max_height_px, 0), self->deinterlaced),
      cancellable, callback, user_data);
  g_task_set_source_tag (request->task, semio_media_worker_frame_async);
  if (frame < 0 || frame >= semio_frame_index_get_n_frames (index))
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *wanted = g_strdup_printf ("%" G_GINT64_FORMAT, frame);
      g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, semio_frame_index_get_n_frames (index) - 1);

      semio_media_request_refuse (request, g_error_new (SEMIO_MEDIA_ERROR, SEMIO_MEDIA_ERROR_LIMIT,
                                                        _ ("%s: There is no frame %s; the video has the frames 0 to %s."), name,
                                                        wanted, last));
      return;
    }
  request->index = semio_frame_index_ref (index);
  request->frame = frame;
  request->answer = answer_frame;
  semio_media_request_start (request);
}

SemioFrame *
semio_media_worker_frame_finish (SemioMediaWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

int
semio_media_worker_get_helper_pid (SemioMediaWorker *self)
{
  g_return_val_if_fail (SEMIO_IS_MEDIA_WORKER (self), 0);

  return self->process ? semio_helper_process_get_pid (self->process) : 0;
}

SemioMediaWorker *
semio_media_worker_new (void)
{
  return g_object_new (SEMIO_TYPE_MEDIA_WORKER, NULL);
}

static void
semio_media_worker_dispose (GObject *object)
{
  SemioMediaWorker *self = SEMIO_MEDIA_WORKER (object);

  if (self->next_source)
    g_source_destroy (self->next_source);
  g_clear_pointer (&self->next_source, g_source_unref);
  stop_process (self);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (semio_media_worker_parent_class)->dispose (object);
}

static void
semio_media_worker_class_init (SemioMediaWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_media_worker_dispose;
}

static void
semio_media_worker_init (SemioMediaWorker *self)
{
  self->context = g_main_context_ref_thread_default ();
  g_queue_init (&self->requests);
}
