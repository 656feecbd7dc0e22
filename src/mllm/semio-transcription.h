/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-transfer.h"
#include "semio-transcript.h"

G_BEGIN_DECLS

/* Sends a WAV to /v1/audio/transcriptions with times (verbose_json) and reads the lines; plain text without times gives one
 * line over the whole. span says where in the recording the sound lies; the lines' times count from the recording's start. */
void semio_transcription_ask_async (SemioTransfer *transfer, const char *url, const char *key, const char *model, GBytes *wav,
                                    SemioSpan span, guint timeout_s, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
SemioTranscript *semio_transcription_ask_finish (SemioTransfer *transfer, GAsyncResult *result, GError **error);

G_END_DECLS
