/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-rating.h"

G_BEGIN_DECLS

/**
 * SemioUndo:
 *
 * This session's judgements of one person as steps that can be taken back and done again. A step goes from one content
 * of an item to another; no content (NULL) is an item without a judgement.
 */
typedef struct _SemioUndo SemioUndo;

typedef struct {
  SemioItemKey key;
  SemioRating *before; /* (nullable) */
  SemioRating *after; /* (nullable) */
} SemioUndoStep;

SemioUndo *semio_undo_new (void);
void semio_undo_free (SemioUndo *undo);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioUndo, semio_undo_free)

/* A new judgement; what had been undone can then no longer be done again. */
void semio_undo_push (SemioUndo *undo, const SemioItemKey *key, SemioRating *before, SemioRating *after);
/* The step that would be taken back or done again next, NULL when there is none. */
const SemioUndoStep *semio_undo_peek_undo (SemioUndo *undo);
const SemioUndoStep *semio_undo_peek_redo (SemioUndo *undo);
/* Called when the store took it. */
void semio_undo_did_undo (SemioUndo *undo);
void semio_undo_did_redo (SemioUndo *undo);

G_END_DECLS
