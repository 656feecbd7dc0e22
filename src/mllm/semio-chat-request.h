/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-dialect.h"
#include "semio-run-config.h"
#include "semio-segment-media.h"

G_BEGIN_DECLS

/**
 * SemioChatPrefix:
 *
 * The bytes of a request up to the question: model, settings, system text, frames each after its time stamp, sound,
 * transcript, shared instructions. The same for every question of a segment and group of media, so that a server reads them
 * once. Atomically reference counted.
 */
typedef struct _SemioChatPrefix SemioChatPrefix;

/* with_frames and with_sound choose what of the media these questions get. cache_salt (nullable) is the study's. Frame times
 * count from the beginning of the recording. No name, date or number of a request stands in it. */
SemioChatPrefix *semio_chat_prefix_new (const SemioRunConfig *config, const SemioDialect *dialect, const SemioSegmentMedia *media,
                                        gboolean with_frames, gboolean with_sound, const char *cache_salt);
SemioChatPrefix *semio_chat_prefix_ref (SemioChatPrefix *prefix);
void semio_chat_prefix_unref (SemioChatPrefix *prefix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioChatPrefix, semio_chat_prefix_unref)
GBytes *semio_chat_prefix_get_bytes (SemioChatPrefix *prefix);
SemioSha256 semio_chat_prefix_get_hash (SemioChatPrefix *prefix);

/* The rest of the body: the question, the end of the message, max_tokens and, where the prefix was made for a server that
 * takes it, the answer's schema. prefix ‖ tail is one JSON object. question is the prompt set's text; feature may be NULL
 * for a narrative. */
GBytes *semio_chat_tail_new (SemioChatPrefix *prefix, SemioQuestionKind kind, const SemioFeature *feature, const char *question,
                             guint max_tokens);
/* SHA-256 of prefix ‖ tail, without reading the prefix again. */
SemioSha256 semio_chat_hash (SemioChatPrefix *prefix, GBytes *tail);

/* The JSON schema of an answer, one for all features of a kind of answer (takes na or not) so that servers compile it once. */
JsonNode *semio_chat_answer_schema (SemioQuestionKind kind, gboolean takes_na);

G_END_DECLS
