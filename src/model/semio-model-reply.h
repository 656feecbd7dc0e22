/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-answer.h"
#include "semio-sha256.h"
#include "semio-span.h"

G_BEGIN_DECLS

/**
 * SemioReplyState:
 * @SEMIO_REPLY_AS_SENT: the answer was read strictly
 * @SEMIO_REPLY_REPAIRED: the answer was clear, but not in the form asked for
 * @SEMIO_REPLY_UNUSABLE: there was no answer, or none that could be told; the prediction is a fail
 *
 * How an answer was got from what a server sent. The values are those of the study file.
 */
typedef enum {
  SEMIO_REPLY_AS_SENT = 0,
  SEMIO_REPLY_REPAIRED = 1,
  SEMIO_REPLY_UNUSABLE = 2,
} SemioReplyState;

/* What one question to a server came to. Numbers that are not known are -1. Owned by whoever made it. */
typedef struct {
  SemioReplyState state;
  SemioAnswer answer; /* FAIL when unusable; MISSING for a narrative */
  gint64 onset_ns; /* of an onset question, from the first displayed frame; SEMIO_TIME_NONE */
  char *explanation; /* (nullable): clean plain text */
  char *reasoning; /* (nullable): what the model thought aloud, apart from its justification */
  char *problem; /* (nullable): what was repaired, or why it is unusable, as a sentence */
  char *finish_reason; /* (nullable): the server's word */
  int http_status; /* 0: no answer came */
  gint64 prompt_tokens, cached_tokens, completion_tokens;
  gint64 first_us; /* from sending to the first byte of the answer */
  gint64 total_us; /* from sending to its end */
  gint64 utc_us; /* when the answer had come */
  SemioSha256 request; /* of the body that was sent */
  char *host; /* (nullable): where it was sent, "127.0.0.1:8000" */
  GBytes *raw; /* (nullable): the body as received, at most what the limit lets through */
} SemioModelReply;

SemioModelReply *semio_model_reply_new (void);
SemioModelReply *semio_model_reply_copy (const SemioModelReply *reply);
void semio_model_reply_free (SemioModelReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioModelReply, semio_model_reply_free)
/* Makes it unusable for the reason given; what stood of an answer goes. */
void semio_model_reply_set_unusable (SemioModelReply *reply, const char *problem);

G_END_DECLS
