/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "semio-results.h"
#include "semio-timing-scores.h"

G_BEGIN_DECLS

/* What is scored of time and order. */
typedef enum {
  SEMIO_TIMES_ONSETS,
  SEMIO_TIMES_OVERLAP,
  SEMIO_TIMES_ORDER,
  SEMIO_TIMES_SIDES,
  SEMIO_TIMES_EVENT_TYPES,
} SemioTimesPart;

#define SEMIO_N_TIMES_PARTS 5

/* "onsets", "overlap", "order", "sides", "event_types": for files; and for people. */
const char *semio_times_part_to_id (SemioTimesPart part);
const char *semio_times_part_get_label (SemioTimesPart part);

/* Onsets of one feature of a run, or of all features together. */
typedef struct {
  guint run; /* index into the report's runs */
  int feature; /* index into the feature set; −1 for all together, where the constant is each feature's own median */
  SemioOnsetError error;
  SemioInterval mean_interval, median_interval; /* BCa over patients */
  SemioInterval within[SEMIO_N_ONSET_LIMITS]; /* Wilson */
  gboolean beats_constant; /* the mean error is below that of the constant */
} SemioTimesOnset;

/* One onset that was scored. */
typedef struct {
  guint run, feature;
  gint64 recording_id;
  double reference_s, predicted_s;
} SemioTimesPoint;

/* Intervals of one feature of a run. Means over the recordings in which both have one. */
typedef struct {
  guint run, feature;
  guint n_reference, n_scored;
  SemioFigure coverage;
  SemioFigure iou, precision, recall;
  SemioInterval iou_interval, precision_interval, recall_interval; /* BCa over patients */
  /* The same of one interval for all: from the median of the reference's beginnings to the median of its ends. */
  double constant_begin_s, constant_end_s;
  SemioFigure constant_iou, constant_precision, constant_recall;
  gboolean beats_constant; /* in IoU */
} SemioTimesOverlap;

/* Sequences of features of a run. Means over the recordings in which both have one. */
typedef struct {
  guint run;
  guint n_reference, n_scored;
  guint n_tau; /* in how many tau has a value */
  SemioFigure coverage;
  SemioFigure edit, common, tau; /* as #SemioOrder has them */
  SemioInterval edit_interval, common_interval, tau_interval; /* BCa over patients */
  /* The same of the reference sequence that is nearest to all. */
  char *constant; /* (nullable): its features' ids */
  SemioFigure constant_edit, constant_common, constant_tau;
  gboolean beats_constant; /* in the edit distance */
} SemioTimesOrder;

/* A side of the head or of an arm, against all else, or epileptic against not. A fail is wrong. */
typedef struct {
  guint run;
  guint part; /* SEMIO_FEATURE_HEAD, SEMIO_FEATURE_ARM; SEMIO_FEATURE_NONE of event types */
  SemioSide side; /* left or right; none of event types */
  guint n_reference, n_scored;
  guint n_fails;
  SemioFigure coverage;
  SemioCounts counts;
  SemioFigure precision, recall, f1;
  SemioInterval precision_interval, recall_interval; /* Wilson */
  SemioInterval f1_interval; /* BCa over patients, as in the tables of answers */
  SemioFigure constant_precision, constant_recall, constant_f1; /* of always this side, or always epileptic */
  gboolean beats_constant; /* in F1 */
} SemioTimesClass;

/**
 * SemioTimesReport:
 *
 * Scores of time and order of one choice. Reference counted, immutable.
 */
typedef struct {
  gatomicrefcount refs;
  char *reference_name;
  SemioFeatureSet *features;
  GPtrArray *runs; /* of #SemioRun: the chosen ones */
  guint n_recordings;
  guint n_resamples;
  GArray *onsets; /* of #SemioTimesOnset by run; all together first, then by feature */
  GArray *points; /* of #SemioTimesPoint by run, feature */
  GArray *overlaps; /* of #SemioTimesOverlap by run, feature */
  GArray *orders; /* of #SemioTimesOrder by run */
  GArray *sides; /* of #SemioTimesClass by run, head before arm, left before right */
  GArray *event_types; /* of #SemioTimesClass by run */
  char *missing[SEMIO_N_TIMES_PARTS]; /* (nullable) each: why the part is empty, a sentence */
} SemioTimesReport;

SemioTimesReport *semio_times_report_ref (SemioTimesReport *report);
void semio_times_report_unref (SemioTimesReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemioTimesReport, semio_times_report_unref)

/**
 * semio_times_compute_async:
 *
 * Loads and computes in threads of their own. Of the choice, reference set, runs, groups, patients, event types, resamples, seed
 * and threads count; it is copied. Onsets and intervals are those of features that the reference says yes to; where a voice names no sequence its onsets
 * give one. share: (nullable): told how far the intervals are. Without a reference set it fails with SEMIO_SESSION_ERROR_NOT_FOUND.
 */
void semio_times_compute_async (SemioStudy *study, const SemioResultsChoice *choice, SemioShare *share, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
SemioTimesReport *semio_times_compute_finish (SemioStudy *study, GAsyncResult *result, GError **error);

G_END_DECLS
