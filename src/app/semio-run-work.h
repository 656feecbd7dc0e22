/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-predict.h"
#include "semio-run-event.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_WORK (semio_run_work_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunWork, semio_run_work, SEMIO, RUN_WORK, GObject)

/**
 * SemioRunWork:
 *
 * A run that this window began or goes on with, and what was seen of it in words, from the beginning to after its end.
 *
 * Signals: "event" (SemioRunEvent *: one more line), "ended" (const char *: how, in a sentence).
 */
SemioRunWork *semio_run_work_new (SemioPredict *predict);
void semio_run_work_start (SemioRunWork *self);
void semio_run_work_stop (SemioRunWork *self);
const char *semio_run_work_get_name (SemioRunWork *self);
/* NULL when it is over. */
SemioPredict *semio_run_work_get_predict (SemioRunWork *self);
/* Oldest first (element-type SemioRunEvent). */
GPtrArray *semio_run_work_get_events (SemioRunWork *self);

G_END_DECLS
