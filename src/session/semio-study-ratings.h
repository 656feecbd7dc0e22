/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-agreement.h"
#include "semio-faithfulness.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* What a person scored at first and at last, where a score was given twice. */
typedef struct {
  gint64 person;
  guint8 scores[2];
  guint cluster;
} SemioRatingRepeat;

/* Of Krippendorff's alpha, by #SemioScale; %SEMIO_FIGURE_NOT_DRAWN until semio_ratings_report_draw(). */
typedef struct {
  SemioInterval bootstrap[SEMIO_N_SCALES]; /* patients drawn */
  SemioInterval jackknife[SEMIO_N_SCALES]; /* patients left out */
  SemioInterval hidden; /* drawn, ordinal, of what was scored while nothing was known */
} SemioAgreementIntervals;

/* So many draws of patients. */
#define SEMIO_AGREEMENT_RESAMPLES 2000

/**
 * SemioRatingsReport:
 *
 * All current judgements of a study as numbers, and how far their persons agree. Owned by the caller.
 */
typedef struct {
  GArray *points; /* of #SemioFaithfulPoint, a row a judgement */
  GPtrArray *persons; /* of #SemioPerson: who judged */
  GPtrArray *runs; /* of #SemioRun */
  char *reference_name; /* (nullable) */
  SemioAgreement *agreement; /* units are items, raters the persons in their order, values the scores */
  SemioAgreement *hidden; /* the same of the scores alone that were given while neither the reference nor the run was known */
  guint n_revealed; /* scores that were not */
  GArray *repeats; /* of #SemioRatingRepeat */
  SemioAgreement *again; /* of them: the same person's first and last score of what they scored twice */
  SemioAgreementIntervals intervals;
} SemioRatingsReport;

void semio_ratings_report_free (SemioRatingsReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRatingsReport, semio_ratings_report_free)

/* The same of some persons alone. ids: array of gint64. Does not block. */
SemioRatingsReport *semio_ratings_report_choose (const SemioRatingsReport *report, const GArray *ids);

/* Draws the intervals. Blocks; when cancelled those that are left stay undrawn. */
void semio_ratings_report_draw (SemioRatingsReport *report, guint64 seed, guint n_threads, GCancellable *cancellable);
/* The same in a thread of its own. report: (transfer full); it comes back from the finish, NULL with an error when cancelled. */
void semio_ratings_report_draw_async (SemioRatingsReport *report, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
SemioRatingsReport *semio_ratings_report_draw_finish (GAsyncResult *result, GError **error);

/* Persons have no names from here on: they are counted. */
void semio_ratings_report_drop_names (SemioRatingsReport *report);

void semio_study_ratings_async (SemioStudy *study, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
SemioRatingsReport *semio_study_ratings_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Said where fewer than five persons rated: their agreement tells of them, not of raters as such. */
gboolean semio_ratings_report_is_of_few (const SemioRatingsReport *report);

G_END_DECLS
