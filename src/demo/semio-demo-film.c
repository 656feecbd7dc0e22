/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-demo-film.h"

#include <glib/gi18n-lib.h>

#include "semio-demo-encoder.h"

#define MAX_AT_ONCE 6
#define TELL_MS 100

typedef struct {
  GPtrArray *choreographies;
  GFile *folder;
  SemioProgressFunc progress;
  gpointer progress_data;
  GSource *teller; /* in the context of the caller */
  GCancellable *stop; /* set when one recording failed or the caller gave up */
  guint n_frames;
  gint n_done; /* atomic */
  GMutex lock;
  GError *error; /* (nullable) the first; under the lock */
} Film;

static void
film_free (Film *film)
{
  g_ptr_array_unref (film->choreographies);
  g_object_unref (film->folder);
  g_object_unref (film->stop);
  g_clear_error (&film->error);
  g_mutex_clear (&film->lock);
  g_free (film);
}

static void
told (guint n_frames, gpointer user_data)
{
  g_atomic_int_inc (&((Film *) user_data)->n_done);
}

/* One recording, in a thread of the pool. */
static void
draw_one (gpointer data, gpointer user_data)
{
  const SemioChoreography *choreography = data;
  Film *film = user_data;
  g_autoptr (GFile) file = g_file_get_child (film->folder, choreography->file_name);
  g_autoptr (GError) error = NULL;

  if (semio_demo_encode (choreography, file, told, film, film->stop, &error))
    return;
  g_mutex_lock (&film->lock);
  if (!film->error)
    film->error = g_steal_pointer (&error);
  g_mutex_unlock (&film->lock);
  g_cancellable_cancel (film->stop);
}

static void
stop_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
draw_all (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Film *film = task_data;
  guint n_threads = CLAMP (g_get_num_processors (), 2, MAX_AT_ONCE);
  gulong watch = cancellable ? g_cancellable_connect (cancellable, G_CALLBACK (stop_cb), film->stop, NULL) : 0;
  GError *error = NULL;
  GThreadPool *pool = g_thread_pool_new (draw_one, film, (gint) n_threads, TRUE, &error);

  if (pool)
    {
      for (guint i = 0; i < film->choreographies->len; i++)
        g_thread_pool_push (pool, g_ptr_array_index (film->choreographies, i), NULL);
      g_thread_pool_free (pool, FALSE, TRUE);
    }
  g_cancellable_disconnect (cancellable, watch);
  if (error)
    g_task_return_error (task, error);
  else if (film->error)
    g_task_return_error (task, g_steal_pointer (&film->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
tell_cb (gpointer user_data)
{
  Film *film = user_data;

  film->progress ((double) g_atomic_int_get (&film->n_done) / film->n_frames, _ ("Drawing the recordings"), film->progress_data);
  return G_SOURCE_CONTINUE;
}

void
semio_demo_film_async (GPtrArray *choreographies, GFile *folder, SemioProgressFunc progress, gpointer progress_data,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Film *film = g_new0 (Film, 1);

  g_task_set_source_tag (task, semio_demo_film_async);
  g_task_set_task_data (task, film, (GDestroyNotify) film_free);
  film->choreographies = g_ptr_array_ref (choreographies);
  film->folder = g_object_ref (folder);
  film->progress = progress;
  film->progress_data = progress_data;
  film->stop = g_cancellable_new ();
  g_mutex_init (&film->lock);
  for (guint i = 0; i < choreographies->len; i++)
    film->n_frames += semio_choreography_get_n_frames (g_ptr_array_index (choreographies, i));
  if (progress)
    {
      film->teller = g_timeout_source_new (TELL_MS);
      g_source_set_callback (film->teller, tell_cb, film, NULL);
      g_source_attach (film->teller, g_main_context_get_thread_default ());
    }
  g_task_run_in_thread (task, draw_all);
}

gboolean
semio_demo_film_finish (GAsyncResult *result, GError **error)
{
  Film *film = g_task_get_task_data (G_TASK (result));

  if (film->teller)
    {
      g_source_destroy (film->teller);
      g_clear_pointer (&film->teller, g_source_unref);
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}
