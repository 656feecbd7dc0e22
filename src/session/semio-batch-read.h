/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* What reading results came to. Plain memory. */
typedef struct {
  guint n_lines;
  guint n_kept; /* answers that are in the study now, usable or not */
  guint n_usable; /* of them */
  guint n_repeated; /* whose question had an answer already: the first stands */
  guint n_other; /* that belong to no question of this run */
  guint n_open; /* questions of the run that still have no answer */
  GPtrArray *problems; /* of char *: a sentence for each line that could not be read, with file and line; at most 100 */
} SemioBatchReadResult;

void semio_batch_read_result_free (SemioBatchReadResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioBatchReadResult, semio_batch_read_result_free)

/**
 * semio_batch_read_async:
 * @run_name: the run whose questions were written
 * @files: (element-type GFile): results of batch services, in any order, partial, repeated
 *
 * Keeps the answers of a batch service. A question that has a usable answer keeps it. When no line of all files belongs to
 * the run nothing is written: SEMIO_SESSION_ERROR_CONFLICT, it is the result of another study or run.
 */
void semio_batch_read_async (SemioStudy *study, const char *run_name, GPtrArray *files, SemioProgressFunc progress,
                             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioBatchReadResult *semio_batch_read_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
