/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-feature-set.h"
#include "semio-prompt-set.h"
#include "semio-question.h"
#include "semio-span.h"

G_BEGIN_DECLS

/* What of the sound is sent with the questions on audio features. */
typedef enum {
  SEMIO_SOUND_SCOPE_NONE,
  SEMIO_SOUND_SCOPE_SEGMENT, /* of the segment */
  SEMIO_SOUND_SCOPE_RECORDING, /* of the whole recording, asked once a recording */
} SemioSoundScope;

#define SEMIO_ENHANCEMENT_NONE "none"
#define SEMIO_ENHANCEMENT_TRANSCRIPT "transcript"

/**
 * SemioRunConfig:
 *
 * Everything that decides what a run sends, as it stands in the study with the run. Plain memory with public members; no
 * key and nothing that names a patient is ever in it.
 */
typedef struct {
  char *name; /* of the run */
  char *model; /* as the server calls it */
  GStrv urls; /* base URLs, at least one */
  char *enhancement;
  SemioPromptSet *prompts;
  GStrv features; /* ids in the order they are asked; of the study's set */
  guint kinds; /* bits 1 << SemioQuestionKind */
  guint rate_num, rate_den; /* pictures: 2 and 1 for two a second */
  gint64 segment_ns, step_ns; /* 30 s, each starting 25 s after the last */
  guint max_frames; /* of a segment: 60 */
  guint height_px; /* largest; 0 the recording's own */
  guint quality; /* of the JPEG */
  SemioSoundScope sound;
  gboolean frames_with_sound; /* audio features see the pictures as well */
  double temperature;
  gint64 seed; /* -1: none is sent */
  guint max_tokens; /* of an answer */
  guint max_tokens_again; /* when an answer was cut: asked once more with so many */
  gboolean use_schema; /* asks the server to keep to the answer's schema */
} SemioRunConfig;

/* The protocol of the publication over all features of a set: what stands in the comments above. */
SemioRunConfig *semio_run_config_new_default (SemioFeatureSet *features);
SemioRunConfig *semio_run_config_copy (const SemioRunConfig *config);
void semio_run_config_free (SemioRunConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRunConfig, semio_run_config_free)

/* Canonical JSON with a version, prompts and their hash included; and back. The same file serves for exporting a run's settings. */
char *semio_run_config_to_json (const SemioRunConfig *config);
SemioRunConfig *semio_run_config_parse (const char *json, gssize length, GError **error);
/* Says what a person must mend before it can be run, against the study's features: FALSE with a sentence. */
gboolean semio_run_config_check (const SemioRunConfig *config, SemioFeatureSet *features, GError **error);

/* Number of segments of a recording and the span of one, by segment_ns and step_ns: they start while the start lies
 * before the end and the window is not wholly inside the one before. */
guint semio_run_config_count_segments (const SemioRunConfig *config, gint64 duration_ns);
SemioSpan semio_run_config_get_segment (const SemioRunConfig *config, guint segment, gint64 duration_ns);

G_END_DECLS
