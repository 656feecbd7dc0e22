/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-reply-reader.h"

G_BEGIN_DECLS

/* What is kept of a text; more ends with an ellipsis. */
#define SEMIO_EXPLANATION_MAX_CHARS 8000
#define SEMIO_REASONING_MAX_CHARS 32000

/* The answer could be read, but the bytes it came in were no text or no JSON as they should be: not as it was sent. */
void semio_reply_mark_damaged (SemioModelReply *reply);

G_END_DECLS
