/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "semio-model-reply.h"

SemioModelReply *
semio_model_reply_new (void)
{
  SemioModelReply *reply = g_new0 (SemioModelReply, 1);

  reply->state = SEMIO_REPLY_UNUSABLE;
  reply->answer = SEMIO_ANSWER_FAIL;
  reply->onset_ns = SEMIO_TIME_NONE;
  reply->prompt_tokens = reply->cached_tokens = reply->completion_tokens = -1;
  reply->first_us = reply->total_us = -1;
  return reply;
}

SemioModelReply *
semio_model_reply_copy (const SemioModelReply *reply)
{
  SemioModelReply *copy = g_memdup2 (reply, sizeof *reply);

  copy->explanation = g_strdup (reply->explanation);
  copy->reasoning = g_strdup (reply->reasoning);
  copy->problem = g_strdup (reply->problem);
  copy->finish_reason = g_strdup (reply->finish_reason);
  copy->host = g_strdup (reply->host);
  copy->raw = reply->raw ? g_bytes_ref (reply->raw) : NULL;
  return copy;
}

void
semio_model_reply_free (SemioModelReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->explanation);
  g_free (reply->reasoning);
  g_free (reply->problem);
  g_free (reply->finish_reason);
  g_free (reply->host);
  g_clear_pointer (&reply->raw, g_bytes_unref);
  g_free (reply);
}

void
semio_model_reply_set_unusable (SemioModelReply *reply, const char *problem)
{
  g_autofree char *kept = g_strdup (problem);

  reply->state = SEMIO_REPLY_UNUSABLE;
  reply->answer = SEMIO_ANSWER_FAIL;
  reply->onset_ns = SEMIO_TIME_NONE;
  g_clear_pointer (&reply->explanation, g_free);
  g_free (reply->problem);
  reply->problem = g_steal_pointer (&kept);
}
