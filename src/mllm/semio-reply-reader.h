/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-model-reply.h"
#include "semio-question.h"

G_BEGIN_DECLS

#define SEMIO_REPLY_MAX_BYTES (8 * 1024 * 1024)

/* What was asked, which says what an answer may be. */
typedef struct {
  SemioQuestionKind kind;
  gboolean takes_na;
  SemioSpan span; /* of what was shown: an onset lies in it */
} SemioReplyDomain;

/* Reads the body of an answer with status 200 into reply: choices, content, reasoning, usage, finish reason, then the answer
 * itself, strict first, tolerant second, never inventing. Always leaves a reply that can be kept. reply->raw is not touched. */
void semio_reply_read_body (SemioModelReply *reply, GBytes *body, const SemioReplyDomain *domain);
/* Only the answer, from the text a model wrote. */
void semio_reply_read_content (SemioModelReply *reply, const char *content, gssize length, const SemioReplyDomain *domain);
/* A server's own words from the body of a refusal, cleaned and short; "HTTP 503" when it has none. Never NULL. */
char *semio_reply_read_refusal (GBytes *body);
/* TRUE when a refusal says that the request was longer than the model's context; n_prompt, n_context -1 when not told. */
gboolean semio_reply_is_context_overflow (guint http_status, GBytes *body, gint64 *n_prompt, gint64 *n_context);

G_END_DECLS
