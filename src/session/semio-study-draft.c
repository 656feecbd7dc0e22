/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unfinished comments on their way into the draft table. */
#include "semio-draft-table.h"
#include "semio-study-private.h"

/* Half of the 500 ms after which a key must be durable: the write itself and the disk have the other half. */
#define WRITE_AFTER_MS 250

typedef struct {
  gint64 person_id;
  SemioItemKey key;
  char *text; /* (nullable): nothing is left of it */
} Draft;

static guint
draft_hash (gconstpointer data)
{
  const Draft *draft = data;

  return semio_item_key_hash (&draft->key) * 31 + (guint) draft->person_id;
}

static gboolean
draft_equal (gconstpointer a, gconstpointer b)
{
  const Draft *x = a;
  const Draft *y = b;

  return x->person_id == y->person_id && semio_item_key_equal (&x->key, &y->key);
}

static void
draft_free (Draft *draft)
{
  g_free (draft->text);
  g_free (draft);
}

/* A set: each draft is its own key. */
GHashTable *
semio_study_drafts_new (void)
{
  return g_hash_table_new_full (draft_hash, draft_equal, (GDestroyNotify) draft_free, NULL);
}

static gpointer
write_drafts (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, data);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Draft *draft = key;

      if (!semio_draft_table_set (database, draft->person_id, &draft->key, draft->text, error))
        return NULL;
    }
  return NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SemioStudy) self = user_data;
  g_autoptr (GError) error = NULL;

  semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);
  if (error)
    g_signal_emit_by_name (self, "notice", error->message);
}

void
semio_study_flush_drafts (SemioStudy *self)
{
  GHashTable *drafts;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (g_hash_table_size (self->drafts) == 0)
    return;
  drafts = self->drafts;
  self->drafts = semio_study_drafts_new ();
  semio_store_service_write_async (self->store, SEMIO_STORE_PRIORITY_DRAFT, write_drafts, drafts,
                                   (GDestroyNotify) g_hash_table_unref, NULL, NULL, written_cb, g_object_ref (self));
}

static gboolean
flush_cb (gpointer user_data)
{
  SemioStudy *self = user_data;

  self->draft_source = 0;
  semio_study_flush_drafts (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (SemioStudy *self)
{
  /* From the first key on, not from the last: somebody who types on and on is kept too. */
  if (self->draft_source == 0 && !self->is_closed)
    self->draft_source = g_timeout_add (WRITE_AFTER_MS, flush_cb, self);
}

static void
remember (GHashTable *drafts, const Draft *draft)
{
  Draft *copy = g_new0 (Draft, 1);

  copy->person_id = draft->person_id;
  copy->key = draft->key;
  copy->text = g_strdup (draft->text);
  g_hash_table_replace (drafts, copy, NULL);
}

void
semio_study_overlay_drafts (SemioStudy *self, SemioReview *review)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->session_drafts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Draft *draft = key;
      int item = draft->person_id == semio_review_get_person_id (review) ? semio_review_find_key (review, &draft->key) : -1;

      if (item >= 0)
        semio_review_set_draft (review, (guint) item, draft->text);
    }
}

void
semio_study_set_draft (SemioStudy *self, SemioReview *review, guint index, const char *text)
{
  const SemioItem *item = semio_review_get_item (review, index);
  Draft *draft;

  if (semio_review_get_person_id (review) == 0 || semio_study_is_read_only (self))
    return;
  semio_review_set_draft (review, index, text);
  draft = g_new0 (Draft, 1);
  draft->person_id = semio_review_get_person_id (review);
  draft->key = item->key;
  draft->text = g_strdup (item->draft);
  remember (self->session_drafts, draft);
  g_hash_table_replace (self->drafts, draft, NULL);
  schedule (self);
}

static void
clear_review_draft (SemioReview *review, gpointer user_data)
{
  int item = semio_review_find_key (review, user_data);

  if (item >= 0)
    semio_review_set_draft (review, (guint) item, NULL);
}

void
semio_study_drop_draft (SemioStudy *self, gint64 person_id, const SemioItemKey *key)
{
  Draft draft = { person_id, *key, NULL };

  /* A write of the last keys may still be on its way behind the entry: an empty one follows it. */
  remember (self->session_drafts, &draft);
  remember (self->drafts, &draft);
  schedule (self);
  semio_study_foreach_review (self, key->recording_id, person_id, clear_review_draft, (gpointer) key);
}
