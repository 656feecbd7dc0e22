/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"
#include "semio-model-reply.h"
#include "semio-run-config.h"
#include "semio-study.h"

G_BEGIN_DECLS

/**
 * semio_prompt_trial_async:
 * @config: of what is sent: prompts, pictures, sound; its features and addresses do not matter
 * @key: (nullable): copied into memory that is wiped
 * @segment: from 0
 * @feature: index into the study's set, or SEMIO_FEATURE_NONE for the narrative
 *
 * Puts one question on one segment to a server, as a run would, to see what comes of its words. Nothing of it is kept. A host
 * that is not this machine needs a consent that stands in the study already (SEMIO_SESSION_ERROR_CONSENT).
 */
void semio_prompt_trial_async (SemioStudy *study, const SemioRunConfig *config, const SemioEndpoint *endpoint, const char *key,
                               gint64 recording_id, guint segment, SemioQuestionKind kind, guint feature,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The reply as a run would read it, usable or not; its raw body too. Free with semio_model_reply_free(). */
SemioModelReply *semio_prompt_trial_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
