/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-model-reply.h"
#include "semio-question.h"

G_BEGIN_DECLS

/* Answers of a run that is being asked now: each stands in the study, seen, as soon as the write that brought it returns. */

/**
 * semio_live_table_begin:
 * @database: the writing connection, inside a transaction
 *
 * The import under which this opening of the study puts a run's answers; made by the first call, given again by the later
 * ones. What an earlier opening put, also one that was killed, stands under its own and is read together with it. Writes an
 * entry when it is made. A run into which a file was imported is refused (%SEMIO_STORE_ERROR_CONFLICT).
 *
 * Returns: its local id, 0 on error
 */
gint64 semio_live_table_begin (SemioDatabase *database, gint64 run_id, GError **error);

/* One answer that came. */
typedef struct {
  gint64 recording_id;
  SemioQuestionKind kind;
  guint feature; /* or SEMIO_FEATURE_NONE */
  int segment; /* from 0, or SEMIO_SEGMENT_WHOLE */
  const SemioModelReply *reply;
  int attempt; /* (out): under which it stands, from 0 */
} SemioLiveAnswer;

/* Stores an answer as the next attempt at its question: as a fail when the reply is unusable. Inside a write transaction, when
 * whose write finishes it is on disk. */
gboolean semio_live_table_store (SemioDatabase *database, gint64 import_id, gint64 run_id, gint64 recording_id,
                                 SemioQuestionKind kind, guint feature, int segment, const SemioModelReply *reply, int *attempt,
                                 GError **error);
/* Several in one transaction, all or none. */
gboolean semio_live_table_store_all (SemioDatabase *database, gint64 import_id, gint64 run_id, SemioLiveAnswer *answers,
                                     guint n_answers, GError **error);
/* Writes entries with the digest of what stands for a segment and is in none yet, one for each opening that brought it; does
 * nothing when there is nothing. actor (nullable). */
gboolean semio_live_table_finish_segment (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, gint64 recording_id,
                                          int segment, GError **error);
/* The same for all segments of the run: at its end, and for what a killed program left. */
gboolean semio_live_table_finish_run (SemioDatabase *database, const SemioUuid *actor, gint64 run_id, GError **error);

/* What stands for one question: the last usable attempt counts, else the last. */
typedef struct {
  gint64 recording_id;
  SemioQuestionKind kind;
  guint feature; /* or SEMIO_FEATURE_NONE */
  int segment;
  int attempt; /* that counts */
  guint n_attempts;
  SemioReplyState state;
  SemioAnswer answer;
} SemioLiveCell;

/* A run's questions by recording, feature, segment, kind, without texts; also of an imported run. Array of #SemioLiveCell. */
GArray *semio_live_table_load_cells (SemioDatabase *database, gint64 run_id, GError **error);

/* The whole reply with its raw body. attempt: -1 for the one that counts. (nullable): NULL without error when there is none. */
SemioModelReply *semio_live_table_get_reply (SemioDatabase *database, gint64 run_id, gint64 recording_id, SemioQuestionKind kind,
                                             guint feature, int segment, int attempt, GError **error);

/* A run in numbers. Tokens are those of all attempts; -1 when no server told. */
typedef struct {
  guint n_questions; /* with an attempt at least */
  guint n_answered; /* as sent */
  guint n_repaired;
  guint n_unusable;
  guint n_attempts;
  gint64 prompt_tokens, completion_tokens;
  gint64 cached_tokens; /* of cached_of_tokens prompt tokens */
  gint64 cached_of_tokens; /* prompt tokens of the replies that told what was cached */
  gint64 first_utc_us, last_utc_us; /* 0 when nothing came yet */
} SemioLiveSums;

gboolean semio_live_table_load_sums (SemioDatabase *database, gint64 run_id, SemioLiveSums *sums, GError **error);

/* What was repaired, or why an answer is unusable. */
typedef struct {
  gint64 recording_id;
  SemioQuestionKind kind;
  guint feature;
  int segment;
  int attempt;
  SemioReplyState state;
  int http_status;
  char *problem;
  char *host; /* (nullable) */
  gint64 utc_us;
} SemioLiveProblem;

void semio_live_problem_free (SemioLiveProblem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioLiveProblem, semio_live_problem_free)
/* Newest first, at most limit. Array of #SemioLiveProblem. */
GPtrArray *semio_live_table_load_problems (SemioDatabase *database, gint64 run_id, guint limit, GError **error);

G_END_DECLS
