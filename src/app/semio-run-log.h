/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-run-event.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_LOG (semio_run_log_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunLog, semio_run_log, SEMIO, RUN_LOG, AdwBin)

/**
 * SemioRunLog:
 *
 * What happened in a run, in words, the newest above. Only so many lines stand here as can be read; all stand in the study.
 */
GtkWidget *semio_run_log_new (void);
void semio_run_log_clear (SemioRunLog *self);
/* Puts an event above those before. Takes nothing. */
void semio_run_log_add (SemioRunLog *self, const SemioRunEvent *event);

G_END_DECLS
