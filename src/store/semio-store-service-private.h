/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-file-guard.h"
#include "semio-store-opening.h"
#include "semio-store-service.h"
#include "semio-store-worker.h"

G_BEGIN_DECLS

struct _SemioStoreService {
  GObject parent_instance;

  GFile *file;
  char *path;
  GMainContext *context; /* of whoever opened it */
  SemioStoreOpening *opening; /* the facts; its connections went to the workers */
  SemioFileGuard *guard; /* (nullable) from opening to the end of the last connection */
  SemioFeatureSet *features;
  SemioStoreWorker *writer; /* (nullable) */
  SemioStoreWorker *reader; /* (nullable) */
  SemioStoreWorker *keeper; /* (nullable) */
  gboolean closed; /* owner's thread */

  GMutex mutex; /* the rest */
  GCond cond;
  SemioUuid writer_uuid;
  gboolean has_writer;
  guint n_guests; /* long works on connections of their own */
  GCancellable *closing; /* stops the service's own long works */
  gboolean keeping; /* a checkpoint is queued */
  gint64 own_data_version;
};

/* Opens a connection of its own for long work; closing the service waits for it to go. */
SemioDatabase *semio_store_service_open_guest (SemioStoreService *self, GError **error);
void semio_store_service_close_guest (SemioStoreService *self, SemioDatabase *database);
/* Emits in the owner's context. */
void semio_store_service_emit_changed (SemioStoreService *self);
void semio_store_service_emit_notice (SemioStoreService *self, const char *notice);
/* For tests: another list of migrations, a VFS, waiting for it. */
SemioStoreService *semio_store_service_open_with (GFile *file, SemioStoreOpenFlags flags, const SemioMigration *migrations,
                                                  const char *vfs, GError **error);
/* Closes in the calling thread; safe to call twice. */
gboolean semio_store_service_shut (SemioStoreService *self, GError **error);
/* Removes what unfinished imports of ended programs left, in slices. */
void semio_store_service_sweep (SemioStoreService *self);

G_END_DECLS
