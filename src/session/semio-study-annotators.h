/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-agreement.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* How far annotators agree on the labels of one feature, or of all. */
typedef struct {
  int feature; /* index into the feature set; −1 for all */
  SemioAgreement *agreement; /* units are recordings (of all: with features), raters the sets in their order, values the labels
                              * that were given, in the order yes, no, not applicable, not assessable: those that nobody gave
                              * are none, so that Gwet's AC1 expects of chance what two answers leave to it */
} SemioLabelAgreement;

/**
 * SemioAnnotatorsReport:
 *
 * Every reference set is one annotator. Owned by the caller.
 */
typedef struct {
  SemioFeatureSet *features;
  GPtrArray *sets; /* of #SemioReferenceSet: those with labels */
  GArray *rows; /* of #SemioLabelAgreement: all together first, then each feature that two sets have of one recording */
} SemioAnnotatorsReport;

void semio_annotators_report_free (SemioAnnotatorsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioAnnotatorsReport, semio_annotators_report_free)

void semio_study_annotators_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
SemioAnnotatorsReport *semio_study_annotators_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
