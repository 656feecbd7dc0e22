/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"

G_BEGIN_DECLS

/* Wilson's interval of a proportion (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927), without continuity correction. level: 0.95. */
SemioInterval semio_wilson_interval (guint n_yes, guint n, double level);

/* McNemar's exact test, two-sided (Q. McNemar, Psychometrika 12, 1947, by the binomial distribution): of the pairs on which
 * two differ, so many were right by the first alone and by the second alone. 1 when they never differ. */
double semio_mcnemar_exact (guint only_first, guint only_second);

/* Holm's step-down adjustment (S. Holm, Scand. J. Stat. 6, 1979), in place. Negative ones stand for tests that could not be
 * made; they are left and do not count. */
void semio_holm_adjust (double *p_values, guint n);

G_END_DECLS
