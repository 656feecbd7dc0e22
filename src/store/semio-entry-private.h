/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"

G_BEGIN_DECLS

/* The member that names a salted text: {"text": "<64 hexadecimal digits>"}. */
#define SEMIO_ENTRY_TEXT "text"

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
