/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "semio-answer.h"
#include "semio-event.h"
#include "semio-span.h"

G_BEGIN_DECLS

/* What a run answered for one segment, or for the whole recording. */
typedef struct {
  int segment; /* SEMIO_SEGMENT_WHOLE for the recording */
  SemioSpan span;
  SemioAnswer answer;
} SemioLaneAnswer;

/* One run's answers for one feature, in order of time. */
typedef struct {
  guint run;
  char *label; /* "A", or the run's name */
  SemioAnswer joined;
  GArray *answers; /* of SemioLaneAnswer */
} SemioLaneRun;

/* What a person judged of the explanations that stand on a stretch. */
typedef struct {
  SemioSpan span;
  char *word; /* "4", "4 · –" for a score of each run */
  char *text; /* in a sentence */
} SemioLaneJudgement;

/* One person's judgements of one feature. */
typedef struct {
  char *label; /* the person's name */
  char *sentence; /* "A 4, B cannot judge" */
  GArray *judgements; /* of SemioLaneJudgement, in order of time, apart from one another */
} SemioLanePerson;

/* One feature. */
typedef struct {
  guint feature;
  char *label;
  guint group;
  GPtrArray *runs; /* of SemioLaneRun */
  GPtrArray *persons; /* of SemioLanePerson; none while what others judged is hidden */
  SemioAnswer reference; /* missing when hidden or when nobody labelled it */
  gint64 reference_begin_ns; /* SEMIO_TIME_NONE unknown */
  gint64 reference_end_ns; /* SEMIO_TIME_NONE unknown */
} SemioLane;

typedef enum {
  SEMIO_LANE_REFERENCE_NONE, /* the study has no reference */
  SEMIO_LANE_REFERENCE_HIDDEN,
  SEMIO_LANE_REFERENCE_REVEALED,
} SemioLaneReference;

/**
 * SemioLaneSet:
 *
 * A plain description of what the timeline shows. Reference counted; not changed once it is handed to a widget. It
 * holds nothing that is hidden from the person.
 */
typedef struct {
  gatomicrefcount refs;
  gint64 duration_ns; /* 0 unknown */
  SemioEvent event;
  SemioLaneReference reference;
  GPtrArray *groups; /* of char *: headings */
  GPtrArray *lanes; /* of SemioLane, groups together */
} SemioLaneSet;

SemioLaneSet *semio_lane_set_new (gint64 duration_ns, const SemioEvent *event, SemioLaneReference reference);
SemioLaneSet *semio_lane_set_ref (SemioLaneSet *set);
void semio_lane_set_unref (SemioLaneSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioLaneSet, semio_lane_set_unref)

guint semio_lane_set_add_group (SemioLaneSet *set, const char *label);
SemioLane *semio_lane_set_add_lane (SemioLaneSet *set, guint group, guint feature, const char *label);
SemioLaneRun *semio_lane_add_run (SemioLane *lane, guint run, const char *label, SemioAnswer joined);
void semio_lane_run_add_answer (SemioLaneRun *run, int segment, SemioSpan span, SemioAnswer answer);
SemioLanePerson *semio_lane_add_person (SemioLane *lane, const char *label, const char *sentence);
void semio_lane_person_add_judgement (SemioLanePerson *person, SemioSpan span, const char *word, const char *text);
void semio_lane_set_reference (SemioLane *lane, SemioAnswer answer, gint64 begin_ns, gint64 end_ns);

/* Where an end of the recording stands for drawing: its duration, or the last end that is known when that is 0. */
gint64 semio_lane_set_get_end_ns (SemioLaneSet *set);

/* The lane in a sentence: "Tonic, A yes in 2 of 4 segments, B no; reference hidden", and when it is revealed "Tonic, reference yes,
 * 0:12 to 0:42; A yes in 2 of 4 segments, B no; Anna: A 4". */
char *semio_lane_set_describe (SemioLaneSet *set, const SemioLane *lane);
/* What lies there: "Tonic · A · segment 2, 0:25–0:55 · yes". */
char *semio_lane_describe_answer (const SemioLane *lane, const SemioLaneRun *run, const SemioLaneAnswer *answer);
char *semio_lane_describe_reference (const SemioLane *lane);
/* "Tonic · Anna · A 4 (80 %)". */
char *semio_lane_describe_judgement (const SemioLane *lane, const SemioLanePerson *person, const SemioLaneJudgement *judgement);

G_END_DECLS
