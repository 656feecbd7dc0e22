/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-case.h"

G_BEGIN_DECLS

SemioCase *semio_case_new (SemioRecording *recording);
/* Each notifies what changed. */
void semio_case_set_recording (SemioCase *self, SemioRecording *recording);
void semio_case_set_event (SemioCase *self, const SemioEvent *event);
void semio_case_set_progress (SemioCase *self, guint n_rated, guint n_items);
/* Shares by run. */
void semio_case_set_coverage (SemioCase *self, const double *coverage, guint n_runs);
void semio_case_set_media_found (SemioCase *self, gboolean found);
void semio_case_set_done (SemioCase *self, gboolean done);

G_END_DECLS
