/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-review-private.h"

#include <glib/gi18n-lib.h>

#include "semio-finding-words.h"
#include "semio-item-private.h"

struct _SemioReview {
  GObject parent_instance;
  SemioReviewContent *content;
  GPtrArray *run_labels; /* "A", "B" */
  gboolean reference_revealed;
  gboolean runs_revealed;
};

G_DEFINE_TYPE (SemioReview, semio_review, G_TYPE_OBJECT)

enum { ITEM_CHANGED, VISIBILITY_CHANGED, MEDIA_CHANGED, REPLACED, BOOKMARKS_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

void
semio_review_content_free (SemioReviewContent *content)
{
  g_clear_pointer (&content->recording, semio_recording_unref);
  g_clear_pointer (&content->frame_index, semio_frame_index_unref);
  g_clear_object (&content->file);
  g_clear_pointer (&content->runs, g_ptr_array_unref);
  g_clear_pointer (&content->items, g_ptr_array_unref);
  g_clear_pointer (&content->ratings, g_ptr_array_unref);
  g_clear_pointer (&content->others, g_ptr_array_unref);
  g_clear_pointer (&content->bookmarks, g_ptr_array_unref);
  g_clear_pointer (&content->person_names, g_hash_table_unref);
  g_clear_pointer (&content->features, semio_feature_set_unref);
  g_free (content->labels);
  g_clear_pointer (&content->findings, g_array_unref);
  g_free (content);
}

static void
semio_review_finalize (GObject *object)
{
  SemioReview *self = SEMIO_REVIEW (object);

  g_clear_pointer (&self->content, semio_review_content_free);
  g_clear_pointer (&self->run_labels, g_ptr_array_unref);
  G_OBJECT_CLASS (semio_review_parent_class)->finalize (object);
}

static void
semio_review_class_init (SemioReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = semio_review_finalize;
  signals[ITEM_CHANGED] =
      g_signal_new ("item-changed", SEMIO_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[VISIBILITY_CHANGED] =
      g_signal_new ("visibility-changed", SEMIO_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MEDIA_CHANGED] =
      g_signal_new ("media-changed", SEMIO_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REPLACED] = g_signal_new ("replaced", SEMIO_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[BOOKMARKS_CHANGED] =
      g_signal_new ("bookmarks-changed", SEMIO_TYPE_REVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
semio_review_init (SemioReview *self)
{
}

/* "A" … "Z", "AA" …: what stands for a run while its name is hidden. */
static char *
make_letters (guint run)
{
  GString *text = g_string_new (NULL);

  for (guint n = run + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (text, (char) ('A' + (n - 1) % 26));
  return g_string_free (text, FALSE);
}

/* Gives the items their current judgements. */
static void
assign_ratings (SemioReview *self)
{
  SemioReviewContent *content = self->content;

  for (guint i = 0; i < content->items->len; i++)
    {
      SemioItem *item = content->items->pdata[i];
      guint n_current = 0;

      g_clear_pointer (&item->rating, semio_rating_unref);
      for (guint j = 0; j < content->ratings->len; j++)
        {
          SemioRating *rating = content->ratings->pdata[j];

          if (!rating->current || !semio_item_key_equal (&rating->key, &item->key))
            continue;
          n_current++;
          /* Of several the newest shows; which counts is for the person to say. */
          g_clear_pointer (&item->rating, semio_rating_unref);
          if (!rating->withdrawn)
            item->rating = semio_rating_ref (rating);
        }
      item->has_conflict = n_current > 1;
    }
}

static void
make_labels (SemioReview *self)
{
  g_clear_pointer (&self->run_labels, g_ptr_array_unref);
  self->run_labels = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->content->runs->len; i++)
    g_ptr_array_add (self->run_labels, make_letters (i));
}

SemioReview *
semio_review_new (SemioReviewContent *content)
{
  SemioReview *self = g_object_new (SEMIO_TYPE_REVIEW, NULL);

  self->content = content;
  make_labels (self);
  assign_ratings (self);
  return self;
}

void
semio_review_replace (SemioReview *self, SemioReviewContent *content)
{
  g_autoptr (SemioReviewContent) old = g_steal_pointer (&self->content);

  self->content = content;
  if (!content->file && old->file)
    content->file = g_object_ref (old->file);
  make_labels (self);
  assign_ratings (self);
  g_signal_emit (self, signals[REPLACED], 0);
  for (guint i = 0; i < content->items->len; i++)
    g_signal_emit (self, signals[ITEM_CHANGED], 0, i);
}

int
semio_review_find_key (SemioReview *self, const SemioItemKey *key)
{
  for (guint i = 0; i < self->content->items->len; i++)
    {
      const SemioItem *item = self->content->items->pdata[i];

      if (semio_item_key_equal (&item->key, key))
        return (int) i;
    }
  return -1;
}

void
semio_review_apply_rating (SemioReview *self, SemioRating *rating)
{
  GPtrArray *ratings = self->content->ratings;
  int item;

  /* What stood on the item is superseded now; the rows are not changed once made, so copies take their place. */
  for (guint i = 0; i < ratings->len; i++)
    {
      SemioRating *standing = ratings->pdata[i];

      if (standing->current && semio_item_key_equal (&standing->key, &rating->key))
        {
          SemioRating *copy = semio_rating_copy (standing);

          copy->current = FALSE;
          ratings->pdata[i] = copy;
          semio_rating_unref (standing);
        }
    }
  g_ptr_array_add (ratings, semio_rating_ref (rating));
  assign_ratings (self);
  item = semio_review_find_key (self, &rating->key);
  if (item >= 0)
    g_signal_emit (self, signals[ITEM_CHANGED], 0, (guint) item);
}

void
semio_review_set_draft (SemioReview *self, guint index, const char *text)
{
  SemioItem *item = self->content->items->pdata[index];

  if (text && !*text)
    text = NULL;
  if (g_strcmp0 (item->draft, text) == 0)
    return;
  g_free (item->draft);
  item->draft = g_strdup (text);
}

void
semio_review_set_file (SemioReview *self, GFile *file)
{
  if (g_set_object (&self->content->file, file))
    g_signal_emit (self, signals[MEDIA_CHANGED], 0);
}

void
semio_review_reveal (SemioReview *self, gboolean reference, gboolean runs)
{
  self->reference_revealed |= reference;
  self->runs_revealed |= runs;
  self->content->reference_seen |= reference;
  self->content->runs_seen |= runs;
  g_signal_emit (self, signals[VISIBILITY_CHANGED], 0);
}

void
semio_review_hide (SemioReview *self, gboolean reference, gboolean runs)
{
  const gboolean hide_reference = reference && self->reference_revealed;
  const gboolean hide_runs = runs && self->runs_revealed;

  if (!hide_reference && !hide_runs)
    return;
  self->reference_revealed &= !hide_reference;
  self->runs_revealed &= !hide_runs;
  g_signal_emit (self, signals[VISIBILITY_CHANGED], 0);
}

SemioVisible
semio_review_get_seen (SemioReview *self)
{
  SemioVisible seen = self->content->runs_seen ? SEMIO_VISIBLE_RUN_NAME : 0;

  if (!self->content->reference_seen)
    return seen;
  seen |= SEMIO_VISIBLE_REFERENCE;
  /* They are shown together. */
  return self->content->others->len > 0 ? seen | SEMIO_VISIBLE_OTHERS_RATINGS : seen;
}

const SemioRecording *
semio_review_get_recording (SemioReview *self)
{
  return self->content->recording;
}

SemioFrameIndex *
semio_review_get_frame_index (SemioReview *self)
{
  return self->content->frame_index;
}

GFile *
semio_review_get_file (SemioReview *self)
{
  return self->content->file;
}

gint64
semio_review_get_duration_ns (SemioReview *self)
{
  SemioReviewContent *content = self->content;

  return content->frame_index ? semio_frame_index_get_duration_ns (content->frame_index) : content->recording->duration_ns;
}

const SemioEvent *
semio_review_get_event (SemioReview *self)
{
  return &self->content->event;
}

gint64
semio_review_get_person_id (SemioReview *self)
{
  return self->content->person_id;
}

guint
semio_review_get_n_runs (SemioReview *self)
{
  return self->content->runs->len;
}

const SemioRun *
semio_review_get_run (SemioReview *self, guint run)
{
  g_return_val_if_fail (run < self->content->runs->len, NULL);

  return self->content->runs->pdata[run];
}

const char *
semio_review_get_run_label (SemioReview *self, guint run)
{
  g_return_val_if_fail (run < self->content->runs->len, NULL);

  return self->runs_revealed ? semio_review_get_run (self, run)->name : self->run_labels->pdata[run];
}

guint
semio_review_get_n_items (SemioReview *self)
{
  return self->content->items->len;
}

const SemioItem *
semio_review_get_item (SemioReview *self, guint item)
{
  g_return_val_if_fail (item < self->content->items->len, NULL);

  return self->content->items->pdata[item];
}

int
semio_review_find_item (SemioReview *self, guint feature, guint run)
{
  for (guint i = 0; i < self->content->items->len; i++)
    {
      const SemioItem *item = self->content->items->pdata[i];

      if (item->key.feature == feature && item->run == run)
        return (int) i;
    }
  return -1;
}

SemioLabel
semio_review_get_label (SemioReview *self, guint feature)
{
  SemioLabel none = { self->content->recording->id, feature, SEMIO_ANSWER_MISSING, SEMIO_TIME_NONE, SEMIO_TIME_NONE };

  return self->content->labels && feature < self->content->n_features ? self->content->labels[feature] : none;
}

const SemioFinding *
semio_review_find_reference (SemioReview *self, SemioFindingKind kind, guint feature)
{
  const GArray *findings = self->content->findings;

  for (guint i = 0; findings != NULL && semio_review_is_reference_revealed (self) && i < findings->len; i++)
    {
      const SemioFinding *finding = &g_array_index (findings, SemioFinding, i);

      if (finding->kind == kind && finding->feature == feature)
        return finding;
    }
  return NULL;
}

static gboolean
is_of_event (const SemioFinding *finding)
{
  return finding->kind == SEMIO_FINDING_NARRATIVE || finding->kind == SEMIO_FINDING_REGION || finding->kind == SEMIO_FINDING_SIDE
         || finding->kind == SEMIO_FINDING_ORDER;
}

char *
semio_review_describe_reference (SemioReview *self)
{
  const GArray *findings = semio_review_is_reference_revealed (self) ? self->content->findings : NULL;
  g_autoptr (GArray) sorted = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (findings == NULL || findings->len == 0)
    return NULL;
  /* Borrows what the findings own. */
  sorted = g_array_new (FALSE, FALSE, sizeof (SemioFinding));
  g_array_append_vals (sorted, findings->data, findings->len);
  semio_findings_sort (sorted);
  for (guint i = 0; i < sorted->len; i++)
    {
      const SemioFinding *finding = &g_array_index (sorted, SemioFinding, i);
      g_autofree char *line = is_of_event (finding) ? semio_finding_describe (finding, self->content->features) : NULL;

      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

gboolean
semio_review_has_reference (SemioReview *self)
{
  return self->content->has_reference;
}

gboolean
semio_review_is_reference_revealed (SemioReview *self)
{
  return self->reference_revealed;
}

gboolean
semio_review_are_runs_revealed (SemioReview *self)
{
  return self->runs_revealed;
}

static int
compare_bookmarks (gconstpointer a, gconstpointer b)
{
  const SemioBookmark *first = *(SemioBookmark *const *) a, *second = *(SemioBookmark *const *) b;

  return first->time_ns < second->time_ns ? -1 : first->time_ns > second->time_ns;
}

void
semio_review_apply_bookmark (SemioReview *self, const SemioUuid *gone, SemioBookmark *bookmark)
{
  GPtrArray *bookmarks = self->content->bookmarks;

  for (guint i = bookmarks->len; gone && i > 0; i--)
    if (semio_uuid_equal (&((SemioBookmark *) bookmarks->pdata[i - 1])->entry, gone))
      g_ptr_array_remove_index (bookmarks, i - 1);
  if (bookmark)
    g_ptr_array_add (bookmarks, semio_bookmark_ref (bookmark));
  g_ptr_array_sort (bookmarks, compare_bookmarks);
  g_signal_emit (self, signals[BOOKMARKS_CHANGED], 0);
}

SemioBookmark *
semio_review_find_bookmark (SemioReview *self, gint64 time_ns)
{
  for (guint i = 0; i < self->content->bookmarks->len; i++)
    {
      SemioBookmark *bookmark = self->content->bookmarks->pdata[i];

      if (bookmark->person_id == self->content->person_id && bookmark->time_ns == time_ns)
        return bookmark;
    }
  return NULL;
}

GPtrArray *
semio_review_get_bookmarks (SemioReview *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_bookmark_unref);

  for (guint i = 0; i < self->content->bookmarks->len; i++)
    {
      SemioBookmark *bookmark = self->content->bookmarks->pdata[i];

      if (bookmark->person_id == self->content->person_id || self->reference_revealed)
        g_ptr_array_add (shown, semio_bookmark_ref (bookmark));
    }
  return shown;
}

const char *
semio_review_get_person_name (SemioReview *self, gint64 person_id)
{
  const char *name = g_hash_table_lookup (self->content->person_names, &person_id);

  /* A de-identified copy has no names. */
  return name ? name : _ ("Another person");
}

GPtrArray *
semio_review_get_others_ratings (SemioReview *self)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_rating_unref);

  for (guint i = 0; self->reference_revealed && i < self->content->others->len; i++)
    g_ptr_array_add (shown, semio_rating_ref (self->content->others->pdata[i]));
  return shown;
}

GPtrArray *
semio_review_get_history (SemioReview *self, guint index)
{
  const SemioItem *item = semio_review_get_item (self, index);
  GPtrArray *history = g_ptr_array_new_with_free_func ((GDestroyNotify) semio_rating_unref);

  for (guint i = self->content->ratings->len; i > 0; i--)
    {
      SemioRating *rating = self->content->ratings->pdata[i - 1];

      if (semio_item_key_equal (&rating->key, &item->key))
        g_ptr_array_add (history, semio_rating_ref (rating));
    }
  return history;
}
