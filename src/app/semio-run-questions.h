/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "semio-run-config.h"

G_BEGIN_DECLS

#define SEMIO_TYPE_RUN_QUESTIONS (semio_run_questions_get_type ())
G_DECLARE_FINAL_TYPE (SemioRunQuestions, semio_run_questions, SEMIO, RUN_QUESTIONS, AdwPreferencesGroup)

/**
 * SemioRunQuestions:
 *
 * What a run asks: of which features, which kinds of questions, by which protocol.
 *
 * Signal "changed": a value is another.
 */
GtkWidget *semio_run_questions_new (void);
/* The features there are to choose from; once, before anything is shown. */
void semio_run_questions_set_features (SemioRunQuestions *self, SemioFeatureSet *features);
void semio_run_questions_show (SemioRunQuestions *self, const SemioRunConfig *config);
/* Writes what is shown into a configuration. */
void semio_run_questions_apply (SemioRunQuestions *self, SemioRunConfig *config);

G_END_DECLS
