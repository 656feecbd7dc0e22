/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-question.h"
#include "semio-span.h"

G_BEGIN_DECLS

/**
 * SemioFindingKind:
 * @SEMIO_FINDING_ANSWER: an annotator's words about a label, and an interval that stands beside a “no”; references only
 * @SEMIO_FINDING_ONSET: when a feature begins
 * @SEMIO_FINDING_NARRATIVE: what happens, in words: a report
 * @SEMIO_FINDING_SIDE: on which side of the patient the head turns or an arm moves
 * @SEMIO_FINDING_EVENT_TYPE: which type the event is of; runs only, since a reference keeps it with the event
 * @SEMIO_FINDING_ORDER: the features in the order in which they begin
 * @SEMIO_FINDING_REGION: the part of the body in which it begins, in words
 *
 * What a reference set or a run says of a recording beside its answers. The values are those of the study file, and the
 * first three those of #SemioQuestionKind.
 */
typedef enum {
  SEMIO_FINDING_ANSWER = SEMIO_QUESTION_ANSWER,
  SEMIO_FINDING_ONSET = SEMIO_QUESTION_ONSET,
  SEMIO_FINDING_NARRATIVE = SEMIO_QUESTION_NARRATIVE,
  SEMIO_FINDING_SIDE = 3,
  SEMIO_FINDING_EVENT_TYPE = 4,
  SEMIO_FINDING_ORDER = 5,
  SEMIO_FINDING_REGION = 6,
} SemioFindingKind;

#define SEMIO_N_FINDING_KINDS 7

/* Stand for the feature of a side; what is of the whole event has SEMIO_FEATURE_NONE. */
#define SEMIO_FEATURE_HEAD (G_MAXUINT - 1)
#define SEMIO_FEATURE_ARM (G_MAXUINT - 2)

/* One of them. Owned by the array it stands in. */
typedef struct {
  gint64 run_id; /* 0 for a reference's */
  gint64 recording_id;
  SemioFindingKind kind;
  guint feature; /* index into the study's feature set, or one of the above */
  int segment; /* SEMIO_SEGMENT_WHOLE for the recording; a reference has no other */
  gint64 begin_ns, end_ns; /* of an interval, or the onset as begin; SEMIO_TIME_NONE unknown */
  gint64 precision_ns; /* of the times, 0 exact; references only */
  gboolean failed; /* the run was asked and gave nothing that is usable */
  char *text; /* (nullable): words, a side's or type's id, or ids of features joined by ", " */
} SemioFinding;

void semio_finding_clear (SemioFinding *finding);

/* "answer", "onset", "report", "side", "event type", "order", "region": for messages and files, never translated. */
const char *semio_finding_kind_to_id (SemioFindingKind kind);

/* The patient's side, as bits. */
typedef enum {
  SEMIO_SIDE_NONE = 0, /* on neither */
  SEMIO_SIDE_LEFT = 1,
  SEMIO_SIDE_RIGHT = 2,
  SEMIO_SIDE_BOTH = 3,
} SemioSide;

/* "none", "left", "right", "both": stable text for files. */
const char *semio_side_to_id (SemioSide side);
gboolean semio_side_from_id (const char *id, SemioSide *side);

G_END_DECLS
