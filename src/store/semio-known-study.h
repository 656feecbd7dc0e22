/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"
#include "semio-known-copies.h"
#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* What the user's data folder remembers of the head of one writer's chain. */
typedef struct {
  SemioUuid writer;
  gint64 seq;
  SemioSha256 hash;
  gboolean open; /* in use, or its program ended without closing: then the head may be further on */
  char *path; /* (nullable) the copy that it wrote to */
} SemioKnownWriter;

/**
 * SemioKnownStudy:
 *
 * The user's data folder's record of a study: which writers this installation is, in which copies, how far their chains
 * went, the newest entry seen, and the ends of all chains in each copy, which are never forgotten or set back by what a
 * file lacks. It is what tells a restored or foreign copy from the one last written.
 */
typedef struct {
  SemioUuid study;
  gboolean has_last;
  SemioSha256 last; /* newest entry of the file when it was last remembered */
  gint64 n_entries;
  GArray *writers; /* of SemioKnownWriter */
  GPtrArray *paths; /* newest first */
  GPtrArray *copies; /* of SemioKnownCopy */
  gboolean same_machine;
} SemioKnownStudy;

void semio_known_study_free (SemioKnownStudy *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioKnownStudy, semio_known_study_free)

/* The folder of the program in the user's data folder. */
char *semio_known_study_get_folder (void);
/* (nullable): NULL without error when the study was never seen here. */
SemioKnownStudy *semio_known_study_load (const SemioUuid *study, GError **error);
/* The study that was last seen at a path. */
gboolean semio_known_study_find_path (const char *path, SemioUuid *study);

/* TRUE when the file's newest entry is the one remembered, or one that a writer of this installation wrote after it
 * without coming to remember it, and it lacks nothing that was once seen in it. */
gboolean semio_known_study_is_known (const SemioKnownStudy *known, SemioDatabase *database, GError **error);
/* A writer for this opening of this copy, taken for it alone: one whose remembered head is exactly that of the file and
 * that nobody uses, otherwise a new one. Written to disk before it returns. */
gboolean semio_known_study_claim_writer (const SemioUuid *study, SemioDatabase *database, SemioUuid *writer, GError **error);
/* Remembers how far the file is; what it has lost stays remembered. closed: the writer is free again and its head exact. */
gboolean semio_known_study_remember (const SemioUuid *study, SemioDatabase *database, const SemioUuid *writer, gboolean closed,
                                     GError **error);

G_END_DECLS
