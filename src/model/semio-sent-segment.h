/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-sha256.h"
#include "semio-span.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

/* One picture that left the machine. */
typedef struct {
  gint64 frame; /* number in the recording */
  gint64 time_ns; /* when it is shown, from the first displayed frame */
} SemioSentPicture;

/**
 * SemioSentSegment:
 *
 * What a server was shown of one segment, written down before the first question of it went out, so that it can be made
 * again and compared. Plain memory with public members, owned by whoever made it.
 */
typedef struct {
  SemioUuid entry; /* nil before it is written */
  gint64 run_id;
  gint64 recording_id;
  int segment; /* SEMIO_SEGMENT_WHOLE: the whole recording at once */
  char *group; /* which questions of the segment it was for, a word of the run's own: "frames", "sound" … */
  char *host; /* "127.0.0.1:8000" */
  SemioSha256 prefix; /* of all that stands before the question in the request */
  GArray *pictures; /* of #SemioSentPicture, in the order of time; may be empty */
  gint64 picture_bytes; /* of the JPEGs together */
  guint height_px; /* largest; 0 the recording's own */
  guint quality; /* of the JPEG */
  gboolean has_sound;
  SemioSpan sound_span;
  SemioSha256 sound; /* of the WAV */
  SemioSha256 prompts; /* of the prompt set */
  gboolean has_transcript;
  SemioSha256 transcript; /* of the text that was sent */
  gint64 utc_us; /* when the entry was written */
} SemioSentSegment;

SemioSentSegment *semio_sent_segment_new (void);
void semio_sent_segment_free (SemioSentSegment *sent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioSentSegment, semio_sent_segment_free)

G_END_DECLS
