/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a server takes sound. */
typedef enum {
  SEMIO_SOUND_PART_NONE, /* it does not */
  SEMIO_SOUND_PART_INPUT_AUDIO, /* input_audio {data, format} */
  SEMIO_SOUND_PART_AUDIO_URL, /* audio_url with a data URL */
} SemioSoundPart;

/* How a server is told the answer's schema. */
typedef enum {
  SEMIO_SCHEMA_NONE,
  SEMIO_SCHEMA_RESPONSE_FORMAT, /* response_format: json_schema */
} SemioSchemaSupport;

/* What a server was found to accept, or a person said it does. Plain memory. */
typedef struct {
  gboolean images;
  SemioSoundPart sound;
  SemioSchemaSupport schema;
  gboolean cache_salt; /* takes vLLM's cache_salt */
  gboolean transcription; /* /v1/audio/transcriptions */
  gint64 context_tokens; /* -1: not known */
} SemioDialect;

/* What most servers accept, before one was asked: images, input_audio, response_format. */
void semio_dialect_init (SemioDialect *dialect);
JsonNode *semio_dialect_to_json (const SemioDialect *dialect);
gboolean semio_dialect_from_json (SemioDialect *dialect, JsonNode *node, GError **error);

G_END_DECLS
