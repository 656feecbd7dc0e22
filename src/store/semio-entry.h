/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "semio-database.h"
#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

#define SEMIO_ENTRY_VERSION 1

/* The kinds that this version writes. Any other kind is kept and verified all the same. */
#define SEMIO_ENTRY_PERSON "person"
#define SEMIO_ENTRY_RUN "run"
#define SEMIO_ENTRY_REFERENCE_SET "reference-set"
#define SEMIO_ENTRY_CURRENT_REFERENCE "current-reference"
#define SEMIO_ENTRY_PATIENT "patient"
#define SEMIO_ENTRY_RECORDING "recording"
#define SEMIO_ENTRY_MEDIA "media"
#define SEMIO_ENTRY_PSEUDONYM "pseudonym"
#define SEMIO_ENTRY_RECORDING_PATIENT "recording-patient"
#define SEMIO_ENTRY_MIRRORED "mirrored"
#define SEMIO_ENTRY_ALIAS "alias"
#define SEMIO_ENTRY_IMPORT "import"
#define SEMIO_ENTRY_RATING "rating"
#define SEMIO_ENTRY_WITHDRAWAL "withdrawal"
#define SEMIO_ENTRY_REVEAL "reveal"
#define SEMIO_ENTRY_CASE_DONE "case-done"
#define SEMIO_ENTRY_BOOKMARK "bookmark"
#define SEMIO_ENTRY_RUN_ARCHIVED "run-archived"
#define SEMIO_ENTRY_LIVE "live"
#define SEMIO_ENTRY_ANSWERS "answers"
#define SEMIO_ENTRY_SENT "sent"
#define SEMIO_ENTRY_CONSENT "consent"
#define SEMIO_ENTRY_TRANSCRIPT "transcript"

/**
 * SemioEntry:
 *
 * One entry, read from its JSON or about to be written.
 */
typedef struct {
  gint64 id; /* local row, 0 before it is written */
  SemioUuid uuid;
  SemioUuid writer;
  gint64 seq; /* from 1 */
  SemioSha256 prev; /* hash of the writer's entry before; zeros for the first */
  gint64 lamport;
  SemioUuid person; /* nil when the program itself writes */
  gint64 utc_us;
  int offset_min;
  char *kind;
  JsonObject *payload;
  GArray *supersedes; /* of SemioUuid */
  char *reason; /* (nullable): "text:" hash in the JSON, resolved when its text is there */
  JsonObject *heads; /* newly seen heads of other writers: UUID → [seq, hash]; (nullable) before it is written */
  char *json; /* as stored and hashed */
  SemioSha256 hash;
} SemioEntry;

/* person may be NULL. Takes payload over. */
SemioEntry *semio_entry_new (const char *kind, const SemioUuid *person, JsonObject *payload);
void semio_entry_free (SemioEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioEntry, semio_entry_free)
void semio_entry_add_supersedes (SemioEntry *entry, const SemioUuid *superseded);
void semio_entry_set_reason (SemioEntry *entry, const char *reason);
/* Reads stored JSON; fails on anything that no version could have written. */
SemioEntry *semio_entry_parse (const char *json, GError **error);

/* Members of the payload that are UUIDs, written as text. */
void semio_entry_payload_set_uuid (JsonObject *payload, const char *member, const SemioUuid *uuid);
gboolean semio_entry_payload_get_uuid (JsonObject *payload, const char *member, SemioUuid *uuid, GError **error);
/* The same for hashes; zeros when there is none. */
void semio_entry_payload_set_sha256 (JsonObject *payload, const char *member, const SemioSha256 *hash);
gboolean semio_entry_payload_get_sha256 (JsonObject *payload, const char *member, SemioSha256 *hash);
/* FALSE when it is not there. */
gboolean semio_entry_payload_get_flag (JsonObject *payload, const char *member);

G_END_DECLS
