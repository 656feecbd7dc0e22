/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-answer.h"

G_BEGIN_DECLS

#define SEMIO_DEMO_N_RUNS 2

/**
 * SemioDemoAnswers:
 *
 * One run of sample answers, written by hand: an answer and mostly an explanation per recording, segment and feature.
 */
typedef struct _SemioDemoAnswers SemioDemoAnswers;

/* The run from 0 that is compiled in. */
SemioDemoAnswers *semio_demo_answers_load (guint run, GError **error);
SemioDemoAnswers *semio_demo_answers_new_from_json (const char *json, gssize length, GError **error);
void semio_demo_answers_free (SemioDemoAnswers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioDemoAnswers, semio_demo_answers_free)

const char *semio_demo_answers_get_name (SemioDemoAnswers *self);
/* Segments of a recording, 0 when there is none of this id. */
guint semio_demo_answers_get_n_segments (SemioDemoAnswers *self, const char *recording);
/* FALSE when the run says nothing there; explanation (nullable) is NULL when it gives none. */
gboolean semio_demo_answers_get (SemioDemoAnswers *self, const char *recording, guint segment, const char *feature,
                                 SemioAnswer *answer, const char **explanation);

G_END_DECLS
