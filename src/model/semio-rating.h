/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "semio-answer.h"
#include "semio-sha256.h"
#include "semio-uuid.h"

G_BEGIN_DECLS

typedef enum {
  SEMIO_SUPPORTS_UNSET,
  SEMIO_SUPPORTS_YES,
  SEMIO_SUPPORTS_NO,
} SemioSupports;

typedef enum {
  SEMIO_CANNOT_JUDGE_UNSET,
  SEMIO_CANNOT_JUDGE_NO_SOUND,
  SEMIO_CANNOT_JUDGE_OUT_OF_FRAME,
  SEMIO_CANNOT_JUDGE_OCCLUDED,
  SEMIO_CANNOT_JUDGE_LANGUAGE,
} SemioCannotJudge;

#define SEMIO_N_CANNOT_JUDGE 5

typedef enum {
  SEMIO_MARK_NO_SUCH_EVENT = 1 << 0, /* event that is not there */
  SEMIO_MARK_WRONG_BODY_PART = 1 << 1,
  SEMIO_MARK_WRONG_SIDE = 1 << 2,
  SEMIO_MARK_WRONG_TIME = 1 << 3,
  SEMIO_MARK_LEFT_OUT = 1 << 4, /* key finding left out */
  SEMIO_MARK_NOT_IN_INPUT = 1 << 5, /* claims to hear or see what was not in the model's input */
} SemioMarks;

#define SEMIO_N_MARKS 6

/* What was visible to the person while judging. */
typedef enum {
  SEMIO_VISIBLE_REFERENCE = 1 << 0,
  SEMIO_VISIBLE_RUN_NAME = 1 << 1,
  SEMIO_VISIBLE_OTHER_RUNS = 1 << 2,
  SEMIO_VISIBLE_OTHERS_RATINGS = 1 << 3,
  SEMIO_VISIBLE_SOUND = 1 << 4, /* sound could be heard */
} SemioVisible;

/* What is rated: one explanation of a run for a feature of a recording. */
typedef struct {
  gint64 run_id;
  gint64 recording_id;
  guint feature;
  int segment; /* SEMIO_SEGMENT_WHOLE for the item of a whole recording */
} SemioItemKey;

guint semio_item_key_hash (const SemioItemKey *key);
gboolean semio_item_key_equal (const SemioItemKey *a, const SemioItemKey *b);

/**
 * SemioRating:
 *
 * One judgement of one explanation, as one entry holds it. Reference counted, not changed once made. A judgement may
 * have no score yet (0) and carry only marks, a comment or whether it supports its answer.
 */
typedef struct {
  gatomicrefcount refs;
  SemioUuid entry; /* identity of the entry; nil before it is written */
  gint64 person_id;
  SemioItemKey key;
  SemioSha256 explanation; /* SHA-256 of the text that was shown */
  int score; /* 1 to 5, 0 none */
  SemioSupports supports;
  SemioCannotJudge cannot_judge;
  SemioMarks marks;
  char *comment; /* (nullable) */
  SemioVisible visible;
  double played_event; /* share of the event that was played, 0 to 1 */
  double played_cited; /* share of the cited segments that was played */
  double seconds; /* item selected and window active, pauses over 60 s left out */
  gint64 utc_us;
  gboolean current; /* nothing supersedes it */
  gboolean withdrawn; /* it is a withdrawal: a cleared or undone judgement */
} SemioRating;

#define SEMIO_TYPE_RATING (semio_rating_get_type ())
GType semio_rating_get_type (void);
SemioRating *semio_rating_new (void);
SemioRating *semio_rating_copy (const SemioRating *rating);
SemioRating *semio_rating_ref (SemioRating *rating);
void semio_rating_unref (SemioRating *rating);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioRating, semio_rating_unref)

/* 20, 40, 60, 80, 100. */
int semio_rating_score_to_percent (int score);
/* The anchor of a score, in words. */
const char *semio_rating_get_anchor (int score);
const char *semio_cannot_judge_to_id (SemioCannotJudge reason);
gboolean semio_cannot_judge_from_id (const char *id, SemioCannotJudge *reason);
const char *semio_cannot_judge_get_label (SemioCannotJudge reason);
/* For one flag. */
const char *semio_mark_to_id (SemioMarks mark);
gboolean semio_mark_from_id (const char *id, SemioMarks *mark);
const char *semio_mark_get_label (SemioMarks mark);
/* For one flag. */
const char *semio_visible_to_id (SemioVisible thing);
gboolean semio_visible_from_id (const char *id, SemioVisible *thing);
const char *semio_visible_get_label (SemioVisible thing);
/* "", "yes", "no". */
const char *semio_supports_to_id (SemioSupports supports);
gboolean semio_supports_from_id (const char *id, SemioSupports *supports);

G_END_DECLS
