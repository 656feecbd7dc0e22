/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-import-digest.h"
#include "semio-answer.h"
#include "semio-question.h"

G_BEGIN_DECLS

/* Stands in the table of features for a question that is of none. */
#define SEMIO_LIVE_NO_FEATURE "@event"

/* What an entry says of one live cell, in this order of columns; of prediction p, feature f, explanation x, reply r and its
 * body b. */
#define SEMIO_LIVE_CELL_COLUMNS                                                                                                  \
  "f.name, p.segment, p.kind, p.attempt, p.answer, p.onset_ns, x.text, r.state, r.http_status, r.prompt_tokens,"                 \
  " r.cached_tokens, r.completion_tokens, r.first_us, r.total_us, r.utc_us, r.request, r.finish_reason, r.problem, r.host,"      \
  " b.reasoning, b.raw"
#define SEMIO_LIVE_CELL_N_COLUMNS 21
/* Joins of the others to prediction p. */
#define SEMIO_LIVE_CELL_JOINS                                                                                                    \
  " CROSS JOIN feature AS f ON f.id = p.feature_id"                                                                              \
  " LEFT JOIN explanation AS x ON x.recording_id = p.recording_id AND x.run_id = p.run_id AND x.feature_id = p.feature_id"       \
  " AND x.segment = p.segment AND x.kind = p.kind AND x.attempt = p.attempt AND x.import_id = p.import_id"                       \
  " LEFT JOIN reply AS r ON r.recording_id = p.recording_id AND r.run_id = p.run_id AND r.feature_id = p.feature_id"             \
  " AND r.segment = p.segment AND r.kind = p.kind AND r.attempt = p.attempt AND r.import_id = p.import_id"                       \
  " LEFT JOIN reply_body AS b ON b.recording_id = p.recording_id AND b.run_id = p.run_id AND b.feature_id = p.feature_id"        \
  " AND b.segment = p.segment AND b.kind = p.kind AND b.attempt = p.attempt AND b.import_id = p.import_id"

/* Adds one cell, whose columns begin at first, to a digest. */
void semio_live_digest_add (SemioImportDigest *digest, const SemioUuid *recording, SemioStatement *statement, int first);

/* Where an answers entry's cells are named: ["answer", "arm_flexion", 0]. */
typedef struct {
  SemioQuestionKind kind;
  const char *feature; /* SEMIO_LIVE_NO_FEATURE for a question of none; lives as long as the entry */
  gint64 attempt;
} SemioLiveCellName;

/* Array of #SemioLiveCellName; NULL when the payload is not of this form. */
GArray *semio_live_cells_from_json (JsonObject *payload);

/* The local row of a question's feature; made when there is none. */
gboolean semio_live_find_feature (SemioDatabase *database, guint feature, gint64 *feature_id, GError **error);
/* The local row that stands for questions of no feature; -1 when there is none. */
gboolean semio_live_get_no_feature (SemioDatabase *database, gint64 *feature_id, GError **error);
/* Whether an answer of a kind counts before a later one that does not. */
gboolean semio_live_is_usable (SemioQuestionKind kind, SemioAnswer answer);
/* Identity of the row of an import that holds a part of what an opening brought: near that of the opening, so that copies
 * read in one order, and free. */
SemioUuid semio_live_make_part (const SemioUuid *live);

/* Refuses a run into which a file was imported (live: to be asked), or that was asked (to be imported into). */
gboolean semio_live_check_run (SemioDatabase *database, gint64 run_id, gboolean live, GError **error);

G_END_DECLS
