/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-agreement.h"

G_BEGIN_DECLS

struct _SemioAgreement {
  guint n_raters;
  guint n_values;
  GArray *values; /* of guint8, unit by unit */
  GArray *clusters; /* of guint, one a unit */
};

guint semio_agreement_get_n_units (const SemioAgreement *self);
/* The values of a unit. */
const guint8 *semio_agreement_get_unit (const SemioAgreement *self, guint unit);
/* How many raters gave each value; counts has n_values + 1 places. Gives how many gave one at all. */
guint semio_agreement_tally (const SemioAgreement *self, guint unit, guint *counts);
/* Adds a unit's coincidences (n_values × n_values) to a matrix. */
void semio_agreement_add_coincidences (const SemioAgreement *self, guint unit, double *matrix);
/* Alpha of a coincidence matrix. */
SemioFigure semio_agreement_alpha_of (const double *matrix, guint n_values, SemioScale scale);
/* Coincidences cluster by cluster, n_values × n_values each; free with g_free(). */
double *semio_agreement_sum_clusters (const SemioAgreement *self, guint *n_clusters);

G_END_DECLS
