/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-batch-file.h"
#include "semio-key.h"
#include "semio-live-table.h"
#include "semio-media-worker.h"
#include "semio-predict-media.h"
#include "semio-predict.h"
#include "semio-scheduler.h"
#include "semio-study-private.h"

G_BEGIN_DECLS

struct _SemioPredict {
  GObject parent_instance;

  SemioStudy *study;
  SemioRunConfig *config;
  SemioEndpoint *endpoint;
  SemioKey *key;
  GArray *recordings; /* (nullable): of gint64 */
  gboolean retry_failed;

  SemioPredictState state;
  SemioPredictProgress progress;
  char *waiting;
  gint64 run_id, import_id;
  gint64 started_us;
  guint n_asked; /* answers of either kind since the start */

  GTask *task; /* while it runs */
  GCancellable *cancellable; /* of everything under way, cancelled by the caller's */
  gulong cancelled_handler;
  SemioTransfer *transfer; /* of the checks before the start */
  SemioScheduler *scheduler; /* (nullable): a batch has none */
  SemioBatchWriter *batch; /* (nullable): where lines go instead of a server */
  guint n_batch_files;
  SemioUuid run_uuid;
  SemioMediaWorker *worker;
  SemioPredictPlan *plan;
  guint next; /* segment of the plan to prepare */
  gboolean is_preparing;
  gboolean is_wanted; /* the scheduler has a place for another segment */
  GHashTable *broken; /* gint64: recordings whose video could not be read */

  GPtrArray *active; /* of ActiveSegment: pushed and not finished */
  GPtrArray *pending; /* of PendingAnswer: came, not on disk yet */
  guint n_unkept; /* came, waiting or being written */
  gboolean is_writing;
  GError *failure; /* (nullable): why it is ending */
  char *not_begun; /* (nullable): why nothing was asked, to be told with the run */
  gboolean is_ending;
  gboolean is_closing; /* nothing more is asked or kept: the last writes are under way */
};

/* Reads and sends segments as the scheduler wants them, keeps what comes; semio_predict_end() is called when all is done. */
void semio_predict_work_start (SemioPredict *self);
void semio_predict_work_free (SemioPredict *self);
/* TRUE when nothing that came waits to be written. */
gboolean semio_predict_work_is_written (SemioPredict *self);

/* Writes what was prepared as lines of a batch, in a thread; then done is called in the run's context. */
void semio_predict_batch_write (SemioPredict *self, const SemioPlannedSegment *planned, GPtrArray *fan_outs,
                                GAsyncReadyCallback done, gpointer user_data);
gboolean semio_predict_batch_write_finish (GAsyncResult *result, GError **error);
/* The last words of a batch: its manifest. */
gboolean semio_predict_batch_finish (SemioPredict *self, GError **error);

/* Ends the run: takes error (nullable), lets what came be written, then finishes the task. */
void semio_predict_end (SemioPredict *self, GError *error);
void semio_predict_set_state (SemioPredict *self, SemioPredictState state);
void semio_predict_tell_problem (SemioPredict *self, const char *problem);

G_END_DECLS
