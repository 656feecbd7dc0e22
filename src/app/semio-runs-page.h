/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-predict.h"
#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUNS_PAGE (semio_runs_page_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunsPage, semio_runs_page, SEMIO, RUNS_PAGE, AdwBin)

/**
 * SemioRunsPage:
 *
 * The runs of a study: what each asked and came to, and those at work. Runs go on while other pages are looked at.
 *
 * Signals: "new-run" (const SemioRunConfig *, nullable: to begin with), "tell" (const char *: a sentence), "idle" (the last
 * run at work has ended).
 */
GtkWidget *semio_runs_page_new (GSettings *settings);
void semio_runs_page_set_study (SemioRunsPage *self, SemioStudy *study);
/* Starts a run, or goes on with one. Takes a reference. */
void semio_runs_page_start (SemioRunsPage *self, SemioPredict *predict);
/* TRUE while a run is at work. */
gboolean semio_runs_page_is_busy (SemioRunsPage *self);
/* Stops all runs at work; TRUE when "idle" will follow. What was answered stands. */
gboolean semio_runs_page_stop (SemioRunsPage *self);

G_END_DECLS
