/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"
#include "semio-times-data.h"

G_BEGIN_DECLS

/* Makes a report of what was loaded; NULL with an error. Called in a reading thread. */
typedef gpointer (*SemioTimesJobFunc) (SemioTimesData *data, const SemioResultsChoice *choice, GCancellable *cancellable,
                                       GError **error);

/* Loads what a choice, which is copied, needs of a study, and makes a report of it in a thread of its own. free_report: for one that
 * nobody takes. source_tag: the function that callers know. share: (nullable):
 * told how far the intervals are. Finish with semio_times_job_finish(). */
void semio_times_job_run_async (SemioStudy *study, const SemioResultsChoice *choice, SemioTimesJobFunc func,
                                GDestroyNotify free_report, gpointer source_tag, SemioShare *share, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* The report; NULL with an error. (transfer full) */
gpointer semio_times_job_finish (GAsyncResult *result, GError **error);

G_END_DECLS
