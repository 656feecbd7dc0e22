/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-database.h"
#include "semio-transcript.h"

G_BEGIN_DECLS

/* Writes an entry; the words themselves are a text, which a de-identified copy leaves out. host: (nullable) who wrote it down.
 * actor (nullable). */
gboolean semio_transcript_table_put (SemioDatabase *database, const SemioUuid *actor, gint64 recording_id,
                                     const SemioTranscript *transcript, const char *host, GError **error);
/* The newest of each model, newest first; redacted ones are left out. Array of #SemioTranscript. */
GPtrArray *semio_transcript_table_load (SemioDatabase *database, gint64 recording_id, GError **error);
/* (nullable): the newest of a model (NULL: of any); NULL without error when there is none. */
SemioTranscript *semio_transcript_table_find (SemioDatabase *database, gint64 recording_id, const char *model, GError **error);

G_END_DECLS
