/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-figure.h"

G_BEGIN_DECLS

/* What a step between two values weighs. */
typedef enum {
  SEMIO_SCALE_NOMINAL, /* another value is another value */
  SEMIO_SCALE_ORDINAL, /* values have an order */
  SEMIO_SCALE_INTERVAL, /* and equal steps */
} SemioScale;

#define SEMIO_N_SCALES 3

/**
 * SemioAgreement:
 *
 * What several raters said of the same units (explanations, or features of recordings): one value of 1 to n_values each, or
 * none. Units belong to clusters (patients), which are drawn for intervals. Owned by the caller; immutable once asked.
 */
typedef struct _SemioAgreement SemioAgreement;

SemioAgreement *semio_agreement_new (guint n_raters, guint n_values);
void semio_agreement_free (SemioAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioAgreement, semio_agreement_free)
/* values: n_raters of them, 0 for none. cluster: any number from 0. */
void semio_agreement_add_unit (SemioAgreement *agreement, const guint8 *values, guint cluster);

/* Raw counts, to be shown beside every coefficient. */
typedef struct {
  guint n_units;
  guint n_paired; /* units with two values at least */
  guint n_values; /* given in all */
  guint n_raters; /* who gave one at least */
  guint n_clusters;
  guint n_complete; /* units that every rater who gave any value valued: what Fleiss' kappa and ICC are of */
} SemioAgreementCounts;

SemioAgreementCounts semio_agreement_count (const SemioAgreement *agreement);

/* Units that both of two raters valued. */
guint semio_agreement_count_pair (const SemioAgreement *agreement, guint one, guint other);

/* Share of the pairs of raters of a unit that say the same, the mean over the units with a pair. */
SemioFigure semio_agreement_percent (const SemioAgreement *agreement);
/* Krippendorff's alpha, any number of raters, values missing (K. Krippendorff, Computing Krippendorff's Alpha-Reliability,
 * 2011). */
SemioFigure semio_agreement_alpha (const SemioAgreement *agreement, SemioScale scale);
/* Fleiss' kappa (J. L. Fleiss, Psychol. Bull. 76, 1971) over the units that every rater valued who
 * valued any. */
SemioFigure semio_agreement_fleiss (const SemioAgreement *agreement);
/* Gwet's AC1 (nominal) and AC2 (linear weights for ordinal, quadratic for interval), values missing. How many values there could
 * have been, said or not, lowers what is expected by chance: n_values is to be what raters could choose between (K. L. Gwet, Handbook of
 * Inter-Rater Reliability, 4th ed. 2014, chapters 2 to 4). */
SemioFigure semio_agreement_gwet (const SemioAgreement *agreement, SemioScale scale);
/* Cohen's kappa of two raters over the units that both valued, weighted by distance for ordinal and by its square for interval
 * (J. Cohen, Psychol. Bull. 70, 1968). */
SemioFigure semio_agreement_kappa (const SemioAgreement *agreement, guint one, guint other, SemioScale scale);
/* ICC(2,1), and ICC(2,k) when of_mean: two-way random effects, absolute agreement, over the units that every rater valued
 * who valued any (P. E. Shrout and J. L. Fleiss, Psychol. Bull. 86, 1979). */
SemioFigure semio_agreement_icc (const SemioAgreement *agreement, gboolean of_mean);

/* Interval of alpha by drawing clusters, percentiles of the resamples; the same seed gives the same numbers. Blocks, on up to
 * n_threads threads. */
SemioInterval semio_agreement_alpha_bootstrap (const SemioAgreement *agreement, SemioScale scale, guint n_resamples, guint64 seed,
                                               guint n_threads, double level, GCancellable *cancellable, GError **error);
/* The same from leaving out one cluster after the other, with Student's t (B. Efron and C. Stein, Ann. Stat. 9, 1981). */
SemioInterval semio_agreement_alpha_jackknife (const SemioAgreement *agreement, SemioScale scale, double level);

G_END_DECLS
