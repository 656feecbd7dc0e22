/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-predict.h"
#include "semio-run-event.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_VIEW (semio_run_view_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunView, semio_run_view, SEMIO, RUN_VIEW, AdwBin)

/**
 * SemioRunView:
 *
 * One run: what can be done with it, how far it is in numbers and cell by cell, what happened, what it was set to.
 *
 * Signals: "pause" (or on again), "stop", "go-on", "retry", "duplicate", "export", "archive"; all about the run shown. "open"
 * (gint64 recording_id), "back" (to the list, which does not stand beside it).
 */
GtkWidget *semio_run_view_new (void);
/* config (nullable): what going on with it would ask; copied. predict (nullable): at work on it. events (nullable): what this
 * window saw of it, oldest first (element-type SemioRunEvent). */
void semio_run_view_show (SemioRunView *self, SemioStudy *study, SemioRun *run, const SemioRunConfig *config,
                          SemioPredict *predict, GPtrArray *events);
/* Whether the list of runs does not stand beside it. */
void semio_run_view_set_alone (SemioRunView *self, gboolean alone);
/* (nullable) */
SemioRun *semio_run_view_get_run (SemioRunView *self);
/* One more of them. */
void semio_run_view_add_event (SemioRunView *self, const SemioRunEvent *event);

G_END_DECLS
