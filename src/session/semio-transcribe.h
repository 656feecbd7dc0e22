/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-endpoint.h"
#include "semio-key.h"
#include "semio-study.h"
#include "semio-transcript.h"

G_BEGIN_DECLS

/* What transcribing some recordings came to. Plain memory. */
typedef struct {
  guint n_made;
  guint n_standing; /* had a transcript of this model already */
  guint n_without_sound; /* or without a video */
  guint n_failed;
  GPtrArray *problems; /* of char *: a sentence each */
} SemioTranscribeResult;

void semio_transcribe_result_free (SemioTranscribeResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTranscribeResult, semio_transcribe_result_free)

/**
 * semio_transcribe_async:
 * @model: as the server calls it
 * @recordings: (nullable) (element-type gint64): NULL for all of the study
 *
 * Sends the sound of recordings to a server's transcription and keeps each transcript as it comes. Needs the same consent as
 * a run that sends sound. Recordings that have a transcript of the model are left alone; one that fails does not stop the
 * others.
 */
void semio_transcribe_async (SemioStudy *study, const SemioEndpoint *endpoint, SemioKey *key, const char *model,
                             GArray *recordings, SemioProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
SemioTranscribeResult *semio_transcribe_finish (SemioStudy *study, GAsyncResult *result, GError **error);

/* The newest transcript of a recording; NULL without error when there is none. */
void semio_transcript_load_async (SemioStudy *study, gint64 recording_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
SemioTranscript *semio_transcript_load_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
