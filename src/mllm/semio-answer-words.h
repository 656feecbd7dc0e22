/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-loose-json.h"
#include "semio-reply-reader.h"

G_BEGIN_DECLS

/* What an answer says. Plain memory. */
typedef struct {
  SemioAnswer answer;
  gint64 time_ns; /* of an onset; SEMIO_TIME_NONE: not seen */
} SemioVote;

gboolean semio_vote_equal (const SemioVote *a, const SemioVote *b);
/* FALSE when it is none of what the domain allows. exact: in the very form that was asked for. Times are not compared with
 * the span here. */
gboolean semio_vote_from_value (const SemioReplyDomain *domain, const SemioLooseValue *value, SemioVote *vote, gboolean *exact);
gboolean semio_vote_from_text (const SemioReplyDomain *domain, const char *text, SemioVote *vote, gboolean *exact);

/* The text without marks of emphasis and headings, one blank for many. */
char *semio_answer_words_strip_marks (const char *text);
/* "Yes, because …", not "No movement …". */
gboolean semio_answer_words_leading (const SemioReplyDomain *domain, const char *text, SemioVote *vote);
/* What follows "answer:" wherever it stands, and "the answer is" unless only_colon. Array of #SemioVote. */
GArray *semio_answer_words_labelled (const SemioReplyDomain *domain, const char *text, gboolean only_colon);

G_END_DECLS
