/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results-times.h"
#include "semio-times-data.h"
#include "semio-times-draws.h"

G_BEGIN_DECLS

/* Pure; fill the report's arrays, whose runs, features and recordings are those of the data. Intervals that patients are drawn for
 * are there when the draws have run. */
void semio_times_add_onsets (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report);
void semio_times_add_overlaps (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report);
void semio_times_add_orders (const SemioTimesData *data, SemioTimesDraws *draws, SemioTimesReport *report);

/* Sides and event types, with intervals over patients. FALSE when cancelled. */
gboolean semio_times_add_classes (const SemioTimesData *data, const SemioResultsChoice *choice, const SemioTimesDraws *draws,
                                  SemioTimesReport *report, GCancellable *cancellable, GError **error);

G_END_DECLS
