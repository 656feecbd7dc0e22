/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SemioAnswer:
 * @SEMIO_ANSWER_MISSING: nobody judged it; never shown or counted as no
 * @SEMIO_ANSWER_YES: seen or heard
 * @SEMIO_ANSWER_NO: looked for and not seen
 * @SEMIO_ANSWER_NA: not applicable (nobody spoke to the patient)
 * @SEMIO_ANSWER_NOT_ASSESSABLE: the recording does not show it; experts only
 * @SEMIO_ANSWER_FAIL: the model gave no usable answer; never shown or counted as no
 */
typedef enum {
  SEMIO_ANSWER_MISSING,
  SEMIO_ANSWER_YES,
  SEMIO_ANSWER_NO,
  SEMIO_ANSWER_NA,
  SEMIO_ANSWER_NOT_ASSESSABLE,
  SEMIO_ANSWER_FAIL,
} SemioAnswer;

#define SEMIO_N_ANSWERS 6

/* Stable text for files: "missing", "yes", "no", "na", "not_assessable", "fail". */
const char *semio_answer_to_id (SemioAnswer answer);
/* Reads any case, stray blanks and a closing full stop; empty text is missing. FALSE when it is none of the answers. */
gboolean semio_answer_from_text (const char *text, SemioAnswer *answer);
/* Translated, for people. */
const char *semio_answer_get_label (SemioAnswer answer);
/* yes, no or na. */
gboolean semio_answer_is_usable (SemioAnswer answer);

G_END_DECLS
