/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_RESULTS_EXPORT_METRICS, /* every number: .csv (a line a number), .json, .tex, .html, .tsv */
  SEMIO_RESULTS_EXPORT_FIGURES, /* a folder with every figure as SVG, PDF and PNG */
  SEMIO_RESULTS_EXPORT_REPORT, /* .pdf */
} SemioResultsExport;

/* Computes a choice and writes what came of it. The same study and choice give the same bytes. deidentified: raters and the study go
 * without their names. With nothing to score against, a report still says so and holds the ratings; numbers are refused with
 * SEMIO_SESSION_ERROR_NOT_FOUND. Nothing is written when it is cancelled. The choice is copied. */
void semio_results_export_async (SemioStudy *study, const SemioResultsChoice *choice, SemioResultsExport what, GFile *out,
                                 gboolean deidentified, SemioProgressFunc progress, gpointer progress_data,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_results_export_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
