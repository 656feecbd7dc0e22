/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-entry.h"
#include "semio-identity.h"
#include "semio-store-merge.h"

G_BEGIN_DECLS

/* What a person may have got from the other copy, in the order in which it is told. */
typedef enum {
  SEMIO_MERGE_RATING,
  SEMIO_MERGE_WITHDRAWAL,
  SEMIO_MERGE_PERSON,
  SEMIO_MERGE_RECORDING,
  SEMIO_MERGE_VIDEO,
  SEMIO_MERGE_FACTS,
  SEMIO_MERGE_RUN,
  SEMIO_MERGE_ANSWER,
  SEMIO_MERGE_SET,
  SEMIO_MERGE_LABEL,
  SEMIO_MERGE_EVENT,
  SEMIO_MERGE_FINDING,
  SEMIO_MERGE_BOOKMARK,
  SEMIO_MERGE_TRANSCRIPT,
  SEMIO_MERGE_OTHER,
  SEMIO_MERGE_N_THINGS
} SemioMergeThing;

/* What merging did. */
typedef struct {
  guint n_things[SEMIO_MERGE_N_THINGS];
  guint n_entries;
  guint n_forked;
  guint n_imports;
  guint n_aliases;
} SemioMergeCounts;

/* An import of the other copy that is not here, or may not be here as a whole. It is staged under another UUID, so that what a
 * dead program left of it is not in the way, and gets its own with the last step. */
typedef struct {
  gint64 other_id;
  gint64 staged_id; /* 0 before it is staged */
  SemioUuid uuid;
  SemioUuid run; /* nil: none */
  SemioUuid set;
  SemioUuid live; /* nil: brought by an import; else of answers that came one by one, of which some may be here */
  gint64 newest_part; /* of live: the newest of its imports here when it was begun */
} SemioMergeImport;

struct _SemioMerge {
  char *path;
  SemioDatabase *other; /* a snapshot of it is held from the first step to the last */
  SemioUuid study;
  SemioMergeCounts counts;

  GPtrArray *entries; /* of SemioEntry: those that are not here, in their order */
  GArray *texts; /* of SemioMergeText */
  GArray *names; /* of SemioMergeName */
  GArray *media; /* of SemioSha256: what is here without facts */
  gint64 last_entry_id; /* of this copy, when it was looked at */
  gint64 last_lamport; /* of its entries whose order counts */

  GArray *imports; /* of SemioMergeImport */
  /* Local integers of the other file and what they are here. */
  GHashTable *import_ids;
  GHashTable *live_places; /* of live ones: their place in imports */
  GHashTable *ids[SEMIO_IDENTITY_IMPORT];
  GHashTable *feature_ids;

  guint table; /* how far staging has come */
  SemioStatement *read; /* (nullable) on other */
  gint64 part[3]; /* recording, run, import: whose coverage row was seen to last */
};

/* Looks through the other copy; nothing is written. */
gboolean semio_merge_gather_entries (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error);
gboolean semio_merge_gather_cells (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error);
/* Names of files and what was measured of media: with the cells, before them and after them. */
gboolean semio_merge_gather_media (SemioMerge *merge, SemioDatabase *database, GCancellable *cancellable, GError **error);
void semio_merge_clear_entries (SemioMerge *merge);
void semio_merge_clear_media (SemioMerge *merge);
void semio_merge_clear_cells (SemioMerge *merge);

/* Of the row that is read now. */
gboolean semio_merge_stage_medium (SemioMerge *merge, SemioDatabase *database, GError **error);
/* Type: 'b' blob, 'd' number with decimals, 't' text, others whole numbers. */
void semio_merge_copy_column (SemioStatement *from, int column, SemioStatement *to, int parameter, char type);

/* The parts of the last step. */
gboolean semio_merge_write_media (SemioMerge *merge, SemioDatabase *database, GError **error);
gboolean semio_merge_write_entries (SemioMerge *merge, SemioDatabase *database, GError **error);
gboolean semio_merge_write_cells (SemioMerge *merge, SemioDatabase *database, GError **error);
/* Entries that join recordings of one content. They are made from what they join, so that every copy makes the same. */
gboolean semio_merge_aliases (SemioMerge *merge, SemioDatabase *database, GError **error);

void semio_merge_count_entry (SemioMerge *merge, const SemioEntry *entry);
/* What was taken over, in words. */
char *semio_merge_summarize (SemioMerge *merge, SemioDatabase *database, GError **error);

G_END_DECLS
