/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-patient-draws.h"
#include "semio-times-data.h"

G_BEGIN_DECLS

/**
 * SemioTimesDraws:
 *
 * The intervals that rows of a report want, drawn over the patients of the chosen recordings together at last. Plain memory of one
 * thread.
 */
typedef struct _SemioTimesDraws SemioTimesDraws;

SemioTimesDraws *semio_times_draws_new (const SemioTimesData *data);
void semio_times_draws_free (SemioTimesDraws *draws);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTimesDraws, semio_times_draws_free)

/* The patient of a recording of the data, from 0; one without a patient stands for itself. */
guint semio_times_draws_get_patient (const SemioTimesDraws *draws, guint recording);
guint semio_times_draws_get_n_patients (const SemioTimesDraws *draws);

/* The interval of a statistic of values goes to offset bytes into a row, where a #SemioInterval is. Keeps values, which the statistic
 * wants sorted; rows may grow meanwhile, but keeps its place. */
void semio_times_draws_want (SemioTimesDraws *draws, SemioDrawnFunc statistic, GArray *values, GArray *rows, guint row,
                             gsize offset);
/* Fills in all of them. Blocks. FALSE when cancelled. */
gboolean semio_times_draws_run (SemioTimesDraws *draws, const SemioResultsChoice *choice, GCancellable *cancellable,
                                GError **error);

G_END_DECLS
