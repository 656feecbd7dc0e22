/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-queue.h"

#include "semio-prediction.h"

typedef struct {
  gint64 id;
  guint index; /* in the order */
  guint n_items;
  guint n_rated;
  guint8 flags[]; /* by feature, then run */
} Place;

struct _SemioQueue {
  guint n_features;
  guint n_runs;
  gint64 *run_ids;
  GHashTable *run_indices; /* run id → index */
  GHashTable *places; /* recording id → Place */
  GPtrArray *order; /* of Place */
};

SemioQueue *
semio_queue_new (guint n_features, const gint64 *run_ids, guint n_runs)
{
  SemioQueue *queue = g_new0 (SemioQueue, 1);

  queue->n_features = n_features;
  queue->n_runs = n_runs;
  queue->run_ids = g_new0 (gint64, MAX (n_runs, 1));
  queue->run_indices = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n_runs; i++)
    {
      queue->run_ids[i] = run_ids[i];
      g_hash_table_insert (queue->run_indices, &queue->run_ids[i], GUINT_TO_POINTER (i));
    }
  queue->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  queue->order = g_ptr_array_new ();
  return queue;
}

void
semio_queue_free (SemioQueue *queue)
{
  g_ptr_array_unref (queue->order);
  g_hash_table_unref (queue->places);
  g_hash_table_unref (queue->run_indices);
  g_free (queue->run_ids);
  g_free (queue);
}

void
semio_queue_set_order (SemioQueue *queue, const gint64 *recording_ids, guint n_recordings)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&queue->places);

  queue->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  g_ptr_array_set_size (queue->order, 0);
  for (guint i = 0; i < n_recordings; i++)
    {
      Place *place = g_hash_table_lookup (old, &recording_ids[i]);

      if (place)
        g_hash_table_steal (old, &recording_ids[i]);
      else
        {
          place = g_malloc0 (sizeof (Place) + (gsize) queue->n_features * queue->n_runs);
          place->id = recording_ids[i];
        }
      place->index = i;
      g_hash_table_insert (queue->places, &place->id, place);
      g_ptr_array_add (queue->order, place);
    }
}

static guint8 *
find_flags (SemioQueue *queue, const SemioItemKey *key, Place **place)
{
  gpointer run;

  *place = g_hash_table_lookup (queue->places, &key->recording_id);
  if (!*place || key->feature >= queue->n_features
      || !g_hash_table_lookup_extended (queue->run_indices, &key->run_id, NULL, &run))
    return NULL;
  return &(*place)->flags[key->feature * queue->n_runs + GPOINTER_TO_UINT (run)];
}

static gboolean
is_to_rate (guint8 flags)
{
  return (flags & (SEMIO_QUEUE_RATABLE | SEMIO_QUEUE_RATED)) == SEMIO_QUEUE_RATABLE;
}

static gboolean
counts_as_rated (guint8 flags)
{
  guint8 both = SEMIO_QUEUE_RATABLE | SEMIO_QUEUE_RATED;

  return (flags & both) == both;
}

static void
change_flags (Place *place, guint8 *flags, guint8 changed)
{
  place->n_items -= (*flags & SEMIO_QUEUE_RATABLE) ? 1 : 0;
  place->n_rated -= counts_as_rated (*flags) ? 1 : 0;
  *flags = changed;
  place->n_items += (*flags & SEMIO_QUEUE_RATABLE) ? 1 : 0;
  place->n_rated += counts_as_rated (*flags) ? 1 : 0;
}

void
semio_queue_add_flags (SemioQueue *queue, const SemioItemKey *key, SemioQueueFlags flags)
{
  Place *place;
  guint8 *standing = find_flags (queue, key, &place);

  if (standing)
    change_flags (place, standing, *standing | (guint8) flags);
}

void
semio_queue_set_rated (SemioQueue *queue, const SemioItemKey *key, gboolean rated)
{
  Place *place;
  guint8 *standing = find_flags (queue, key, &place);

  if (standing)
    change_flags (place, standing, rated ? *standing | SEMIO_QUEUE_RATED : (guint8) (*standing & ~(guint8) SEMIO_QUEUE_RATED));
}

void
semio_queue_clear_rated (SemioQueue *queue)
{
  gsize n = (gsize) queue->n_features * queue->n_runs;

  for (guint i = 0; i < queue->order->len; i++)
    {
      Place *place = queue->order->pdata[i];

      for (gsize j = 0; j < n; j++)
        place->flags[j] &= (guint8) ~SEMIO_QUEUE_RATED;
      place->n_rated = 0;
    }
}

void
semio_queue_get_counts (SemioQueue *queue, gint64 recording_id, guint *n_rated, guint *n_items)
{
  const Place *place = g_hash_table_lookup (queue->places, &recording_id);

  *n_rated = place ? place->n_rated : 0;
  *n_items = place ? place->n_items : 0;
}

void
semio_queue_get_totals (SemioQueue *queue, guint *n_rated, guint *n_items)
{
  *n_rated = *n_items = 0;
  for (guint i = 0; i < queue->order->len; i++)
    {
      const Place *place = queue->order->pdata[i];

      *n_rated += place->n_rated;
      *n_items += place->n_items;
    }
}

guint
semio_queue_get_n_answered (SemioQueue *queue, gint64 recording_id, guint run)
{
  const Place *place = g_hash_table_lookup (queue->places, &recording_id);
  guint n = 0;

  if (!place || run >= queue->n_runs)
    return 0;
  for (guint feature = 0; feature < queue->n_features; feature++)
    if (place->flags[feature * queue->n_runs + run] & SEMIO_QUEUE_ANSWERED)
      n++;
  return n;
}

/* Looks through the places of one recording from an index on. */
static gboolean
find_in_place (SemioQueue *queue, const Place *place, guint from, guint to, SemioItemKey *next)
{
  if (place->n_items == place->n_rated)
    return FALSE;
  for (guint i = from; i < to; i++)
    if (is_to_rate (place->flags[i]))
      {
        next->recording_id = place->id;
        next->feature = i / queue->n_runs;
        next->run_id = queue->run_ids[i % queue->n_runs];
        next->segment = SEMIO_SEGMENT_WHOLE;
        return TRUE;
      }
  return FALSE;
}

gboolean
semio_queue_find_next (SemioQueue *queue, const SemioItemKey *after, SemioItemKey *next)
{
  guint n = queue->n_features * queue->n_runs;
  guint n_places = queue->order->len;
  guint first = 0;
  guint begin = 0;

  if (n_places == 0 || n == 0)
    return FALSE;
  if (after)
    {
      Place *place;
      const guint8 *flags = find_flags (queue, after, &place);

      if (place)
        first = place->index;
      if (flags)
        begin = (guint) (flags - place->flags) + 1;
    }

  if (find_in_place (queue, queue->order->pdata[first], begin, n, next))
    return TRUE;
  for (guint i = 1; i < n_places; i++)
    if (find_in_place (queue, queue->order->pdata[(first + i) % n_places], 0, n, next))
      return TRUE;
  return find_in_place (queue, queue->order->pdata[first], 0, begin, next);
}
