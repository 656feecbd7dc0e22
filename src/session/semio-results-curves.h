/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-curve.h"
#include "semio-results.h"

G_BEGIN_DECLS

/* One feature of a run that gives scores. */
typedef struct {
  guint run; /* index into the report's runs */
  guint feature; /* index into the feature set */
  guint n_reference; /* recordings to which the reference says yes or no */
  guint n_scored; /* of these, with a score of the run */
  SemioFigure coverage;
  SemioCurve roc;
  SemioCurve precision_recall;
  SemioInterval roc_interval, precision_recall_interval; /* of the areas: BCa over patients */
} SemioScoreCurves;

/**
 * SemioCurvesReport:
 *
 * Curves of one choice. Reference counted, immutable.
 */
typedef struct {
  gatomicrefcount refs;
  char *reference_name;
  SemioFeatureSet *features;
  GPtrArray *runs; /* of #SemioRun: the chosen ones */
  guint n_resamples;
  gboolean *has_scores; /* of each of them */
  GArray *curves; /* of #SemioScoreCurves by run, feature; runs and features without scores are not there */
  char *missing; /* (nullable): why there is none, a sentence */
} SemioCurvesReport;

SemioCurvesReport *semio_curves_report_ref (SemioCurvesReport *report);
void semio_curves_report_unref (SemioCurvesReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioCurvesReport, semio_curves_report_unref)

/* (nullable) */
const SemioScoreCurves *semio_curves_report_find (const SemioCurvesReport *report, guint run, guint feature);

/* As semio_times_compute_async(); the policy says how the scores of segments join. */
void semio_curves_compute_async (SemioStudy *study, const SemioResultsChoice *choice, SemioShare *share,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioCurvesReport *semio_curves_compute_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
