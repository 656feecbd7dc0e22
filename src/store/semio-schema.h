/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-feature-set.h"
#include "semio-migration.h"
#include "semio-progress.h"

G_BEGIN_DECLS

/* The schema that this program writes. */
#define SEMIO_SCHEMA_VERSION 3

/* What a study says of itself before anything else is read. */
typedef struct {
  SemioUuid uuid;
  char *title;
  char *features; /* canonical JSON */
  gint64 created_utc_us;
} SemioStudyHead;

void semio_study_head_free (SemioStudyHead *head);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStudyHead, semio_study_head_free)

/* Makes the empty tables of the newest version, inside a transaction. */
gboolean semio_schema_create (SemioDatabase *database, GError **error);
/* The row of the study and its features. uuid: (nullable) a new one otherwise. */
gboolean semio_schema_write_head (SemioDatabase *database, const SemioUuid *uuid, const char *title, SemioFeatureSet *features,
                                  GError **error);
SemioStudyHead *semio_schema_read_head (SemioDatabase *database, GError **error);
/* Application id and version; refuses what is no study and what is newer than newest_version. */
gboolean semio_schema_identify (SemioDatabase *database, int newest_version, int *version, GError **error);
/* Whether every table, index and trigger is word for word as ours of that version. */
gboolean semio_schema_compare (SemioDatabase *database, int version, const SemioMigration *migrations, GError **error);
/* Makes the same tables, rules and indices in an empty database. */
gboolean semio_schema_copy (SemioDatabase *from, SemioDatabase *to, GError **error);
/* The whole integrity_check, table by table, so that its progress can be told, then the foreign keys. */
gboolean semio_schema_check_all (SemioDatabase *database, SemioProgressFunc progress, gpointer progress_data, GError **error);
/* PRAGMA integrity_check or quick_check, and the foreign keys. Anything found is an error that quotes it. */
gboolean semio_schema_check (SemioDatabase *database, gboolean quick, GError **error);

G_END_DECLS
