/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-prediction.h"
#include "semio-recording.h"
#include "semio-run-config.h"

G_BEGIN_DECLS

/* What is asked: a question's place in a run. Plain memory; hashed and compared by value. */
typedef struct {
  gint64 recording_id;
  int segment; /* from 0, or SEMIO_SEGMENT_WHOLE */
  SemioQuestionKind kind;
  guint feature; /* index into the study's set, or SEMIO_FEATURE_NONE */
} SemioQuestionKey;

guint semio_question_key_hash (gconstpointer key);
gboolean semio_question_key_equal (gconstpointer a, gconstpointer b);

/* Questions that are shown the same: one prefix. Owned by its segment. */
typedef struct {
  const char *group; /* static: "frames", "sound", "narrative"; what the study's record of the sending calls it */
  gboolean with_frames;
  gboolean with_sound;
  GArray *keys; /* of #SemioQuestionKey, in the order they are asked */
} SemioPlannedFan;

/* What is read from the video at once. Owned by the plan. */
typedef struct {
  gint64 recording_id;
  int segment;
  SemioSpan span;
  GPtrArray *fans; /* of #SemioPlannedFan */
} SemioPlannedSegment;

/**
 * SemioPredictPlan:
 *
 * All questions of a run over some recordings, in the order they are asked: recording by recording, segment by segment,
 * first those on pictures, then those on sound, last what is asked of the whole recording. Plain memory, owned by the caller.
 */
typedef struct {
  GPtrArray *segments; /* of #SemioPlannedSegment: only those with something to ask */
  guint n_questions; /* of the whole run over these recordings */
  guint n_open; /* of them still to be asked: those in segments */
  guint n_recordings; /* with a video */
  guint n_patients; /* of these recordings; one without a patient counts as one of its own */
  guint n_without_video; /* left out */
  guint n_without_sound; /* whose questions on sound are left out */
  gint64 frames; /* about so many pictures go out for what is open */
  gint64 sound_ns; /* so much sound */
  gint64 upload_bytes; /* about so many bytes in all requests: each question carries what its segment shows */
} SemioPredictPlan;

/**
 * semio_predict_plan_new:
 * @recordings: (element-type SemioRecording): in the order they are worked off
 * @done: (nullable): keys (#SemioQuestionKey) that are not asked again
 *
 * Pure. Of a recording without sound no question is asked that is judged by ear. Features that the set lacks are left out.
 */
SemioPredictPlan *semio_predict_plan_new (const SemioRunConfig *config, SemioFeatureSet *features, GPtrArray *recordings,
                                          GHashTable *done);
void semio_predict_plan_free (SemioPredictPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioPredictPlan, semio_predict_plan_free)

G_END_DECLS
