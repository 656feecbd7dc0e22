/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-model-reply.h"
#include "semio-reply-reader.h"
#include "semio-transfer.h"

G_BEGIN_DECLS

/* What follows from how a question was answered. */
typedef enum {
  SEMIO_VERDICT_DONE, /* the reply stands, usable or not */
  SEMIO_VERDICT_CUT, /* it was cut by its limit */
  SEMIO_VERDICT_RETRY, /* it may go better another time */
  SEMIO_VERDICT_BUSY, /* the server wants fewer requests */
  SEMIO_VERDICT_AWAY, /* the server is not there, or not yet */
  SEMIO_VERDICT_STOP, /* every further question would meet the same */
} SemioVerdict;

/* Reads a response (nullable, then error is set) into reply, which can be kept whatever the verdict is. stop (out, nullable):
 * set for SEMIO_VERDICT_STOP. host is named in sentences. */
SemioVerdict semio_verdict_read (const SemioResponse *response, const GError *error, const char *host,
                                 const SemioReplyDomain *domain, SemioModelReply *reply, GError **stop);

G_END_DECLS
