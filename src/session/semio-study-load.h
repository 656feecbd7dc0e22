/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"

G_BEGIN_DECLS

/* What the lists of an open study hold, as the read thread loads it in one snapshot. */
typedef struct {
  GPtrArray *recordings;
  GPtrArray *runs;
  GPtrArray *persons;
  GPtrArray *reference_sets;
  GArray *events; /* of SemioRecordingEvent, of the current set; (nullable) */
  GArray *coverage; /* of SemioCoverage */
  GPtrArray *work; /* of SemioPersonWork */
} SemioStudyContent;

void semio_study_content_free (SemioStudyContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioStudyContent, semio_study_content_free)

/* A #SemioStoreFunc without data. */
gpointer semio_study_content_load (SemioDatabase *database, gpointer data, GCancellable *cancellable, GError **error);

G_END_DECLS
