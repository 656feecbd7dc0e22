/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-frame-index.h"
#include "semio-frame.h"
#include "semio-picture-change.h"
#include "semio-recording.h"
#include "semio-review-page.h"

G_BEGIN_DECLS

/* Asks what stands on the picture and where it goes, says whom it shows, and writes one frame in the recording's own
 * size as a PNG file. The outcome passes by on the page. */
void semio_view_snapshot_show (SemioReviewPage *page, GFile *file, SemioFrameIndex *index, gint64 frame,
                               const SemioRecording *recording, SemioPictureChange change, gboolean deinterlaced);

/* "0:12.400 f 372" */
char *semio_view_snapshot_format_time (const SemioFrame *frame);
/* "R031 0-12.400 f372.png": the pseudonym, never the name of the video; nothing in it that a file system refuses. */
char *semio_view_snapshot_make_name (const char *pseudonym, gint64 time_ns, gint64 frame);

G_END_DECLS
