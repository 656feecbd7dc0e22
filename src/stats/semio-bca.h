/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"

G_BEGIN_DECLS

/* Whether enough resamples have a number for an interval: nine in ten. */
gboolean semio_bca_is_enough (guint n_known, guint n_resamples);

/**
 * semio_bca_interval:
 * @estimate: the statistic over all
 * @values: of double: the statistic of each resample that has a number, at least one; is ordered otherwise
 * @left_out: of double: the statistic without one patient after the other, where it has a number
 * @level: 0 to 1, as 0.95
 *
 * Percentiles of the resamples, corrected by the bias, the share of them below the estimate (half of those that equal it), and by
 * the acceleration (B. Efron, J. Am. Stat. Assoc. 82, 1987; formulas as in B. Efron and R. Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 14). Between two values lies the (n + 1)·p-th.
 *
 * Returns: the interval
 */
SemioInterval semio_bca_interval (double estimate, GArray *values, const GArray *left_out, double level);

G_END_DECLS
