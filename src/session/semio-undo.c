/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-undo.h"

struct _SemioUndo {
  GPtrArray *steps; /* of SemioUndoStep */
  guint n_done; /* steps that stand; those after them were taken back */
};

static void
step_free (SemioUndoStep *step)
{
  g_clear_pointer (&step->before, semio_rating_unref);
  g_clear_pointer (&step->after, semio_rating_unref);
  g_clear_pointer (&step->bookmark_before, semio_bookmark_unref);
  g_clear_pointer (&step->bookmark_after, semio_bookmark_unref);
  g_free (step);
}

SemioUndo *
semio_undo_new (void)
{
  SemioUndo *undo = g_new0 (SemioUndo, 1);

  undo->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  return undo;
}

void
semio_undo_free (SemioUndo *undo)
{
  g_ptr_array_unref (undo->steps);
  g_free (undo);
}

static void
push_step (SemioUndo *undo, SemioUndoStep *step)
{
  g_ptr_array_set_size (undo->steps, (int) undo->n_done);
  g_ptr_array_add (undo->steps, step);
  undo->n_done = undo->steps->len;
}

void
semio_undo_push (SemioUndo *undo, const SemioItemKey *key, SemioRating *before, SemioRating *after)
{
  SemioUndoStep *step = g_new0 (SemioUndoStep, 1);

  step->key = *key;
  step->before = before ? semio_rating_ref (before) : NULL;
  step->after = after ? semio_rating_ref (after) : NULL;
  push_step (undo, step);
}

void
semio_undo_push_bookmark (SemioUndo *undo, gint64 recording_id, SemioBookmark *before, SemioBookmark *after)
{
  SemioUndoStep *step = g_new0 (SemioUndoStep, 1);

  step->is_bookmark = TRUE;
  step->key.recording_id = recording_id;
  step->bookmark_before = before ? semio_bookmark_ref (before) : NULL;
  step->bookmark_after = after ? semio_bookmark_ref (after) : NULL;
  push_step (undo, step);
}

static void
replace_bookmark (SemioBookmark **slot, const SemioUuid *old, SemioBookmark *bookmark)
{
  if (*slot == NULL || !semio_uuid_equal (&(*slot)->entry, old))
    return;
  semio_bookmark_unref (*slot);
  *slot = semio_bookmark_ref (bookmark);
}

void
semio_undo_replace_bookmark (SemioUndo *undo, const SemioUuid *old, SemioBookmark *bookmark)
{
  const SemioUuid gone = *old;

  for (guint i = 0; i < undo->steps->len; i++)
    {
      SemioUndoStep *step = undo->steps->pdata[i];

      replace_bookmark (&step->bookmark_before, &gone, bookmark);
      replace_bookmark (&step->bookmark_after, &gone, bookmark);
    }
}

const SemioUndoStep *
semio_undo_peek_undo (SemioUndo *undo)
{
  return undo->n_done > 0 ? undo->steps->pdata[undo->n_done - 1] : NULL;
}

const SemioUndoStep *
semio_undo_peek_redo (SemioUndo *undo)
{
  return undo->n_done < undo->steps->len ? undo->steps->pdata[undo->n_done] : NULL;
}

void
semio_undo_did_undo (SemioUndo *undo)
{
  g_return_if_fail (undo->n_done > 0);

  undo->n_done--;
}

void
semio_undo_did_redo (SemioUndo *undo)
{
  g_return_if_fail (undo->n_done < undo->steps->len);

  undo->n_done++;
}
