/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-scheduler.h"

/**
 * semio_question_clear:
 * @question: a question
 *
 * Frees what it holds.
 */
void
semio_question_clear (SemioQuestion *question)
{
  g_clear_pointer (&question->tail, g_bytes_unref);
  g_clear_pointer (&question->tail_again, g_bytes_unref);
}

static void
clear_question (gpointer data)
{
  semio_question_clear (data);
}

/**
 * semio_fan_out_new:
 * @prefix: what all its questions begin with
 * @tag: (nullable): the caller's
 * @tag_free: (nullable): frees @tag
 *
 * Returns: (transfer full): a fan-out without questions; they are appended to its array
 */
SemioFanOut *
semio_fan_out_new (SemioChatPrefix *prefix, gpointer tag, GDestroyNotify tag_free)
{
  SemioFanOut *fan_out = g_new0 (SemioFanOut, 1);

  fan_out->tag = tag;
  fan_out->tag_free = tag_free;
  fan_out->prefix = semio_chat_prefix_ref (prefix);
  fan_out->questions = g_array_new (FALSE, TRUE, sizeof (SemioQuestion));
  g_array_set_clear_func (fan_out->questions, clear_question);
  return fan_out;
}

/**
 * semio_fan_out_free:
 * @fan_out: (nullable): a fan-out
 *
 * Frees it, its questions and its tag.
 */
void
semio_fan_out_free (SemioFanOut *fan_out)
{
  if (fan_out == NULL)
    return;
  if (fan_out->tag_free != NULL && fan_out->tag != NULL)
    fan_out->tag_free (fan_out->tag);
  semio_chat_prefix_unref (fan_out->prefix);
  g_array_unref (fan_out->questions);
  g_free (fan_out);
}
