/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-model-reply.h"
#include "semio-predict-plan.h"
#include "semio-segment-media.h"
#include "semio-study.h"

G_BEGIN_DECLS

/* Whether what was sent could be made again. */
typedef enum {
  SEMIO_SEEN_SAME, /* the bytes before the question are those that were sent */
  SEMIO_SEEN_DIFFERENT, /* they are not: another version of the program encodes otherwise, or the video changed */
  SEMIO_SEEN_UNKNOWN, /* the video was not found: times are known, pictures are not */
} SemioSeenState;

/**
 * SemioSeen:
 *
 * What a model was shown when it gave an explanation, made again from the run's record. Owned by the caller.
 */
typedef struct {
  SemioSeenState state;
  SemioSpan span; /* of the segment */
  GArray *times; /* of gint64: when the sent pictures are shown, in order */
  SemioSegmentMedia *media; /* (nullable): the pictures and the sound again */
  gboolean has_sound; /* sound was sent */
  gboolean has_transcript;
  double pictures_per_second; /* nothing faster than half of it can be told */
  char *question; /* (nullable): as asked, with nothing before it */
  char *instructions; /* (nullable): system text and shared instructions */
  char *host; /* (nullable) */
  gint64 utc_us; /* 0 unknown */
  char *prompts; /* (nullable): "observable, version 1" */
  SemioModelReply *reply; /* (nullable): with the raw body */
  SemioModelReply *onset; /* (nullable): what it said of when the feature begins, when that was asked of the segment */
  SemioModelReply *narrative; /* (nullable): its account of the whole recording, when that was asked */
} SemioSeen;

void semio_seen_free (SemioSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSeen, semio_seen_free)

/* SEMIO_SESSION_ERROR_NOT_FOUND for a run that was imported: what its model saw is not known. */
void semio_seen_load_async (SemioStudy *study, gint64 run_id, const SemioQuestionKey *key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
SemioSeen *semio_seen_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
