/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/**
 * SemioMerge:
 *
 * Takes in what another copy of the same study has: entries, texts, media, source names, predictions, labels. Recordings of
 * one content are joined by alias entries that come out the same whichever side merges. Running it again changes nothing.
 * Drafts stay where they are.
 *
 * It goes in steps so that nothing waits for it: looking through the other copy, staging in slices, and a short last one
 * that shows everything. Whoever stops in between leaves the study as it was. Of one thread at a time.
 */
typedef struct _SemioMerge SemioMerge;

SemioMerge *semio_merge_new (const char *other_path);
void semio_merge_free (SemioMerge *merge);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioMerge, semio_merge_free)

/* Opens and checks the other copy and notes what is not here. Inside a read transaction; takes long. */
gboolean semio_merge_prepare (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error);
/* Begins what staging goes on with; only when it was committed there is something to discard. Inside a write transaction. */
gboolean semio_merge_begin (SemioMerge *merge, SemioDatabase *database, GError **error);
/* Writes a slice of what shows only after the last step, until the time is up; *done when all of it is written. Inside a
 * write transaction. */
gboolean semio_merge_stage (SemioMerge *merge, SemioDatabase *database, gint64 until_us, gboolean *done, GError **error);
/* The last step: the entries, and all that was staged is seen. Returns a summary for people. Inside a write transaction. */
char *semio_merge_commit (SemioMerge *merge, SemioDatabase *database, GError **error);
/* Removes a slice of what was staged; *done when nothing is left. Inside a write transaction. */
gboolean semio_merge_discard (SemioMerge *merge, SemioDatabase *database, gboolean *done, GError **error);

G_END_DECLS
