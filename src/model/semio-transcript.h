/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-span.h"

G_BEGIN_DECLS

typedef struct {
  SemioSpan span; /* in the recording */
  char *text; /* clean plain text */
} SemioTranscriptLine;

/* What was said in a recording, as a transcribing model wrote it. Owned by whoever made it. */
typedef struct {
  char *model;
  char *language; /* (nullable) */
  GArray *lines; /* of #SemioTranscriptLine, in the order of time */
} SemioTranscript;

SemioTranscript *semio_transcript_new (const char *model);
void semio_transcript_free (SemioTranscript *transcript);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTranscript, semio_transcript_free)
void semio_transcript_add (SemioTranscript *transcript, SemioSpan span, const char *text);
/* "0:12 to 0:14: How are you?" a line, of what overlaps the span; "" when nothing was said there. */
char *semio_transcript_to_text (const SemioTranscript *transcript, SemioSpan span);

G_END_DECLS
