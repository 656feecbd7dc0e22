/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-chat-request.h"
#include "semio-endpoint.h"
#include "semio-model-reply.h"
#include "semio-reply-reader.h"
#include "semio-transfer.h"

G_BEGIN_DECLS

/* One question of a segment. Plain memory. */
typedef struct {
  SemioQuestionKind kind;
  guint feature; /* index into the study's set, or SEMIO_FEATURE_NONE */
  SemioReplyDomain domain;
  GBytes *tail; /* semio_chat_tail_new() with the usual limit */
  GBytes *tail_again; /* (nullable): the same with the larger limit, for an answer that was cut */
} SemioQuestion;

void semio_question_clear (SemioQuestion *question);

/* The questions that share one prefix. Owned by the scheduler once pushed. */
typedef struct {
  gpointer tag; /* the caller's */
  GDestroyNotify tag_free;
  SemioChatPrefix *prefix;
  GArray *questions; /* of #SemioQuestion */
  guint64 segment; /* the caller's number; fan-outs of one that wait together stay on one server. 0: of none */
} SemioFanOut;

SemioFanOut *semio_fan_out_new (SemioChatPrefix *prefix, gpointer tag, GDestroyNotify tag_free);
void semio_fan_out_free (SemioFanOut *fan_out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioFanOut, semio_fan_out_free)

/**
 * SemioScheduler:
 *
 * Puts questions to an endpoint in the order in which servers reuse most: of a fan-out the first question alone until its
 * answer has come, then the rest at once; the fan-outs of a segment stay on one base URL, and each base URL finishes one
 * before the next begins but for what would leave its places empty. Retries 408, 429, 5xx and broken transfers, exponential
 * with jitter, honouring Retry-After; a cut answer once more with the larger limit. Lives in the thread-default context it
 * was made in.
 *
 * Signals: "wanted" (a place will be free: push another fan-out now; emitted until the caller has nothing more),
 * "answered" (SemioFanOut *, guint question, SemioModelReply *: read here, owned by the scheduler: copy what is kept),
 * "fan-out-done" (SemioFanOut *), "waiting" (const char *: a sentence why nothing is sent just now, NULL when it goes on),
 * "stopped" (GError *: what every further question would meet too: a refused key, a certificate, offline).
 */
#define SEMIO_TYPE_SCHEDULER (semio_scheduler_get_type ())
G_DECLARE_FINAL_TYPE (SemioScheduler, semio_scheduler, SEMIO, SCHEDULER, GObject)

/* key (nullable) is copied into memory that is wiped. */
SemioScheduler *semio_scheduler_new (const SemioEndpoint *endpoint, const char *key);
/* Takes the fan-out. */
void semio_scheduler_push (SemioScheduler *scheduler, SemioFanOut *fan_out);
/* Begins to emit "wanted". */
void semio_scheduler_start (SemioScheduler *scheduler);
/* What is in flight is finished, nothing new is sent; and on again. */
void semio_scheduler_set_paused (SemioScheduler *scheduler, gboolean paused);
/* Cuts everything at once; nothing is emitted after it returns. */
void semio_scheduler_cancel (SemioScheduler *scheduler);
/* How long is waited after a first failure and at most after many; 1 s and 60 s unless set. For tests and for servers that
 * are known to come and go. */
void semio_scheduler_set_backoff (SemioScheduler *scheduler, guint first_ms, guint longest_ms);
/* How many answers that were emitted the caller has not kept yet: too many, with those in flight, and nothing new is sent. */
void semio_scheduler_set_n_unkept (SemioScheduler *scheduler, guint n_unkept);
guint semio_scheduler_get_most_unkept (SemioScheduler *scheduler);
guint semio_scheduler_get_n_in_flight (SemioScheduler *scheduler);
guint semio_scheduler_get_n_waiting (SemioScheduler *scheduler); /* pushed questions without an answer */

G_END_DECLS
