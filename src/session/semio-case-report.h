/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

/* Writes what a study says of single recordings as PDF, each from a new page: facts, the features in the order of their beginning, the
 * reference's labels, each run's answers and explanations, every person's current judgement. recording_id: 0 for all. deidentified:
 * pseudonyms alone, raters are counted, no file names; what persons wrote is left out, and that models' words stand as given is
 * said. The same study gives the same bytes. */
void semio_case_report_write_async (SemioStudy *study, gint64 recording_id, GFile *out, gboolean deidentified,
                                    SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean semio_case_report_write_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
