/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-question.h"

#include <glib/gi18n-lib.h>

static const char *const kind_ids[SEMIO_N_QUESTION_KINDS] = { "answer", "onset", "narrative" };

const char *
semio_question_kind_to_id (SemioQuestionKind kind)
{
  g_return_val_if_fail ((guint) kind < SEMIO_N_QUESTION_KINDS, NULL);
  return kind_ids[kind];
}

gboolean
semio_question_kind_from_id (const char *id, SemioQuestionKind *kind)
{
  for (guint i = 0; i < SEMIO_N_QUESTION_KINDS; i++)
    {
      if (g_strcmp0 (id, kind_ids[i]) == 0)
        {
          *kind = (SemioQuestionKind) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
semio_question_kind_get_label (SemioQuestionKind kind)
{
  switch (kind)
    {
    case SEMIO_QUESTION_ONSET:
      return _ ("Onset time");
    case SEMIO_QUESTION_NARRATIVE:
      return _ ("Narrative");
    case SEMIO_QUESTION_ANSWER:
    default:
      return _ ("Answer");
    }
}
