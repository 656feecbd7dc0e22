/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"
#include "semio-predict-plan.h"
#include "semio-run-config.h"
#include "semio-run-detail.h"
#include "semio-study.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_PREDICT_IDLE, /* not started */
  SEMIO_PREDICT_CHECKING, /* asks the server with synthetic pictures */
  SEMIO_PREDICT_RUNNING,
  SEMIO_PREDICT_PAUSED,
  SEMIO_PREDICT_WAITING, /* for the server; semio_predict_get_waiting() says why */
  SEMIO_PREDICT_DONE, /* every question was asked */
  SEMIO_PREDICT_STOPPED, /* by a person or an error; what was answered stands */
} SemioPredictState;

/* How far a run at work has come. Numbers of tokens are those told since it was started, -1 while none was. */
typedef struct {
  guint n_questions; /* of the whole run */
  guint n_answered; /* with a usable answer, earlier ones too */
  guint n_failed; /* without one, in this go */
  guint n_open;
  gint64 prompt_tokens, cached_tokens, completion_tokens;
  double seconds_left; /* negative while too little is known */
} SemioPredictProgress;

/**
 * SemioPredict:
 *
 * A run at work: reads frames and sound, asks the server, keeps every answer in the study as it comes. What was answered
 * is never asked again, also after a crash: going on means starting it anew under the same name and configuration.
 *
 * Signals: "changed" (state or progress), "problem" (const char *: a sentence for the log, naming recording and feature),
 * "answered" (gint64 recording_id: an answer of that recording is durable), "kept" (SemioRunCell *: the question that was
 * answered and how; only for as long as the call).
 */
#define SEMIO_TYPE_PREDICT (semio_predict_get_type ())
G_DECLARE_FINAL_TYPE (SemioPredict, semio_predict, SEMIO, PREDICT, GObject)

/* recordings: array of gint64, NULL for all of the study. key (nullable) is copied into memory that is wiped. */
SemioPredict *semio_predict_new (SemioStudy *study, const SemioRunConfig *config, const SemioEndpoint *endpoint, const char *key,
                                 GArray *recordings);
/* Asks those again that have no usable answer, beside those never asked. */
void semio_predict_set_retry_failed (SemioPredict *self, gboolean retry_failed);

/* What would be asked and sent, from what stands in the study: for the pages before the start. */
void semio_predict_plan_async (SemioPredict *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioPredictPlan *semio_predict_plan_finish (SemioPredict *self, GAsyncResult *result, GError **error);

/* Runs until everything was asked, it is stopped, or nothing further can be. Each host that is not this machine needs a
 * consent that stands in the study: SEMIO_SESSION_ERROR_CONSENT names the one that lacks. A run of the name with another
 * configuration is refused (SEMIO_SESSION_ERROR_CONFLICT). Cancelling stops at once; what came stands. */
void semio_predict_run_async (SemioPredict *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_predict_run_finish (SemioPredict *self, GAsyncResult *result, GError **error);
/**
 * semio_predict_write_batch_async:
 * @folder: a folder, best an empty one
 * @max_bytes: of one file; 0 for what hosted services take
 *
 * Instead of asking a server, writes what would be asked into files for a batch service (semio-batch-file.h). What is written
 * is noted in the study as what is sent is. Nothing leaves the machine by it; whoever takes the files elsewhere takes faces
 * and voices along.
 */
void semio_predict_write_batch_async (SemioPredict *self, GFile *folder, guint64 max_bytes, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
/* How many files; -1 with an error. */
int semio_predict_write_batch_finish (SemioPredict *self, GAsyncResult *result, GError **error);

/* What is in flight is finished and kept, nothing new is sent. */
void semio_predict_set_paused (SemioPredict *self, gboolean paused);

SemioPredictState semio_predict_get_state (SemioPredict *self);
SemioPredictProgress semio_predict_get_progress (SemioPredict *self);
/* (nullable) */
const char *semio_predict_get_waiting (SemioPredict *self);
const SemioRunConfig *semio_predict_get_config (SemioPredict *self);
gint64 semio_predict_get_run_id (SemioPredict *self); /* 0 before it was made */

G_END_DECLS
