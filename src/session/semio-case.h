/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-event.h"
#include "semio-recording.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_CASE (semio_case_get_type ())
G_DECLARE_FINAL_TYPE (SemioCase, semio_case, SEMIO, CASE, GObject)

/**
 * SemioCase:
 *
 * A recording as a row of the Cases page: the recording, its event in the current reference set, how much the runs
 * cover it and how far the window's person has come. Properties notify when the study changes:
 * "recording" (boxed), "title" ("P07 · R031"), "n-items" (guint, items to rate), "n-rated" (guint, judged or
 * cannot-judge by the person), "coverage" (double 0–1: share of runs × features with an answer),
 * "media-found" (boolean), "done" (boolean: person closed the case).
 */
const SemioRecording *semio_case_get_recording (SemioCase *self);
gint64 semio_case_get_id (SemioCase *self);
const SemioEvent *semio_case_get_event (SemioCase *self);
const char *semio_case_get_title (SemioCase *self);
guint semio_case_get_n_items (SemioCase *self);
guint semio_case_get_n_rated (SemioCase *self);
/* Share of the feature set that a run answers here, by the run's index in semio_study_get_runs(). */
double semio_case_get_coverage (SemioCase *self, guint run);
double semio_case_get_total_coverage (SemioCase *self);
gboolean semio_case_get_media_found (SemioCase *self);
gboolean semio_case_get_done (SemioCase *self);

G_END_DECLS
