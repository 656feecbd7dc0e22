/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judgements of an open study: rating, withdrawing, undo and redo, one after the other; and bookmarks among them. */
#include <glib/gi18n-lib.h>

#include "semio-draft-table.h"
#include "semio-study-private.h"

/* The time that is left is an estimate: it is made anew after so many judgements. */
#define MEDIAN_EVERY 8

typedef enum {
  RATE,
  WITHDRAW,
  UNDO,
  REDO,
  BOOKMARK,
} JudgementKind;

typedef struct {
  JudgementKind kind;
  gint64 person_id;
  SemioItemKey key;
  SemioRating *rating; /* (nullable): what is to stand; NULL withdraws */
  SemioBookmarkChange *bookmark; /* (nullable): then nothing is judged */
  gboolean finishes_draft; /* its comment is what the draft came to */
} Judgement;

/* What the writing thread gives back. */
typedef struct {
  SemioRating *before; /* (nullable) what stood */
  SemioRating *after; /* (nullable) what was written; NULL when there was nothing to withdraw */
  SemioBookmark *bookmark; /* (nullable) what was written */
} Outcome;

typedef struct {
  void (*func) (SemioStudy *study, GTask *task);
  GTask *task;
} Waiter;

static void start_next (SemioStudy *self);

static void
judgement_free (Judgement *judgement)
{
  g_clear_pointer (&judgement->rating, semio_rating_unref);
  g_clear_pointer (&judgement->bookmark, semio_bookmark_change_free);
  g_free (judgement);
}

static void
outcome_free (Outcome *outcome)
{
  g_clear_pointer (&outcome->before, semio_rating_unref);
  g_clear_pointer (&outcome->after, semio_rating_unref);
  g_clear_pointer (&outcome->bookmark, semio_bookmark_unref);
  g_free (outcome);
}

/* On the writing thread. */

static gboolean
find_standing (SemioDatabase *database, const Judgement *judgement, Outcome *outcome, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* This item alone: a person waits, however much was judged on the recording before. */
  outcome->before = semio_rating_table_find_current (database, judgement->person_id, &judgement->key, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gpointer
write_judgement (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error)
{
  const Judgement *judgement = data;
  g_autoptr (GError) local = NULL;
  Outcome *outcome = g_new0 (Outcome, 1);

  if (judgement->bookmark)
    semio_bookmark_change_write (judgement->bookmark, database, judgement->person_id, &outcome->bookmark, &local);
  /* A draft that becomes the comment of an entry is finished text: both in one transaction. */
  else if (find_standing (database, judgement, outcome, &local)
           && (!judgement->finishes_draft
               || semio_draft_table_set (database, judgement->person_id, &judgement->key, NULL, &local)))
    {
      if (judgement->rating)
        outcome->after = semio_rating_table_add (database, judgement->rating, &local);
      else
        outcome->after = semio_rating_table_withdraw (database, judgement->person_id, &judgement->key,
                                                      judgement->kind == WITHDRAW ? NULL : "undo", &local);
    }
  if (!local)
    return outcome;
  outcome_free (outcome);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* On the study's thread. */

static SemioUndo *
get_undo (SemioStudy *self, gint64 person_id)
{
  SemioUndo *undo = g_hash_table_lookup (self->undos, &person_id);

  if (!undo)
    {
      undo = semio_undo_new ();
      g_hash_table_insert (self->undos, g_memdup2 (&person_id, sizeof person_id), undo);
    }
  return undo;
}

static void
apply_to_review (SemioReview *review, gpointer rating)
{
  semio_review_apply_rating (review, rating);
}

static gboolean
is_judged (const SemioRating *rating)
{
  return !rating->withdrawn && (rating->score > 0 || rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET);
}

static void
apply_bookmark (SemioStudy *self, const Judgement *judgement, Outcome *outcome)
{
  const SemioBookmarkChange *change = judgement->bookmark;
  SemioUndo *undo = get_undo (self, judgement->person_id);
  const SemioUuid replaced = change->to ? change->to->entry : (SemioUuid){ { 0 } };

  self->n_judged++;
  semio_bookmark_change_apply (change, self, outcome->bookmark);
  if (judgement->kind == UNDO)
    semio_undo_did_undo (undo);
  else if (judgement->kind == REDO)
    semio_undo_did_redo (undo);
  else
    semio_undo_push_bookmark (undo, semio_bookmark_change_get_recording (change), change->from, outcome->bookmark);
  if (judgement->kind != BOOKMARK && outcome->bookmark)
    semio_undo_replace_bookmark (undo, &replaced, outcome->bookmark);
}

static void
apply_outcome (SemioStudy *self, const Judgement *judgement, Outcome *outcome)
{
  SemioUndo *undo = get_undo (self, judgement->person_id);
  SemioPersonWork *work = semio_study_get_work (self, judgement->person_id);

  self->n_judged++;
  if (judgement->kind == UNDO)
    semio_undo_did_undo (undo);
  else if (judgement->kind == REDO)
    semio_undo_did_redo (undo);
  else if (outcome->after)
    semio_undo_push (undo, &judgement->key, outcome->before, outcome->after->withdrawn ? NULL : outcome->after);
  if (judgement->finishes_draft)
    semio_study_drop_draft (self, judgement->person_id, &judgement->key);
  if (!outcome->after)
    return;

  if (work)
    {
      SemioRatedItem item = { judgement->key, is_judged (outcome->after), 1 };

      g_array_append_val (work->rated, item);
    }
  if (self->person && self->person->id == judgement->person_id)
    {
      semio_queue_set_rated (self->queue, &judgement->key, is_judged (outcome->after));
      semio_study_update_case (self, judgement->key.recording_id);
      if (self->n_judged % MEDIAN_EVERY == 0)
        semio_study_load_median (self);
    }
  semio_study_foreach_review (self, judgement->key.recording_id, judgement->person_id, apply_to_review, outcome->after);
}

/* A bookmark that was changed elsewhere meanwhile cannot be put back: the steps before it are still there to be undone. */
static void
skip_lost_bookmark (SemioStudy *self, const Judgement *judgement, const GError *error)
{
  if (!judgement->bookmark || !g_error_matches (error, SEMIO_STORE_ERROR, SEMIO_STORE_ERROR_NOT_FOUND))
    return;
  if (judgement->kind == UNDO)
    semio_undo_did_undo (get_undo (self, judgement->person_id));
  else if (judgement->kind == REDO)
    semio_undo_did_redo (get_undo (self, judgement->person_id));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SemioStudy *self = g_task_get_source_object (task);
  const Judgement *judgement = g_task_get_task_data (task);
  GError *error = NULL;
  Outcome *outcome = semio_store_service_write_finish (SEMIO_STORE_SERVICE (source), result, &error);

  self->is_judging = FALSE;
  if (outcome)
    {
      if (judgement->bookmark)
        apply_bookmark (self, judgement, outcome);
      else
        apply_outcome (self, judgement, outcome);
      if (judgement->kind == RATE || judgement->kind == WITHDRAW)
        g_task_return_pointer (task, g_steal_pointer (&outcome->after), (GDestroyNotify) semio_rating_unref);
      else
        g_task_return_boolean (task, TRUE);
      outcome_free (outcome);
    }
  else
    {
      skip_lost_bookmark (self, judgement, error);
      semio_study_take_error (task, error);
    }
  start_next (self);
}

/* What an undo or redo does is known only when its turn comes. */
static gboolean
prepare_step (SemioStudy *self, Judgement *judgement, GError **error)
{
  SemioUndo *undo = get_undo (self, judgement->person_id);
  const SemioUndoStep *step = judgement->kind == UNDO ? semio_undo_peek_undo (undo) : semio_undo_peek_redo (undo);
  SemioRating *content;

  if (!step)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                           judgement->kind == UNDO ? _ ("There is no judgement of this session left to undo.")
                                                   : _ ("There is no judgement to do again."));
      return FALSE;
    }
  judgement->key = step->key;
  if (step->is_bookmark)
    {
      judgement->bookmark = judgement->kind == UNDO
                                ? semio_bookmark_change_new (NULL, 0, NULL, step->bookmark_after, step->bookmark_before)
                                : semio_bookmark_change_new (NULL, 0, NULL, step->bookmark_before, step->bookmark_after);
      return TRUE;
    }
  content = judgement->kind == UNDO ? step->before : step->after;
  judgement->rating = content ? semio_rating_copy (content) : NULL;
  return TRUE;
}

static void
start_next (SemioStudy *self)
{
  while (!self->is_judging && !g_queue_is_empty (&self->judgements))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->judgements);
      Judgement *judgement = g_task_get_task_data (task);
      GError *error = NULL;

      if (!judgement)
        {
          /* Somebody waits until all before are stored. */
          Waiter *waiter = g_object_get_data (G_OBJECT (task), "waiter");

          waiter->func (self, g_object_ref (task));
          continue;
        }
      if ((judgement->kind == UNDO || judgement->kind == REDO) && !prepare_step (self, judgement, &error))
        {
          g_task_return_error (task, error);
          continue;
        }
      if (judgement->kind == BOOKMARK && !semio_bookmark_change_settle (judgement->bookmark))
        {
          g_task_return_boolean (task, TRUE);
          continue;
        }
      self->is_judging = TRUE;
      semio_store_service_write_async (self->store, SEMIO_STORE_PRIORITY_JUDGEMENT, write_judgement, judgement, NULL,
                                       (GDestroyNotify) outcome_free, NULL, written_cb, g_object_ref (task));
    }
}

void
semio_study_when_judged (SemioStudy *self, void (*func) (SemioStudy *, GTask *), GTask *task)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->func = func;
  g_object_set_data_full (G_OBJECT (task), "waiter", waiter, g_free);
  g_queue_push_tail (&self->judgements, task);
  start_next (self);
}

static void
submit (SemioStudy *self, GTask *task, JudgementKind kind, gint64 person_id, const SemioItemKey *key, SemioRating *rating,
        gboolean finishes_draft)
{
  Judgement *judgement = g_new0 (Judgement, 1);

  judgement->kind = kind;
  judgement->person_id = person_id;
  if (key)
    judgement->key = *key;
  judgement->rating = rating;
  judgement->finishes_draft = finishes_draft;
  g_task_set_task_data (task, judgement, (GDestroyNotify) judgement_free);
  g_queue_push_tail (&self->judgements, task);
  start_next (self);
}

void
semio_study_submit_bookmark (SemioStudy *self, GTask *task, gint64 person_id, SemioBookmarkChange *change)
{
  Judgement *judgement = g_new0 (Judgement, 1);

  judgement->kind = BOOKMARK;
  judgement->person_id = person_id;
  judgement->bookmark = change;
  g_task_set_task_data (task, judgement, (GDestroyNotify) judgement_free);
  g_queue_push_tail (&self->judgements, task);
  start_next (self);
}

/* The rules of judging, each with what to do instead. */
static gboolean
check_rating (SemioStudy *self, SemioReview *review, const SemioRating *rating, GError **error)
{
  const SemioRecording *recording = semio_review_get_recording (review);
  const char *label;

  if (!semio_study_check_writable (self, error))
    return FALSE;
  if (semio_review_get_person_id (review) == 0)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                           _ ("Nobody is chosen who rates. Choose a person first."));
      return FALSE;
    }
  if (semio_review_find_key (review, &rating->key) < 0)
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_NOT_FOUND,
                           _ ("There is no explanation to judge here. Choose one of the list."));
      return FALSE;
    }
  if (rating->score < 0 || rating->score > 5 || (rating->score > 0 && rating->cannot_judge != SEMIO_CANNOT_JUDGE_UNSET))
    {
      g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                           _ ("A judgement holds a score from 1 to 5 or the reason why none can be given, not both."));
      return FALSE;
    }
  if (rating->score > 0 && semio_feature_set_is_from_sound (self->features, rating->key.feature)
      && (recording->sound == SEMIO_SOUND_NONE || recording->sound == SEMIO_SOUND_SILENT))
    {
      label = semio_feature_set_get (self->features, rating->key.feature)->label;
      if (recording->sound == SEMIO_SOUND_NONE)
        g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                     _ ("“%s” is judged by ear, and this recording has no sound. Press X and choose “no sound”."), label);
      else
        g_set_error (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                     _ ("“%s” is judged by ear, and the sound of this recording is silent. Press X and choose “no sound”."),
                     label);
      return FALSE;
    }
  return TRUE;
}

/* But for blanks around it. */
static gboolean
is_same_text (const char *draft, const char *comment)
{
  g_autofree char *a = g_strdup (draft);
  g_autofree char *b = g_strdup (comment);

  return a && b && g_str_equal (g_strstrip (a), g_strstrip (b));
}

void
semio_study_rate_async (SemioStudy *self, SemioReview *review, const SemioRating *rating, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  const SemioItem *item;
  SemioRating *copy;
  GError *error = NULL;
  gint64 person_id = semio_review_get_person_id (review);

  g_task_set_source_tag (task, semio_study_rate_async);
  if (!check_rating (self, review, rating, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  copy = semio_rating_copy (rating);
  copy->person_id = person_id;
  copy->withdrawn = FALSE;
  item = semio_review_get_item (review, (guint) semio_review_find_key (review, &rating->key));
  copy->explanation = item->shown;
  /* Who has once seen the reference knows it, hidden again or not. */
  copy->visible |= semio_review_get_seen (review);
  submit (self, task, RATE, person_id, &copy->key, copy, is_same_text (item->draft, copy->comment));
}

SemioRating *
semio_study_rate_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
semio_study_withdraw_async (SemioStudy *self, SemioReview *review, guint item, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_study_withdraw_async);
  if (!semio_study_check_writable (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  submit (self, task, WITHDRAW, semio_review_get_person_id (review), &semio_review_get_item (review, item)->key, NULL, FALSE);
}

static gboolean
is_waiting (SemioStudy *self)
{
  return self->is_judging || !g_queue_is_empty (&self->judgements);
}

gboolean
semio_study_can_undo (SemioStudy *self)
{
  return self->person && (is_waiting (self) || semio_undo_peek_undo (get_undo (self, self->person->id)) != NULL);
}

gboolean
semio_study_can_redo (SemioStudy *self)
{
  return self->person && semio_undo_peek_redo (get_undo (self, self->person->id)) != NULL;
}

static void
submit_step (SemioStudy *self, JudgementKind kind, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, semio_study_undo_async);
  if (!semio_study_check_writable (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  submit (self, task, kind, self->person ? self->person->id : 0, NULL, NULL, FALSE);
}

void
semio_study_undo_async (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit_step (self, UNDO, callback, user_data);
}

void
semio_study_redo_async (SemioStudy *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit_step (self, REDO, callback, user_data);
}

gboolean
semio_study_undo_finish (SemioStudy *self, GAsyncResult *result, SemioItemKey *key, GError **error)
{
  const Judgement *judgement = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (key)
    *key = judgement->key;
  return TRUE;
}
