/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-figure.h"

G_BEGIN_DECLS

/* How a sequence of features compares with the reference's. */
typedef struct {
  /* Fewest insertions, deletions and replacements (V. I. Levenshtein, Sov. Phys. Dokl. 10, 1966) over the reference's length; 0 is the
   * same, and a long prediction can be above 1. */
  SemioFigure edit;
  /* Longest common subsequence (R. A. Wagner and M. J. Fischer, J. ACM 21, 1974) over the reference's length. */
  SemioFigure common;
  /* Kendall's tau-b (M. G. Kendall, Biometrika 33, 1945) over the features that both name, by their first places. */
  SemioFigure tau;
} SemioOrder;

/* Arrays of guint: features in the order of their beginning. With an empty reference there is nothing to score. */
SemioOrder semio_order_compare (const GArray *reference, const GArray *predicted);

/* Tau-b of two series with ties; needs two values and some variation in both. */
SemioFigure semio_kendall_tau_b (const double *one, const double *other, guint n);

/* The best constant answer: the reference sequence with the smallest mean edit share to all. sequences: array of GArray of guint.
 * Gives its index; G_MAXUINT of none. */
guint semio_order_find_constant (GPtrArray *sequences);

G_END_DECLS
