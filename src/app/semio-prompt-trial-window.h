/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-prompt-set.h"
#include "semio-study.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_PROMPT_TRIAL_WINDOW (semio_prompt_trial_window_get_type ())
G_DECLARE_FINAL_TYPE (SemioPromptTrialWindow, semio_prompt_trial_window, SEMIO, PROMPT_TRIAL_WINDOW, AdwWindow)

/**
 * SemioPromptTrialWindow:
 *
 * One question of a prompt set on one segment of a recording, put to a server: what came, and how a run would read it. Nothing
 * is kept.
 */
/* feature (nullable): the id of the one that is asked first. */
GtkWidget *semio_prompt_trial_window_new (GtkWindow *parent, SemioStudy *study, SemioPromptSet *set, SemioQuestionKind kind,
                                          const char *feature);

G_END_DECLS
