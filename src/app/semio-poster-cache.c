/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-poster-cache.h"

/* A poster as the list shows it takes some 60 kB; more than these are let go, oldest first. */
#define MAX_POSTERS 600

struct _SemioPosterCache {
  GObject parent_instance;

  SemioStudy *study;
  GCancellable *cancellable;
  GHashTable *textures; /* id → GdkTexture, or NULL where there is none or it is on its way */
  GQueue order; /* ids, oldest first */
};

G_DEFINE_FINAL_TYPE (SemioPosterCache, semio_poster_cache, G_TYPE_OBJECT)

enum { SIGNAL_READY, N_SIGNALS };

static guint signals[N_SIGNALS];

typedef struct {
  SemioPosterCache *cache; /* owned */
  gint64 recording_id;
} Request;

static void
request_free (Request *request)
{
  g_object_unref (request->cache);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
clear_texture (gpointer texture)
{
  if (texture != NULL)
    g_object_unref (texture);
}

static void
decode_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = gdk_texture_new_from_bytes (task_data, &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  SemioPosterCache *self = request->cache;
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A poster that cannot be read leaves the place empty: it is decoration, and the video itself is untouched. */
  if (texture == NULL)
    return;
  g_hash_table_replace (self->textures, g_memdup2 (&request->recording_id, sizeof (gint64)), texture);
  g_signal_emit (self, signals[SIGNAL_READY], 0, request->recording_id);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GBytes) bytes = semio_study_load_poster_finish (SEMIO_STUDY (source), result, NULL);
  g_autoptr (GTask) task = NULL;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    return;
  task = g_task_new (NULL, request->cache->cancellable, decoded_cb, request);
  g_task_set_task_data (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
  request = NULL;
  g_task_run_in_thread (task, decode_thread);
}

static void
semio_poster_cache_dispose (GObject *object)
{
  SemioPosterCache *self = SEMIO_POSTER_CACHE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->study);
  G_OBJECT_CLASS (semio_poster_cache_parent_class)->dispose (object);
}

static void
semio_poster_cache_finalize (GObject *object)
{
  SemioPosterCache *self = SEMIO_POSTER_CACHE (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->textures);
  g_queue_clear_full (&self->order, g_free);
  G_OBJECT_CLASS (semio_poster_cache_parent_class)->finalize (object);
}

static void
semio_poster_cache_class_init (SemioPosterCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = semio_poster_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = semio_poster_cache_finalize;
  signals[SIGNAL_READY] =
      g_signal_new ("ready", SEMIO_TYPE_POSTER_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
semio_poster_cache_init (SemioPosterCache *self)
{
  self->cancellable = g_cancellable_new ();
  self->textures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, clear_texture);
  g_queue_init (&self->order);
}

SemioPosterCache *
semio_poster_cache_new (SemioStudy *study)
{
  SemioPosterCache *self = g_object_new (SEMIO_TYPE_POSTER_CACHE, NULL);

  self->study = g_object_ref (study);
  return self;
}

GdkTexture *
semio_poster_cache_get (SemioPosterCache *self, gint64 recording_id)
{
  gpointer texture = NULL;
  Request *request = NULL;

  g_return_val_if_fail (SEMIO_IS_POSTER_CACHE (self), NULL);
  if (g_hash_table_lookup_extended (self->textures, &recording_id, NULL, &texture))
    return texture;
  if (self->order.length >= MAX_POSTERS)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&self->order);

      g_hash_table_remove (self->textures, oldest);
    }
  g_queue_push_tail (&self->order, g_memdup2 (&recording_id, sizeof (gint64)));
  g_hash_table_insert (self->textures, g_memdup2 (&recording_id, sizeof (gint64)), NULL);
  request = g_new0 (Request, 1);
  request->cache = g_object_ref (self);
  request->recording_id = recording_id;
  semio_study_load_poster_async (self->study, recording_id, self->cancellable, loaded_cb, request);
  return NULL;
}

void
semio_poster_cache_forget (SemioPosterCache *self, gint64 recording_id)
{
  g_return_if_fail (SEMIO_IS_POSTER_CACHE (self));
  for (GList *link = self->order.head; link != NULL; link = link->next)
    {
      if (*(gint64 *) link->data != recording_id)
        continue;
      g_free (link->data);
      g_queue_delete_link (&self->order, link);
      break;
    }
  g_hash_table_remove (self->textures, &recording_id);
}
