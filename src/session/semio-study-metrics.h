/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-metrics.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* One feature of one run. */
typedef struct {
  guint run; /* index into the report's runs */
  guint feature; /* index into the study's feature set */
  SemioMetrics metrics;
} SemioMetricsRow;

/* The runs scored against the current reference set. */
typedef struct {
  SemioMetricsPolicy policy;
  char *reference_name;
  GPtrArray *runs; /* of SemioRun */
  GArray *rows; /* of SemioMetricsRow, by run, then feature; features that a run never answers are not there */
  char **remarks; /* what was left out and why; NULL-terminated, may be empty */
} SemioMetricsReport;

void semio_metrics_report_free (SemioMetricsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioMetricsReport, semio_metrics_report_free)

/* Scores every run. By the default policy what is judged by ear is left out in recordings without sound, and the remarks
 * say so; the published policy leaves out nothing for want of sound. Without a
 * reference set it fails with SEMIO_SESSION_ERROR_NOT_FOUND. */
void semio_study_metrics_async (SemioStudy *study, SemioMetricsPolicy policy, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
SemioMetricsReport *semio_study_metrics_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
