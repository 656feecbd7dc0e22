/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* Takes in what another copy of the same study has: entries, texts, media, source names, predictions, labels. Recordings of
 * one content are joined by alias entries that come out the same whichever side merges. Inside the caller's transaction.
 * Running it again changes nothing. The summary is for people. Drafts stay where they are. */
char *semio_store_merge (SemioDatabase *database, const char *other_path, SemioProgressFunc progress, gpointer progress_data,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
