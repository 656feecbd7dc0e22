/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-study.h"

G_BEGIN_DECLS

typedef struct {
  gboolean good;
  guint n_entries;
  guint n_writers;
  guint n_ratings; /* those that were compared with the explanations, superseded ones too */
  guint n_ratings_differing; /* of another explanation than the one that stands */
  guint n_ratings_missing; /* of answers that are not there */
  char **findings; /* sentences: what, where; empty when good */
  char **remarks; /* "3 texts are redacted", "this is no signature: …" */
} SemioVerifyReport;

void semio_verify_report_free (SemioVerifyReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioVerifyReport, semio_verify_report_free)

void semio_study_verify_async (SemioStudy *study, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
SemioVerifyReport *semio_study_verify_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* Union of the entries, runs and recordings of studies with the same UUID. The summary is for people. */
void semio_study_merge_async (SemioStudy *study, GFile *other, SemioProgressFunc progress, gpointer progress_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char *semio_study_merge_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
