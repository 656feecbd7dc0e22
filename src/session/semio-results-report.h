/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-paper.h"
#include "semio-results-parts.h"

G_BEGIN_DECLS

/* What a report says of its study. Borrowed. */
typedef struct {
  const char *title; /* (nullable): "Study" and the beginning of its identity instead */
  const SemioUuid *uuid;
  gint64 utc_us; /* the study's own time, which the file carries */
} SemioReportHead;

/* Study, methods, sample flow, then every part with its sentence. Blocks. */
GBytes *semio_results_write_report (const SemioResultsView *view, const SemioReportHead *head, GError **error);
/* A table with title and sentence above. */
void semio_paper_add_text_table (SemioPaper *paper, const SemioTextTable *table, gboolean with_title);

G_END_DECLS
