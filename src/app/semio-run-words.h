/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-predict.h"
#include "semio-run-coverage.h"

G_BEGIN_DECLS

/* How a run stands, for its row and its page. */
typedef enum {
  SEMIO_RUN_STATE_IMPORTED,
  SEMIO_RUN_STATE_ARCHIVED,
  SEMIO_RUN_STATE_NOT_BEGUN,
  SEMIO_RUN_STATE_CHECK_FAILED, /* not begun because of it; why stands in the run's notice */
  SEMIO_RUN_STATE_STOPPED, /* with open questions */
  SEMIO_RUN_STATE_COMPLETE,
  SEMIO_RUN_STATE_CHECKING,
  SEMIO_RUN_STATE_RUNNING,
  SEMIO_RUN_STATE_PAUSED,
  SEMIO_RUN_STATE_WAITING,
} SemioRunState;

/* TRUE for a run that asks a model; others were imported. */
gboolean semio_run_is_asked (const SemioRun *run);
/* predict (nullable): at work on it. */
SemioRunState semio_run_state_read (const SemioRun *run, SemioPredict *predict, guint n_planned, guint n_asked);
const char *semio_run_state_get_label (SemioRunState state);
const char *semio_run_state_get_icon (SemioRunState state);

/* "1.2 M", "38 k", "512". Free with g_free(). */
char *semio_run_words_count (gint64 count);
/* "about 40 s left", "about 12 min left", "about 3 h left"; NULL while it is not known. Free with g_free(). */
char *semio_run_words_left (SemioPredict *predict);
/* Joins what is there with a dot between. Free with g_free(). */
char *semio_run_words_join (const char *const *parts, guint n_parts);
/* "None", "Transcript of the speech", or the run's own word. */
const char *semio_run_words_enhancement (const char *enhancement);

G_END_DECLS
