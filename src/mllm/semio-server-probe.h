/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"
#include "semio-transfer.h"

G_BEGIN_DECLS

/* Names of GET /v1/models of a base URL. NULL-terminated. */
void semio_server_list_models_async (SemioTransfer *transfer, const char *url, const char *key, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
char **semio_server_list_models_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error);

/* Finds the dialect by asking with a small drawn picture, a short synthetic sound and a schema: nothing of a patient. */
void semio_server_probe_async (SemioTransfer *transfer, const SemioEndpoint *endpoint, const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_server_probe_finish (SemioTransfer *transfer, GAsyncResult *result, SemioDialect *dialect, GError **error);

/**
 * semio_server_canary_async:
 *
 * Two synthetic segments with different visible codes and the same question, at once and again in the other order: each must
 * get its own code. Before each run, on each base URL. SEMIO_MLLM_ERROR_MIXED when a server answers one with the other's
 * code, or both alike; a server whose model cannot read the codes at all is told apart by a remark.
 */
void semio_server_canary_async (SemioTransfer *transfer, const SemioEndpoint *endpoint, const char *key, const char *model,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* remark (nullable, out): a sentence worth keeping in the run's log, or NULL. */
gboolean semio_server_canary_finish (SemioTransfer *transfer, GAsyncResult *result, char **remark, GError **error);

G_END_DECLS
