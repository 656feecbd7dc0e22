/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-store-service.h"

G_BEGIN_DECLS

/* What stands around a job's function. */
typedef enum {
  SEMIO_STORE_JOB_WRITE, /* BEGIN IMMEDIATE … COMMIT */
  SEMIO_STORE_JOB_READ, /* one snapshot */
  SEMIO_STORE_JOB_PLAIN, /* nothing */
} SemioStoreJobMode;

/**
 * SemioStoreWorker:
 *
 * One connection and the thread that alone uses it, with a queue by priority and order of arrival.
 */
typedef struct _SemioStoreWorker SemioStoreWorker;

/* Called in the worker's thread: after each commit (pages that stand in the log, whether entries may have come), and once
 * when nothing came for a while after one. */
typedef void (*SemioStoreCommittedFunc) (SemioStorePriority priority, int n_log_pages, gpointer user_data);
typedef void (*SemioStoreIdleFunc) (gpointer user_data);

/* Takes the database over. Either function may be NULL. */
SemioStoreWorker *semio_store_worker_new (const char *name, SemioDatabase *database, SemioStoreCommittedFunc committed,
                                          SemioStoreIdleFunc idle, guint idle_ms, gpointer user_data);
/* Takes data over (data_free). task (nullable, taken over) is returned with the result. */
void semio_store_worker_push (SemioStoreWorker *worker, SemioStoreJobMode mode, SemioStorePriority priority, SemioStoreFunc func,
                              gpointer data, GDestroyNotify data_free, GDestroyNotify result_free, GTask *task);
/* While it is held, what is of lower priority than edits and drafts stays in the queue. From any thread. */
void semio_store_worker_hold (SemioStoreWorker *worker, gboolean held);
/* Runs everything queued, then gives the database back; the worker is gone. Blocks. */
SemioDatabase *semio_store_worker_stop (SemioStoreWorker *worker);

/* Runs a function in its mode on any connection, in the calling thread. */
gpointer semio_store_job_run (SemioDatabase *database, SemioStoreJobMode mode, SemioStoreFunc func, gpointer data,
                              GDestroyNotify result_free, GCancellable *cancellable, GError **error);

G_END_DECLS
