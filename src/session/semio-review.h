/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "semio-bookmark.h"
#include "semio-event.h"
#include "semio-finding.h"
#include "semio-frame-index.h"
#include "semio-label.h"
#include "semio-prediction.h"
#include "semio-rating.h"
#include "semio-recording.h"
#include "semio-run.h"
#include "semio-segments.h"

G_BEGIN_DECLS

/* One explanation of a whole recording: what is rated with one score, however many segments speak in it. */
typedef struct {
  SemioItemKey key;
  guint run; /* index into the review's runs */
  SemioAnswer answer; /* joined */
  SemioSegmentPlan segments; /* how the run cut the recording */
  guint n_segments; /* 0: the prediction is of the whole recording */
  SemioAnswer *answers; /* per segment */
  char **explanations; /* per segment (one when whole); entries may be NULL */
  gboolean *cited; /* per segment: speaks for the joined answer */
  SemioSha256 shown; /* SHA-256 of the explanation as shown */
  SemioRating *rating; /* (nullable) the person's current judgement */
  gboolean has_conflict; /* two current judgements of the person, both in the history */
  char *draft; /* (nullable) unfinished comment */
} SemioItem;

/* TRUE when there is anything to rate: some text was given. */
gboolean semio_item_is_ratable (const SemioItem *item);
/* Judged: scored or cannot judge. */
gboolean semio_item_is_rated (const SemioItem *item);
/* When a segment of the item is. */
SemioSpan semio_item_get_span (const SemioItem *item, guint segment, gint64 duration_ns);
/* Next or previous cited segment after (before) a segment, -1 none; from -1 the first (last). */
int semio_item_get_next_cited (const SemioItem *item, int segment, int direction);

#define SEMIO_TYPE_REVIEW (semio_review_get_type ())
G_DECLARE_FINAL_TYPE (SemioReview, semio_review, SEMIO, REVIEW, GObject)

/**
 * SemioReview:
 *
 * One recording as a person reviews it: all that the Review page shows, in memory. Items are ordered by feature, then
 * run. Changed in place by the study when a judgement is stored; "item-changed" (guint item) tells of it.
 *
 * Signals: "item-changed" (guint), "visibility-changed", "media-changed" (the video was found: the file is there now),
 * "replaced" (all of it was loaded anew after a change elsewhere: items may be other ones), "bookmarks-changed".
 */
const SemioRecording *semio_review_get_recording (SemioReview *review);
/* (nullable): without media there is none. */
SemioFrameIndex *semio_review_get_frame_index (SemioReview *review);
/* (nullable): where the video was found. */
GFile *semio_review_get_file (SemioReview *review);
gint64 semio_review_get_duration_ns (SemioReview *review);
const SemioEvent *semio_review_get_event (SemioReview *review);
gint64 semio_review_get_person_id (SemioReview *review);

guint semio_review_get_n_runs (SemioReview *review);
const SemioRun *semio_review_get_run (SemioReview *review, guint run);
/* "A", "B" while hidden, then the name. */
const char *semio_review_get_run_label (SemioReview *review, guint run);

guint semio_review_get_n_items (SemioReview *review);
const SemioItem *semio_review_get_item (SemioReview *review, guint item);
/* Index of the item of a run for a feature, -1 none. */
int semio_review_find_item (SemioReview *review, guint feature, guint run);

/* The current reference set's label; missing when there is none. Hidden until revealed: callers ask is_revealed first. */
SemioLabel semio_review_get_label (SemioReview *review, guint feature);
/* (nullable): what the current reference set says beside its labels; NULL too until the reference is revealed. Lives until the
 * review changes. */
const SemioFinding *semio_review_find_reference (SemioReview *review, SemioFindingKind kind, guint feature);
/* What the reference set says of the whole event: its report, where it begins, sides, order, a line each as plain text; NULL when it says
 * nothing, and until the reference is revealed. (transfer full) */
char *semio_review_describe_reference (SemioReview *review);
gboolean semio_review_has_reference (SemioReview *review);
gboolean semio_review_is_reference_revealed (SemioReview *review);
gboolean semio_review_are_runs_revealed (SemioReview *review);

/* (transfer full): of #SemioBookmark in order of time. The person's own; those of others, under whose names they are told, only while
 * the reference is shown, as they say what others saw. */
GPtrArray *semio_review_get_bookmarks (SemioReview *review);
const char *semio_review_get_person_name (SemioReview *review, gint64 person_id);
/* (transfer full): of #SemioRating, what stands of other persons on this recording's items, oldest first; as of their bookmarks,
 * none while the reference is not shown. */
GPtrArray *semio_review_get_others_ratings (SemioReview *review);

/* All judgements of the person on an item, newest first, withdrawals too. */
GPtrArray *semio_review_get_history (SemioReview *review, guint item);

G_END_DECLS
