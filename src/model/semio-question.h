/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioQuestionKind:
 * @SEMIO_QUESTION_ANSWER: whether the feature occurs, and why
 * @SEMIO_QUESTION_ONSET: when the feature begins
 * @SEMIO_QUESTION_NARRATIVE: what happens in the event, in which order and on which side, in free text; of no feature
 *
 * What a model is asked. The values are those of the study file.
 */
typedef enum {
  SEMIO_QUESTION_ANSWER = 0,
  SEMIO_QUESTION_ONSET = 1,
  SEMIO_QUESTION_NARRATIVE = 2,
} SemioQuestionKind;

#define SEMIO_N_QUESTION_KINDS 3
/* Stands for the feature of a question that is of none. */
#define SEMIO_FEATURE_NONE G_MAXUINT

/* Stable text for files: "answer", "onset", "narrative". */
const char *semio_question_kind_to_id (SemioQuestionKind kind);
gboolean semio_question_kind_from_id (const char *id, SemioQuestionKind *kind);
/* Translated, for people. */
const char *semio_question_kind_get_label (SemioQuestionKind kind);

G_END_DECLS
