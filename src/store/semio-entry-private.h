/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"

G_BEGIN_DECLS

/* The member that names a salted text: {"text": "<64 hexadecimal digits>"}. */
#define SEMIO_ENTRY_TEXT "text"

/* Kinds whose projections come out the same in whichever order their entries are applied: each has rows of its own, and what
 * supersedes them is known by identity. Of all others the last in order counts. As a list in SQL. */
#define SEMIO_ENTRY_ANY_ORDER_SQL "('rating', 'withdrawal', 'bookmark', 'live', 'answers', 'sent', 'consent', 'transcript')"

/* Makes the canonical JSON and its hash from the other fields. */
void semio_entry_compose (SemioEntry *entry, const SemioUuid *study, const char *reason_hash);
/* Stores an entry as it stands and applies it; for appending, merging and derived aliases. */
gboolean semio_entry_table_insert (SemioDatabase *database, SemioEntry *entry, gboolean forked, gboolean apply, GError **error);
/* Hash of a text under a salt. */
SemioSha256 semio_entry_text_hash (const void *salt, gsize salt_length, const char *text);
/* The hash that a member names; FALSE when it is null or no text. */
gboolean semio_entry_text_get_hash (JsonObject *payload, const char *member, SemioSha256 *hash);
/* Keeps a text under a new salt and gives the hash. */
gboolean semio_entry_text_store (SemioDatabase *database, const char *text, SemioSha256 *hash, GError **error);

G_END_DECLS
