/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-copy-maker.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "semio-media-copies.h"
#include "semio-media-error.h"

/* How often a copy that is made elsewhere is asked after. */
#define BUSY_MS 250

typedef struct {
  SemioMediaCopyKind kind;
  SemioSha256 content;
  GFile *file;
  SemioFrameIndex *index;
  gint64 n_bytes;
  SemioProgressFunc progress;
  gpointer progress_data;
  SemioMediaWorker *worker;
  int fd; /* of the file that is written, -1 none */
  SemioFrameIndex *made;
} Make;

static void begin (GTask *task);

static void
make_free (Make *make)
{
  if (make->fd >= 0)
    semio_copy_cache_abandon (&make->content, make->kind, make->fd);
  g_object_unref (make->file);
  g_clear_object (&make->worker);
  semio_frame_index_unref (make->index);
  g_clear_pointer (&make->made, semio_frame_index_unref);
  g_free (make);
}

static void
progress_cb (double fraction, const char *what, gpointer user_data)
{
  Make *make = user_data;

  if (make->progress)
    make->progress (fraction,
                    make->kind == SEMIO_MEDIA_COPY_PROXY ? _ ("Making a copy for quick steps")
                                                         : _ ("Putting the video together from its fragments"),
                    make->progress_data);
}

static void
keep_thread (GTask *keep, gpointer source, gpointer data, GCancellable *cancellable)
{
  Make *make = data;
  GError *error = NULL;
  int fd = make->fd;
  SemioCopy *copy;

  make->fd = -1;
  copy = semio_copy_cache_finish (&make->content, make->kind, fd, make->made, &error);
  if (copy)
    g_task_return_pointer (keep, copy, (GDestroyNotify) semio_copy_free);
  else
    g_task_return_error (keep, error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SemioCopy *copy = g_task_propagate_pointer (G_TASK (result), &error);

  if (copy)
    g_task_return_pointer (task, copy, (GDestroyNotify) semio_copy_free);
  else
    g_task_return_error (task, error);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Make *make = g_task_get_task_data (task);
  g_autoptr (GTask) keep = NULL;
  GError *error = NULL;

  make->made = semio_media_worker_copy_finish (SEMIO_MEDIA_WORKER (source), result, &error);
  /* It ends, and with it its hold on the file. */
  g_clear_object (&make->worker);
  if (!make->made)
    {
      semio_copy_cache_abandon (&make->content, make->kind, make->fd);
      make->fd = -1;
      g_task_return_error (task, error);
      return;
    }
  keep = g_task_new (NULL, NULL, kept_cb, g_object_ref (task));
  g_task_set_task_data (keep, make, NULL);
  g_task_run_in_thread (keep, keep_thread);
}

/* Either there is one now, or a file for it, or it is made elsewhere. */
static void
begin_thread (GTask *look, gpointer source, gpointer data, GCancellable *cancellable)
{
  Make *make = data;
  GError *error = NULL;
  SemioCopy *copy = semio_copy_cache_load (&make->content, make->kind, make->index);

  if (!copy)
    {
      make->fd = semio_copy_cache_begin (&make->content, make->kind, make->n_bytes, &error);
      /* It may have become whole between the two. */
      copy = make->fd >= 0 ? semio_copy_cache_load (&make->content, make->kind, make->index) : NULL;
    }
  if (copy && make->fd >= 0)
    {
      semio_copy_cache_abandon (&make->content, make->kind, make->fd);
      make->fd = -1;
    }
  if (error)
    g_task_return_error (look, error);
  else
    g_task_return_pointer (look, copy, (GDestroyNotify) semio_copy_free);
}

static gboolean
again_cb (gpointer user_data)
{
  begin (user_data);
  return G_SOURCE_REMOVE;
}

static void
wait_for_other (GTask *task)
{
  g_autoptr (GSource) source = g_timeout_source_new (BUSY_MS);

  progress_cb (-1, NULL, g_task_get_task_data (task));
  g_source_set_callback (source, again_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Make *make = g_task_get_task_data (task);
  GError *error = NULL;
  SemioCopy *copy = g_task_propagate_pointer (G_TASK (result), &error);

  if (copy)
    g_task_return_pointer (task, copy, (GDestroyNotify) semio_copy_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    {
      g_error_free (error);
      wait_for_other (task);
    }
  else if (error)
    g_task_return_error (task, error);
  else
    {
      make->worker = semio_media_worker_new ();
      semio_media_worker_copy_async (make->worker, make->kind, make->file, make->index, fcntl (make->fd, F_DUPFD_CLOEXEC, 3),
                                     progress_cb, make, g_task_get_cancellable (task), made_cb, g_object_ref (task));
    }
}

static void
begin (GTask *task)
{
  g_autoptr (GTask) look = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  look = g_task_new (NULL, NULL, begun_cb, g_object_ref (task));
  g_task_set_task_data (look, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (look, begin_thread);
}

void
semio_copy_make_async (SemioMediaCopyKind kind, const SemioSha256 *content, GFile *file, SemioFrameIndex *index, gint64 n_bytes,
                       SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Make *make = g_new0 (Make, 1);

  g_task_set_source_tag (task, semio_copy_make_async);
  make->kind = kind;
  make->content = *content;
  make->file = g_object_ref (file);
  make->index = semio_frame_index_ref (index);
  make->n_bytes = n_bytes;
  make->progress = progress;
  make->progress_data = progress_data;
  make->fd = -1;
  g_task_set_task_data (task, make, (GDestroyNotify) make_free);
  begin (task);
}

SemioCopy *
semio_copy_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
