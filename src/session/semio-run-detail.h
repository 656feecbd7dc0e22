/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-model-reply.h"
#include "semio-predict-plan.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* What stands for one question of a run: the last usable attempt counts, else the last. */
typedef struct {
  SemioQuestionKey key;
  SemioReplyState state;
  SemioAnswer answer;
  guint n_attempts;
} SemioRunCell;

/* What was repaired, or why there is no usable answer. */
typedef struct {
  SemioQuestionKey key;
  SemioReplyState state;
  int http_status;
  gint64 utc_us;
  char *text; /* a sentence */
  char *host; /* (nullable) */
} SemioRunProblem;

/* A run in numbers. Tokens are those of all attempts, -1 when no server told. */
typedef struct {
  guint n_questions; /* that were asked */
  guint n_as_sent, n_repaired, n_unusable;
  guint n_attempts;
  gint64 prompt_tokens, completion_tokens;
  gint64 cached_tokens, cached_of_tokens; /* so many of so many prompt tokens whose servers told */
  gint64 first_utc_us, last_utc_us; /* 0 when nothing came yet */
} SemioRunSums;

/**
 * SemioRunDetail:
 *
 * All that the study knows of a run without its texts. Owned by the caller.
 */
typedef struct {
  gint64 run_id;
  SemioRunSums sums;
  GArray *cells; /* of #SemioRunCell by recording, feature, segment, kind */
  GPtrArray *problems; /* of #SemioRunProblem, newest first, at most 500 */
} SemioRunDetail;

void semio_run_detail_free (SemioRunDetail *detail);
/* "P07 · R031, segment 2, Tonic". Free with g_free(). */
char *semio_run_detail_name_key (SemioStudy *study, const SemioQuestionKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRunDetail, semio_run_detail_free)

void semio_run_detail_load_async (SemioStudy *study, gint64 run_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
SemioRunDetail *semio_run_detail_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* The sums of all runs, as the study lists them (semio_study_get_runs()). Array of #SemioRunSums. */
void semio_run_sums_load_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GArray *semio_run_sums_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Puts a run away, or takes it out again. Nothing of it goes. */
void semio_run_set_archived_async (SemioStudy *study, gint64 run_id, gboolean archived, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean semio_run_set_archived_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
