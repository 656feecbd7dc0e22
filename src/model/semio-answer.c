/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-config.h"

#include "semio-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  const char *id;
  const char *label;
} AnswerText;

static const AnswerText texts[SEMIO_N_ANSWERS] = {
  [SEMIO_ANSWER_MISSING] = { "missing", NC_ ("answer", "missing") },
  [SEMIO_ANSWER_YES] = { "yes", NC_ ("answer", "yes") },
  [SEMIO_ANSWER_NO] = { "no", NC_ ("answer", "no") },
  [SEMIO_ANSWER_NA] = { "na", NC_ ("answer", "n/a") },
  [SEMIO_ANSWER_NOT_ASSESSABLE] = { "not_assessable", NC_ ("answer", "not assessable") },
  [SEMIO_ANSWER_FAIL] = { "fail", NC_ ("answer", "failed") },
};

const char *
semio_answer_to_id (SemioAnswer answer)
{
  g_return_val_if_fail ((guint) answer < SEMIO_N_ANSWERS, "missing");

  return texts[answer].id;
}

/**
 * semio_answer_from_text:
 * @text: (nullable): such as " Yes." or "na"
 * @answer: (out): the answer
 *
 * Returns: whether @text is an answer; empty text is %SEMIO_ANSWER_MISSING
 */
gboolean
semio_answer_from_text (const char *text, SemioAnswer *answer)
{
  g_autofree char *word = g_strstrip (g_ascii_strdown (text != NULL ? text : "", -1));
  gsize length = strlen (word);

  if (length > 1 && word[length - 1] == '.')
    {
      word[length - 1] = '\0';
      g_strchomp (word);
    }
  if (*word == '\0')
    {
      *answer = SEMIO_ANSWER_MISSING;
      return TRUE;
    }
  for (guint i = 0; i < SEMIO_N_ANSWERS; i++)
    if (g_str_equal (word, texts[i].id))
      {
        *answer = (SemioAnswer) i;
        return TRUE;
      }
  return FALSE;
}

const char *
semio_answer_get_label (SemioAnswer answer)
{
  g_return_val_if_fail ((guint) answer < SEMIO_N_ANSWERS, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, "answer", texts[answer].label);
}

gboolean
semio_answer_is_usable (SemioAnswer answer)
{
  return answer == SEMIO_ANSWER_YES || answer == SEMIO_ANSWER_NO || answer == SEMIO_ANSWER_NA;
}
