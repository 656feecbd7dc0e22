/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-bookmark.h"
#include "semio-rating.h"

G_BEGIN_DECLS

/**
 * SemioUndo:
 *
 * This session's judgements and bookmarks of one person as steps that can be taken back and done again. A step goes from one
 * content of an item to another; no content (NULL) is an item without a judgement. Or from one bookmark to another, NULL for none.
 */
typedef struct _SemioUndo SemioUndo;

typedef struct {
  SemioItemKey key;
  SemioRating *before; /* (nullable) */
  SemioRating *after; /* (nullable) */
  gboolean is_bookmark; /* then of the key only the recording is set */
  SemioBookmark *bookmark_before; /* (nullable) */
  SemioBookmark *bookmark_after; /* (nullable) */
} SemioUndoStep;

SemioUndo *semio_undo_new (void);
void semio_undo_free (SemioUndo *undo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioUndo, semio_undo_free)

/* A new judgement; what had been undone can then no longer be done again. */
void semio_undo_push (SemioUndo *undo, const SemioItemKey *key, SemioRating *before, SemioRating *after);
void semio_undo_push_bookmark (SemioUndo *undo, gint64 recording_id, SemioBookmark *before, SemioBookmark *after);
/* What a step put back has another entry now: further steps of it mean that one. */
void semio_undo_replace_bookmark (SemioUndo *undo, const SemioUuid *old, SemioBookmark *bookmark);
/* The step that would be taken back or done again next, NULL when there is none. */
const SemioUndoStep *semio_undo_peek_undo (SemioUndo *undo);
const SemioUndoStep *semio_undo_peek_redo (SemioUndo *undo);
/* Called when the store took it. */
void semio_undo_did_undo (SemioUndo *undo);
void semio_undo_did_redo (SemioUndo *undo);

G_END_DECLS
