/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"

G_BEGIN_DECLS

/**
 * semio_entry_table_append:
 * @database: the writing connection, inside a transaction
 * @entry: kind, person, payload, supersedes and reason; the rest is filled in
 *
 * Gives the entry its identity and its place in this writer's chain, stores its JSON exactly as hashed and applies it to
 * the projections, all in the caller's transaction.
 *
 * Any kind is taken; one without a projection is only kept.
 */
gboolean semio_entry_table_append (SemioDatabase *database, SemioEntry *entry, GError **error);

/* Free text in an entry is its salted hash; the text and salt go to the table of texts. Adds "text:…" as member of the
 * payload; NULL or "" adds null. */
gboolean semio_entry_text_set (SemioDatabase *database, JsonObject *payload, const char *member, const char *text,
                               GError **error);
/* (nullable) (transfer full): NULL when there is none or it is redacted. */
char *semio_entry_text_get (SemioDatabase *database, JsonObject *payload, const char *member);

/* Entries of a kind (NULL: all) in their order, Lamport counter, then writer. Stops when func gives FALSE. */
typedef gboolean (*SemioEntryFunc) (SemioEntry *entry, gpointer user_data, GError **error);
gboolean semio_entry_table_foreach (SemioDatabase *database, const char *kind, SemioEntryFunc func, gpointer user_data,
                                    GError **error);
/* All but those that go into their tables in any order (ratings, bookmarks, what live runs write …). */
gboolean semio_entry_table_foreach_ordered (SemioDatabase *database, SemioEntryFunc func, gpointer user_data, GError **error);
gboolean semio_entry_table_count (SemioDatabase *database, gint64 *n_entries, GError **error);
/* NULL with SEMIO_STORE_ERROR_NOT_FOUND when it is not there. */
SemioEntry *semio_entry_table_find (SemioDatabase *database, const SemioUuid *uuid, GError **error);

G_END_DECLS
