/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-database.h"
#include "semio-feature-set.h"
#include "semio-progress.h"
#include "semio-store-verify.h"

G_BEGIN_DECLS

/**
 * SemioStorePriority:
 *
 * What waits for what on the writing connection: a lower one runs first; equal ones in the order of the calls.
 */
typedef enum {
  SEMIO_STORE_PRIORITY_JUDGEMENT,
  SEMIO_STORE_PRIORITY_EDIT,
  SEMIO_STORE_PRIORITY_DRAFT,
  SEMIO_STORE_PRIORITY_IMPORT,
  SEMIO_STORE_PRIORITY_MAINTENANCE,
} SemioStorePriority;

/**
 * SemioStoreFunc:
 * @database: the connection, in whose thread the function runs
 * @data: what the caller gave
 * @error: return location; when it is set the transaction is rolled back
 *
 * Work on a connection. It must not wait for anything else.
 *
 * Returns: (nullable) (transfer full): the result, which goes to the caller's finish function
 */
typedef gpointer (*SemioStoreFunc) (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

/* How a study was opened; plain facts. */
typedef enum {
  SEMIO_STORE_OPEN_NONE = 0,
  SEMIO_STORE_OPEN_READ_ONLY = 1 << 0, /* asked for by the caller */
  SEMIO_STORE_OPEN_TRUSTED = 1 << 1, /* skips the check of unknown studies; for files just made */
} SemioStoreOpenFlags;

#define SEMIO_TYPE_STORE_SERVICE (semio_store_service_get_type ())
G_DECLARE_FINAL_TYPE (SemioStoreService, semio_store_service, SEMIO, STORE_SERVICE, GObject)

/**
 * SemioStoreService:
 *
 * An open study file: one writing connection on a thread of its own, one reading connection on another. All calls
 * come from one thread and finish in its thread-default main context.
 *
 * Signals, emitted in the context in which the study was opened: "changed" (something was committed; also by another
 * process once semio_store_service_poll() noticed), "notice" (const char *: a sentence for the page, such as what the
 * check in the background found).
 */

/* A new file with the schema, the feature set and nothing else. It must not exist yet. */
void semio_store_service_create_async (GFile *file, const char *title, SemioFeatureSet *features, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
SemioStoreService *semio_store_service_create_finish (GAsyncResult *result, GError **error);

/* Opens, migrates after a backup, sweeps leftovers. progress (nullable) tells of the check of an unknown study. Known
 * studies are checked in the background. A damaged file gives SEMIO_STORE_ERROR_DAMAGED: see semio_backup_find(). */
void semio_store_service_open_async (GFile *file, SemioStoreOpenFlags flags, SemioProgressFunc progress, gpointer progress_data,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioStoreService *semio_store_service_open_finish (GAsyncResult *result, GError **error);

/* Waits for what is queued, remembers the head, checkpoints, leaves one file. */
void semio_store_service_close_async (SemioStoreService *service, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_store_service_close_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

GFile *semio_store_service_get_file (SemioStoreService *service);
const SemioUuid *semio_store_service_get_uuid (SemioStoreService *service);
const char *semio_store_service_get_title (SemioStoreService *service);
SemioFeatureSet *semio_store_service_get_feature_set (SemioStoreService *service);
gboolean semio_store_service_is_read_only (SemioStoreService *service);
/* (nullable): a sentence: why nothing can be written, and what to do. */
const char *semio_store_service_get_read_only_reason (SemioStoreService *service);
/* Sentences worth showing about this opening ("The study lies on a network drive: …"). NULL-terminated, may be empty. */
const char *const *semio_store_service_get_remarks (SemioStoreService *service);

/* Runs func inside BEGIN IMMEDIATE … COMMIT on the writing connection: when it finishes, what it wrote is synced.
 * data_free (nullable) frees data, result_free (nullable) a result that nobody took. SEMIO_STORE_ERROR_READ_ONLY at once
 * when the study is. Cancelling before it starts leaves it out; afterwards it is up to func. */
void semio_store_service_write_async (SemioStoreService *service, SemioStorePriority priority, SemioStoreFunc func, gpointer data,
                                      GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
/* (nullable) (transfer full): NULL without error is a result too. */
gpointer semio_store_service_write_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

/* Runs func in a read transaction (one snapshot) on the reading connection. Reads run in the order of the calls and see
 * every write that finished before they were asked for. */
void semio_store_service_read_async (SemioStoreService *service, SemioStoreFunc func, gpointer data, GDestroyNotify data_free,
                                     GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
gpointer semio_store_service_read_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

/* The same on a connection and thread of its own, for long work (metrics, exports) that must not delay others. */
void semio_store_service_read_long_async (SemioStoreService *service, SemioStoreFunc func, gpointer data,
                                          GDestroyNotify data_free, GDestroyNotify result_free, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
/* Finished by semio_store_service_read_finish(). */

/* TRUE when another process committed since the last time; "changed" is emitted then. For a focused window, about
 * once a second. */
void semio_store_service_poll_async (SemioStoreService *service, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_store_service_poll_finish (SemioStoreService *service, GAsyncResult *result, gboolean *changed, GError **error);

/* On a connection of its own. */
void semio_store_service_verify_async (SemioStoreService *service, SemioProgressFunc progress, gpointer progress_data,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioStoreVerifyReport *semio_store_service_verify_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

/* Takes in what a copy of the same study has. The other file is only read. The summary is for people. */
void semio_store_service_merge_async (SemioStoreService *service, GFile *other, SemioProgressFunc progress,
                                      gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
char *semio_store_service_merge_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

/* A whole, checked copy at a new place, made beside whatever else goes on. An existing file is not overwritten. */
void semio_store_service_save_copy_async (SemioStoreService *service, GFile *target, SemioProgressFunc progress,
                                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean semio_store_service_save_copy_finish (SemioStoreService *service, GAsyncResult *result, GError **error);
/* The same into the rotating backups of the user's data folder, when the newest is at least min_age_us old. On a network
 * drive none is made: its one connection would keep judgements waiting. */
void semio_store_service_back_up_async (SemioStoreService *service, gint64 min_age_us, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_store_service_back_up_finish (SemioStoreService *service, GAsyncResult *result, GError **error);

G_END_DECLS
