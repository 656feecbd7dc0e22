/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks of an open study: set, renamed and removed by the person whose they are, in one queue with the judgements. */
#include <glib/gi18n-lib.h>

#include "semio-bookmark-table.h"
#include "semio-study-private.h"

SemioBookmarkChange *
semio_bookmark_change_new (SemioReview *review, gint64 time_ns, const char *text, SemioBookmark *from, SemioBookmark *to)
{
  SemioBookmarkChange *change = g_new0 (SemioBookmarkChange, 1);

  change->review = review ? g_object_ref (review) : NULL;
  change->time_ns = time_ns;
  change->text = g_strdup (text);
  change->from = from ? semio_bookmark_ref (from) : NULL;
  change->to = to ? semio_bookmark_ref (to) : NULL;
  return change;
}

void
semio_bookmark_change_free (SemioBookmarkChange *change)
{
  g_clear_object (&change->review);
  g_clear_pointer (&change->from, semio_bookmark_unref);
  g_clear_pointer (&change->to, semio_bookmark_unref);
  g_free (change->text);
  g_free (change);
}

gboolean
semio_bookmark_change_settle (SemioBookmarkChange *change)
{
  SemioBookmark *standing = semio_review_find_bookmark (change->review, change->time_ns);

  if (change->text == NULL && standing == NULL)
    return FALSE;
  if (change->text != NULL && standing != NULL && g_strcmp0 (change->text, standing->text ? standing->text : "") == 0)
    return FALSE;
  change->from = standing ? semio_bookmark_ref (standing) : NULL;
  if (change->text == NULL)
    return TRUE;
  change->to = semio_bookmark_new ();
  change->to->recording_id = semio_review_get_recording (change->review)->id;
  change->to->time_ns = change->time_ns;
  change->to->text = g_strdup (change->text);
  return TRUE;
}

gboolean
semio_bookmark_change_write (const SemioBookmarkChange *change, SemioDatabase *database, gint64 person_id,
                             SemioBookmark **written, GError **error)
{
  g_autoptr (SemioBookmark) copy = NULL;

  if (!change->to)
    return semio_bookmark_table_withdraw (database, person_id, &change->from->entry, error);
  copy = semio_bookmark_copy (change->to);
  copy->person_id = person_id;
  copy->entry = change->from ? change->from->entry : (SemioUuid){ { 0 } };
  *written = semio_bookmark_table_put (database, copy, error);
  return *written != NULL;
}

typedef struct {
  const SemioUuid *gone; /* (nullable) */
  SemioBookmark *written; /* (nullable) */
} Applied;

static void
apply_to_review (SemioReview *review, gpointer data)
{
  const Applied *applied = data;

  semio_review_apply_bookmark (review, applied->gone, applied->written);
}

void
semio_bookmark_change_apply (const SemioBookmarkChange *change, SemioStudy *study, SemioBookmark *written)
{
  Applied applied = { change->from ? &change->from->entry : NULL, written };

  semio_study_foreach_review (study, semio_bookmark_change_get_recording (change), 0, apply_to_review, &applied);
}

gint64
semio_bookmark_change_get_recording (const SemioBookmarkChange *change)
{
  return change->from ? change->from->recording_id : change->to->recording_id;
}

static gboolean
check_person (SemioStudy *self, SemioReview *review, GError **error)
{
  if (!semio_study_check_writable (self, error))
    return FALSE;
  if (semio_review_get_person_id (review) != 0)
    return TRUE;
  g_set_error_literal (error, SEMIO_SESSION_ERROR, SEMIO_SESSION_ERROR_REFUSED,
                       _ ("Nobody is chosen whose bookmark it would be. Choose a person first."));
  return FALSE;
}

void
semio_study_set_bookmark_async (SemioStudy *self, SemioReview *review, gint64 time_ns, const char *text,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *stripped = text ? g_strstrip (g_strdup (text)) : NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, semio_study_set_bookmark_async);
  if (!check_person (self, review, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  semio_study_submit_bookmark (self, task, semio_review_get_person_id (review),
                               semio_bookmark_change_new (review, time_ns, stripped, NULL, NULL));
}

gboolean
semio_study_set_bookmark_finish (SemioStudy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
