/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "semio-database.h"
#include "semio-sha256.h"

G_BEGIN_DECLS

/* The tables that an import or an asked model brings rows to. */
typedef enum {
  SEMIO_IMPORT_PART_ANSWERS,
  SEMIO_IMPORT_PART_EXPLANATIONS,
  SEMIO_IMPORT_PART_LABELS,
  SEMIO_IMPORT_PART_EVENTS,
  SEMIO_IMPORT_PART_FINDINGS,
  SEMIO_IMPORT_PART_REPLIES, /* of models that were asked; no import brings them */
  SEMIO_IMPORT_N_PARTS,
} SemioImportPart;

/**
 * SemioImportDigest:
 *
 * What an import brought, in a few bytes: per table the exclusive or of the SHA-256 of every row's canonical text, so that
 * the order of the rows does not matter and rows are added one by one. Rows name recordings and features as entries do.
 */
typedef struct {
  SemioSha256 parts[SEMIO_IMPORT_N_PARTS];
  gint64 n_rows[SEMIO_IMPORT_N_PARTS];
} SemioImportDigest;

/* where: recording's UUID and feature ("" for events); numbers: what else stands in the row; text: (nullable). */
void semio_import_digest_add (SemioImportDigest *digest, SemioImportPart part, const SemioUuid *recording, const char *feature,
                              const gint64 *numbers, guint n_numbers, const char *text);
/* One answer of a run that was imported. */
typedef struct {
  gint64 segment, kind, attempt, answer;
  gint64 begin_ns, end_ns; /* SEMIO_TIME_NONE unknown */
  gboolean has_score;
  double score;
} SemioImportAnswer;

/* Times and score are part of the row's text where it has one of them: rows without are as in version 1. */
void semio_import_digest_add_answer (SemioImportDigest *digest, const SemioUuid *recording, const char *feature,
                                     const SemioImportAnswer *answer);
/* A member of the import's entry. */
JsonObject *semio_import_digest_to_json (const SemioImportDigest *digest);
/* FALSE when there is none, or not of this form. */
gboolean semio_import_digest_from_json (JsonObject *payload, SemioImportDigest *digest);
gboolean semio_import_digest_part_equal (const SemioImportDigest *a, const SemioImportDigest *b, SemioImportPart part);

G_END_DECLS
